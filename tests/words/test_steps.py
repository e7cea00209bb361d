"""The steps as the rules call them: from the tables of two batches to the tables of the corpus, recounted here."""

import json
import sys
from collections import Counter
from itertools import pairwise

import pyarrow as pa
import pytest

from scripts.core.storage import read_parquet, rows_to_table, write_parquet, write_text
from scripts.words import (
    boilerplate_counts,
    collocations,
    counts,
    frequencies,
    keyness,
    ngrams,
    rates,
    readability,
    similarity,
)
from tests.references import is_word

TEXTS = {
    "a": [["The", "tax", "cut", "helped", "the", "Bank", "."], ["Tax", "cut", ",", "tax", "cut"]],
    "b": [["A", "tax", "on", "banks"], ["Bank", "and", "tax", "cut", "!"]],
    "c": [["Rain", "fell", "on", "the", "hill"], ["Rain", "fell", "again", "and", "again"]],
    "d": [["Rain", "and", "tax"], ["Committees", "deliberated"]],
}
STOP = {"the", "a", "on", "and", "again"}
SETTINGS = {
    "words": {
        "unit": "form",
        "other_languages": True,
        "n": [3],
        "window": 2,
        "stop_words": {"list": "default", "add": [], "keep": []},
    },
    "phrases": {"min_count": 2, "most": 2},
    "keyness": {
        "max_groups": 5,
        "reference": "/at/home/other news",
        "min_count": 2,
        "min_documents": 1,
        "most": 50,
    },
    "rates": {"words": ["Rain", "absent"], "most": 2},
    "groups": "outlet",
    "bootstrap": {"resamples": 20, "seed": 1},
    "tables": {"csv_max_rows": 1000},
}


def run(monkeypatch, module, **options):
    arguments = [part for name, value in options.items() for part in (f"--{name.replace('_', '-')}", str(value))]
    monkeypatch.setattr(sys, "argv", [module.__name__, *arguments])
    module.main()


