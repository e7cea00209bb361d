"""Join the batches' parts of each table to one table for the reader, in Parquet and CSV."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from functools import partial, reduce
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from scripts.core.batch_tokens import read_sentences, read_tokens
from scripts.core.batches import read_batches
from scripts.core.boilerplate import left_out_places, without_boilerplate
from scripts.core.corpus_names import renamed
from scripts.core.csv_tables import rows_at_once, write_csv, write_csv_rows
from scripts.core.known_sources import key
from scripts.core.options import path_options
from scripts.core.ranges import in_ranges, range_bounds
from scripts.core.schemas import arrow_schema, table_entry
from scripts.core.storage import (
    ROW_GROUP,
    open_parquet,
    open_table,
    own_texts,
    parquet_writer,
    read_parquet,
    read_settings,
    sorted_by_document,
)

_Change = Callable[[pa.Table], pa.Table]


def join_schema(table: str) -> pa.Schema:
    """Return the schema of a table while it is joined: texts of tokens are encoded, as few of millions are distinct."""
    schema = arrow_schema(table)
    if table != "tokens":
        return schema
    encoded = pa.dictionary(pa.int32(), pa.string())
    return pa.schema([field.with_type(encoded) if pa.types.is_string(field.type) else field for field in schema])


def joined(table: str, parts: Iterable[pa.Table]) -> pa.Table:
    """Return the rows of several tables as one, with the schema of `table` (`join_schema`) and in its total order."""
    schema = join_schema(table)
    rows = pa.concat_tables([schema.empty_table(), *(part.select(schema.names).cast(schema) for part in parts)])
    if table == "tokens":
        return own_texts(sorted_by_document(rows))
    return rows.take(pc.sort_indices(rows, sort_keys=[(key, "ascending") for key in table_entry(table)["order"]]))


# Rows sorted in memory at a time: some 100 MB of tokens, or of quotes with texts. With a billion rows it is four times
# as much, because there are at most _RANGES ranges: a system may refuse to open more files.
_ROWS, _ROWS_WITH_TEXTS, _RANGES = 1_000_000, 100_000, 256


def read_analysed(folder: Path, table: str, columns: list[str] | None = None) -> pa.Table:
    """Return a reader's table without the rows of documents that were not parsed.

    Such documents, in another language than the model's, have no names or quotes and would lower shares and means.
    """
    rows = read_parquet(folder / f"{table}.parquet", columns)
    documents = read_parquet(folder / "documents.parquet", ["doc_id", "parsed"])
    if pc.all(documents["parsed"]).as_py():
        return rows
    return rows.filter(pc.is_in(rows["doc_id"], documents["doc_id"].filter(documents["parsed"]).combine_chunks()))


def with_ids(table: str, rows: pa.Table, ids: Mapping[str, str] | None) -> pa.Table:
    """Return rows of a table with a column of ids (`ids_by_name`) beside each column of names over the corpus.

    Without ids, the rows are returned unchanged.
    """
    if not ids:
        return rows
    for column, beside in table_entry(table).get("names", {}).items():
        names = rows[column].combine_chunks().dictionary_encode()
        of_names = pa.array([ids.get(key(name or ""), "") for name in names.dictionary.to_pylist()], pa.string())
        values = pc.fill_null(of_names.take(names.indices), "")
        at = rows.schema.get_field_index(beside)
        if at < 0:
            rows = rows.add_column(rows.schema.get_field_index(column) + 1, beside, values)
        else:
            rows = rows.set_column(at, beside, values)
    return rows


def _changed(rows: pa.Table, changes: Iterable[_Change]) -> pa.Table:
    return reduce(lambda changed, change: change(changed), changes, rows)


def write_csv_of(parquet: Path, *, csv_max_rows: int) -> None:
    """Write a Parquet table as CSV beside it or, if it has too many rows, a note that names the Parquet file."""
    path = parquet.with_suffix(".csv")
    files = open_table(parquet)
    number = sum(file.metadata.num_rows for file in files)
    if number > csv_max_rows:
        note = f"{number} rows are more than tables.csv_max_rows = {csv_max_rows}: see {parquet.name}"
        write_csv(path, pa.table({"note": [note]}))
    elif parquet.is_dir():  # its files must be merged to be in order
        write_csv(path, read_parquet(parquet))
    else:
        (file,) = files
        size = sum(file.metadata.row_group(group).total_byte_size for group in range(file.num_row_groups))
        write_csv_rows(path, file.schema_arrow.names, file.iter_batches(rows_at_once(number, size), use_threads=False))


def write_table(
    folder: Path, name: str, table: pa.Table, *, csv_max_rows: int, ids: Mapping[str, str] | None = None
) -> None:
    """Write folder/name.parquet and folder/name.csv, `with_ids`; the CSV file is that of `write_csv_of`."""
    with table_writer(folder, name, csv_max_rows=csv_max_rows, ids=ids) as write:
        write(table)


@contextmanager
def table_writer(
    folder: Path, name: str, *, csv_max_rows: int, ids: Mapping[str, str] | None = None
) -> Iterator[Callable[[pa.Table], None]]:
    """Give a function that appends rows to a table as a row group; `write_csv_of` makes the CSV file at the end."""
    path = folder / f"{name}.parquet"
    with parquet_writer(path, with_ids(name, arrow_schema(name).empty_table(), ids).schema) as out:
        yield lambda rows: out.write_table(with_ids(name, rows, ids))
    write_csv_of(path, csv_max_rows=csv_max_rows)


def write_long_table(
    folder: Path,
    name: str,
    parts: Iterable[pa.Table],
    *,
    rows: int,
    csv_max_rows: int,
    ids: Mapping[str, str] | None = None,
) -> None:
    """Write a table as `write_table` does, from consecutive parts with `rows` rows in all.

    If there are more rows than a row group holds, each part is written as a row group before the next is made.
    """
    if rows <= ROW_GROUP:
        parts = [pa.concat_tables([arrow_schema(name).empty_table(), *parts]).combine_chunks()]
    with table_writer(folder, name, csv_max_rows=csv_max_rows, ids=ids) as write:
        for part in parts:
            write(part)


def read_part(table: str, folder: Path) -> pa.Table:
    """Return the rows of a reader's table from the folder of a batch."""
    if table == "tokens":
        return read_tokens(arrow_schema(table).names, folder / "tokens.parquet", folder / "parses.parquet")
    return read_sentences(folder) if table == "sentences" else read_parquet(folder / f"{table}.parquet")


