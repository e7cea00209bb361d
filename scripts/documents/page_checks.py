"""Checks of a web page: whether its file is cut short, and whether its main text lacks many of its sentences."""

import re
from collections import Counter
from collections.abc import Iterator

from scripts.documents.problems import Problem

# Comments, elements by whose end tags a cut page is recognised, and an open tag at the end of the page.
_TAGS = re.compile(
    r"<!--.*?(?:(?P<comment>-->)|\Z)"
    r"|<(?P<raw>script|style|textarea|title)\b.*?(?:(?P<raw_end></(?P=raw)\s{0,9}>)|\Z)"
    r"|<(?P<end>/?)(?P<name>html|body|article|main|section|div|p)\b[^<>]*(?P<closed>>)?"
    r"|<[/!]?[a-z][^<>]*\Z",
    re.IGNORECASE | re.DOTALL,
)
_TAIL = 100  # characters at the end of a page, blanks included
_NEVER_LEFT_OPEN = ("article", "main", "section", "div")
_SENTENCE_END = re.compile(r"[.!?。！？؟۔।။][\"'”’»)]?\Z")
_LONG, _LONG_DENSE = 80, 40  # characters that make a paragraph more than a teaser; in Chinese and Japanese
_DENSE = "\u3000"  # letters from here on are syllables or words
_PROBE = 20  # characters by which a paragraph is looked up in the main text
# By these limits one of 36 saved pages, the start page of a magazine, lacks much of its text.
_LEAST_PARAGRAPHS, _LEAST_SHARE = 3, 0.5


def open_at_end(page: str) -> str:
    """Return the element within which a page ends, "" if it may be complete: html, body and p need no end tag.

    >>> open_at_end("<html><body><article><p>One.</p><p>Tw"), open_at_end("<html><p>One.<p>Two.")
    ('<article>', '')
    """
    if page[-_TAIL:].rstrip().lower().endswith(("</html>", "</body>")):
        return ""  # as most pages end; no search is needed
    opened: Counter[str] = Counter()
    ended: Counter[str] = Counter()
    last = ""
    for tag in _TAGS.finditer(page):
        name = (tag["name"] or "").lower()
        if name and tag["closed"]:
            (ended if tag["end"] else opened)[name] += 1
            last = last if name != "p" else tag["end"] or "p"
        elif tag.end() == len(page) and not (tag["comment"] or tag["raw_end"]):
            last = "tag"
    if ended["html"] or ended["body"]:
        return ""
    if last == "tag":
        return "a tag, a script or a comment"
    unclosed = next((name for name in _NEVER_LEFT_OPEN if opened[name] > ended[name]), "")
    if not unclosed and last == "p" and ended["p"]:
        unclosed = "p"
    return f"<{unclosed}>" if unclosed else ""


def _letters(text: str) -> str:
    return re.sub(r"\W+", "", text)


def _missing_paragraphs(page_text: str, main: str) -> Iterator[str]:
    """Yield the long paragraphs of a page that end like a sentence and are missing from its main text."""
    paragraphs = {}
    for line in page_text.split("\n"):
        text = line.strip()
        if len(text) >= (_LONG_DENSE if text[:1] > _DENSE else _LONG) and _SENTENCE_END.search(text):
            letters = _letters(text)
            places = (0, len(letters) // 2, max(0, len(letters) - _PROBE))
            paragraphs[text] = {letters[at : at + _PROBE] for at in places}
    probes = set().union(*paragraphs.values())
    letters = _letters(main)
    in_main = probes.intersection(letters[at : at + _PROBE] for at in range(len(letters)))
    yield from (text for text, own in paragraphs.items() if not own & in_main)


def cut_page(page: str) -> list[Problem]:
    """Return a warning if a page is cut short."""
    if not (within := open_at_end(page)):
        return []
    message = f"The page ends within {within}, so it may be cut: save it again, and check that the text is complete."
    return [Problem("warning", "damaged", message)]


def left_out_problem(page_text: str, main: str) -> list[Problem]:
    """Return a warning if the main text of a page lacks many of its long paragraphs.

    Of 36 saved pages of newspapers and other sites one gets it, the start page of a magazine.
    """
    missing = list(_missing_paragraphs(page_text, main))
    size = sum(map(len, missing))
    if len(missing) < _LEAST_PARAGRAPHS or size <= _LEAST_SHARE * len(main):
        return []
    message = (
        f"{len(missing):,} paragraphs with {size:,} characters were not taken as part of the main text, which has "
        f"{len(main):,}. The first: {missing[0][:100]!r}. If they belong to the article, save it as plain text (.txt)."
    )
    return [Problem("warning", "left-out", message)]
