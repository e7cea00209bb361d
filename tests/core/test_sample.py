"""The sentence of the project's own is what the project's own tokenizer and the model make of it."""

from scripts.attribution.document import find_quotes
from scripts.core.annotation import docs_of
from scripts.core.sample import SENTENCE, sample_annotations
from scripts.entities.recognition import find_entities
from scripts.parsing.parses import annotate


def test_it_is_parsed_as_the_model_does(nlp):
    (doc,) = docs_of(sample_annotations())
    (parsed,) = annotate(nlp, [(doc.doc_id, SENTENCE)])
    for column in ("text", "sentences", "start", "end", "sentence", "word", "norm", "lemma", "pos", "tag", "dep"):
        assert list(getattr(doc, column)) == list(getattr(parsed, column)), column
    assert list(doc.head) == list(parsed.head)
    assert doc.mentions == find_entities(parsed)


def test_it_has_something_to_find_for_the_steps():
    (doc,) = docs_of(sample_annotations())
    assert [mention.entity for mention in find_entities(doc)] == ["Ann Smith"]
    assert [quote.cue_lemma for quote in find_quotes(doc)] == ["say"]
