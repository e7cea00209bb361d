"""Which name of a person may be short for which."""

import pytest

from scripts.entities.person_names import generation, is_family_name, is_hyphenated, may_be_short_for, person_key


def key(name):
    return tuple(name.lower().split())


@pytest.mark.parametrize(
    ("short", "full", "may"),
    [
        ("lee", "ann lee", True),
        ("ann", "ann lee", True),
        ("lee", "lee", False),
        ("bo", "ann lee", False),
        ("ann lee", "ann b lee", True),
        ("a lee", "ann b lee", True),
        ("a lee", "ann lee", True),
        ("ann lee", "a lee", False),
        ("an lee", "ann lee", False),
        ("b lee", "ann lee", False),
        ("ann lee", "ann lee", False),
        ("ann bo", "ann bo lee", True),
        ("ann c lee", "ann b lee", False),
        ("ann b lee", "ann beth lee", False),
        ("ann b lee", "ann beth cy lee", True),
        ("a b lee", "a beth lee", False),
        ("ann beth cy lee", "ann lee", False),
        ("marsh lee", "ann marsh lee", True),
        ("ann lee jr", "ann b lee jr", True),
        ("ann lee jr", "ann b lee", False),
        ("ann lee", "ann b lee jr", False),
        ("lee", "ann lee jr", True),
        ("lee jr", "ann lee jr", True),
        ("lee jr", "ann lee", False),
    ],
)
def test_a_shorter_form_of_a_name(short, full, may):
    assert may_be_short_for(key(short), key(full)) is may


@pytest.mark.parametrize(
    ("short", "full", "hyphen", "is_family"),
    [
        ("bin salman", "mohammed bin salman", False, True),
        ("bin salman", "sheikh bin salman", False, True),
        ("von trapp", "captain von trapp", False, True),
        ("akufo addo", "nana akufo addo", True, True),
        ("akufo addo", "nana akufo addo", False, False),
        ("addo", "nana akufo addo", True, False),
        ("nana akufo addo", "nana akufo addo", True, False),
        ("akufo addo", "nana akufo bddo", True, False),
        ("garcia marquez", "john garcia marquez", False, True),
        ("garcia martin", "john garcia martin", False, True),
        ("carrie lam", "hong kong carrie lam", False, False),
        ("van buren", "john van buren jr", False, True),
    ],
)
def test_a_family_name_of_several_words(short, full, hyphen, is_family):
    assert is_family_name(key(short), key(full), hyphen=hyphen) is is_family


def test_generations_spellings_and_hyphens():
    assert generation(("trump", "iii")) == (("trump",), "iii")
    assert generation(("jr",)) == (("jr",), "")
    assert generation(("ann", "senior")) == (("ann",), "sr")
    assert person_key(["José", "-", "Díaz", ",", "Jr."]) == ("jose", "diaz", "jr")
    assert person_key(["-"]) == ("-",)
    assert [is_hyphenated(name.split()) for name in ("Akufo - Addo", "Akufo Addo", "Lee", "A - B C")] == [
        True, False, False, False
    ]  # fmt: skip
