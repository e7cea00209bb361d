"""The groups of documents in the tables of the page, and the frame scheme that it counts."""

from collections.abc import Sequence

from scripts.documents.groups import group_values, read_grouped
from scripts.report.store import Store


def grouping_columns(store: Store) -> list[str]:
    """Return the columns of the table documents by which other tables group documents."""
    columns = ["outlet", "month"]
    for name in ("keyness", "rates"):
        columns += store.load(name, "column")["column"].unique().tolist()
    return [column for column in dict.fromkeys(columns) if column not in ("doc_id", "corpus")]  # these two do not group


def document_groups(store: Store, columns: Sequence[str]) -> dict[str, list[str]]:
    """Return each document's "group" and its value in each of the columns; columns without any value are left out."""
    documents = read_grouped(store.folder / "documents.parquet", columns)
    labels = store.load("document_groups").set_index("doc_id")["group"].to_dict()
    groups = {"group": [labels.get(doc_id, "") for doc_id in documents["doc_id"].to_pylist()]} if labels else {}
    for column in columns:
        values = group_values(documents, column)
        if any(values):
            groups[column] = values
    return groups


def counted_scheme(store: Store) -> str:
    """Return the frame scheme whose frames the page counts, or ""."""
    return next(iter(store.load("frame_prevalence", "scheme")["scheme"]), "")
