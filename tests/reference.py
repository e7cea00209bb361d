"""Rows that steps make of real articles, held to files of them: a change that nobody meant is seen.

One that is meant is written with `NEWSLOOM_REFERENCE=write python -m pytest -n 0 tests/ROOM/test_reference.py`, and
looked through as a difference of lines. The articles are some of examples/wikinews.
"""

import csv
import os
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

import pytest

from scripts.core.annotation import Doc
from scripts.parsing.parses import annotate
from tests.conftest import ROOT

# Articles by their number in the table, with few words and many sources.
ARTICLES = {
    "emergency": 6, "mayor": 10, "museum": 42, "gunman": 77, "impeachment": 112, "minister": 133, "resignation": 175,
    "warrants": 228,
}  # fmt: skip
_NUMBER = "confidence"
RENEW = "If this is meant, put NEWSLOOM_REFERENCE=write before the same command, and read the difference in git."


@cache
def every_text() -> tuple[str, ...]:
    """Return the texts of all articles, in the order of the table."""
    with (ROOT / "examples" / "wikinews" / "seeds" / "wikinews.csv").open(encoding="utf-8", newline="") as handle:
        return tuple(row["text"] for row in csv.DictReader(handle))


def parsed(nlp, name: str) -> Doc:
    """Return an article as the model parses it."""
    return next(annotate(nlp, [(name, every_text()[ARTICLES[name]])]))


def hold(path: Path, rows: Sequence[Mapping[str, object]]) -> None:
    """Compare rows with those of a file, their column `confidence` but for the hundredths; or write them there."""
    made = [{column: " ".join(str(value).split()) for column, value in row.items()} for row in rows]
    if os.environ.get("NEWSLOOM_REFERENCE") == "write":
        with path.open("w", encoding="utf-8", newline="") as handle:
            sheet = csv.DictWriter(handle, made[0].keys(), delimiter="\t", lineterminator="\n", quotechar="\x00")
            sheet.writeheader()
            sheet.writerows(made)
    with path.open(encoding="utf-8", newline="") as handle:
        expected = list(csv.DictReader(handle, delimiter="\t", quotechar="\x00"))
    numbers, expected_numbers = ([float(row.pop(_NUMBER, 0)) for row in each] for each in (made, expected))
    new, gone = [row for row in made if row not in expected], [row for row in expected if row not in made]
    assert made == expected, f"{path.name}: {len(new)} new rows, such as {new[:1]}; gone are {gone[:1]}. {RENEW}"
    assert numbers == pytest.approx(expected_numbers, abs=0.02)
