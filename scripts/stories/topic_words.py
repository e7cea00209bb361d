"""The user's topics, defined by words in the file topics.yaml, and its faults, each with its line and advice.

    taxes:
      least: 2          # the fewest hits of an article on the topic (2 if left out)
      share: 0.05       # and the least share of its sentences with a hit (0 if left out)
      words:
        - lemma:tax
        - tax cut*
        - entity:Internal Revenue Service

Words are patterns as in frame schemes (`scripts.framing.schemes`), or `entity:` and a name, in which * matches any
characters. Here a pattern such as tax* needs no exclusions. An entry that cannot be used is a problem, not an error.
"""

import re
from collections.abc import Iterator
from difflib import get_close_matches
from pathlib import Path
from typing import NamedTuple

import yaml

from scripts.core.limits import Budget, LimitError
from scripts.core.planned import entries_of, files_in, manifest, read_files, read_manifest
from scripts.core.problem_rows import problem_row
from scripts.core.types import Row
from scripts.core.user_yaml import read_user_yaml
from scripts.documents.problems import Problem
from scripts.framing.schemes import Frame, Scheme, Term, parse_term
from scripts.parsing.query_words import letters_of

FILE, SHEET = "words", "sheet"
SHEETS = frozenset([".csv", ".xlsx"])
_KEYS = ("words", "least", "share")
_LEAST = 2
_ENTITY = "entity:"
_PREFIXES = ("lemma:", _ENTITY, "re:")
_PREFIX = re.compile(r"(?<![a-z])[a-z]+:(?=\S)")


class Topic(NamedTuple):
    """A topic: its terms, its entities {word as written: name in lower case}, and the minimum for an article on it: of
    hits, and of the share of sentences with one."""

    name: str
    terms: tuple[Term, ...]
    entities: dict[str, str]
    least: int
    share: float

    def words(self) -> list[str]:
        """Return the words of the topic as written."""
        return [*(term.pattern for term in self.terms), *self.entities]


class _Fault(ValueError):
    """A fault at a node of the file, with its line and what to do."""

    def __init__(self, node: yaml.Node, code: str, message: str) -> None:
        super().__init__(message)
        self.line, self.code = node.start_mark.line + 1, code


def topics_manifest(path: Path, folder: Path, budget: Budget) -> str:
    """Return the manifest of the user's file and of the filled sheets in a folder, as far as the budget allows."""
    if not path.is_file():
        return ""
    words = entries_of([path], budget, role=FILE)
    return manifest([*words, *entries_of(files_in(folder, SHEETS), budget, role=SHEET)])


def read_topics(path: Path) -> tuple[list[Topic], list[Problem]]:
    """Return the topics of the file in a manifest, and its faults; raise SystemExit if it changed since planning."""
    for name, data in read_files(path, FILE).items():
        return parse_topics(Path(name), data)
    return [], []


