"""Units that reviewers judge: the machine's own, before the corrections of a reader."""

from scripts.core.schemas import arrow_schema
from scripts.core.storage import read_parquet, rows_to_table, write_parquet
from scripts.review.units import read_review_units
from tests.report.corpus import write_corpus


def test_corrected_tables_of_a_batch_are_not_what_is_judged(tmp_path) -> None:
    tables = write_corpus(tmp_path / "tables", ["Lin Jian"])
    for name in ("document_groups", "entity_mentions", "boilerplate_places"):
        write_parquet(tables / f"{name}.parquet", arrow_schema(name).empty_table())
    for name in ("quotes", "entities"):
        machine = read_parquet(tables / f"{name}.parquet")
        write_parquet(tmp_path / "batches" / "all" / f"{name}.parquet", machine)
        write_parquet(tmp_path / "batches" / "all" / "corrected" / f"{name}.parquet", machine.slice(0, 0))
        write_parquet(tables / f"{name}.parquet", machine.slice(0, 0))  # the reader rejected all
    texts = read_parquet(tables / "documents.parquet").to_pylist()
    decisions = tmp_path / "decisions.jsonl"
    decisions.write_text("", encoding="utf-8")
    for parsed in (True, False):
        rows = rows_to_table("documents", [text | {"parsed": parsed} for text in texts])
        write_parquet(tables / "documents.parquet", rows)
        sentences = read_review_units(tables, tmp_path / "batches", decisions).by_sheet["sentences"]
        assert len(sentences) == (2 if parsed else 0)
    units = read_review_units(tables, tmp_path / "batches", decisions)
    assert units.by_sheet["attributions"]["speaker"].tolist() == ["Lin Jian"]
    assert len(units.by_sheet["names"]) == 2
