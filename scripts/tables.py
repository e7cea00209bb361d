"""The batches' tables as one table for the reader, in Parquet and CSV."""

import argparse
from collections.abc import Iterable
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from scripts.batches import read_batches
from scripts.storage import arrow_schema, read_parquet, read_settings, write_csv, write_parquet

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


def write_table(folder: Path, name: str, table: pa.Table, *, csv_max_rows: int) -> None:
    """Write folder/name.parquet, and folder/name.csv: of a longer table only a line that says where it is."""
    write_parquet(folder / f"{name}.parquet", table)
    if table.num_rows <= csv_max_rows:
        write_csv(folder / f"{name}.csv", table)
    else:
        note = f"{table.num_rows} rows are more than tables.csv_max_rows = {csv_max_rows}: see {name}.parquet"
        write_csv(folder / f"{name}.csv", pa.table({"note": [note]}))


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
    rows = tokens.select(["doc_id", "start", "end"]).to_pydict()
    numbers, shown, last, number = [], [], None, 0
    for doc_id, start, end in zip(rows["doc_id"], rows["start"], rows["end"], strict=True):
        number = number + 1 if doc_id == last else 0
        last = doc_id
        numbers.append(number)
        shown.append(texts[doc_id][start:end])
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
    parts = (_batch_rows(options.table, options.batches / batch) for batch in read_batches(options.batches))
    settings = read_settings(options.settings)["tables"]
    write_table(options.folder, options.table, joined(options.table, parts), **settings)


if __name__ == "__main__":
    main()
