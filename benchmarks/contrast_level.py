"""Level of the tables of differences: how often they report one between groups dealt at random from real documents.

    OPENBLAS_NUM_THREADS=1 python -m benchmarks.contrast_level results

The documents of a run, or a random part of them if the groups need fewer, are dealt to groups of fixed sizes, and p is
computed as in the table. Of the families of tests that share one q correction, at most one in twenty should have any q
below 0.05. A family is the whole table; for keyness it is a group, and for speaker_words a speaker, against the others.
Shares of the same documents, however dealt, are tested together. The last table has groups with equal shares, but each
document of the first group is put together from several.
"""

import argparse
from collections.abc import Iterator, Sequence
from itertools import chain, combinations
from pathlib import Path

import numpy as np

from benchmarks.dealt_speech import Families, Random, fitting, speech, voices
from benchmarks.real_documents import Population, corpus, frames, one_in, read_attributions, sources
from scripts.core.arrays import Floats
from scripts.core.storage import read_parquet
from scripts.framing.regression import FEWEST_UNITS
from scripts.maths.design_based import least_squares, pseudo_outcomes
from scripts.maths.intervals import ENOUGH, benjamini_hochberg, student_p
from scripts.maths.permutation import FIRST, groups_p
from scripts.maths.within_strata import compared
from scripts.sources.source_counts import OWN_TOTALS
from scripts.words.comparisons import WordComparison
from scripts.words.corpus import read_word_corpus
from scripts.words.keyness import compare_words

# Sizes of groups; the third design imitates a corpus of a few large outlets and many small ones.
DESIGNS = {
    "7 of 12": [12] * 7,
    "7 of 120": [120] * 7,
    "8 to 367": [8, 15, 28, 53, 98, 187, 367],
    "2 of 40": [40, 40],
}
# Documents of the first group, documents of the second, and the number of real documents in each of the first.
UNEQUAL = ((15, 90, 4), (60, 60, 4), (60, 300, 3), (90, 15, 4), (20, 20, 3), (60, 60, 3), (60, 15, 3))
# Number of sets of documents; the dealings are divided among them.
_SETS = 4
_LOW = 0.01


def share_families(population: Population, sizes: Sequence[int], dealings: int, random: Random) -> Iterator[Floats]:
    """Yield the p-values of source_contrasts or frame_contrasts for each dealing of a population's documents."""
    n, compared = sum(sizes), 1 if len(sizes) == 2 else len(sizes)
    dealt = (np.split(random.permutation(n), np.cumsum(sizes)[:-1])[:compared] for _ in range(dealings))
    sides = [*chain.from_iterable(dealt)]
    of, has_total = np.arange(population.hits.shape[1]), population.totals > 0
    p = groups_p(
        [*sides, np.arange(n)],
        lambda rows: (population.hits[rows], population.totals[rows]),
        of,
        compared=len(sides),
    )
    having = np.array([has_total[each].sum(axis=0) for each in sides])
    fewer = np.minimum(having, has_total.sum(axis=0) - having)
    p = np.where(np.isin(population.of, OWN_TOTALS) & (fewer < ENOUGH), np.nan, p)
    yield from p.reshape(dealings, -1)


