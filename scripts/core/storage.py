"""Files that are either complete or absent, and tables whose columns the schema fixes.

Every output is written under a temporary name that is unique to the process and moved into place, so that a job
that is killed, or that still runs when its twin is started, never leaves half a file under the final name.
"""

import json
import os
import socket
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from scripts.core.fingerprints import check_files
from scripts.core.schemas import ENCODING, LISTED, arrow_schema, parse_yaml, table_entry
from scripts.core.seals import is_sound, seal

if TYPE_CHECKING:
    from numpy.typing import NDArray

ROOT = Path(__file__).resolve().parents[2]
WORKFLOW = ROOT / "workflow"

# Rows in a row group of a Parquet file that is written in one call: Arrow's default.
ROW_GROUP = 2**20
# Texts of `method` that already say why there is no interval (a full count needs none); the reason that is otherwise
# given for a missing interval, and that for a missing p.
_NONE = "not estimable|^all of "
_NO_INTERVAL = "not estimable: the documents do not differ in it"
_NO_P = "p not estimable: too few documents have a case, or all are alike"


class DamagedError(OSError):
    """The bytes of a table on the disk have changed since they were written; the message names the file."""


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Give a temporary path beside `path`; on success move it there in one step, on failure remove it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.{socket.gethostname()}.{os.getpid()}.part")
    try:
        yield part
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def write_text(path: Path, text: str) -> None:
    """Write UTF-8 text atomically (`replacing`)."""
    write_bytes(path, text.encode())


def write_bytes(path: Path, content: bytes) -> None:
    """Write bytes atomically (`replacing`)."""
    with replacing(path) as part:
        part.write_bytes(content)


def read_yaml(path: Path) -> Any:  # noqa: ANN401
    """Return the content of a YAML file of the project."""
    return parse_yaml(path.read_text(encoding="utf-8"))


def _method_texts(method: pa.Array, made: pa.Array, why: pa.Array | pa.Scalar) -> pa.Array:
    """Return the column `method`, with `why` where `made` is missing and the text does not yet give a reason."""
    return pc.if_else(pc.or_(pc.is_valid(made), pc.match_substring_regex(method, _NONE)), method, why)


def to_table(table: str, columns: "Mapping[str, Sequence[Any] | NDArray[Any] | pa.Array]") -> pa.Table:
    """Return columns (equally long) as an Arrow table with the schema of `table`; NaN is a missing value.

    If a row has no interval, or no p, its column method will give the reason, unless it already does. Columns of ids,
    which the writer fills (`tables.with_ids`), may be left out.
    """
    schema = arrow_schema(table)
    of_ids = {*table_entry(table).get("names", {}).values()} & {*schema.names} - {*columns}
    columns = {**columns, **dict.fromkeys(of_ids, [""] * len(next(iter(columns.values()), ())))}
    if set(columns) != set(schema.names):
        raise ValueError(f"table {table}: columns {sorted(columns)} are not those of the schema {schema.names}")
    arrays = {name: pa.array(columns[name], schema.field(name).type, from_pandas=True) for name in schema.names}
    if "method" in arrays and "lo" in arrays:
        arrays["method"] = _method_texts(arrays["method"], arrays["lo"], pa.scalar(_NO_INTERVAL))
    if "method" in arrays and "p" in arrays:
        without = pc.replace_substring_regex(arrays["method"], ", agreeing with p|; p: .*", "")
        arrays["method"] = _method_texts(
            arrays["method"], arrays["p"], pc.binary_join_element_wise(without, _NO_P, "; ")
        )
    return pa.table(arrays, schema=schema)


def rows_to_table(table: str, rows: Iterable[Mapping[str, Any]]) -> pa.Table:
    """Return rows (one mapping each) as an Arrow table with the schema of `table`."""
    rows = list(rows)
    return to_table(table, {name: [row[name] for row in rows] for name in arrow_schema(table).names})


def _writing(schema: pa.Schema, *, between_steps: bool = False) -> dict[str, Any]:
    """Return the options of Arrow's Parquet writer for a table with a schema.

    A column is written in the encoding that its entry names. By default, integers are delta-encoded and all other types
    dictionary-encoded. In a table that passes between steps, integers are instead split into byte streams: that takes
    less space, but not every other reader of Parquet supports it. The least and greatest value of each row group are
    written only for doc_id, by which rows are sorted.
    """
    of_integers = "BYTE_STREAM_SPLIT" if between_steps else "DELTA_BINARY_PACKED"
    usual = {field.name: of_integers if pa.types.is_integer(field.type) else LISTED for field in schema}
    named = {field.name: (field.metadata or {}).get(ENCODING, b"").decode() for field in schema}
    encodings = {name: named[name] or usual[name] for name in schema.names}
    listed = [name for name, encoding in encodings.items() if encoding == LISTED]
    return {
        "compression": "zstd",
        # Users' tables are rewritten at each change: level 3 takes 40 % less time than 9, and 5 % more space.
        "compression_level": 9 if between_steps else 3,
        # Only repetitions within a page are compressed: with Arrow's pages of a megabyte a text takes 2 to 4 % more.
        "data_page_size": 2**23,
        "use_dictionary": [name + ".list.element" * _depth(schema.field(name).type) for name in listed],
        "column_encoding": {name: encoding for name, encoding in encodings.items() if encoding != LISTED},
        "write_statistics": [name for name in schema.names if name == "doc_id"],
        "write_page_checksum": True,
        "store_schema": False,
    }


