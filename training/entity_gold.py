"""Gold labels of names: spans of characters with the kinds of `scripts.entities.kinds`."""

import json
import re
from collections.abc import Iterable
from pathlib import Path

Gold = dict[tuple[int, int], str]
_KINDS = {"Person": "PER", "Location": "LOC", "Facility": "LOC", "Organization": "ORG", "NORP": "NORP", "Misc": "MISC"}
# Outlets of which one is left out.
_FOLDS = 5
_LEAD = re.compile(r"(?:the\s+|[\"'“”‘’`\s])+", re.IGNORECASE)
_TAIL = re.compile(r"(?:['’]s|[\"'“”‘’`\s])+\Z")


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Return a span without a leading article, quotation marks and a trailing possessive, on which guidelines differ.

    >>> trimmed("for the UN's aid", 4, 12)
    (8, 10)
    """
    lead = _LEAD.match(text, start, end)
    if lead and lead.end() < end:
        start = lead.end()
    tail = _TAIL.search(text[start:end])
    return (start, start + tail.start()) if tail and tail.start() else (start, end)


def divided(text: str, gold: Gold) -> Gold:
    """Return gold labels in which "Doha, Qatar" is two places, as it is in most articles and for the recogniser.

    >>> divided("in Doha, Qatar", {(3, 14): "LOC"})
    {(3, 7): 'LOC', (9, 14): 'LOC'}
    """
    parts: Gold = {}
    for (start, end), label in gold.items():
        for part in text[start:end].split(", ") if label == "LOC" else (text[start:end],):
            parts[start, start + len(part)] = label
            start += len(part) + 2
    return parts


def read_gold(folder: Path, name: str) -> tuple[list[tuple[str, str]], dict[str, Gold]]:
    """Return the texts, (doc_id, text) each, and the gold labels by doc_id.

    `folder` holds NAME.docs.jsonl, {doc_id, text} a line, and NAME.gold.jsonl, {doc_id, entities: [{start, end,
    label}]} a line.
    """
    lines = (folder / f"{name}.docs.jsonl").read_text(encoding="utf-8").splitlines()
    texts = {row["doc_id"]: row["text"] for row in map(json.loads, lines)}
    gold = {}
    for row in map(json.loads, (folder / f"{name}.gold.jsonl").read_text(encoding="utf-8").splitlines()):
        gold[row["doc_id"]] = {
            trimmed(texts[row["doc_id"]], entity["start"], entity["end"]): _KINDS[entity["label"]]
            for entity in row["entities"]
            if entity["label"] in _KINDS
        }
    return list(texts.items()), gold


def outlet(doc_id: str) -> str:
    """Return the outlet of an article of the newswire set: its name without the number."""
    return doc_id.rsplit("_", 1)[0]


def outlets_left_out(doc_ids: Iterable[str]) -> set[str]:
    """Return every fifth outlet, from whose articles nothing that is measured on them is learned."""
    return set(sorted(set(map(outlet, doc_ids)))[::_FOLDS])
