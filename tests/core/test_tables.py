"""Batches become one table in a total order, whatever batch a row came from."""

import pyarrow as pa
import pyarrow.compute as pc
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scripts.core.annotation import read_docs
from scripts.core.ranges import range_bounds
from scripts.core.schemas import arrow_schema
from scripts.core.storage import read_parquet, rows_to_table, to_table, write_parquet
from scripts.core.tables import join_parquet, joined, read_part, write_long_table, write_table
from scripts.parsing.parses import annotate
from scripts.parsing.tokens import token_tables

DOCUMENTS = pa.table(
    {"doc_id": ["b.txt", "", "a.txt"], "text": ["“No,” he said. She left.", "", "Yes.\n\nThe U.S. won."]}
)


def row(seed, offset=None, message="m"):
    return {"seed": seed, "stage": "s", "severity": "note", "code": "c", "message": message, "offset": offset}


def same(rows: pa.Table) -> pa.Table:
    return rows


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
    for table in (sentences, tokens):
        assert table.num_rows > 3
        for item in table.to_pylist():
            assert texts[item["doc_id"]][item["start"] : item["end"]] == (item["text"] or item["word"])
    assert list(zip(*sentences.select(["doc_id", "sentence"]).to_pydict().values(), strict=True)) == [
        ("b.txt", 0), ("b.txt", 1), ("a.txt", 0), ("a.txt", 1)
    ]  # fmt: skip


def test_a_token_has_its_parse_and_its_norm(tmp_path):
    _, tokens = token_tables(DOCUMENTS)
    lemmas = [f"lemma {row}" for row in range(tokens.num_rows)]
    parses = dict.fromkeys(("pos", "tag", "dep"), [""] * tokens.num_rows) | {"head": range(tokens.num_rows)}
    write_parquet(tmp_path / "tokens.parquet", tokens)
    write_parquet(tmp_path / "parses.parquet", to_table("batch_parses", {**parses, "lemma": lemmas}))
    rows = read_part("tokens", tmp_path).to_pydict()
    assert rows["lemma"] == lemmas
    assert [(rows["token"][at], rows["text"][at], rows["norm"][at]) for at in range(4)] == [
        (0, "“", '"'), (1, "No", "no"), (2, ",", ","), (3, "”", '"')
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
    assert "see problems.parquet" in (tmp_path / "problems.csv").read_text(encoding="utf-8")
    assert read_parquet(tmp_path / "problems.parquet").num_rows == 2


@pytest.mark.parametrize("rows", [1, 2, 3, 100])
def test_ranges_of_keys_give_the_rows_of_one_go(tmp_path, rows):
    parts = [rows_to_table("problems", [row(seed, 1), row(seed, 0)]) for seed in ("é", "a", "b")]
    parts.append(rows_to_table("problems", []))
    path = tmp_path / "tables" / "problems.parquet"
    path.parent.mkdir()
    join_parquet(path, "problems", parts, range_bounds({"é": 2, "a": 2, "b": 2}, rows=rows), change=same)
    assert read_parquet(path).equals(joined("problems", parts))
    assert [item.name for item in tmp_path.iterdir()] == ["tables"]


def test_tokens_are_put_in_order_by_document(tmp_path):
    _, tokens = token_tables(DOCUMENTS)
    none = [""] * tokens.num_rows
    parses = dict.fromkeys(("lemma", "pos", "tag", "dep"), none) | {"head": range(tokens.num_rows)}
    columns = dict(zip(tokens.column_names, tokens.columns, strict=True)) | parses
    rows = pa.table({**columns, "norm": none})
    path = tmp_path / "tables" / "tokens.parquet"
    path.parent.mkdir()
    expected = rows.select(arrow_schema("tokens").names).sort_by([("doc_id", "ascending"), ("token", "ascending")])
    for bounds in ([], ["b.txt"]):
        join_parquet(path, "tokens", [rows], bounds, change=same)
        assert read_parquet(path).equals(expected)
        content = path.read_bytes()
        by_document = [rows.filter(pc.equal(rows["doc_id"], doc_id)) for doc_id in ("a.txt", "b.txt")]
        join_parquet(path, "tokens", by_document, bounds, change=same)
        assert path.read_bytes() == content
    assert joined("tokens", []).num_rows == 0


@pytest.mark.parametrize("most", [5, 100])
def test_a_long_table_has_the_rows_of_its_parts(tmp_path, monkeypatch, most):
    monkeypatch.setattr("scripts.core.tables._ROW_GROUP", most)
    parts = [rows_to_table("problems", [row(f"{at}", number) for number in range(3)]) for at in range(4)]
    long, short = (tmp_path / name / "problems" for name in ("long", "whole"))
    write_long_table(long.parent, "problems", iter(parts), rows=12, csv_max_rows=99)
    write_table(short.parent, "problems", pa.concat_tables(parts), csv_max_rows=99)
    assert read_parquet(long.with_suffix(".parquet")).equals(read_parquet(short.with_suffix(".parquet")))
    assert long.with_suffix(".csv").read_bytes() == short.with_suffix(".csv").read_bytes()
    same_bytes = long.with_suffix(".parquet").read_bytes() == short.with_suffix(".parquet").read_bytes()
    assert same_bytes == (most == 100)
