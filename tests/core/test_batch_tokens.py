"""Tokens and sentences read back from a batch, which stores only some of their columns."""

import pyarrow as pa
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from scripts.core.annotation import PARSED
from scripts.core.batch_tokens import read_sentences, read_tokens
from scripts.core.schemas import arrow_schema
from scripts.core.storage import decoded, write_parquet
from scripts.parsing.parses import annotate, parse_table
from scripts.parsing.tokens import segmented_doc, token_tables

TEXTS = ["“No,” he said. She’s left.", "", "Yes.\n\nThe U.S. won in 1999."]


def write_batch(folder, docs):
    """Write the tables of a batch of documents."""
    documents = pa.table(
        {name: pa.array([getattr(doc, name) for doc in docs], pa.string()) for name in ("doc_id", "text")}
    )
    sentences, tokens = token_tables(documents)
    parses = pa.concat_tables([arrow_schema("batch_parses").empty_table(), *map(parse_table, docs)])
    tables = {"documents": documents, "sentences": sentences, "tokens": tokens, "parses": parses}
    for name, table in tables.items():
        write_parquet(folder / f"{name}.parquet", table)


def read(folder, *columns):
    """Return columns of tokens as lists."""
    return decoded(read_tokens(columns, folder / "tokens.parquet", folder / "parses.parquet")).to_pydict()


@given(st.lists(st.text(max_size=60), max_size=4))
@example(TEXTS)
@example([])
def test_offsets_slice_back_to_the_text(tmp_path_factory, texts):
    docs = [segmented_doc(f"{at}.txt", text) for at, text in enumerate(texts)]
    folder = tmp_path_factory.mktemp("batch")
    write_batch(folder, docs)
    rows = read(folder, "doc_id", "token", "start", "end", "text", "word")
    assert rows == {
        "doc_id": [doc.doc_id for doc in docs for _ in doc.word],
        "token": [at for doc in docs for at in range(len(doc.word))],
        "text": [doc.text[start:end] for doc in docs for start, end in zip(doc.start, doc.end, strict=True)],
        **{name: [value for doc in docs for value in getattr(doc, name)] for name in ("start", "end", "word")},
    }
    assert read_sentences(folder).select(["doc_id", "sentence", "text"]).to_pylist() == [
        {"doc_id": doc.doc_id, "sentence": at, "text": doc.text[sentence.start : sentence.end]}
        for doc in docs
        for at, sentence in enumerate(doc.sentences)
    ]


@pytest.mark.parametrize("is_parsed", [True, False])
def test_a_token_has_its_parse(tmp_path, nlp, is_parsed):
    texts = [(f"{at}.txt", text) for at, text in enumerate(TEXTS)]
    docs = [*annotate(nlp, texts)] if is_parsed else [segmented_doc(*each) for each in texts]
    write_batch(tmp_path, docs)
    assert read(tmp_path, *PARSED) == {name: [value for doc in docs for value in getattr(doc, name)] for name in PARSED}


def test_a_batch_without_tokens_has_all_columns(tmp_path):
    write_batch(tmp_path, [segmented_doc("a.txt", "")])
    schema = arrow_schema("tokens")
    rows = decoded(read_tokens(schema.names, tmp_path / "tokens.parquet", tmp_path / "parses.parquet"))
    assert rows.num_rows == 0 and rows.schema.equals(schema)


def test_a_token_has_its_norm_and_what_it_is(tmp_path):
    write_batch(tmp_path, [segmented_doc("a.txt", TEXTS[0])])
    rows = read(tmp_path, "norm", "is_word", "is_stop")
    assert [*zip(*rows.values(), strict=True)][:5] == [
        ('"', False, False), ("no", True, True), (",", False, False), ('"', False, False), ("he", True, True)
    ]  # fmt: skip
