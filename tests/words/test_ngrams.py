from collections import Counter
from itertools import pairwise

import pytest

from scripts.maths import association
from scripts.words.collocations import collocations_table
from scripts.words.ngrams import ngrams_table, open_batches, read_collocates, read_ngrams
from tests import references
from tests.words.corpora import address_batches, write_batches

STOP = frozenset({"the", "of", "and", "we", "our", "will"})


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return open_batches(write_batches(tmp_path_factory.mktemp("addresses"), address_batches(5), stop=STOP))


@pytest.fixture(scope="module")
def adjacent():
    """Return adjacent words of a sentence without a mark between them, with their documents."""
    return [
        (doc_id, left.lower(), right.lower())
        for doc_id, tokens in references.sentences()
        for left, right in pairwise(tokens)
        if references.is_word(left) and references.is_word(right)
    ]


def test_bigrams(folder, adjacent):
    tuples = read_ngrams(folder, [2, 3])
    rows = ngrams_table(folder.vocabulary, tuples[2], stop=STOP, min_count=3, most=10_000).to_pylist()
    counts = Counter(pair[1:] for pair in adjacent)
    documents = Counter(pair[1:] for pair in set(adjacent))
    expected = {
        " ".join(pair): (count, documents[pair])
        for pair, count in counts.items()
        if count >= 3 and STOP.isdisjoint(pair)
    }
    assert {row["ngram"]: (row["count"], row["documents"]) for row in rows} == expected
    assert {row["n"] for row in rows} == {len(adjacent)} == {22413}
    assert [row["count"] for row in rows] == sorted((row["count"] for row in rows), reverse=True)


def test_only_the_most_frequent_are_listed(folder):
    tuples = read_ngrams(folder, [3])
    rows = ngrams_table(folder.vocabulary, tuples[3], stop=frozenset(), min_count=1, most=5).to_pylist()
    assert [row["ngram"].count(" ") for row in rows] == [2] * 5
    (grams,) = read_ngrams(folder, [3])[3]
    assert rows[0]["count"] == grams.counts.max()


def test_a_corpus_of_two_words_has_one_ngram(tmp_path):
    folder = open_batches(write_batches(tmp_path, {"all": [("a", ["x", "y"])]}))
    rows = ngrams_table(folder.vocabulary, read_ngrams(folder, [2])[2], stop=frozenset(), min_count=1, most=5)
    (row,) = rows.to_pylist()
    assert (row["ngram"], row["count"], row["n"], row["estimate"]) == ("x y", 1, 1, 1_000_000)


def test_adjacent_collocations(folder, adjacent):
    tuples = read_ngrams(folder, [2])
    rows = collocations_table(
        folder.vocabulary, tuples[2], ordered=True, stop=STOP, min_count=5, most=10_000
    ).to_pylist()
    first, second = Counter(pair[1] for pair in adjacent), Counter(pair[2] for pair in adjacent)
    for row in rows:
        assert (row["count1"], row["count2"], row["n"]) == (first[row["word1"]], second[row["word2"]], 22413)
        o11, o12, o21 = row["count"], row["count1"] - row["count"], row["count2"] - row["count"]
        cells = (o11, o12, o21, row["n"] - o11 - o12 - o21)
        assert row["g2"] == pytest.approx(association.signed_g2(*cells))
        assert row["delta_p"] == pytest.approx(association.delta_p(*cells))
        assert row["delta_p_back"] == pytest.approx(association.delta_p(o11, o21, o12, cells[3]))
    assert ("united", "states") in [(row["word1"], row["word2"]) for row in rows[:10]]


def test_window_collocations_have_the_sums_of_their_table(folder):
    vocabulary, pairs = folder.vocabulary, read_collocates(folder)
    rows = collocations_table(vocabulary, pairs, ordered=False, stop=STOP, min_count=1, most=10**6).to_pylist()
    (undivided,) = read_collocates(folder)
    assert {row["n"] for row in rows} == {2 * int(undivided.counts.sum())}
    america = [row for row in rows if "america" in (row["word1"], row["word2"])]
    sums = {row["count1"] if row["word1"] == "america" else row["count2"] for row in america}
    # Every pair with the word is counted once; one with itself, which is not listed, twice.
    own = [
        int(count)
        for left, right, count in zip(*undivided.columns, undivided.counts, strict=True)
        if vocabulary[left] == vocabulary[right] == "america"
    ]
    assert sums == {sum(row["count"] for row in america) + 2 * sum(own)}


def test_the_batches_do_not_matter(folder, tmp_path):
    undivided = open_batches(write_batches(tmp_path, address_batches(12), stop=STOP))
    for read in (lambda source: read_ngrams(source, [2])[2], read_collocates):
        (streamed,), (expected,) = read(folder), read(undivided)
        for left, right in zip(
            [*streamed.columns, streamed.counts, streamed.documents],
            [*expected.columns, expected.counts, expected.documents],
            strict=True,
        ):
            assert left.tolist() == right.tolist()


def test_sums_that_wait_on_the_disk_make_the_same_tables(folder, monkeypatch):
    def tables():
        grams, listed = read_ngrams(folder, [2, 3]), {"stop": STOP, "min_count": 2, "most": 300}
        return [
            *(ngrams_table(folder.vocabulary, grams[order], **listed) for order in (2, 3)),
            collocations_table(folder.vocabulary, read_ngrams(folder, [2])[2], ordered=True, **listed),
            collocations_table(folder.vocabulary, read_collocates(folder), ordered=False, **listed),
        ]

    undivided = tables()
    monkeypatch.setattr("scripts.words.ngrams._BUCKET", 10_000)
    monkeypatch.setattr("scripts.words.sums._ROWS", 5000)
    buckets = [*read_ngrams(folder, [3])[3]]
    assert len(buckets) > 3
    assert len({gram for some in buckets for gram in zip(*some.columns, strict=True)}) == sum(
        len(some.counts) for some in buckets
    )
    assert [left.equals(right) for left, right in zip(tables(), undivided, strict=True)] == [True] * 4


def test_sums_wait_in_the_folder_for_temporary_files_and_have_no_name_there(folder, monkeypatch, nameless_files):
    monkeypatch.setattr("scripts.words.ngrams._BUCKET", 10_000)
    monkeypatch.setattr("scripts.words.sums._ROWS", 5000)
    sums = read_ngrams(folder, [3])[3]
    waiting = nameless_files()
    assert waiting > 3
    assert len([*sums]) == waiting
    assert nameless_files() == 0


@pytest.mark.parametrize("batches", [{"all": []}, {"all": [("a", ["word", "!"])]}])
def test_nothing_to_list(tmp_path, batches):
    source = open_batches(write_batches(tmp_path, batches))
    listed = {"stop": STOP, "min_count": 1, "most": 10}
    assert ngrams_table(source.vocabulary, read_ngrams(source, [2])[2], **listed).num_rows == 0
    assert collocations_table(source.vocabulary, read_collocates(source), ordered=False, **listed).num_rows == 0
