"""Coverage of intervals of differences: how often they hold the difference of two parts of a run that do differ.

    OPENBLAS_NUM_THREADS=1 python -m benchmarks.difference_coverage results/tables

The first quarter of the documents, by doc_id, and the others are two populations, of which some documents each are
drawn with replacement. The interval is made as by source_contrasts and frame_contrasts, with 1,000 deals for its p.
"""

import argparse
from pathlib import Path

import numpy as np

from benchmarks.real_documents import Population, frames, kinds
from benchmarks.share_coverage import priors
from scripts.core.arrays import Floats
from scripts.maths.association import ratio
from scripts.maths.document_shares import Share, difference_interval, share_interval, sums_of
from scripts.maths.intervals import ENOUGH
from scripts.maths.permutation import groups_p

SIZES = ((15, 90), (60, 60), (12, 400))
_DEALS = 1_000
# Draws in which a share must be estimable to be judged, as a part of all.
_JUDGED = 0.5


def covered(population: Population, sizes: tuple[int, int], *, is_common: bool, random: np.random.Generator) -> Floats:
    """Return by share 1 where the interval of one draw holds the difference, 0 where not, NaN where there is none."""
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


def main() -> None:
    """Print the coverage of differences of kinds and frames by the documents of both sides."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("folder", type=Path, help="tables of a run, such as results/tables")
    parser.add_argument("--draws", type=int, default=400, help="pairs of sets of documents of each line")
    options = parser.parse_args()
    random = np.random.default_rng(1)
    print("| differences of | documents | mean | least | below .90 |\n| --- | --- | --- | --- | --- |")
    for name, read in (("kinds", kinds), ("frames", frames)):
        population = read(options.folder)
        for sizes in SIZES:
            draws = [
                covered(population, sizes, is_common=name == "frames", random=random) for _ in range(options.draws)
            ]
            judged = (~np.isnan(draws)).mean(axis=0) >= _JUDGED
            coverage = np.nanmean(np.array(draws)[:, judged], axis=0)
            few = f"{(coverage < 0.9).sum()} of {len(coverage)}"
            of = " and ".join(map(str, sizes))
            print(f"| {name} | {of} | {coverage.mean():.3f} | {coverage.min():.3f} | {few} |", flush=True)


if __name__ == "__main__":
    main()
