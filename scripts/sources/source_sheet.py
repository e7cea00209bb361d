"""The sheet of sources to fill in: the rows of the user's table and the speakers that it lacks, most words first.

Gender and party are never guessed from a name. Evidence in the text ("Mrs.", "spokeswoman", "R-Texas") appears, with
its words, in the column `suggestion`, and has no effect until somebody fills in the attribute.
"""

import re
from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence

import pandas as pd

from scripts.core.csv_tables import csv_text
from scripts.core.known_sources import FIXED, SHOWN_COLUMNS, key, keys_of, user_rows
from scripts.core.options import path_options
from scripts.core.sheets import SheetRow
from scripts.core.statements import NAMED_TYPES
from scripts.core.storage import read_parquet, write_text

# Columns proposed for a table that has no attributes yet.
PROPOSED = ("category", "party", "gender", "country", "expertise")
MOST_LISTED = 500  # most speakers listed that the table lacks
_QUOTES, _LONGEST = 3, 300  # most quotes shown of a speaker, and most characters of each
_EVIDENCE = (
    (
        "gender: woman",
        re.compile(r"\b(?:Mrs\.?|Ms\.?|Miss|Madame|Lady|\w*woman|mother|actress|queen|widow)(?=\s|$)"),
    ),
    ("gender: man", re.compile(r"\b(?:Mr\.?|Sir|Lord|businessman|father|king|prince|widower)(?=\s|$)")),
    ("party: Republican", re.compile(r"\(?\bR-[A-Z][a-z]+|\b(?:Republican|GOP)(?=\s|$)")),
    ("party: Democrat", re.compile(r"\(?\bD-[A-Z][a-z]+|\bDemocrat(?:ic)?(?=\s|$)")),
    ("party: Conservative", re.compile(r"\b(?:Tory|Conservative) (?=MP|minister|leader|peer)")),
    ("party: Labour", re.compile(r"\bLabour (?=MP|minister|leader|peer)")),
)


def suggestion(texts: Iterable[str]) -> str:
    """Return the attributes of a source that texts state, each with the words that do so, joined by "; ".

    >>> suggestion(["campaign spokeswoman", "Mrs. Stein"])
    'gender: woman ("spokeswoman")'
    """
    evidence: dict[str, str] = {}
    for text in texts:
        for value, pattern in _EVIDENCE:
            if words := pattern.search(text):
                evidence.setdefault(value, words[0].strip(" ("))
    return "; ".join(f'{value} ("{words}")' for value, words in evidence.items())


def _alias(name: str, known: Iterable[str]) -> str:
    """Return advice to make a single name an alias if exactly one known full name ends in it, else ""."""
    full = sorted({each for each in known if " " in each and each.split()[-1] == name})
    return f'alias of "{full[0]}"?' if len(full) == 1 else ""


def _about(speakers: Sequence[Mapping[Hashable, str]], quotes: Sequence[Mapping[Hashable, str]]) -> dict[str, str]:
    """Return the cells that show a source's data in the corpus, from rows of tables sources and quotes."""
    sums = {
        column: str(sum(int(speaker[name]) for speaker in speakers))
        for column, name in (("words", "words"), ("statements", "n_quotes"), ("documents", "n_documents"))
    }
    first = speakers[0]
    texts = [speaker["role"] for speaker in speakers] + [quote[name] for quote in quotes for name in ("role", "source")]
    shown = {"status": first["status"], "type": first["speaker_type"], "kind": first["kind"], "role": first["role"]}
    # Quotes for the columns quote_1 and so on: first one from each document, then the rest.
    of_documents = {quote["doc_id"]: quote for quote in reversed(quotes)}
    examples = [*reversed(of_documents.values())]
    examples += [quote for quote in quotes if of_documents[quote["doc_id"]] is not quote]
    words = (" ".join(quote["content"].split())[:_LONGEST] for quote in examples[:_QUOTES])
    spoken = {f"quote_{number}": text for number, text in enumerate(words, 1)}
    return {**shown, **sums, "suggestion": suggestion(texts), **spoken}


def source_sheet(columns: Sequence[str], rows: Iterable[SheetRow], sources: pd.DataFrame, quotes: pd.DataFrame) -> str:
    """Return the sheet as CSV: every row of the user's table unchanged and the speakers that it lacks, by words.

    `columns` and `rows` are the user's; `sources` is the table of that name, most words first; `quotes` has the columns
    speaker, doc_id, content, source and role, without missing values.
    """
    of_speaker: dict[str, list[Mapping[Hashable, str]]] = defaultdict(list)
    for quote in quotes.astype(str).to_dict("records"):
        of_speaker[quote["speaker"]].append(quote)
    of_key: dict[str, list[Mapping[Hashable, str]]] = defaultdict(list)
    for speaker in sources.astype(str).to_dict("records"):
        of_key[key(speaker["speaker"])].append(speaker)
    attributes = [column for column in columns if column not in {*FIXED, *SHOWN_COLUMNS}] or [*PROPOSED]
    lines: list[dict[str, str]] = []
    known: list[str] = []
    taken: set[str] = set()
    for row in rows:
        keys = keys_of(row.values)
        taken.update(keys)
        known.append(row.values.get("name", ""))
        same = [speaker for each in keys for speaker in of_key[each]]
        written = {column: row.values.get(column, "") for column in ("name", "aliases", *attributes, "from", "to")}
        spoken = [quote for speaker in same for quote in of_speaker[speaker["speaker"]]]
        lines.append({**written, **(_about(same, spoken) if same else {})})
    lacking = [name for name in of_key if name not in taken and of_key[name][0]["speaker_type"] in NAMED_TYPES]
    for name in lacking[:MOST_LISTED]:
        full = of_key[name][0]["speaker"]
        about = _about(of_key[name], of_speaker[full])
        suggestion = "; ".join(filter(None, (_alias(full, known), about["suggestion"])))
        lines.append({"name": full, **about, "suggestion": suggestion})
    lines.sort(key=lambda line: -int(line.get("words", -1)))
    return csv_text(["name", "aliases", *attributes, "from", "to", *SHOWN_COLUMNS], lines)


def main() -> None:
    """Write the sheet of sources from the tables in a folder and the manifest of the user's table."""
    options = path_options(main.__doc__, "folder", "manifest", "sheet")
    columns, rows = user_rows(options.manifest)
    sources = read_parquet(options.folder / "sources.parquet").to_pandas()
    keys = read_parquet(options.folder / "quote_sources.parquet", ["doc_id", "quote", "speaker"]).to_pandas()
    texts = read_parquet(
        options.folder / "quotes.parquet", ["doc_id", "quote", "content", "source", "role"]
    ).to_pandas()
    quotes = keys.merge(texts, on=["doc_id", "quote"]).fillna("")
    write_text(options.sheet, source_sheet(columns, rows, sources, quotes))
