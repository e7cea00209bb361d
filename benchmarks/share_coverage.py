"""Coverage of intervals of shares: how often they hold the share of a population of real documents.

    OPENBLAS_NUM_THREADS=1 python -m benchmarks.share_coverage results/tables

The documents of a run are the population. So many of them are drawn with replacement, and each share of them that has
its ENOUGH documents gets its interval: by `document_shares`, and by the bootstrap for comparison.
"""

import argparse
import warnings
from pathlib import Path

import numpy as np

from benchmarks.real_documents import Population, frames, kinds, speakers
from scripts.maths.association import ratio
from scripts.maths.bootstrap import percentiles
from scripts.maths.document_shares import Sums, prior_in_common, share_interval, sums_of
from scripts.maths.intervals import ENOUGH, Floats

SIZES = (15, 40, 200)
# Draws in which a share must be estimable to be judged, and the bootstrap samples for comparison.
_JUDGED, _RESAMPLES = 100, 300


def priors(sums: Sums, of: list[str]) -> Floats:
    """Return the prior that the shares of each set have in common."""
    prior = np.empty(sums.hits.shape)
    names = np.array(of)
    for name in dict.fromkeys(of):
        chosen = np.flatnonzero(names == name)
        prior[..., chosen] = prior_in_common(Sums(*(column[..., chosen] for column in sums)))
    return prior


def _bootstrap(hits: Floats, totals: Floats, random: np.random.Generator) -> tuple[Floats, Floats]:
    weights = random.poisson(1, (_RESAMPLES, len(hits))).astype(float)
    return percentiles(ratio(weights @ hits, weights @ totals).T)


def covered(
    population: Population, documents: int, *, draws: int, is_common: bool, random: np.random.Generator
) -> dict[str, tuple[Floats, Floats, int]]:
    """Return for each method by share how often the interval holds it, its mean width, and intervals of 0 to 0."""
    truth = ratio(population.hits.sum(axis=0), population.totals.sum(axis=0))
    ends: dict[str, list[tuple[Floats, Floats]]] = {"Wilson over documents": [], "bootstrap": []}
    estimable = []
    for _ in range(draws):
        drawn = random.integers(0, len(population.hits), documents)
        hits, totals = population.hits[drawn], population.totals[drawn]
        sums = sums_of(hits, totals)
        estimable.append(sums.documents >= ENOUGH)
        ends["Wilson over documents"].append(
            share_interval(sums, prior=priors(sums, population.of) if is_common else None)
        )
        ends["bootstrap"].append(_bootstrap(hits, totals, random))
    judged = np.array(estimable)
    results = {}
    for method, pairs in ends.items():
        lo, hi = (np.array(each) for each in zip(*pairs, strict=True))
        holds = np.where(judged, (lo <= truth) & (truth <= hi), np.nan)
        is_often = judged.sum(axis=0) >= _JUDGED
        width = np.where(judged, hi - lo, np.nan)[:, is_often]
        nothing = int((judged & (lo == 0) & (hi == 0)).sum())
        results[method] = (np.nanmean(holds[:, is_often], axis=0), np.nanmean(width, axis=0), nothing)
    return results


def main() -> None:
    """Print the coverage of shares of kinds, speakers and frames by the number of documents."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("folder", type=Path, help="tables of a run, such as results/tables")
    parser.add_argument("--draws", type=int, default=400, help="sets of documents of each line")
    options = parser.parse_args()
    warnings.filterwarnings("ignore", "Mean of empty slice")
    random = np.random.default_rng(1)
    print("| shares of | documents | method | held: mean | least | below .90 | mean width | 0 to 0 |")
    print("| --- | --- | --- | --- | --- | --- | --- | --- |")
    for name, read in (("kinds", kinds), ("speakers", speakers), ("frames", frames)):
        population = read(options.folder)
        for size in SIZES:
            of_methods = covered(population, size, draws=options.draws, is_common=name == "frames", random=random)
            for method, (coverage, width, nothing) in of_methods.items():
                few = f"{(coverage < 0.9).sum()} of {len(coverage)}"
                numbers = f"{coverage.mean():.3f} | {coverage.min():.3f} | {few} | {width.mean():.3f} | {nothing}"
                print(f"| {name} | {size} | {method} | {numbers} |", flush=True)


if __name__ == "__main__":
    main()
