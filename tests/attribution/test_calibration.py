"""Calibration: terms of an attribution, their weights and the probability, and the word lists."""

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scripts.attribution.calibration import CALIBRATION, TERMS, calibrated_log_odds, calibration, confidence, terms
from scripts.attribution.choice import Attribution
from scripts.attribution.lexicon import cue_lexicon, speaker_nouns, speech_nouns, speech_verbs
from scripts.attribution.marked import mark
from scripts.attribution.sources import Source
from scripts.parsing.tokens import segmented_doc

SCORE = TERMS.index("score")


def test_tables_are_there():
    for reader in CALIBRATION:
        assert len(calibration(reader)) == len(TERMS)
    speech, attitude, total = cue_lexicon()["say/VERB"]
    assert speech > 1000
    assert attitude == 0
    assert total >= speech
    assert {"say", "warn"} <= speech_verbs()
    assert "claim" in speech_nouns()
    assert {"document", "government", "organisation", "group", "female", "male"} == set(speaker_nouns())


def test_no_cue_is_a_passage():
    assert all(" " not in key and key.count("/") == 1 for key in cue_lexicon())


@given(
    st.sampled_from([*CALIBRATION]),
    st.tuples(*[st.floats(-8, 8)] * len(TERMS)),
    st.floats(0, 8),
)
def test_a_higher_score_is_never_less_sure(reader, of, more):
    higher = (*of[:SCORE], of[SCORE] + more, *of[SCORE + 1 :])
    low, high = (confidence(calibrated_log_odds(each, calibration(reader))) for each in (of, higher))
    assert 0 <= low <= high <= 1


# 0 " 1 The 2 dam 3 is 4 old 5 . 6 " 7 Lee 8 said 9 on 10 Monday 11 that 12 it 13 broke 14 .
TEXT = '"The dam is old." Lee said on Monday that it broke.'
QUOTED, PLAIN, CUE = (0, 7), (11, 14), 8
LEE = Source(7, 8, 7, "subject")


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, {}),
        ({"score": -1.0}, {"score": -1.0}),
        (
            {"pieces": (PLAIN,), "rule": "verb before its content"},
            {"content is quoted": 0, "verb after its content": 0},
        ),
        ({"pieces": (QUOTED, PLAIN)}, {"content is quoted": 0}),
        ({"rule": "according to"}, {"according to": 1, "verb after its content": 0}),
        ({"source": None}, {}),
        ({"source": LEE._replace(how="network")}, {"source by the network or by its place": 1}),
        ({"source": LEE._replace(how="adjacent")}, {"source by the network or by its place": 1}),
        ({"source": LEE._replace(how="inherited")}, {"source of another verb": 1}),
        ({"cue": 2}, {"cue is one of speech": 0}),
    ],
)
def test_terms_of_an_attribution(changes, expected):
    doc = segmented_doc("d", TEXT)
    doc = replace(doc, pos=["VERB" if word == "said" else "X" for word in doc.word], lemma=["say"] * len(doc.word))
    item = Attribution(CUE, (QUOTED,), LEE, 1.5, "verb after its content")._replace(**changes)
    speech, _, total = cue_lexicon()["say/VERB"]
    usual = dict.fromkeys(TERMS, 0) | {
        "constant": 1,
        "score": 1.5,
        "verb after its content": 1,
        "cue is one of speech": math.log((speech + 0.5) / (total - speech + 0.5)),
        "content is quoted": 1,
    }
    assert dict(zip(TERMS, terms(mark(doc), item), strict=True)) == pytest.approx(usual | expected)


def judged_at_random(random, n):
    """Return predictions whose score errs by the kind of their content, as `fit_weights` takes them."""
    from training.quote_calibration import Judged

    score, quoted = random.normal(0, 2, n), random.random(n) < 0.5
    right = random.random(n) < 1 / (1 + np.exp(-(0.5 * score + np.where(quoted, 1.5, -1.5))))
    at = {name: number for number, name in enumerate(TERMS)}
    values = random.random((n, len(TERMS)))
    values[:, at["constant"]], values[:, at["score"]], values[:, at["content is quoted"]] = 1, score, quoted
    return [Judged("a", "colon", *row) for row in zip(map(tuple, values.tolist()), right.tolist(), strict=True)]


def test_weights_learned_from_scores_that_err_by_the_kind_of_content():
    pytest.importorskip("sklearn", reason="scikit-learn is needed to train")
    from training.quote_calibration import calibration_error, confidences, fit_weights

    random = np.random.default_rng(3)
    weights, unseen = fit_weights(judged_at_random(random, 6000)), judged_at_random(random, 6000)
    quoted = TERMS.index("content is quoted")
    for value in (0.0, 1.0):
        of = [row for row in unseen if row.terms[quoted] == value]
        right = np.array([row.right for row in of], float)
        assert calibration_error(confidences(of, weights), right) < 0.03


def test_a_prediction_of_world_news_counts_twice():
    pytest.importorskip("sklearn", reason="scikit-learn is needed to train")
    from training.quote_calibration import fit_weights

    random = np.random.default_rng(4)
    rows, world = judged_at_random(random, 300), judged_at_random(random, 100)
    weights = fit_weights(rows, world=world)
    assert weights == pytest.approx(fit_weights([*rows, *world, *world]), abs=0.1)
    assert weights != pytest.approx(fit_weights([*rows, *world]), abs=0.01)


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
