"""A strict run names its problems before it fails."""

import pytest

from scripts.core.storage import rows_to_table
from scripts.documents.problems_table import strict_message

ROW = {"seed": "a.txt", "stage": "documents", "code": "empty", "message": "no words", "offset": None}


@pytest.mark.parametrize(("severity", "named"), [("error", True), ("warning", True), ("note", False)])
def test_errors_and_warnings_are_named_and_notes_are_not(severity, named):
    message = strict_message(rows_to_table("problems", [ROW | {"severity": severity}]))
    expected = f"strict is true, and these seeds have problems:\n  a.txt: no words ({severity}, empty)"
    assert message == (expected if named else "")


def test_of_several_problems_the_serious_ones_are_named():
    rows = [ROW | {"seed": f"{severity}.txt", "severity": severity} for severity in ("note", "error", "warning")]
    message = strict_message(rows_to_table("problems", rows))
    assert [line.split(":")[0].strip() for line in message.splitlines()[1:]] == ["error.txt", "warning.txt"]
    assert strict_message(rows_to_table("problems", [])) == ""
