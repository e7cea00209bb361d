"""The vocabulary of the page: entries, their numbers and flags."""

from functools import partial

import numpy as np
import pandas as pd
import pytest

from scripts.core.storage import read_parquet
from scripts.report.corpus.blocks import corpus_blocks
from scripts.report.corpus.tokens import counted_words, tiered_order
from scripts.report.data import payload, read_corpus
from scripts.report.store import Store
from tests.report.blocks import STATISTICS, WORDS, read_block, read_blocks
from tests.report.corpus import row, write_corpus, write_tables


def test_frequent_words_have_the_short_numbers():
    counts = pd.Series(range(1, 1001)).to_numpy()
    order = tiered_order(counts, [f"{n:04}" for n in range(1000)])
    assert set(order[:128]) == set(range(872, 1000))
    assert order[:128].tolist() == sorted(order[:128].tolist())


def test_the_rarest_words_have_the_long_numbers():
    counts = pd.Series(range(1, 17_001)).to_numpy()
    order = tiered_order(counts, [f"{n:05}" for n in range(17_000)]).tolist()
    for first, last in ((0, 128), (128, 16_384), (16_384, 17_000)):
        assert order[first:last] == sorted(range(17_000 - last, 17_000 - first))


@pytest.fixture
def letters(tmp_path):
    """Return a document of the words a and b, each with a space before it and without."""
    folder = write_corpus(tmp_path, ["x"])
    text = "a ba b ab"
    spans = [(0, 1), (2, 3), (3, 4), (5, 6), (7, 8), (8, 9)]
    key = {"doc_id": "d"}
    tables = {
        "documents": [key | {"title": "D", "text": text, "outlet": "Globe"}],
        "sentences": [key | {"start": 0, "end": len(text), "first": 0, "last": len(spans), "text": text}],
        "tokens": [
            key | {"token": at, "start": start, "end": end, "text": text[start:end], "norm": text[start:end],
                   "lemma": "x", "is_word": text[start:end] == "a" or at in (1, 3), "is_stop": at in (1, 3)}
            for at, (start, end) in enumerate(spans)
        ],
    }  # fmt: skip
    for name in ("quotes", "entities", "frame_codes"):
        tables[name] = []
    write_tables(folder, **tables)
    return folder


def test_a_word_is_an_entry_for_each_white_space_before_it(letters):
    _, shared, [(_, part)] = read_blocks(letters)
    assert "".join(shared["entry"][entry] for entry in part["tokens"]) == "a ba b ab"
    assert sorted(shared["entry"]) == [" a", " b", "a", "b"]


def test_words_and_stop_words_are_flagged(letters):
    _, shared, _ = read_blocks(letters)
    # A letter alone sets nobody apart: 32.
    assert dict(zip(shared["entry"], shared["flags"], strict=True)) == {"a": 37, " a": 37, "b": 32, " b": 39}


def test_a_word_is_its_lemma_or_its_form_as_words_are_counted():
    rows = [("Says", "", "say"), ("Tax", "", "="), ("n’t", "n't", ""), ("Of", "", "")]
    vocabulary = pd.DataFrame(rows, columns=["surface", "norm", "lemma"])
    assert counted_words(vocabulary, "lemma") == ["say", "tax", "n't", "of"]
    assert counted_words(vocabulary, "form") == ["says", "tax", "n't", "of"]


def test_documents_have_a_value_for_each_way_to_group_them(letters):
    write_tables(letters, document_groups=[row("document_groups", doc_id="d", group="left")])
    _, shared = read_block(payload(Store(letters), partial(read_corpus, letters, WORDS, STATISTICS)).tables[0].text)
    assert (shared["group group"], shared["group outlet"]) == (["left"], ["Globe"])
    assert "group doc_id" not in shared and "group month" not in shared
    (letters / "document_groups.parquet").unlink()
    _, shared = read_block(payload(Store(letters), partial(read_corpus, letters, WORDS, STATISTICS)).tables[0].text)
    assert "group group" not in shared and shared["group outlet"] == ["Globe"]


def test_white_space_before_the_first_word_is_its_gap(tmp_path):
    folder = write_corpus(tmp_path, ["x"])
    rows = {
        "documents": [row("documents", doc_id=name, title=name, text="\n\na b") for name in ("d", "e")],
        "sentences": [row("sentences", doc_id=name, start=2, end=5, last=2, text="a b") for name in ("d", "e")],
        "tokens": [
            row("tokens", doc_id=name, token=at, start=start, end=start + 1, text=word, norm=word, lemma=word)
            for name in ("d", "e") for at, (start, word) in enumerate([(2, "a"), (4, "b")])
        ],
        "quotes": [], "entities": [], "frame_codes": [],
    }  # fmt: skip
    write_tables(folder, **rows)
    _, shared, [(_, part)] = read_blocks(folder)
    assert [shared["entry"][entry] for entry in part["tokens"]] == ["\n\na", " b"] * 2


