"""The YAML block at the head of a text or Markdown file: `---`, lines of `key: value`, `---`."""

import re
from collections import Counter
from collections.abc import Iterable
from itertools import takewhile
from typing import Any

import yaml

from scripts.core.cells import some
from scripts.documents.metadata import Metadata, common_name, loss_problems, tidy
from scripts.documents.problems import Problem

_LONGEST = 65_536  # characters
_DEEPEST = 8
# Metadata without `---` is looked for in this many characters, and must have at least two of these keys.
_HEAD, _KNOWN = 2_000, frozenset(["title", "date", "outlet", "author"])
_BLOCK = re.compile(r"\ufeff?---[ \t]*\r?\n(?P<body>.*?)^(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE)
_OPEN = re.compile(r"\ufeff?---[ \t]*\r?\n(?P<line>[^\r\n]*)")
_PAIR = re.compile(r"(?P<key>[A-Za-z][\w -]{0,40}?)[ \t]*:(?:[ \t]+(?P<value>.*))?\Z")


def _plain(node: yaml.Node, repeated: dict[str, None]) -> Any:  # noqa: ANN401
    """Return a YAML node as strings, lists and dicts; add the keys that a mapping repeats to `repeated`."""
    if isinstance(node, yaml.ScalarNode):
        return node.value
    if isinstance(node, yaml.SequenceNode):
        return [_plain(child, repeated) for child in node.value]
    values: dict[str, Any] = {}
    for key, value in node.value:
        if not isinstance(key, yaml.ScalarNode):
            raise ValueError("a key is not text")
        repeated.update({key.value: None} if key.value in values else {})
        values[key.value] = _plain(value, repeated)
    return values


def _values(body: str) -> tuple[dict[str, Any], list[str]]:
    """Return the values of a YAML mapping by key, and the keys that a mapping in it repeats.

    Every scalar stays as written: `country: NO` is not a boolean, and a date is still text. Raises yaml.YAMLError, and
    ValueError for aliases, tags, keys that are not text, deep nesting, and anything but a mapping.
    """
    depth = 0
    for event in yaml.parse(body, Loader=yaml.SafeLoader):
        if isinstance(event, yaml.AliasEvent):
            raise ValueError("aliases (*name) are not allowed")
        if getattr(event, "tag", None):
            raise ValueError("tags (!name) are not allowed")
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > _DEEPEST:
            raise ValueError("it is nested too deeply")
    node = yaml.compose(body, Loader=yaml.SafeLoader)
    if not isinstance(node, yaml.MappingNode):
        raise ValueError("it is not a list of `key: value` lines")
    repeated: dict[str, None] = {}
    return _plain(node, repeated), list(repeated)


def _taken(pairs: Iterable[tuple[str, object]], repeated: list[str]) -> tuple[Metadata, list[Problem]]:
    """Return pairs as metadata, and the problems about lost values and repeated keys."""
    values, losses = tidy(pairs)
    problems = loss_problems(losses)
    if repeated:
        message = (
            f"Keys that appear twice in the front matter: {some([repr(key[:80]) for key in repeated])}. The last value "
            "of each was taken. Delete the others, if that is wrong."
        )
        problems.append(Problem("warning", "keys", message))
    return values, problems


def _unclosed(text: str) -> list[Problem]:
    """Return the warning about front matter that has no end, or is longer than `_LONGEST` characters."""
    opening = _OPEN.match(text)
    if opening is None or not _PAIR.match(opening["line"].strip()):
        return []
    closed = _BLOCK.match(text)
    fault = f"has more than {_LONGEST:,} characters" if closed else "has no closing line `---`"
    advice = "Shorten it" if closed else "Write that line below it"
    message = f"The front matter {fault}: it was taken as part of the text. {advice}."
    return [Problem("warning", "front-matter", message)]


def _unmarked(text: str) -> list[Problem]:
    """Return the warning about a text that begins with metadata but lacks the `---` lines around it."""
    pairs = [_PAIR.match(line.strip()) for line in takewhile(str.strip, text[:_HEAD].lstrip("\ufeff").splitlines())]
    keys = [pair["key"] for pair in pairs if pair]
    if not all(pairs) or len(_KNOWN.intersection(map(common_name, keys))) < 2:
        return []
    message = (
        f"The first lines ({some([key[:80] for key in keys])}) were taken as part of the text. Write a line `---` "
        "above and one below them, and they are metadata."
    )
    return [Problem("warning", "front-matter", message)]


def front_matter(text: str) -> tuple[Metadata, int, list[Problem]]:
    """Return the values of the block at the head of a text, the offset of the text after it, and its problems.

    A block that is not YAML but consists of `key: value` lines (usually because a title has a colon) is read line by
    line. A block that is neither, or has no end, stays part of the text, which may just begin with a line of dashes.
    """
    block = _BLOCK.match(text, 0, _LONGEST)
    if block is None:
        return {}, 0, _unclosed(text) or _unmarked(text)
    body = block["body"]
    try:
        read, repeated = _values(body)
        values, problems = _taken(read.items(), repeated)
        return values, block.end(), problems
    except (yaml.YAMLError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        reason = f"line {mark.line + 2} is not YAML" if mark else str(error)
    pairs = [_PAIR.match(line.strip()) for line in body.splitlines() if line.strip()]
    if pairs and all(pairs):
        note = (
            f"The front matter is not YAML ({reason}): each line was read as it stands. If title, date and outlet are "
            "right in the list of documents, there is nothing to do; otherwise put the value in quotation marks."
        )
        counts = Counter(pair["key"] for pair in pairs if pair)
        written = {pair["key"]: (pair["value"] or "").strip("\"' ") for pair in pairs if pair}
        values, problems = _taken(written.items(), [key for key, count in counts.items() if count > 1])
        return values, block.end(), [Problem("note", "front-matter", note), *problems]
    if ":" not in body:
        return {}, 0, []
    warning = (
        f"The front matter cannot be read ({reason}): it was taken as part of the text. Write it as lines of `key: "
        "value`, or put an empty line above it if it belongs to the text."
    )
    return {}, 0, [Problem("warning", "front-matter", warning)]
