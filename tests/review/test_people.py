"""Names as reviewers write them."""

import pytest

from scripts.review.people import KnownNames

NAMES = KnownNames(
    [
        ("a", "Clinton", "Hillary Clinton"),
        ("a", "Ann Lee", "Ann Lee"),
        ("b", "Bill Clinton", "Bill Clinton"),
        ("b", "Hillary Clinton", "Hillary Clinton"),
        ("c", "Clinton", "Clinton"),
    ]
)


@pytest.mark.parametrize(
    ("doc_id", "written", "name"),
    [
        ("a", "clinton", "Hillary Clinton"),
        ("a", "LEE", "Ann Lee"),
        ("a", "bill  clinton", "Bill Clinton"),  # not in this document, but in another
        ("b", "Clinton", "Clinton"),  # two of the document bear it: not told apart by it
        ("c", "Clinton", "Clinton"),
        ("a", " Bo Ray ", "Bo Ray"),
        ("elsewhere", "Ann Lee", "Ann Lee"),
    ],
)
def test_a_name_is_that_of_the_tables_where_one_person_is_meant(doc_id, written, name) -> None:
    assert NAMES.resolve(doc_id, written) == name
