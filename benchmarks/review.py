"""Measure what a reviewed sample says of the machine and of shares: coverage and width of intervals, by simulation.

    python -m benchmarks.review POPULATION.csv [--samples 500]     reviews many samples of a corpus that is known whole
    python -m benchmarks.review POPULATION.csv --example 200       reviews one sample, and shows the shares

`benchmarks.review_population` describes POPULATION; benchmarks/data/review_population.csv is one. A sample is drawn as
`snakemake review_sheet` draws it, three attributions to two sentences, and answered with the truth. Shares are those
of the words of the ten true speakers with most words; accuracy is that of attributions with the right speaker.
"""

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from scripts.framing.sampling import allocate
from scripts.maths import survey
from scripts.maths.intervals import Floats
from scripts.maths.shares import Machine, Shares, shares
from scripts.review.sampling import FEWEST, strata

SIZES = (100, 200, 400)
SPEAKERS = 10
MEASURES = ("precision", "recall", "F1")


def read_population(path: Path) -> pd.DataFrame:
    """Return the units of a population, one row each."""
    rows = pd.read_csv(path, keep_default_na=False)
    return rows.loc[rows.index.repeat(rows["n"])].reset_index(drop=True)


class Numbers(NamedTuple):
    """Words of each unit: the right ones by speaker and in all, and the machine's; a column each of the speakers.

    Speaker 0, nobody that is named, has no share, and counts in no total, as in the table speakers.
    """

    y: Floats
    x: Floats
    machine_y: Floats
    machine_x: Floats


def numbers(units: pd.DataFrame) -> Numbers:
    """Return the words of the units by speaker, from 1."""
    missed = [[tuple(map(int, each.split(":"))) for each in cell.split()] for cell in units["missed"]]
    words, truth, machine = (units[name].to_numpy(np.intp) for name in ("words", "truth", "machine"))
    speakers = 1 + max(truth.max(), machine.max(), max((name for each in missed for _, name in each), default=0))
    y, machine_y = np.zeros((2, len(units), speakers))
    at = np.arange(len(units))
    machine_y[at, machine] = words
    y[at[truth > 0], truth[truth > 0]] = words[truth > 0]
    for number, each in enumerate(missed):
        for n, name in each:
            y[number, name] += n
    y, machine_y = y[:, 1:], machine_y[:, 1:]
    return Numbers(y, y.sum(axis=1), machine_y, machine_y.sum(axis=1))


class Stratum(NamedTuple):
    """The units of a stratum and how many of them are drawn."""

    units: NDArray[np.intp]
    drawn: int