def shares(population: Population) -> Families:
    """Return a function that yields the families of shares of a population."""

    def families(sizes: Sequence[int], dealings: int, random: Random) -> Iterator[Floats]:
        for _ in range(_SETS):
            chosen = random.permutation(len(population.hits))[: sum(sizes)]
            part = population._replace(hits=population.hits[chosen], totals=population.totals[chosen])
            yield from share_families(part, sizes, dealings // _SETS, random)

    return families


def words(folder: Path) -> Families:
    """Return a function that yields the families of keyness: for each dealing one of its groups, in turn."""
    counted = read_word_corpus(folder / "batches")

    def families(sizes: Sequence[int], dealings: int, random: Random) -> Iterator[Floats]:
        for dealing in range(dealings):
            groups = np.repeat(np.arange(len(sizes)), sizes)
            group = np.full(len(counted.documents), -1)
            group[random.permutation(len(group))[: len(groups)]] = groups
            target = group == dealing % len(sizes)
            comparison = WordComparison("dealt", "target", "others", target, (group >= 0) & ~target)
            yield compare_words(counted, comparison, stop=frozenset(), min_count=5)["p"]

    return families


def coefficients(folder: Path, *, coded: int = 60) -> Families:
    """Return a function that yields the families of frame_regression, for random groups, dates and coded sentences.

    `coded` sentences are coded per group. Coders miss a quarter of the frames that are there; the machine, which knows
    the truth, makes no errors.
    """
    data = corpus(folder / "tables")
    generic = np.flatnonzero(data.frames["scheme"] == "generic")
    lengths = data.documents["n_sentences"].to_numpy(int)

    def families(sizes: Sequence[int], dealings: int, random: Random) -> Iterator[Floats]:
        for _ in range(dealings):
            chosen = random.permutation(len(lengths))[: sum(sizes)]
            cluster = np.repeat(np.arange(len(chosen)), lengths[chosen])
            group = np.repeat(np.arange(len(sizes)), sizes)[cluster]
            date = random.random(len(chosen))[cluster]
            units = random.choice(len(cluster), min(len(cluster), coded * len(sizes)), replace=False)
            # The last group is the largest: groups with enough coded sentences are compared with it.
            in_group = np.bincount(group[units], minlength=len(sizes))
            terms = [at for at in range(len(sizes) - 1) if in_group[at] >= FEWEST_UNITS]
            inside = np.isin(group, [*terms, len(sizes) - 1])
            design = np.column_stack([np.ones(len(cluster)), *(group == at for at in terms), date])[inside]
            p = []
            for frame in generic:
                truth = np.concatenate([np.arange(n) < hits for n, hits in zip(
                    lengths[chosen], data.sentences[chosen, frame], strict=True)])  # fmt: skip
                human, weight = np.full(len(cluster), np.nan), np.zeros(len(cluster))
                human[units] = truth[units] & (random.random(len(units)) < 0.75)
                weight[units] = len(cluster) / len(units)
                outcome = pseudo_outcomes(truth.astype(float), human, weight)
                beta, error, degrees = least_squares(outcome[inside], design.astype(float), cluster[inside])
                degrees = np.minimum(degrees, len(np.unique(cluster[units][inside[units]])) - 1)
                p += student_p(beta[1:] / error[1:], degrees[1:]).tolist()
            yield np.array(p)

    return families


def within(folder: Path, doc_ids: Sequence[str], population: Population) -> Families:
    """Return a function that yields the families of story_contrasts: four documents of one group form a story.

    Documents are dealt to groups, and each two groups are compared within the stories that they share. All draws are
    used only if the first ones give a low p, without which no q can be low.
    """
    groups = read_parquet(folder / "tables" / "document_groups.parquet", ["doc_id", "group"]).to_pandas()
    of_document = groups.set_index("doc_id")["group"].reindex(doc_ids).to_numpy()
    in_order = np.argsort(of_document, kind="stable")
    stories = in_order[: len(in_order) // 4 * 4].reshape(-1, 4)

    def families(sizes: Sequence[int], dealings: int, random: Random) -> Iterator[Floats]:
        story = np.repeat(np.arange(sum(sizes) // 4), 4)
        for _ in range(dealings):
            chosen = stories[random.permutation(len(stories))[: sum(sizes) // 4]].ravel()
            group = random.permutation(np.repeat(np.arange(len(sizes)), sizes))[: len(chosen)]
            hits, totals = population.hits[chosen], population.totals[chosen]
            family = []
            for first, second in combinations(range(len(sizes)), 2):
                of = np.flatnonzero((group == first) | (group == second))
                pair = hits[of], totals[of], group[of] == first, story[of]
                p = compared(*pair, draws=FIRST).p
                family.append(compared(*pair).p if (p < _LOW).any() else p)
            yield np.concatenate(family)

    return families


def line(families: Sequence[Floats]) -> str:
    """Return a line's cells: the shares of families with a q below 0.05, of p below 0.05 and 0.001; tests a family."""
    any_q = np.mean([bool((benjamini_hochberg(family) < 0.05).any()) for family in families])
    p = np.concatenate(families)
    p = p[~np.isnan(p)]
    return f"{any_q:.3f} | {(p < 0.05).mean():.4f} | {(p < 0.001).mean():.5f} | {len(p) / len(families):.0f}"


def unequal_p(population: Population, sizes: tuple[int, int, int], random: Random) -> tuple[Floats, Floats]:
    """Return the p of equal shares in two groups, and the numbers of documents with hits; see `UNEQUAL`."""
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
    """Print how often each table reports a difference that does not exist, by sizes of groups."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("results", type=Path, help="folder of a run, such as results")
    parser.add_argument("--draws", type=int, default=400, help="dealings of each line")
    parser.add_argument("--only", help="the first table of only these differences, such as story_contrasts")
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
        "speaker_words": speech(options.results),
        "frame_regression": coefficients(options.results),
        "story_contrasts": within(options.results, attributions.doc_ids, kinds),
    }
    if options.only:
        populations = {options.only: populations[options.only]}
    print("| table | groups | any q < .05 | p < .05 | p < .001 | tests |\n| --- | --- | --- | --- | --- | --- |")
    for design, of_corpus in DESIGNS.items():
        sizes = fitting(of_corpus, len(attributions.doc_ids))
        for name, families in populations.items():
            # Each line has its own generator, so that it is the same whatever else is printed.
            drawn_families = [*families(sizes, options.draws, np.random.default_rng([1, *f"{name} {design}".encode()]))]
            print(f"| {name} | {design} | {line(drawn_families)} |", flush=True)
    if options.only:
        return
    print("\n| shares | groups | documents with hits | p < .05 | p < .005 |\n| --- | --- | --- | --- | --- |")
    for name, population in (("kinds", kinds), ("frames", frames(tables))):
        for unequal in UNEQUAL:
            random = np.random.default_rng([1, *f"{name} {unequal}".encode()])
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
