"""The sheet of sources to fill in: what was filled in stays, the rest is listed by words, nothing is guessed."""

import csv
import io

import pandas as pd

from scripts.core.known_sources import parse_known, sheet_cells
from scripts.sources.source_sheet import MOST_LISTED, source_sheet, suggestion

COLUMNS = ["speaker", "speaker_type", "role", "kind", "status", "known", "n_quotes", "n_documents", "words"]
SOURCES = pd.DataFrame(
    [
        ("Jill Stein", "person", "Green Party candidate", "politician", "unmatched", "", 3, 2, 90),
        ("Ann Smith", "person", "mayor", "politician", "matched", "Ann Smith", 2, 2, 50),
        ("officials", "group", "", "official", "unmatched", "", 2, 2, 40),
        ("Smith", "person", "", "unknown", "unmatched", "", 1, 1, 30),
        ("=Oxfam", "organisation", "", "civil society", "unmatched", "", 1, 1, 20),
    ],
    columns=COLUMNS,
)
QUOTES = pd.DataFrame(
    [
        ("Jill Stein", "a", "one", "Mrs. Stein", ""),
        ("Jill Stein", "a", "two", "she", ""),
        ("Jill Stein", "b", "three\nlines", "Stein", ""),
        ("Ann Smith", "a", "four", "Ann Smith", "mayor"),
    ],
    columns=["speaker", "doc_id", "content", "source", "role"],
)
FILLED = b"name;aliases;party;to\nAnn Smith;Mayor Smith;Greens;May 2025\nLong Gone;;Labour;\n;;note;\n"


def sheet(data=b"name\n"):
    text = source_sheet(*sheet_cells("sources.csv", data)[:2], SOURCES, QUOTES)
    return [*csv.DictReader(io.StringIO(text))]


def test_without_a_table_the_speakers_are_listed_by_words():
    rows = sheet()
    assert [row["name"] for row in rows] == ["Jill Stein", "Ann Smith", "Smith", "'=Oxfam"]
    first = rows[0]
    assert [first[column] for column in ("words", "statements", "documents", "role", "kind")] == [
        "90",
        "3",
        "2",
        "Green Party candidate",
        "politician",
    ]
    assert [first[f"quote_{number}"] for number in (1, 2, 3)] == ["one", "three lines", "two"]
    assert first["gender"] == first["party"] == "" and first["suggestion"] == 'gender: woman ("Mrs.")'


def test_a_long_quote_is_cut_after_three_hundred_characters():
    text = source_sheet(*sheet_cells("", b"name\n")[:2], SOURCES, QUOTES.assign(content="x" * 400))
    assert len(next(csv.DictReader(io.StringIO(text)))["quote_1"]) == 300


def test_what_was_filled_in_stays():
    """Also rows that the corpus does not quote, and rows with a fault, which source_problems names."""
    rows = sheet(FILLED)
    assert [(row["name"], row["party"], row["to"], row["words"]) for row in rows] == [
        ("Jill Stein", "", "", "90"),
        ("Ann Smith", "Greens", "May 2025", "50"),
        ("Smith", "", "", "30"),
        ("'=Oxfam", "", "", "20"),
        ("Long Gone", "Labour", "", ""),
        ("", "note", "", ""),
    ]
    assert rows[1]["aliases"] == "Mayor Smith" and "gender" not in rows[1]
    assert rows[2]["suggestion"] == 'alias of "Ann Smith"?'


def test_a_sheet_that_is_filled_in_is_a_table_of_known_sources():
    again = source_sheet(*sheet_cells("sources.csv", FILLED)[:2], SOURCES, QUOTES).encode()
    table = parse_known("sources.csv", again)
    assert table.attributes == ["party"]
    assert {row.name for row in table.rows} == {"Jill Stein", "Smith", "=Oxfam", "Long Gone"}
    columns = ["name", "aliases", "party", "from", "to", "words", "quote_1"]
    first, second = ([[row[column] for column in columns] for row in sheet(data)] for data in (FILLED, again))
    assert first == second


def test_names_suggest_nothing():
    assert suggestion(["Mary Smith", "John Lee", "Princess Nokia", "Conservative radio host", "Women for Water"]) == ""
    assert suggestion(["Republican strategist", "Rep.", "chairwoman"]) == (
        'party: Republican ("Republican"); gender: woman ("chairwoman")'
    )


def test_the_longest_list():
    many = pd.DataFrame(
        [(f"P{at}", "person", "", "unknown", "unmatched", "", 1, 1, 9) for at in range(MOST_LISTED + 9)]
    )
    rows = source_sheet(*sheet_cells("", b"name\n")[:2], many.set_axis(COLUMNS, axis=1), QUOTES)
    assert len([*csv.reader(io.StringIO(rows))]) == MOST_LISTED + 1
