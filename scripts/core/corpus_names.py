"""Replacement of names within documents by names over the corpus.

A batch has names as they were resolved within each document. When the batches' parts of a table are joined, the columns
that tables.yaml lists as `names` get names over the corpus: a statement by "Clinton" becomes Hillary Clinton's if the
corpus, or a setting, says that she is meant.
"""

from collections.abc import Iterable, Mapping
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from scripts.core.lexicons import word_list
from scripts.core.storage import read_parquet, rows_of_documents

Names = Mapping[tuple[str, str], str]
_COLUMNS = ["doc_id", "entity", "name"]


def names_of(mentions: pa.Table | pa.RecordBatch) -> Names:
    """Return the changed names in rows of the table entity_mentions, in the form of `read_changed_names`."""
    rows = mentions.filter(pc.not_equal(mentions["entity"], mentions["name"])).to_pydict()
    return dict(zip(zip(rows["doc_id"], rows["entity"], strict=True), rows["name"], strict=True))


def read_changed_names(path: Path) -> Names:
    """Return {(doc_id, name within the document): name over the corpus} where the two differ, from entity_mentions."""
    return names_of(read_parquet(path, _COLUMNS))


def renamed(rows: pa.Table, columns: Iterable[str], mentions: pq.ParquetFile) -> pa.Table:
    """Return rows `with_corpus_names`, which are read from the open table entity_mentions."""
    doc_ids = rows["doc_id"].combine_chunks().unique().to_pylist()
    return with_corpus_names(rows, names_of(rows_of_documents([mentions], doc_ids, _COLUMNS[1:])), columns)


def with_corpus_names(rows: pa.Table, names: Names, columns: Iterable[str], *, bodies: bool = True) -> pa.Table:
    """Return rows with the names in some columns replaced by those over the corpus; rows have doc_id.

    `bodies` is whether to rename owned bodies too: speakers may be such, but entities have names of their own.
    """
    doc_id = rows["doc_id"].combine_chunks().dictionary_encode()
    doc_ids = doc_id.dictionary.to_pylist()
    for column in columns:
        name = rows[column].combine_chunks().dictionary_encode()
        texts = [*name.dictionary.to_pylist(), None]
        # Each name is looked up once per document.
        document = pc.multiply(doc_id.indices.cast(pa.int64()), len(texts))
        pair = pc.add(document, name.indices.fill_null(len(texts) - 1)).dictionary_encode()
        keys = (divmod(key, len(texts)) for key in pair.dictionary.to_pylist())
        corpus_names = [_name(names, doc_ids[of], texts[text], bodies=bodies) for of, text in keys]
        at = rows.schema.get_field_index(column)
        field = rows.schema.field(at)
        rows = rows.set_column(at, field, pa.array(corpus_names, pa.string()).take(pair.indices).cast(field.type))
    return rows


def _name(names: Names, doc_id: str, name: str | None, *, bodies: bool) -> str | None:
    """Return the corpus name of a name in a document; "Clinton campaign" may become "Hillary Clinton campaign"."""
    if name is None or (doc_id, name) in names:
        return name and names[doc_id, name]
    owner, _, body = name.rpartition(" ")
    is_owned = bodies and body in word_list("owned_bodies.txt") and (doc_id, owner) in names
    return f"{names[doc_id, owner]} {body}" if is_owned else name
