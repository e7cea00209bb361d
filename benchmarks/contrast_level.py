"""How often tables of differences find one where there is none: real documents dealt to groups at random.

    OPENBLAS_NUM_THREADS=1 python -m benchmarks.contrast_level results/tables

The documents of a run, a random part of them where the groups need fewer, are dealt to groups of some sizes; then the
tables source_contrasts (of kinds of sources, and of an attribute that one source in ten has) and frame_contrasts are
made as by the pipeline. Of these tables at most one in twenty should have any row of q below 0.05.
"""

import argparse
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd

from benchmarks.population import Attributions, corpus, one_in, read_attributions
from scripts.framing.comparisons import contrasts
from scripts.framing.corpus import Corpus
from scripts.sources.source_shares import share_tables

# Sizes of groups; the last are those of a corpus of a few large outlets and many small ones.
DESIGNS = {
    "7 of 12": [12] * 7,
    "7 of 120": [120] * 7,
    "8 to 367": [8, 15, 28, 53, 98, 187, 367],
    "2 of 40": [40, 40],
}
Tables = Callable[[Sequence[int], np.random.Generator], pd.DataFrame]


class Found(NamedTuple):
    """What a table says of one dealing: whether any q is below 0.05, its tests, and those of p below 0.05 and 0.001;
    rows of which the interval and p disagree on 0."""

    any_q: bool
    tests: int
    p_05: int
    p_001: int
    disagree: int


def found(table: pd.DataFrame) -> Found:
    """Return what a table of differences says."""
    tested = table.dropna(subset=["p"])
    p, holds = tested["p"].to_numpy(), ((tested["lo"] <= 0) & (tested["hi"] >= 0)).to_numpy()
    disagree = int((holds == (p < 0.05)).sum())
    return Found(bool((tested["q"] < 0.05).any()), len(p), int((p < 0.05).sum()), int((p < 0.001).sum()), disagree)


def labels(sizes: Sequence[int], documents: int, random: np.random.Generator) -> list[str]:
    """Return the group of each of so many documents, "" for those that are left over."""
    scaled = [max(5, size * documents // sum(sizes)) for size in sizes] if sum(sizes) > documents else sizes
    names = [f"group {at}" for at, size in enumerate(scaled) for _ in range(size)][:documents]
    return random.permutation(names + [""] * (documents - len(names))).tolist()


def of_sources(attributions: Attributions, sizes: Sequence[int], random: np.random.Generator) -> pd.DataFrame:
    """Return the table source_contrasts of documents that are dealt at random."""
    groups = labels(sizes, len(attributions.doc_ids), random)
    kept = {doc_id: group for doc_id, group in zip(attributions.doc_ids, groups, strict=True) if group}
    tables = share_tables([attributions.rows], kept, attributions.known, resamples=5)
    return tables["source_contrasts"].to_pandas()


def of_frames(data: Corpus, sizes: Sequence[int], random: np.random.Generator) -> pd.DataFrame:
    """Return the table frame_contrasts of documents that are dealt at random."""
    return contrasts(data._replace(documents=data.documents.assign(group=labels(sizes, len(data.documents), random))))


def main() -> None:
    """Print by table and sizes of groups how often a difference is found that is not there."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("folder", type=Path, help="tables of a run, such as results/tables")
    parser.add_argument("--draws", type=int, default=400, help="dealings of each line")
    parser.add_argument("--only", choices=list(DESIGNS), action="append", help="these sizes of groups alone")
    options = parser.parse_args()
    random = np.random.default_rng(1)
    kinds = read_attributions(options.folder)
    members = kinds._replace(**dict(zip(("rows", "known"), one_in(10, kinds.rows, random), strict=True)))
    frames = corpus(options.folder)
    tables: dict[str, Tables] = {
        "kinds": partial(of_sources, kinds),
        "kinds, one in ten": partial(of_sources, members),
        "frames": partial(of_frames, frames),
    }
    print("| table | groups | any q < .05 | p < .05 | p < .001 | tests | interval against p |")
    print("| --- | --- | --- | --- | --- | --- | --- |")
    for design in options.only or DESIGNS:
        sizes = DESIGNS[design]
        for name, make in tables.items():
            every = [found(make(sizes, random)) for _ in range(options.draws)]
            tests = sum(each.tests for each in every)
            print(
                f"| {name} | {design} | {np.mean([each.any_q for each in every]):.3f} | "
                f"{sum(each.p_05 for each in every) / tests:.4f} | {sum(each.p_001 for each in every) / tests:.5f} | "
                f"{tests / options.draws:.0f} | {sum(each.disagree for each in every)} |",
                flush=True,
            )


if __name__ == "__main__":
    main()
