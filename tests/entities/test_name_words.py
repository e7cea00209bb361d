"""Words of names: titles before them, and the parts that hyphens join."""

import pytest

from scripts.entities.name_words import (
    completed,
    gap,
    may_be_acronym,
    may_be_short_word,
    title_length,
    touches,
    without_letters,
)
from scripts.parsing.tokens import segmented_doc


def span(doc, words):
    tokens = [token for token, start in enumerate(doc.start) if start == doc.text.index(words)]
    return tokens[0], next(token + 1 for token, end in enumerate(doc.end) if end == doc.text.index(words) + len(words))


@pytest.mark.parametrize(
    ("words", "acronym", "short"),
    [("UN", True, False), ("Unesco", False, True), ("Una", False, False), ("Unas", False, True), ("U2", False, False),
     ("Un", False, False), ("BoG", True, False), ("unas", False, False)],
)  # fmt: skip
def test_acronyms_and_words_of_first_letters(words, acronym, short):
    assert (may_be_acronym(words), may_be_short_word(words)) == (acronym, short)


@pytest.mark.parametrize(
    ("name", "titles"),
    [
        ("Senator Ann Lee", 1),
        ("Senator Lee", 1),
        ("Vice President Ann Lee", 2),
        ("Sen. Ann Lee", 1),
        ("Ann Lee", 0),
        ("President", 0),
        ("Mr Justice Lee", 2),
        ("Professor Dean Lee", 2),
        ("Datuk Seri Ann Lee", 2),
    ],
)
def test_titles_of_a_name_leave_a_word_of_it(name, titles):
    doc = segmented_doc("a", f"There {name} sat.")
    first, last = span(doc, name)
    assert title_length(doc, first, last) == titles


@pytest.mark.parametrize(
    ("text", "words", "name"),
    [
        ("There Moon Jae-in sat.", "Moon Jae", "Moon Jae-in"),
        ("There Hlubi-Majola sat.", "Hlubi", "Hlubi-Majola"),
        ("There Hlubi-Majola sat.", "Majola", "Hlubi-Majola"),
        ("There Hlubi - Majola sat.", "Hlubi", "Hlubi"),
        ("There Hlubi-majola sat.", "Hlubi", "Hlubi"),
        ("There Ann Hlubi-led talks.", "Ann Hlubi", "Ann Hlubi"),
        ("There Kenya-Majola sat.", "Kenya", "Kenya"),
        ("There Hlubi-Kenya sat.", "Kenya", "Kenya"),
        ("There Hlubi-Kenya sat.", "Hlubi", "Hlubi"),
        ("There pre-Majola sat.", "Majola", "Majola"),
        ("There Hlubi-2 sat.", "Hlubi", "Hlubi"),
        ("There Ann-Marie Hlubi-Majola sat.", "Marie Hlubi", "Ann-Marie Hlubi-Majola"),
        ("There Zia-ul-Moor sat.", "Zia", "Zia-ul-Moor"),
        ("There Zia-ul-Moor sat.", "Moor", "Zia-ul-Moor"),
        ("There Zia-ul sat.", "Zia", "Zia"),
        ("There Ann Lee—who sat.", "Ann Lee", "Ann Lee"),
        ("There Ann Lee–who sat.", "Ann Lee", "Ann Lee"),
        ("There Hlubi–Majola sat.", "Hlubi", "Hlubi–Majola"),
        ("There PG&E sat.", "PG", "PG&E"),
        ("There PG&E sat.", "E", "PG&E"),
        ("There PG & E sat.", "PG", "PG"),
    ],
)
def test_a_name_is_completed_by_what_a_hyphen_joins(text, words, name):
    doc = segmented_doc("a", text)
    assert completed(doc, *span(doc, words)) == span(doc, name)


@pytest.mark.parametrize(
    ("name", "without"),
    [
        ("Ann Lee MP", "Ann Lee"),
        ("Ann Lee, OBE, QC", "Ann Lee"),
        ("Labour MP", "Labour MP"),
        ("Ann Lee Jr.", "Ann Lee Jr."),
        ("Ann Lee, who", "Ann Lee, who"),
    ],
)
def test_letters_after_a_full_name_are_no_part_of_it(name, without):
    doc = segmented_doc("a", f"There {name} sat.")
    first, last = span(doc, name)
    assert without_letters(doc, first, last) == span(doc, without)[1]


def test_a_part_of_a_title_belongs_to_no_name():
    doc = segmented_doc("a", "There Datuk Seri Ann sat, and Seri Ann.")
    assert title_length(doc, *span(doc, "Seri Ann")) == 1
    assert title_length(doc, *span(doc, "Seri")) == 0
    assert title_length(segmented_doc("a", "There sat the Gen."), 3, 5) == 1
    later = len(doc.word) - 3
    assert doc.slice(later, later + 2) == "Seri Ann" and title_length(doc, later, later + 2) == 0


def test_what_stands_between_tokens():
    doc = segmented_doc("a", "One-two three\nfour")
    assert [touches(doc, token) for token in range(len(doc.word) + 1)] == [False, True, True, False, False, False]
    assert (gap(doc, 3), gap(doc, 4), gap(doc, 1)) == (" ", "\n", "")
