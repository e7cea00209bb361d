"""The phrase of a cue: which words belong to its head, by their construction; in made-up sentences."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scripts.attribution.__main__ import quote_rows
from scripts.attribution.cue_phrases import cue_phrase
from scripts.parsing.parses import annotate
from scripts.parsing.tokens import segmented_doc
from tests.attribution.named_docs import named_docs

# The first cue of each text with its head.
PHRASES = {
    "verb alone": ("Martha Quill said that the ferry was late.", "said", "said"),
    "auxiliary and adverb": (
        "Martha Quill has repeatedly said that the ferry was late.",
        "has repeatedly said",
        "said",
    ),
    "negation": ("The council did not deny that the ferry was late.", "did not deny", "deny"),
    "passive": ("Harold Finch was quoted as saying that the kiln was cold.", "was quoted as saying", "saying"),
    "particle": ("Harold Finch pointed out that the kiln was cold.", "pointed out", "pointed"),
    "preposition of the content": ("Greenpeace called for a ban on mining.", "called for", "called"),
    "preposition of the source": (
        "The dam is safe, according to the ministry.",
        "according to",
        "according",
    ),
    "statement": (
        "The ministry issued a statement saying that the ferry was late.",
        "issued a statement saying",
        "saying",
    ),
    "two verbs": ("Nora Beck went on to say that the lamps were dark.", "went on to say", "say"),
    "after the content": ('"The kiln is cold," Harold Finch later added.', "later added", "added"),
    "before the subject": ('"The kiln is cold," said Harold Finch.', "said", "said"),
    "adverb of the sentence": ("Yesterday Harold Finch said that the kiln was cold.", "said", "said"),
    "who is told": ("Nora Beck told reporters that the lamps were dark.", "told", "told"),
    "refusal": ("The ferry company has declined to comment.", "has declined to comment", "declined"),
    "silence": ("The harbour office had no comment.", "had no comment", "had"),
    "colon": ('Mayor: "The kiln is cold and the ferry is late."', ":", ":"),
}


@pytest.fixture(scope="module")
def rows(nlp):
    docs = named_docs(nlp, [(name, text) for name, (text, _, _) in PHRASES.items()])
    return {doc.doc_id: list(quote_rows([doc])) for doc in docs}


@pytest.mark.parametrize("name", PHRASES)
def test_a_cue_is_a_phrase_with_a_head(rows, name):
    text, phrase, head = PHRASES[name]
    row = next(row for row in rows[name] if row["cue"])
    assert (row["cue"], text[row["cue_head_start"] : row["cue_head_end"]]) == (phrase, head)
    assert text[row["cue_start"] : row["cue_end"]] == phrase


DEPS = ("aux", "advmod", "prep", "prt", "xcomp", "dobj", "pcomp", "acl", "nsubj", "punct", "ccomp")
TAGS = (("VERB", "VBD"), ("NOUN", "NN"), ("ADP", "IN"), ("ADV", "RB"), ("PART", "TO"), ("PUNCT", ","), ("AUX", "VBZ"))


@given(st.data())
def test_a_phrase_of_any_parse_is_whole_and_apart_from_content_and_source(data):
    size = data.draw(st.integers(1, 40))
    tokens = st.integers(0, size - 1)
    columns = {
        "head": data.draw(st.lists(tokens, min_size=size, max_size=size)),
        "dep": data.draw(st.lists(st.sampled_from(DEPS), min_size=size, max_size=size)),
    }
    kinds = data.draw(st.lists(st.sampled_from(TAGS), min_size=size, max_size=size))
    pos, tag = (list(column) for column in zip(*kinds, strict=True))
    doc = replace(segmented_doc("a", "word " * size), pos=pos, tag=tag, lemma=["statement"] * size, **columns)
    cue = data.draw(tokens)
    apart = data.draw(st.sets(tokens)) - {cue}
    first, last = cue_phrase(doc, cue, apart)
    assert 0 <= first <= cue < last <= size
    assert not apart & set(range(first, last))
    assert last - first < 30


def test_words_of_another_clause_end_a_phrase(nlp):
    (doc,) = annotate(nlp, [("a", "Martha Quill said, when she had often denied it, that the ferry was late.")])
    outer, inner = doc.word.index("said"), doc.word.index("denied")
    assert cue_phrase(doc, outer, set()) == (outer, outer + 1)
    assert cue_phrase(doc, inner, set()) == (inner - 2, inner + 1)
