"""Read JSON strictly, noting repeated keys, and read as much as possible of a text that is not one JSON value."""

import json
import re
from collections import Counter
from collections.abc import Sequence
from typing import Any

from scripts.core.cells import some

_MOST_CONTAINERS = 5_000_000  # lists and objects: each takes up to 200 bytes of memory
_BETWEEN = re.compile(r"[\s,]*")


def repeated_keys(keys: Sequence[str]) -> str:
    """Return the message about keys that an object repeats."""
    text = f"Keys that appear twice in an object: {some(keys)}. The last value of each was taken."
    return f"{text} Delete the others, if that is wrong."


def too_many_containers(data: bytes) -> str:
    """Return a message about JSON with so many brackets that it would take far more memory than its size; else ""."""
    if data.count(b"{") + data.count(b"[") <= _MOST_CONTAINERS:
        return ""
    return f"It has more than {_MOST_CONTAINERS:,} lists and objects, the limit for a file. Split it."


def _decoder(repeated: dict[str, None]) -> json.JSONDecoder:
    """Return a decoder that adds the keys that an object repeats to `repeated`."""

    def build(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        values = dict(pairs)
        if len(values) < len(pairs):
            counts = Counter(name for name, _ in pairs)
            repeated.update((name, None) for name, count in counts.items() if count > 1)
        return values

    return json.JSONDecoder(object_pairs_hook=build)


def parse_json(text: str) -> tuple[Any, list[str]]:
    """Return the value of a JSON text, and the keys that an object in it repeats.

    Raises ValueError if the text is not JSON, and RecursionError if it nests deeper than Python's parser can go.
    """
    repeated: dict[str, None] = {}
    return _decoder(repeated).decode(text), list(repeated)


def parse_pieces(text: str) -> tuple[list[Any], list[str], str]:
    """Return the values of a list that breaks off, or of several values in a row, their repeated keys, and the fault.

    The fault says from which place on the text is not JSON, and why; it is "" if the text is JSON to its end.
    """
    values: list[Any] = []
    repeated: dict[str, None] = {}
    at = len(text) - len(text.lstrip())
    within = text.startswith("[", at)
    at += within
    while (at := _BETWEEN.match(text, at).end()) < len(text):  # type: ignore[union-attr]
        if within and text[at] == "]":
            at, within = at + 1, False
            continue
        own: dict[str, None] = {}
        try:
            value, at = _decoder(own).raw_decode(text, at)
        except (ValueError, RecursionError) as error:
            return values, list(repeated), _place(text, getattr(error, "pos", at), str(error)[:200])
        values.append(value)
        repeated |= own
    return values, list(repeated), _place(text, len(text), "the list is not closed") if within else ""


def _place(text: str, at: int, reason: str) -> str:
    line, column = text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)
    return f"line {line}, column {column}, the file is not valid JSON ({reason})"
