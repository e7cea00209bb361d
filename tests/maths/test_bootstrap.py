"""The bootstrap over documents: weights that belong to a document, sums that add up, intervals."""

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from scipy import stats

from scripts.maths import bootstrap
from scripts.maths.association import ratio
from scripts.maths.bootstrap import (
    cell_bounds,
    document_weights,
    narrowed,
    percentiles,
    resampled_sums,
    sums_of_cells,
    sums_of_columns,
)
from scripts.maths.intervals import ENOUGH, wilson

IDS = [f"folder/{number}.txt" for number in range(80)]


def test_the_weights_of_a_document_stay_what_they_are():
    """By hand from SHAKE-128 of "1 a.txt": runs to come must draw as those before."""
    assert document_weights(["a.txt"], resamples=8).tolist() == [[0, 2, 2, 2, 0, 1, 1, 1]]


def test_weights_depend_on_the_document_alone():
    weights = document_weights(IDS, resamples=30)
    assert np.array_equal(document_weights(IDS[::-1], resamples=30), weights[::-1])
    assert np.array_equal(document_weights(IDS[7:9], resamples=12), weights[7:9, :12])
    assert not np.array_equal(document_weights(IDS, resamples=30, seed=2), weights)
    assert document_weights([]).shape == (0, 1000)


def test_weights_are_drawn_from_poissons_distribution():
    weights = document_weights([str(number) for number in range(200)])
    observed = np.bincount(weights.ravel(), minlength=9)[:6]
    expected = stats.poisson(1).pmf(np.arange(6)) * weights.size
    assert observed == pytest.approx(expected, rel=0.05)
    assert stats.chisquare(observed, expected * observed.sum() / expected.sum()).pvalue > 0.001
    of_documents, of_samples = weights.mean(axis=1), weights.mean(axis=0)
    assert np.var(of_documents) == pytest.approx(1 / 1000, rel=0.4)
    assert np.var(of_samples) == pytest.approx(1 / 200, rel=0.2)


def test_numbers_are_narrowed_where_no_sum_of_them_can_be_inexact():
    assert narrowed([1, 2**20], 15).dtype == np.float32
    assert narrowed([1, 2**20], 16).dtype == narrowed([0.5], 1).dtype == narrowed([], 0).dtype == float


def test_sums_of_counts_are_exact_and_those_of_numbers_are_in_double_precision():
    random = np.random.default_rng(6)
    counts, shares, large = random.integers(0, 9, (80, 3)), random.random(80), random.integers(0, 2**40, 80)
    weights = document_weights(IDS, resamples=25)
    sums, totals, of_large = resampled_sums(weights, counts, shares, large)
    repeated = weights.T.astype(np.int64)
    assert (repeated @ counts == sums.T).all() and (of_large == repeated @ large).all()
    assert totals == pytest.approx(repeated @ shares, rel=1e-14)


@given(st.lists(st.sampled_from([0, 1, 2]), min_size=80, max_size=80))
def test_sums_of_batches_add_up_to_those_of_all_documents(batch_of):
    counts = np.arange(160).reshape(80, 2)
    (undivided,) = resampled_sums(document_weights(IDS, resamples=9), counts)
    parts = []
    for batch in range(3):
        chosen = np.array(batch_of) == batch
        doc_ids = [doc_id for doc_id, is_chosen in zip(IDS, chosen, strict=True) if is_chosen]
        parts += resampled_sums(document_weights(doc_ids, resamples=9), counts[chosen])
    assert np.array_equal(sum(parts), undivided)


@pytest.mark.parametrize("block", [1, 7, 80])
def test_sums_do_not_depend_on_blocks(monkeypatch, block):
    values = np.arange(160).reshape(80, 2)
    weights = document_weights(IDS, resamples=9)
    expected = values.T @ weights.astype(float)
    monkeypatch.setattr(bootstrap, "_BLOCK", block)
    assert np.array_equal(resampled_sums(weights, values)[0], expected)
    cells = np.tile(np.arange(80), 2)
    assert np.array_equal(sums_of_cells(weights, values.T.ravel(), cells, cell_bounds(np.repeat([0, 5], 80))), expected)
    assert np.array_equal(document_weights(IDS, resamples=9), weights)


