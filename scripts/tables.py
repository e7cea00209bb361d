"""The batches' tables as one table for the reader, in Parquet and CSV."""

import argparse
import tempfile
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping
from contextlib import ExitStack
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from scripts.batches import read_batches
from scripts.storage import arrow_schema, read_parquet, read_settings, replacing, write_csv, write_parquet

# What puts the rows of a table in a total order, whatever batch they came from.
_KEYS = {
    "problems": ("seed", "stage", "code", "offset", "message"),
    "sentences": ("doc_id", "sentence"),
    "tokens": ("doc_id", "token"),
    "entities": ("doc_id", "mention"),
    "quotes": ("doc_id", "quote"),
    "frame_codes": ("doc_id", "start", "end", "scheme", "frame", "term"),
    "blame": ("doc_id", "statement"),
    "valence": ("doc_id", "sentence"),
    "concordance": ("term", "doc_id", "start"),
}


def joined(table: str, parts: Iterable[pa.Table]) -> pa.Table:
    """One table of several with the same columns, with the schema of `table` and in its total order."""
    schema = arrow_schema(table)
    whole = pa.concat_tables([schema.empty_table(), *(part.select(schema.names).cast(schema) for part in parts)])
    order = pc.sort_indices(whole, sort_keys=[(key, "ascending") for key in _KEYS[table]])
    return whole.take(order)


# Rows that are sorted in memory at a time: some 400 MB of tokens.
_ROWS = 1_000_000


def read_analysed(folder: Path, table: str, columns: list[str] | None = None) -> pa.Table:
    """A table of the reader's without the rows of documents that were not parsed.

    In those, which are in another language, nothing can be found: they must not lower a share or a mean.
    """
    rows = read_parquet(folder / f"{table}.parquet", columns)
    documents = read_parquet(folder / "documents.parquet", ["doc_id", "parsed"])
    if pc.all(documents["parsed"]).as_py():
        return rows
    return rows.filter(pc.is_in(rows["doc_id"], documents["doc_id"].filter(documents["parsed"]).combine_chunks()))


def range_bounds(counts: Mapping[str, int], *, rows: int = _ROWS) -> list[str]:
    """Cut sorted keys, each with its number of rows, into ranges of at most `rows`: first key of all but the first."""
    bounds, held = [], 0
    for key, count in sorted(counts.items()):
        if held and held + count > rows:
            bounds.append(key)
            held = 0
        held += count
    return bounds


def join_parquet(path: Path, table: str, parts: Iterable[pa.Table], bounds: list[str]) -> None:
    """Write `joined` of the parts, a range of keys at a time, so that memory does not grow with the corpus.

    The rows of each range wait in a file of their own. The bytes depend on the rows and the bounds alone.
    """
    schema, key = arrow_schema(table), _KEYS[table][0]
    with tempfile.TemporaryDirectory(dir=path.parent.parent, prefix=".joining-") as folder:
        waiting = [Path(folder) / str(number) for number in range(len(bounds) + 1)]
        with ExitStack() as stack:
            writers = [stack.enter_context(pa.ipc.new_file(file, schema)) for file in waiting]
            for part in parts:
                rows = part.select(schema.names).cast(schema).combine_chunks()
                keys = pc.dictionary_encode(rows[key]).combine_chunks()
                ranges = pa.array([bisect_right(bounds, value) for value in keys.dictionary.to_pylist()], pa.int64())
                of_row = ranges.take(keys.indices)
                for number in pc.unique(of_row).to_pylist():
                    writers[number].write_table(rows.filter(pc.equal(of_row, number)))
        with (
            replacing(path) as temporary,
            pq.ParquetWriter(temporary, schema, compression="zstd", store_schema=False) as out,
        ):
            for file in waiting:
                with pa.OSFile(str(file)) as source:
                    out.write_table(joined(table, [pa.ipc.open_file(source).read_all()]))


def write_rows(path: Path, number: int, parquet: Path, *, csv_max_rows: int) -> None:
    """Write the `number` rows of a Parquet table as CSV: of a longer table only a line that says where it is."""
    if number <= csv_max_rows:
        write_csv(path, read_parquet(parquet))
    else:
        note = f"{number} rows are more than tables.csv_max_rows = {csv_max_rows}: see {parquet.name}"
        write_csv(path, pa.table({"note": [note]}))


