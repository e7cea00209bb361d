"""Texts of some documents: they depend on these alone."""

import pyarrow as pa
import pyarrow.compute as pc

from scripts.core.storage import read_parquet, write_parquet
from scripts.report.corpus.blocks import read_corpus_annotations
from scripts.report.corpus.sources import shown_values
from scripts.report.large.split import EVERY_DOCUMENT, sort_tables, split_tables
from scripts.report.large.texts import text_part
from tests.report.blocks import STATISTICS, WORDS
from tests.report.choices.made import write_made


def test_texts_are_the_same_whatever_other_documents_there_are(tmp_path):
    tables = write_made(tmp_path / "tables")
    values = shown_values(tables)
    split_tables(tables, tmp_path / "of", [EVERY_DOCUMENT])
    sort_tables(tmp_path / "of" / EVERY_DOCUMENT)
    every = read_corpus_annotations(tmp_path / "of" / EVERY_DOCUMENT, {}, WORDS, values)
    doc_ids = every.documents["doc_id"].tolist()
    facts = {"words": WORDS, "statistics": STATISTICS}
    for first, last in ((0, 1), (4, 7)):
        for path in tables.glob("*.parquet"):
            rows = read_parquet(path)
            if "doc_id" in rows.column_names:
                rows = rows.filter(pc.is_in(rows["doc_id"], pa.array(doc_ids[first:last])))
            write_parquet(tmp_path / f"own {first}" / path.name, rows)
        split_tables(tmp_path / f"own {first}", tmp_path / f"of {first}", [EVERY_DOCUMENT])
        sort_tables(tmp_path / f"of {first}" / EVERY_DOCUMENT)
        own = read_corpus_annotations(tmp_path / f"of {first}" / EVERY_DOCUMENT, {}, WORDS, values)
        assert text_part(every, first, last, facts) == text_part(own, 0, last - first, facts)