def plan(units: pd.DataFrame, size: int) -> list[Stratum]:
    """Return the strata of a sample of so many rows, as `snakemake review_sheet` makes them."""
    chosen = []
    for sheet, share in (("attributions", 0.6), ("sentences", 0.4)):
        rows, n_rows = units[units["sheet"] == sheet], round(share * size)
        labels = rows["type"]
        if sheet == "attributions":
            labels = strata([rows["band"], rows["type"], rows["group"]], least=FEWEST * len(rows) // n_rows)
        members = [np.asarray(index, np.intp) for _, index in sorted(labels.groupby(labels).groups.items())]
        drawn = allocate([len(index) for index in members], n_rows)
        chosen += [Stratum(index, n) for index, n in zip(members, drawn, strict=True)]
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
    """The shares of speakers from one sample: by its rows alone, and with the machine."""

    alone: Shares
    helped: Shares


def review(every: Numbers, sample: Sequence[Stratum], generator: np.random.Generator) -> Ways:
    """Return the shares of speakers, the first SPEAKERS among them, from a random sample answered with the truth."""
    at, weight, stratum = draw(sample, generator)
    y, x, machine_y, machine_x = (column[at] for column in every)
    known = np.flatnonzero(y.any(axis=0) | machine_y.any(axis=0) | (np.arange(y.shape[1]) < SPEAKERS))
    totals = every.machine_y.sum(axis=0)[known], float(every.machine_x.sum())
    machine = Machine(machine_y[:, known], machine_x, *totals)
    return Ways(shares(y[:, known], x, weight, stratum), shares(y[:, known], x, weight, stratum, machine))


class Judged(NamedTuple):
    """Of each unit its attributions to the right speaker (0 or 1), other attributions, and statements missed."""

    right: Floats
    wrong: Floats
    missed: Floats

    def measures(self) -> Floats:
        """Return precision, recall and F1 of the whole population."""
        right, wrong, missed = (float(column.sum()) for column in self)
        return np.array([right / (right + wrong), right / (right + missed), 2 * right / (2 * right + wrong + missed)])


def judged(units: pd.DataFrame) -> Judged:
    """Return what is right and wrong in each unit; a wrong speaker is one too many, and of another missed."""
    is_statement = (units["sheet"] == "attributions").to_numpy()
    real = (is_statement & (units["truth"] >= 0)).to_numpy(float)
    right = (is_statement & (units["truth"] == units["machine"])).to_numpy(float)
    missed = units["missed"].str.split().map(len).to_numpy(float)
    return Judged(right, is_statement - right, real - right + missed)


def accuracy_intervals(
    every: Judged, sample: Sequence[Stratum], generator: np.random.Generator
) -> tuple[Floats, Floats]:
    """Return precision, recall and F1 estimated from a random sample, and their 95 % intervals (lo, hi by row)."""
    at, weight, stratum = draw(sample, generator)
    result = survey.accuracy(*(column[at] for column in every), weight, stratum)
    return np.array([each.value for each in result]), np.array([survey.share_interval(each) for each in result])


def example(units: pd.DataFrame, size: int) -> str:
    """Return accuracy and shares of the largest speakers, in percent, from one sample of so many rows, in Markdown."""
    every = numbers(units)
    ways = review(every, plan(units, size), np.random.default_rng(1))
    lines = ["| measure | true | estimate |", "|---|---|---|"]
    answers = judged(units)
    values, ends = accuracy_intervals(answers, plan(units, size), np.random.default_rng(1))
    for name, truth, value, (lo, hi) in zip(MEASURES, answers.measures(), values, ends, strict=True):
        lines.append(f"| {name} | {100 * truth:.1f} | {100 * value:.1f} ({100 * lo:.1f} to {100 * hi:.1f}) |")
    lines += ["", "| speaker | true | machine | rows alone | corrected |", "|---|---|---|---|---|"]
    for at in range(SPEAKERS):
        truth, machine = (
            100 * float(y[:, at].sum() / x.sum()) for y, x in ((every.y, every.x), (every.machine_y, every.machine_x))
        )
        cells = [
            f"{100 * way.value[at]:.1f} ({100 * way.lo[at]:.1f} to {100 * way.hi[at]:.1f})"
            for way in (ways.alone, ways.helped)
        ]
        lines.append(f"| {at + 1} | {truth:.1f} | {machine:.1f} | {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def simulate(units: pd.DataFrame, size: int, *, samples: int, seed: int = 1) -> dict[str, float]:
    """Return coverage and mean width of the intervals of the largest speakers' shares, and the power of the machine.

    `alone` is by the reviewed rows alone, `helped` with the machine; `least` is the lowest coverage of a speaker.
    """
    generator = np.random.default_rng(seed)
    every, design = numbers(units), plan(units, size)
    truth = (every.y.sum(axis=0) / every.x.sum())[:SPEAKERS]
    covered, widths, power = np.zeros((samples, SPEAKERS, 2)), np.zeros((samples, SPEAKERS, 2)), 0.0
    for sample in range(samples):
        ways = review(every, design, generator)
        for way, each in enumerate((ways.alone, ways.helped)):
            lo, hi = each.lo[:SPEAKERS], each.hi[:SPEAKERS]
            covered[sample, :, way] = (lo <= truth) & (truth <= hi)
            widths[sample, :, way] = hi - lo
        power += ways.helped.power / samples
    alone, helped = covered.mean(axis=(0, 1))
    width_alone, width = widths.mean(axis=(0, 1))
    least = covered[:, :, 1].mean(axis=0).min()
    return {
        "alone": alone, "helped": helped, "least": least, "width_alone": width_alone, "width": width, "power": power,
    }  # fmt: skip


def accuracy_account(units: pd.DataFrame, *, samples: int) -> str:
    """Return coverage and mean width of the intervals of precision, recall and F1, as a Markdown table."""
    lines = ["| rows | covered: " + ", ".join(MEASURES) + " | width |", "|---|---|---|"]
    answers, generator = judged(units), np.random.default_rng(1)
    truth = answers.measures()
    for size in SIZES:
        design = plan(units, size)
        ends = np.array([accuracy_intervals(answers, design, generator)[1] for _ in range(samples)])
        covered = ((ends[..., 0] <= truth) & (truth <= ends[..., 1])).mean(axis=0)
        widths = (ends[..., 1] - ends[..., 0]).mean(axis=0)
        cells = [", ".join(f"{value:.3f}" for value in column) for column in (covered, widths)]
        lines.append(f"| {size} | {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def account(name: str, units: pd.DataFrame, *, samples: int) -> str:
    """Return the result of a population as a Markdown table."""
    every = numbers(units)
    machine, truth = every.machine_y.sum(axis=0) / every.machine_x.sum(), every.y.sum(axis=0) / every.x.sum()
    pairs = zip(truth[:SPEAKERS], machine[:SPEAKERS], strict=True)
    lines = [
        f"{name}: true shares, and the machine's, %: {', '.join(f'{100 * a:.1f} {100 * b:.1f}' for a, b in pairs)}"
    ]
    lines += ["", "| rows | covered, rows alone | with the machine | least of a speaker | width, rows alone | with the "
              "machine | ratio | power |", "|---|---|---|---|---|---|---|---|"]  # fmt: skip
    for size in SIZES:
        result = simulate(units, size, samples=samples)
        cells = [f"{result[key]:.3f}" for key in ("alone", "helped", "least", "width_alone", "width")]
        ratio = result["width"] / result["width_alone"]
        lines.append(f"| {size} | {' | '.join(cells)} | {ratio:.2f} | {result['power']:.2f} |")
    return "\n".join(lines) + "\n"


def main() -> None:
    """Draw review samples of a population."""
    parser = argparse.ArgumentParser(prog="benchmarks.review", description=main.__doc__)
    parser.add_argument("population", type=Path)
    parser.add_argument("--example", type=int, metavar="ROWS", help="review one sample of so many rows")
    parser.add_argument("--samples", type=int, default=500)
    options = parser.parse_args()
    units = read_population(options.population)
    if options.example:
        print(example(units, options.example))
    else:
        print(account(options.population.stem, units, samples=options.samples))
        print(accuracy_account(units, samples=options.samples))


if __name__ == "__main__":
    main()
