"""Write a corpus that is known whole, as numbers, from gold data: what the machine attributes, and what is right.

    python -m benchmarks.review_population GOLD.jsonl RESULTS POPULATION.csv [--half 0 --seed 7]

RESULTS is the folder of a run over the texts of GOLD, each a seed DOC_ID.txt. A row is an attribution of the machine,
or a sentence; like rows are one, with their number n. There are no texts in it: speakers are numbers by their words, 0
is nobody that is named, -1 no attribution. `COLUMNS` says the rest. A kind of source is what the run knows of the
speaker, a frame what the run sees in the words: neither is asked of a reviewer.
"""

import argparse
import csv
import random
from collections import Counter
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

import pandas as pd

from benchmarks.evaluation.scoring import FAIR, Item, agree, score_document, spans_of
from scripts.core.storage import read_parquet
from scripts.core.tables import read_analysed
from scripts.parsing.tokens import segmented_doc
from scripts.review.attributed_words import MISSED, source_attributes
from scripts.review.frames_said import count_frames
from scripts.review.quote_columns import content_columns
from scripts.review.units import read_units
from training.quotes import Gold, read_gold

Span = tuple[int, int]
# A statement has words, words in quotation marks, sentences, frames (numbers, once for each sentence); its speaker and
# kind of source by the machine and in truth. `missed` has words:quoted:sentences:frames:speaker:kind of each statement.
COLUMNS = ("n", "sheet", "band", "type", "group", "words", "quoted", "sentences", "frames", "machine", "machine_kind",
           "truth", "truth_kind", "missed")  # fmt: skip
_PRONOUNS = frozenset(["he", "she", "they", "it", "who", "we", "i"])


def _source(item: Item) -> Span | None:
    spans = spans_of(item.row, "speaker")
    return spans[0] if spans else None


class _Names:
    """The names of a corpus by their place."""

    def __init__(self, folder: Path) -> None:
        mentions = read_parquet(folder / "entity_mentions.parquet", ["doc_id", "mention", "name"]).to_pandas()
        places = read_analysed(folder, "entities").to_pandas()[["doc_id", "mention", "start", "end"]]
        self._of: dict[str, list[tuple[int, int, str]]] = {}
        for row in mentions.merge(places, on=["doc_id", "mention"]).itertuples():
            self._of.setdefault(str(row.doc_id), []).append((int(row.start), int(row.end), str(row.name)))

    def at(self, doc_id: str, span: Span | None, text: str) -> str:
        """Return the name of the mention that overlaps a span, else its words, "" for a pronoun or no span."""
        if span is None:
            return ""
        for start, end, name in self._of.get(doc_id, []):
            if start < span[1] and span[0] < end:
                return name
        words = text[slice(*span)]
        return "" if words.lower() in _PRONOUNS else words


