"""Key words of the statements of leading speakers."""

import json
from itertools import pairwise

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scripts.core.statements import NO_COMMENT
from scripts.core.storage import parquet_writer, read_parquet, rows_to_table, write_parquet
from scripts.maths.keyness import PRIOR, document_p, log_odds_dirichlet
from scripts.words import speaker_words
from scripts.words.speaker_words import (
    BlockTokens,
    KeyCounts,
    Part,
    StatementSpans,
    count_statements,
    finish,
    merge,
    part,
    read_block_tokens,
)
from tests.report.corpus import row

LIMITS = {"stop": frozenset({"the"}), "min_count": 1, "min_documents": 1, "most": 5}
WORDS = {"unit": "lemma"}
ANN, BO, NOBODY = 0, 1, -1


def batch(texts):
    """Return the words of documents, given as texts of words of one letter by the number of the document."""
    rows = [(doc, 2 * at, ord(word) - ord("a")) for doc, text in texts.items() for at, word in enumerate(text)]
    return BlockTokens(*np.array(rows, int).reshape(-1, 3).T, [*"abc"])


def quotes(*rows):
    """Return statements as (document, speaker, first word, word after the last)."""
    document, speaker, first, last = np.array(sorted(rows), int).reshape(-1, 4).T
    return StatementSpans(document, speaker, 2 * first, 2 * last)


def listed(counts, known):
    """Return counts as {word, or speaker's place and word: (count, documents)}."""
    words = list(known)
    numbers = zip(counts.key.tolist(), counts.n.tolist(), counts.documents.tolist(), strict=True)
    return {(key >> 32, words[key % 2**32]): (count, documents) for key, count, documents in numbers}


def test_words_inside_statements_are_counted_once_for_each_speaker():
    known = {}
    statements = quotes((0, ANN, 0, 3), (0, ANN, 1, 2), (0, BO, 1, 5), (1, NOBODY, 0, 1), (2, 2, 0, 2))
    counts = part(batch({0: "abcab", 1: "ccc", 2: "bb"}), statements, known, leading=2)
    assert listed(counts.own, known) == {
        (ANN, "a"): (1, 1), (ANN, "b"): (1, 1), (ANN, "c"): (1, 1),
        (BO, "a"): (1, 1), (BO, "b"): (2, 1), (BO, "c"): (1, 1),
    }  # fmt: skip
    assert listed(counts.words, known) == {(0, "a"): (2, 1), (0, "b"): (5, 2), (0, "c"): (3, 2)}
    assert counts.speakers.tolist() == [1, 1]


def test_documents_of_another_block_have_no_words_here():
    known = {}
    counts = part(batch({1: "ab", 5: "c"}), quotes((0, ANN, 0, 9), (3, ANN, 0, 9), (5, BO, 0, 1)), known, leading=2)
    assert listed(counts.own, known) == {(BO, "c"): (1, 1)} and counts.speakers.tolist() == [0, 1]
    assert not len(part(batch({}), quotes((0, ANN, 0, 9)), known, leading=2).words.key)


def counts_of(*rows, speakers=2):
    """Return the part of (speaker, document, word, count), and the words."""
    words = sorted({word for _, _, word, _ in rows})

    def counts(keys):
        of_keys = {key: [(doc, n) for (_, doc, _, n), each in zip(rows, keys, strict=True) if each == key]
                   for key in sorted({*keys})}  # fmt: skip
        columns = [(key, sum(n for _, n in cells), len({doc for doc, _ in cells})) for key, cells in of_keys.items()]
        return KeyCounts(*np.array(columns, int).reshape(-1, 3).T)

    own = counts([speaker * 2**32 + words.index(word) for speaker, _, word, _ in rows])
    own = KeyCounts(*(array[(own.key >= 0) & (own.key < speakers * 2**32)] for array in own))
    documents = [len({doc for speaker, doc, _, _ in rows if speaker == number}) for number in range(speakers)]
    tokens = [(words.index(word), speaker * 100 + doc) for speaker, doc, word, n in rows for _ in range(n)]
    spread = speaker_words._spread(*np.array(tokens).T)
    return Part(own, counts([words.index(word) for _, _, word, _ in rows]), np.array(documents), *spread), words


def test_log_odds_are_of_the_speaker_against_all_other_statements():
    counts = counts_of(
        (ANN, 0, "tax", 6), (ANN, 1, "tax", 2), (ANN, 0, "law", 2), (BO, 0, "tax", 1), (NOBODY, 2, "law", 9)
    )
    (first,) = finish(counts[0], ["Ann"], counts[1], **LIMITS).to_pylist()
    names = ("word", "count", "count_others", "n", "n_others", "documents", "n_documents", "documents_all")
    assert [first[name] for name in names] == ["tax", 8, 1, 10, 10, 2, 2, 2]
    prior = np.array([9 / 20, 11 / 20]) * PRIOR
    estimate, z = log_odds_dirichlet([8, 2], [1, 9], [2, 8], [9, 1], prior=prior, prior_total=PRIOR)
    assert (first["estimate"], first["z"]) == pytest.approx((estimate[0], z[0]))
    # Two documents of a speaker are too few for a test.
    assert first["p"] is first["q"] is None


