"""Few articles are a story only by words of their own, and the fewer they are the more alike they are to be."""

import numpy as np
import pytest

from scripts.maths.linkage import HALF, Rows
from scripts.stories import own_words
from scripts.stories.own_words import story_test
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


@pytest.mark.parametrize("at_a_time", [1, 5, 2_000])
def test_words_of_other_weeks_are_no_others(at_a_time: int, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("_AT_A_TIME", "_CELLS"):
        monkeypatch.setattr(own_words, name, at_a_time)
    rows = rows_of([[1, 2, 3, at] for at in range(10, 16)])
    days = [100, 101]
    assert story_test(rows, [*days, *[102] * 4])([0, 1], ALIKE) is False
    assert story_test(rows, [*days, *[102 + 2 * HALF] * 4])([0, 1], ALIKE) is True
    assert story_test(rows, [*days, *[None] * 4])([0, 1], ALIKE) is False
    for nearest, farther in ((101 + 2 * HALF, 1), (100 - 2 * HALF, -1)):
        assert story_test(rows, [*days, *[nearest] * 4])([0, 1], ALIKE) is False
        assert story_test(rows, [*days, *[nearest + farther] * 4])([0, 1], ALIKE) is True
    assert story_test(rows, [None, 101, *[5_000] * 4])([0, 1], ALIKE) is False


@pytest.mark.parametrize(("common", "is_story"), [(2, True), (1, False)])
def test_two_articles_have_a_fifth_of_their_likeness_in_words_of_their_own(common: int, is_story: bool) -> None:
    """Of eight words, each an eighth of the vector; the others in common stand elsewhere too."""
    shared = [[1, 2, 3, 4, *range(5, 5 + common)]] * 2
    rows = rows_of(
        [each + [*range(10 * at, 10 * at + 4 - common)] for at, each in enumerate(shared, 2)] + [[1, 2, 3, 4]] * 3
    )
    assert story_test(rows, [None] * 5)([0, 1], ALIKE) is is_story


@pytest.mark.parametrize(("n", "least"), [(2, 0.36), (3, 0.275), (18, 0.2)])
def test_the_more_articles_the_less_they_need_to_be_alike(n: int, least: float) -> None:
    fits = story_test(rows_of([[1, 2, 3, 10 + at] for at in range(n)]), [None] * n)
    assert fits([*range(n)], least * SCALE**2 + 1)
    assert not fits([*range(n)], least * SCALE**2 - 1)
