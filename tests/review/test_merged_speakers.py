"""Names that a reader merged within a document are one in the reviewed units too."""

from scripts.core.annotation import text_sha256
from scripts.core.storage import rows_to_table
from scripts.review.decisions import Decision
from scripts.review.units import merged_speakers
from tests.review.test_corrections import quote

TEXT = "“We pay,” said Lee."


def test_speakers_merged_in_a_document_are_one_and_single_corrections_stay_out() -> None:
    rows = [quote("The port", "Lee") | {"doc_id": doc_id} for doc_id in ("a.txt", "b.txt")]
    row = ("a.txt", text_sha256(TEXT))
    decisions = [
        Decision("c.csv", 2, *row, -1, -1, "merge", "Lee", "Bo Lee", "", "", ""),
        Decision("c.csv", 3, *row, -1, -1, "merge", "Bo Lee", "Robert Lee", "", "", ""),
        Decision("c.csv", 4, *row, 1, 7, "speaker", "Lee", "Jo Gray", "", "", ""),
    ]
    texts = {"a.txt": TEXT + " More.", "b.txt": "Another."}
    table = merged_speakers(rows_to_table("quotes", rows), decisions, texts)
    assert table["speaker"].to_pylist() == ["Robert Lee", "Lee"]
    assert table["speaker_in_document"].to_pylist() == ["Lee", "Lee"]
