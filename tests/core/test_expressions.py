import re

import pytest

from scripts.core import expressions
from scripts.core.expressions import GivenUpError, RunawayError, bounded, check_pattern


def test_it_matches_as_re_does():
    matches = bounded(r"\w+(?:-\w+)*", where="a pattern", longest=20)
    assert matches("so-called") and not matches("so called")
    part = bounded(r"(?P<year>\d{4})", where="x", longest=20, search=True)
    assert part("in 2025.")["year"] == "2025"
    with pytest.raises(re.error):
        bounded("(", where="x", longest=20)


def test_what_is_too_long_does_not_match():
    match = bounded("a*", where="x", longest=5)
    assert match("a" * 5) and not match("a" * 6)


def test_a_runaway_is_named_and_stopped(monkeypatch):
    match = bounded(r"(?:a|aa)+x", where="a pattern", longest=100)
    with monkeypatch.context() as patch:
        patch.setattr(expressions, "_SECONDS", 0.1)
        # Undisturbed it would take years.
        with pytest.raises(RunawayError, match=r"a pattern = '\(\?:.*does not finish on 'aaa"):
            match("a" * 60)
    assert match("aax")


def test_an_expression_is_given_up_when_its_time_for_all_texts_is_used_up(monkeypatch):
    monkeypatch.setattr(expressions, "_SECONDS", 0.1)
    match = bounded(r"(?:a|aa)+x", where="a pattern", longest=100, seconds=0.15)
    for _ in range(2):
        assert match("aax")
        with pytest.raises(RunawayError, match="does not finish on"):
            match("a" * 60)
    with pytest.raises(GivenUpError, match=r"a pattern = .* took more than 0\.15 s of CPU time in all, the limit"):
        match("aax")


@pytest.mark.parametrize(
    ("pattern", "reason"),
    [
        ("(" * 4_900 + "a" + ")" * 4_900, "4,900 groups nested in one another; the limit is 100"),
        ("a{99999999999999999999}", "OverflowError"),
        ("a" * 10_001, "10,001 characters; the limit is 10,000"),
        ("(", "missing \\)"),
        ("a|{e<=1}", "nothing for fuzzy constraint"),
    ],
)
def test_a_pattern_that_no_computer_takes_is_no_pattern(pattern, reason):
    with pytest.raises(re.error, match=reason):
        check_pattern(pattern)


def test_signs_that_open_no_group_nest_nothing():
    check_pattern(r"\(" * 500 + "(a)" * 500)


@pytest.mark.parametrize(
    ("pattern", "beyond"), [("a" * 10_000, "a" * 10_001), (f"{'(' * 100}a{')' * 100}", f"{'(' * 101}a{')' * 101}")]
)
def test_a_pattern_at_the_limit_is_one(pattern, beyond):
    check_pattern(pattern)
    with pytest.raises(re.error, match="limit"):
        check_pattern(beyond)
