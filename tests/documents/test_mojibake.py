"""UTF-8 that was once read as Windows-1252."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scripts.documents.batch import count_garbled, repair

_SOUND = "It’s “so”, naïve Ångström said: €5 – 7. Ça, déjà vu; Ôter ½."


def garbled(text):
    return text.encode().decode("cp1252", errors="ignore")


def test_places_are_counted():
    assert count_garbled(_SOUND) == 0
    assert count_garbled(garbled("It’s “a naïve café")) == 4


def test_repair_undoes_it_and_leaves_sound_text():
    pytest.importorskip("ftfy")
    assert repair(garbled("The café’s\nowner")) == "The café’s\nowner"
    assert repair(_SOUND) == _SOUND


@given(st.text(st.characters(max_codepoint=127)))
def test_ascii_is_never_garbled(text):
    assert count_garbled(text) == 0
