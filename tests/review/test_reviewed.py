"""Weights of reviewed units: each stands for the units of its stratum, and of strata that nobody reviewed."""

from scripts.review.reviewed import design, nearest_stratum


def test_a_unit_stands_for_the_units_of_its_stratum() -> None:
    stratum, weight = design(["b", "a", "b", "b", "a"], {"a": 8, "b": 6})
    assert weight.tolist() == [2, 4, 2, 2, 4]
    assert stratum.tolist() == [1, 0, 1, 1, 0]


def test_a_stratum_of_which_one_unit_was_reviewed_joins_the_most_alike() -> None:
    stratum, weight = design(["a | x", "a | y", "a | y", "b | x"], {"a | x": 7, "a | y": 8, "b | x": 1})
    assert weight.tolist() == [5, 5, 5, 1]  # of b all units were reviewed
    assert stratum.tolist() == [0, 0, 0, 1]


def test_strata_without_a_reviewed_unit_join_the_most_alike() -> None:
    _, weight = design(["a | x", "b | x"], {"a | x": 4, "a | y": 2, "b | x": 9, "c | y": 10})
    # c has nothing in common with either: the first in the alphabet takes it.
    assert weight.tolist() == [16, 9]
    assert sum(weight) == 25


def test_a_later_part_in_common_does_not_make_up_for_a_first_that_differs() -> None:
    assert nearest_stratum("a | x | N", ["b | x | N", "a | y | S", "a | x | S"]) == "a | x | S"
    assert nearest_stratum("a | x", ["c | x", "b | x"]) == "b | x"
    assert nearest_stratum("a", ["a | x", "b"]) == "a | x"


def test_nothing_reviewed() -> None:
    stratum, weight = design([], {})
    assert weight.tolist() == stratum.tolist() == []
