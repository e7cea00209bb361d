"""Write a corpus whose truth is known, as numbers, from gold data: the machine's attributions and the right ones.

    python -m benchmarks.review_population GOLD.jsonl RESULTS POPULATION.csv [--readings PRONOUNS.tsv ...]

RESULTS is the folder of a run over the texts of GOLD, each a seed DOC_ID.txt. A row is an attribution of the machine or
a sentence; equal rows are one, with their number n. There are no texts in it: speakers are numbered by their words, and
0 is an unnamed speaker. `COLUMNS` explains the rest. The gold (gold_speakers.py), never the machine, says who speaks
and in which words; only a pronoun without a reading is whomever the machine takes it for. The kind of source is the
run's for the speaker, and a frame is one that the run finds in the words: a reviewer is asked about neither.
"""

import argparse
import csv
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

from benchmarks.evaluation.scoring import FAIR, Item, agree, score_document, spans_of
from benchmarks.gold import read_lines
from benchmarks.gold_speakers import Identities, first_and_last, head, read_readings
from scripts.core.storage import read_parquet
from scripts.core.tables import read_analysed
from scripts.parsing.tokens import segmented_doc
from scripts.review.attributed_words import MISSED, source_attributes
from scripts.review.frames_said import count_frames
from scripts.review.quote_columns import content_columns
from scripts.review.sampling import may_be
from scripts.review.strata import with_signs
from scripts.review.units import read_review_units
from training.quotes import Gold

Span = tuple[int, int]
# An attribution has the machine's words, words in quotation marks, sentences, frames (numbers, once for each sentence),
# speaker and kind of source; `right` has the truth of all these, joined by ":", or "" if it is not an attribution.
# `answered` is the speaker in the filled-in sheet: the true one, unless the machine has another form of the name about
# which the sheet does not ask. A sentence has its words; `missed` has the same fields as `right` for each statement
# that was missed in it.
COLUMNS = ("n", "sheet", "band", "type", "group", "words", "quoted", "sentences", "frames", "machine", "machine_kind",
           "right", "answered", "missed")  # fmt: skip


class Truth(NamedTuple):
    """The true speaker of an attribution, and the spans of its true content."""

    speaker: str
    spans: Sequence[Span]


class Truths(NamedTuple):
    """The truth of all documents: of right attributions by number, the numbers of spurious ones, missed statements."""

    right: dict[int, Truth]
    none: list[int]
    missed: list[tuple[str, Truth]]


def as_read(gold: Gold, text: str) -> Gold:
    """Return a gold document with its positions moved to the run's text, from which some invisible characters are gone.

    >>> gold = {"doc_id": "a", "text": "So\u200b it is", "quotes": [{"start": 4, "end": 6}]}
    >>> as_read(gold, "So it is")["quotes"]
    [{'start': 3, 'end': 5}]
    """
    if text == gold["text"]:
        return gold
    moved = []
    for _, first, last, at, end in SequenceMatcher(None, gold["text"], text, autojunk=False).get_opcodes():
        moved += [min(at + place - first, end) for place in range(first, last)]
    moved.append(len(text))

    def moved_spans(spans: Iterable[Span]) -> list[list[int]]:
        return [[moved[start], moved[end]] for start, end in spans]

    quotes = [
        {
            name: moved_spans(value) if name.endswith("spans") else moved[value] if type(value) is int else value
            for name, value in quote.items()
        }
        for quote in gold["quotes"]
    ]
    return {**gold, "text": text, "quotes": quotes}


def plain(name: str) -> str:
    """Return a name of the machine or the gold in the form for comparison: lower case, of a person first and last name.

    >>> plain("Donald J. Trump"), plain("the Trump campaign") == plain("Trump campaign")
    ('donald trump', True)
    """
    compared = head(name)
    if compared.islower() and not name.islower() and name.istitle():
        compared = first_and_last(name)
    return (compared or name).lower().removeprefix("the ").removeprefix("a ").removeprefix("an ")


def _who(meant: str, machine: str, *, overlaps: bool) -> str:
    """Return the true speaker: the machine's if sources overlap and the gold's is no person's name, else the gold's."""
    if not meant:
        return machine if overlaps else ""
    is_person = " " in meant and not meant.islower()
    return machine if overlaps and not is_person and machine else meant


