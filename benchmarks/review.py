"""Measure coverage and width of the intervals of accuracy and shares from a reviewed sample, by simulation.

    python -m benchmarks.review POPULATION.csv [--samples 2000]    reviews many samples of a corpus whose truth is known
    python -m benchmarks.review POPULATION.csv --example 200       reviews one sample, and shows the shares

`benchmarks.review_population` describes POPULATION; benchmarks/data/review_population.csv is one. A sample is drawn as
by `snakemake review_sheet`, three attributions to two sentences, and answered with the truth. Shares are those of the
table corrected_shares: of speakers (only the ten with most true words are checked), of words in quotation marks, in all
and by outlet, of kinds of source, and of frames in the speech of the first two speakers. An attribution is accurate if
it has the right speaker. The truth is the gold's speaker and the words that the gold gives them, whatever the machine
says.
"""

import argparse
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from scripts.core.arrays import Floats
from scripts.maths import survey
from scripts.maths.ranking import by_frequency
from scripts.maths.shares import Machine, Shares, shares
from scripts.review.corrected_shares import FEWEST as FEWEST_ROWS
from scripts.review.strata import length_strata, rows_by_words, sentence_strata

SIZES = (100, 200, 400)
SPEAKERS, VOICES = 10, 2
MEASURES = ("precision", "recall", "F1")
NOBODY = 0


def read_population(path: Path) -> pd.DataFrame:
    """Return the units of a population, one row each."""
    text = dict.fromkeys(["frames", "right", "missed"], str)
    rows = pd.read_csv(path, keep_default_na=False, dtype=text)
    return rows.loc[rows.index.repeat(rows["n"])].reset_index(drop=True)


_NUMBERS = ("words", "quoted", "sentences")
_COLUMNS = ["unit", "group", *_NUMBERS, "frames", "speaker", "kind"]


def _cells(units: pd.DataFrame, column: str) -> pd.DataFrame:
    """Return the statements in the cells of a column, as a table with the columns `_COLUMNS`."""
    rows = zip(units["group"], units[column], strict=True)
    cells = [(unit, group, *each.split(":")) for unit, (group, cell) in enumerate(rows) for each in cell.split()]
    return pd.DataFrame(cells, columns=_COLUMNS).astype(dict.fromkeys(["unit", *_NUMBERS, "speaker"], int))


class Statements(NamedTuple):
    """Statements with the columns `_COLUMNS`: the true ones, those in a filled-in sheet, and the machine's."""

    true: pd.DataFrame
    answered: pd.DataFrame
    machine: pd.DataFrame


def statements(units: pd.DataFrame) -> Statements:
    """Return the statements of a population."""
    rows = units.assign(unit=np.arange(len(units)))[units["sheet"] == "attributions"]
    machine = rows.rename(columns={"machine": "speaker", "machine_kind": "kind"})[_COLUMNS]
    right, missed = _cells(units, "right"), _cells(units, "missed")
    answered = right.assign(speaker=units["answered"].to_numpy()[right["unit"]])
    return Statements(
        pd.concat([right, missed], ignore_index=True),
        pd.concat([answered, missed], ignore_index=True),
        machine.reset_index(drop=True),
    )


class Numbers(NamedTuple):
    """Amounts of each unit by value (columns of `y`) and in all (`x`), by a filled-in sheet and by the machine.

    `truth` has the true shares of the watched values, which come first.
    """

    name: str
    y: csr_matrix
    x: Floats
    machine_y: csr_matrix
    machine_x: Floats
    truth: Floats

    def machine(self) -> Floats:
        """Return the machine's shares of the watched values."""
        return _totals(self.machine_y)[: len(self.truth)] / self.machine_x.sum()


def _totals(amounts: csr_matrix) -> Floats:
    return np.asarray(amounts.sum(axis=0), float).ravel()


def _amounts(
    name: str, units: int, tables: Sequence[pd.DataFrame], values: int, watched: int, true_total: float = 0
) -> Numbers:
    """Return the amounts by unit and value from tables in the order of `Statements`, with columns unit, value, amount.

    The true shares are of `true_total`, or if it is 0, of the sum of the true amounts.
    """
    true, y, machine_y = (
        csr_matrix((table["amount"].to_numpy(float), (table["unit"], table["value"])), shape=(units, values))
        for table in tables
    )
    x, machine_x = (np.asarray(each.sum(axis=1), float).ravel() for each in (y, machine_y))
    truth = _totals(true)[:watched] / (true_total or true.sum())
    return Numbers(name, y, x, machine_y, machine_x, truth)


def speaker_numbers(units: pd.DataFrame) -> Numbers:
    """Return the words by speaker; unnamed speakers have no share and count in no total, as in the table speakers."""
    named = [each[each["speaker"] != NOBODY] for each in statements(units)]
    most = max(int(each["speaker"].max()) for each in named)
    tables = [each.assign(value=each["speaker"] - 1, amount=each["words"]) for each in named]
    return _amounts("speaker", len(units), tables, most, SPEAKERS)


