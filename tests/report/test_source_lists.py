"""Statements behind shares of sources: source_shares counts them, and they are found by value, group and measure."""

import pytest

from scripts.core.storage import rows_to_table, write_parquet
from scripts.report.corpus.sources import analysed_documents, source_rows
from scripts.report.index import Index
from scripts.report.source_lists import counted_rows, sentences_of
from tests.report.corpus import row

WORDS = {"unit": "lemma", "other_languages": False, "window": 5}
# Documents: a and b of two groups, c repeats a, d is in another language.
DOCUMENTS = [("a", "", True, "left"), ("b", "", True, "right"), ("c", "a", True, "left"), ("d", "", False, "")]
# Statements: document, sentence, kind, stance, row of the table of known sources.
STATEMENTS = [
    ("a", 4, "expert", "neutral", 2),
    ("a", 1, "expert", "doubting", 2),
    ("a", 1, "expert", "doubting", None),
    ("b", 0, "expert", "neutral", 3),
    ("b", 7, "unknown", "neutral", None),
    ("c", 4, "expert", "neutral", 2),
]


@pytest.fixture
def folder(tmp_path):
    tables = {
        "documents": [{"doc_id": d, "duplicate_of": of, "parsed": parsed} for d, of, parsed, _ in DOCUMENTS],
        "document_groups": [{"doc_id": d, "group": group} for d, *_, group in DOCUMENTS],
        "quote_sources": [
            {"doc_id": d, "quote": at, "sentence": s, "kind": kind, "stance": stance, "row": known, "words": 5}
            for at, (d, s, kind, stance, known) in enumerate(STATEMENTS)
        ],
        "source_attributes": [
            {"row": 2, "attribute": "party", "value": "Greens"},
            {"row": 3, "attribute": "party", "value": "Reds"},
        ],
    }
    for name, rows in tables.items():
        write_parquet(tmp_path / f"{name}.parquet", rows_to_table(name, [row(name, **each) for each in rows]))
    return tmp_path


def test_a_repeat_and_an_article_in_another_language_do_not_count(folder):
    documents = analysed_documents(folder)
    assert documents["parsed"].to_dict() == {"a": True, "b": True, "c": True, "d": False}
    assert documents["counts"].to_dict() == {"a": True, "b": True, "c": False, "d": False}
    assert source_rows(folder)["counts"].tolist() == [True] * 5 + [False]


def test_attributes_of_known_sources_are_values_beside_the_kind(folder):
    rows = source_rows(folder)
    assert rows["value kind"].tolist() == ["expert"] * 4 + ["unknown", "expert"]
    assert rows["value party"].tolist() == ["Greens", "Greens", "unknown", "Reds", "unknown", "Greens"]


def test_values_beyond_those_with_most_words_are_together(folder, monkeypatch):
    monkeypatch.setattr("scripts.sources.source_counts.MOST_VALUES", 1)
    assert source_rows(folder)["value party"].tolist()[:4] == ["Greens", "Greens", "unknown", "(other values)"]


@pytest.mark.parametrize(
    ("columns", "key", "places"),
    [
        (("value",), ("expert",), [("a", 1), ("a", 4), ("b", 0)]),
        (("value", "group"), ("expert", "left"), [("a", 1), ("a", 4)]),
        (("attribute", "value", "group", "measure"), ("kind", "expert", "(all)", "doubting"), [("a", 1)]),
        (("value", "measure"), ("(all)", "neutral"), [("a", 4), ("b", 0), ("b", 7)]),
        (("attribute", "value"), ("party", "Reds"), [("b", 0)]),
        (("value",), ("media",), []),
    ],
)
def test_sentences_are_those_of_the_value_in_the_group_by_the_measure(folder, columns, key, places):
    assert sentences_of(counted_rows(folder), columns, key) == places
    (hits,) = Index(folder, WORDS).find("quote_sources", columns, [key])
    assert (hits.places, hits.total) == (places, len(places))


def test_without_sources_there_are_no_rows(tmp_path):
    write_parquet(tmp_path / "documents.parquet", rows_to_table("documents", [row("documents", doc_id="a")]))
    assert source_rows(tmp_path).empty
