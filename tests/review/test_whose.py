"""Whom a cell `whose` names: by any form of the corpus or of the text, nobody, or a cell that cannot be used."""

import pytest

from scripts.review.people import KnownNames
from scripts.review.whose import ReviewNames

NAMES = ReviewNames(
    KnownNames([("a", "Clinton", "Hillary Clinton"), ("b", "Bill Clinton", "Bill Clinton")]),
    {"a": "Clinton met the harbour pilots.", "b": "Nobody came."},
)


@pytest.mark.parametrize(
    ("written", "speaker", "message"),
    [
        ("clinton", "Hillary Clinton", ""),
        (" Hillary  CLINTON ", "Hillary Clinton", ""),
        ("Bill Clinton", "Bill Clinton", ""),
        ("the harbour pilots", "the harbour pilots", ""),
        ("harbour", "harbour", ""),
        ("bour pilots", "", "nobody in the corpus is called"),
        ("Hilary Clintn", "", "did you mean 'Hillary Clinton'"),
        ("unknown", "", ""),
        ("-", "", ""),
        ("?", "", ""),
        ("", "", "whose is empty"),
        ("the", "", "which names nobody"),
        ("He, I", "", "which names nobody"),
        ("yes", "", "where a name belongs"),
        ("no", "", "where a name belongs"),
    ],
)
def test_who_is_named(written, speaker, message) -> None:
    faults = []
    assert NAMES.speaker("a", written, faults) == speaker
    assert len(faults) == bool(message)
    assert all(message in fault.message and fault.code == "whose" for fault in faults)
