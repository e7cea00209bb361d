"""Names as reviewers write them, and whom a cell `whose` names: somebody, nobody, or a cell that cannot be used."""

import pytest

from scripts.review.people import KnownNames

PEOPLE = [
    ("a", "Clinton", "Hillary Clinton"),
    ("a", "Ann Lee", "Ann Lee"),
    ("b", "Bill Clinton", "Bill Clinton"),
    ("b", "Hillary Clinton", "Hillary Clinton"),
    ("c", "Clinton", "Clinton"),
]
NAMES = KnownNames(PEOPLE, {})
REVIEW_NAMES = KnownNames(
    [("a", "Clinton", "Hillary Clinton"), ("b", "Bill Clinton", "Bill Clinton")],
    {"a": "Clinton met the harbour pilots.", "b": "Nobody came."},
)


@pytest.mark.parametrize(
    ("doc_id", "written", "name"),
    [
        ("a", "clinton", "Hillary Clinton"),
        ("a", "LEE", "Ann Lee"),
        ("a", "bill  clinton", "Bill Clinton"),  # not in this document, but in another
        ("b", "Clinton", "Clinton"),  # two of the document bear it: not told apart by it
        ("c", "Clinton", "Clinton"),
        ("a", " Bo Ray ", ""),
        ("elsewhere", "Ann Lee", "Ann Lee"),
    ],
)
def test_a_name_is_that_of_the_tables_where_one_person_is_meant(doc_id, written, name) -> None:
    assert NAMES.bearer(doc_id, written) == name


@pytest.mark.parametrize(
    ("doc_id", "written", "name"),
    [
        ("b", "Clintn", "Bill Clinton"),  # two in the document end so: the first in the alphabet
        ("a", "Bil Clintn", "Bill Clinton"),  # not in the document
        ("a", "Zoltan Kodaly", ""),
        ("d", "a" * 20 + "b" * 7, ""),  # 74 of 100 alike
        ("d", "a" * 21 + "b" * 7, "a" * 21 + "c" * 7),  # 75
    ],
)
def test_the_name_that_may_be_meant_is_one_of_which_three_quarters_are_alike(doc_id, written, name) -> None:
    names = KnownNames([*PEOPLE, *(("d", each, each) for each in ("a" * 20 + "c" * 7, "a" * 21 + "c" * 7))], {})
    assert names.likest(doc_id, written) == name


def test_of_spellings_of_one_name_the_first_in_the_alphabet_counts() -> None:
    assert (
        KnownNames([("a", each, each) for each in ("ANN LEE", "Ann Lee", "Ann-Lee")], {}).bearer("b", "ann lee")
        == "ANN LEE"
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
    assert REVIEW_NAMES.speaker("a", written, faults) == speaker
    assert len(faults) == bool(message)
    assert all(message in fault.message and fault.code == "whose" for fault in faults)