def _depth(kind: pa.DataType) -> int:
    """Return the number of nested list types around a type's values."""
    return 1 + _depth(kind.value_type) if pa.types.is_list(kind) else 0


def write_parquet(path: Path, table: pa.Table, *, between_steps: bool = False) -> None:
    """Write an Arrow table atomically, with a seal (`seals`); the bytes depend on the table alone.

    A table that only passes `between_steps`, and that users do not read, takes less space.
    """
    with replacing(path) as part:
        pq.write_table(table, part, **_writing(table.schema, between_steps=between_steps))
        seal(part)


def parquet_bytes(table: pa.Table) -> bytes:
    """Return an Arrow table as the bytes of a Parquet file without a seal, to be a value in another table's column."""
    sink = pa.BufferOutputStream()
    pq.write_table(table, sink, **_writing(table.schema, between_steps=True))
    return sink.getvalue().to_pybytes()


def table_of(content: bytes) -> pa.Table:
    """Return the table in the bytes that `parquet_bytes` returned."""
    return pq.ParquetFile(pa.BufferReader(content)).read(use_threads=False)


@contextmanager
def parquet_writer(path: Path, schema: pa.Schema) -> Iterator[pq.ParquetWriter]:
    """Give a writer of row groups to the Parquet file `path`, otherwise as `write_parquet`."""
    with replacing(path) as part:
        with pq.ParquetWriter(part, schema, **_writing(schema)) as writer:
            yield writer
        seal(part)


@contextmanager
def _reading(path: Path) -> Iterator[None]:
    """Turn Arrow's errors about the bytes of a file into DamagedError, and remove the file."""
    try:
        yield
    except (OSError, pa.ArrowInvalid) as error:
        if isinstance(error, OSError) and error.errno is not None:
            raise  # an error of the file system: there is no such file, or no permission to read it
        path.unlink(missing_ok=True)
        raise DamagedError(
            f"{path}: the file was damaged on the disk ({error}). It has been removed: run again, and it is made again."
        ) from error


def open_parquet(path: Path, *, dictionaries: Iterable[str] = ()) -> pq.ParquetFile:
    """Open a Parquet table to read parts of it; columns in `dictionaries` are read as dictionary arrays.

    Raises DamagedError if the bytes of the file are not those that were written, and removes it, so that the next run
    makes it again. All tables are read through this function (`tests/core/test_seals.py`).
    """
    with _reading(path):
        if not is_sound(path):
            raise pa.ArrowInvalid("its bytes are not those that were written")
        # With pre_buffer, data once read would stay in memory for as long as the file is open.
        return pq.ParquetFile(
            path, read_dictionary=list(dictionaries), page_checksum_verification=True, pre_buffer=False
        )


def read_parquet(path: Path, columns: list[str] | None = None, *, dictionaries: Iterable[str] = ()) -> pa.Table:
    """Return a Parquet table, or only some of its columns; otherwise as `open_parquet`.

    A table in several files is returned in the order of doc_id, which must be one of its columns.
    """
    if path.is_dir():
        return _read_groups(path, columns, frozenset(dictionaries))
    # pq.read_table would import Arrow's datasets, which takes 0.2 s in each job.
    with open_parquet(path, dictionaries=dictionaries) as file, _reading(path):
        return file.read(columns=columns, use_threads=False)


def read_by_document(path: Path, column: str) -> dict[str, Any]:
    """Return {doc_id: value} of a column of a Parquet table with one row per document; otherwise as `read_parquet`."""
    rows = read_parquet(path, ["doc_id", column])
    return dict(zip(rows["doc_id"].to_pylist(), rows[column].to_pylist(), strict=True))


def parquet_files(path: Path) -> list[Path]:
    """Return the Parquet files of a table: `path`, or if it is a folder the files in it, one for each group of batches.

    Each document is in only one of them, and each file is sorted by doc_id.
    """
    return sorted(path.glob("[!.]*.parquet")) if path.is_dir() else [path]


def open_table(path: Path, *, dictionaries: Iterable[str] = ()) -> list[pq.ParquetFile]:
    """Open all `parquet_files` of a table with `open_parquet`."""
    return [open_parquet(file, dictionaries=dictionaries) for file in parquet_files(path)]


def first_seen(column: pa.ChunkedArray | pa.Array) -> pa.Array:
    """Return a column as one array; an encoded one gets a dictionary of only its own texts, in the order of first use.

    So the same rows make the same bytes, whatever table they were taken from.
    """
    array = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
    if not pa.types.is_dictionary(array.type):
        return array
    number = array.indices.dictionary_encode()
    return pa.DictionaryArray.from_arrays(number.indices, array.dictionary.take(number.dictionary))


