"""Scores on small cases worked by hand, and beside the measure that published systems were scored with."""

import importlib.util
import json
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.evaluation.report import errors, table
from benchmarks.evaluation.scoring import (
    characters,
    difference,
    double_quoted,
    f_score,
    intervals,
    measures,
    score_document,
    score_documents,
    total,
)

TEXT = 'Ann said "we will go home now" and Ben said it was late.'


def row(content, source=None, **more):
    start = TEXT.index(content)
    row = {"start": start, "end": start + len(content), "speaker_start": None, "speaker_end": None, **more}
    if source:
        at = TEXT.index(source)
        row |= {"speaker_start": at, "speaker_end": at + len(source)}
    return row


GOLD = [row('"we will go home now"', "Ann"), row("it was late", "Ben")]


def test_all_right():
    values = measures(score_document(TEXT, GOLD, GOLD).counts)
    assert (values["att F"], values["J>=0.8 F"], values["source exact"]) == (100, 100, 100)


def test_marks_at_the_edges_do_not_matter():
    counts = score_document(TEXT, GOLD, [row("we will go home now", "Ann")]).counts
    assert (counts["good"], counts["right"], counts["predicted"], counts["gold"]) == (1, 1, 1, 2)


def test_a_wrong_source_is_no_attribution():
    counts = score_document(TEXT, GOLD, [row("it was late", "Ann")]).counts
    assert (counts["good"], counts["right"]) == (1, 0)


def test_the_same_words_of_a_cue_count_whoever_they_are_paired_with():
    start, end = len("Ann "), len("Ann said")
    gold = [GOLD[0] | {"cue_start": start, "cue_end": end}, GOLD[1] | {"cue_start": 39, "cue_end": 43}]
    predicted = [GOLD[1] | {"cue_start": start, "cue_end": end + 1}, GOLD[0] | {"cue_start": 0, "cue_end": 8}]
    values = measures(score_document(TEXT, gold, predicted).counts)
    assert (values["cue P"], values["cue R"], values["cue F"]) == (50, 50, 50)
    assert "cue F" not in measures(score_document(TEXT, GOLD, predicted).counts)


def test_half_the_content_is_fair_but_not_good():
    # "itwaslate" has 9 letters, "waslate" 7 of them: J = 7/9.
    counts = score_document(TEXT, GOLD, [row("was late", "Ben")]).counts
    assert (counts["good"], counts["fair"], counts["right"]) == (0, 1, 1)


def test_ignored_gold_neither_rewards_nor_punishes():
    gold = [GOLD[0], {**GOLD[1], "ignore": True}]
    assert score_document(TEXT, gold, GOLD).counts == score_document(TEXT, gold[:1], GOLD[:1]).counts


def test_quoted_unit_leaves_the_rest_out():
    counts = score_document(TEXT, GOLD, [row('said "we will go home now" and', "Ann")], unit="quoted").counts
    assert (counts["gold"], counts["predicted"], counts["good"], counts["right"]) == (1, 1, 1, 1)


def test_no_predictions():
    values = measures(score_document(TEXT, GOLD, []).counts)
    assert (values["att P"], values["att R"], values["att F"]) == (0, 0, 0)


def test_f_score_by_hand():
    # P = 2/4, R = 2/8: F = 2 * 50 * 25 / 75.
    assert f_score(2, 4, 8) == pytest.approx((50, 25, 100 / 3))


def test_errors_have_names():
    scored = [score_document(TEXT, GOLD, [row("was late", "Ann", rule="verb before its content")])]
    assert dict(errors(scored)) == {
        "another source, indirect": 1,
        "content begins too late, indirect": 1,
        "missed, direct: nothing found there": 1,
    }


def test_intervals_hold_the_estimate_and_do_not_change():
    scored = [score_document(TEXT, GOLD, predicted) for predicted in (GOLD, GOLD[:1], [], GOLD)]
    rows = table(scored, resamples=100)
    assert all(entry["lo"] <= entry["estimate"] <= entry["hi"] for entry in rows)
    assert intervals(scored, resamples=100) == intervals(scored, resamples=100)


def test_difference_to_oneself_is_nothing():
    scored = [score_document(TEXT, GOLD, rows) for rows in (GOLD, [])]
    assert difference(scored, scored, "att F", resamples=50) == (0, 0, 0)


@given(st.text(alphabet="ab \n“”\"'`«»", max_size=80))
def test_quoted_stretches_are_in_the_text_and_apart(text):
    spans = double_quoted(text)
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(a[1] <= b[0] for a, b in pairwise(spans))
    assert characters(text, spans) <= characters(text, [(0, len(text))])


@pytest.fixture(scope="module")
def peer(eval_dir):
    spec = importlib.util.spec_from_file_location("peer_score", eval_dir / "quotes" / "score.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("system", ["citron-polnear", "sayswho"])
@pytest.mark.parametrize("unit", ["whole", "quoted"])
def test_same_as_the_published_measure(eval_dir, peer, system, unit):
    folder = eval_dir / "quotes"
    lines = (folder / "polnear_dev_speech.jsonl").read_text(encoding="utf-8").splitlines()[:30]
    gold = [json.loads(line) for line in lines]
    predicted = peer.read(str(folder / "baselines" / f"{system}_dev.jsonl"))
    rows = [predicted.get(document["doc_id"], {"quotes": []})["quotes"] for document in gold]
    ours = measures(total(score_documents(gold, rows, unit=unit)))
    theirs = peer.metrics(
        peer.total(peer.evaluate({document["doc_id"]: document for document in gold}, predicted, unit))
    )
    for mine, name in (
        ("att F", "att@0.5_F"),
        ("J>=0.8 P", "quote@0.8_P"),
        ("J>=0.8 R", "quote@0.8_R"),
        ("J>=0.5 F", "quote@0.5_F"),
        ("source exact", "speaker_exact@0.5"),
        ("source overlap", "speaker_overlap@0.5"),
        ("recall direct", "recall[direct]"),
        ("exact F", "exact_F"),
    ):
        assert ours[mine] == pytest.approx(100 * theirs[name]), mine
