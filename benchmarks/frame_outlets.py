"""Order of outlets by frames: by the machine's cues, by shares that 100 coded articles correct, and by single coders.

Outlets are put in order by cues per 100 words of all their articles (as in table frame_prevalence), by their shares of
articles above the threshold, and by the shares that table frame_corrected would have, were 100 articles coded; the
interval draws articles within each outlet. Each coder's own answers to the questions of a frame show how well an order
could agree.
"""

from collections import Counter

import numpy as np

from benchmarks.frame_gold import CODED, NFC, Array, line, ranks
from scripts.maths.correction import corrected_share

_QUESTIONS = {"conflict": "co", "economic": "ec", "human_interest": "hi", "moral": "mo", "resolution": "re"}
_ORDERS, _FEWEST_ARTICLES, _RESAMPLES = 100, 6, 500


def _answers(row: dict, coder: int) -> list[float]:
    """Return the share of the questions of each frame that a coder answered with yes; NaN if none was answered."""
    raw = row["meta"]["raw"]
    answers_of = [
        [answers[coder] for name, answers in raw.items() if name.startswith(_QUESTIONS[label]) and answers[coder]]
        for label in NFC
    ]
    return [each.count("yes") / len(each) if each else float("nan") for each in answers_of]


def _rank_correlation(first: Array, second: Array) -> Array:
    """Return Spearman's correlation by column."""
    return np.array([np.corrcoef(ranks(a), ranks(b))[0, 1] for a, b in zip(first.T, second.T, strict=True)])


def _by_outlet(codes: Array, articles: list[Array]) -> Array:
    """Return the mean of the codes over the articles of each outlet."""
    return np.array([np.nanmean(codes[each], axis=0) for each in articles])


def outlets(
    rows: list[dict], outlet_of: list[str], gold: Array, cues: Array, words: Array, by_threshold: Array
) -> None:
    """Print rank correlations of outlets with the gold: by the machine, corrected by codes, and by single coders.

    `by_threshold` are its codes of the articles.
    """
    names = [name for name, n in sorted(Counter(outlet_of).items()) if n >= _FEWEST_ARTICLES]
    articles = [np.flatnonzero([each == name for each in outlet_of]) for name in names]
    shares = _by_outlet(gold, articles)

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
    machine = _rank_correlation(_by_outlet(by_threshold, articles), shares)
    line("  share of articles above the thresholds", machine, NFC)
    corrected, people = _orders_with_codes(cues / words[:, None], gold, articles)
    line(f"  that share, corrected by {CODED} codes", corrected, NFC)
    line(f"  the {CODED} codes alone", people, NFC)
    coders = [_by_outlet(np.array([_answers(row, coder) for row in rows]), articles) for coder in (0, 1)]
    for number, values in enumerate(coders, 1):
        line(f"  coder {number}'s own answers against the gold", _rank_correlation(values, shares), NFC)
    line("  coder 1 against coder 2", _rank_correlation(*coders), NFC)


def _orders_with_codes(rate: Array, gold: Array, articles: list[Array]) -> Array:
    """Return rank correlations with the gold of outlets' shares corrected by 100 random codes, and of the codes alone.

    The mean of many draws; an outlet without two coded articles is left out of its draw.
    """
    generator = np.random.default_rng(1)
    machine = (rate >= np.median(rate, axis=0)) * 1.0
    weight, stratum = np.full(CODED, len(gold) / CODED), np.zeros(CODED, int)
    correlations = []
    for _ in range(_ORDERS):
        drawn = generator.choice(len(gold), CODED, replace=False)
        known = [each for each in articles if np.isin(drawn, each).sum() > 1]
        estimates = [
            [
                corrected_share(
                    gold[drawn, at],
                    machine[drawn, at],
                    weight,
                    stratum,
                    machine[each, at].mean(),
                    len(each),
                    inside=np.isin(drawn, each),
                ).estimate
                for at in range(gold.shape[1])
            ]
            for each in known
        ]
        people = _by_outlet(gold, [np.intersect1d(drawn, each) for each in known])
        shares = _by_outlet(gold, known)
        correlations.append([_rank_correlation(values, shares) for values in (np.array(estimates), people)])
    return np.nanmean(correlations, axis=0)
