"""Evidence for names: in their words, their contexts, and the longer and shorter names of the document."""

import pytest

from scripts.entities.evidence import document_evidence
from scripts.entities.name_evidence import name_evidence
from tests.entities.made import document


def evidence(text, *named):
    doc = document(text, *named)
    return document_evidence(doc, doc.mentions)


def test_a_word_has_the_evidence_of_the_longer_names_that_hold_it_by_the_share_of_their_mentions():
    # Senator Lee Marsh, Ann Marsh, Ann Marsh: of the three longer mentions that end with Marsh one follows a title.
    text = "Senator Lee Marsh left. Then Ann Marsh went. There Ann Marsh sat. Here Marsh slept."
    names = [("Lee Marsh", "PERSON"), ("Ann Marsh", "PERSON"), ("Ann Marsh", "PERSON"), ("Marsh", "PERSON")]
    strengths = evidence(text, *names)["marsh"]
    assert strengths["part:last:after-title"] == pytest.approx(1 / 3)
    assert strengths["part:last:model=PER"] == pytest.approx(1)
    assert strengths["count"] == pytest.approx(1 / 5) and strengths["single"] == 1
    assert not any(kind.startswith(("part:first", "part:middle", "surname:")) for kind in strengths)


def test_a_full_name_has_the_evidence_of_its_last_word_alone():
    made = evidence("Ann Marsh went. Senator Marsh sat. Now Marsh left.", ("Ann Marsh", "PERSON"), ("Marsh", "PERSON"),
                    ("Marsh", "PERSON"))  # fmt: skip
    assert made["ann marsh"]["surname:after-title"] == pytest.approx(1 / 2)
    assert "single" not in made["marsh"] and made["marsh"]["count"] == pytest.approx(2 / 5)
    alone = evidence("Ann Marsh went. Senator Bo sat.", ("Ann Marsh", "PERSON"), ("Bo", "PERSON"))
    assert not any(kind.startswith("surname:") for kind in alone["ann marsh"])


def test_a_word_in_small_letters_elsewhere_is_evidence_and_five_mentions_are_many():
    made = evidence("Rose fell. The rose fell. Ann Rose left.", ("Rose", "PERSON"), ("Ann Rose", "PERSON"))
    assert made["rose"]["lower-elsewhere"] == 1
    assert "lower-elsewhere" not in made["ann rose"]
    many = evidence("Bo sat. " * 7, *[("Bo", "PERSON")] * 7)
    assert many["bo"]["count"] == 1


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("EACC", ["words=1", "capitals"]),
        ("ABCDEFG", ["words=1", "shouted"]),
        ("ABCDEF", ["words=1", "capitals"]),
        ("ANN LEE", ["words=2", "shouted"]),
        ("Ann Zebra", ["words=2", "given-first"]),
        ("McDuff", ["words=1", "inner-capital"]),
        ("Zebra 7", ["words=2", "digit"]),
        ("al Farsi", ["words=2", "lower-first"]),
        ("Fish and Farm", ["words=3", "joint"]),
        ("Zebra of Lions", ["words=3", "joint"]),
        ("for Zebra", ["words=2", "lower-first"]),
        ("Kenya", ["words=1", "country"]),
        ("Nairobi", ["words=1", "capital"]),
        ("Kenyan", ["words=1", "demonym"]),
        ("Kenyan Zebra", ["words=2", "country-first"]),
        ("Zebra Kenya", ["words=2", "place-last"]),
        ("One Two Three Four Five", ["words=4"]),
    ],
)
def test_words_and_shape_of_a_name(name, expected):
    made = name_evidence(tuple(name.split()))
    assert [kind for kind in made if kind in expected] == expected
    assert set(made) - set(expected) <= {"listed-place", "person-ending", "place-ending", "organisation-ending", "stop"}


def test_a_stop_after_an_initial_is_none_of_a_name():
    assert "stop" not in name_evidence(("Ann", "S.", "Lee"))
    assert "stop" not in name_evidence(("Ann", "H.W.", "Lee"))


def test_double_brackets_and_letters_after_a_name_are_beside_it_as_nothing_is():
    brackets = evidence("There. ((Ann Lee)) Yes. They asked (Bo Lee) too.", ("Ann Lee", "PERSON"), ("Bo Lee", "PERSON"))
    assert {"place:opens-sentence", "place:ends-sentence"} <= brackets["ann lee"].keys()
    assert "place:after-bracket" in brackets["bo lee"]
    letters = evidence("There Ann Lee QC, who sat. There Bo MP Jo sat.", ("Ann Lee", "PERSON"), ("Bo", "ORG"))
    assert "place:before-who" in letters["ann lee"] and "place:before-title" in letters["bo"]
