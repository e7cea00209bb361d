"""Calibration there and back, and the word lists."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scripts.attribution.calibration import CALIBRATION, CalibrationLine, calibration, confidence, threshold
from scripts.attribution.choice import CONSTRUCTIONS
from scripts.attribution.lexicon import cue_lexicon, speaker_nouns, speech_nouns, speech_verbs


def test_tables_are_there():
    for reader in CALIBRATION:
        assert set(calibration(reader)) == set(CONSTRUCTIONS)
        assert all(line.below > 0 and line.above > 0 for line in calibration(reader).values())
    speech, attitude, total = cue_lexicon()["say/VERB"]
    assert speech > 1000
    assert attitude == 0
    assert total >= speech
    assert {"say", "warn"} <= speech_verbs()
    assert "claim" in speech_nouns()
    assert {"document", "government", "organisation", "group", "female", "male"} == set(speaker_nouns())


def test_no_cue_is_a_passage():
    assert all(" " not in key and key.count("/") == 1 for key in cue_lexicon())


@given(st.floats(0.01, 0.99), st.floats(-3, 3), st.floats(0.05, 3), st.floats(0.05, 3))
def test_threshold_is_the_inverse_of_confidence(probability, at_zero, below, above):
    line = CalibrationLine(at_zero, below, above)
    assert confidence(threshold(probability, line), line) == pytest.approx(probability)


@given(st.floats(-20, 20), st.floats(-20, 20), st.sampled_from(CONSTRUCTIONS))
def test_a_higher_score_is_never_less_sure(score, more, construction):
    line = calibration("light")[construction]
    low, high = sorted((score, more))
    assert confidence(low, line) <= confidence(high, line)


def test_the_ends_of_the_scale():
    assert threshold(0.0, CalibrationLine(0.0, 1.0, 1.0)) == float("-inf")
    assert threshold(1.0, CalibrationLine(0.0, 1.0, 1.0)) == float("inf")


def test_lines_learned_from_scores_that_err_by_construction():
    sklearn = pytest.importorskip("sklearn", reason="scikit-learn is needed to train")
    assert sklearn
    from training.quote_calibration import Judged, calibration_error, confidences, fit_lines

    random = np.random.default_rng(3)
    score = random.normal(0, 2, 6000)
    construction = np.where(random.random(6000) < 0.5, "colon", "according to")
    odds = np.where(construction == "colon", score - 1.5, 0.5 * score + 1.5)
    right = random.random(6000) < 1 / (1 + np.exp(-odds))
    rows = [Judged("a", *row) for row in zip(construction.tolist(), score.tolist(), right.tolist(), strict=True)]
    for name in ("colon", "according to"):
        of = [row for row in rows if row.construction == name]
        error = calibration_error(confidences(of, fit_lines(rows)), np.array([row.right for row in of], float))
        assert error < 0.03


def test_the_error_by_chance_is_that_of_calibrated_confidences():
    pytest.importorskip("sklearn", reason="scikit-learn is needed to train")
    from training.quote_calibration import by_chance, error_within

    random = np.random.default_rng(5)
    confidence = random.random(2000)
    constructions = np.where(random.random(2000) < 0.9, "often", "seldom")
    chance = by_chance(confidence, lambda right: error_within(constructions, confidence, right), draws=100)
    calibrated = (random.random(2000) < confidence).astype(float)
    too_sure = (random.random(2000) < confidence**2).astype(float)
    assert error_within(constructions, confidence, calibrated) < np.quantile(chance, 0.99)
    assert error_within(constructions, confidence, too_sure) > np.quantile(chance, 0.99)
    assert error_within(constructions, confidence, confidence) == 0.0
