"""Parses that a batch keeps change the time that a run takes, and no byte of its tables."""

import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

from scripts.core.kept import keep_tables
from scripts.core.storage import write_parquet
from scripts.parsing.kept import parse_key, read_parses, token_spans
from scripts.parsing.parses import parse_tables
from scripts.parsing.tokens import segmented_doc, token_tables

TEXTS = ["Mayor Ann Smith said so.", "“We left,” he said. Rain fell.", "", "It rained in Dover.\n\nAnn Smith left."]
STATES = st.dictionaries(st.sampled_from("abcde"), st.sampled_from(TEXTS), max_size=5)


def step(nlp, state, memory, *, fingerprint=b"", unparsed=()):
    """Return the tables of a batch of texts, the keys of their rows, and the texts that were parsed."""
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


def keep(folder, tokens, keys, *_):
    """Write and keep the table of a batch as the step does; return its path."""
    path = folder / "parses.parquet"
    path.unlink(missing_ok=True)  # as Snakemake does before a job
    write_parquet(path, tokens)
    keep_tables([path], keys)
    return path


def parser_input(doc):
    return token_tables(pa.table({"doc_id": [doc.doc_id], "text": [doc.text]}))[1]


@settings(max_examples=8)
@given(st.lists(STATES, min_size=2, max_size=3))
def test_any_history_makes_the_bytes_of_a_run_from_nothing(nlp, tmp_path_factory, history):
    folder, memory = tmp_path_factory.mktemp("kept"), {}
    for state in history:
        memory = read_parses(keep(folder, *step(nlp, state, memory)))
        anew = tmp_path_factory.mktemp("anew")
        keep(anew, *step(nlp, state, {}))
        assert {file.name: file.read_bytes() for file in folder.iterdir()} == {
            file.name: file.read_bytes() for file in anew.iterdir()
        }


def test_only_documents_with_other_tokens_are_parsed(nlp, tmp_path):
    before = {"a": TEXTS[0], "b": TEXTS[1], "c": TEXTS[3]}
    memory = read_parses(keep(tmp_path, *step(nlp, before, {})))
    after = {"a": TEXTS[0], "b": "It snowed.", "renamed": TEXTS[3]}
    assert step(nlp, after, memory)[-1] == ["It snowed."]
    assert len(step(nlp, after, memory, fingerprint=b"another model")[-1]) == 3


def test_the_model_is_not_loaded_where_nothing_is_to_parse(nlp, tmp_path):
    memory = read_parses(keep(tmp_path, *step(nlp, {"a": TEXTS[0], "b": TEXTS[1]}, {})))
    doc = segmented_doc("b", TEXTS[1])
    tables = parse_tables(lambda: 1 / 0, lambda: iter([doc]), {"b": parse_key(b"", parser_input(doc))}, {"b"}, memory)
    assert tables[0].num_rows == len(doc.word)


def test_a_document_in_another_language_is_neither_parsed_nor_kept(nlp, tmp_path):
    state = {"a": TEXTS[0], "b": TEXTS[1]}
    tokens, keys, done = step(nlp, state, {}, unparsed="a")
    memory = read_parses(keep(tmp_path, tokens, keys))
    assert len(memory) == len([piece for piece in done if piece]) == 1
    assert tokens["lemma"].to_pylist()[:6] == [""] * 6 and "" not in tokens["lemma"].to_pylist()[6:]
    assert step(nlp, state, memory)[-1] == [TEXTS[0]]


def test_without_the_tables_or_with_damaged_ones_nothing_is_kept(nlp, tmp_path):
    path = keep(tmp_path, *step(nlp, {"a": TEXTS[0]}, {}))
    assert len(read_parses(path)) == 1
    file = tmp_path / "parses.kept"
    file.write_bytes(file.read_bytes()[:-9])
    assert read_parses(path) == {} and not file.exists()
    assert read_parses(path) == {}


def test_spaces_between_words_are_part_of_the_key():
    joined, apart = (parse_key(b"", parser_input(segmented_doc("x", text))) for text in ("cannot go", "can not go"))
    assert joined != apart


def test_rows_of_tokens_by_document():
    sentences = pa.table({"doc_id": ["a", "a", "c"], "last": [3, 5, 2]})
    assert [*token_spans(["a", "b", "c"], sentences)] == [("a", 0, 5), ("b", 5, 5), ("c", 5, 7)]
