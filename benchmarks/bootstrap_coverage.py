"""Coverage of bootstrap intervals in made-up corpora.

    OPENBLAS_NUM_THREADS=1 python -m benchmarks.bootstrap_coverage

Documents have 20 to some 1,500 words; a share of them, which differs from document to document, are hits (2 in 10 on
average), and a score has a mean of its own in each. Each corpus is drawn twice: by Poisson weights that belong to the
document (`scripts.maths.bootstrap`), and by as many documents as it has, with replacement (Efron & Tibshirani 1993).
"""

import argparse
from collections import Counter
from collections.abc import Callable

import numpy as np

from scripts.core.arrays import Floats
from scripts.maths.association import ratio
from scripts.maths.bootstrap import document_weights, percentiles, resampled_sums

SHARE, MEAN = 0.2, 0.0
SIZES = (5, 20, 100, 1000)
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


def main() -> None:
    """Print the table."""
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


if __name__ == "__main__":
    main()
