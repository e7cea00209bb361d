"""Level of tables of differences: how often they find one where real documents are dealt to groups at random.

    OPENBLAS_NUM_THREADS=1 python -m benchmarks.contrast_level results/tables

The documents of a run, a random part of them where the groups take fewer, are dealt to groups of some sizes. Each share
of each group is tested against all others as in source_contrasts and frame_contrasts, and q is made over all of them:
of these families at most one in twenty should have any q below 0.05. One set of draws serves all dealings of the same
documents, as it knows no counts; the dealings are further draws. The first line of each is p by the standard error over
documents, as the difference of two means has it.
"""

import argparse
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from benchmarks.real_documents import Population, frames, one_in, read_attributions, sources
from scripts.maths.association import ratio
from scripts.maths.intervals import ENOUGH, Floats, benjamini_hochberg, normal_p
from scripts.maths.permutation import BLOCK, DRAWS, dealt_p, dealt_sums, score
from scripts.sources.source_counts import OWN_TOTALS

# Sizes of groups; the third are those of a corpus of a few large outlets and many small ones.
DESIGNS = {
    "7 of 12": [12] * 7,
    "7 of 120": [120] * 7,
    "8 to 367": [8, 15, 28, 53, 98, 187, 367],
    "2 of 40": [40, 40],
}
# Sets of documents among which the dealings are divided.
_SETS = 4


def fitting(sizes: Sequence[int], documents: int) -> list[int]:
    """Return the sizes of groups, made smaller alike where there are fewer documents."""
    share = min(1.0, documents / sum(sizes))
    return [max(ENOUGH, int(size * share)) for size in sizes]


def deviations(hits: Floats, totals: Floats) -> Floats:
    """Return the standard deviation of each share over documents, a ratio's by linearisation (Cochran 1977: 2.11)."""
    n, total = (totals > 0).sum(axis=0), totals.sum(axis=0)
    squares = ((hits - ratio(hits.sum(axis=0), total) * totals) ** 2).sum(axis=0)
    deviation = np.sqrt(ratio(squares * n**2, total**2 * (n - 1)))
    return np.where(deviation > 0, deviation, np.nan)


def p_values(population: Population, sizes: Sequence[int], dealings: int) -> tuple[Floats, Floats]:
    """Return p by the permutation test and by the standard error: dealings, groups and shares."""
    hits, totals = population.hits, population.totals
    columns = np.hstack([hits, totals, totals > 0]).astype(float)
    blocks = (columns[first : first + BLOCK] for first in range(0, len(columns), BLOCK))
    compared = 1 if len(sizes) == 2 else len(sizes)
    sums = dealt_sums(blocks, sizes, range(compared), draws=DRAWS + dealings)
    all_hits, all_totals, having = np.split(columns.sum(axis=0), 3)
    deviation = deviations(hits, totals)
    is_own = np.isin(population.of, OWN_TOTALS)
    p = np.full((2, dealings, compared, hits.shape[1]), np.nan)
    for group, of_group in enumerate(sums):
        own_hits, own_totals, own_having = np.split(of_group, 3, axis=1)
        scores = score(own_hits, own_totals, all_hits, all_totals)
        for dealing in range(dealings):
            at = DRAWS + dealing
            n = own_having[at], having - own_having[at]
            tested = np.minimum(*np.where(is_own, n, ENOUGH)) >= ENOUGH
            p[0, dealing, group] = np.where(tested, dealt_p(scores[at], scores[:DRAWS]), np.nan)
            difference = ratio(own_hits[at], own_totals[at]) - ratio(
                all_hits - own_hits[at], all_totals - own_totals[at]
            )
            error = deviation * np.sqrt(sum(ratio(1, each) for each in n))
            p[1, dealing, group] = np.where(tested, normal_p(difference / error), np.nan)
    return p[0], p[1]


def level(population: Population, design: Sequence[int], *, draws: int, random: np.random.Generator) -> list[str]:
    """Return by method the cells of a line: families with a q below 0.05, p below 0.05 and 0.001, tests."""
    sizes = fitting(design, len(population.hits))
    tables: list[list[Floats]] = [[], []]
    for _ in range(_SETS):
        chosen = random.permutation(len(population.hits))[: sum(sizes)]
        part = population._replace(hits=population.hits[chosen], totals=population.totals[chosen])
        for table, p in zip(tables, p_values(part, sizes, draws // _SETS), strict=True):
            table += [*p.reshape(len(p), -1)]
    lines = []
    for table in tables:
        level_of_q = np.mean([bool((benjamini_hochberg(p) < 0.05).any()) for p in table])
        p = np.concatenate(table)
        p = p[~np.isnan(p)]
        lines.append(
            f"{level_of_q:.3f} | {(p < 0.05).mean():.4f} | {(p < 0.001).mean():.5f} | {len(p) / len(table):.0f}"
        )
    return lines


def main() -> None:
    """Print by table and sizes of groups how often a difference is found that is not there."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("folder", type=Path, help="tables of a run, such as results/tables")
    parser.add_argument("--draws", type=int, default=400, help="dealings of each line")
    options = parser.parse_args()
    random = np.random.default_rng(1)
    attributions = read_attributions(options.folder)
    rows, known = one_in(10, attributions.rows, random)
    populations = {
        "kinds": sources(attributions),
        "kinds, and one source in ten": sources(attributions._replace(rows=rows, known=known)),
        "frames": frames(options.folder),
    }
    print("| shares of | groups | method | any q < .05 | p < .05 | p < .001 | tests |")
    print("| --- | --- | --- | --- | --- | --- | --- |")
    for design, sizes in DESIGNS.items():
        for name, population in populations.items():
            lines = level(population, sizes, draws=options.draws, random=random)
            for method, line in zip(("permutation", "standard error"), lines, strict=True):
                print(f"| {name} | {design} | {method} | {line} |", flush=True)


if __name__ == "__main__":
    main()
