"""Parses that a batch keeps change the time that a run takes, and no byte of its tables."""

import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

from scripts.parsing.kept import parse_key, read_kept, token_spans, write_kept
from scripts.parsing.parses import parse_tables
from scripts.parsing.tokens import segmented_doc

TEXTS = ["Mayor Ann Smith said so.", "“We left,” he said. Rain fell.", "", "It rained in Dover.\n\nAnn Smith left."]
STATES = st.dictionaries(st.sampled_from("abcde"), st.sampled_from(TEXTS), max_size=5)


def step(nlp, state, memory, *, fingerprint=b"", unparsed=()):
    """Return the tables of a batch of texts, the parses to keep, and the doc_ids that were parsed."""
    docs = [segmented_doc(doc_id, text) for doc_id, text in sorted(state.items())]
    keys = {doc.doc_id: parse_key(fingerprint, parser_input(doc)) for doc in docs}
    chosen = keys.keys() - {*unparsed}
    done = []

    def watched(pieces, **options):
        done.extend(pieces := list(pieces))
        return nlp.pipe(pieces, **options)

    class Watched:
        vocab, pipe = nlp.vocab, staticmethod(watched)

    return *parse_tables(Watched, lambda: iter(docs), keys, chosen, memory), [piece.text for piece in done]


def parser_input(doc):
    return pa.table({name: getattr(doc, name) for name in ("sentence", "start", "end", "word")})


@settings(max_examples=15, deadline=None)
@given(st.lists(STATES, min_size=2, max_size=3))
def test_any_history_makes_the_bytes_of_a_run_from_nothing(nlp, tmp_path_factory, history):
    file = tmp_path_factory.mktemp("kept") / "parses.kept"
    for state in history:
        tokens, mentions, parses, _ = step(nlp, state, read_kept(file))
        write_kept(file, parses)
        fresh = step(nlp, state, {})
        assert (tokens.to_pylist(), mentions.to_pylist()) == (fresh[0].to_pylist(), fresh[1].to_pylist())
        anew = file.with_name("anew.kept")
        write_kept(anew, fresh[2])
        assert file.read_bytes() == anew.read_bytes()


def test_only_documents_with_other_tokens_are_parsed(nlp, tmp_path):
    memory = tmp_path / "parses.kept"
    before = {"a": TEXTS[0], "b": TEXTS[1], "c": TEXTS[3]}
    write_kept(memory, step(nlp, before, {})[2])
    after = {"a": TEXTS[0], "b": "It snowed.", "renamed": TEXTS[3]}
    assert step(nlp, after, read_kept(memory))[-1] == ["It snowed."]
    assert len(step(nlp, after, read_kept(memory), fingerprint=b"another model")[-1]) == 3


def test_the_model_is_not_loaded_where_nothing_is_to_parse(nlp):
    parses = step(nlp, {"a": TEXTS[0], "b": TEXTS[1]}, {})[2]
    doc = segmented_doc("b", TEXTS[1])
    tables = parse_tables(lambda: 1 / 0, lambda: iter([doc]), {"b": parse_key(b"", parser_input(doc))}, {"b"}, parses)
    assert tables[0].num_rows == len(doc.word)


def test_a_document_in_another_language_is_neither_parsed_nor_kept(nlp):
    tokens, _, parses, done = step(nlp, {"a": TEXTS[0], "b": TEXTS[1]}, {}, unparsed="a")
    assert len(parses) == len([piece for piece in done if piece]) == 1
    assert tokens["lemma"].to_pylist()[:6] == [""] * 6 and all(tokens["lemma"].to_pylist()[6:])


def test_without_the_file_or_with_a_damaged_one_nothing_is_kept(nlp, tmp_path):
    memory = tmp_path / "parses.kept"
    assert read_kept(memory) == {}
    write_kept(memory, step(nlp, {"a": TEXTS[0]}, {})[2])
    assert len(read_kept(memory)) == 1
    memory.write_bytes(memory.read_bytes().replace(b"Ann", b"Bnn"))
    memory.write_bytes(memory.read_bytes()[:-9])
    assert read_kept(memory) == {} and not memory.exists()


def test_spaces_between_words_are_part_of_the_key():
    joined, apart = (parse_key(b"", parser_input(segmented_doc("x", text))) for text in ("cannot go", "can not go"))
    assert joined != apart


def test_rows_of_tokens_by_document():
    sentences = pa.table({"doc_id": ["a", "a", "c"], "last": [3, 5, 2]})
    assert [*token_spans(["a", "b", "c"], sentences)] == [("a", 0, 5), ("b", 5, 5), ("c", 5, 7)]
