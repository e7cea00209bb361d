"""Frame schemes: dictionaries of cue patterns in YAML, read and checked.

A scheme names its source and its frames; a frame has a definition and terms. A term is a pattern, or a mapping
`{term: ..., exclude: [...]}`. A pattern is one or more elements, separated by spaces, that match consecutive tokens:

    word       this token, in lower case         prefix*    a token with this prefix (alone it needs `exclude`)
    lemma:be   any form of the lemma             *          any one token (not at either end of a pattern)
    re:18\\d\\d  a regular expression for one complete token (the only element of its pattern)

A hyphen inside a word counts as a space: "decision-maker*" and "decision maker*" are the same. A clitic is a separate
token: "do n't", "nation 's".
"""

import re
import reprlib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from scripts.core.expressions import check_pattern
from scripts.core.lexicons import LEXICONS
from scripts.core.planned import read_planned
from scripts.core.user_yaml import read_user_yaml
from scripts.parsing.query_words import letters_of

FRAMES = LEXICONS / "frames"

_NAME = re.compile(r"[a-z][a-z0-9_]*")
_WORD = re.compile(r"[^\s*]+")


class Element(NamedTuple):
    """A condition on one token; `kind` is "word", "prefix", "lemma", "any" or "re"."""

    kind: str
    value: str


class Term(NamedTuple):
    """A pattern as written, its elements, and its exclusions; a match that overlaps an exclusion does not count."""

    pattern: str
    elements: tuple[Element, ...]
    exclude: tuple[tuple[Element, ...], ...]


class Frame(NamedTuple):
    """A frame of a scheme."""

    name: str
    label: str
    definition: str
    terms: tuple[Term, ...]


class Scheme(NamedTuple):
    """A frame scheme with the publication that defines it.

    `names` is whether words in the name of a person or in a time of day may be cues. In the project's own schemes,
    which have no names, they are none: Kit Bond is no bond, 6 pm no prime minister.
    """

    name: str
    title: str
    source: str
    frames: tuple[Frame, ...]
    names: bool = True


def _element(text: str) -> Element:
    """Return the element that a word of a pattern stands for. Raises ValueError for a malformed one."""
    if text == "*":
        return Element("any", "")
    if text.startswith("lemma:"):
        kind, value = "lemma", text.removeprefix("lemma:")
    elif text.endswith("*"):
        kind, value = "prefix", text[:-1]
    else:
        kind, value = "word", text
    if not _WORD.fullmatch(value):
        raise ValueError(f"'{text}' is not a word, prefix*, lemma:word or *")
    return Element(kind, value)


def parse_pattern(text: str) -> tuple[Element, ...]:
    """Return the elements of a pattern.

    Raises ValueError with the reason if it is empty or malformed, begins or ends with `*`, or has a faulty expression.

    >>> [element.kind for element in parse_pattern("lemma:blame * govern*")]
    ['lemma', 'any', 'prefix']
    """
    if text.startswith("re:"):
        try:
            check_pattern(text[3:])
        except re.error as error:
            raise ValueError(f"'{text[:200]}': {error}") from None
        return (Element("re", text[3:]),)
    words = re.sub(r"(?<=\w)-(?=\w)", " ", letters_of(text).strip('"')).split()
    elements = tuple(_element(word) for word in words)
    if not elements or "any" in (elements[0].kind, elements[-1].kind):
        raise ValueError(f"'{text}': a pattern begins and ends with a word")
    return elements


def parse_term(entry: object) -> Term:
    """Return the term in a YAML entry, which is text or {term, exclude}. Raises ValueError if it is malformed."""
    if isinstance(entry, str):
        entry = {"term": entry}
    if not isinstance(entry, dict) or not isinstance(entry.get("term"), str) or set(entry) - {"term", "exclude"}:
        raise ValueError(f"a term is text or {{term: ..., exclude: [...]}}, not {reprlib.repr(entry)[:200]}")
    pattern, exclude = entry["term"], entry.get("exclude", [])
    if not isinstance(exclude, list) or not all(isinstance(text, str) for text in exclude):
        raise ValueError(f"'{pattern}': exclude is a list of patterns")
    elements = parse_pattern(pattern)
    if [element.kind for element in elements] == ["prefix"] and "exclude" not in entry:
        raise ValueError(f"'{pattern}': a prefix needs `exclude`: words that it must not take, [] if there are none")
    return Term(pattern, elements, tuple(parse_pattern(text) for text in exclude))


