"""Groups compared within the stories that both cover: what counts, and what is too few."""

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

from scripts.stories.story_contrasts import (
    GroupedDocuments,
    Measures,
    compared_groups,
    contrast_rows,
    frame_measures,
    grouped_documents,
    source_measures,
)


def documents(*rows: tuple[str, int]) -> GroupedDocuments:
    group, story = zip(*rows, strict=True)
    return GroupedDocuments([str(at) for at in range(len(rows))], np.array(group, object), np.array(story))


def measures(hits: list[int], totals: list[int]) -> Measures:
    return Measures([("kind", "official")], np.array(hits, float)[:, None], np.array(totals, float)[:, None])


def test_documents_that_repeat_or_were_not_parsed_do_not_count_and_one_in_no_story_stands_alone() -> None:
    table = pa.table(
        {
            "doc_id": ["a", "b", "c", "d", "e"],
            "parsed": [True, True, True, False, True],
            "duplicate_of": ["", "a", "", "", None],
        }
    )
    result = grouped_documents(table, {"a": "Globe"}, {"a": "a", "b": "a", "c": "a"})
    assert result.doc_ids == ["a", "c", "e"]
    assert result.group.tolist() == ["Globe", "", ""]
    assert result.story[0] == result.story[1] != result.story[2]


def test_measures_are_shares_of_attributed_words_and_of_sentences() -> None:
    quotes = pd.DataFrame(
        {
            "doc_id": ["a", "a", "b", "gone"],
            "speaker": ["Ann", "Bo", None, "Ann"],
            "kind": ["official", "expert", "official", "official"],
            "row": [1, None, None, 1],
            "words": [5, 3, 2, 100],
            "words_direct": [4, 0, 0, 100],
        }
    )
    made = source_measures(quotes, {"gender": {1: "female"}}, ["a", "b"])
    columns = {name: made.hits[:, at].tolist() for at, name in enumerate(made.names)}
    assert columns == {
        ("direct", "(all)"): [4, 0],
        ("kind", "official"): [5, 2],
        ("kind", "expert"): [3, 0],
        ("speaker", "Ann"): [5, 0],
        ("speaker", "Bo"): [3, 0],
        ("gender", "female"): [5, 0],
    }
    assert (made.totals == np.array([[8], [2]])).all()
    frames = pd.DataFrame(
        {
            "doc_id": ["a", "c", "a", "gone"],
            "scheme": ["generic", "generic", "policy", "generic"],
            "frame": ["conflict", "morality", "crime", "conflict"],
            "n": [1, 2, 4, 9],
        }
    )
    made = frame_measures(frames, ["a", "b", "c"], np.array([4, 5, 6]))
    assert made.names == [("frame", "conflict"), ("frame", "morality")]
    assert made.hits.tolist() == [[1, 0], [0, 0], [0, 2]]
    assert made.totals.tolist() == [[4, 4], [5, 5], [6, 6]]  # documents without the frame too


def test_two_groups_with_too_few_stories_in_common_have_one_row_that_says_how_many() -> None:
    rows = contrast_rows(documents(("A", 0), ("B", 0), ("A", 1), ("B", 2)), measures([1, 1, 1, 1], [2, 2, 2, 2]))
    assert [(row["stories"], row["n_documents"], row["n_documents_other"]) for row in rows] == [(1, 1, 1)]
    assert rows[0]["method"] == "not estimable: 1 stories in common, and 5 are needed"
    assert rows[0]["within"] is None and np.isnan(rows[0]["q"])
    five = documents(*((group, story) for story in range(5) for group in "AB"))
    (row,) = contrast_rows(five, measures([1, 2] * 5, [4] * 10), draws=50)
    assert (row["stories"], row["value"], row["within"]) == (5, "official", -0.25)


def test_a_row_has_the_difference_and_its_two_parts() -> None:
    both = [(group, story) for story in range(8) for group in ("A", "B")]
    alone = [("A", 8 + at) for at in range(3)]
    hits = [share + 2 * (group == "A") for group, share in zip("AB" * 8, np.repeat(range(8), 2), strict=True)]
    (row,) = contrast_rows(documents(*both, *alone, ("", 0)), measures([*hits, 0, 0, 0, 9], [10] * 20), draws=500)
    assert (row["stories"], row["n_documents"], row["n_documents_other"]) == (8, 8, 8)
    assert row["within"] == pytest.approx(0.2)
    assert row["difference"] == pytest.approx(sum(hits[::2]) / 110 - sum(hits[1::2]) / 80)
    assert row["difference"] == pytest.approx(row["within"] + row["choice"])
    assert row["choice_lo"] < row["choice"] < row["choice_hi"]
    assert row["q"] == row["p"] < 0.05


def test_each_pair_of_groups_is_compared_and_q_is_over_all_that_is_tested() -> None:
    """A and B have the same stories, A and C but two; one measure none of A and B has."""
    rows = [(group, story) for story in range(6) for group in "AB"] + [("C", 0), ("C", 1)]
    expert = [3, 1, 1, 2, 2, 2, 3, 1, 1, 1, 2, 2]
    hits = np.array([[4 * (at % 2 == 0), expert[at], 0] for at in range(12)] + [[1, 1, 1]] * 2, float)
    names = [("kind", "official"), ("kind", "expert"), ("kind", "citizen")]
    made = contrast_rows(documents(*rows), Measures(names, hits, np.full((14, 3), 4.0)), draws=200)
    assert [(row["group"], row["other"], row["value"], row["stories"]) for row in made] == [
        ("A", "B", "official", 6), ("A", "B", "expert", 6), ("A", "C", "(all)", 2), ("B", "C", "(all)", 2)
    ]  # fmt: skip
    official, expert, *few = made
    assert (official["share"], official["share_other"], official["within"]) == (1, 0, 1)
    assert [expert["share"], expert["share_other"], expert["within"]] == pytest.approx([12 / 24, 9 / 24, 3 / 24])
    assert official["p"] < expert["p"] == expert["q"]
    assert official["q"] == pytest.approx(2 * official["p"])
    assert all(row["p"] is None and np.isnan(row["q"]) for row in few)


def test_of_each_attribute_the_twenty_values_with_most_words_are_compared() -> None:
    names = [f"Speaker {at:02}" for at in range(21)]
    quotes = pd.DataFrame({"doc_id": "a", "speaker": names, "kind": "official", "row": None})
    made = source_measures(quotes.assign(words=range(1, 22), words_direct=0), {}, ["a"])
    assert [value for attribute, value in made.names if attribute == "speaker"] == names[:0:-1]


def test_the_groups_with_most_documents_in_stories_of_several_are_compared() -> None:
    shared = [(f"shared {at}", 0) for at in range(10)]
    result = compared_groups(documents(*(("large", 10 + at) for at in range(30)), *shared, ("", 0)))
    assert result == sorted(group for group, _ in shared)
    assert compared_groups(documents(("A", 0), ("A", 1))) == ["A"]


def test_no_generic_frame_is_no_measure() -> None:
    frames = pd.DataFrame({"doc_id": ["a"], "scheme": ["policy"], "frame": ["crime"], "n": [4]})
    made = frame_measures(frames, ["a", "b"], np.array([4, 5]))
    assert made.names == [] and made.hits.shape == made.totals.shape == (2, 0)