def test_p_is_of_what_speakers_say_in_whole_documents():
    often, once = (
        [(ANN, doc, "tax", 2 if is_often else 12 * (doc == 0)) for doc in range(6)] for is_often in (True, False)
    )
    rest = [(who, doc, word, n) for who, docs in ((ANN, 6), (BO, 12)) for doc in range(docs)
            for word, n in (("law", 30 + doc), ("tax", int(who == BO and doc < 5)))]  # fmt: skip
    p = []
    for rows in (often, once):
        counts, words = counts_of(*(row for row in [*rows, *rest] if row[3]))
        table = {row["word"]: row for row in finish(counts, ["Ann"], words, **LIMITS).to_pylist()}
        p.append(table["tax"]["p"])
        assert table["tax"]["q"] >= table["tax"]["p"] and table["tax"]["count"] == 12
    # A word of one speech is no habit of the speaker, though it is said as often.
    assert p[0] < 0.02 < 0.2 < p[1]
    # By hand from the excess of each speaker in each document.
    units = {(who, doc): n for who, doc, word, n in rest if word == "law"}
    tax = {(who, doc): 2 if who == ANN else int(doc < 5) for who, doc in units}
    hits, sizes = np.array([*tax.values()]), np.array([units[unit] + tax[unit] for unit in tax])
    excess, is_ann = hits - sizes * hits.sum() / sizes.sum(), np.array([who == ANN for who, _ in tax])
    words = int(sizes[is_ann].sum()), int(sizes[~is_ann].sum())
    by_hand = document_p(excess[is_ann].sum(), (excess**2).sum(), (excess**3).sum(), words=words, documents=(6, 12))
    assert p[0] == pytest.approx(float(by_hand), rel=1e-9)


@pytest.mark.parametrize(("ann", "bo", "is_tested"), [(5, 5, True), (6, 4, False), (4, 6, False)])
def test_a_word_is_tested_if_five_documents_quote_the_speaker_and_five_others(ann, bo, is_tested):
    rows = [(who, doc, "tax", who + 1 + doc % 2) for who, n in ((ANN, ann), (BO, bo)) for doc in range(n)]
    counts, words = counts_of(*rows, *((who, doc, "law", 9 + doc) for who, doc, *_ in rows))
    (first,) = finish(counts, ["Ann"], words, **LIMITS).to_pylist()
    assert (first["p"] is not None) == is_tested


def test_stop_words_rare_words_and_words_of_too_few_documents_are_not_listed():
    counts, words = counts_of(
        (ANN, 0, "the", 9), (ANN, 0, "rare", 1), (ANN, 0, "once", 5), (ANN, 0, "tax", 3), (ANN, 1, "tax", 3),
        (BO, 0, "law", 30),
    )  # fmt: skip
    # Ann is quoted in two documents: her words need not be in more.
    for least in (2, 3):
        strict = LIMITS | {"min_count": 2, "min_documents": least}
        assert finish(counts, ["Ann"], words, **strict)["word"].to_pylist() == ["tax"]
    assert finish(counts, ["Ann"], words, **LIMITS | {"most": 1})["word"].to_pylist() == ["tax"]


def test_abbreviations_and_numbers_set_no_speaker_apart(monkeypatch, tmp_path):
    counted = counts_of((ANN, 0, "mr.", 9), (ANN, 0, "2016", 9), (ANN, 0, "tax", 3), (BO, 0, "law", 30))
    settings = {
        "profiles": {"speakers": 1, "words": 5},
        "words": {"stop_words": {"list": "none", "add": [], "keep": []}},
        "keyness": {"min_count": 1, "min_documents": 1},
        "tables": {"csv_max_rows": 9},
    }
    (tmp_path / "stage.json").write_text(json.dumps({"settings": settings}), encoding="utf-8")
    monkeypatch.setattr(speaker_words, "read_spoken", lambda path: None)
    monkeypatch.setattr(speaker_words, "leading_speakers", lambda spoken, most: ["Ann"])
    monkeypatch.setattr(speaker_words, "count_statements", lambda *_: counted)
    options = ["--settings", str(tmp_path / "stage.json"), "--folder", str(tmp_path)]
    monkeypatch.setattr("sys.argv", ["speaker_words", *options])
    speaker_words.main()
    assert read_parquet(tmp_path / "speaker_words.parquet")["word"].to_pylist() == ["tax"]


def test_of_equal_words_the_first_in_the_alphabet_comes_first():
    counts, words = counts_of((ANN, 0, "c", 2), (ANN, 0, "a", 2), (ANN, 0, "b", 2), (BO, 0, "law", 9))
    assert finish(counts, ["Ann"], words, **LIMITS)["word"].to_pylist() == ["a", "b", "c"]


