"""Altered quotations planted in real passages: which kind each one is assigned, and which version carries the flag.

    python -m benchmarks.planted_quotes                     sentences of the inaugural addresses
    python -m benchmarks.planted_quotes --texts FILE        quotations from JSON Lines (.gz), each with a "text"

One or three documents quote each passage unchanged, and another quotes it with one change, of nine kinds in rotation.
The scene determines, by dates and numbers of documents, which version came first or is more common:

    earliest     one document quotes it unchanged, and a later one with the change
    commonest    three documents quote it unchanged, after the one with the change
    crowded      several changes are planted in each passage, without dates; one document quotes it unchanged
    undated      one document quotes it unchanged, one with the change, and nothing shows which was first
"""

import argparse
import gzip
import json
import random
import re
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks.articles import address_sentences
from scripts.core.plain_words import plain_words
from scripts.maths.intervals import wilson
from scripts.reuse.quote_families import family_tables
from scripts.reuse.variants import negations, stated_numbers

SCENES = ("earliest", "commonest", "crowded", "undated")
# Each change and the kinds that are right for it. Removing a negation leaves a word out inside; changed punctuation and
# capitals leave the words the same, so that the planted passage may become the reference.
KINDS = {
    "cut": ("cut",), "joined": ("joined",), "ellipsis": ("joined",), "word": ("altered",), "added": ("altered",),
    "negation": ("altered", "joined"), "number": ("altered",), "longer": ("longer",), "marks": ("exact", "reference"),
}  # fmt: skip
_FLAGS = ("negation", "number")
_TRUE, _PLANT = "true", "plant"
_MODALS = ("will", "is", "are", "was", "were", "can", "should", "must", "would", "could", "has", "have", "do", "may")
_SENTENCE = re.compile(r"[A-Z][^.!?\"“”]*[.!?]")
_QUOTED = re.compile(r"[\"“]([A-Z][^\"“”]*[,.!?])[\"”]")
_SHORTEST, _LONGEST = 14, 45


class Plant(NamedTuple):
    """A passage, its changed version, and the kind of change."""

    text: str
    changed: str
    change: str


class PlantFound(NamedTuple):
    """The kind and flags of a plant in table quote_reuse, and the flags of the unchanged passage (`of_true`).

    `is_joined`: the two are in one family; `reason`: why the family's reference form was chosen.
    """

    change: str
    is_joined: bool
    kind: str
    flags: frozenset[str]
    of_true: frozenset[str]
    reason: str


def passages_of(texts: Iterator[str], pattern: re.Pattern[str]) -> Iterator[str]:
    """Yield passages of medium length that match a pattern in texts; no two share four words in a row."""
    runs_so_far: set[tuple[str, ...]] = set()
    for text in texts:
        for match in pattern.finditer(text):
            passage = " ".join(match[match.lastindex or 0].split())
            words = plain_words(passage)
            runs = {tuple(words[at : at + 4]) for at in range(len(words) - 3)}
            if (
                _SHORTEST <= len(words) <= _LONGEST
                and all(len(plain_words(word)) == 1 for word in passage.split())
                and not runs & runs_so_far
            ):
                runs_so_far |= runs
                yield passage


