"""Names cut wrongly or mistyped once are those of the document; names of others stay."""

import pytest

from scripts.core.annotation import blank
from scripts.entities.person_names import person_key
from scripts.entities.person_variants import usual_keys, with_shared_family_names
from tests.entities.made import document


def usual(names, text=""):
    words = text.split()
    doc = blank("a", text, [], range(len(words)), range(len(words)), words)
    keys = [person_key(name.replace("-", " - ").split()) for name in names]
    return [" ".join(key) for key in usual_keys(doc, keys)]


@pytest.mark.parametrize(
    ("name", "others", "text"),
    [
        ("Top Clinton", ["Hillary Clinton", "Clinton"], "a top aide"),
        ("Republican Donor Adelson", ["Sheldon Adelson", "Adelson"], "the donor said"),
        ("Murdoch In", ["Rupert Murdoch", "Murdoch"], "in London"),
    ],
)
def test_ordinary_words_are_no_part_of_a_name(name, others, text):
    assert usual([name, *others], text)[0] == person_key([others[1]])[0]


def test_a_longer_part_is_the_name():
    assert usual(["Donald Trump Leads", "Donald Trump"], "she leads") == ["donald trump"] * 2


def test_a_word_of_another_name_among_ordinary_ones_stays():
    assert usual(["Top Chelsea Clinton", "Hillary Clinton", "Clinton"], "a top aide")[0] == "top chelsea clinton"


def test_a_given_name_that_is_a_word_stays():
    assert usual(["Rich Lowry", "Lowry"], "the rich") == ["rich lowry", "lowry"]
    assert usual(["Mark Lee", "Ann Lee", "Lee"], "a mark") == ["mark lee", "ann lee", "lee"]
    assert usual(["Kim Ki-hyun", "Kim Ki"], "Kim Ki - hyun") == ["kim ki hyun", "kim ki"]
    assert usual(["Kim Ki-hyun", "Kim Jo", "Kim"], "Kim Ki - hyun and Jo") == ["kim ki hyun", "kim jo", "kim"]


@pytest.mark.parametrize("typed", ["Vigurie", "Richard Vigurie", "Richard Viguerrie"])
def test_a_name_that_stands_once_may_be_mistyped(typed):
    assert usual([*["Richard Viguerie"] * 3, typed])[-1] == "richard viguerie"
    assert usual([*["Richard Viguerie"] * 2, typed])[-1] == " ".join(person_key(typed.split()))
    assert usual([*["Richard Viguerie"] * 3, typed, typed])[-1] == " ".join(person_key(typed.split()))


def test_of_two_names_that_stand_once_the_one_without_a_listed_given_name_is_mistyped():
    for names in (["Donald Marsh", "Donand Marsh"], ["Donand Marsh", "Donald Marsh"]):
        assert usual([*names, "Marsh", "Marsh"])[:2] == ["donald marsh"] * 2


def test_a_full_name_stands_as_often_as_it_is_meant():
    for name in ("Richard Viguerie", "Richard Art Viguerie"):
        assert usual([name, name, "Viguerie", "Vigurie"])[-1] == name.lower()


def test_a_name_one_letter_away_from_two_is_its_own():
    assert usual([*["Ann Marsden"] * 3, *["Bo Marsten"] * 3, "Marssen"])[-1] == "marssen"


@pytest.mark.parametrize(
    ("text", "names", "expected"),
    [
        ("They met Charles and David H. Koch there.", ["Charles", "David H. Koch"], ["Charles Koch"]),
        ("They met Ann & Bill de Blasio there.", ["Ann", "Bill de Blasio"], ["Ann de Blasio"]),
        ("They met Carol, Mary and Ann Lee there.", ["Carol", "Mary", "Ann Lee"], ["Carol Lee", "Mary Lee"]),
        ("They met Carol, Mary Ray and Ann Lee.", ["Carol", "Mary Ray", "Ann Lee"], []),
        ("They met Obama and Ann Lee there.", ["Obama", "Ann Lee"], []),
        ("They met David and Ann Lee. David sat.", ["David", "Ann Lee", "David"], []),
        ("They met David and Ann Lee. David Ray sat.", ["David", "Ann Lee", "David Ray"], []),
        ("They met James and Ann Lee. Bob James sat.", ["James", "Ann Lee", "Bob James"], []),
        ("They met David and Ann there.", ["David", "Ann"], []),
        ("They met David and Qila Lee there.", ["David", "Qila Lee"], ["David Lee"]),
        ("They met James and Qila Lee there.", ["James", "Qila Lee"], []),  # a family name, too
        ("They met Zoran and Qila Lee there.", ["Zoran", "Qila Lee"], []),
        ("They met Zoran and Qila Lee. The Lees sat.", ["Zoran", "Qila Lee"], ["Zoran Lee"]),
        ("They met Zoran and Qila Lee. Mr. Lee sat, Ms. Lee stood.", ["Zoran", "Qila Lee"], ["Zoran Lee"]),
        ("They met Zoran and Qila Lee. Mr. Lee sat.", ["Zoran", "Qila Lee"], []),
    ],
)
def test_given_names_before_a_full_name_share_its_family_name(text, names, expected):
    doc = document(text, *((name, "PERSON") for name in names))
    assert sorted(map(" ".join, with_shared_family_names(doc, doc.mentions).values())) == expected
