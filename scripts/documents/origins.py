"""The origin of a document: wire copy, or an outlet's own reporting.

A document is wire copy if its by-line, dateline, sign-off or metadata credit a news agency
(workflow/lexicons/news_agencies.yaml), or if a document of another outlet shares most of its wording (near_duplicates).
An agency's own report is its own reporting, and so is an article to which an agency "contributed".
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any, NamedTuple

from scripts.core.lexicons import LEXICONS
from scripts.core.storage import read_yaml

OWN, WIRE = "own", "wire"
# Characters at both ends of a text in which an agency is looked for.
BEGINNING, END = 800, 600
_CREDITS = ("author", "byline", "credit", "agency", "source", "provider")
_BYLINES = 6  # lines at the beginning among which a by-line is looked for
_MOST_WORDS = 12  # of a by-line


class Origin(NamedTuple):
    """Origin, the agency that is credited, and where: metadata, by-line, dateline, sign-off; shared: no agency is."""

    origin: str
    agency: str
    evidence: str


@cache
def _agencies() -> Mapping[str, str]:
    """Return the agency by each of its names."""
    content = read_yaml(LEXICONS / "news_agencies.yaml")
    return {name: agency for agency, names in content.items() for name in names}


@cache
def _patterns() -> Mapping[str, re.Pattern[str]]:
    """Return the patterns of a credit by where it stands; one of the groups of a match is the name of the agency."""
    names = "|".join(map(re.escape, sorted(_agencies(), key=len, reverse=True)))
    agency = rf"({names})"
    return {
        "metadata": re.compile(rf"(?:.*[\s,;|/(–—-])?{agency}\)?\.?\Z"),
        "by-line": re.compile(rf"(?:[Bb]y|BY|[Ff]rom|[Ss]ource:)\s(?:.*[\s,;|/(–—-])?{agency}\)?\.?\Z|{agency}\Z"),
        "dateline": re.compile(rf"^[^\n(]{{0,80}}\({agency}\)\s?[-–—:]", re.MULTILINE),
        "sign-off": re.compile(
            rf"(?:©|\([Cc]\)|[Cc]opyright)[^\n]{{0,30}}?\b{agency}\b|(?:^|\s)(?:--|[-–—/])\s?{agency}\.?\s*\Z|\({agency}\)\.?\s*\Z"
        ),
    }


# How Reuters signs its reports; it names itself nowhere in them.
_REUTERS = re.compile(r"\(?\bReporting by [^\n]{1,300}?[;.]\s?(?:\w+ )?[Ee]diting by ")


def _credits(text: str, metadata: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield the agencies that a document is credited to, each with the place of the credit."""
    patterns, agencies = _patterns(), _agencies()
    beginning, end = text[:BEGINNING], text[-END:]
    lines = [line.strip() for line in beginning.splitlines()[:_BYLINES]]
    matches = [
        *(("metadata", patterns["metadata"].match(metadata.get(name, "").strip())) for name in _CREDITS),
        *(("by-line", patterns["by-line"].match(line)) for line in lines if len(line.split()) <= _MOST_WORDS),
        ("dateline", patterns["dateline"].search(beginning)),
        ("sign-off", patterns["sign-off"].search(end)),
    ]
    for evidence, match in matches:
        if match:
            yield next(agencies[name] for name in match.groups() if name), evidence
    if _REUTERS.search(end):
        yield "Reuters", "sign-off"


def origin(text: str, metadata: Mapping[str, str], outlet: str, *, shared: bool) -> Origin:
    """Return the origin of a document; `shared` says that another outlet has most of its wording too.

    >>> origin("PARIS (AFP) — The harbour closes.", {}, "Globe", shared=False)
    Origin(origin='wire', agency='Agence France-Presse', evidence='dateline')
    >>> origin("PARIS (AFP) — The harbour closes.", {}, "AFP", shared=False)
    Origin(origin='own', agency='', evidence='')
    """
    own = _agencies().get(outlet)
    for agency, evidence in _credits(text, metadata):
        if agency != own:
            return Origin(WIRE, agency, evidence)
    if shared and own is None:
        return Origin(WIRE, "", "shared")
    return Origin(OWN, "", "")


def shared_documents(pairs: Iterable[Mapping[str, str]], outlets: Mapping[str, str]) -> frozenset[str]:
    """Return the documents that share most of their wording with one of another outlet.

    `pairs` are rows of near_duplicates, `outlets` the outlet of each document, "" where it is not known.
    """
    shared: set[str] = set()
    for pair in pairs:
        first, second = outlets.get(pair["doc_id"], ""), outlets.get(pair["other"], "")
        if first and second and first != second:
            shared.update((pair["doc_id"], pair["other"]))
    return frozenset(shared)


def origin_rows(documents: Iterable[Mapping[str, Any]], pairs: Iterable[Mapping[str, str]]) -> Iterator[dict[str, str]]:
    """Yield the rows of table document_origins; `documents` have doc_id, outlet, metadata (a JSON object) and text."""
    documents = list(documents)
    shared = shared_documents(pairs, {row["doc_id"]: row["outlet"] or "" for row in documents})
    for row in documents:
        metadata = {key: str(value) for key, value in json.loads(row["metadata"] or "{}").items()}
        row_origin = origin(row["text"], metadata, row["outlet"] or "", shared=row["doc_id"] in shared)
        yield {"doc_id": row["doc_id"], **row_origin._asdict()}