def direct_numbers(units: pd.DataFrame, group: str = "") -> Numbers:
    """Return the words in quotation marks, and the others, of all documents or of a group's."""
    tables = [
        pd.concat(
            [each.assign(value=0, amount=each["quoted"]), each.assign(value=1, amount=each["words"] - each["quoted"])]
        )
        for each in (table[table["group"] == group] if group else table for table in statements(units))
    ]
    return _amounts(f"direct, {group}" if group else "direct", len(units), tables, 2, 1)


def _places(amounts: Mapping[Any, int], tables: Iterable[pd.DataFrame], column: str) -> dict[Any, int]:
    """Return the place of each value of a column: the largest amounts first, values without an amount last."""
    names = by_frequency(amounts)
    others = {value for table in tables for value in table[column]}.difference(names)
    return {name: at for at, name in enumerate([*names, *sorted(others)])}


def kind_numbers(units: pd.DataFrame) -> Numbers:
    """Return the words by kind of source, largest kinds first; kinds with over a hundredth of the words are watched."""
    tables = statements(units)
    words = tables.true.groupby("kind")["words"].sum()
    place = _places(words.to_dict(), tables, "kind")
    placed = [each.assign(value=each["kind"].map(place), amount=each["words"]) for each in tables]
    return _amounts("kind", len(units), placed, len(place), int((words > words.sum() / 100).sum()))


def frame_numbers(units: pd.DataFrame, speaker: int, *, watched: int = 5) -> Numbers:
    """Return a speaker's sentences by frame, most frequent first; shares are of all the speaker's sentences."""
    mine = [each[each["speaker"] == speaker] for each in statements(units)]
    of_frames = (each.assign(frame=each["frames"].str.split(".")).explode("frame") for each in mine)
    hits = [each[each["frame"] != ""].astype({"frame": int}) for each in of_frames]
    counts = Counter(hits[0]["frame"])
    place = _places(counts, hits, "frame")
    tables = [each.assign(value=each["frame"].map(place), amount=1) for each in hits]
    n_true, name = float(mine[0]["sentences"].sum()), f"frames of speaker {speaker}"
    both = _amounts(name, len(units), tables, len(place), min(watched, len(counts)), n_true)
    totals = [np.bincount(each["unit"], each["sentences"], len(units)) for each in mine[1:]]
    return both._replace(x=totals[0], machine_x=totals[1])


def all_numbers(units: pd.DataFrame) -> list[Numbers]:
    """Return the amounts of all shares of a population."""
    voices = [frame_numbers(units, speaker) for speaker in range(1, VOICES + 1)]
    return [
        speaker_numbers(units),
        direct_numbers(units),
        kind_numbers(units),
        *(each for each in voices if each.x.any()),
        *(direct_numbers(units, group) for group in sorted(set(units["group"]) - {""})),
    ]


class Stratum(NamedTuple):
    """The units of a stratum and how many of them are drawn."""

    units: NDArray[np.intp]
    drawn: int


def plan(units: pd.DataFrame, size: int) -> list[Stratum]:
    """Return the strata of a sample of `size` rows, as in `snakemake review_sheet`."""
    chosen = []
    for sheet, share in (("attributions", 0.6), ("sentences", 0.4)):
        rows, n_rows = units[units["sheet"] == sheet], round(share * size)
        described = rows.assign(n_words=rows["words"], signs=rows["type"])
        labels = (length_strata if sheet == "attributions" else sentence_strata)(described, n_rows)
        drawn = rows_by_words(labels, rows["words"], n_rows)
        groups = labels.groupby(labels).groups
        chosen += [Stratum(np.asarray(groups[label], np.intp), n) for label, n in drawn.items()]
    return chosen


def draw(
    sample: Sequence[Stratum], generator: np.random.Generator
) -> tuple[NDArray[np.intp], Floats, NDArray[np.intp]]:
    """Return a random sample: its units, their weights, their strata."""
    numbers_drawn = [stratum.drawn for stratum in sample]
    return (
        np.concatenate([generator.choice(each.units, each.drawn, replace=False) for each in sample]),
        np.repeat([len(each.units) / each.drawn for each in sample], numbers_drawn),
        np.repeat(np.arange(len(sample)), numbers_drawn),
    )


class Ways(NamedTuple):
    """The shares from one sample: by its rows alone, and with the machine."""

    alone: Shares
    helped: Shares


