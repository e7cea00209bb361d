"""Level of tables of differences: how often they find one where real documents are dealt to groups at random.

    OPENBLAS_NUM_THREADS=1 python -m benchmarks.contrast_level results

The documents of a run, a random part of them where the groups take fewer, are dealt to groups of some sizes, and p is
made as by the table. Of the families of tests over which q is made at most one in twenty should have any q below 0.05.
Of source_contrasts, frame_contrasts, frame_regression and speaker_frames a family is the table; of keyness it is a
group against the others. One set of draws serves all dealings of shares of the same documents, as it knows no counts.
The last table has groups whose shares are equal, but the documents of the first are made of several each.
"""

import argparse
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd

from benchmarks.real_documents import Population, corpus, frames, one_in, read_attributions, sources
from scripts.core.storage import read_parquet
from scripts.framing.cells import Cells, cells_of, drawn
from scripts.framing.speaker_contrasts import excesses, speaker_frames
from scripts.maths.bootstrap import document_weights
from scripts.maths.design_based import least_squares, pseudo_outcomes
from scripts.maths.document_shares import Sums
from scripts.maths.intervals import ENOUGH, Floats, benjamini_hochberg, student_p
from scripts.maths.permutation import BLOCK, DRAWS, dealt_p, dealt_sums, groups_p, studentised
from scripts.sources.source_counts import OWN_TOTALS
from scripts.words.comparisons import Comparison
from scripts.words.corpus import read_corpus
from scripts.words.keyness import compare_words

Random = np.random.Generator
# Sizes of groups; the third are those of a corpus of a few large outlets and many small ones.
DESIGNS = {
    "7 of 12": [12] * 7,
    "7 of 120": [120] * 7,
    "8 to 367": [8, 15, 28, 53, 98, 187, 367],
    "2 of 40": [40, 40],
}
# Documents of the first group and of the others, and of how many real ones those of the first are made.
UNEQUAL = ((15, 90, 4), (60, 60, 4), (60, 300, 3), (90, 15, 4))
# Sets of documents among which the dealings are divided.
_SETS = 4


class Family(NamedTuple):
    """The p of the tests over which one q is made."""

    p: Floats


def fitting(sizes: Sequence[int], documents: int) -> list[int]:
    """Return the sizes of groups, made smaller alike where there are fewer documents."""
    share = min(1.0, documents / sum(sizes))
    return [max(ENOUGH, int(size * share)) for size in sizes]


def moments(hits: Floats, totals: Floats) -> Floats:
    """Return the columns whose sums a share is tested by, and whether a document has a total."""
    return np.hstack([hits, hits**2, hits * totals, totals, totals**2, totals > 0]).astype(float)


def share_families(population: Population, sizes: Sequence[int], dealings: int) -> Iterator[Family]:
    """Yield the tests of source_contrasts or frame_contrasts in each dealing of some documents."""
    columns = moments(population.hits, population.totals)
    blocks = (columns[first : first + BLOCK] for first in range(0, len(columns), BLOCK))
    compared = 1 if len(sizes) == 2 else len(sizes)
    sums = dealt_sums(blocks, sizes, range(compared), draws=DRAWS + dealings)
    is_own = np.isin(population.of, OWN_TOTALS)
    with_hits = (population.hits > 0).sum(axis=0)

    def sums_of(values: Floats, n: int) -> Sums:
        hits, squares, products, totals, totals_squared, _ = np.split(values, 6, axis=-1)
        return Sums(np.array(n), hits, totals, squares, products, totals_squared)

    everything = sums_of(columns.sum(axis=0), len(columns))
    p = np.full((dealings, compared, population.hits.shape[1]), np.nan)
    for group, of_group in enumerate(sums):
        values = studentised(sums_of(of_group, sizes[group]), everything)
        having = of_group[DRAWS:, -population.hits.shape[1] :]
        fewer = np.minimum(having, (population.totals > 0).sum(axis=0) - having)
        tested = (with_hits >= ENOUGH) & (np.where(is_own, fewer, ENOUGH) >= ENOUGH)
        of_dealings = np.array([dealt_p(value, values[:DRAWS]) for value in values[DRAWS:]])
        p[:, group] = np.where(tested, of_dealings, np.nan)
    yield from (Family(each.ravel()) for each in p)


