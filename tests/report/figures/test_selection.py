"""The rows that figures and report choose to show."""

from scripts.core.storage import arrow_schema, rows_to_table, write_parquet
from scripts.report.figures.selection import most_coded_document


def write(folder, name, rows):
    empty = dict.fromkeys(arrow_schema(name).names)
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
