"""Texts of some documents: they depend on these alone."""

import pyarrow as pa
import pyarrow.compute as pc

from scripts.core.storage import read_parquet, write_parquet
from scripts.report.corpus.blocks import read_annotations
from scripts.report.corpus.sources import shown_values, source_rows
from scripts.report.large.split import ALL, sort_tables, split
from scripts.report.large.texts import text_part
from tests.report.blocks import STATISTICS, WORDS
from tests.report.choices.made import write_made


def test_texts_are_the_same_whatever_other_documents_there_are(tmp_path):
    tables = write_made(tmp_path / "tables")
    values = shown_values(source_rows(tables))
    split(tables, tmp_path / "of", [ALL])
    sort_tables(tmp_path / "of" / ALL)
    every = read_annotations(tmp_path / "of" / ALL, {}, WORDS, values)
    doc_ids = every.documents["doc_id"].tolist()
    facts = {"words": WORDS, "statistics": STATISTICS}
    for first, last in ((0, 1), (4, 7)):
        for path in tables.glob("*.parquet"):
            rows = read_parquet(path)
            if "doc_id" in rows.column_names:
                rows = rows.filter(pc.is_in(rows["doc_id"], pa.array(doc_ids[first:last])))
            write_parquet(tmp_path / f"own {first}" / path.name, rows)
        split(tmp_path / f"own {first}", tmp_path / f"of {first}", [ALL])
        sort_tables(tmp_path / f"of {first}" / ALL)
        own = read_annotations(tmp_path / f"of {first}" / ALL, {}, WORDS, values)
        assert text_part(every, first, last, facts) == text_part(own, 0, last - first, facts)
