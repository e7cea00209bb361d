"""Order of outlets by frames: by the machine's cues, and by shares that 100 coded articles correct.

Outlets are put in order by cues per 100 words of all their articles (as in table frame_prevalence), and by the shares
that table frame_corrected would have, were 100 articles coded; the interval draws articles within each outlet.
"""

from collections import Counter

import numpy as np
from scipy.stats import spearmanr

from benchmarks.frame_gold import CODED, NFC, Array, line
from scripts.maths.correction import corrected_share

_ORDERS, _FEWEST_ARTICLES, _RESAMPLES = 100, 6, 500


def _rank_correlation(first: Array, second: Array) -> Array:
    """Return Spearman's correlation by column."""
    return np.array([spearmanr(a, b).statistic for a, b in zip(first.T, second.T, strict=True)])


def _by_outlet(codes: Array, articles: list[Array]) -> Array:
    """Return the mean of the codes over the articles of each outlet."""
    return np.array([codes[each].mean(axis=0) for each in articles])


def outlets(outlet_of: list[str], gold: Array, cues: Array, words: Array) -> None:
    """Print rank correlations of outlets with the gold: by the machine, and by shares that codes correct."""
    names = [name for name, n in sorted(Counter(outlet_of).items()) if n >= _FEWEST_ARTICLES]
    articles = [np.flatnonzero([each == name for each in outlet_of]) for name in names]

    def correlation(drawn: list[Array]) -> Array:
        rates = np.array([cues[each].sum(axis=0) / words[each].sum() for each in drawn])
        return _rank_correlation(rates, _by_outlet(gold, drawn))

    line(f"  {len(names)} outlets, rank correlation of cues per 100 words", correlation(articles), NFC)
    random = np.random.default_rng(1)
    samples = [
        np.nanmean(correlation([random.choice(each, len(each)) for each in articles])) for _ in range(_RESAMPLES)
    ]
    lo, hi = np.quantile(samples, [0.025, 0.975])
    print(f"{'  95 % interval of that mean, over articles':52s} {lo:.3f} to {hi:.3f}")
    line(f"  shares corrected by {CODED} codes", _by_corrected_shares(cues / words[:, None], gold, articles), NFC)


def _by_corrected_shares(rate: Array, gold: Array, articles: list[Array]) -> Array:
    """Return rank correlations with the gold of outlets' shares corrected by 100 random codes, the mean of many draws.

    An outlet without two coded articles is left out of its draw.
    """
    generator = np.random.default_rng(1)
    machine = (rate >= np.median(rate, axis=0)) * 1.0
    weight, stratum = np.full(CODED, len(gold) / CODED), np.zeros(CODED, int)
    correlations = []
    for _ in range(_ORDERS):
        drawn = generator.choice(len(gold), CODED, replace=False)
        known = [each for each in articles if np.isin(drawn, each).sum() > 1]

        def corrected(each: Array, at: int, drawn: Array = drawn) -> float:
            own, inside = machine[each, at].mean(), np.isin(drawn, each)
            sample = gold[drawn, at], machine[drawn, at], weight, stratum
            return corrected_share(*sample, own, len(each), inside=inside).estimate

        estimates = [[corrected(each, at) for at in range(gold.shape[1])] for each in known]
        correlations.append(_rank_correlation(np.array(estimates), _by_outlet(gold, known)))
    return np.nanmean(correlations, axis=0)