def review(
    numbers: Numbers, at: NDArray[np.intp], weight: Floats, stratum: NDArray[np.intp], totals: Floats,
    prior: float = 0.0,
) -> Ways | None:  # fmt: skip
    """Return the shares from a sample answered with the truth; None if too few rows have any words, as in the table.

    `totals` are the machine's totals by value.
    """
    x, machine_x = numbers.x[at], numbers.machine_x[at]
    if ((x > 0) | (machine_x > 0)).sum() < FEWEST_ROWS:
        return None
    y, machine_y = numbers.y[at].toarray(), numbers.machine_y[at].toarray()
    machine = Machine(machine_y, machine_x, totals, float(numbers.machine_x.sum()))
    return Ways(shares(y, x, weight, stratum), shares(y, x, weight, stratum, machine, prior=prior))


class Judged(NamedTuple):
    """Each unit's attributions to the right speaker (0 or 1), its wrong attributions, and its missed statements."""

    right: Floats
    wrong: Floats
    missed: Floats

    def measures(self) -> Floats:
        """Return precision, recall and F1 of the whole population."""
        right, wrong, missed = (float(column.sum()) for column in self)
        return np.array([right / (right + wrong), right / (right + missed), 2 * right / (2 * right + wrong + missed)])


def judged(units: pd.DataFrame) -> Judged:
    """Return each unit's right, wrong and missed attributions; a wrong speaker counts as both wrong and missed."""
    is_statement = (units["sheet"] == "attributions").to_numpy()
    named = is_statement & (units["machine"] != NOBODY).to_numpy()
    real = (is_statement & (units["right"] != "")).to_numpy(float)
    right = (named & (units["right"] != "") & (units["answered"] == units["machine"])).to_numpy(float)
    missed = units["missed"].str.split().map(len).to_numpy(float)
    return Judged(right, named - right, real - right + missed)


def accuracy_intervals(
    every: Judged, sample: Sequence[Stratum], generator: np.random.Generator
) -> tuple[Floats, Floats]:
    """Return precision, recall and F1 estimated from a random sample, and their 95 % intervals (rows of lo, hi)."""
    at, weight, stratum = draw(sample, generator)
    result = survey.accuracy(*(column[at] for column in every), weight, stratum)
    return np.array([each.value for each in result]), np.array([survey.share_interval(each) for each in result])