def part_folders(batches: Path, corrected: Iterable[str]) -> list[Path]:
    """Return the folder of each batch's tables: the subfolder `corrected` if a reader corrected the batch."""
    return [batches / batch / ("corrected" if batch in corrected else "") for batch in read_batches(batches)]


def _part_bounds(table: str, folders: Iterable[Path]) -> list[str]:
    """Return the bounds of the ranges by which to sort the rows of a table in the batches' folders."""
    key = table_entry(table)["order"][0]
    counts: Counter[str] = Counter()
    for folder in folders:
        keys = read_parquet(folder / f"{table}.parquet", [key], dictionaries=[key]).column(0)
        counts.update({entry["values"]: entry["counts"] for entry in pc.value_counts(keys).to_pylist()})
    rows = _ROWS_WITH_TEXTS if table == "quotes" else _ROWS
    return range_bounds(counts, rows=max(rows, counts.total() // _RANGES))


def join_parquet(path: Path, table: str, folders: Sequence[Path], changes: Sequence[_Change] = ()) -> None:
    """Write the Parquet file of a reader's table from the parts in the batches' folders.

    Rows are `joined` one range of keys at a time, so that memory does not grow with the corpus, and go through the
    `changes`. The bytes depend only on the rows.
    """
    schema, parts = join_schema(table), (read_part(table, folder) for folder in folders)
    with parquet_writer(path, _changed(schema.empty_table(), changes).schema) as out:
        for rows in in_ranges(parts, schema, table_entry(table)["order"][0], _part_bounds(table, folders)):
            out.write_table(_changed(joined(table, [rows]), changes))


def join_batches(
    table: str, folders: Sequence[Path], target: Path, *, csv_max_rows: int, ids: Mapping[str, str] | None = None
) -> None:
    """Write a reader's table into the folder `target`, from the parts in the batches' folders.

    A table with names gets the names over the corpus, from the table entity_mentions in `target`, and their ids
    (`with_ids`). Rows in boilerplate are left out, according to the table boilerplate_places in `target`.
    """
    path = target / f"{table}.parquet"
    with ExitStack() as stack:
        changes: list[_Change] = []
        if columns := table_entry(table).get("names"):
            mentions = stack.enter_context(open_parquet(target / "entity_mentions.parquet"))
            changes.append(partial(renamed, columns=columns, mentions=mentions))
            changes.append(partial(with_ids, table, ids=ids))
        if table_entry(table).get("boilerplate"):
            changes.append(partial(without_boilerplate, places=left_out_places(target)))
        join_parquet(path, table, folders, changes)
    write_csv_of(path, csv_max_rows=csv_max_rows)


def main() -> None:
    """Join the batches' parts of tables, one table after another.

    Tables in `empty` have no parts; tables in `grouped` are already joined, in a file for each group of batches, and
    only get their CSV file. `corrected` are the batches that a reader corrected.
    """
    lists = ("tables", "empty", "grouped", "corrected")
    options = path_options(main.__doc__, "batches", "settings", "folder", lists=lists)
    limits = read_settings(options.settings)["tables"]
    for table in options.grouped:
        write_csv_of(options.folder / f"{table}.parquet", csv_max_rows=limits["csv_max_rows"])
    for table in options.tables:
        corrected = options.corrected if table_entry(table).get("corrected") else []
        folders = [] if table in options.empty else part_folders(options.batches, corrected)
        join_batches(table, folders, options.folder, **limits)
