"""Batches become one table in a total order, whatever batch a row came from."""

import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from scripts.annotation import read_docs
from scripts.parses import annotate
from scripts.storage import read_parquet, rows_to_table, to_table, write_parquet
from scripts.tables import joined, sentence_rows, token_rows, write_table
from scripts.tokens import token_tables

DOCUMENTS = pa.table(
    {"doc_id": ["b.txt", "", "a.txt"], "text": ["“No,” he said. She left.", "", "Yes.\n\nThe U.S. won."]}
)


def row(seed, offset=None, message="m"):
    return {"seed": seed, "stage": "s", "severity": "note", "code": "c", "message": message, "offset": offset}


@given(st.lists(st.tuples(st.text(max_size=3), st.none() | st.integers(0, 5)), max_size=20), st.randoms())
def test_order_of_input_never_matters(cells, random):
    rows = [row(seed, offset) for seed, offset in cells]
    shuffled = list(rows)
    random.shuffle(shuffled)
    middle = len(rows) // 2
    parts = [rows_to_table("problems", part) for part in (shuffled[middle:], shuffled[:middle])]
    assert joined("problems", parts).equals(joined("problems", [rows_to_table("problems", rows)]))


def test_offsets_slice_back_to_the_text():
    texts = dict(zip(*DOCUMENTS.to_pydict().values(), strict=True))
    sentences, tokens = token_tables(DOCUMENTS)
    none = [""] * tokens.num_rows
    names = ("lemma", "pos", "tag", "dep")
    parses = to_table("batch_parses", {**dict.fromkeys(names, none), "head": list(range(tokens.num_rows))})
    for table in (sentence_rows(DOCUMENTS, sentences), token_rows(DOCUMENTS, tokens, parses)):
        assert table.num_rows > 3
        for item in table.to_pylist():
            assert texts[item["doc_id"]][item["start"] : item["end"]] == item["text"]
    numbered = sentence_rows(DOCUMENTS, sentences)
    assert list(zip(*numbered.select(["doc_id", "sentence"]).to_pydict().values(), strict=True)) == [
        ("b.txt", 0), ("b.txt", 1), ("a.txt", 0), ("a.txt", 1)
    ]  # fmt: skip


def test_a_document_comes_back_from_its_tables(tmp_path, nlp):
    docs = list(annotate(nlp, zip(*DOCUMENTS.to_pydict().values(), strict=True)))
    sentences, tokens = token_tables(DOCUMENTS)
    parses = {name: [value for doc in docs for value in getattr(doc, name)] for name in ("lemma", "pos", "tag", "dep")}
    parses["head"] = [value for doc in docs for value in doc.head]
    mentions = [{"doc_id": doc.doc_id, **mention._asdict()} for doc in docs for mention in doc.mentions]
    for mention in mentions:
        del mention["entity"]
    tables = {
        "documents": DOCUMENTS,
        "sentences": sentences,
        "tokens": tokens,
        "parses": to_table("batch_parses", parses),
        "mentions": rows_to_table("batch_mentions", mentions),
    }
    for name, table in tables.items():
        write_parquet(tmp_path / name, table)
    assert list(read_docs(*(tmp_path / name for name in tables))) == docs
    assert mentions


def test_a_table_too_long_for_a_spreadsheet_says_where_it_is(tmp_path):
    table = rows_to_table("problems", [row("a"), row("b")])
    write_table(tmp_path, "problems", table, csv_max_rows=1)
    assert "see problems.parquet" in (tmp_path / "problems.csv").read_text()
    assert read_parquet(tmp_path / "problems.parquet").num_rows == 2
