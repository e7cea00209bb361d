"""Documents that a reader left out stay so while their text begins as it did, whatever they are called."""

import pytest

from scripts.core.annotation import text_sha256
from scripts.documents.exclusions import without_excluded

TEXT = "The port will close. Nobody answered."
ENTRY = {"doc_id": "a.txt", "text_sha256": text_sha256(TEXT), "note": "not news"}


@pytest.mark.parametrize(
    ("doc_id", "text", "is_out"),
    [
        ("a.txt", TEXT, True),
        ("a.txt", f"{TEXT}\n\nUpdated at noon.", True),
        ("a.txt", f"Updated. {TEXT}", False),
        ("a.txt", "Another text.", False),
        ("new-name.txt", TEXT, True),
        ("new-name.txt", f"{TEXT} More.", False),
    ],
)
def test_a_document_left_out_is_known_by_name_and_text(doc_id, text, is_out) -> None:
    remaining, notes = without_excluded([{"doc_id": doc_id, "text": text}], [ENTRY])
    assert len(remaining) == (0 if is_out else 1)
    assert [note["seed"] for note in notes] == ([doc_id] if is_out else [])


def test_a_name_that_the_corpus_has_does_not_leave_out_another_document() -> None:
    documents = [{"doc_id": "a.txt", "text": "Another."}, {"doc_id": "b.txt", "text": TEXT}]
    assert without_excluded(documents, [ENTRY])[0] == documents