def lower(doc_id):
    return [[token.lower() for token in sentence if is_word(token)] for sentence in TEXTS[doc_id]]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Return the tables of the corpus, made by the mains of all steps."""
    folder = tmp_path_factory.mktemp("steps")
    settings = folder / "stage.json"
    settings.write_text(json.dumps({"settings": SETTINGS}), encoding="utf-8")
    with pytest.MonkeyPatch.context() as monkeypatch:
        for batch, names in {"0": ["a", "c"], "1": ["b", "d"], "reference/all": ["c", "d"]}.items():
            base = folder / "batches" / batch
            rows = [
                (name, at, token) for name in names for at, sentence in enumerate(TEXTS[name]) for token in sentence
            ]
            columns = dict(zip(("doc_id", "sentence", "word"), map(list, zip(*rows, strict=True)), strict=True))
            write_text(base / "manifest.jsonl", "")
            write_parquet(base / "documents.parquet", pa.table({"doc_id": names}))
            is_words = list(map(is_word, columns["word"]))
            write_parquet(base / "tokens.parquet", pa.table(columns | {"is_word": is_words}))
            write_parquet(base / "parses.parquet", pa.table({"lemma": ["x"] * len(rows)}))
            inputs = {name: base / f"{name}.parquet" for name in ("documents", "tokens", "parses")}
            outputs = ("vocabulary", "word_counts", "ngram_counts", "collocate_counts", "document_counts", "problems")
            run(
                monkeypatch, counts, settings=settings, **inputs, **{name: base / f"{name}.parquet" for name in outputs}
            )
        documents = folder / "documents.parquet"
        outlets = ["Globe", "Globe", "Post", "Post", ""]
        columns = {"doc_id": [*TEXTS, "other language"], "seed": [""] * 5, "date": [""] * 5, "outlet": outlets}
        write_parquet(documents, pa.table(columns))
        batches, repeated = folder / "batches", folder / "batches" / "boilerplate"
        run(monkeypatch, boilerplate_counts, batches=batches, tables=folder, settings=settings, folder=repeated)
        common = {"batches": batches, "repeated": repeated, "settings": settings, "folder": folder}
        for module in (frequencies, ngrams, collocations, readability, similarity):
            run(monkeypatch, module, **common)
        write_parquet(folder / "quotes.parquet", rows_to_table("quotes", []))
        write_parquet(folder / "tokens.parquet", rows_to_table("tokens", []))
        run(monkeypatch, rates, documents=documents, **common)
        run(monkeypatch, keyness, documents=documents, reference=folder / "batches" / "reference", **common)
    return folder


def rows(folder, name):
    return read_parquet(folder / f"{name}.parquet").to_pylist()


def test_frequencies(folder):
    expected = Counter(word for name in TEXTS for sentence in lower(name) for word in sentence)
    table = rows(folder, "frequencies")
    assert {row["word"]: row["count"] for row in table} == expected
    assert {row["n"] for row in table} == {expected.total()}
    assert {row["word"]: row["is_stop"] for row in table} == {word: word in STOP for word in expected}
    assert [row["count"] for row in table] == sorted(expected.values(), reverse=True)
    tax = next(row for row in table if row["word"] == "tax")
    assert tax["estimate"] == pytest.approx(1e6 * expected["tax"] / expected.total())
    assert tax["lo"] is None and "not estimable" in tax["method"]  # of so few documents


def test_ngrams_are_those_asked_for_and_the_most_frequent(folder):
    assert rows(folder, "ngrams") == []  # no sequence of three occurs twice within punctuation and without stop words
    pairs = Counter()
    for sentences in TEXTS.values():
        for sentence in sentences:
            pairs.update(
                (first.lower(), second.lower())
                for first, second in pairwise(sentence)
                if is_word(first) and is_word(second)
            )
    adjacent = [row for row in rows(folder, "collocations") if row["kind"] == "adjacent"]
    assert [(row["word1"], row["word2"], row["count"]) for row in adjacent] == [("tax", "cut", 4), ("rain", "fell", 2)]
    assert {row["n"] for row in adjacent} == {pairs.total()}
    assert [row["documents"] for row in adjacent] == [2, 1]
    assert adjacent[0]["count2"] == 4 and adjacent[1]["count1"] == 3


def test_window_collocations(folder):
    pairs = Counter()
    for name in TEXTS:
        for sentence in lower(name):
            for at, word in enumerate(sentence):
                near = sentence[at + 1 : at + 3]
                pairs.update(tuple(sorted((word, neighbour))) for neighbour in near if not {word, neighbour} & STOP)
    window = [row for row in rows(folder, "collocations") if row["kind"] == "window"]
    assert len(window) == SETTINGS["phrases"]["most"]
    for row in window:
        assert row["count"] == pairs[row["word1"], row["word2"]] >= 2
        assert row["n"] == 2 * pairs.total()
        assert row["count1"] == sum(n * pair.count(row["word1"]) for pair, n in pairs.items())
        assert row["count2"] == sum(n * pair.count(row["word2"]) for pair, n in pairs.items())
    assert [row["g2"] for row in window] == sorted((row["g2"] for row in window), reverse=True)


def test_measures_of_documents(folder):
    table = {row["doc_id"]: row for row in rows(folder, "readability")}
    assert list(table) == list(TEXTS)
    # com-mit-tees de-lib-er-at-ed, rain and tax: two words of three syllables or more.
    assert [table["d"][name] for name in ("n_words", "n_sentences", "n_syllables", "n_complex")] == [5, 2, 11, 2]
    assert [row["doc_id"] for row in rows(folder, "diversity")] == list(TEXTS)


def test_words_of_a_document_and_its_neighbours(folder):
    words = {(row["doc_id"], row["rank"]): row["word"] for row in rows(folder, "tf_idf")}
    assert words["c", 1] == "fell"  # twice in this document alone; rain is in another too
    assert not {row["word"] for row in rows(folder, "tf_idf")} & STOP
    nearest = {row["doc_id"]: row["other"] for row in rows(folder, "similarity") if row["rank"] == 1}
    assert nearest == {"a": "b", "b": "a", "c": "d", "d": "c"}


def test_rates(folder):
    table = {(row["group"], row["word"]): row for row in rows(folder, "rates")}
    assert set(table) == {(group, word) for group in ("Globe", "Post") for word in ("rain", "tax", "cut")}
    assert [table["Post", "rain"][name] for name in ("count", "n", "documents", "n_documents")] == [3, 15, 2, 2]
    assert table["Globe", "rain"]["count"] == 0
    assert table["Post", "rain"]["estimate"] == pytest.approx(2e5)


def test_keyness_of_the_groups_and_against_other_news(folder):
    summary = {(row["column"], row["target"]): row for row in rows(folder, "keyness_summary")}
    groups = {("outlet", "Globe"), ("outlet", "Post"), ("corpus", "this corpus")}
    assert set(summary) == groups | {("doc_id", name) for name in TEXTS}
    assert summary["corpus", "this corpus"]["reference"] == "other news"
    assert [summary["corpus", "this corpus"][f"documents_{side}"] for side in ("target", "reference")] == [4, 2]
    table = {(row["column"], row["target"], row["word"]): row for row in rows(folder, "keyness")}
    tax = table["outlet", "Globe", "tax"]
    assert [tax[f"{name}_{side}"] for side in ("target", "reference") for name in ("count", "n")] == [5, 18, 1, 15]
    rain = table["corpus", "this corpus", "rain"]
    assert [rain[f"{name}_{side}"] for side in ("target", "reference") for name in ("count", "n")] == [3, 33, 3, 15]
    assert tax["log_odds"] > 0 > rain["log_odds"]
