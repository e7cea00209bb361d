"""JSON read strictly, with the keys that stand twice; and what can be read of a text that is not one value of JSON."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any, NamedTuple

TWICE = "Keys that stand twice in an object: {}. The last value of each was taken. Delete the others, if that is wrong."
_MOST_CONTAINERS = 5_000_000  # lists and objects: each takes up to 200 bytes of memory
_BETWEEN = re.compile(r"[\s,]*")


def too_large(data: bytes) -> str:
    """Return a message about JSON that would take far more memory than it has bytes, nearly all brackets; else ""."""
    if data.count(b"{") + data.count(b"[") <= _MOST_CONTAINERS:
        return ""
    return f"It has more than {_MOST_CONTAINERS:,} lists and objects, the limit of a file. Split it."


class Value(NamedTuple):
    """One of several values in a text: the value and its keys that stand twice."""

    value: Any
    repeated: list[str]


class Broken(NamedTuple):
    """The place where a text is no JSON any more: line and column, and the reason."""

    line: int
    column: int
    reason: str


def _decoder(repeated: dict[str, None]) -> json.JSONDecoder:
    """Return a decoder that puts the keys that stand twice in an object into `repeated`."""

    def build(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        values = dict(pairs)
        if len(values) < len(pairs):
            counts = Counter(name for name, _ in pairs)
            repeated.update((name, None) for name, count in counts.items() if count > 1)
        return values

    return json.JSONDecoder(object_pairs_hook=build)


def parse_json(text: str) -> tuple[Any, list[str]]:
    """Return a value of JSON, and the keys that stand twice in an object within it.

    Raises ValueError or RecursionError for a text that is no JSON, or nests deeper than Python's parser goes.
    """
    repeated: dict[str, None] = {}
    return _decoder(repeated).decode(text), list(repeated)


def parse_pieces(text: str) -> Iterator[Value | Broken]:
    """Yield the values of a list that breaks off, or values one after the other, up to what is no JSON."""
    at = len(text) - len(text.lstrip())
    within = text.startswith("[", at)
    at += within
    while (at := _BETWEEN.match(text, at).end()) < len(text):  # type: ignore[union-attr]
        if within and text[at] == "]":
            at, within = at + 1, False
            continue
        repeated: dict[str, None] = {}
        try:
            value, at = _decoder(repeated).raw_decode(text, at)
        except (ValueError, RecursionError) as error:
            at = getattr(error, "pos", at)
            yield Broken(text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at), str(error)[:200])
            return
        yield Value(value, list(repeated))
    if within:
        yield Broken(text.count("\n") + 1, len(text) - text.rfind("\n"), "the list is not closed")
