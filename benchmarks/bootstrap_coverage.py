"""Coverage of bootstrap intervals, and share of p below 0.05 where nothing differs, in made-up corpora.

    OPENBLAS_NUM_THREADS=1 python -m benchmarks.bootstrap_coverage

Documents have 20 to some 1,500 words; a share of them, which differs from document to document, are hits (2 in 10 on
average), and a score has a mean of its own in each. Each corpus is drawn twice: by Poisson weights that belong to the
document (`scripts.maths.bootstrap`), and by as many documents as it has, with replacement (Efron & Tibshirani 1993).
"""

import argparse
from collections import Counter
from collections.abc import Callable

import numpy as np

from scripts.maths.association import ratio
from scripts.maths.bootstrap import document_weights, percentiles, pooled_deviation, resampled_sums
from scripts.maths.intervals import Floats

SHARE, MEAN = 0.2, 0.0
SIZES = (5, 20, 100, 1000)
# Documents of two sides, and how many of them have a total.
SIDES = ((5, 5, 1.0), (20, 20, 1.0), (20, 200, 1.0), (12, 300, 0.5), (100, 100, 1.0))
Draw = Callable[[int, str], np.ndarray]


def corpus(n: int, random: np.random.Generator) -> tuple[Floats, Floats, Floats]:
    """Return the words, the hits and the sum of the scores of n documents."""
    words = 20 + random.negative_binomial(2, 0.005, n)
    hits = random.binomial(words, random.beta(2, 2 / SHARE - 2, n))
    return words.astype(float), hits.astype(float), words * random.standard_t(5, n)


def poisson(n: int, name: str) -> np.ndarray:
    """Return the weights of n documents (rows) in 1,000 samples by their names."""
    return document_weights([f"{name} {number}" for number in range(n)])


def multinomial(random: np.random.Generator) -> Draw:
    """Return a function that draws as many documents as there are, with replacement."""
    return lambda n, _: random.multinomial(n, np.full(n, 1 / n), 1000).T.astype(np.uint8)


def coverage(n: int, draws: dict[str, Draw], *, corpora: int, random: np.random.Generator) -> dict[str, Counter[str]]:
    """Return how often the interval of a share, a mean, and differences of n and n documents holds the truth."""
    covered = {name: Counter[str]() for name in draws}
    for number in range(corpora):
        sides = [corpus(n, random) for _ in range(2)]
        for name, draw in draws.items():
            shares, means = [], []
            for side, (words, hits, scores) in enumerate(sides):
                total, drawn, scored = resampled_sums(draw(n, f"{number} {side}"), words, hits, scores)
                shares.append(ratio(drawn, total))
                means.append(ratio(scored, total))
            samples = {"share": (shares[0], SHARE), "mean": (means[0], MEAN), "difference": (shares[0] - shares[1], 0)}
            for statistic, (values, truth) in samples.items():
                lo, hi = percentiles(values)
                covered[name][statistic] += bool(lo <= truth <= hi)
    return covered


def drawn_error(hits: Floats, totals: Floats, sizes: tuple[int, int], draw: np.random.Generator) -> float:
    """Return the standard error of no difference as Efron & Tibshirani's algorithm 16.1 draws it."""
    n = len(hits)
    weights = [draw.multinomial(size, np.full(n, 1 / n), 1000) for size in sizes]
    first, second = (ratio(each @ hits, each @ totals) for each in weights)
    return float(np.nanstd(first - second, ddof=1))


def rejected(
    sizes: tuple[int, int], having: float, *, corpora: int, random: np.random.Generator
) -> tuple[float, float]:
    """Return how often p is below 0.05 by the formula and by drawing, of corpora whose two sides do not differ.

    A share `having` of the documents have a total at all.
    """
    counts = np.zeros(3)
    draw = np.random.default_rng(2)
    for _ in range(corpora):
        words, hits, _scores = corpus(sum(sizes), random)
        has = random.random(len(words)) < having
        words, hits = words * has, hits * has
        sides = (slice(sizes[0]), slice(sizes[0], None))
        with_total = [int(has[side].sum()) for side in sides]
        if min(with_total) < 5:
            continue
        first, second = (hits[side].sum() / words[side].sum() for side in sides)
        formula = float(pooled_deviation(hits, words)) * sum(1 / n for n in with_total) ** 0.5
        z = abs(first - second) / np.array([formula, drawn_error(hits, words, sizes, draw)])
        counts += [*(z > 1.96), 1]
    return float(counts[0] / counts[2]), float(counts[1] / counts[2])


def main() -> None:
    """Print both tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--corpora", type=int, default=1000, help="made-up corpora of each line")
    options = parser.parse_args()
    random = np.random.default_rng(1)
    draws = {"Poisson": poisson, "multinomial": multinomial(np.random.default_rng(3))}
    print("| documents | share | mean | difference |\n| --- | --- | --- | --- |")
    for n in SIZES:
        covered = coverage(n, draws, corpora=options.corpora, random=random)
        cells = (
            ", ".join(f"{covered[name][statistic] / options.corpora:.1%}" for name in draws)
            for statistic in ("share", "mean", "difference")
        )
        print(f"| {n:,} | {' | '.join(cells)} |", flush=True)
    print("\n| documents of the sides | with a total | p < 0.05: formula, drawn |\n| --- | --- | --- |")
    for first, second, having in SIDES:
        rates = rejected((first, second), having, corpora=options.corpora, random=random)
        print(f"| {first}, {second} | {having:.0%} | {', '.join(f'{rate:.1%}' for rate in rates)} |", flush=True)


if __name__ == "__main__":
    main()