def changed(passage: str, change: str, draw: random.Random) -> str | None:
    """Return a passage with a change, or None if the change cannot be made."""
    words = passage.split()
    plain = [plain_words(word)[0] for word in words]
    inner = range(3, len(words) - 3)
    if change == "cut":
        n = draw.randrange(3, len(words) // 3 + 1)
        return " ".join(draw.choice((words[n:], words[:-n])))
    if change in ("joined", "ellipsis"):
        n = draw.randrange(2, 5)
        at = draw.randrange(4, len(words) - n - 4)
        if negations(plain[at : at + n]) or stated_numbers(plain[at : at + n]):
            return None
        return " ".join([*words[:at], *(["..."] if change == "ellipsis" else []), *words[at + n :]])
    if change == "longer":
        return f"{passage} And I have said so to everybody who came by"
    if change == "marks":
        return passage.replace(",", " --").upper()
    if change == "negation":
        places = [at for at in inner if plain[at] in ("not", "never")]
        if places:
            return " ".join(word for at, word in enumerate(words) if at != places[0])
        places = [at for at in inner if plain[at] in _MODALS]
        return " ".join([*words[: places[0] + 1], "not", *words[places[0] + 1 :]]) if places else None
    places = [at for at in inner if bool(stated_numbers([plain[at]])) == (change == "number") and len(plain[at]) > 2]
    if not places:
        return None
    at = draw.choice(places)
    if change == "added":
        return " ".join([*words[:at], "truly", *words[at:]])
    new = "eleven" if change == "number" else "shipwreck"
    return " ".join([*words[:at], new if plain[at] != new else "seven", *words[at + 1 :]])


def plants(passages: Sequence[str], *, each: int, seed: int = 1) -> Iterator[Plant]:
    """Yield plants, `each` for every passage, rotating the kinds of change."""
    draw = random.Random(seed)
    turns = dict.fromkeys(KINDS, 0)
    for passage in passages:
        made = 0
        # The kind of change planted least often is tried first.
        for change in sorted(KINDS, key=turns.__getitem__):
            text = changed(passage, change, draw) if made < each else None
            if text:
                made += 1
                turns[change] += 1
                yield Plant(passage, text, change)


def _document(doc_id: str, text: str) -> dict[str, Any]:
    content = f"“{text}”"
    return {"doc_id": doc_id, "quote": 0, "sentence": 0, "content_spans": [[0, len(content)]], "content": content,
            "speaker": "", "speaker_type": ""}  # fmt: skip


def found_plants(chosen: Sequence[Plant], scene: str) -> list[PlantFound]:
    """Return the kind and flags of each plant in the families of a scene."""
    rows: list[dict[str, Any]] = []
    dates: dict[str, str] = {}
    first: dict[str, str] = {}
    for at, plant in enumerate(chosen):
        copies = 3 if scene == "commonest" else 1
        for copy in range(copies) if plant.text not in first else ():
            doc_id = f"{_TRUE}{at:04}-{copy}"
            first.setdefault(plant.text, doc_id)
            dates[doc_id] = {"earliest": "2025-01-01", "commonest": "2025-01-03"}.get(scene, "")
            rows.append(_document(doc_id, plant.text))
        rows.append(_document(f"{_PLANT}{at:04}", plant.changed))
        dates[f"{_PLANT}{at:04}"] = {"earliest": "2025-01-02", "commonest": "2025-01-02"}.get(scene, "")

    def read(numbers: Sequence[int] | None) -> list[dict[str, Any]]:
        return rows if numbers is None else [rows[number] for number in numbers]

    documents = {doc_id: {"outlet": doc_id, "date": date} for doc_id, date in dates.items()}
    families, reuse = (table.to_pylist() for table in family_tables(read, lambda _: documents, {}))
    reasons = {row["family"]: row["reference"] for row in families}
    members = {row["doc_id"]: row for row in reuse}
    results = []
    for at, plant in enumerate(chosen):
        planted, true = members.get(f"{_PLANT}{at:04}"), members.get(first[plant.text])
        if not planted or not true or planted["family"] != true["family"]:
            results.append(PlantFound(plant.change, False, "", frozenset(), frozenset(), ""))
            continue
        flags, of_true = (frozenset(flag for flag in _FLAGS if row[flag]) for row in (planted, true))
        results.append(PlantFound(plant.change, True, planted["kind"], flags, of_true, reasons[planted["family"]]))
    return results


def is_right(each: PlantFound) -> bool:
    """Return whether a joined plant has a kind that is right for its change."""
    return each.kind in KINDS[each.change]


def _texts(path: Path | None) -> Iterator[str]:
    if path is None:
        yield from address_sentences()
        return
    with gzip.open(path, "rt", encoding="utf-8") as file:
        yield from (json.loads(line)["text"] for line in file)


def real_passages(n: int, path: Path | None = None) -> list[str]:
    """Return `n` passages: sentences of the inaugural addresses, or quotations from a file of texts."""
    return [*islice(passages_of(_texts(path), _QUOTED if path else _SENTENCE), n)]


def chosen_for(scene: str, passages: Sequence[str]) -> list[Plant]:
    """Return the plants of a scene."""
    return [*plants(passages, each=4 if scene == "crowded" else 1)]


def main() -> None:
    """Print for each scene and change the kinds, and which version carries the flags."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--texts", type=Path, help="JSON Lines, gzipped; without it the inaugural addresses")
    parser.add_argument("--passages", type=int, default=200)
    options = parser.parse_args()
    passages = real_passages(options.passages, options.texts)
    print(f"{len(passages)} passages")
    for scene in SCENES:
        results = found_plants(chosen_for(scene, passages), scene)
        joined = [each for each in results if each.is_joined]
        right = sum(map(is_right, joined))
        lo, hi = wilson(right, len(joined))
        print(f"\n{scene}: {len(joined)} of {len(results)} joined, {right} of the right kind, "
              f"{right / len(joined):.3f} ({lo:.3f} to {hi:.3f})")  # fmt: skip
        for change in KINDS:
            mine = [each for each in joined if each.change == change]
            kinds = sorted({each.kind for each in mine})
            shown = ", ".join(f"{kind} {sum(each.kind == kind for each in mine)}" for kind in kinds)
            print(f"  {change:9} {sum(map(is_right, mine)):3} of {len(mine):3} right ({shown})")
        for flag in _FLAGS:
            mine = [each for each in joined if each.change == flag]
            on, true = sum(flag in each.flags for each in mine), sum(flag in each.of_true for each in mine)
            alone = sum(flag in each.of_true and flag not in each.flags for each in mine)
            print(
                f"  flag {flag}: {on} of {len(mine)} on the plant, {true} on the passage as it is, {alone} on it alone"
            )


if __name__ == "__main__":
    main()
