"""The sheet of names: the rows of the user's table, then the corpus's names that it lacks, most mentions first.

OpenRefine reconciles the column `name`. Once the sheet is filled in and saved as sources.csv, its names, aliases and
ids are used; the columns shown beside them for information are ignored.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from scripts.core.csv_tables import csv_text
from scripts.core.known_sources import FIXED, SHOWN_COLUMNS, is_id, key, keys_of, user_rows
from scripts.core.options import path_options
from scripts.core.sheets import SheetRow
from scripts.core.storage import open_table, read_parquet, rows_of_documents, write_text
from scripts.entities.knowledge import country_names, demonyms
from scripts.maths.ranking import by_frequency

_MOST = 5_000  # names that the table lacks
_LONGEST = 300  # characters of an example
_ABOUT = ("kind", "told_country", "role", "documents", "mentions", "context", "candidates")


def told_country(*texts: str) -> str:
    """Return the first country stated in a role or a name, or "".

    >>> told_country("French President"), told_country("mayor", "Supreme Court of India"), told_country("mayor")
    ('France', 'India', '')
    """
    for text in texts:
        words = text.replace("'s", "").replace(",", "").replace("(", "").replace(")", "").split()
        for size in (3, 2, 1):
            for first in range(len(words) - size + 1):
                phrase = " ".join(words[first : first + size])
                country = demonyms().get(phrase) or country_names().get(phrase)
                if country:
                    return country
    return ""


def open_candidates(links: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """Return the candidates for each unlinked short form of a name, with their mean probabilities, likeliest first.

    `links` are rows of table name_links.
    """
    odds: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    for link in links:
        if not link["linked"]:
            odds[link["shown"]][link["candidate"]].append(link["probability"])
    means = {
        shown: sorted(((-sum(each) / len(each), name) for name, each in of_name.items()))
        for shown, of_name in odds.items()
    }
    return {shown: "; ".join(f"{name} {-mean:.2f}" for mean, name in each) for shown, each in means.items()}


def aliases(mentions: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return the other full names that documents use for each name, joined by "; ", most frequent first.

    `mentions` are pairs of the name in a document and over the corpus. A bare surname may be somebody else's.

    >>> aliases([("Ann M. Lee", "Ann Lee"), ("Lee", "Ann Lee"), ("Ann Lee", "Ann Lee")])
    {'Ann Lee': 'Ann M. Lee'}
    """
    times: dict[str, Counter[str]] = defaultdict(Counter)
    for own, name in mentions:
        if own != name and " " in own:
            times[name][own] += 1
    return {name: "; ".join(by_frequency(each)) for name, each in times.items()}


def names_sheet(
    columns: Sequence[str], rows: Iterable[SheetRow], names: Sequence[Mapping[str, Any]], spelled: Mapping[str, str]
) -> str:
    """Return the sheet as CSV: every row of the user's table unchanged, then the names that it lacks, by mentions.

    `columns` and `rows` are the user's; `names` has each name with its extra cells, `spelled` its other forms.
    """
    own = [column for column in columns if column not in {*FIXED, *SHOWN_COLUMNS}]
    ids = [] if any(map(is_id, own)) else ["wikidata"]
    about: dict[str, Mapping[str, Any]] = {}
    for name in names:
        about.setdefault(key(str(name["name"])), name)
    lines: list[dict[str, str]] = []
    taken: set[str] = set()
    for row in rows:
        written = {column: row.values.get(column, "") for column in ("name", "aliases", *own, "from", "to")}
        called = key(written["name"])
        taken.update(keys_of(row.values))
        lines.append({**written, **{name: str(about.get(called, {}).get(name, "")) for name in _ABOUT}})
    lacking = [each for called, each in about.items() if called not in taken]
    for each in lacking[:_MOST]:
        shown = {name: str(each[name]) for name in _ABOUT}
        lines.append({"name": str(each["name"]), "aliases": spelled.get(str(each["name"]), ""), **shown})
    return csv_text(["name", "aliases", *ids, *own, "from", "to", *_ABOUT], lines)


def _contexts(folder: Path, places: Iterable[tuple[str, int]]) -> dict[tuple[str, int], str]:
    """Return the text of the sentences at these places (document, number), shortened to `_LONGEST` characters."""
    asked = {*places}
    files = open_table(folder / "sentences.parquet")
    rows = rows_of_documents(files, {doc_id for doc_id, _ in asked}, ["sentence", "text"]).to_pylist()
    texts = {(row["doc_id"], row["sentence"]): row["text"] for row in rows}
    return {place: " ".join(text.split())[:_LONGEST] for place, text in texts.items() if place in asked}


def read_corpus_names(folder: Path) -> tuple[list[dict[str, Any]], dict[str, str]]:
    """Return the corpus's names with the cells shown beside them, and their other forms, from a folder's tables."""
    rows = read_parquet(
        folder / "entities_corpus.parquet", ["name", "kind", "documents", "mentions", "doc_id", "sentence"]
    ).to_pylist()
    speakers = read_parquet(folder / "speakers.parquet", ["speaker", "role"]).to_pylist()
    roles = {row["speaker"]: row["role"] for row in speakers}
    mentions = read_parquet(folder / "entity_mentions.parquet", ["doc_id", "entity", "name"]).to_pylist()
    open_to = open_candidates(read_parquet(folder / "name_links.parquet").to_pylist())
    contexts = _contexts(folder, ((row["doc_id"], row["sentence"]) for row in rows[:_MOST]))
    for row in rows:
        row["role"] = roles.get(row["name"], "")
        is_place = row["kind"] == "place"
        row["told_country"] = told_country(row["name"]) if is_place else told_country(row["role"], row["name"])
        row["context"] = contexts.get((row["doc_id"], row["sentence"]), "")
        row["candidates"] = open_to.get(row["name"], "")
    return rows, aliases((row["entity"], row["name"]) for row in mentions)


def main() -> None:
    """Write the sheet of names from the tables in a folder and the manifest of the user's table."""
    options = path_options(main.__doc__, "folder", "manifest", "sheet")
    columns, rows = user_rows(options.manifest)
    write_text(options.sheet, names_sheet(columns, rows, *read_corpus_names(options.folder)))
