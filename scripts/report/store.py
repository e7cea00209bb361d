"""The tables of results/tables, each read once for all pages of a report."""

from bisect import bisect_left
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from scripts.core.schemas import arrow_schema
from scripts.core.storage import open_table, read_parquet, read_without_texts, rows_of_documents
from scripts.report.rows import take_rows

_Made = TypeVar("_Made")


class Store:
    """The tables of results/tables, each read once; a missing table counts as empty."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._made: dict[tuple[str, ...], Any] = {}

    def once(self, key: tuple[str, ...], make: Callable[[], _Made]) -> _Made:
        """Return the result of `make`, called once per key: several parts of a report need the same result."""
        if key not in self._made:
            self._made[key] = make()
        made: _Made = self._made[key]
        return made

    def load(self, name: str, *columns: str) -> pd.DataFrame:
        """Return a table, or only the named columns; the texts of documents are read only if named."""
        return self.once(("table", name, *columns), partial(self._read, name, list(columns)))

    def title(self, doc_id: str) -> str:
        """Return the title of a document, or ""; relies on the table documents being sorted by doc_id."""
        read = partial(read_parquet, self.folder / "documents.parquet", ["doc_id", "title"])
        doc_ids, titles = self.once(("titles",), read).columns
        at = bisect_left(range(len(doc_ids)), doc_id, key=lambda row: doc_ids[row].as_py())
        return titles[at].as_py() or "" if at < len(doc_ids) and doc_ids[at].as_py() == doc_id else ""

    def _read(self, name: str, columns: list[str]) -> pd.DataFrame:
        path = self.folder / f"{name}.parquet"
        if not path.exists():
            return arrow_schema(name).empty_table().to_pandas()
        every = read_without_texts if name == "documents" else read_parquet
        return (read_parquet(path, columns) if columns else every(path)).to_pandas()

    def _files(self, name: str) -> list[pq.ParquetFile]:
        """Return the open files of a table, so that their bytes are checked once, not for each document read."""
        path = self.folder / f"{name}.parquet"
        return self.once(("file", name), lambda: open_table(path) if path.exists() else [])

    def first(self, name: str, most: int) -> tuple[pd.DataFrame, int]:
        """Return the first `most` rows of a table and the number of all its rows, without reading the others."""
        count = self.count(name)
        rows = next(self._files(name)[0].iter_batches(most)) if count else arrow_schema(name).empty_table()
        return rows.to_pandas(), count

    def take(self, name: str, numbers: list[int], columns: list[str] | None = None) -> pd.DataFrame:
        """Return the rows of a table with these numbers, with all columns or only those named."""
        path = self.folder / f"{name}.parquet"
        rows = take_rows(path, numbers, columns) if path.exists() else arrow_schema(name).empty_table()
        return rows.to_pandas()

    def count(self, name: str) -> int:
        """Return the number of rows of a table."""
        return sum(file.metadata.num_rows for file in self._files(name))

    def document_rows(self, name: str, doc_ids: Iterable[str], columns: list[str]) -> pa.Table:
        """Return the rows of a table that belong to these documents: doc_id and the named columns."""
        if not (files := self._files(name)):
            return arrow_schema(name).empty_table().select(["doc_id", *columns])
        return rows_of_documents(files, doc_ids, columns)

    def of_documents(self, name: str, doc_ids: list[str], columns: list[str]) -> dict[str, list[dict[str, Any]]]:
        """Return the rows of a table for each of these documents, as dicts; pandas would be slow for single rows."""
        by_document: dict[str, list[dict[str, Any]]] = {doc_id: [] for doc_id in doc_ids}
        for row in self.document_rows(name, doc_ids, columns).to_pylist():
            by_document[row["doc_id"]].append(row)
        return by_document


def schemes(store: Store) -> list[str]:
    """Return the frame schemes in the order of the settings, which frame_prevalence keeps."""
    return list(dict.fromkeys(store.load("frame_prevalence", "scheme")["scheme"]))
