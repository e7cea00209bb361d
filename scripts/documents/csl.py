"""The user's reference list seeds/metadata.json: CSL JSON, as Zotero and other reference managers export it.

CSL JSON names no files. An item belongs to each file whose name (without its ending) is the item's id, citation key or
title, or Zotero's "Author - Year - Title", where the title may be cut short. Imports only the standard library.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath
from typing import Any

from scripts.core.encodings import decode
from scripts.documents.json_text import parse_json, repeated_keys, too_many_containers
from scripts.documents.sheet import SheetLine

_KEYS = {"title": "title", "container-title": "outlet", "URL": "url", "language": "language", "section": "section"}
_MOST_FILES = 100  # per item
_CUT = 40  # characters: a shorter title in a file name does not count as cut short


def _key(text: str) -> str:
    """Return a text as words in lower case, for comparison.

    >>> _key("“Harbour” to close: in May")
    'harbour to close in may'
    """
    return " ".join(re.sub(r"[\W_]+", " ", text.casefold()).split())


def _date(issued: object) -> str:
    """Return the date of an item as YYYY-MM-DD, YYYY-MM or YYYY, or as it is written.

    >>> _date({"date-parts": [[2020, 3, 4]]}), _date({"raw": "March 2020"})
    ('2020-03-04', 'March 2020')
    """
    if not isinstance(issued, dict):
        return ""
    parts = issued.get("date-parts")
    if isinstance(parts, list) and parts and isinstance(parts[0], list):
        numbers = [str(part) for part in parts[0][:3]]
        if numbers and all(number.isascii() and number.isdigit() for number in numbers):
            return "-".join(number.zfill(2) for number in numbers)
    return str(issued.get("raw") or issued.get("literal") or "")


def _authors(authors: object) -> str:
    """Return the names of authors as "Ann Smith; Bo Lee", leaving out entries that are not names."""
    names = []
    for author in authors if isinstance(authors, list) else []:
        if isinstance(author, dict):
            parts = (author[part] for part in ("given", "family") if isinstance(author.get(part), str))
            names.append(str(author.get("literal") or "") or " ".join(parts))
    return "; ".join(filter(None, names))


def _described(item: Mapping[str, Any]) -> dict[str, str]:
    """Return the fields of an item as metadata of a document."""
    values = {name: item[key].strip() for key, name in _KEYS.items() if isinstance(item.get(key), str)}
    values |= {"date": _date(item.get("issued")), "author": _authors(item.get("author"))}
    return {name: value for name, value in values.items() if value}


def _files(doc_ids: Iterable[str]) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """Return the files by each name that an item may match, and by each title that may be cut short."""
    by_name: dict[str, list[str]] = defaultdict(list)
    cut: dict[str, list[str]] = defaultdict(list)
    for doc_id in doc_ids:
        stem = PurePosixPath(doc_id).stem
        title = _key(stem.split(" - ", 2)[-1])
        for name in {stem.casefold(), _key(stem), title}:
            by_name[name].append(doc_id)
        if len(title) >= _CUT:
            cut[title].append(doc_id)
    return by_name, cut


def read_csl(data: bytes, doc_ids: Iterable[str]) -> tuple[list[SheetLine], list[str]]:
    """Return the items of a reference list as lines of a sheet, numbered from 1, and messages on those without a file.

    Raises ValueError, saying what to do, if the file is not CSL JSON.
    """
    if message := too_many_containers(data):
        raise ValueError(f"{message} Export the list in parts.")
    try:
        items, repeated = parse_json(decode(data).text)
    except (ValueError, RecursionError) as error:
        raise ValueError(f"It is not valid JSON ({str(error)[:200]}). Export the list as CSL JSON again.") from None
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        raise ValueError("It is not a list of items. Export it as CSL JSON.")
    by_name, cut = _files(doc_ids)
    lengths = {len(title) for title in cut}
    lines, messages = [], [repeated_keys(repeated)] if repeated else []
    for number, item in enumerate(items, 1):
        title = _key(str(item.get("title") or ""))
        names = {str(item.get(key) or "").casefold() for key in ("id", "citation-key")} | {title}
        files = {doc_id for name in names - {""} for doc_id in by_name.get(name, [])}
        files |= {doc_id for end in lengths if end <= len(title) for doc_id in cut.get(title[:end], [])}
        if len(files) > _MOST_FILES:
            messages.append(
                f"Item {number}: {len(files):,} files are named like it; the limit is {_MOST_FILES}, so it was not "
                "used. Give the files different names, or write their metadata into metadata.csv."
            )
            continue
        lines += [SheetLine(number, doc_id, _described(item)) for doc_id in sorted(files)]
        if not files:
            shown = str(item.get("title") or item.get("id") or "")[:200]
            messages.append(
                f"Item {number}: no file here is named like {shown!r}, by its title, id or citation key. Rename the "
                "file, or delete the item."
            )
    return lines, messages
