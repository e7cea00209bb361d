"""The YAML block at the head of a text or Markdown file: `---`, lines of `key: value`, `---`."""

import re
from collections import Counter
from collections.abc import Iterable

import yaml

from scripts.core.cells import some
from scripts.documents.metadata import Metadata, loss_problems, tidy
from scripts.documents.problems import Problem

_LONGEST = 65_536  # characters
_DEEPEST = 8
_BLOCK = re.compile(r"\ufeff?---[ \t]*\r?\n(?P<body>.*?)^(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE)
_OPEN = re.compile(r"\ufeff?---[ \t]*\r?\n(?P<line>[^\r\n]*)")
_PAIR = re.compile(r"(?P<key>[A-Za-z][\w -]{0,40}?)[ \t]*:(?:[ \t]+(?P<value>.*))?\Z")


def _values(body: str) -> tuple[dict[str, object], list[str]]:
    """Return the keys of a YAML mapping with their values, and the keys that stand twice in a mapping.

    Values are texts, lists and mappings, never built by YAML's loaders. Every scalar stays as written: `country: NO` is
    no boolean, and a date is no date yet. Raises yaml.YAMLError, and ValueError for aliases, tags, keys that are no
    text, deep nesting, and what is no mapping.
    """
    documents: list[object] = []
    open_values: list[list[object] | dict[str, object]] = []
    keys: list[str | None] = []  # of each open mapping: the key that waits for its value
    repeated: dict[str, None] = {}

    def put(value: object) -> None:
        if not open_values:
            documents.append(value)
        elif isinstance(container := open_values[-1], list):
            container.append(value)
        elif (key := keys[-1]) is None:
            if not isinstance(value, str):
                raise ValueError("a key is no text")
            keys[-1] = value
            repeated.update({value: None} if value in container else {})
        else:
            container[key] = value
            keys[-1] = None

    for event in yaml.parse(body, Loader=yaml.SafeLoader):
        if isinstance(event, yaml.AliasEvent):
            raise ValueError("aliases (*name) are not allowed")
        if getattr(event, "tag", None):
            raise ValueError("tags (!name) are not allowed")
        if isinstance(event, yaml.ScalarEvent):
            put(event.value)
        elif isinstance(event, yaml.CollectionStartEvent):
            container: list[object] | dict[str, object] = {} if isinstance(event, yaml.MappingStartEvent) else []
            put(container)
            open_values.append(container)
            keys.append(None)
            if len(open_values) > _DEEPEST:
                raise ValueError("it is nested too deeply")
        elif isinstance(event, yaml.CollectionEndEvent):
            open_values.pop()
            keys.pop()
    if len(documents) != 1 or not isinstance(documents[0], dict):
        raise ValueError("it is no list of `key: value` lines")
    return documents[0], list(repeated)


def _taken(pairs: Iterable[tuple[str, object]], repeated: list[str]) -> tuple[Metadata, list[Problem]]:
    """Return pairs as metadata, and the problems with what of them was lost."""
    values, losses = tidy(pairs)
    problems = loss_problems(("", loss) for loss in losses)
    if repeated:
        message = (
            f"Keys that stand twice in the front matter: {some([repr(key[:80]) for key in repeated])}. The last value "
            "of each was taken. Delete the others, if that is wrong."
        )
        problems.append(Problem("warning", "keys", message))
    return values, problems


def _unclosed(text: str) -> list[Problem]:
    """Return the warning about a text that begins as front matter does, without an end of that within the bound."""
    opening = _OPEN.match(text)
    if opening is None or not _PAIR.match(opening["line"].strip()):
        return []
    closed = _BLOCK.match(text)
    fault = f"has more than {_LONGEST:,} characters" if closed else "has no end, a line `---`"
    advice = "Shorten it" if closed else "Write that line below it"
    message = f"The front matter {fault}: it was taken as part of the text. {advice}."
    return [Problem("warning", "front-matter", message)]


def front_matter(text: str) -> tuple[Metadata, int, list[Problem]]:
    """Return the values of the block at the head of a text, the offset of the text after it, and its problems.

    A block that is not YAML but a list of `key: value` lines (a title with a colon is the usual case) is read as such.
    A block that is neither, or that does not end, stays part of the text: it may be a text that begins with a line of
    dashes.
    """
    block = _BLOCK.match(text, 0, _LONGEST)
    if block is None:
        return {}, 0, _unclosed(text)
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
            "right in the list of documents, there is nothing to do; else put the value into quotation marks."
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
