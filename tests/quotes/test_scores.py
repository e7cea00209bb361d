"""The model's tables, and calibration there and back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scripts.quotes.kinds import kinds
from scripts.quotes.lexicon import cue_lexicon, speech_nouns, verb_classes
from scripts.quotes.scores import confidence, threshold, weights


def test_tables_are_there():
    assert {"bias", "slope", "intercept"} <= set(weights())
    speech, attitude, total = cue_lexicon()["say/VERB"]
    assert speech > 1000
    assert attitude == 0
    assert total >= speech
    assert "state" in verb_classes()["say"]
    assert "claim" in speech_nouns()
    assert {"document", "government", "organisation", "group", "female", "male"} == set(kinds())


def test_no_cue_is_a_passage():
    assert all(" " not in key and key.count("/") == 1 for key in cue_lexicon())


@given(st.floats(0.01, 0.99))
def test_threshold_is_the_inverse_of_confidence(probability):
    table = {"slope": 0.8, "intercept": 0.1}
    assert confidence(threshold(probability, table), table) == pytest.approx(probability)


def test_the_ends_of_the_scale():
    table = {"slope": 1.0, "intercept": 0.0}
    assert threshold(0.0, table) == float("-inf")
    assert threshold(1.0, table) == float("inf")
