"""The full text of HTML, paragraph by paragraph, for uses that need more than the main text of a page."""

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_LINES = (
    "address article aside blockquote body center dd div dl dt fieldset figcaption figure footer form h1 h2 h3 h4",
    "h5 h6 header hr li main nav ol p pre section table tbody thead title tr ul",
)
BLOCK_TAGS = frozenset(" ".join(_LINES).split())
_SILENT = frozenset(("script", "style", "head", "noscript", "template"))
_PARTS = frozenset(("div", "section", "aside", "ol", "ul", "li"))
_SPACES = re.compile(r"[ \t\r\n\f]+")
_BREAK = "\v"
_CELLS = frozenset(("td", "th"))


def block_text(tree: "HtmlElement", *, without: re.Pattern[str] | None = None) -> str:
    """Return the text of a tree with a blank line between blocks, a line break for <br> and a tab after a table cell.

    Leaves out scripts, styles and parts of the page whose class or id matches `without`.
    """
    from lxml.etree import iterwalk

    pieces: list[str] = []
    silent = 0
    for event, element in iterwalk(tree, events=("start", "end")):
        tag = element.tag.lower() if isinstance(element.tag, str) else ""
        step = 1 if event == "start" else -1
        named = bool(without and tag in _PARTS and without.search(f"{element.get('class')} {element.get('id')}"))
        silent += step * (tag in _SILENT or not tag or named)
        if tag in _CELLS:
            pieces.append("" if event == "start" else "\t")
        elif tag in BLOCK_TAGS:
            pieces.append("\n")
        elif tag == "br":
            pieces.append("" if event == "start" else _BREAK)
        text = element.text if event == "start" else element.tail
        if text and not silent:
            pieces.append(_SPACES.sub(" ", text))
    blocks = (block.strip(" ") for block in "".join(pieces).split("\n"))
    return "\n\n".join(block.replace(_BREAK, "\n") for block in blocks if block.strip())
