"""The value of a source that a reviewer names, and the commonest of several."""

import pytest

from scripts.core.known_sources import Known
from scripts.review.attributed_words import commonest, told_by_name


def test_the_commonest_value_of_equals_the_first_in_the_alphabet() -> None:
    keys = ["Ann", "Ann", "Ann", "Bo", "Bo", "", "Cy"]
    assert commonest(keys, ["b", "a", "a", "z", "y", "x", ""]) == {"Ann": "a", "Bo": "y"}


@pytest.mark.parametrize(
    ("name", "mentioned_as", "kind"),
    [
        ("the mayor of Derry", "", "politician"),
        ("Ann Lee", "person", ""),
        ("World Bank", "organisation", "official"),
        ("somebody", "", ""),
    ],
)
def test_the_kind_of_who_never_speaks_is_told_by_the_name(name, mentioned_as, kind) -> None:
    assert told_by_name("kind", name, mentioned_as, {}) == kind


def test_a_column_of_the_users_table_tells_where_its_rows_agree() -> None:
    fields = dict.fromkeys(Known._fields)
    rows = {party: Known(**{**fields, "attributes": {"party": party}}) for party in ("Green", "Red")}
    known = {"ann lee": [rows["Green"], rows["Green"]], "bo ray": [rows["Green"], rows["Red"]]}
    assert told_by_name("party", "Ann Lee", "", known) == "Green"
    assert told_by_name("party", "Bo Ray", "", known) == ""
    assert told_by_name("party", "Cy Dunn", "", known) == ""
    assert told_by_name("age", "Ann Lee", "", known) == ""
