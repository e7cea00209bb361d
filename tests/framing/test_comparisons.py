"""Pairs of frames, and groups against groups."""

import numpy as np
import pytest

from scripts.framing.comparisons import OTHERS, contrasts, frame_cooccurrence, together
from scripts.framing.corpus import code_documents
from scripts.maths.bootstrap import OVER_DOCUMENTS, document_weights, percentiles, resampled_sums
from scripts.maths.intervals import TOO_FEW
from scripts.maths.permutation import METHOD
from tests.framing.made import codes, corpus, documents


def _cooccurrence(table, cues, schemes):
    data = corpus(table, cues, schemes)
    return frame_cooccurrence(data, together(code_documents(table, cues, data.frames), data.frames, data.weights))


def test_lift_is_observed_over_expected(used):
    # a in 4 of 8 sentences, b in 5, both in 3: expected 2.5, lift 1.2.
    rows = [("d0", 0, "a"), ("d0", 1, "a"), ("d1", 0, "a"), ("d1", 1, "a")]
    rows += [("d0", 0, "b"), ("d0", 1, "b"), ("d1", 0, "b"), ("d1", 2, "b"), ("d1", 3, "b")]
    row = _cooccurrence(documents([4, 4]), codes(*rows), used).iloc[0]
    assert (row["n"], row["n_a"], row["n_b"]) == (3, 4, 5)
    assert row["estimate"] == pytest.approx(1.2)


def test_the_interval_of_a_lift_is_that_of_drawn_documents(used):
    generator = np.random.default_rng(8)
    has = generator.random((2, 5, 6)) < 0.6  # as few documents as have an interval
    cues = codes(*((f"d{at}", sentence, "ab"[frame]) for frame, at, sentence in zip(*np.nonzero(has), strict=True)))
    row = _cooccurrence(documents([6] * 5), cues, used).iloc[0]
    weights = document_weights([f"d{at}" for at in range(5)])
    both, a, b, n = resampled_sums(weights, (has[0] & has[1]).sum(axis=1), *has.sum(axis=2), np.full(5, 6))
    with np.errstate(invalid="ignore"):  # a sample may be empty
        lifts = both * n / (a * b)
    assert (row["lo"], row["hi"]) == pytest.approx([float(end) for end in percentiles(lifts)])
    assert row["method"] == OVER_DOCUMENTS


def test_frames_that_no_sentence_has_together_have_no_interval(used):
    cues = codes(*((f"d{at}", sentence, "ab"[sentence]) for at in range(6) for sentence in range(2)))
    row = _cooccurrence(documents([4] * 6), cues, used).iloc[0]
    assert row["estimate"] == 0 and np.isnan([row["lo"], row["hi"]]).all()


def test_a_scheme_of_one_frame_has_no_pairs(scheme):
    cues = codes(("d0", 0, "a"), ("d1", 0, "a"))
    assert _cooccurrence(documents([4, 4]), cues, [scheme(a=["a"])]).empty


def test_two_groups_are_contrasted_once_and_three_with_their_others(used):
    cues = codes(*((f"d{at}", sentence, "a") for at in range(10) for sentence in range(4 if at < 5 else 1)))
    two = contrasts(corpus(documents([10] * 10, ["x"] * 5 + ["y"] * 5), cues, used))
    row = two.iloc[0]
    assert (len(two), row["group"], row["other"]) == (2, "x", "y")
    assert (row["estimate"], row["ratio"]) == (pytest.approx(0.3), pytest.approx(4))
    assert row["lo"] < 0.3 < row["hi"] and two["method"].tolist() == [METHOD] * 2
    three = contrasts(corpus(documents([10] * 10, ["x"] * 5 + ["y"] * 3 + ["z"] * 2), cues, used))
    assert set(zip(three["group"], three["other"], strict=True)) == {(name, OTHERS) for name in "xyz"}


def test_a_side_without_a_single_case_is_not_certain(used):
    cues = codes(("d10", 0, "a"), ("d20", 0, "a"))
    row = contrasts(corpus(documents([10] * 40, ["x"] * 6 + ["y"] * 34), cues, used)).iloc[0]
    assert row["share"] == 0 and row["lo"] < 0 < row["hi"] and np.isnan(row["p"])


def test_a_difference_that_is_not_tested_is_not_certain(used):
    """Four documents have the frame, too few for a test, and three of them, in every sentence, are of x."""
    cues = codes(*((f"d{at}", sentence, "a") for at in range(3) for sentence in range(10)), ("d30", 0, "a"))
    row = contrasts(corpus(documents([10] * 40, ["x"] * 6 + ["y"] * 34), cues, used)).iloc[0]
    assert np.isnan(row["p"]) and row["ratio"] == pytest.approx(170)
    assert (row["lo"], row["ratio_lo"]) == (0, 1) and row["ratio_hi"] > 170


def test_contrasts_need_two_groups_and_enough_documents_in_each(used):
    assert contrasts(corpus(documents([4]), codes(("d0", 0, "a")), used)).empty
    for few in (1, 4):
        data = corpus(documents([4] * (few + 5), ["x"] * few + ["y"] * 5), codes(("d0", 0, "a")), used)
        table = contrasts(data)
        assert table[["lo", "hi", "p", "q"]].isna().all().all() and set(table["method"]) == {TOO_FEW}


def test_no_difference_is_rarely_significant(used):
    generator = np.random.default_rng(11)
    rejected = 0
    for _ in range(120):
        cues = codes(
            *(
                (f"d{at}", sentence, "a")
                for at, share in enumerate(generator.beta(2, 4, 40))
                for sentence in np.flatnonzero(generator.random(20) < share)
            )
        )
        data = corpus(documents([20] * 40, ["x"] * 20 + ["y"] * 20), cues, used, resamples=200)
        rejected += contrasts(data).iloc[0]["p"] < 0.05
    assert rejected <= 14
