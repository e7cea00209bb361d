"""Codes of a project: each has its group, and comes back from a tool that has no tree of codes."""

import pytest

from scripts.core.anchors import document_anchor, sentence_anchor
from scripts.projects.codes import frame_code, name_code, shown, speaker_code, unflattened

CODES = [
    (speaker_code("Ann \u202e  Smith"), "Speakers > Ann ‹U+202E› Smith"),
    (speaker_code(" "), "Speakers > (speaker not named)"),
    (name_code("PERSON", "Ann  Smith"), "Names > PERSON > Ann Smith"),
    (frame_code("generic", "conflict"), "Frames > generic > conflict"),
]


@pytest.mark.parametrize(("code", "text"), CODES)
def test_a_code_has_its_group_and_comes_back_from_one_name(code, text):
    assert shown(code) == text
    assert unflattened(code) == unflattened(("::".join(code),)) == code


def test_colons_within_a_label_part_nothing():
    assert unflattened(("Speakers::Ann::Smith",)) == ("Speakers", "Ann::Smith")
    assert unflattened(("Names::ORG::A::B",)) == ("Names", "ORG", "A::B")
    for code in (("Coke::diet",), ("Speakers",), ("Speakers::a", "b")):
        assert unflattened(code) == code


def test_anchors_stay_for_links_that_people_have_kept():
    assert document_anchor("a.txt") == "d18b7cb099a"
    assert sentence_anchor("a.txt", 3) == "d18b7cb099a-s3"
    assert document_anchor("\udcff") != document_anchor("\udcfe")
