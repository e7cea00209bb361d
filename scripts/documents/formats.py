"""From the bytes of one file to the texts in it: which reader takes which file."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from pathlib import PurePosixPath
from typing import NamedTuple

from scripts.documents.metadata import Metadata, front_matter
from scripts.documents.normalise import Points, compose, substitute
from scripts.documents.problems import Problem, UnreadableError
from scripts.documents.reading import decode

_PLAIN = ("", ".txt", ".text")
_MARKDOWN = (".md", ".markdown")


@dataclass(frozen=True, slots=True)
class Settings:
    """The section `input` of config.yaml, as far as reading files needs it; the meaning of each stands there."""

    encodings: dict[str, str] = field(default_factory=dict)
    name_pattern: str = ""
    parse_languages: tuple[str, ...] = ("en", "und")
    largest_megabytes: int = 100


class Raw(NamedTuple):
    """One text as a file has it. `part` names it within the file ("" where the file is the text, "#12" for a row).

    `points` maps offsets in `text` to offsets in the decoded file. With an error among `problems` there is no text.
    """

    part: str
    text: str
    points: Points
    metadata: Metadata
    encoding: str
    problems: list[Problem]


def encoding_for(name: str, settings: Settings) -> str:
    """The encoding that the user set for a file, by the first pattern that its name matches; else empty."""
    return next((value for pattern, value in settings.encodings.items() if fnmatchcase(name, pattern)), "")


# Inline signs of Markdown around words, each without nested repetition; what they enclose stays.
_MARKUP = re.compile(
    r"^[ ]{0,3}(?:\#{1,6}[ \t]+|>[ \t]?|[-*+][ \t]+|(?:[-*_][ \t]?){3,40}$|```[^\n]*$)"
    r"|<!--[^>]{0,2000}-->"
    r"|!\[[^\]\n]{0,500}\]\([^)\n]{0,2000}\)"
    r"|\[(?=[^\]\n]{1,500}\]\([^)\n]{0,2000}\))|(?<=[^\s\[])\]\([^)\n]{0,2000}\)"
    r"|(?<![\w*])\*{1,3}(?=[^\s*])|(?<=[^\s*])\*{1,3}(?![\w*])"
    r"|(?<![\w_])_{1,3}(?=[^\s_])|(?<=[^\s_])_{1,3}(?![\w_])"
    r"|`|\\(?P<escaped>[!-/:-@\[-`{-~])",
    re.MULTILINE,
)
_HEADING = re.compile(r"\s*#[ \t]+(?P<title>[^\n]{1,300}?)[ \t#]*\n")


def _markdown(text: str) -> tuple[str, Points]:
    signs = _MARKUP.finditer(text)
    return substitute(text, ((sign.start(), sign.end() - len(sign["escaped"] or ""), "") for sign in signs))


def read_text(name: str, data: bytes, settings: Settings) -> Iterator[Raw]:
    """Plain text and Markdown, with front matter if there is some; the signs of Markdown are taken off."""
    decoded = decode(data, encoding=encoding_for(name, settings))
    metadata, at, problems = front_matter(decoded.text)
    text, points = decoded.text[at:], [(0, at)]
    if suffix(name) in _MARKDOWN:
        if heading := _HEADING.match(text):
            metadata.setdefault("title", heading["title"])
        text, signs = _markdown(text)
        points = compose(signs, points)
    yield Raw("", text, points, metadata, decoded.encoding, decoded.problems + problems)


def suffix(name: str) -> str:
    """The ending of a file name, in lower case, with its dot."""
    return PurePosixPath(name).suffix.lower()


def read_file(name: str, data: bytes, settings: Settings) -> Iterator[Raw]:
    """The texts of a file. Raises UnreadableError if it has none that can be read."""
    ending = suffix(name)
    if ending in _PLAIN or ending in _MARKDOWN:
        return read_text(name, data, settings)
    raise UnreadableError("format", f"Files that end in {ending} are not read. Save the article as plain text (.txt).")
