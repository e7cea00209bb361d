"""What is known about a text beside the text: front matter, columns, the file's name, the user's sheet; and which wins.

The sheet seeds/metadata.csv wins over what the file itself says, and that over its name. Values are text as written;
only dates are brought into ISO 8601.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from email.utils import parsedate_to_datetime
from itertools import islice
from typing import Any, NamedTuple

import yaml

from scripts.core.expressions import bounded
from scripts.documents.normalise import normalise
from scripts.documents.problems import Problem

Metadata = dict[str, str]

_ALIASES = {
    "headline": "title",
    **dict.fromkeys(("published", "publish_date", "publication_date", "pubdate", "date_published"), "date"),
    **dict.fromkeys(("publisher", "publication", "newspaper", "sitename", "site_name"), "outlet"),
    **dict.fromkeys(("authors", "byline"), "author"),
    "lang": "language",
}
_LONGEST, _MOST = 10_000, 200  # characters of a value, values of a document
_BLOCK_LONGEST = 65_536
_LONGEST_NAME = 4_096  # of a path on Linux
_DEEPEST = 8
_BLOCK = re.compile(r"\ufeff?---[ \t]*\r?\n(?P<body>.*?)^(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE)
_PAIR = re.compile(r"(?P<key>[A-Za-z][\w -]{0,40}?)[ \t]*:(?:[ \t]+(?P<value>.*))?\Z")

_MONTHS = ("january", "february", "march", "april", "may", "june", "july")
_MONTHS += ("august", "september", "october", "november", "december")
_MONTH = {name[:length]: n for n, name in enumerate(_MONTHS, 1) for length in range(3, len(name) + 1)}
_WRITTEN = re.compile(
    r"(?:[a-z]{3,9},?[ ]+)?(?:(?P<m1>[a-z]{3,9})\.?[ ]+(?P<d1>\d{1,2})(?:st|nd|rd|th)?,?[ ]+(?P<y1>\d{4})"
    r"|(?P<d2>\d{1,2})(?:st|nd|rd|th)?[ ]+(?P<m2>[a-z]{3,9})\.?,?[ ]+(?P<y2>\d{4}))\Z"
)
_PARTIAL = re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2]))?\Z")


class Merged(NamedTuple):
    """Metadata from all sources, and the rows to write about them."""

    values: Metadata
    problems: list[Problem]


def _check_bounds(block: str) -> None:
    """Raise ValueError for aliases, tags and deep nesting, before anything is built of them."""
    depth = 0
    for event in yaml.parse(block, Loader=yaml.SafeLoader):
        if isinstance(event, yaml.AliasEvent):
            raise ValueError("aliases (*name) are not allowed")
        if getattr(event, "tag", None):
            raise ValueError("tags (!name) are not allowed")
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > _DEEPEST:
            raise ValueError("it is nested too deeply")


def _as_text(node: yaml.Node) -> object:
    """What a node of YAML holds, with every scalar as text: 'NO' is a country, and dates are read here, not there.

    Nothing is constructed: PyYAML's loaders are not used beyond the tree of nodes.
    """
    if isinstance(node, yaml.MappingNode):
        return {_flat(_as_text(key)): _as_text(value) for key, value in node.value}
    if isinstance(node, yaml.SequenceNode):
        return [_as_text(item) for item in node.value]
    return node.value


def _flat(value: object) -> str:
    if isinstance(value, list):
        return "; ".join(map(_flat, value))
    if isinstance(value, dict):
        return "; ".join(f"{_flat(key)}: {_flat(inner)}" for key, inner in value.items())
    return "" if value is None else str(value)


def clean(values: Mapping[Any, Any]) -> Metadata:
    """Keys as words in lower case and under their common name, values as text on one line; what is empty goes."""
    cleaned: Metadata = {}
    for key, value in islice(values.items(), _MOST):
        name = re.sub(r"\W+", "_", normalise(_flat(key)[:100]).text.lower()).strip("_")
        name = _ALIASES.get(name, name)
        text = " ".join(normalise(_flat(value)[:_LONGEST]).text.split())
        if name and text and text != "~":
            cleaned.setdefault(name, text)
    return cleaned


def front_matter(text: str) -> tuple[Metadata, int, list[Problem]]:
    """The YAML block at the head of a text: its values, where the text after it begins, and what was wrong with it.

    A block that is not YAML but a list of `key: value` lines (a title with a colon is the usual case) is read as such.
    A block that is neither stays part of the text: it may be a text that begins with a line of dashes.
    """
    block = _BLOCK.match(text, 0, _BLOCK_LONGEST)
    if block is None:
        return {}, 0, []
    body = block["body"]
    try:
        _check_bounds(body)
        node = yaml.compose(body, Loader=yaml.SafeLoader)
        values = _as_text(node) if node else None
        if isinstance(values, dict):
            return clean(values), block.end(), []
        reason = "it is no list of `key: value` lines"
    except (yaml.YAMLError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        reason = f"line {mark.line + 2} is not YAML" if mark else str(error)
    pairs = [_PAIR.match(line.strip()) for line in body.splitlines() if line.strip()]
    if pairs and all(pairs):
        note = Problem(
            "note", "front-matter", f"The front matter is not YAML ({reason}): each line was read as it stands."
        )
        return clean({pair["key"]: (pair["value"] or "").strip("\"' ") for pair in pairs if pair}), block.end(), [note]
    if ":" not in body:
        return {}, 0, []
    return (
        {},
        0,
        [
            Problem(
                "warning",
                "front-matter",
                f"The front matter cannot be read ({reason}): it was taken as part of the text.",
            )
        ],
    )


def from_name(doc_id: str, pattern: str) -> Metadata:
    """What the named groups of a regular expression find in the path of a seed (`re.search`).

    Raises RunawayError for an expression that does not come to an end.
    """
    if not pattern:
        return {}
    found = bounded(pattern, where="input.name_pattern", longest=_LONGEST_NAME, search=True)(doc_id)
    return clean(found.groupdict()) if found else {}


def iso_date(value: str) -> str:
    """A date in ISO 8601 (YYYY-MM-DD, with time and zone if given; or YYYY, YYYY-MM); empty if it is not certain.

    Read are ISO 8601 itself, the dates of mail headers and feeds, YYYYMMDD, YYYY/MM/DD, and English dates with the
    month as a word. 03/04/2025 is two days.
    """
    value = value.strip()
    if _PARTIAL.match(value):
        return value
    try:
        if re.match(r"\d{4}[-/.]?\d\d[-/.]?\d\d\Z", value):
            return date.fromisoformat(re.sub(r"[-/.]", "", value)).isoformat()
        if re.match(r"\d{4}-\d\d-\d\d[ T]", value):
            return datetime.fromisoformat(value).isoformat(timespec="seconds")
        if written := _WRITTEN.match(value[:60].lower()):
            year, month, day = (written[f"{part}1"] or written[f"{part}2"] for part in "ymd")
            return date(int(year), _MONTH.get(month, 0), int(day)).isoformat()
        return parsedate_to_datetime(value[:60]).isoformat(timespec="seconds")
    except ValueError:
        return ""


def merge(sources: Sequence[tuple[str, Metadata]]) -> Merged:
    """Bring the metadata of several sources together; the first that has a key wins.

    `sources` are (name for messages, values). A key on which two differ is a note, a date that cannot be read a warning
    (it is kept as `date_as_given`).
    """
    values: Metadata = {}
    origin: dict[str, str] = {}
    problems: list[Problem] = []
    for source, found in sources:
        for key, value in found.items():
            if key == "date" and not iso_date(value):
                message = f"The date {value[:80]!r} ({source}) cannot be read for certain: write it as YYYY-MM-DD."
                problems.append(Problem("warning", "date", message))
                values.setdefault("date_as_given", value)
                continue
            value = iso_date(value) if key == "date" else value
            if key not in values:
                values[key], origin[key] = value, source
            elif values[key] != value:
                message = f"{key}: {values[key][:80]!r} ({origin[key]}) stands, {value[:80]!r} ({source}) does not."
                problems.append(Problem("note", "metadata", message))
    return Merged(values, problems)