def write_table(folder: Path, name: str, table: pa.Table, *, csv_max_rows: int) -> None:
    """Write folder/name.parquet, and folder/name.csv as `write_rows` does."""
    path = folder / f"{name}.parquet"
    write_parquet(path, table)
    write_rows(folder / f"{name}.csv", table.num_rows, path, csv_max_rows=csv_max_rows)


def sentence_rows(documents: pa.Table, sentences: pa.Table) -> pa.Table:
    """The table `sentences` of a batch: batch_sentences with numbers and texts."""
    texts = dict(zip(documents["doc_id"].to_pylist(), documents["text"].to_pylist(), strict=True))
    rows = sentences.select(["doc_id", "start", "end"]).to_pydict()
    number: dict[str, int] = {}
    numbers = []
    for doc_id in rows["doc_id"]:
        numbers.append(number.setdefault(doc_id, 0))
        number[doc_id] += 1
    spans = zip(rows["doc_id"], rows["start"], rows["end"], strict=True)
    shown = [texts[doc_id][start:end] for doc_id, start, end in spans]
    return sentences.append_column("sentence", pa.array(numbers, pa.int64())).append_column("text", pa.array(shown))


def token_rows(documents: pa.Table, tokens: pa.Table, parses: pa.Table) -> pa.Table:
    """The table `tokens` of a batch: batch_tokens with numbers, texts and parses."""
    texts = dict(zip(documents["doc_id"].to_pylist(), documents["text"].to_pylist(), strict=True))
    starts, ends = tokens["start"].to_pylist(), tokens["end"].to_pylist()
    runs = pc.run_end_encode(tokens["doc_id"].combine_chunks())
    numbers, shown, first = [], [], 0
    for doc_id, last in zip(runs.values.to_pylist(), runs.run_ends.to_pylist(), strict=True):
        text = texts[doc_id]
        numbers += range(last - first)
        shown += [text[start:end] for start, end in zip(starts[first:last], ends[first:last], strict=True)]
        first = last
    columns = {name: tokens[name] for name in tokens.column_names if name != "word"}
    columns |= {name: parses[name] for name in parses.column_names}
    columns |= {"token": pa.array(numbers, pa.int64()), "text": pa.array(shown, pa.string())}
    return pa.table({**columns, "norm": pc.utf8_lower(tokens["word"])})


def _batch_rows(table: str, folder: Path) -> pa.Table:
    if table == "sentences":
        documents = read_parquet(folder / "documents.parquet", ["doc_id", "text"])
        return sentence_rows(documents, read_parquet(folder / "sentences.parquet"))
    if table == "tokens":
        documents = read_parquet(folder / "documents.parquet", ["doc_id", "text"])
        parses = read_parquet(folder / "parses.parquet")
        return token_rows(documents, read_parquet(folder / "tokens.parquet"), parses)
    return read_parquet(folder / f"{table}.parquet")


def main() -> None:
    """Join the batches' tables of one name."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("table", choices=sorted(_KEYS))
    parser.add_argument("--batches", type=Path, required=True, help="folder of the batches")
    parser.add_argument("--settings", type=Path, required=True)
    parser.add_argument("--folder", type=Path, required=True, help="folder of the tables")
    options = parser.parse_args()
    folders = [options.batches / batch for batch in read_batches(options.batches)]
    counts: Counter[str] = Counter()
    for folder in folders:
        keys = read_parquet(folder / f"{options.table}.parquet", [_KEYS[options.table][0]]).column(0)
        counts.update({entry["values"]: entry["counts"] for entry in pc.value_counts(keys).to_pylist()})
    path = options.folder / f"{options.table}.parquet"
    parts = (_batch_rows(options.table, folder) for folder in folders)
    join_parquet(path, options.table, parts, range_bounds(counts))
    csv_max_rows = read_settings(options.settings)["tables"]["csv_max_rows"]
    write_rows(options.folder / f"{options.table}.csv", counts.total(), path, csv_max_rows=csv_max_rows)


if __name__ == "__main__":
    main()
