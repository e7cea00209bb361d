"""The main text of web pages, extracted by an optional library in a separate process."""

import re
from typing import TYPE_CHECKING

from scripts.documents.blocks import block_text
from scripts.documents.charset import declared_encoding
from scripts.documents.exports import export_entries
from scripts.documents.isolated import isolated
from scripts.documents.metadata import clean
from scripts.documents.page_checks import cut_page, left_out_problem
from scripts.documents.parts import Raw, parsing
from scripts.documents.problems import Problem, UnreadableError
from scripts.documents.reading import decode_text
from scripts.documents.settings import Settings

if TYPE_CHECKING:
    from lxml.html import HtmlElement

# By default the extractor accepts no date after today, so that its answer would depend on the day; and if it searches
# the whole text, it takes the year of a copyright notice for the date.
_DATES = {"original_date": True, "extensive_search": False, "max_date": "2100-01-01"}
_DEEPEST = 250  # less than 256, the depth at which libxml2 stops reading unless it is told to go on
_COMMENTS = re.compile(r"\b(?:comments?|disqus|replies)\b", re.IGNORECASE)  # readers' comments, by class or id
# Signs that a page may be an export of a news database.
_EXPORT = re.compile(
    r"of [0-9]{1,6} DOCUMENT|End of Document|class=[\"'](?:en)?Article|Document [A-Z]{1,12}0", re.IGNORECASE
)
# The parser compares each attribute of an element with all its others: 10,000 take a tenth of a second.
_MOST_ATTRIBUTES = 10_000
_LONG_TAG = re.compile(r"<[A-Za-z][^<>]{10000,}")
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
_ATTRIBUTE = re.compile(r"[^\s=/]+(?:\s*=\s*[^\s=/]+)?")


def _depth(tree: "HtmlElement") -> int:
    """Return the depth of the most deeply nested element of a tree."""
    from lxml.etree import iterwalk

    depth = deepest = 0
    for event, _ in iterwalk(tree, events=("start", "end")):
        depth += 1 if event == "start" else -1
        deepest = max(deepest, depth)
    return deepest


@isolated("trafilatura", "web page")
def read_html(name: str, data: bytes, settings: Settings) -> list[Raw | Problem]:
    """Return the main text of a web page, without menus and comments, and its metadata as the page states them."""
    import lxml.html
    import trafilatura
    from trafilatura.utils import load_html

    decoded = decode_text(data, encoding=settings.encoding(name) or declared_encoding(data))
    tags = (_QUOTED.sub("Q ", tag) for tag in _LONG_TAG.findall(decoded.text))
    attributes = max((sum(1 for _ in _ATTRIBUTE.finditer(tag)) - 1 for tag in tags), default=0)
    if attributes > _MOST_ATTRIBUTES:
        raise UnreadableError(
            "too-many",
            f"An element of this page has {attributes:,} attributes; the limit is {_MOST_ATTRIBUTES:,}. Save the "
            "article as plain text (.txt).",
        )
    problems = decoded.problems + cut_page(decoded.text)
    with parsing("web page"):
        tree = load_html(decoded.text)
        if tree is not None and _depth(tree) > _DEEPEST:
            parser = lxml.html.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True)
            tree = lxml.html.fromstring(decoded.text.encode(errors="replace"), parser=parser)
        if tree is not None and _EXPORT.search(decoded.text):
            listed = export_entries(Raw("", block_text(tree), {}, decoded.encoding, problems))
            if len(listed) > 1 or listed[0].part:
                return listed
        page_text = block_text(tree, without=_COMMENTS) if tree is not None else ""
        page = trafilatura.bare_extraction(
            tree, include_comments=False, with_metadata=True, date_extraction_params=_DATES
        )
    about = page if page is None or isinstance(page, dict) else page.as_dict()
    if not about or not about["text"]:
        raise UnreadableError("no-text", "No main text was found in this page. Save the article as plain text (.txt).")
    keys = {"title": "title", "date": "date", "outlet": "sitename", "author": "author", "url": "url"}
    metadata = clean({key: about[name] for key, name in keys.items()})
    problems += left_out_problem(page_text, about["text"])
    return [Raw("", "\n\n".join(about["text"].split("\n")), metadata, decoded.encoding, problems)]
