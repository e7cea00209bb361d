"""The origin of a document: wire copy, or an outlet's own reporting.

A document is wire copy if its by-line, dateline, sign-off or metadata credit a news agency
(workflow/lexicons/news_agencies.yaml), or if a document of another outlet shares most of its wording (near_duplicates).
An agency's report in its own name is own reporting, and so is an article to which an agency "contributed".
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from scripts.core.lexicons import LEXICONS
from scripts.core.storage import read_parquet, read_yaml
from scripts.documents.duplicates import Pair, read_pairs

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


def shared_documents(pairs: Iterable[Pair], outlets: Mapping[str, str | None]) -> frozenset[str]:
    """Return the documents that share most of their wording with one of another outlet.

    `outlets` has the outlet of each document of `pairs`, None or "" if it is not known.
    """
    both = ((pair, outlets.get(pair.doc_id), outlets.get(pair.other)) for pair in pairs)
    shared = (pair for pair, first, second in both if first and second and first != second)
    return frozenset(doc_id for pair in shared for doc_id in (pair.doc_id, pair.other))


def read_shared(folder: Path) -> frozenset[str]:
    """Return the `shared_documents` of the tables in a folder."""
    pairs = read_pairs(folder)
    documents = read_parquet(folder / "documents.parquet", ["doc_id", "outlet"])
    in_pairs = pa.array([doc_id for pair in pairs for doc_id in (pair.doc_id, pair.other)], pa.string())
    rows = documents.filter(pc.is_in(documents["doc_id"], in_pairs)).to_pydict()
    return shared_documents(pairs, dict(zip(rows["doc_id"], rows["outlet"], strict=True)))


def origin_rows(documents: Iterable[Mapping[str, Any]], shared: frozenset[str]) -> Iterator[dict[str, str]]:
    """Yield the rows of table document_origins; `documents` have doc_id, outlet, metadata (a JSON object) and text.

    `shared` has the doc_ids that `shared_documents` returns.
    """
    for row in documents:
        metadata = {key: str(value) for key, value in json.loads(row["metadata"] or "{}").items()}
        row_origin = origin(row["text"], metadata, row["outlet"] or "", shared=row["doc_id"] in shared)
        yield {"doc_id": row["doc_id"], **row_origin._asdict()}
