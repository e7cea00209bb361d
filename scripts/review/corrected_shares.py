"""Shares corrected by the reviewed sample: of speakers, of words in quotation marks, of kinds of source, of frames.

Makes the table corrected_shares. The machine's numbers are those before a reader's corrections. The estimators are in
scripts/maths/shares.py.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from scripts.core.arrays import Floats, Mask
from scripts.core.encoded import as_table
from scripts.core.options import path_options
from scripts.core.planned import read_files
from scripts.core.stand_ins import ALL
from scripts.core.storage import read_by_document, read_parquet, read_settings
from scripts.core.tables import read_analysed, write_table
from scripts.maths.shares import Machine, shares
from scripts.review.accuracy import Sample, stacked_samples
from scripts.review.attributed_words import Shared, machine_words, right_words, source_attributes
from scripts.review.frames_said import Frames, Statement, count_frames
from scripts.review.reviewed import Reviewed, read_reviewed
from scripts.review.units import read_review_units

SPEAKER, DIRECT, FRAME, IN_MARKS, REPORTED = "speaker", "direct", "frame", "in quotation marks", "reported"
FEWEST = 10  # fewest reviewed rows with words for an estimate, for the corpus or a group
_MOST = 50  # number of values with most of the machine's words that have a row even if they are not in the sample
VOICES = 10  # number of speakers whose frames are estimated
_METHOD = "difference estimate of a stratified sample, variance smoothed over values, Wilson"
_ALONE = "reviewed rows alone, variance smoothed over values, Wilson"
_ALL_REVIEWED = "every unit was reviewed"
_NO_SENTENCES = "; statements that the machine missed do not count, as no sentences were checked"


class ReviewedStatements(NamedTuple):
    """Statements in the columns of `right_words`: the right ones and the machine's in the sample, all the machine's."""

    right: pd.DataFrame
    drawn: pd.DataFrame
    everything: pd.DataFrame

    def within(self, units: Mask, machine: Mask) -> "ReviewedStatements":
        """Return the statements in a part of the corpus, given by masks of the sample's units and of machine's rows."""
        masks = (units[self.right["unit"]], machine[self.drawn["row"]], machine[self.everything["row"]])
        return ReviewedStatements(*(frame[mask] for frame, mask in zip(self, masks, strict=True)))


def _statements(attributions: Reviewed, sentences: Reviewed, machine: pd.DataFrame) -> ReviewedStatements:
    """Return the statements of the sample and of the corpus; `machine` has all attributions of the machine."""
    everything = machine_words(machine)
    numbers = np.array(sorted({judgement.unit for judgement in attributions.judgements}), np.intp)
    drawn = everything.iloc[numbers].assign(unit=np.arange(len(numbers)))
    return ReviewedStatements(right_words(attributions, sentences), drawn, everything)


class Amounts(NamedTuple):
    """Right amounts (`y`: units by values) and their denominators (`x`: by unit), and those of the machine."""

    values: list[str]
    y: Floats
    x: Floats
    machine: Machine

    @property
    def rows(self) -> int:
        """Return the number of units with a right amount or an amount of the machine."""
        return int(((self.x > 0) | (self.machine.x > 0)).sum())


def amounts(valued: Iterable[pd.DataFrame], units: int) -> Amounts:
    """Return amounts by unit and value; `valued` has unit, value and amount for each field of `ReviewedStatements`."""
    tables = [table[table["value"] != ""] for table in valued]
    names = sorted({value for table in tables for value in table["value"]})
    place = {name: at for at, name in enumerate(names)}

    def matrix(table: pd.DataFrame, unit: pd.Series, rows: int) -> Floats:
        sums = np.zeros((rows, len(names)))
        np.add.at(sums, (unit.to_numpy(np.intp), table["value"].map(place).to_numpy(np.intp)), table["amount"])
        return sums

    right, drawn, everything = tables
    y, machine_y = (matrix(table, table["unit"], units) for table in (right, drawn))
    totals = matrix(everything, 0 * everything["unit"], 1)[0]
    return Amounts(names, y, y.sum(axis=1), Machine(machine_y, machine_y.sum(axis=1), totals, float(totals.sum())))


def voiced_frames(statements: ReviewedStatements, frames: Sequence[Frames], speaker: str, units: int) -> Amounts:
    """Return the sentences of a speaker's statements by frame; `frames` has the counts for each field of `statements`.

    A sentence may have several frames, so the shares are of all the speaker's sentences and need not add up to 1.
    """
    sums = []
    for table, counts in zip(statements, frames, strict=True):
        mine = (table["speaker"] == speaker).to_numpy()
        unit, part = table["unit"].to_numpy(np.intp)[mine], table["part"].to_numpy(float)[mine]
        size = max(units, int(unit.max(initial=-1)) + 1)
        both = np.zeros((size, len(counts.names) + 1))
        np.add.at(both, unit, part[:, None] * np.column_stack([counts.sentences[mine], counts.hits[mine]]))
        sums.append(both)
    right, drawn, everything = sums[0], sums[1], sums[2].sum(axis=0)
    machine = Machine(drawn[:, 1:], drawn[:, 0], everything[1:], float(everything[0]))
    return Amounts(frames[0].names, right[:, 1:], right[:, 0], machine)


def _share_rows(
    group: Amounts, sample: Sample, flaw: str, note: str, *, corpus: Amounts | None = None
) -> Iterator[dict[str, Any]]:
    """Yield the estimates of shares by value: by the machine, by the reviewed rows alone, and corrected.

    A value has a row if it is in the sample or among the machine's _MOST largest. `flaw` says why nothing can be
    estimated, or is empty. For a group, `corpus` has the amounts over all documents: the relative variance of a total
    falls with its size (Wolter 2007, ch. 7), and the group's own rows may hold none of the errors that make it large.
    """
    machine, rows = group.machine, group.rows
    counted = (group.y > 0) | (machine.y > 0)
    if not flaw and rows < FEWEST:
        flaw = f"fewer than {FEWEST} reviewed rows"
    prior = 0.0
    if corpus is not None and machine.x_total:
        relative = shares(corpus.y, corpus.x, *sample, corpus.machine).relative
        prior = relative * corpus.machine.x_total / machine.x_total
    alone = shares(group.y, group.x, *sample)
    helped = shares(group.y, group.x, *sample, machine, prior=prior)
    method = _ALL_REVIEWED if (helped.lo == helped.hi).all() else _METHOD if helped.power else _ALONE
    method = f"not estimable: {flaw}" if flaw else method + note
    by_machine = machine.y_total / (machine.x_total or np.nan)
    most = set(np.argsort(-machine.y_total, kind="stable")[:_MOST].tolist())
    for at, value in enumerate(group.values):
        if counted[:, at].any() or at in most:
            numbers = (helped.value[at], helped.lo[at], helped.hi[at], helped.power)
            estimate, lo, hi, power = (np.nan,) * 4 if flaw else map(float, numbers)
            yield {
                "value": value, "n": int(counted[:, at].sum()), "rows": rows, "machine": float(by_machine[at]),
                "human": float(alone.value[at]), "estimate": estimate, "lo": lo, "hi": hi, "power": power,
                "method": method,
            }  # fmt: skip


def _by_speaker(rows: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame({"unit": rows["unit"], "value": rows["speaker"], "amount": rows["part"] * rows["words"]})


def _by_marks(voiced: pd.DataFrame) -> pd.DataFrame:
    parts = ((IN_MARKS, voiced["quoted"]), (REPORTED, voiced["words"] - voiced["quoted"]))
    rows = [pd.DataFrame({"unit": voiced["unit"], "value": name, "amount": voiced["part"] * n}) for name, n in parts]
    return pd.concat(rows, ignore_index=True)


def corrected_shares(
    attributions: Reviewed,
    sentences: Reviewed,
    machine: pd.DataFrame,
    sources: Sequence[Shared],
    own: Mapping[str, bool],
    count: Callable[[Sequence[Statement]], Frames],
) -> pd.DataFrame:
    """Return the table corrected_shares, for all documents and for each group of them.

    `machine` has all attributions of the machine. As in source_shares, shares of kinds and attributes of sources cover
    only documents for which `own` is True, which do not repeat another. `count` counts the frames of statements; they
    are shown for the VOICES speakers with most of the machine's words, if they have at least FEWEST reviewed rows.
    """
    if attributions.rows.empty:
        return pd.DataFrame()
    sample, spoken = stacked_samples(attributions, sentences), _statements(attributions, sentences, machine)
    note = "" if len(sentences.rows) else _NO_SENTENCES
    flaw, speakers = attributions.flaw or sentences.flaw, machine["speaker"].tolist()
    units = pd.concat([frame.rows[["doc_id", "group"]] for frame in (attributions, sentences)], ignore_index=True)
    is_own = [frame["doc_id"].map(own).to_numpy(bool) for frame in (units, machine)]
    names = sorted(set(machine["group"]) - {""})
    rows: list[dict[str, Any]] = []
    of_corpus: dict[str, Amounts] = {}
    for group in [ALL, *(names if len(names) > 1 else [])]:
        masks = [np.ones(len(frame), bool) if group == ALL else (frame["group"] == group).to_numpy()
                 for frame in (units, machine)]  # fmt: skip
        here = spoken.within(masks[0], masks[1])
        original = spoken.within(masks[0] & is_own[0], masks[1] & is_own[1])
        counted = {SPEAKER: amounts(map(_by_speaker, here), len(units))}
        counted[DIRECT] = amounts(map(_by_marks, here), len(units))
        for shared in sources:
            valued = [_by_speaker(rows).assign(value=shared.values(rows, speakers)) for rows in original]
            counted[shared.name] = amounts(valued, len(units))
        of_corpus = of_corpus or counted
        for name, each in counted.items():
            corpus = of_corpus[DIRECT] if name == DIRECT and group != ALL else None
            made = _share_rows(each, sample, flaw, note, corpus=corpus)
            rows += [{"share": name, "speaker": "", "group": group, **row} for row in made]
    frames = [count(list(zip(table["doc_id"], table["spans"], strict=True))) for table in spoken]
    words = machine[machine["speaker"] != ""].groupby("speaker")["n_words"].sum()
    for speaker in words.sort_values(ascending=False, kind="stable").head(VOICES).index:
        voiced = voiced_frames(spoken, frames, speaker, len(units))
        if voiced.rows >= FEWEST:
            made = _share_rows(voiced, sample, flaw, note)
            rows += [{"share": FRAME, "speaker": speaker, "group": ALL, **row} for row in made]
    return _ranked(pd.DataFrame(rows))


def _ranked(table: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of corrected_shares sorted by share, speaker, group and the machine's number.

    The share of words outside quotation marks is left out, as it is the remainder.
    """
    table = table[(table["share"] != DIRECT) | (table["value"] == IN_MARKS)]
    ranked = table.assign(
        by=pd.factorize(table["share"])[0],
        voice=pd.factorize(table["speaker"])[0],
        part=table["group"] != ALL,
        size=-table["machine"].fillna(0),
    )
    ranked = ranked.sort_values(["by", "voice", "part", "group", "size", "value"], kind="stable")
    return ranked[table.columns].reset_index(drop=True)


def main() -> None:
    """Write the table corrected_shares from the filled review sheets and the tables of the corpus."""
    options = path_options(main.__doc__, "settings", "folder", "batches", "decisions", "files", "sources")
    units = read_review_units(options.folder, options.batches, options.decisions)
    reviewed, _ = read_reviewed(read_files(options.files), options.folder, units)
    machine = units.by_sheet["attributions"]
    duplicate_of = read_by_document(options.folder / "documents.parquet", "duplicate_of")
    own = {doc_id: not original for doc_id, original in duplicate_of.items()}
    named = right_words(reviewed["attributions"], reviewed["sentences"])["speaker"].unique()
    sources = source_attributes(options.folder, options.sources, machine, named)
    sentences = read_analysed(options.folder, "sentences", ["doc_id", "end"]).to_pandas()
    codes = read_parquet(options.folder / "frame_codes.parquet").to_pandas()
    count = partial(count_frames, sentences=sentences, codes=codes)
    rows = corrected_shares(reviewed["attributions"], reviewed["sentences"], machine, sources, own, count)
    tables = read_settings(options.settings)["tables"]
    write_table(options.folder, "corrected_shares", as_table("corrected_shares", rows), **tables)