def shares(population: Population) -> Callable[[Sequence[int], int, Random], Iterator[Family]]:
    """Return a function that yields the families of shares of a population."""

    def families(sizes: Sequence[int], dealings: int, random: Random) -> Iterator[Family]:
        for _ in range(_SETS):
            chosen = random.permutation(len(population.hits))[: sum(sizes)]
            part = population._replace(hits=population.hits[chosen], totals=population.totals[chosen])
            yield from share_families(part, sizes, dealings // _SETS)

    return families


def words(folder: Path) -> Callable[[Sequence[int], int, Random], Iterator[Family]]:
    """Return a function that yields the families of keyness: of one group of a dealing, each group in turn."""
    counted = read_corpus(folder / "batches")

    def families(sizes: Sequence[int], dealings: int, random: Random) -> Iterator[Family]:
        for dealing in range(dealings):
            groups = np.repeat(np.arange(len(sizes)), sizes)
            group = np.full(len(counted.documents), -1)
            group[random.permutation(len(group))[: len(groups)]] = groups
            target = group == dealing % len(sizes)
            comparison = Comparison("dealt", "target", "others", target, (group >= 0) & ~target)
            yield Family(compare_words(counted, comparison, stop=frozenset(), min_count=5)["p"])

    return families


def voices(folder: Path) -> Callable[[Sequence[int], int, Random], Iterator[Family]]:
    """Return a function that yields the families of speaker_frames: names get what is voiced in some documents."""
    voiced, schemes = _voiced(folder)

    def families(sizes: Sequence[int], dealings: int, random: Random) -> Iterator[Family]:
        documents = np.unique(voiced.document)
        for _ in range(dealings):
            group = np.full(int(documents.max()) + 1, len(sizes))
            dealt = np.repeat(np.arange(len(sizes)), fitting(sizes, len(documents) // 2))
            group[random.permutation(documents)[: len(dealt)]] = dealt
            # In each document a speaker of it, at random, has the dealt name; all others are somebody else.
            pairs = voiced.name.astype(np.int64) * len(group) + voiced.document
            unit, of_unit = np.unique(pairs, return_inverse=True)
            order = random.permutation(len(unit))
            first = np.zeros(len(unit), bool)
            first[order[np.unique((unit % len(group))[order], return_index=True)[1]]] = True
            name = np.where(first[of_unit], group[voiced.document], len(sizes) + 1 + voiced.name)
            order = np.lexsort((voiced.column, voiced.document, name))
            cells = Cells(name[order], *(column[order] for column in voiced[1:]))
            yield Family(_speaker_p(cells, len(sizes), schemes))

    return families


def _voiced(folder: Path) -> tuple[Cells, pd.DataFrame]:
    """Return the sentences that speakers voice by document and frame, and the frames.

    A sentence counts for the speaker of each of its frames; with no frame it counts for whoever speaks in it.
    """
    codes = read_parquet(
        folder / "tables" / "frame_codes.parquet", ["doc_id", "sentence", "scheme", "frame", "speaker"]
    )
    codes_table = codes.to_pandas().astype(str).query("speaker != '' and speaker != 'None'")
    quotes = read_parquet(folder / "tables" / "quotes.parquet", ["doc_id", "sentence", "speaker"]).to_pandas()
    quotes = quotes[quotes["speaker"].fillna("") != ""].astype(str)
    keys = ["doc_id", "sentence", "speaker"]
    schemes = codes_table[["scheme", "frame"]].drop_duplicates().sort_values(["scheme", "frame"], ignore_index=True)
    column = pd.MultiIndex.from_frame(schemes).get_indexer(pd.MultiIndex.from_frame(codes_table[["scheme", "frame"]]))
    rows = pd.concat([
        pd.concat([quotes[keys], codes_table[keys]]).drop_duplicates().assign(column=0),
        codes_table[keys].assign(column=column + 1).drop_duplicates(),
    ])  # fmt: skip
    numbers = rows.assign(name=pd.factorize(rows["speaker"])[0], document=pd.factorize(rows["doc_id"])[0])
    n = numbers.groupby(["name", "document", "column"]).size().reset_index(name="n")
    return Cells(*(n[name].to_numpy() for name in Cells._fields)), schemes


def _speaker_p(cells: Cells, speakers: int, schemes: pd.DataFrame) -> Floats:
    """Return the p of the table speaker_frames of the first so many names."""
    documents, columns = int(cells.document.max()) + 1, len(schemes) + 1
    place = cells.document * columns + cells.column
    counts = np.bincount(place, cells.n, documents * columns).astype(int).reshape(-1, columns)
    weights = document_weights([str(at) for at in range(documents)], resamples=10)
    total = drawn(counts, weights)
    own = {str(name): cells_of([cells], name) for name in range(speakers)}
    table = speaker_frames(total, counts[:, 0], own, schemes, weights, excesses([cells], total.n))
    return table["p"].to_numpy(float)


def coefficients(folder: Path, *, coded: int = 60) -> Callable[[Sequence[int], int, Random], Iterator[Family]]:
    """Return a function that yields the families of frame_regression: groups and dates are dealt, some sentences coded.

    As many sentences are coded as there are groups times `coded`. Coders see a fourth of the frames not that are there,
    and the machine, which knows the truth, errs nowhere.
    """
    data = corpus(folder / "tables")
    generic = np.flatnonzero(data.frames["scheme"] == "generic")
    lengths = data.documents["n_sentences"].to_numpy(int)

    def families(sizes: Sequence[int], dealings: int, random: Random) -> Iterator[Family]:
        for _ in range(dealings):
            chosen = random.permutation(len(lengths))[: sum(sizes)]
            cluster = np.repeat(np.arange(len(chosen)), lengths[chosen])
            group = np.repeat(np.arange(len(sizes)), sizes)[cluster]
            date = random.random(len(chosen))[cluster]
            design = np.column_stack([np.ones(len(cluster)), *(group == at for at in range(1, len(sizes))), date])
            drawn_units = random.choice(len(cluster), min(len(cluster), coded * len(sizes)), replace=False)
            p = []
            for frame in generic:
                truth = np.concatenate([np.arange(n) < hits for n, hits in zip(
                    lengths[chosen], data.sentences[chosen, frame], strict=True)])  # fmt: skip
                human, weight = np.full(len(cluster), np.nan), np.zeros(len(cluster))
                human[drawn_units] = truth[drawn_units] & (random.random(len(drawn_units)) < 0.75)
                weight[drawn_units] = len(cluster) / len(drawn_units)
                outcome = pseudo_outcomes(truth.astype(float), human, weight)
                beta, error, degrees = least_squares(outcome, design.astype(float), cluster)
                degrees = np.minimum(degrees, len(np.unique(cluster[drawn_units])) - 1)
                p += student_p(beta[1:] / error[1:], degrees[1:]).tolist()
            yield Family(np.array(p))

    return families


def line(families: Sequence[Family]) -> str:
    """Return the cells of a line: families with a q below 0.05, p below 0.05 and 0.001, tests of a family."""
    any_q = np.mean([bool((benjamini_hochberg(family.p) < 0.05).any()) for family in families])
    p = np.concatenate([family.p for family in families])
    p = p[~np.isnan(p)]
    return f"{any_q:.3f} | {(p < 0.05).mean():.4f} | {(p < 0.001).mean():.5f} | {len(p) / len(families):.0f}"


def unequal_p(population: Population, sizes: tuple[int, int, int], random: Random) -> tuple[Floats, Floats]:
    """Return the p of equal shares of two groups, and the documents with hits; the first has documents of several."""
    first, second, pieces = sizes
    drawn_documents = [random.integers(0, len(population.hits), shape) for shape in ((first, pieces), (second, 1))]
    hits, totals = (
        np.vstack([counts[documents].sum(axis=1) for documents in drawn_documents])
        for counts in (population.hits, population.totals)
    )
    members = np.split(np.arange(first + second), [first])
    of = np.arange(hits.shape[1])
    p = groups_p(members, lambda rows: (hits[rows], totals[rows]), of, compared=1, draws=1_000)[0]
    return p, (hits > 0).sum(axis=0)


def main() -> None:
    """Print by table and sizes of groups how often a difference is found that is not there."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("results", type=Path, help="folder of a run, such as results")
    parser.add_argument("--draws", type=int, default=400, help="dealings of each line")
    options = parser.parse_args()
    tables, random = options.results / "tables", np.random.default_rng(1)
    attributions = read_attributions(tables)
    rows, known = one_in(10, attributions.rows, random)
    kinds = sources(attributions)
    populations = {
        "source_contrasts": shares(kinds),
        "source_contrasts, one source in ten": shares(sources(attributions._replace(rows=rows, known=known))),
        "frame_contrasts": shares(frames(tables)),
        "keyness": words(options.results),
        "speaker_frames": voices(options.results),
        "frame_regression": coefficients(options.results),
    }
    print("| table | groups | any q < .05 | p < .05 | p < .001 | tests |\n| --- | --- | --- | --- | --- | --- |")
    for design, of_corpus in DESIGNS.items():
        sizes = fitting(of_corpus, len(attributions.doc_ids))
        for name, families in populations.items():
            print(f"| {name} | {design} | {line([*families(sizes, options.draws, random)])} |", flush=True)
    print("\n| shares | groups | documents with hits | p < .05 | p < .005 |\n| --- | --- | --- | --- | --- |")
    for name, population in (("kinds", kinds), ("frames", frames(tables))):
        for unequal in UNEQUAL:
            draws = [unequal_p(population, unequal, random) for _ in range(options.draws // 4)]
            p, with_hits = (np.concatenate(each) for each in zip(*draws, strict=True))
            for least, most in ((5, 9), (10, 29), (30, 10**9)):
                of = p[(with_hits >= least) & (with_hits <= most) & ~np.isnan(p)]
                groups = f"{unequal[0]} of {unequal[2]} each and {unequal[1]}"
                number = f"{least} or more" if most > sum(unequal) else f"{least} to {most}"
                if len(of):
                    print(f"| {name} | {groups} | {number} | {(of < 0.05).mean():.3f} | {(of < 0.005).mean():.4f} |",
                          flush=True)  # fmt: skip


if __name__ == "__main__":
    main()