def test_sums_of_cells_of_few_documents():
    weights = document_weights(IDS, resamples=9)
    bounds = cell_bounds(np.array([2, 2, 4]))
    sums = sums_of_cells(weights, [3, 1, 2], np.array([0, 9, 9]), bounds)
    assert (sums == [3 * weights[0].astype(int) + weights[9], 2 * weights[9].astype(int)]).all()
    assert sums_of_cells(weights, [], np.array([], int), bounds[:0]).shape == (0, 9)


@pytest.mark.parametrize("block", [1, 7, 80])
@pytest.mark.parametrize("scale", [1, 2**30])
def test_sums_of_columns_are_those_of_the_whole_table(monkeypatch, block, scale):
    monkeypatch.setattr(bootstrap, "_BLOCK", block)
    counts = np.random.default_rng(3).integers(-1, 3, (80, 4)) * scale
    weights = document_weights(IDS, resamples=9)
    document, column = np.nonzero(counts)
    sums = sums_of_columns(weights, counts[document, column], document, column, columns=4)
    assert np.array_equal(sums, counts.T @ weights.astype(np.int64))
    nothing = np.array([], int)
    assert not sums_of_columns(weights, nothing, nothing, nothing, columns=2).any()


@given(st.lists(st.floats(-9, 9) | st.just(float("nan")), min_size=12, max_size=12))
@example([float("nan")] * 12)
def test_percentiles_peer(values):
    samples = np.array(values).reshape(2, 6)
    known = ~np.isnan(samples).all(axis=1)
    lo, hi = percentiles(samples)
    assert np.isnan(lo).tolist() == np.isnan(hi).tolist() == (~known).tolist()
    expected = np.nanquantile(samples[known], [0.025, 0.975], axis=1).reshape(2, -1)  # of no row NumPy makes (0,)
    assert np.array([lo[known], hi[known]]) == pytest.approx(expected, abs=1e-12)


def test_percentiles_of_nothing():
    lo, hi = percentiles(np.zeros((0, 100)))
    assert lo.shape == hi.shape == (0,)


def test_bootstrap_peer():
    """The interval of whole corpora drawn again, as SciPy draws them."""
    rng = np.random.default_rng(5)
    words = rng.integers(200, 900, 80)
    hits = rng.binomial(words, rng.beta(2, 60, 80))
    lo, hi = bootstrap.bootstrap(ratio, hits, words, weights=document_weights(IDS, resamples=4000))
    peer = stats.bootstrap(
        (hits, words),
        lambda h, w, axis: h.sum(axis) / w.sum(axis),
        paired=True,
        method="percentile",
        n_resamples=4000,
        rng=np.random.default_rng(9),
    ).confidence_interval
    # Other draws, other numbers of documents in a sample: they agree to a tenth of the width.
    assert (lo, hi) == pytest.approx((peer.low, peer.high), abs=0.1 * (peer.high - peer.low))
    # Clustered words: the interval over documents is wider than the one that takes them as independent.
    narrow = wilson(hits.sum(), words.sum())
    assert hi - lo > narrow[1] - narrow[0]


def test_bootstrap_many_statistics_at_once():
    hits = np.array([[1, 0], [2, 5], [0, 1], [4, 4], [3, 2]])
    words = np.array([10, 20, 10, 40, 30])
    weights = document_weights(IDS[:5])
    lo, hi = bootstrap.bootstrap(ratio, hits, words, weights=weights)
    for column in (0, 1):
        assert (lo[column], hi[column]) == bootstrap.bootstrap(ratio, hits[:, column], words, weights=weights)


def test_a_sample_without_any_document_is_left_out():
    weights = document_weights(IDS[:5])
    assert not weights.any(axis=0).all()
    lo, hi = bootstrap.bootstrap(ratio, [1, 0, 0, 0, 0], [1] * 5, weights=weights)
    assert (lo, hi) == (0, pytest.approx(2 / 3, abs=0.1))


@pytest.mark.parametrize("documents", [0, 1, ENOUGH - 1, ENOUGH])
def test_bootstrap_with_too_few_documents_is_not_estimable(documents):
    weights = document_weights(IDS[:documents])
    ends = bootstrap.bootstrap(ratio, np.arange(documents), np.ones(documents), weights=weights)
    assert np.isnan(ends).tolist() == [documents < ENOUGH] * 2


@pytest.mark.parametrize("hits", [0, 1])
def test_samples_that_agree_are_no_interval(hits):
    ends = bootstrap.bootstrap(ratio, np.full(20, hits), np.ones(20), weights=document_weights(IDS[:20]))
    assert np.isnan(ends).all()
