"""Readers of plain text and Markdown, both with optional front matter."""

import re
from collections.abc import Iterator

from scripts.documents.exports import export_entries
from scripts.documents.front_matter import front_matter
from scripts.documents.parts import Raw
from scripts.documents.problems import Problem
from scripts.documents.reading import decode_text
from scripts.documents.settings import Settings

# Markdown's markup, which is removed while the words in it stay; no alternative has nested repetition.
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
# A sign that every markup has: most texts have none, and the pattern above visits each character.
_SIGN = re.compile(r"[#>*+_`<!\[\]\\]|^[ ]{0,3}-", re.MULTILINE)
_HEADING = re.compile(r"\A\s*#[ \t]+(?P<title>[^\n]{1,300}?)[ \t#]*\n")


def read_plain(name: str, data: bytes, settings: Settings) -> Iterator[Raw | Problem]:
    """Yield the text after the front matter unchanged, or the articles of an export."""
    raw = decode_text(data, encoding=settings.encoding(name))
    metadata, at, problems = front_matter(raw.text)
    yield from export_entries(raw._replace(text=raw.text[at:], metadata=metadata, problems=raw.problems + problems))


def read_markdown(name: str, data: bytes, settings: Settings) -> Iterator[Raw | Problem]:
    """Yield Markdown text without its markup; a first-level heading at its top is the title unless one is stated."""
    for raw in read_plain(name, data, settings):
        if isinstance(raw, Raw):
            heading = _HEADING.match(raw.text)
            title = {"title": heading["title"]} if heading else {}
            has_signs = _SIGN.search(raw.text) is not None
            text = _MARKUP.sub(lambda sign: sign["escaped"] or "", raw.text) if has_signs else raw.text
            raw = raw._replace(text=text, metadata=title | raw.metadata)
        yield raw