def as_read(gold: Gold, text: str) -> Gold:
    """Return a gold document with the text as the run has it, in which some characters without a sign are gone.

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


def _judged(
    gold: Gold, attributions: pd.DataFrame, names: _Names
) -> tuple[list[dict[str, Any]], list[tuple[list[Span], str]]]:
    """Return the machine's attributions in a document, each with the right speaker (None: it is none), and missed ones.

    Attributions that a gold attitude explains, which is no speech, are left out, as in the scores.
    """
    doc_id, text = f"{gold['doc_id']}.txt", gold["text"]
    predicted = []
    for at, row in zip(attributions.index, attributions.to_dict("records"), strict=True):
        ends = {side: row[f"source_{side}"] for side in ("start", "end")}
        source = {f"speaker_{side}": None if pd.isna(end) else int(end) for side, end in ends.items()}
        spans = [tuple(map(int, span)) for span in row["content_spans"]]
        predicted.append({"at": at, "speaker": row["speaker"], "spans": spans, **source})
    scored = score_document(text, gold["quotes"], predicted)
    right = {id(item.row): (gold_item, item) for value, gold_item, item in scored.pairs if value >= FAIR}
    counted = {id(item.row) for _, _, item in scored.pairs} | {id(item.row) for item in scored.spurious}
    rows = []
    for each in predicted:
        if id(each) in counted:
            truth = None
            if id(each) in right:
                gold_item, item = right[id(each)]
                truth = each["speaker"] if agree(gold_item, item) else names.at(doc_id, _source(gold_item), text)
            rows.append({"at": each["at"], "truth": truth})
    missed = [(spans_of(item.row), names.at(doc_id, _source(item), text)) for item in scored.missed]
    return rows, missed


def population(gold: Sequence[Gold], results: Path) -> pd.DataFrame:
    """Return the units of gold documents, with the columns of COLUMNS but n; speakers are names."""
    folder = results / "tables"
    units = read_units(folder, results / "batches")
    sources = source_attributes(folder, results / "stages" / "source_files.jsonl", units.by_sheet["attributions"])[0]
    names, rows, unseen = _Names(folder), [], []
    machine = units.by_sheet["attributions"]
    of_document = dict(list(machine.groupby("doc_id")))
    for each in gold:
        doc_id = f"{each['doc_id']}.txt"
        each = as_read(each, units.texts[doc_id])
        judged, missed = _judged(each, of_document.get(doc_id, machine.iloc[:0]), names)
        rows += judged
        if missed:
            doc = segmented_doc(doc_id, each["text"])
            unseen += [(doc_id, spans, name, content_columns(doc, spans)) for spans, name in missed]
    judged_rows = pd.DataFrame(rows)
    attributions = machine.loc[judged_rows["at"]].assign(truth=judged_rows["truth"].to_numpy(object))
    numbers = judged_rows["at"].to_numpy()
    speakers = machine["speaker"].tolist()

    def kinds(row_numbers: Iterable[int], names: Iterable[str]) -> list[str]:
        return sources.values(pd.DataFrame({"row": row_numbers, "speaker": names}), speakers)

    sentences = read_analysed(folder, "sentences", ["doc_id", "end"]).to_pandas()
    codes = read_parquet(folder / "frame_codes.parquet").to_pandas()
    statements = [*zip(attributions["doc_id"], attributions["content_spans"], strict=True)]
    statements += [(doc_id, spans) for doc_id, spans, _, _ in unseen]
    framed = count_frames(statements, sentences, codes)
    frames = [".".join(str(at) for at in row.nonzero()[0] for _ in range(int(row[at]))) for row in framed.hits]
    of_attributions = attributions[["band", "type", "group", "truth"]].assign(
        sheet="attributions", words=attributions["n_words"], quoted=attributions["n_quoted"],
        sentences=framed.sentences[: len(attributions)].astype(int), frames=frames[: len(attributions)],
        machine=attributions["speaker"], machine_kind=kinds(numbers, attributions["speaker"]),
        truth_kind=kinds(numbers, attributions["truth"].fillna("")), missed="",
    )  # fmt: skip
    in_sentence: dict[tuple[str, int], list[tuple[object, ...]]] = {}
    missed_kinds = kinds([MISSED] * len(unseen), [name for _, _, name, _ in unseen])
    after = zip(framed.sentences[len(attributions) :], frames[len(attributions) :], strict=True)
    for (doc_id, _, name, content), kind, (n, of_frames) in zip(unseen, missed_kinds, after, strict=True):
        cell = (content["n_words"], content["n_quoted"], int(n), of_frames, name, kind)
        in_sentence.setdefault((doc_id, content["sentence"]), []).append(cell)
    places = units.by_sheet["sentences"]
    places = places[places["doc_id"].isin({f"{each['doc_id']}.txt" for each in gold})]
    of_sentences = places[["group"]].assign(
        sheet="sentences", band="", type=places["signs"], words=0, quoted=0, sentences=0, frames="",
        machine="", machine_kind="", truth="", truth_kind="",
        missed=[in_sentence.pop(key, []) for key in zip(places["doc_id"], places["sentence"], strict=True)],
    )  # fmt: skip
    if in_sentence:
        raise ValueError(f"{len(in_sentence)} missed statements are in no sentence")
    return _numbered(pd.concat([of_attributions, of_sentences], ignore_index=True))


def _numbered(units: pd.DataFrame) -> pd.DataFrame:
    """Return units with speakers as numbers: 1 has most true words, 0 is nobody, -1 no attribution."""
    words: Counter[str] = Counter()
    for truth, n in zip(units["truth"], units["words"], strict=True):
        words["" if truth is None or pd.isna(truth) else truth] += n
    for cells in units["missed"]:
        for n, _, _, _, name, _ in cells:
            words[name] += n
    words += Counter(dict.fromkeys({*units["machine"], *words}, 1))
    del words[""]
    ordered = sorted(words.items(), key=lambda item: (-item[1], item[0]))
    number = {"": 0} | {name: at for at, (name, _) in enumerate(ordered, 1)}
    missed = [
        " ".join(":".join(map(str, (*cell[:4], number[cell[4]], cell[5].replace(" ", "-")))) for cell in cells)
        for cells in units["missed"]
    ]
    return units.assign(
        machine=[number[name] for name in units["machine"]],
        truth=[-1 if name is None or pd.isna(name) else number[name] for name in units["truth"]],
        machine_kind=units["machine_kind"].str.replace(" ", "-"),
        truth_kind=units["truth_kind"].str.replace(" ", "-"),
        missed=missed,
    )


def write_population(path: Path, units: pd.DataFrame) -> None:
    """Write units as CSV, like ones as one row with their number."""
    counts = units.groupby(list(COLUMNS[1:])).size().rename("n").reset_index()
    counts[list(COLUMNS)].to_csv(path, index=False, quoting=csv.QUOTE_MINIMAL, lineterminator="\n")


def half(gold: Sequence[Gold], part: int, *, seed: int) -> list[Gold]:
    """Return one of two random halves of gold documents, in their order."""
    chosen = set(random.Random(seed).sample(range(len(gold)), len(gold) // 2))
    return [row for at, row in enumerate(gold) if (at in chosen) == (part == 0)]


def main() -> None:
    """Write a population from gold data."""
    parser = argparse.ArgumentParser(prog="benchmarks.review_population", description=main.__doc__)
    parser.add_argument("gold", type=Path)
    parser.add_argument("results", type=Path)
    parser.add_argument("population", type=Path)
    parser.add_argument("--half", type=int, choices=(0, 1), help="one of two random halves of the documents")
    parser.add_argument("--seed", type=int, default=1, help="another number, other halves")
    options = parser.parse_args()
    gold = read_gold(options.gold)
    gold = gold if options.half is None else half(gold, options.half, seed=options.seed)
    write_population(options.population, population(gold, options.results))


if __name__ == "__main__":
    main()