def parse_topics(path: Path, data: bytes) -> tuple[list[Topic], list[Problem]]:
    """Return the topics in the bytes of a file, and a problem for each line that cannot be used."""
    try:
        read_user_yaml(path, data)
        document = yaml.compose(data.decode("utf-8"), Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = f"line {mark.line + 1}: " if mark else ""
        advice = "Indent by spaces, and put a text with a colon or # in quotation marks."
        return [], [Problem("warning", "yaml", f"{line}{error.problem}. {advice} No topic is used.")]
    except (LimitError, yaml.YAMLError, ValueError) as error:
        return [], [Problem("warning", "yaml", f"It cannot be read: {error}. No topic is used.")]
    problems: list[Problem] = []
    topics: dict[str, Topic] = {}
    if not isinstance(document, yaml.MappingNode):
        if document is not None:
            problems.append(
                Problem("warning", "topic", "line 1: It is not a list of topics. Write name: {words: [...]}.")
            )
        return [], problems
    for name, node in document.value:
        faults: list[_Fault] = []
        try:
            topic = _topic(name, node, faults)
            if topic.name in topics:
                raise _Fault(name, "topic", f"There is a topic '{topic.name}' already. Put its words there.")
            topics[topic.name] = topic
        except _Fault as fault:
            faults.append(fault)
        problems += [Problem("warning", each.code, f"line {each.line}: {each}") for each in faults]
    return [*topics.values()], problems


def _topic(name: yaml.Node, node: yaml.Node, faults: list[_Fault]) -> Topic:
    """Return a topic; add faults in its words and numbers to `faults`, and raise _Fault if no word is usable."""
    label = " ".join(str(name.value).split())
    if not isinstance(name, yaml.ScalarNode) or not label:
        raise _Fault(name, "topic", "A topic has a name. Write name: {words: [...]}.")
    if isinstance(node, yaml.SequenceNode):  # the words alone
        parts = {"words": node}
    elif isinstance(node, yaml.MappingNode):
        parts = {str(key.value): value for key, value in node.value}
        faults += [_unknown(key) for key, _ in node.value if str(key.value) not in _KEYS]
    else:
        parts = {}
    words = parts.get("words")
    terms, entities = _words(words, faults) if isinstance(words, yaml.SequenceNode) else ([], {})
    if not terms and not entities:
        raise _Fault(node, "words", f"The topic '{label}' has no word that can be used. List some under words.")
    least = _number(parts.get("least"), _LEAST, is_count=True, faults=faults)
    share = _number(parts.get("share"), 0.0, is_count=False, faults=faults)
    return Topic(label, tuple(terms), entities, int(least), share)


def _unknown(key: yaml.Node) -> _Fault:
    close = get_close_matches(str(key.value), _KEYS, n=1)
    hint = f"did you mean {close[0]}?" if close else f"there are {', '.join(_KEYS)}."
    return _Fault(key, "topic", f"'{key.value}' is not known: {hint}")


def _words(node: yaml.SequenceNode, faults: list[_Fault]) -> tuple[list[Term], dict[str, str]]:
    """Return the terms of a list of words, and the names of its entities by the word as written."""
    terms: dict[str, Term] = {}
    entities: dict[str, str] = {}
    for each in node.value:
        try:
            written = yaml.safe_load(yaml.serialize(each))
            if isinstance(written, str) and written.startswith(_ENTITY):
                name = " ".join(letters_of(written.removeprefix(_ENTITY)).split())
                if not name.strip("* "):
                    raise ValueError(f"'{written}': a name follows entity:")
                entities[written] = name
            else:
                term = parse_term(_checked(written))
                terms[term.pattern] = term
        except ValueError as error:
            faults.append(_Fault(each, "words", f"{error}. The word is left out."))
    return [*terms.values()], entities


def _checked(written: object) -> object:
    """Return a word as frame schemes take it, tax* with an empty list of exclusions; raise ValueError if unusable."""
    if isinstance(written, bool) or written is None:
        raise ValueError("YAML takes this word for a value: put it in quotation marks")
    if isinstance(written, int | float):
        written = str(written)
    if not isinstance(written, str):
        return written
    for prefix in (match.group() for match in map(_PREFIX.match, written.split()) if match):
        if prefix not in _PREFIXES:
            close = get_close_matches(prefix, _PREFIXES, n=1)
            raise ValueError(f"'{written}': " + (f"did you mean {close[0]}" if close else f"there is no {prefix}"))
    return {"term": written, "exclude": []} if written.endswith("*") and " " not in written.strip() else written


def _number(node: yaml.Node | None, default: float, *, is_count: bool, faults: list[_Fault]) -> float:
    """Return a whole number of 1 or more if `is_count`, else one from 0 to 1; otherwise the default, adding a fault."""
    if node is None:
        return default
    try:
        value = float(node.value) if isinstance(node, yaml.ScalarNode) else -1.0
    except ValueError:
        value = -1.0
    if (is_count and value >= 1 and value.is_integer()) or (not is_count and 0 <= value <= 1):
        return value
    allowed = "a whole number of 1 or more" if is_count else "a share from 0 to 1"
    faults.append(_Fault(node, "topic", f"It must be {allowed}; {default:g} is used."))
    return default


def as_scheme(topics: list[Topic]) -> Scheme:
    """Return topics as a frame scheme with one frame per topic, which has its words except entities."""
    return Scheme("topics", "", "", tuple(Frame(topic.name, topic.name, "", topic.terms) for topic in topics))


def problem_rows(path: Path, problems: list[Problem]) -> Iterator[Row]:
    """Yield the rows of table problems about the file in a manifest."""
    for planned in read_manifest(path):
        if planned["role"] == FILE:
            yield from (problem_row(planned["path"], "topics", each.code, each.message) for each in problems)
