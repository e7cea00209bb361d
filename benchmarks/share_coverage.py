"""Coverage of intervals of shares and differences: how often they cover the values in a population of real documents.

    OPENBLAS_NUM_THREADS=1 python -m benchmarks.share_coverage results/tables

The documents of a run are the population. Documents are drawn with replacement, and each share with ENOUGH documents
gets an interval. Shares are divided by the average number of documents with a case in a draw, as counted and effective
(Kish). With few such documents, most draws have none, and no interval from 0 can miss; if one document has most of the
cases, no draw without it can know.

For differences, the first quarter of the documents, by doc_id, and the rest are two populations, from each of which
documents are drawn. The interval is made as in source_contrasts and frame_contrasts, with 1,000 deals for its p.
"""

import argparse
import warnings
from pathlib import Path
from typing import NamedTuple

import numpy as np

from benchmarks.real_documents import Population, frames, kinds, speakers, words
from scripts.core.arrays import Floats
from scripts.maths.association import ratio
from scripts.maths.document_shares import (
    Share,
    Sums,
    difference_interval,
    prior_in_common,
    share_interval,
    sums_of,
    with_a_case,
)
from scripts.maths.intervals import ENOUGH
from scripts.maths.permutation import groups_p

SIZES = (15, 40, 200)
PAIRS, _DEALS = ((15, 90), (60, 60), (12, 400)), 1_000
# The smallest share of draws in which a share, or a difference, must be estimable to be judged.
_JUDGED, _COMPARED = 0.25, 0.5


class Coverage(NamedTuple):
    """The name of each judged share, the mean number of documents with a case in a draw, as counted and effective, and
    the fractions of its intervals that cover it, lie below it and lie above it, and their mean width."""

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
    """Return the coverage of the shares of a population in draws of `documents` of its documents."""
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


def differences_covered(
    population: Population, sizes: tuple[int, int], *, is_common: bool, random: np.random.Generator
) -> Floats:
    """Return for each share whether one draw's interval covers the difference: 1, 0, or NaN without an interval."""
    parts = np.split(np.arange(len(population.hits)), [len(population.hits) // 4])
    drawn = [random.choice(part, size) for part, size in zip(parts, sizes, strict=True)]
    truth = [ratio(population.hits[part].sum(axis=0), population.totals[part].sum(axis=0)) for part in parts]
    hits, totals = population.hits[np.concatenate(drawn)], population.totals[np.concatenate(drawn)]
    width = hits.shape[1]
    members = np.split(np.arange(len(hits)), [sizes[0]])
    (p,) = groups_p(members, lambda rows: (hits[rows], totals[rows]), np.arange(width), compared=1, draws=_DEALS)
    shares, is_enough = [], np.ones(width, bool)
    for documents in drawn:
        sums = sums_of(population.hits[documents], population.totals[documents])
        is_enough &= sums.documents >= ENOUGH
        ends = share_interval(sums, prior=priors(sums, population.of) if is_common else None)
        shares.append(Share(ratio(sums.hits, sums.totals), *ends))
    lo, hi = difference_interval(shares[0], shares[1], p)
    difference = truth[0] - truth[1]
    return np.where(is_enough, (lo <= difference) & (difference <= hi), np.nan)


def print_differences(folder: Path, draws: int) -> None:
    """Print the coverage of differences of kinds and frames by the documents of both sides."""
    random = np.random.default_rng(1)
    print("| differences of | documents | mean | least | below .90 |\n| --- | --- | --- | --- | --- |")
    for name, read in (("kinds", kinds), ("frames", frames)):
        population, is_common = read(folder), name == "frames"
        for sizes in PAIRS:
            holds = np.array(
                [differences_covered(population, sizes, is_common=is_common, random=random) for _ in range(draws)]
            )
            coverage = np.nanmean(holds[:, (~np.isnan(holds)).mean(axis=0) >= _COMPARED], axis=0)
            few = f"{(coverage < 0.9).sum()} of {len(coverage)}"
            of = " and ".join(map(str, sizes))
            print(f"| {name} | {of} | {coverage.mean():.3f} | {coverage.min():.3f} | {few} |", flush=True)


def print_shares(folder: Path, draws: int) -> None:
    """Print the coverage of shares of kinds, speakers, frames and words by the number of documents."""
    print("| shares of | documents | with a case | shares | held: mean | least | under .90 | below | above | width |")
    print("| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |")
    missed = []
    for name, read in (("kinds", kinds), ("speakers", speakers), ("frames", frames), ("words", words)):
        population = read(folder)
        for size in SIZES:
            of = covered(population, size, draws=draws, is_common=name in ("frames", "words"),
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
    print("\nHeld in less than nine of ten: " + "; ".join(missed or ["none"]), end="\n\n")


def main() -> None:
    """Print the coverage of shares, then of differences."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("folder", type=Path, help="tables of a run, such as results/tables")
    parser.add_argument("--draws", type=int, default=1000, help="sets of documents of each line of shares")
    parser.add_argument("--pairs", type=int, default=400, help="pairs of sets of each line of differences")
    options = parser.parse_args()
    warnings.filterwarnings("ignore", "Mean of empty slice")
    print_shares(options.folder, options.draws)
    print_differences(options.folder, options.pairs)


if __name__ == "__main__":
    main()