def truths(gold: Sequence[Gold], machine: pd.DataFrame, texts: Mapping[str, str], identities: Identities) -> Truths:
    """Return the truth of gold documents.

    Attributions that match a gold attitude, which is not speech, are left out, as in the scores.
    """
    truth = Truths({}, [], [])
    of_document = dict(list(machine.groupby("doc_id")))
    for each in gold:
        doc_id = f"{each['doc_id']}.txt"
        read = as_read(each, texts[doc_id])
        predicted = []
        attributions = of_document.get(doc_id, machine.iloc[:0])
        for at, row in zip(attributions.index, attributions.to_dict("records"), strict=True):
            ends = {side: row[f"source_{side}"] for side in ("start", "end")}
            source = {f"speaker_{side}": None if pd.isna(end) else int(end) for side, end in ends.items()}
            spans = [tuple(map(int, span)) for span in row["content_spans"]]
            predicted.append({"at": at, "speaker": row["speaker"], "spans": spans, **source})
        scored = score_document(read["text"], read["quotes"], predicted)
        original = {id(moved): quote for moved, quote in zip(read["quotes"], each["quotes"], strict=True)}

        def meant(item: Item, each: Gold = each, original: Mapping[int, Any] = original) -> str:
            quote = original[id(item.row)]
            start = quote.get("speaker_start")
            return identities.of(
                each["doc_id"], each["text"], start if start is None else (start, quote["speaker_end"])
            )

        for value, gold_item, item in scored.pairs:
            if value >= FAIR:
                name = _who(meant(gold_item), item.row["speaker"], overlaps=agree(gold_item, item))
                truth.right[item.row["at"]] = Truth(name, spans_of(gold_item.row))
        truth.none.extend(item.row["at"] for item in scored.spurious)
        truth.missed.extend((doc_id, Truth(meant(item), spans_of(item.row))) for item in scored.missed)
    return truth


def population(gold: Sequence[Gold], results: Path, identities: Identities) -> pd.DataFrame:
    """Return the units of gold documents, with the columns of `COLUMNS` except n; speakers are numbers."""
    folder = results / "tables"
    units = read_review_units(folder, results / "batches")
    machine = units.by_sheet["attributions"]
    truth = truths(gold, machine, units.texts, identities)
    names = _one_name(machine, [*truth.right.values(), *(each for _, each in truth.missed)])
    numbers = [*truth.right, *truth.none]
    attributions = machine.loc[numbers]
    asked = may_be(machine, read_parquet(folder / "name_links.parquet").to_pandas())
    right = [(machine.at[at, "doc_id"], each) for at, each in truth.right.items()]
    docs: dict[str, Any] = {}
    contents = []
    for doc_id, each in [*right, *truth.missed]:
        docs[doc_id] = docs.get(doc_id) or segmented_doc(doc_id, units.texts[doc_id])
        contents.append(content_columns(docs[doc_id], each.spans))
    true_speakers = [names.get(plain(each.speaker), "") for _, each in [*right, *truth.missed]]
    rows = [*truth.right, *[MISSED] * len(truth.missed)]
    sources = source_attributes(folder, results / "stages" / "source_files.jsonl", machine)[0]
    speakers = machine["speaker"].tolist()
    kinds = sources.values(pd.DataFrame({"row": rows, "speaker": true_speakers}), speakers)
    frames = _frames(folder, [(doc_id, each.spans) for doc_id, each in [*right, *truth.missed]])
    cells = [
        (content["n_words"], content["n_quoted"], *framed, name, kind.replace(" ", "-"))
        for content, framed, name, kind in zip(contents, frames, true_speakers, kinds, strict=True)
    ]
    own = _frames(folder, list(zip(attributions["doc_id"], attributions["content_spans"], strict=True)))
    answered = [
        _answer(machine.at[at, "speaker"], name, asked.at[at])
        for at, name in zip(truth.right, true_speakers, strict=False)
    ]
    of_attributions = attributions[["band", "type", "group"]].assign(
        sheet="attributions", words=attributions["n_words"], quoted=attributions["n_quoted"],
        sentences=[n for n, _ in own], frames=[hits for _, hits in own], machine=attributions["speaker"],
        machine_kind=sources.values(pd.DataFrame({"row": numbers, "speaker": attributions["speaker"]}), speakers),
        right=[[cell] for cell in cells[: len(right)]] + [[]] * len(truth.none),
        answered=answered + [""] * len(truth.none), missed=[[]] * len(numbers),
    )  # fmt: skip
    in_sentence: dict[tuple[str, int], list[tuple[object, ...]]] = {}
    after = slice(len(right), None)
    for (doc_id, _), content, cell in zip(truth.missed, contents[after], cells[after], strict=True):
        in_sentence.setdefault((doc_id, content["sentence"]), []).append(cell)
    places = with_signs(units.by_sheet["sentences"], machine)
    places = places[places["doc_id"].isin({f"{each['doc_id']}.txt" for each in gold})]
    of_sentences = places[["group"]].assign(
        sheet="sentences", band="", type=places["signs"], words=places["n_words"], quoted=0,
        sentences=0, frames="", machine="", machine_kind="", right=[[]] * len(places), answered="",
        missed=[in_sentence.pop(key, []) for key in zip(places["doc_id"], places["sentence"], strict=True)],
    )  # fmt: skip
    if in_sentence:
        raise ValueError(f"{len(in_sentence)} missed statements are in no sentence")
    return _numbered(pd.concat([of_attributions, of_sentences], ignore_index=True))


