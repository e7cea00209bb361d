"""Metadata of a document: keys and values made uniform, and merged from the sheet, the file and the file's name.

The sheet seeds/metadata.csv wins over the file itself, and the file over its name. Values are text as written; only
dates are brought into ISO 8601.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, NamedTuple

from scripts.core.expressions import bounded
from scripts.documents.dates import FIRST_YEAR, LAST_YEAR, iso_date
from scripts.documents.normalise import normalise
from scripts.documents.problems import Problem

Metadata = dict[str, str]

_OUTLETS = (
    "publisher", "publication", "publication_name", "newspaper", "media_name", "sitename", "site_name",
)  # fmt: skip
_ALIASES = {
    "headline": "title",
    **dict.fromkeys(("published", "publish_date", "publication_date", "pubdate", "date_published"), "date"),
    **dict.fromkeys(_OUTLETS, "outlet"),
    **dict.fromkeys(("authors", "byline"), "author"),
    "lang": "language",
}
_LONGEST_KEY, _LONGEST_VALUE = 100, 10_000  # characters
_MOST_VALUES = 200  # of a document
_LONGEST_NAME = 4_096  # of a path on Linux
_SECONDS_FOR_NAMES = 10.0  # CPU time, of a batch: its seeds take about as much to read


class Merged(NamedTuple):
    """Metadata from all sources, and the problems to write about them."""

    values: Metadata
    problems: list[Problem]


def _leaves(value: object) -> Iterator[str]:
    """Yield the texts within a value of JSON or YAML, each with the keys that lead to it, without recursion."""
    waiting = [("", value)]
    while waiting:
        prefix, value = waiting.pop()
        if isinstance(value, dict) and value:
            keyed = [(f"{key}: ", inner) for key, inner in value.items()]
        elif isinstance(value, list) and value:
            keyed = [("", inner) for inner in value]
        else:
            empty = value is None or isinstance(value, dict | list)
            yield prefix + ("" if empty else str(value))
            continue
        keyed[0] = ((prefix + keyed[0][0])[:_LONGEST_VALUE], keyed[0][1])
        waiting += reversed(keyed)


def flatten(value: object, *, longest: int = _LONGEST_VALUE) -> str:
    """Return a value of JSON or YAML as text of at most `longest` characters.

    >>> flatten({"a": ["x", "y"], "b": {"c": None}})
    'a: x; y; b: c: '
    """
    pieces, length = [], 0
    for leaf in _leaves(value):
        pieces.append(leaf)
        length += len(leaf) + 2
        if length > longest + 2:
            break
    return "; ".join(pieces)[:longest]


def clean(values: Mapping[Any, object]) -> Metadata:
    """Return metadata with keys as lower-case words under their common name and values as text on one line.

    Values that are empty are left out, as is everything beyond 200 values.

    >>> clean({"Head-Line": "no alias", "Headline": "A  title", "x": None})
    {'head_line': 'no alias', 'title': 'A title'}
    """
    cleaned: Metadata = {}
    for key, value in islice(values.items(), _MOST_VALUES):
        name = re.sub(r"\W+", "_", normalise(str(key)[:_LONGEST_KEY]).text.lower()).strip("_")
        name = _ALIASES.get(name, name)
        text = " ".join(normalise(flatten(value)).text.split())
        if name and text and text != "~":
            cleaned.setdefault(name, text)
    return cleaned


def name_reader(pattern: str) -> Callable[[str], Metadata]:
    """Return a function that gives the named groups of a regular expression which is searched in the path of a seed.

    The function raises RunawayError for a path on which the expression does not come to an end, and GivenUpError for
    all others once it took ten seconds too long.
    """
    if not pattern:
        return lambda _: {}
    search = bounded(
        pattern, where="input.name_pattern", longest=_LONGEST_NAME, search=True, seconds=_SECONDS_FOR_NAMES
    )

    def read(doc_id: str) -> Metadata:
        match = search(doc_id)
        return clean(match.groupdict()) if match else {}

    return read


def merge(sources: Sequence[tuple[str, Metadata]]) -> Merged:
    """Return the metadata of several sources, (name for messages, values) each; the first that has a key wins.

    A key on which two sources differ is a note; a date that cannot be read is a warning and is kept as `date_as_given`.
    """
    values: Metadata = {}
    origin: dict[str, str] = {}
    problems: list[Problem] = []
    for source, metadata in sources:
        for key, value in metadata.items():
            if key == "date" and not iso_date(value):
                message = (
                    f"The date {value[:80]!r} ({source}) cannot be read for certain: write it as YYYY-MM-DD, with a "
                    f"year from {FIRST_YEAR} to {LAST_YEAR}. It is kept as date_as_given."
                )
                problems.append(Problem("warning", "date", message))
                values.setdefault("date_as_given", value)
                continue
            value = iso_date(value) if key == "date" else value
            if key not in values:
                values[key], origin[key] = value, source
            elif values[key] != value:
                message = (
                    f"{key}: {values[key][:80]!r} ({origin[key]}) stands, {value[:80]!r} ({source}) does not. If that "
                    "is right, there is nothing to do; else write the right one into metadata.csv."
                )
                problems.append(Problem("note", "metadata", message))
    return Merged(values, problems)
