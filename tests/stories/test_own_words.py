"""Few articles are a story only by words of their own, and the fewer they are the more alike they are to be."""

import numpy as np
import pytest

from scripts.maths.linkage import HALF, Rows
from scripts.stories.own_words import LEAST, story_test
from scripts.stories.story_vectors import SCALE

ALIKE = 0.5 * SCALE**2


def rows_of(columns: list[list[int]]) -> Rows:
    """Return rows of the length of a vector, with the same value in each of their columns."""
    bounds = np.cumsum([0, *map(len, columns)])
    value = [int(SCALE / np.sqrt(len(each))) for each in columns for _ in each]
    return Rows(bounds, np.concatenate(columns), np.array(value))


@pytest.mark.parametrize(("others", "is_story"), [(0, True), (1, True), (2, False)])
def test_two_articles_are_a_story_by_words_that_seldom_stand_in_others(others: int, is_story: bool) -> None:
    rows = rows_of([[1, 2, 3, 4], [1, 2, 3, 5], *([1, 2, 3, 10 + at] for at in range(others))])
    assert story_test(rows, [None] * (2 + others))([0, 1], ALIKE) == is_story


def test_words_of_other_weeks_are_no_others() -> None:
    rows = rows_of([[1, 2, 3, at] for at in range(10, 16)])
    days = [100, 101]
    assert story_test(rows, [*days, *[102] * 4])([0, 1], ALIKE) is False
    assert story_test(rows, [*days, *[102 + 2 * HALF] * 4])([0, 1], ALIKE) is True
    assert story_test(rows, [*days, *[None] * 4])([0, 1], ALIKE) is False


def test_two_articles_are_to_be_more_alike_than_ten() -> None:
    fits = story_test(rows_of([[1, 2, 3, 10 + at] for at in range(10)]), [None] * 10)
    assert fits([*range(10)], (LEAST + 0.02) * SCALE**2)
    assert not story_test(rows_of([[1, 2, 3, 4], [1, 2, 3, 5]]), [None, None])([0, 1], (LEAST + 0.02) * SCALE**2)
