"""Batches become one table in a total order, whatever batch a row came from."""

import pyarrow as pa
import pyarrow.compute as pc
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scripts.core.known_sources import ids_by_name, key, parse_known
from scripts.core.schemas import arrow_schema, entries
from scripts.core.storage import read_parquet, rows_to_table, write_parquet
from scripts.core.tables import (
    join_batches,
    join_parquet,
    joined,
    read_part,
    table_writer,
    with_ids,
    write_long_table,
    write_table,
)
from scripts.parsing.parses import parse_table
from scripts.parsing.tokens import segmented_doc, token_tables

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


def test_a_table_too_long_for_a_spreadsheet_says_where_it_is(tmp_path):
    table = rows_to_table("problems", [row("a"), row("b")])
    write_table(tmp_path, "problems", table, csv_max_rows=1)
    assert "see problems.parquet" in (tmp_path / "problems.csv").read_text(encoding="utf-8")
    assert read_parquet(tmp_path / "problems.parquet").num_rows == 2


@pytest.mark.parametrize("rows", [1, 2, 3, 100])
def test_ranges_of_keys_give_the_rows_of_one_go(tmp_path, monkeypatch, rows):
    monkeypatch.setattr("scripts.core.tables._ROWS", rows)
    parts = [rows_to_table("problems", [row(seed, 1), row(seed, 0)]) for seed in ("é", "a", "b")]
    parts.append(rows_to_table("problems", []))
    folders = [tmp_path / "batches" / str(number) for number in range(len(parts))]
    for folder, part in zip(folders, parts, strict=True):
        write_parquet(folder / "problems.parquet", part)
    path = tmp_path / "tables" / "problems.parquet"
    join_parquet(path, "problems", folders)
    assert read_parquet(path).equals(joined("problems", parts))
    assert [item.name for item in path.parent.iterdir()] == [path.name]


def test_tokens_are_put_in_order_by_document(tmp_path, monkeypatch):
    wholes, alone = [tmp_path / "batch"], [tmp_path / name for name in ("a", "b")]
    for folder, doc_ids in zip(wholes + alone, (("b.txt", "", "a.txt"), ("a.txt", ""), ("b.txt",)), strict=True):
        documents = DOCUMENTS.filter(pc.is_in(DOCUMENTS["doc_id"], pa.array(doc_ids)))
        parses = [parse_table(segmented_doc(*row.values())) for row in documents.to_pylist()]
        write_parquet(folder / "tokens.parquet", token_tables(documents)[1])
        write_parquet(folder / "parses.parquet", pa.concat_tables(parses))
    path = tmp_path / "tables" / "tokens.parquet"
    rows = read_part("tokens", *wholes).cast(arrow_schema("tokens"))
    for at_once in (1_000, 1):
        monkeypatch.setattr("scripts.core.tables._ROWS", at_once)
        join_parquet(path, "tokens", wholes)
        assert read_parquet(path).equals(rows.sort_by([("doc_id", "ascending"), ("token", "ascending")]))
        content = path.read_bytes()
        join_parquet(path, "tokens", alone)
        assert path.read_bytes() == content
    assert joined("tokens", []).num_rows == 0


@pytest.mark.parametrize("most", [5, 100])
def test_a_long_table_has_the_rows_of_its_parts(tmp_path, monkeypatch, most):
    monkeypatch.setattr("scripts.core.tables.ROW_GROUP", most)
    parts = [rows_to_table("problems", [row(f"{at}", number) for number in range(3)]) for at in range(4)]
    long, short = (tmp_path / name / "problems" for name in ("long", "whole"))
    write_long_table(long.parent, "problems", iter(parts), rows=12, csv_max_rows=99)
    write_table(short.parent, "problems", pa.concat_tables(parts), csv_max_rows=99)
    assert read_parquet(long.with_suffix(".parquet")).equals(read_parquet(short.with_suffix(".parquet")))
    assert long.with_suffix(".csv").read_bytes() == short.with_suffix(".csv").read_bytes()
    same_bytes = long.with_suffix(".parquet").read_bytes() == short.with_suffix(".parquet").read_bytes()
    assert same_bytes == (most == 100)


