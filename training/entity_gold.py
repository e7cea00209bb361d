"""Gold labels of names: spans of characters with the kinds of `scripts.entities.kinds`."""

import re
from collections.abc import Iterable
from pathlib import Path

from benchmarks.gold import read_lines

Gold = dict[tuple[int, int], str]
_KINDS = {"Person": "PER", "Location": "LOC", "Facility": "LOC", "Organization": "ORG", "NORP": "NORP", "Misc": "MISC"}
# Number of folds of outlets: a network that is measured on one fold learns from the others.
N_FOLDS = 5
_LEAD = re.compile(r"(?:the\s+|[\"'“”‘’`\s])+", re.IGNORECASE)
_TAIL = re.compile(r"(?:['’]s|[\"'“”‘’`\s])+\Z")


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Return a span without leading article, quotation marks and trailing possessive, on which guidelines differ.

    >>> trimmed("for the UN's aid", 4, 12)
    (8, 10)
    """
    lead = _LEAD.match(text, start, end)
    if lead and lead.end() < end:
        start = lead.end()
    tail = _TAIL.search(text[start:end])
    return (start, start + tail.start()) if tail and tail.start() else (start, end)


def divided(text: str, gold: Gold) -> Gold:
    """Return gold labels in which "Doha, Qatar" is two places, as in most articles and for the recogniser.

    >>> divided("in Doha, Qatar", {(3, 14): "LOC"})
    {(3, 7): 'LOC', (9, 14): 'LOC'}
    """
    parts: Gold = {}
    for (start, end), label in gold.items():
        for part in text[start:end].split(", ") if label == "LOC" else (text[start:end],):
            parts[start, start + len(part)] = label
            start += len(part) + 2
    return parts


def read_newswire(folder: Path, name: str) -> tuple[list[tuple[str, str]], dict[str, Gold]]:
    """Return texts and gold labels of a set of Worldwide English newswire: NAME.docs.jsonl and NAME.gold.jsonl."""
    return read_gold(folder / f"{name}.docs.jsonl", folder / f"{name}.gold.jsonl")


def read_gold(texts_path: Path, gold_path: Path) -> tuple[list[tuple[str, str]], dict[str, Gold]]:
    """Return the texts (doc_id, text) that have gold labels, and the labels by doc_id.

    The lines of the first file are {doc_id, text}, those of the second {doc_id, entities: [{start, end, label}]}.
    """
    texts = {row["doc_id"]: row["text"] for row in read_lines(texts_path)}
    gold = {}
    for row in read_lines(gold_path):
        gold[row["doc_id"]] = {
            trimmed(texts[row["doc_id"]], entity["start"], entity["end"]): _KINDS[entity["label"]]
            for entity in row["entities"]
            if entity["label"] in _KINDS
        }
    return [(doc_id, text) for doc_id, text in texts.items() if doc_id in gold], gold


def outlet(doc_id: str) -> str:
    """Return the outlet of an article of the newswire set: its name without the number."""
    return doc_id.rsplit("_", 1)[0]


def folds_of_outlets(doc_ids: Iterable[str]) -> dict[str, int]:
    """Return the fold of each outlet, from 0; a network trained without a fold treats its texts as new ones."""
    return {name: n % N_FOLDS for n, name in enumerate(sorted(set(map(outlet, doc_ids))))}
