"""RSS and Atom files on disk: each entry is a document. Addresses in them are metadata and are never fetched."""

import io
import re
from collections.abc import Mapping
from typing import Any

from scripts.documents.blocks import block_text
from scripts.documents.isolated import isolated
from scripts.documents.metadata import clean
from scripts.documents.parts import Raw, parsing
from scripts.documents.problems import Problem, UnreadableError
from scripts.documents.settings import Settings

_TEASER = Problem(
    "note", "teaser", "The feed has a summary of this entry and not its full text. Save the article if you need it."
)
# The start of an entry; CDATA sections and comments are skipped.
_BEGINS = re.compile(
    r"<!\[CDATA\[.*?(?:\]\]>|\Z)|<!--.*?(?:-->|\Z)|<(?:atom:)?(?P<entry>item|entry)[\s/>]", re.DOTALL | re.IGNORECASE
)


def _entry(part: str, entry: Any, about_feed: Mapping[str, str], encoding: str) -> Raw:  # noqa: ANN401
    """Return a feedparser entry as a text, with the feed's language and, if it names no source, the feed as outlet."""
    import lxml.html

    contents = [content.value for content in entry.get("content", []) if content.value.strip()]
    html = contents[0] if contents else entry.get("summary", "")
    parser = lxml.html.HTMLParser(remove_comments=True, remove_pis=True)
    text = block_text(lxml.html.fromstring(f"<div>{html}</div>", parser=parser))
    about = {
        "title": entry.get("title", ""),
        "date": entry.get("published", entry.get("updated", "")),
        "author": entry.get("author", ""),
        "url": entry.get("link", ""),
        "outlet": entry.get("source", {}).get("title", "") or about_feed.get("title", ""),
        "tags": [tag.term for tag in entry.get("tags", []) if tag.get("term")],
        "language": about_feed.get("language", ""),
    }
    return Raw(part, text, clean(about), encoding, [] if contents or not text else [_TEASER])


@isolated("feedparser", "feed")
def read_feed(name: str, data: bytes, settings: Settings) -> list[Raw | Problem]:
    """Return the entries of an RSS or Atom file, numbered from 1, with their full text or else their summary."""
    import feedparser

    with parsing("feed"):
        feed = feedparser.parse(io.BytesIO(data), sanitize_html=True)
    entries: list[Raw | Problem] = []
    for number, entry in enumerate(feed.entries, 1):
        try:
            with parsing("entry"):
                entries.append(_entry(f"#{number}", entry, feed.feed, feed.encoding or "utf-8"))
        except UnreadableError as error:
            entries.append(error.problem._replace(part=f"#{number}"))
    reason = str(feed.bozo_exception)[:200] if feed.bozo else ""
    if not entries:
        why = f" ({reason})" if reason else ""
        raise UnreadableError("no-text", f"No entry of RSS or Atom is in this file{why}. Save the feed again.")
    begun = sum(bool(tag["entry"]) for tag in _BEGINS.finditer(data.decode(feed.encoding or "utf-8", errors="replace")))
    if begun > len(feed.entries):
        message = f"{begun:,} entries begin in this file, {len(feed.entries):,} could be read. Save the feed again."
        entries.append(Problem("warning", "damaged", message))
    if feed.bozo and isinstance(feed.bozo_exception, feedparser.CharacterEncodingOverride):
        message = (
            f"The encoding is not the one that the feed declares ({reason}). If the letters are right, there is "
            "nothing to do; otherwise save the feed again."
        )
        entries.append(Problem("note", "encoding", message))
    elif feed.bozo:
        message = (
            f"The feed is damaged ({reason}) and was read leniently: the entry there may be cut, and others may be "
            "missing after it. Save it again."
        )
        entries.append(Problem("warning", "broken", message))
    return entries
