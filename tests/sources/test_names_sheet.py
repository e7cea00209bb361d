"""The sheet of names has what the corpus has, keeps what the user wrote, and reads back as a table of known sources."""

import csv
import io

from scripts.core.known_sources import parse_known, sheet_cells
from scripts.core.storage import rows_to_table, write_parquet
from scripts.sources.names_sheet import names_sheet, open_candidates, read_corpus_names
from tests.report.corpus import row

ABOUT = {
    "kind": "person",
    "told_country": "",
    "role": "",
    "documents": 2,
    "mentions": 9,
    "context": "",
    "candidates": "",
}
NAMES = [
    {"name": "Ann Lee", **ABOUT, "role": "French President", "told_country": "France", "context": "Ann Lee spoke."},
    {"name": "=Oxfam", **ABOUT, "kind": "organisation"},
    {"name": "Clinton (Hillary or Bill)", **ABOUT, "candidates": "Hillary Clinton 0.50; Bill Clinton 0.20"},
]


def sheet(data=b"name\n"):
    return names_sheet(*sheet_cells("sources.csv", data)[:2], NAMES, {"Ann Lee": "Ann M. Lee"})


def test_names_are_listed_with_what_is_known():
    rows = [*csv.DictReader(io.StringIO(sheet()))]
    assert [each["name"] for each in rows] == ["Ann Lee", "'=Oxfam", "Clinton (Hillary or Bill)"]
    assert rows[0] | {"aliases": "Ann M. Lee", "told_country": "France", "wikidata": ""} == rows[0]
    assert rows[2]["candidates"] == "Hillary Clinton 0.50; Bill Clinton 0.20"


def test_a_reconciled_sheet_is_a_table_of_known_sources():
    filled = sheet(b"name;aliases;parliament;party;to\nAnn Lee;Annie|Oxfam;77;Greens;2025\n")
    assert "wikidata" not in filled.splitlines()[0]
    known = parse_known("sources.csv", filled.encode())
    assert known.problems == [] and known.attributes == ["party"]
    first = known.rows[0]
    assert (first.name, first.ids, first.end, first.attributes) == (
        "Ann Lee",
        "parliament: 77",
        "2025",
        {"party": "Greens"},
    )
    assert first.keys == {"ann lee", "annie", "oxfam"}
    assert [each.name for each in known.rows] == ["Ann Lee", "Clinton (Hillary or Bill)"]
    again = names_sheet(*sheet_cells("sources.csv", filled.encode())[:2], NAMES, {})
    assert again == filled.replace("Ann M. Lee", "")


def test_whom_an_open_name_may_mean_by_the_mean_of_its_articles():
    link = {"shown": "Lee (Ann or Bo)", "linked": False, "candidate": "Ann Lee", "probability": 0.6}
    second = link | {"candidate": "Bo Lee", "probability": 0.3}
    links = [link, link | {"probability": 0.4}, second, link | {"linked": True, "probability": 1.0}]
    assert open_candidates(links) == {"Lee (Ann or Bo)": "Ann Lee 0.50; Bo Lee 0.30"}


def test_the_tables_of_a_corpus_make_the_rows(tmp_path):
    place = {"doc_id": "a", "sentence": 1}
    tables = {
        "entities_corpus": [row("entities_corpus", name="Ann Lee", kind="person", documents=1, mentions=2, **place)],
        "speakers": [row("speakers", speaker="Ann Lee", role="Kenyan minister")],
        "entity_mentions": [row("entity_mentions", doc_id="a", entity="Ann Moi Lee", name="Ann Lee")],
        "name_links": [],
        "sentences": [
            row("sentences", **place, text="Ann\nLee spoke. " + "x" * 400),
            row("sentences", doc_id="b", sentence=1),
        ],
    }
    for name, rows in tables.items():
        write_parquet(tmp_path / f"{name}.parquet", rows_to_table(name, rows))
    (name,), spelled = read_corpus_names(tmp_path)
    assert (name["told_country"], name["role"]) == ("Kenya", "Kenyan minister")
    assert name["context"].startswith("Ann Lee spoke. x") and len(name["context"]) == 300
    assert spelled == {"Ann Lee": "Ann Moi Lee"}
