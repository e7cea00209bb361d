"""Metadata of a document: keys and values made uniform, and merged from the sheet, the file and the file's name.

The sheet seeds/metadata.csv takes precedence over the file itself, and the file over its name. Values are text as
written; only dates are converted to ISO 8601.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from scripts.core.cells import some
from scripts.core.expressions import bounded
from scripts.documents.dates import doubt, iso_date
from scripts.documents.normalise import normalise, ungarbled
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
# Words in the names of columns that contain an article's address, and the pattern of an address with its host.
_ADDRESSES = frozenset(("address", "href", "link", "permalink", "uri", "url"))
_HOST = re.compile(r"https?://(?:www\.)?([\w.-]+\.[a-z]{2,})(?:[:/?#]\S*)?", re.IGNORECASE)
# Titles that programs give a document by default, most often the name of its file.
_FILE_NAME = re.compile(
    r"Microsoft Word - .*|untitled\W{0,9}\d*|(?:word )?document\d*"
    r"|.{0,300}\w\.(?:docx?|html?|indd|odt|pages|pdf|rtf|txt)",
    re.IGNORECASE,
)
_LONGEST_KEY, _LONGEST_VALUE = 100, 10_000  # characters
_MOST_VALUES = 200  # of a document
_LONGEST_NAME = 4_096  # of a path on Linux
_SECONDS_FOR_NAMES = 10.0  # CPU time per batch, about as much as reading its seeds takes
# A message and advice for each kind of loss.
_LOSSES = {
    "cut": (
        f"Metadata longer than {_LONGEST_VALUE:,} characters (for a key: {_LONGEST_KEY}) are cut short",
        "Shorten them; if one is the text, name its column in `input: text_columns`.",
    ),
    "beyond": (
        f"A text has at most {_MOST_VALUES} values of metadata; the others are left out",
        "Delete the columns or keys that you do not need.",
    ),
    "twice": (
        "Columns or keys that count as one have two values; the first is used",
        "Delete the wrong one, or rename it.",
    ),
    "nameless": (
        "Values in columns without a name are left out",
        "Write a name into the first row, or look for an extra delimiter or quotation mark.",
    ),
}


def host_of_address(metadata: Mapping[str, str]) -> str:
    """Return the host in an article's address, used as the outlet if none is named; "" without an address.

    >>> host_of_address({"article_link": "https://www.rte.ie/news/2017/0207/850000/"}), host_of_address({"url": "n/a"})
    ('rte.ie', '')
    """
    addresses = (value for key, value in sorted(metadata.items()) if not _ADDRESSES.isdisjoint(key.split("_")))
    hosts = (_HOST.fullmatch(value) for value in addresses)
    return next((host[1].lower() for host in hosts if host), "")


class Loss(NamedTuple):
    """A metadata value that was dropped or cut short: the kind of loss, its key, the part of the file."""

    kind: str
    key: str
    part: str = ""


def flatten(value: object, *, longest: int = _LONGEST_VALUE) -> str:
    """Return a JSON or YAML value as text of at most `longest` characters, with keys before the values under them.

    >>> flatten({"a": ["x", "y"], "b": {"c": None}})
    'a: x; y; b: c: '
    """
    leaves, length = [], 0
    waiting = [("", value)]  # no recursion, as nesting may be deep
    while waiting and length <= longest + 2:
        prefix, value = waiting.pop()
        if isinstance(value, dict) and value:
            keyed = [(f"{key}: ", inner) for key, inner in value.items()]
        elif isinstance(value, list) and value:
            keyed = [("", inner) for inner in value]
        else:
            is_empty = value is None or isinstance(value, dict | list)
            leaves.append(prefix + ("" if is_empty else str(value)))
            length += len(leaves[-1]) + 2
            continue
        keyed[0] = ((prefix + keyed[0][0])[:_LONGEST_VALUE], keyed[0][1])
        waiting += reversed(keyed)
    return "; ".join(leaves)[:longest]


def common_name(key: object) -> str:
    """Return the common name of a key: lower-case words joined by `_`, and `title` for `headline` and the like."""
    name = re.sub(r"\W+", "_", normalise(str(key)[:_LONGEST_KEY]).text.lower()).strip("_")
    return _ALIASES.get(name, name)


def tidy(pairs: Iterable[tuple[Any, object]], *, part: str = "") -> tuple[Metadata, list[Loss]]:
    """Return metadata under common names, with each value as one line of text, and the losses.

    Empty values are left out. A loss is a value beyond the limits, one without a key, or one that differs from that of
    an earlier key with the same common name.

    >>> tidy([("Headline", "Donâ€™t  go"), ("title", "Another"), ("x", None)])
    ({'title': 'Don’t go'}, [Loss(kind='twice', key='title', part='')])
    """
    values: Metadata = {}
    losses = []
    for key, value in pairs:
        written = flatten(value, longest=_LONGEST_VALUE + 1)
        text = " ".join(normalise(ungarbled(written[:_LONGEST_VALUE])[0]).text.split())
        if not text or text == "~":
            continue
        name, kind = common_name(key), ""
        if not name:
            kind = "nameless"
        elif name in values:
            kind = "twice" if values[name] != text else ""
        elif len(values) == _MOST_VALUES:
            kind = "beyond"
        else:
            values[name] = text
            kind = "cut" if len(written) > _LONGEST_VALUE or len(str(key)) > _LONGEST_KEY else ""
        losses += [Loss(kind, str(key), part)] if kind else []
    return values, losses


def clean(values: Mapping[Any, object]) -> Metadata:
    """Return metadata as `tidy` does, for a few values with known names, where nothing can be lost.

    >>> clean({"Head-Line": "no alias", "Headline": "A  title", "x": None})
    {'head_line': 'no alias', 'title': 'A title'}
    """
    return tidy(values.items())[0]


def of_properties(title: object, author: object) -> Metadata:
    """Return the title and author from the properties of a document, without a title that is only a file name.

    >>> of_properties("Microsoft Word - scan 2.doc", "Ann Lee"), of_properties("Mr. Doc", "")
    ({'author': 'Ann Lee'}, {'title': 'Mr. Doc'})
    """
    metadata = clean({"title": title, "author": author})
    if _FILE_NAME.fullmatch(metadata.get("title", "")):
        del metadata["title"]
    return metadata


def loss_problems(losses: Sequence[Loss]) -> list[Problem]:
    """Return a problem for each kind of loss in a file, with the keys and the parts of the file concerned."""
    problems = []
    for kind, (message, advice) in _LOSSES.items():
        if of_kind := [loss for loss in losses if loss.kind == kind]:
            keys = some([repr(key) for key in dict.fromkeys(loss.key[:80] for loss in of_kind)])
            parts = some([*dict.fromkeys(loss.part for loss in of_kind if loss.part)])
            place = f" in {parts}" if parts else ""
            # Tables written by pandas have an index column without a name.
            severity = "note" if kind == "nameless" else "warning"
            problems.append(Problem(severity, f"metadata-{kind}", f"{message}: {keys}{place}. {advice}"))
    return problems


def name_reader(pattern: str) -> Callable[[str], Metadata]:
    """Return a function from the path of a seed to metadata: the named groups of a regular expression searched in it.

    The function raises RunawayError if the expression does not come to an end on a path, and GivenUpError on all
    further paths once slow searches have taken ten seconds.
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


def merged_metadata(sources: Sequence[tuple[str, Metadata]]) -> tuple[Metadata, list[Problem]]:
    """Return the merged metadata of several sources, each (name for messages, values); the first with a key wins.

    Two sources that differ on a key give a note; an unreadable date gives a warning and is kept as `date_as_given`.
    """
    values: Metadata = {}
    origin: dict[str, str] = {}
    problems: list[Problem] = []
    for source, metadata in sources:
        for key, value in metadata.items():
            if key == "date" and not iso_date(value):
                message = f"The date {value[:80]!r} ({source}) {doubt(value)} It is kept as date_as_given."
                problems.append(Problem("warning", "date", message))
                values.setdefault("date_as_given", value)
                continue
            value = iso_date(value) if key == "date" else value
            if key not in values:
                values[key], origin[key] = value, source
            elif values[key] != value:
                message = (
                    f"{key}: {values[key][:80]!r} ({origin[key]}) is used, {value[:80]!r} ({source}) is not. If that "
                    "is right, there is nothing to do; otherwise write the right one into metadata.csv."
                )
                problems.append(Problem("note", "metadata", message))
    return values, problems
