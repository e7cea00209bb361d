"""The leading speakers: who says most."""

import numpy as np
import pytest

from scripts.core.storage import rows_to_table, write_parquet
from scripts.speakers.leading import Spoken, leading_speakers, read_spoken
from tests.report.corpus import row

ROWS = [
    ("Bo", 5, 0, "direct"), ("Ann", 2, 2, "direct"), ("", 9, 9, "direct"), (None, 9, 9, "direct"),
    ("Ann", 3, 1, None), ("Cy", 4, 4, "indirect"), ("Bo", 9, 0, "boilerplate"), ("Di", 1, 0, "direct"),
]  # fmt: skip


@pytest.fixture(scope="module")
def quotes(tmp_path_factory):
    path = tmp_path_factory.mktemp("leading") / "quotes.parquet"
    names = ("speaker", "n_words", "n_quoted", "type")
    rows = [row("quotes", doc_id="d", quote=at, **dict(zip(names, each, strict=True))) for at, each in enumerate(ROWS)]
    write_parquet(path, rows_to_table("quotes", rows))
    return path


def test_speech_of_those_who_have_a_name_is_summed(quotes):
    spoken = read_spoken(quotes)
    assert spoken.names == ["Bo", "Ann", "Cy", "Di"]
    assert (spoken.words.tolist(), spoken.quoted.tolist()) == ([5, 5, 4, 1], [0, 3, 4, 0])


def test_leading_speakers_are_in_the_order_of_their_words(quotes):
    assert leading_speakers(read_spoken(quotes), 3) == ["Ann", "Bo", "Cy"]
    equal = Spoken(["b", "a"], np.array([1, 1]), np.array([0, 0]))
    assert leading_speakers(equal, 1) == ["a"] and leading_speakers(equal, 0) == []


def test_a_class_of_sources_without_a_name_leads_nobody():
    spoken = Spoken(["unnamed officials", "Ann"], np.array([9, 1]), np.array([0, 0]))
    assert leading_speakers(spoken, 1) == ["Ann"]


def test_nobody_speaks_in_an_empty_table(tmp_path):
    write_parquet(tmp_path / "quotes.parquet", rows_to_table("quotes", []))
    assert leading_speakers(read_spoken(tmp_path / "quotes.parquet"), 5) == []
