"""Exports of news databases, files with many articles: Nexis, Nexis Uni (Lexis Advance) and Factiva.

Once the text is extracted, the same lines separate articles in text, RTF, Word and HTML: "3 of 161 DOCUMENTS" before
each (Nexis), "End of Document" after it (Nexis Uni), "Document WSJ0000020200304eg3400036" after it (Factiva, where
fields may follow codes such as HD and LP). The layouts are those of public samples.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple

from scripts.core.cells import some
from scripts.documents.dates import iso_date
from scripts.documents.metadata import Metadata, clean
from scripts.documents.parts import Raw
from scripts.documents.problems import Problem

_NEXIS = re.compile(r"^[ \t]*(?:Document[ ])?([0-9]{1,6}) of ([0-9]{1,6}) DOCUMENTS?[ \t]*$", re.MULTILINE)
_NEXIS_UNI = re.compile(r"^[ \t]*End of Document[ \t]*$", re.MULTILINE)
_FACTIVA = re.compile(r"^[ \t|]*(?:AN[ \t|]+)?Document[ \t]+([A-Z]{1,12}0\w{12,40})[ \t|]*$", re.MULTILINE)
_FIELD = re.compile(r"(section|length|byline|headline|dateline|highlight|series|column):[ \t]*(.*)\Z", re.IGNORECASE)
_NAMES = {"byline": "author", "headline": "title"}
_BODY = re.compile(r"(?:BODY:|Body)[ \t]*\Z|BODY:[ \t]+(?=\S)")
_TAIL = re.compile(
    r"(?:LOAD-DATE|LANGUAGE|PUBLICATION-TYPE|JOURNAL-CODE|GRAPHIC|SUBJECT|COMPANY|ORGANIZATION|PERSON|GEOGRAPHIC|COUNTRY"
    r"|STATE|CITY|TYPE|URL|INDUSTRY|TICKER|CORRECTION-DATE|DOCUMENT-TYPE|ISSN):|(?:Classification|Graphic)[ \t]*\Z"
    r"|(?:Load-Date|Publication-Type):|Copyright [0-9]{4} "
)
_LANGUAGE = re.compile(r"^[ \t]*language:[ \t]*([a-z]+)", re.IGNORECASE | re.MULTILINE)
_DATE = re.compile(
    r"\b(?:(?:January|February|March|April|May|June|July|August|September|October|November|December)"
    r" [0-9]{1,2}, [0-9]{4}"
    r"|[0-9]{1,2} (?:January|February|March|April|May|June|July|August|September|October|November|December) [0-9]{4})\b"
)
_PAGE = re.compile(r"^[ \t]*Page [0-9]+ of [0-9]+[ \t]*\n", re.MULTILINE)
# Several blanks, a tab or a bar follow a code; in pasted text one blank, but not after codes that are words (IN, CO).
_CODE = re.compile(
    r"(HD|BY|CR|WC|PD|ET|SN|SC|ED|PG|VOL|LA|CY|LP|TD|CT|RF|CO|IN|NS|RE|PUB|IPC|IPD|AN|ART|SE|CLM|DLN)"
    r"(?:(?:[ ]{2,20}|[ ]?[\t|][ \t|]{0,20}|(?<=HD|BY|WC|PD|SN|SC|LA|CY|LP|TD|NS|SE)[ ])(.*))?\Z"
)
_CODES = {
    "HD": "title", "BY": "author", "PD": "date", "SN": "outlet", "SE": "section", "LA": "language", "WC": "length",
}  # fmt: skip
_WORDS = re.compile(r"[0-9][0-9,.]{0,8} words\Z")
_RIGHTS = re.compile(r"(?:\(?c\)|©|\(?Copyright)[ \t]", re.IGNORECASE)
_STATED = re.compile(r"^[ \t]*Documents \(([0-9]{1,6})\)[ \t]*$", re.MULTILINE)
_LENGTH = re.compile(r"([0-9][0-9,.]{0,8}) words?\b", re.IGNORECASE)
_COUNTED = re.compile(r"[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff]|\w+(?:['’.,-]\w+)*")
_SUMMARY = re.compile(r"^[ \t|]*Search Summary\b", re.MULTILINE)
# A database counts words differently, and may include the headline.
_SHARE, _WORDS_OFF = 0.25, 25
_MOST_AFTER = 50  # words that a footer below the last article may have


_Article = tuple[str, Metadata]  # text and metadata


class _Line(NamedTuple):
    start: int
    text: str
    after_blank: bool


def _lines(text: str, start: int, end: int) -> list[_Line]:
    """Return the non-blank lines of text[start:end], stripped, each with its offset in the text."""
    lines, blank = [], True
    for match in re.finditer(r"[^\n]*\n?", text[start:end]):
        stripped = match.group().strip(" \t\r\n|\xa0")
        if stripped:
            lead = len(match.group()) - len(match.group().lstrip(" \t\r\n|\xa0"))
            lines.append(_Line(start + match.start() + lead, stripped, blank))
        blank = not stripped
    return lines


def _without_rights(lines: Iterable[_Line]) -> Iterator[_Line]:
    """Yield lines without the copyright notice, which runs to "All Rights Reserved", at most four lines."""
    left = 0
    for line in lines:
        left = 4 if _RIGHTS.match(line.text) else left - 1
        if left <= 0:
            yield line
        elif line.text.lower().endswith("all rights reserved"):
            left = 1


def _described(values: dict[str, str]) -> Metadata:
    """Return metadata with the date in ISO 8601 and the author without "By"."""
    date = _DATE.search(values.get("date", ""))
    if date:
        values["date"] = iso_date(date.group()) or date.group()
    values["author"] = re.sub(r"\A(?:by:?)\s+", "", values.get("author", ""), flags=re.IGNORECASE)
    return clean(values)


def _nexis_article(text: str, start: int, end: int, *, uni: bool) -> _Article:
    """Return a Nexis article; its parts are outlet, date and title, fields such as LENGTH, the text, more fields."""
    lines = _lines(text, start, end)
    first = next((n for n, line in enumerate(lines) if _FIELD.match(line.text) or _BODY.match(line.text)), None)
    head = list(_without_rights(lines[:first] if first is not None else lines[:8]))
    dated = [n for n, line in enumerate(head) if _DATE.search(line.text)]
    # In Nexis Uni a cover page, which also has a date, precedes the first article.
    at = (dated[-1] if uni else dated[0]) if dated else None
    values = {"date": head[at].text, "outlet": head[at - 1].text if at else ""} if at is not None else {}
    if uni:
        values["title"] = head[at - 2].text if at is not None and at >= 2 else ""
    elif at is not None:
        titles = [n for n in range(at + 1, len(head)) if head[n].after_blank]
        values["title"] = " ".join(line.text for line in head[titles[-1] :]) if titles else ""
    n = first if first is not None else lines.index(head[at]) + 1 if at is not None else 0
    name = ""
    while n < len(lines):
        line = lines[n]
        if field := _FIELD.match(line.text):
            name = _NAMES.get(field[1].lower(), field[1].lower())
            values[name] = field[2]
        elif name and not line.after_blank and not _BODY.match(line.text):
            values[name] = f"{values[name]} {line.text}"
        else:
            break
        n += 1
    begin = lines[n].start if n < len(lines) else end
    if n < len(lines) and (body := _BODY.match(lines[n].text)):
        inline = body.end() < len(lines[n].text)
        n += 1
        begin = begin + body.end() if inline else lines[n].start if n < len(lines) else end
    stop = next((line.start for line in lines[n:] if line.after_blank and _TAIL.match(line.text)), end)
    language = _LANGUAGE.search(text, stop, end)
    values["language"] = language[1] if language else ""
    article = text[begin : max(begin, stop)].rstrip()
    return _PAGE.sub("", article + "\n").rstrip() if uni else article, _described(values)


def _factiva_coded(lines: list[_Line]) -> _Article:
    """Return a Factiva article with codes before its fields: HD headline, LP first paragraph, TD later paragraphs."""
    values: dict[str, str] = {}
    code = ""
    for line in lines:
        if match := _CODE.match(line.text):
            code = match[1]
            values[code] = match[2] or ""
        elif code:
            values[code] += ("\n\n" if line.after_blank else "\n") + line.text
    paragraphs = (values.get(part, "").strip() for part in ("LP", "TD"))
    about = {name: " ".join(values[code].split()) for code, name in _CODES.items() if code in values}
    return "\n\n".join(filter(None, paragraphs)), _described(about)


def _factiva_article(text: str, start: int, end: int) -> _Article:
    """Return a Factiva article; its parts are headline, author, words, date, outlet, code, language, rights, text."""
    lines = _lines(text, start, end)
    if sum(bool(re.match(r"(?:HD|PD|SN|LP|TD|WC)(?:[ \t|]|\Z)", line.text)) for line in lines) >= 3:
        return _factiva_coded(lines)
    counted = next((n for n, line in enumerate(lines) if _WORDS.match(line.text)), None)
    if counted is None or counted + 2 >= len(lines):
        return text[lines[0].start : end].rstrip() if lines else "", {}
    head = [line.text for line in lines[:counted]]
    author = head.pop() if head and head[-1].lower().startswith("by ") else ""
    values = {"author": author, "title": head[-1] if head else "", "date": lines[counted + 1].text}
    values["length"] = lines[counted].text
    n = counted + 2
    while n < len(lines) and re.match(r"[0-9]{1,2}:[0-9]{2}", lines[n].text):
        n += 1
    values["outlet"] = lines[n].text if n < len(lines) else ""
    rights = next((m for m in range(n, min(n + 8, len(lines))) if _RIGHTS.match(lines[m].text)), n)
    begin = lines[rights + 1].start if rights + 1 < len(lines) else end
    return text[begin:end].rstrip(), _described(values)


def _numbering(marks: list[re.Match[str]]) -> list[Problem]:
    """Return a problem for each export in a file that lacks some of the documents it announces ("n of m")."""
    runs: list[tuple[int, list[int]]] = []
    for mark in marks:
        number, total = int(mark[1]), int(mark[2])
        if not runs or total != runs[-1][0] or number <= runs[-1][1][-1]:
            runs.append((total, []))
        runs[-1][1].append(number)
    problems = []
    for total, numbers in runs:
        gaps = [f"{before + 1} to {after - 1}" for before, after in pairwise(numbers) if after - before > 1]
        if len(numbers) != total:
            missing = f", from {numbers[0]:,} to {numbers[-1]:,}" + (f" without {some(gaps)}" if gaps else "")
            problems.append(_stated(total, len(numbers), missing, severity="warning" if gaps else "note"))
    return problems


def _stated(stated: int, present: int, which: str = "", *, severity: str = "note") -> Problem:
    message = (
        f"The export speaks of {stated:,} documents, {present:,} are in this file{which}. Put its other files here "
        "too, if there are any."
    )
    return Problem(severity, "export", message)


def _rest(text: str, start: int) -> list[Problem]:
    """Return the warning about many words below the last article: the export may break off within another."""
    words = text[start:].split()
    if len(words) <= _MOST_AFTER or _SUMMARY.search(text, start):
        return []
    message = (
        f"{len(words):,} words below the end of the last article were not read; they begin with "
        f"{' '.join(words[:8])[:80]!r}. If an article is cut off there, export it again."
    )
    return [Problem("warning", "export", message)]


def articles(text: str) -> tuple[list[_Article], list[Problem]]:
    """Return the articles of an export, none if the text is not one, and the problems of the file as a whole."""
    if marks := list(_NEXIS.finditer(text)):
        ends = [*(mark.start() for mark in marks[1:]), len(text)]
        spans = ((mark.end(), end) for mark, end in zip(marks, ends, strict=True))
        return [_nexis_article(text, start, end, uni=False) for start, end in spans], _numbering(marks)
    ends_of_uni = list(_NEXIS_UNI.finditer(text))
    is_uni = bool(ends_of_uni) and re.search(r"^[ \t]*(?:Body|Length:.*words?)[ \t]*$", text, re.MULTILINE)
    marks = ends_of_uni if is_uni else list(_FACTIVA.finditer(text))
    starts = [0, *(mark.end() for mark in marks)]
    spans = ((start, mark.start()) for start, mark in zip(starts, marks, strict=False))
    if not is_uni:
        listed = [_factiva_article(text, start, end) for start, end in spans]
        return listed, _rest(text, starts[-1]) if listed else []
    listed = [_nexis_article(text, start, end, uni=True) for start, end in spans]
    stated = _STATED.search(text, 0, marks[0].start())
    total = int(stated[1]) if stated else len(listed)
    return listed, [_stated(total, len(listed))] * (total != len(listed)) + _rest(text, starts[-1])


def _length_problems(text: str, metadata: Metadata) -> list[Problem]:
    """Return the warning about an article whose number of words differs much from the one it states."""
    stated = _LENGTH.search(metadata.get("length", ""))
    if stated is None:
        return []
    words, counted = int(re.sub(r"\D", "", stated[1])), len(_COUNTED.findall(text))
    if abs(words - counted) <= max(_SHARE * words, _WORDS_OFF):
        return []
    message = (
        f"The article states {words:,} words, {counted:,} were read. Compare it with the file; if text is missing or "
        "does not belong, save it as a separate file (.txt)."
    )
    return [Problem("warning", "length", message)]


def export_entries(raw: Raw) -> list[Raw | Problem]:
    """Return the articles of an export as parts `#1`, `#2` and so on, or any other file as one text."""
    listed, problems = articles(raw.text)
    if not listed:
        return [raw]
    entries = (
        Raw(f"#{number}", text, metadata, raw.encoding, _length_problems(text, metadata))
        for number, (text, metadata) in enumerate(listed, 1)
    )
    return [*raw.problems, *problems, *entries]
