"""The rows that figures and report choose to show."""

import pandas as pd

from scripts.core.schemas import arrow_schema
from scripts.core.storage import rows_to_table, write_parquet
from scripts.report.figures.selection import (
    first_grouping,
    largest_contrast,
    most_coded_document,
)


def write(folder, name, rows):
    empty = dict.fromkeys(arrow_schema(name).names)
    rows = sorted(rows, key=lambda row: row.get("doc_id", ""))
    write_parquet(folder / f"{name}.parquet", rows_to_table(name, ({**empty, **row} for row in rows)))


def code(doc_id, sentence, scheme, frame, speaker="(narrator)"):
    return {"doc_id": doc_id, "sentence": sentence, "scheme": scheme, "frame": frame, "speaker": speaker}


def test_cues_of_the_first_scheme_in_the_document_with_most(tmp_path):
    assert most_coded_document(tmp_path).empty
    write(tmp_path, "frame_prevalence", [{"scheme": "b"}, {"scheme": "a"}])
    codes = [code("y", 2, "b", "war"), code("x", 0, "b", "war", None), code("x", 3, "b", "law")]
    write(tmp_path, "frame_codes", [code("z", 0, "b", "war"), *(code("z", at, "a", "war") for at in range(3)), *codes])
    rows = most_coded_document(tmp_path)
    assert rows["doc_id"].tolist() == ["x", "x"] and rows["frame"].tolist() == ["war", "law"]
    assert rows["speaker"].isna().tolist() == [True, False]
    assert not any(str(kind) == "category" for kind in rows.dtypes)
    write(tmp_path, "frame_codes", codes[:2])
    assert most_coded_document(tmp_path)["doc_id"].tolist() == ["x"]  # of equals the first
    write(tmp_path, "frame_codes", [])
    assert most_coded_document(tmp_path).empty


def test_cues_need_the_table_of_frames_too(tmp_path):
    write(tmp_path, "frame_codes", [code("x", 0, "b", "war")])
    assert most_coded_document(tmp_path).empty
    (tmp_path / "frame_codes.parquet").unlink()
    write(tmp_path, "frame_prevalence", [{"scheme": "b"}])
    assert most_coded_document(tmp_path).empty


def test_rates_are_by_month_if_there_are_two_else_by_the_first_column_with_two_groups():
    def rates(*cells):
        return pd.DataFrame(cells, columns=["column", "group"])

    outlets, months = [("outlet", "a"), ("outlet", "b")], [("month", "2025-01"), ("month", "2025-02")]
    folders = [("folder", "x"), ("folder", "y")]
    assert first_grouping(rates(*outlets, *months))["column"].unique().tolist() == ["month"]
    assert first_grouping(rates(*outlets, *months[:1], *folders))["group"].tolist() == ["a", "b"]
    assert first_grouping(rates(*outlets[:1], *folders))["group"].tolist() == ["x", "y"]
    for nothing in (rates(), rates(*outlets[:1], *months[:1])):
        assert first_grouping(nothing).empty
        assert first_grouping(nothing).columns.tolist() == ["column", "group"]


def test_contrasted_words_are_those_of_the_group_with_most_words():
    groups = pd.DataFrame({"group": ["A", "B"]})
    rows = [("A", "x", 1.0, 5), ("A", "y", -9.0, 5), ("B", "z", 99.0, 4), ("A", "w", 1.0, 5)]
    keyness = pd.DataFrame(rows, columns=["target", "word", "g2", "n_target"]).assign(column="outlet", estimate=1.0)
    assert largest_contrast(keyness, groups)["word"].tolist() == ["x", "y", "w"]
    assert largest_contrast(keyness, groups.head(1)).empty
    alike = largest_contrast(keyness.assign(n_target=5), groups)  # of equally large groups the first
    assert alike["word"].tolist() == ["x", "y", "w"]
    assert largest_contrast(keyness.assign(n_target=5, target=keyness["target"].map({"A": "C", "B": "B"})),
                            pd.DataFrame({"group": ["C", "B"]}))["word"].tolist() == ["z"]  # fmt: skip
