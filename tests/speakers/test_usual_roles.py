"""Which of the roles that documents give a speaker is the usual one."""

import pytest

from scripts.speakers.usual_roles import other_roles, usual_role


@pytest.mark.parametrize(
    ("counts", "role"),
    [
        ({"Meat Perpetual candidate": 1, "Sen.": 1, "Vermont Sen.": 1, "hopeful Sen.": 1}, "Senator"),
        ({"Administrator": 1, "EPA Administrator": 3, "Agency administrator": 1}, "EPA Administrator"),
        ({"party nominee": 1, "Green party nominee": 2, "President": 2}, "Green party nominee"),
        ({"Sen.": 4, "Senator": 2, "candidate": 5}, "Senator"),
        ({"Lee campaign manager": 2, "Lee’s campaign manager": 1, "pollster": 2}, "Lee campaign manager"),
        ({"Labor Secretary": 1, "proud son of immigrants": 1}, "Labor Secretary"),
        ({"minority leader": 3, "House Speaker": 1, "Speaker of the House": 1, "new Speaker": 2}, "new Speaker"),
        ({"best friend": 3, "Lee's younger sister": 2, "pollster": 1}, "pollster"),
        ({"MSNBC": 4, "MSNBC host": 1}, "MSNBC host"),
        ({"younger sister": 1}, "younger sister"),
    ],
)
def test_forms_of_one_role_count_together_and_speak_for_the_shorter_ones_in_it(counts, role):
    assert usual_role(counts) == role


@pytest.mark.parametrize(
    ("counts", "role"),
    [
        ({"Secretary of State": 1, "Former Secretary of State": 3}, "former Secretary of State"),
        ({"Secretary": 9, "former Secretary of State": 4, "Secretary of State": 1}, "former Secretary of State"),
        ({"President": 9, "former President": 1}, "President"),
        ({"Vice President": 3, "President": 4}, "President"),
        ({"Pope": 5, "late Pope": 2, "lately late Pope": 1}, "late Pope"),
    ],
)
def test_an_office_that_is_over_or_is_a_deputys_is_another(counts, role):
    assert usual_role(counts) == role


def test_other_roles_are_no_forms_of_the_usual_one():
    assert other_roles({"Sen.": 5, "Senator": 4, "Texas Sen.": 1, "nominee": 2, "Former nominee": 1}) == "nominee"


def test_of_more_roles_than_are_weighed_the_rarest_are_passed_over():
    rare = {f"number {number:03}": 1 for number in range(150)}
    assert usual_role({**rare, "senator": 5, "state senator": 3}) == "state senator"
    assert other_roles({**rare, "senator": 5}) == "number 000; number 001; number 002"
