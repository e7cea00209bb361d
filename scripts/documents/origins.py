"""The origin of a document: wire copy, or an outlet's own reporting.

A document is wire copy if its by-line, dateline, sign-off or metadata credit a news agency
(workflow/lexicons/news_agencies.yaml), or if a document of another outlet shares most of its wording (near_duplicates).
An agency's report in its own name is own reporting, and so is an article to which an agency "contributed".
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple

from scripts.core.lexicons import LEXICONS
from scripts.core.storage import read_by_document, read_parquet, read_yaml

OWN, WIRE = "own", "wire"
# Numbers of characters at the beginning and end of a text in which an agency is looked for.
BEGINNING, END = 800, 600
_CREDITS = ("author", "byline", "credit", "agency", "source", "provider")
_BYLINES = 6  # lines at the beginning that may be a by-line
_MOST_WORDS = 12  # of a by-line


class Origin(NamedTuple):
    """The origin, the agency credited ("" if none), the evidence: metadata, by-line, dateline, sign-off or shared."""

    origin: str
    agency: str
    evidence: str


@cache
def _agencies() -> Mapping[str, str]:
    """Return the agency by each of its names."""
    content = read_yaml(LEXICONS / "news_agencies.yaml")
    return {name: agency for agency, names in content.items() for name in names}


_PARTS = re.compile(r"[,;|/()–—]|\s-\s")
_BY = re.compile(r"\A(?:[Bb]y|BY|[Ff]rom|[Ss]ource:)\s")
_DATELINE = re.compile(r"^[^\n(]{0,80}\(([A-Za-z -]{2,40})\)\s?[-–—:]", re.MULTILINE)
_COPYRIGHT = re.compile(r"(?:©|\([Cc]\)|[Cc]opyright)\s?(?:\d{4}\s)?(?:by\s)?([A-Z][A-Za-z -]{1,40})")
_LAST_WORDS = re.compile(r"(?:--|[-–—/(])\s?([A-Za-z][A-Za-z -]{1,40})\)?\.?\Z")
# The way Reuters signs its reports, in which its own name does not appear.
_REUTERS = re.compile(r"\(?\bReporting by [^\n]{1,300}?[;.]\s?(?:\w+ )?[Ee]diting by ")


def last_part(credit: str) -> str:
    """Return the last part of a credit: the text after a comma, bar or dash, or in brackets.

    >>> last_part("By Ann Lee, Associated Press"), last_part("BY ANN LEE | PA."), last_part("Reuters")
    ('Associated Press', 'PA', 'Reuters')
    """
    parts = [part.strip(" .") for part in _PARTS.split(credit)]
    return next((part for part in reversed(parts) if part), "")


def _credits(text: str, metadata: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield each name in a place where agencies are credited, whether an agency or not, with the place."""
    beginning, end = text[:BEGINNING], text[-END:].rstrip()
    for name in _CREDITS:
        if credit := metadata.get(name):
            yield last_part(credit), "metadata"
    for line in beginning.splitlines()[:_BYLINES]:
        if len(line.split(maxsplit=_MOST_WORDS)) <= _MOST_WORDS:
            byline = _BY.sub("", line.strip())
            yield (last_part(byline) if byline != line.strip() else byline), "by-line"
    yield from ((match[1], "dateline") for match in _DATELINE.finditer(beginning))
    for pattern in (_COPYRIGHT, _LAST_WORDS):
        yield from ((match[1].strip(), "sign-off") for match in pattern.finditer(end))
    if _REUTERS.search(end):
        yield "Reuters", "sign-off"


def origin(text: str, metadata: Mapping[str, str], outlet: str, *, shared: bool) -> Origin:
    """Return the origin of a document; `shared` is True if another outlet has most of its wording too.

    >>> origin("PARIS (AFP) — The harbour closes.", {}, "Globe", shared=False)
    Origin(origin='wire', agency='Agence France-Presse', evidence='dateline')
    >>> origin("PARIS (AFP) — The harbour closes.", {}, "AFP", shared=False)
    Origin(origin='own', agency='', evidence='')
    """
    agencies = _agencies()
    own = agencies.get(outlet)
    for name, evidence in _credits(text, metadata):
        if name in agencies and agencies[name] != own:
            return Origin(WIRE, agencies[name], evidence)
    if shared and own is None:
        return Origin(WIRE, "", "shared")
    return Origin(OWN, "", "")


def shared_documents(pairs: Iterable[tuple[str, str]], outlets: Mapping[str, str | None]) -> frozenset[str]:
    """Return the documents that share most of their wording with one of another outlet.

    `pairs` are of documents that resemble each other; `outlets` has their outlets, None or "" if it is not known.
    """
    both = ((pair, outlets.get(pair[0]), outlets.get(pair[1])) for pair in pairs)
    shared = (pair for pair, first, second in both if first and second and first != second)
    return frozenset(chain.from_iterable(shared))


def read_shared(folder: Path) -> frozenset[str]:
    """Return the `shared_documents` of the tables in a folder."""
    rows = read_parquet(folder / "near_duplicates.parquet", ["doc_id", "other"]).to_pydict()
    pairs = zip(rows["doc_id"], rows["other"], strict=True)
    return shared_documents(pairs, read_by_document(folder / "documents.parquet", "outlet"))


def origin_rows(documents: Iterable[Mapping[str, Any]], shared: frozenset[str]) -> Iterator[dict[str, str]]:
    """Yield the rows of table document_origins; `documents` have doc_id, outlet, metadata (a JSON object) and text.

    `shared` has the doc_ids that `shared_documents` returns.
    """
    for row in documents:
        metadata = {key: str(value) for key, value in json.loads(row["metadata"] or "{}").items()}
        row_origin = origin(row["text"], metadata, row["outlet"] or "", shared=row["doc_id"] in shared)
        yield {"doc_id": row["doc_id"], **row_origin._asdict()}
