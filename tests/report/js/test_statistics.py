"""statistics.js has the formulas of scripts/maths."""

import numpy as np
import pytest

from scripts.maths.association import signed_g2
from scripts.maths.bootstrap import percentiles
from scripts.maths.document_shares import Share, difference_interval, prior_in_common, share_interval, sums_of
from scripts.maths.intervals import benjamini_hochberg, normal_p, normal_score
from scripts.maths.keyness import log_ratio
from scripts.maths.permutation import dealt_p
from tests.report.js.node import needs_node, run

pytestmark = needs_node
RANDOM = np.random.default_rng(5)


def same(made, expected, *, atol=1e-300):
    values = np.array([np.nan if value is None else value for value in np.ravel(np.array(made, object))], float)
    np.testing.assert_allclose(values, np.ravel(expected), rtol=1e-11, atol=atol)


def test_shares_have_the_intervals_of_the_pipeline():
    cases = []
    for at in range(200):
        totals = RANDOM.integers(0, 50, RANDOM.integers(1, 40))
        hits = np.minimum(totals, RANDOM.integers(0, [1, 2, 10, 60][at % 4], len(totals)))
        cases.append((hits.tolist(), totals.tolist()))
    made = run(
        "(cases) => cases.map(([hits, totals]) => { const { value, lo, hi } = shareInterval(shareSums(hits, totals));"
        " return [value, lo, hi]; })",
        cases,
    )
    with np.errstate(invalid="ignore"):
        same(made, [[(sums := sums_of(*case)).hits / sums.totals, *share_interval(sums)] for case in cases], atol=1e-15)


def test_shares_of_a_set_have_a_prior_in_common():
    totals = RANDOM.integers(1, 30, 25)
    hits = RANDOM.binomial(totals[:, None], [0.0, 0.01, 0.2, 0.5, 0.9])
    made = run(
        "([hits, totals]) => { const all = hits.map((each) => shareSums(each, totals)); const prior = "
        "priorInCommon(all); const of = all.map((sums) => shareInterval(sums, prior)); "
        "return [prior, ...of.map(({ lo }) => lo), ...of.map(({ hi }) => hi)]; }",
        [hits.T.tolist(), totals.tolist()],
    )
    sums = sums_of(hits, totals[:, None])
    prior = prior_in_common(sums)
    same(made, [*prior, *np.ravel(share_interval(sums, prior=prior))])


@pytest.mark.parametrize("p", [0.001, 0.04999, 0.05, 0.6, np.nan])
def test_a_difference_holds_zero_just_if_its_test_does_not_reject(p):
    ends = [(0.5, 0.4, 0.62), (0.45, 0.3, 0.6), (0.1, 0.05, 0.2), (0.9, 0.7, 0.95)]
    pairs = [(first, second) for first in ends for second in ends if first != second]
    sides = [[dict(zip(("value", "lo", "hi"), side, strict=True)) for side in pair] for pair in pairs]
    made = run(
        "([pairs, p]) => pairs.map(([one, other]) => { const made = differenceInterval(one, other, number(p));"
        " return [made.lo, made.hi]; })",
        [sides, None if np.isnan(p) else p],
    )
    expected = [difference_interval(*(Share(*map(np.array, side)) for side in pair), np.array(p)) for pair in pairs]
    same(made, expected, atol=1e-14)


def test_scores_and_p_are_those_of_the_normal_distribution():
    p = [*np.exp(-RANDOM.uniform(0, 60, 60)), 1.0, 0.05, 0.999]
    same(run("(p) => p.map(normalScore)", p)[:-3], normal_score(p)[:-3])
    scores = [0.0, *RANDOM.uniform(0, 12, 60)]
    same(run("(scores) => scores.map(normalP)", scores), normal_p(scores))


def test_p_of_draws_and_their_correction():
    drawn = RANDOM.normal(size=(10_000, 6)).round(2)
    drawn[:, 5] = 1
    observed = np.array([0, 1, -2, 4.5, -3, 1])
    made = run(
        "([observed, drawn]) => observed.map((each, at) => dealtP(each, Float64Array.from(drawn[at])))",
        [observed.tolist(), drawn.T.tolist()],
    )
    same(made, dealt_p(observed, drawn))
    p = [0.01, 0.5, 0.5, 0.04, 0.9]
    same(run("(p) => benjaminiHochberg([...p, NaN])", p), benjamini_hochberg([*p, np.nan]))


def test_key_words_and_percentiles():
    cells = RANDOM.integers(0, 40, (40, 2)).tolist()
    cells = [[a, b, 1000 - a, 800 - b] for a, b in cells if a + b]
    same(run("(cells) => cells.map(logRatio)", cells), [log_ratio(*each) for each in cells])
    same(run("(cells) => cells.map(signedG2)", cells), [signed_g2(*each) for each in cells])
    samples = RANDOM.normal(size=501).tolist()
    same(run("(all) => percentiles(Float64Array.from([...all, NaN]))", samples), percentiles(np.array(samples)))