def test_words_with_the_smallest_p_come_first_and_those_without_one_last():
    law = [(who, doc, "law", 30 + doc) for who, docs in ((ANN, 6), (BO, 12)) for doc in range(docs)]
    own = [(ANN, doc, "tax", 2 + doc % 2) for doc in range(6)] + [(ANN, 0, "oil", 40), (ANN, 0, "port", 9)]
    own += [(ANN, doc, "port", 1) for doc in range(1, 6)]
    others = [(BO, doc, word, 1) for doc in range(6) for word in ("tax", "port")]
    counts, words = counts_of(*law, *own, *others)
    table = finish(counts, ["Ann"], words, **LIMITS).to_pydict()
    assert table["word"] == ["tax", "port", "oil"] and table["p"][2] is None
    assert table["z"][2] == max(table["z"])


def test_a_single_speaker_has_nobody_to_differ_from():
    counts, words = counts_of((ANN, 0, "tax", 3))
    assert not len(finish(counts, ["Ann", "Nobody"], words, **LIMITS))
    assert not len(finish(counts, [], words, **LIMITS))


STATEMENTS = st.lists(
    st.tuples(st.integers(0, 3), st.sampled_from([ANN, BO, NOBODY]), st.integers(0, 3), st.integers(1, 3))
)


@given(STATEMENTS)
def test_blocks_make_the_table_of_all_documents_together(rows):
    texts = ["abcabc", "bbbaaa", "cabcab", "aacbba"]
    statements = quotes(*[(doc, speaker, first, first + n) for doc, speaker, first, n in rows])
    tables = []
    for ranges in ((0, 4), (0, 1, 4), (0, 2, 3, 4)):
        known = {}
        parts = [
            part(batch({doc: texts[doc] for doc in range(*ends)}), statements, known, leading=2)
            for ends in pairwise(ranges)
        ]
        merged = parts[0]
        for more in parts[1:]:
            merged = merge(merged, more)
        tables.append(finish(merged, ["Ann", "Bo"], list(known), **LIMITS))
    assert tables[0].equals(tables[1]) and tables[0].equals(tables[2])


@pytest.mark.parametrize(
    ("unit", "expected"),
    [
        ("lemma", ["say", "ÉTÉ".lower(), "x"]),
        ("form", ["said", "été", "x"]),
    ],
)
def test_a_word_is_its_lemma_or_its_form(unit, expected):
    columns = {"doc_id": ["a", "a", "a", "b"], "norm": ["said", "été", "x", "y"], "lemma": ["say", "", "", "y"]}
    encoded = {name: pa.array(column).dictionary_encode() for name, column in columns.items()}
    rows = pa.table({**encoded, "start": [0, 5, 9, 0], "is_word": [True] * 4})
    tokens = read_block_tokens(rows, pa.array(["a"]), unit=unit)
    assert [tokens.texts[number] for number in tokens.word] == expected
    assert tokens.document.tolist() == [0] * len(expected)


@pytest.fixture
def folder(tmp_path):
    """Return tables of three documents of three words, in each of which Ann says the first two and Bo declines."""
    tokens = [row("tokens", doc_id=doc, token=at, start=2 * at, norm=word, lemma=word, is_word=True)
              for doc in "abc" for at, word in enumerate("xyz")]  # fmt: skip
    spans = {"Ann": ("direct", [[0, 4]]), "Bo": (NO_COMMENT, [[4, 5]]), "Cy": ("boilerplate", [[4, 5]])}
    statements = [row("quotes", doc_id=doc, speaker=name, type=kind, content_spans=where)
            for doc in "abc" for name, (kind, where) in spans.items()]  # fmt: skip
    write_parquet(tmp_path / "quotes.parquet", rows_to_table("quotes", statements))
    counted = [row("readability", doc_id=doc) for doc in "cb"]
    write_parquet(tmp_path / "readability.parquet", rows_to_table("readability", counted))
    return tmp_path, rows_to_table("tokens", tokens)


@pytest.mark.parametrize("size", [1, 2, 4, 9])
def test_statements_of_documents_that_are_counted(folder, size, monkeypatch):
    """Refusals, boilerplate and documents whose words were not counted are left out, whatever the row groups."""
    path, tokens = folder
    monkeypatch.setattr(speaker_words, "_ROWS", size)
    with parquet_writer(path / "tokens.parquet", tokens.schema) as out:
        for first in range(0, len(tokens), size):
            out.write_table(tokens.slice(first, size))
    counts, words = count_statements(path, ["Ann", "Bo"], WORDS)
    assert listed(counts.own, words) == {(ANN, "x"): (2, 2), (ANN, "y"): (2, 2)}
    assert counts.words.n.tolist() == [2, 2] and counts.speakers.tolist() == [2, 0]
