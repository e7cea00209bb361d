"""Coverage of bootstrap intervals of a share in made-up corpora.

    OPENBLAS_NUM_THREADS=1 python -m benchmarks.bootstrap_coverage

Documents have 20 to about 1,500 words, of which a share that varies between documents are hits (2 in 10 on average).
"""

import argparse

import numpy as np

from scripts.maths.association import ratio
from scripts.maths.bootstrap import document_weights, percentiles, resampled_sums

SHARE = 0.2
SIZES = (5, 20, 100)


def holds_share(n: int, name: str, random: np.random.Generator) -> bool:
    """Return whether the interval from a new corpus of n documents covers the share."""
    words = 20 + random.negative_binomial(2, 0.005, n)
    hits = random.binomial(words, random.beta(2, 2 / SHARE - 2, n))
    weights = document_weights([f"{name} {number}" for number in range(n)])
    lo, hi = percentiles(ratio(*resampled_sums(weights, hits.astype(float), words.astype(float))))
    return bool(lo <= SHARE <= hi)


def main() -> None:
    """Print the coverage by number of documents."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--corpora", type=int, default=1000, help="made-up corpora of each line")
    options = parser.parse_args()
    random = np.random.default_rng(1)
    print("| documents | share held |\n| --- | --- |")
    for n in SIZES:
        times = sum(holds_share(n, str(number), random) for number in range(options.corpora))
        print(f"| {n:,} | {times / options.corpora:.1%} |", flush=True)


if __name__ == "__main__":
    main()