IDS = ids_by_name(parse_known("s.csv", b"name,aliases,wikidata,parliament_id\nBo Lee,Bo,Q1,7\n").rows)
BO = "wikidata: Q1; parliament_id: 7"
NAMED = {table: entry["names"] for table, entry in entries().items() if "names" in entry}
MADE_UP = {"string": "x", "int": 1, "float": 0.5, "bool": True, "spans": [[0, 9]]}


def named_rows(table: str, names: list[str | None]) -> pa.Table:
    """Return rows of a table with a name each, in each of its columns of names."""
    made = {column: MADE_UP[about["dtype"]] for column, about in entries()[table]["columns"].items()}
    made |= dict.fromkeys(NAMED[table].values() & made.keys(), "")
    return rows_to_table(table, ({**made, **dict.fromkeys(NAMED[table], name)} for name in names))


def written(path) -> bytes:
    return path.with_suffix(".parquet").read_bytes() + path.with_suffix(".csv").read_bytes()


@given(st.lists(st.sampled_from(["Bo Lee", "BO", "Bo Leeds", "(narrator)", "", None]), max_size=9))
def test_the_ids_of_a_name_stand_beside_it_in_every_table(names):
    for table, columns in NAMED.items():
        rows = named_rows(table, names)
        assert with_ids(table, rows, None) is rows and with_ids(table, rows, {}) is rows
        with_them = with_ids(table, rows, IDS)
        assert with_them.select([name for name in rows.column_names if name not in columns.values()]).equals(
            rows.drop([name for name in columns.values() if name in rows.column_names])
        )
        for column, beside in columns.items():
            assert with_them[beside].to_pylist() == [
                BO if key(name or "") in ("bo lee", "bo") else "" for name in names
            ]
            if beside not in rows.column_names:
                assert with_them.column_names.index(beside) == with_them.column_names.index(column) + 1


@pytest.mark.parametrize("table", NAMED)
def test_all_writers_of_a_table_write_the_ids_and_without_ids_what_they_wrote(tmp_path, monkeypatch, table):
    rows = named_rows(table, ["Bo Lee", "Ann"])
    for ids in (None, IDS):
        folder = tmp_path / ("ids" if ids else "none")
        write_table(folder, table, rows, csv_max_rows=9, ids=ids)
        expected = written(folder / table)
        assert (BO.encode() in (folder / f"{table}.csv").read_bytes()) is bool(ids)
        assert read_parquet(folder / f"{table}.parquet").equals(with_ids(table, rows, ids))
        with table_writer(folder, table, csv_max_rows=9, ids=ids) as write:
            write(rows)
        assert written(folder / table) == expected
        write_long_table(folder, table, [rows], rows=2, csv_max_rows=9, ids=ids)
        assert written(folder / table) == expected
        monkeypatch.setattr("scripts.core.tables.ROW_GROUP", 1)
        write_long_table(folder, table, [rows], rows=2, csv_max_rows=9, ids=ids)
        assert written(folder / table) == expected
        monkeypatch.undo()


@pytest.mark.parametrize("table", [table for table in NAMED if "order" in entries()[table]])
def test_joined_batches_have_the_ids_of_the_names_over_all_documents(tmp_path, table):
    folders = [tmp_path / name for name in ("a", "b")]
    rows = named_rows(table, ["Ann", "Lee"])
    at = rows.column_names.index("doc_id")
    for folder in folders:
        write_parquet(folder / f"{table}.parquet", rows.set_column(at, rows.schema.field(at), pa.array(["x", "y"])))
    mention = {"doc_id": "y", "mention": 0, "sentence": 0, "kind": "person", "entity": "Lee", "name": "Bo Lee"}
    write_parquet(tmp_path / "entity_mentions.parquet", rows_to_table("entity_mentions", [mention]))
    write_parquet(tmp_path / "boilerplate_places.parquet", rows_to_table("boilerplate_places", []))
    for column, beside in NAMED[table].items():
        join_batches(table, folders, tmp_path, csv_max_rows=9, ids=IDS)
        rows = read_parquet(tmp_path / f"{table}.parquet").to_pylist()
        assert {(row[column], row[beside]) for row in rows} == {("Bo Lee", BO), ("Ann", "")}
        join_batches(table, [], tmp_path, csv_max_rows=9, ids=IDS)
        assert beside in read_parquet(tmp_path / f"{table}.parquet").column_names