def example(units: pd.DataFrame, size: int) -> str:
    """Return accuracy and shares of the largest speakers, in percent, from one sample of `size` rows, in Markdown."""
    numbers = speaker_numbers(units)
    ways = review(numbers, *draw(plan(units, size), np.random.default_rng(1)), _totals(numbers.machine_y))
    if ways is None:
        raise ValueError(f"a sample of {size} rows is too small")
    lines = ["| measure | true | estimate |", "|---|---|---|"]
    answers = judged(units)
    values, ends = accuracy_intervals(answers, plan(units, size), np.random.default_rng(1))
    for name, truth, value, (lo, hi) in zip(MEASURES, answers.measures(), values, ends, strict=True):
        lines.append(f"| {name} | {100 * truth:.1f} | {100 * value:.1f} ({100 * lo:.1f} to {100 * hi:.1f}) |")
    lines += ["", "| speaker | true | machine | rows alone | corrected |", "|---|---|---|---|---|"]
    for at, (truth, machine) in enumerate(zip(100 * numbers.truth, 100 * numbers.machine(), strict=True)):
        cells = [
            f"{100 * way.value[at]:.1f} ({100 * way.lo[at]:.1f} to {100 * way.hi[at]:.1f})"
            for way in (ways.alone, ways.helped)
        ]
        lines.append(f"| {at + 1} | {truth:.1f} | {machine:.1f} | {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


class Coverage(NamedTuple):
    """The intervals of many samples by sample, way (alone, helped) and watched value: 1 if wholly below the truth, 1 if
    wholly above it, and the width; and the power of the machine by sample."""

    below: Floats
    above: Floats
    width: Floats
    power: Floats

    def covered(self) -> Floats:
        """Return 1 for each interval that covers the truth, else 0."""
        return 1 - self.below - self.above


def simulate(
    every: Sequence[Numbers], units: pd.DataFrame, size: int, *, samples: int, seed: int = 1
) -> list[Coverage]:
    """Return the intervals of each kind of share from samples of `size` rows, skipping samples with too few words."""
    generator, design = np.random.default_rng(seed), plan(units, size)
    totals = [_totals(numbers.machine_y) for numbers in every]
    truths = [numbers.truth for numbers in every]
    ends: list[list[Floats]] = [[] for _ in every]
    powers: list[list[float]] = [[] for _ in every]
    for _ in range(samples):
        sample = draw(design, generator)
        of_corpus = 0.0  # relative variance of the corpus's direct share, times its words
        for at, numbers in enumerate(every):
            words = float(numbers.machine_x.sum())
            ways = review(numbers, *sample, totals[at], of_corpus / words if numbers.name.startswith("direct, ") else 0)
            if ways is not None:
                if numbers.name == "direct":
                    of_corpus = ways.helped.relative * words
                watched = slice(len(numbers.truth))
                ends[at].append(np.array([[way.lo[watched], way.hi[watched]] for way in ways]))
                powers[at].append(ways.helped.power)
    results = []
    for truth, intervals, power in zip(truths, ends, powers, strict=True):
        lo, hi = np.moveaxis(np.array(intervals).reshape(-1, 2, 2, len(truth)), 2, 0)
        results.append(Coverage((hi < truth) * 1.0, (lo > truth) * 1.0, hi - lo, np.array(power)))
    return results


def _row(name: str, size: int, result: Coverage) -> str:
    """Return a line of the coverage table: means over values, with the simulation error."""
    covered = result.covered()
    if not len(covered):
        return f"| {name} | {size} | 0 |" + " |" * 8
    alone, helped = covered.mean(axis=(0, 2))
    error = covered[:, 1].mean(axis=1).std() / len(covered) ** 0.5
    width_alone, width = result.width.mean(axis=(0, 2))
    least = covered[:, 1].mean(axis=0).min()
    cells = [f"{alone:.3f}", f"{helped:.3f} ± {error:.3f}", f"{result.below[:, 1].mean():.3f}",
             f"{result.above[:, 1].mean():.3f}", f"{least:.3f}", f"{100 * width_alone:.1f}", f"{100 * width:.1f}",
             f"{result.power.mean():.2f}"]  # fmt: skip
    return f"| {name} | {size} | {len(covered)} | {' | '.join(cells)} |"


def account(name: str, units: pd.DataFrame, *, samples: int, sizes: Iterable[int] = SIZES) -> str:
    """Return coverage and width of the intervals of all shares of a population, in Markdown."""
    every = all_numbers(units)
    lines = [
        f"{name}",
        "",
        "| share | rows | samples | covered, rows alone | covered, corrected | below the truth | above | least |"
        " width, rows alone, points | corrected | power |",
        "|---|---|---|---|---|---|---|---|---|---|---|",
    ]
    results = {size: simulate(every, units, size, samples=samples) for size in sizes}
    for at, numbers in enumerate(every):
        lines += [_row(numbers.name, size, of_size[at]) for size, of_size in results.items()]
    lines += ["", "| speaker | true, % | machine, % |" + "".join(f" covered, {size} rows |" for size in results)]
    lines.append("|---|---|---|" + "---|" * len(results))
    shown = zip(100 * every[0].truth, 100 * every[0].machine(), strict=True)
    for at, (truth, machine) in enumerate(shown):
        cells = [f"{of_size[0].covered()[:, 1, at].mean():.3f}" for of_size in results.values()]
        lines.append(f"| {at + 1} | {truth:.1f} | {machine:.1f} | {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def accuracy_account(units: pd.DataFrame, *, samples: int) -> str:
    """Return the true accuracy, and the mean, coverage and width of its estimates, as Markdown.

    The report's first screen has the precision of statements with a speaker; the sheet also has those without one.
    """
    answers, generator = judged(units), np.random.default_rng(1)
    truth, shown = answers.measures(), int((units["sheet"] == "attributions").sum())
    right, counted = int(answers.right.sum()), int((answers.right + answers.wrong).sum())
    lines = [
        f"{right} statements are by the speaker named: {100 * right / shown:.1f} % of the {shown} that a sheet shows,"
        f" {100 * truth[0]:.1f} % of the {counted} of them that the report counts.",
        "",
        f"| rows | {', '.join(MEASURES)} (true: {', '.join(f'{value:.3f}' for value in truth)}) | covered | width |",
        "|---|---|---|---|",
    ]
    for size in SIZES:
        design = plan(units, size)
        estimates, intervals = zip(
            *(accuracy_intervals(answers, design, generator) for _ in range(samples)), strict=True
        )
        ends = np.array(intervals)
        covered = ((ends[..., 0] <= truth) & (truth <= ends[..., 1])).mean(axis=0)
        widths = (ends[..., 1] - ends[..., 0]).mean(axis=0)
        cells = [
            ", ".join(f"{value:.3f}" for value in column) for column in (np.mean(estimates, axis=0), covered, widths)
        ]
        lines.append(f"| {size} | {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def main() -> None:
    """Draw review samples of a population."""
    parser = argparse.ArgumentParser(prog="benchmarks.review", description=main.__doc__)
    parser.add_argument("population", type=Path, help="a CSV file")
    parser.add_argument("--example", type=int, metavar="ROWS", help="review one sample of so many rows")
    parser.add_argument("--samples", type=int, default=2000)
    options = parser.parse_args()
    units = read_population(options.population)
    if options.example:
        print(example(units, options.example))
    else:
        print(account(options.population.stem, units, samples=options.samples))
        print(accuracy_account(units, samples=options.samples))


if __name__ == "__main__":
    main()