def _one_name(machine: pd.DataFrame, right: Iterable[Truth]) -> dict[str, str]:
    """Return for each form for comparison the machine's name with most words, or else the gold's name."""
    names = {plain(each.speaker): each.speaker for each in right if each.speaker}
    words = machine[machine["speaker"] != ""].groupby("speaker")["n_words"].sum().sort_values(kind="stable")
    return names | {plain(name): name for name in words.index} | {"": ""}


def _answer(machine: str, truth: str, asked: str) -> str:
    """Return the speaker in the filled-in sheet: the machine's form of the true name if the sheet does not ask."""
    words = set(plain(machine).split())
    is_form = bool(words) and " " in truth and words <= set(plain(truth).split())
    return machine if is_form and truth not in asked.split(" | ") else truth


def _frames(folder: Path, statements: Sequence[tuple[str, Sequence[Span]]]) -> list[tuple[int, str]]:
    """Return the number of sentences of each statement, and the numbers of its frames, once for each sentence."""
    sentences = read_analysed(folder, "sentences", ["doc_id", "end"]).to_pandas()
    framed = count_frames(statements, sentences, read_parquet(folder / "frame_codes.parquet").to_pandas())
    hits = [".".join(str(at) for at in row.nonzero()[0] for _ in range(int(row[at]))) for row in framed.hits]
    return list(zip(framed.sentences.astype(int).tolist(), hits, strict=True))


def _numbered(units: pd.DataFrame) -> pd.DataFrame:
    """Return units with speakers as numbers: 1 has most true words, 0 is unnamed."""
    words: Counter[str] = Counter()
    for cells in [*units["right"], *units["missed"]]:
        for n, _, _, _, name, _ in cells:
            words[name] += n
    words += Counter(dict.fromkeys({*units["machine"], *units["answered"], *words}, 1))
    del words[""]
    ordered = sorted(words.items(), key=lambda item: (-item[1], item[0]))
    number = {"": 0} | {name: at for at, (name, _) in enumerate(ordered, 1)}

    def written(cells: Iterable[tuple[object, ...]]) -> str:
        return " ".join(":".join(map(str, (*cell[:4], number[str(cell[4])], cell[5]))) for cell in cells)

    return units.assign(
        machine=units["machine"].map(number),
        answered=units["answered"].map(number),
        machine_kind=units["machine_kind"].str.replace(" ", "-"),
        right=units["right"].map(written),
        missed=units["missed"].map(written),
    )


def write_population(path: Path, units: pd.DataFrame) -> None:
    """Write units as CSV, with equal ones as one row and their number n."""
    counts = units.groupby(list(COLUMNS[1:])).size().rename("n").reset_index()
    counts[list(COLUMNS)].to_csv(path, index=False, quoting=csv.QUOTE_MINIMAL, lineterminator="\n")


def main() -> None:
    """Write a population from gold data."""
    parser = argparse.ArgumentParser(prog="benchmarks.review_population", description=main.__doc__)
    parser.add_argument("gold", type=Path)
    parser.add_argument("results", type=Path)
    parser.add_argument("population", type=Path)
    parser.add_argument("--readings", type=Path, nargs="*", default=[], help="what pronouns stand for")
    options = parser.parse_args()
    gold = read_lines(options.gold)
    identities = Identities(
        gold, {place: name for path in options.readings for place, name in read_readings(path).items()}
    )
    write_population(options.population, population(gold, options.results, identities))


if __name__ == "__main__":
    main()