def _text(entry: dict, key: str) -> str:
    value = entry.get(key)
    if not isinstance(value, str) or not value.strip():
        raise ValueError(f"`{key}` is missing")
    return " ".join(value.split())


def _frame(name: str, entry: object) -> Frame:
    """Return the frame in a YAML entry. Raises ValueError if it is malformed."""
    if not _NAME.fullmatch(str(name)):
        raise ValueError("the name of a frame has lower-case letters, digits and _")
    if not isinstance(entry, dict):
        raise ValueError("a frame has `definition` and `terms`")
    terms = entry.get("terms")
    if not isinstance(terms, list) or not terms:
        raise ValueError("`terms` is a list of patterns")
    label = entry.get("label", name.replace("_", " "))
    return Frame(name, str(label), _text(entry, "definition"), tuple(parse_term(term) for term in terms))


def load_scheme(path: Path, data: bytes | None = None) -> Scheme:
    """Return the scheme in a file, named after the file without `.yaml`; `data` is its content if already read.

    Raises ValueError, naming file, frame and reason, if the scheme is faulty.
    """
    name, where = path.stem, path.name
    try:
        if not _NAME.fullmatch(name):
            raise ValueError("the name of a scheme's file has lower-case letters, digits and _")
        content = read_user_yaml(path, data)
        if not isinstance(content, dict) or not isinstance(content.get("frames"), dict) or not content["frames"]:
            raise ValueError("a scheme has `title`, `source` and `frames`, at least one")
        frames = []
        for frame, entry in content["frames"].items():
            where = f"{path.name}, frame {frame}"
            frames.append(_frame(frame, entry))
        where = path.name
        title, source = (_text(content, key) for key in ("title", "source"))
        return Scheme(name, title, source, tuple(frames), names=path.parent != FRAMES)
    except (ValueError, yaml.YAMLError) as error:
        raise ValueError(f"frame scheme {where}: {error}") from None


def load_schemes(
    names: Iterable[str], folders: Iterable[Path] = (FRAMES,), *, planned: Mapping[str, str] | None = None
) -> list[Scheme]:
    """Return the named schemes, each from the first of the folders that has it.

    `planned` maps the path of each file in the user's folder to its SHA-256; it is None while a run is being planned.

    Raises SystemExit if such a file has changed since the plan was made, ValueError if a scheme is faulty or in none of
    the folders (the message lists the schemes that exist).
    """
    folders = list(folders)
    schemes = []
    for name in names:
        paths = (folder / f"{name}.yaml" for folder in folders)
        path = next((path for path in paths if path.is_file() or path.as_posix() in (planned or {})), None)
        if path is None:
            places = ", ".join(dict.fromkeys(folder.name for folder in folders))
            known = ", ".join(sorted({file.stem for folder in folders for file in folder.glob("*.yaml")}))
            raise ValueError(f"frame scheme '{name}': no file {name}.yaml (not .yml) in {places}; there are: {known}")
        if planned is None or path.parent == FRAMES:
            schemes.append(load_scheme(path))
        else:
            schemes.append(load_scheme(path, read_planned(path, planned.get(path.as_posix()))))
    return schemes


def chosen_schemes(framing: Mapping[str, Any], planned: Mapping[str, str] | None = None) -> list[Scheme]:
    """Return the schemes named in the section `framing` of the settings; the user's own folder takes precedence.

    `planned` is as for `load_schemes`. Raises SystemExit with the reason if one is missing, faulty or not as planned.
    """
    try:
        return load_schemes(framing["schemes"], (Path(framing["folder"]), FRAMES), planned=planned)
    except ValueError as error:
        raise SystemExit(str(error)) from None


def coding_scheme(framing: Mapping[str, Any], planned: Mapping[str, str] | None = None) -> Scheme:
    """Return the scheme that the settings give to human coders; `planned` is as for `load_schemes`.

    Raises SystemExit with a message if it is not in framing.schemes, the schemes that the machine codes.
    """
    name = framing["coding"]["scheme"]
    if name not in framing["schemes"]:
        raise SystemExit(
            f"framing.coding.scheme = {name}: it must be one of framing.schemes, so that the machine codes it."
        )
    return next(scheme for scheme in chosen_schemes(framing, planned) if scheme.name == name)
