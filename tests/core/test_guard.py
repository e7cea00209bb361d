import re

import pytest

from scripts.core.expressions import RunawayError
from scripts.core.guard import STEPS, guarded


def lengths(chosen):
    """Return the length of each name; fails on one that has an exclamation mark."""
    for name in chosen:
        if "!" in name:
            raise ValueError(f"{name} at {object()!r}")
    return {name: len(name) for name in chosen}


@pytest.mark.parametrize("step", STEPS)
def test_a_document_that_fails_costs_itself_and_leaves_one_row(step, capsys):
    result, problems = guarded(step, ["a", "bad!", "ccc"], lengths)
    assert result == {"a": 1, "ccc": 3}
    (row,) = problems.to_pylist()
    assert (row["seed"], row["stage"], row["code"]) == ("bad!", step, "failed")
    assert STEPS[step][1] in row["message"]
    assert re.search(r"ValueError: bad! at <object object at 0x\.\.\.>; test_guard\.py, line \d+\)", row["message"])
    assert "Traceback" in capsys.readouterr().err


def test_nothing_is_tried_twice_where_all_is_well():
    calls = []
    assert guarded("quotes", ["a", "b"], lambda chosen: calls.append(chosen) or 7)[0] == 7
    assert calls == [{"a", "b"}]


def test_a_fault_of_the_program_or_of_a_setting_is_not_one_of_each_document():
    def broken(chosen):
        raise KeyError("setting")

    def runaway(chosen):
        if chosen:
            raise RunawayError("words.pattern")

    with pytest.raises(KeyError):
        guarded("quotes", ["a"], broken)
    with pytest.raises(RunawayError):
        guarded("counts", ["a"], runaway)


def test_documents_that_fail_only_together_fail_the_step():
    def pair(chosen):
        if len(chosen) > 1:
            raise ValueError

    with pytest.raises(ValueError, match=r"\A\Z"):
        guarded("quotes", ["a", "b"], pair)