@pytest.mark.parametrize(
    ("settings", "counted"),
    [
        ({}, ["Tax", "law2", "mot"]),
        ({"other_languages": False}, ["Tax", "law2"]),
    ],
)
def test_words_are_flagged_as_the_settings_count_them(tmp_path, settings, counted):
    folder = write_corpus(tmp_path, ["x"])
    text, words = "Tax law2 mot !", [("Tax", "tax", True), ("law2", "law", True), ("mot", "", True), ("!", "!", False)]
    spans = [(text.index(word), text.index(word) + len(word)) for word, *_ in words]
    tables = {
        "documents": [{"doc_id": "d", "text": text}],
        "sentences": [{"doc_id": "d", "end": len(text), "last": 4, "text": text}],
        "tokens": [{"doc_id": "d", "token": at, "start": start, "end": end, "text": word, "norm": word.lower(),
                    "lemma": lemma, "is_word": is_word}
                   for at, ((word, lemma, is_word), (start, end)) in enumerate(zip(words, spans, strict=True))],
        "quotes": [], "entities": [], "frame_codes": [],
    }  # fmt: skip
    write_tables(folder, **tables)
    blocks = corpus_blocks(folder, {}, WORDS | {"other_languages": True} | settings, STATISTICS)
    _, shared = read_block(blocks.shared)
    entries = [entry.strip() for entry in shared["entry"]]
    assert sorted(entry for entry, flags in zip(entries, shared["flags"], strict=True) if flags & 4) == counted
    assert sorted(entry for entry, flags in zip(entries, shared["flags"], strict=True) if flags & 1) == [
        "Tax",
        "law2",
        "mot",
    ]
    of_entry = dict(zip(entries, zip(shared["lemma"], shared["norm"], shared["gap"], strict=True), strict=True))
    # A lemma that is the token in small letters is left out.
    assert of_entry == {"Tax": ("=", "", 0), "law2": ("law", "", 1), "mot": ("", "", 1), "!": ("=", "", 1)}


def test_a_word_with_two_lemmas_is_two_entries_and_one_with_other_letters_keeps_its_norm(letters):
    tokens = read_parquet(letters / "tokens.parquet").to_pylist()
    tokens[0]["lemma"], tokens[2]["norm"] = "a", "A"
    write_tables(letters, tokens=tokens)
    _, shared, [(_, part)] = read_blocks(letters)
    assert "".join(shared["entry"][entry] for entry in part["tokens"]) == "a ba b ab"
    assert sorted(zip(shared["entry"], shared["lemma"], strict=True)) == [
        (" a", "x"), (" b", "x"), ("a", "="), ("a", "x"), ("b", "x"),
    ]  # fmt: skip
    _, part_lemmas = shared["lemma"], [shared["lemma"][entry] for entry in part["tokens"]]
    assert part_lemmas == ["=", "x", "x", "x", "x", "x"]


def test_numbers_of_one_byte_go_to_the_most_frequent_and_of_equals_to_the_first():
    counts = np.array([1] * 200)
    order = tiered_order(counts, [f"{n:04}" for n in range(200)]).tolist()
    assert order == list(range(200))
    two_keys = tiered_order(np.array([1, 1, 1, 2]), ["b", "a", "a", "c"], ["x", "z", "y", "w"]).tolist()
    assert two_keys == [2, 1, 0, 3]
    split = tiered_order(np.array([1, *[2] * 128]), ["a"] * 129, [f"{n:04}" for n in range(129)]).tolist()
    assert split == [*range(1, 129), 0]


def test_words_are_told_apart_where_there_are_more_of_them_than_of_lemmas(letters):
    lemmas = dict(zip("bacdef", "xyzxxx", strict=True))
    rows = {
        "documents": [row("documents", doc_id="d", text="bacdef")],
        "sentences": [row("sentences", doc_id="d", end=6, last=6, text="bacdef")],
        "tokens": [
            row("tokens", doc_id="d", token=at, start=at, end=at + 1, text=word, norm=word, lemma=lemma)
            for at, (word, lemma) in enumerate(lemmas.items())
        ],
    }
    write_tables(letters, **rows)
    _, shared, [(_, part)] = read_blocks(letters)
    assert {shared["entry"][entry]: shared["lemma"][entry] for entry in part["tokens"]} == lemmas
