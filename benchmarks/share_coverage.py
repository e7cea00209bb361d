"""Coverage of intervals of shares: how often they hold the share of a population of real documents.

    OPENBLAS_NUM_THREADS=1 python -m benchmarks.share_coverage results/tables

The documents of a run are the population. So many of them are drawn with replacement, and each share that has its
ENOUGH documents gets its interval. Shares are parted by how many documents with a case a draw has on average, as such
and effectively (Kish): with few of them most draws have none, and no interval from 0 can miss; and where one document
has most of the cases no draw without it can know.
"""

import argparse
import warnings
from pathlib import Path
from typing import NamedTuple

import numpy as np

from benchmarks.real_documents import Population, frames, kinds, speakers
from scripts.core.arrays import Floats
from scripts.maths.association import ratio
from scripts.maths.document_shares import Sums, prior_in_common, share_interval, sums_of, with_a_case
from scripts.maths.intervals import ENOUGH

SIZES = (15, 40, 200)
# The least part of the draws in which a share must be estimable to be judged.
_JUDGED = 0.25


class Coverage(NamedTuple):
    """Of each share that is judged its name, the documents with a case in a draw, on average, as such and effectively,
    and of its intervals the part that holds it, that is below and above it, and the mean width."""

    names: list[str]
    cases: Floats
    effective: Floats
    covers: Floats
    below: Floats
    above: Floats
    width: Floats


def priors(sums: Sums, of: list[str]) -> Floats:
    """Return the prior that the shares of each set have in common."""
    prior = np.empty(sums.hits.shape)
    names = np.array(of)
    for name in dict.fromkeys(of):
        chosen = np.flatnonzero(names == name)
        prior[..., chosen] = prior_in_common(Sums(*(column[..., chosen] for column in sums)))
    return prior


def drawn_sums(population: Population, documents: int, draws: int, random: np.random.Generator) -> Sums:
    """Return the sums of each share (columns) over the documents of each draw (rows)."""
    size, (_, hits, totals, _) = len(population.hits), population
    times = np.array([np.bincount(random.integers(0, size, documents), minlength=size) for _ in range(draws)], float)
    return Sums(*(times @ each for each in (totals > 0, hits, totals, hits**2, hits * totals, totals**2)))


def covered(
    population: Population, documents: int, *, draws: int, is_common: bool, random: np.random.Generator
) -> Coverage:
    """Return the coverage of the shares of a population by drawing so many of its documents."""
    hits, totals = population.hits, population.totals
    truth = ratio(hits.sum(axis=0), totals.sum(axis=0))
    sums = drawn_sums(population, documents, draws, random)
    lo, hi = share_interval(sums, prior=priors(sums, population.of) if is_common else None)
    judged = sums.documents >= ENOUGH
    often = np.flatnonzero(judged.mean(axis=0) >= _JUDGED)
    cases = np.minimum((hits > 0).mean(axis=0), ((totals > 0) & (hits < totals)).mean(axis=0)) * documents
    effective = with_a_case(sums_of(hits, totals)) * documents / len(hits)
    below, above, width = (
        np.nanmean(np.where(judged, each, np.nan)[:, often], axis=0) for each in (hi < truth, lo > truth, hi - lo)
    )
    names = [population.names[at] for at in often]
    return Coverage(names, cases[often], effective[often], 1 - below - above, below, above, width)


def main() -> None:
    """Print the coverage of shares of kinds, speakers and frames by the number of documents."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("folder", type=Path, help="tables of a run, such as results/tables")
    parser.add_argument("--draws", type=int, default=1000, help="sets of documents of each line")
    options = parser.parse_args()
    warnings.filterwarnings("ignore", "Mean of empty slice")
    print("| shares of | documents | with a case | shares | held: mean | least | under .90 | below | above | width |")
    print("| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |")
    missed = []
    for name, read in (("kinds", kinds), ("speakers", speakers), ("frames", frames)):
        population = read(options.folder)
        for size in SIZES:
            of = covered(population, size, draws=options.draws, is_common=name == "frames",
                         random=np.random.default_rng([1, size]))  # fmt: skip
            few = of.cases < ENOUGH
            parts = {"fewer than": few, "at least": ~few, "effectively at least": of.effective >= ENOUGH}
            for label, part in parts.items():
                if part.any():
                    covers = of.covers[part]
                    numbers = f"{covers.mean():.3f} | {covers.min():.3f} | {(covers < 0.9).sum()}"
                    sides = " | ".join(f"{each[part].mean():.3f}" for each in (of.below, of.above, of.width))
                    print(f"| {name} | {size} | {label} {ENOUGH} | {len(covers)} | {numbers} | {sides} |", flush=True)
            missed += [
                f"{of.names[at]}, {size} documents: {of.covers[at]:.3f}" for at in np.flatnonzero(of.covers < 0.9)
            ]
    print("\nHeld in less than nine of ten: " + "; ".join(missed or ["none"]))


if __name__ == "__main__":
    main()