def own_texts(rows: pa.Table) -> pa.Table:
    """Return rows with the dictionaries of encoded columns reduced to the texts of these rows (`first_seen`)."""
    columns = [first_seen(column) if pa.types.is_dictionary(column.type) else column for column in rows.columns]
    return pa.table(columns, rows.schema)


def decoded(table: pa.Table) -> pa.Table:
    """Return a table with its encoded columns decoded."""
    types = ((field.name, field.type) for field in table.schema)
    return table.cast(
        pa.schema([(name, kind.value_type if pa.types.is_dictionary(kind) else kind) for name, kind in types])
    )


def sorted_by_document(rows: pa.Table) -> pa.Table:
    """Return rows sorted by doc_id, which must be encoded; the rows of a document keep their order."""
    rows = rows.combine_chunks()
    doc_id = rows["doc_id"].combine_chunks()
    return rows.take(pc.array_sort_indices(pc.rank(doc_id.dictionary).take(doc_id.indices)))


def _read_groups(path: Path, columns: list[str] | None, dictionaries: frozenset[str]) -> pa.Table:
    """Return a table in several files, or only some of its columns, sorted by doc_id."""
    names = columns and [*columns, *({"doc_id"} - {*columns})]
    parts = [read_parquet(file, names, dictionaries=dictionaries | {"doc_id"}) for file in parquet_files(path)]
    rows = sorted_by_document(pa.concat_tables(parts).unify_dictionaries())
    if "doc_id" not in dictionaries:
        rows = rows.set_column(rows.column_names.index("doc_id"), "doc_id", rows["doc_id"].cast(pa.string()))
    return rows.select(columns or rows.column_names)


def read_without_texts(path: Path) -> pa.Table:
    """Return the table documents without the texts themselves, by far its largest column."""
    with open_parquet(path) as file, _reading(path):
        return file.read(columns=[name for name in file.schema_arrow.names if name != "text"], use_threads=False)


def document_blocks(files: Sequence[pq.ParquetFile], columns: list[str]) -> Iterator[pa.Table]:
    """Yield columns (including doc_id) of an open table (`open_table`) about a row group at a time, by whole documents.

    Each block is sorted by doc_id; the dictionary of an encoded column may also have texts of the next block.
    """
    for file in files:
        waiting = file.schema_arrow.empty_table().select(columns)
        for number in range(file.num_row_groups):
            rows = file.read_row_group(number, columns=columns, use_threads=False).select(columns)
            rows = pa.concat_tables([waiting, rows]).combine_chunks()
            # The last document may continue in the next row group.
            doc_id = rows["doc_id"].combine_chunks()
            keys = doc_id.indices if pa.types.is_dictionary(doc_id.type) else doc_id
            first_of_last = pc.index(keys, keys[-1]).as_py() if len(keys) else 0
            yield rows.slice(0, first_of_last)
            waiting = own_texts(rows.slice(first_of_last))
        yield waiting


def rows_of_documents(files: Sequence[pq.ParquetFile], doc_ids: Iterable[str], columns: list[str]) -> pa.Table:
    """Return doc_id and other columns of the rows of some documents, from an open table (`open_table`).

    Row groups that cannot have any of these documents are not read.
    """
    ordered = sorted(doc_ids)
    schema = files[0].schema_arrow
    column = schema.get_field_index("doc_id")
    columns = ["doc_id", *columns]
    parts = [schema.empty_table().select(columns)]
    row_groups = ((file, number) for file in files for number in range(file.num_row_groups))
    for file, number in row_groups:
        bounds = file.metadata.row_group(number).column(column).statistics
        if bounds and bounds.has_min_max and bisect_left(ordered, bounds.min) == bisect_right(ordered, bounds.max):
            continue
        rows = file.read_row_group(number, columns=columns, use_threads=False).select(columns)
        parts.append(rows.filter(pc.is_in(rows["doc_id"], pa.array(ordered, pa.string()))))
    return pa.concat_tables(parts)


def read_stage(path: Path | str) -> dict[str, Any]:
    """Return a stage's fingerprint, after a check that the job's lists, models and schemes match it.

    Raises ChangedError if one of these files has changed, and FileNotFoundError if it is gone.
    """
    stage = json.loads(Path(path).read_text(encoding="utf-8"))
    own, of_user = stage.get("files", {}), stage.get("user_files", {})
    data = {ROOT / name: sha256 for name, sha256 in own.items() if name.startswith(f"{WORKFLOW.name}/")}
    check_files(data | {Path(name): sha256 for name, sha256 in of_user.items()})
    return stage


def read_settings(path: Path) -> dict[str, Any]:
    """Return the settings in a stage's fingerprint file, after the check of `read_stage`."""
    return read_stage(path)["settings"]
