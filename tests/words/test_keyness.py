from itertools import combinations

import numpy as np
import pyarrow as pa
import pytest

from scripts.maths.association import ratio
from scripts.maths.bootstrap import document_weights
from scripts.maths.intervals import ENOUGH, benjamini_hochberg
from scripts.words import keyness
from scripts.words.comparisons import NotComparable, WordComparison, compare_corpora, compare_values
from scripts.words.corpus import read_word_corpus
from scripts.words.keyness import (
    bootstrap_log_ratio,
    compare_words,
    keyness_tables,
    most_key,
    with_mouths,
)
from scripts.words.mouths import Mouths
from tests import references
from tests.words.corpora import addresses_corpus, write_batches


def tables_of(corpus, comparison):
    """Return the tables of a comparison, with all words that it tests."""
    limits = {"min_count": 1, "min_documents": 1, "most": 10_000}
    weights = document_weights(corpus.documents, resamples=300)
    return keyness_tables(corpus, comparison, stop=frozenset(), weights=weights, **limits)


@pytest.fixture(scope="module")
def corpus(tmp_path_factory):
    return addresses_corpus(tmp_path_factory.mktemp("addresses"))


@pytest.fixture(scope="module")
def documents():
    rows = references.rows("quanteda/metadata.csv")
    return pa.table(
        {
            "doc_id": [row["doc_id"] for row in rows],
            "seed": [f"{row['Party']}/{row['doc_id']}.txt" for row in rows],
            "date": [f"{row['Year']}-01-20" for row in rows],
            "party": [row["Party"] for row in rows],
        }
    )


@pytest.fixture(scope="module")
def by_party(documents):
    return compare_values(documents, "party", most=20)


def test_keyness_of_the_parties(corpus, by_party):
    columns = compare_words(corpus, by_party[0], stop=frozenset(), min_count=1)
    rank = {word: place for place, word in enumerate(columns["word"])}
    assert len(rank) == 3740
    for row in references.rows("peers/keyness_peers.csv"):
        place = rank[row["feature"]]
        assert columns["count_target"][place] == int(row["n_target"])
        assert columns["count_reference"][place] == int(row["n_reference"])
        assert columns["g2"][place] == pytest.approx(float(row["log_likelihood"]), rel=1e-9, abs=1e-9)


def test_how_many_of_3740_words_survive_the_correction(corpus, by_party):
    table, summary = tables_of(corpus, by_party[0])
    p = np.array(table["p"].to_pylist())
    p = p.astype(float)
    assert len(p) == 3740 and summary["tested"] == (~np.isnan(p)).sum() == 518
    # Chance alone gives one in twenty of those that five addresses have.
    assert summary["significant"] == (p < 0.05).sum() == 29
    assert summary["survive"] == (benjamini_hochberg(p) < 0.05).sum() == 0
    np.testing.assert_array_equal(np.array(table["q"].to_pylist(), float), benjamini_hochberg(p))
    assert (summary["documents_target"], summary["documents_reference"]) == (5, 7)


def test_a_word_that_one_document_makes_key_is_not_clear_of_chance(corpus, by_party):
    rows = {row["word"]: row for row in tables_of(corpus, by_party[0])[0].to_pylist()}
    century = rows["century"]
    assert century["g2"] > 11 and century["lo"] > 0
    assert century["p"] > 0.3
    assert century["boot_lo"] < 0 < century["boot_hi"]


def test_bootstrap_of_the_log_ratio_peer(corpus, by_party):
    word = corpus.vocabulary.index("america")
    lo, hi = bootstrap_log_ratio(
        corpus, by_party[0], np.array([word]), weights=document_weights(corpus.documents, resamples=4000)
    )
    counts = np.array(references.frequency_by_address()["america"])
    sizes = corpus.sizes
    sides = (by_party[0].in_target, by_party[0].in_reference)
    random = np.random.default_rng(8)
    draws = []
    for _ in range(4000):
        rates = []
        for side in sides:
            drawn = random.poisson(1, side.sum())
            rates.append(ratio(drawn @ counts[side], drawn @ sizes[side]))
        draws.append(np.log2(rates[0] / rates[1]))
    assert (lo[0], hi[0]) == pytest.approx(np.nanquantile(draws, [0.025, 0.975]), abs=0.06)


def test_listed_words_are_spread_over_their_side(corpus, by_party):
    columns = compare_words(corpus, by_party[0], stop=frozenset({"freedom"}), min_count=5)
    listed = most_key(columns, by_party[0], min_documents=3, most=40)
    assert "freedom" not in columns["word"]
    assert (columns["count_target"] + columns["count_reference"] >= 5).all()
    assert len(columns["word"]) == (corpus.totals()[0] >= 5).sum() - 1
    own = np.where(listed["positive"], listed["documents_target"], listed["documents_reference"])
    assert (own >= 3).all()
    assert (listed["positive"].sum(), (~listed["positive"]).sum()) == (40, 40)


def one_against(corpus, target, reference):
    masks = (np.isin(corpus.documents, names) for names in (target, reference))
    return WordComparison("doc_id", "a", "the others", *masks)


def test_one_document_to_compare_with_gives_counts_and_no_test(corpus):
    comparison = one_against(corpus, corpus.documents[:3], corpus.documents[3:4])
    table, summary = tables_of(corpus, comparison)
    assert summary["survive"] is summary["significant"] is None
    assert summary["note"].startswith("not estimable")
    assert table.num_rows > 1000
    for name in ("lo", "hi", "boot_lo", "boot_hi", "g2", "p", "q", "log_odds", "z"):
        assert table[name].null_count == table.num_rows, name
    assert table["estimate"].null_count == 0


def test_fewer_than_five_documents_to_compare_with_give_no_test(corpus):
    few = ENOUGH - 1
    table, summary = tables_of(corpus, one_against(corpus, corpus.documents[:few], corpus.documents[few:]))
    assert summary["significant"] is summary["survive"] is None and "fewer than 5 documents" in summary["note"]
    assert {table[name].null_count for name in ("p", "q", "boot_lo")} == {table.num_rows}
    assert table["g2"].null_count == 0


def test_p_is_near_that_of_all_ways_to_deal_the_documents(tmp_path):
    random = np.random.default_rng(5)
    counts = np.array([[9, 8, 7, 9, 3, 2, 1, 0, 0, 2, 1, 0], [1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0]]).T
    texts = [(f"{at:02}", ["x"] * x + ["y"] * y + ["z"] * (80 - x - y)) for at, (x, y) in enumerate(counts)]
    corpus = read_word_corpus(write_batches(tmp_path, {"all": texts}))
    ways = [*combinations(range(12), 5)]
    for chosen in [(0, 1, 2, 3, 4), *(ways[at] for at in random.integers(0, len(ways), 5))]:
        first = np.isin(np.arange(12), chosen)
        columns = compare_words(corpus, WordComparison("part", "a", "b", first, ~first), stop=frozenset(), min_count=1)
        p = dict(zip(columns["word"], columns["p"], strict=True))
        for word, of_word in zip("xy", counts.T, strict=True):
            every = np.array([of_word[[*way]].sum() for way in ways])
            observed = of_word[first].sum()
            tail = min((every >= observed).mean(), (every <= observed).mean())
            # Half of the deals that are as extreme are on either side of a smooth tail.
            half = (every == observed).mean() / 2
            assert 2 * (tail - half) / 2 < p[word] < max(2 * tail + 0.05, 4 * tail), (word, chosen)


def test_a_word_as_frequent_in_every_document_is_no_test(tmp_path):
    texts = [(f"{at:02}", ["x", "y", "y"] * at) for at in range(1, 13)]
    corpus = read_word_corpus(write_batches(tmp_path, {"all": texts}))
    first = np.arange(12) < 6
    columns = compare_words(corpus, WordComparison("part", "a", "b", first, ~first), stop=frozenset(), min_count=1)
    assert np.isnan(columns["p"]).all() and (columns["g2"] < 1e-9).all()


def test_the_most_key_words_come_first(corpus, by_party):
    columns = compare_words(corpus, by_party[0], stop=frozenset(), min_count=1)
    size = np.abs(columns["g2"])
    assert (np.diff(size) <= 0).all()
    listed = most_key(columns, by_party[0], min_documents=1, most=10)
    for side in (True, False):
        of_side = size[columns["positive"] == side]
        assert np.abs(listed["g2"])[listed["positive"] == side].tolist() == of_side[:10].tolist()


def test_the_first_words_are_drawn_where_there_are_too_many(corpus, by_party, monkeypatch):
    def intervals():
        return {row["word"]: row["boot_lo"] for row in tables_of(corpus, by_party[0])[0].to_pylist()}

    undivided = intervals()
    monkeypatch.setattr(keyness, "BOOTSTRAP_CELLS", 12 * 40)
    some = intervals()
    assert [*some] == [*undivided]
    assert [*some.values()] == [*undivided.values()][:40] + [None] * (len(some) - 40)


def test_the_words_surest_to_differ_come_first(corpus, by_party):
    rows = tables_of(corpus, by_party[0])[0].to_pylist()
    tails = [row["p"] for row in rows if row["p"] is not None]
    assert len(tails) > 100 and tails == sorted(tails) == [row["p"] for row in rows][: len(tails)]


def test_words_that_too_few_documents_have_for_a_test_come_last(tmp_path):
    """All of the target's documents have `some` and one of the others has it too; three have `burst`, thirty times."""
    texts = [(f"a{at}", ["pad"] * (20 + at) + ["some"] * (1 + at % 2) + ["burst"] * 30 * (at < 3)) for at in range(6)]
    texts += [(f"b{at}", ["pad"] * (20 + at) + ["some"] * (at < 1)) for at in range(6)]
    words = read_word_corpus(write_batches(tmp_path, {"all": texts}))
    target = np.array([name.startswith("a") for name in words.documents])
    rows = tables_of(words, WordComparison("half", "a", "b", target, ~target))[0].to_pylist()
    of = {row["word"]: row for row in rows}
    assert of["burst"]["p"] is None and of["burst"]["boot_lo"] is None and of["some"]["boot_lo"] > 0
    assert [row["p"] is None for row in rows] == sorted(row["p"] is None for row in rows)


def test_key_words_have_the_share_inside_statements_and_the_speakers(corpus, by_party):
    table, _ = tables_of(corpus, by_party[0])
    n = np.arange(table.num_rows) % 2
    (filled,) = with_mouths([table], [Mouths(n, [f"Ann ({each})" for each in n])])
    first = filled.slice(0, 2).to_pylist()
    assert [row["mouths"] for row in first] == ["Ann (0)", "Ann (1)"]
    assert [row["said"] for row in first] == [0 if first[0]["count_target"] else None, 1 / first[1]["count_target"]]
    assert filled.drop_columns(["said", "mouths"]) == table.drop_columns(["said", "mouths"])


def test_a_reference_folder(tmp_path):
    corpus = read_word_corpus(write_batches(tmp_path, {"all": [("a", ["x"]), ("b", ["x", "y"])]}))
    comparison = compare_corpora(1, 1, "other")
    assert comparison.in_target.tolist() == [True, False]
    table, _ = tables_of(corpus, comparison)
    assert {row["word"]: (row["count_target"], row["count_reference"]) for row in table.to_pylist()} == {
        "x": (1, 1),
        "y": (0, 1),
    }


def test_two_sides_without_a_document_have_no_key_word(tmp_path):
    corpus = read_word_corpus(write_batches(tmp_path, {"all": [("a", ["x"])]}))
    none = np.zeros(1, bool)
    table, _ = tables_of(corpus, compare_corpora(1, 0, "other")._replace(in_target=none, in_reference=none))
    assert table.num_rows == 0


def test_groups_that_cannot_be_compared(documents):
    missing = documents.append_column("empty", pa.array([None] * 11 + ["x"], pa.string()))
    for column, reason in {
        "nope": "groups: no column 'nope'",
        "empty": "not estimable: 1 value to compare",
        "doc_id": "left out: 12 values are more than keyness.max_groups = 5",
    }.items():
        (failed,) = compare_values(missing, column, most=5)
        assert isinstance(failed, NotComparable)
        assert failed.reason.startswith(reason)
    assert len(compare_values(missing, "doc_id", most=12)) == 12


def test_documents_without_a_value_are_in_no_group(documents):
    partial = documents.append_column("desk", pa.array(["a", "b", None, "", *["a"] * 8], pa.string()))
    first, second = compare_values(partial, "desk", most=5)
    assert (first.in_target.sum(), first.in_reference.sum()) == (9, 1)
    assert (second.in_target.sum(), second.in_reference.sum()) == (1, 9)


def test_a_group_at_random_has_no_key_words(corpus):
    random = np.random.default_rng(11)
    for _ in range(20):
        chosen = random.permutation(12) < 6
        columns = compare_words(
            corpus, WordComparison("half", "a", "b", chosen, ~chosen), stop=frozenset(), min_count=1
        )
        assert not (columns["q"] < 0.05).any() and (columns["p"] < 0.05).sum() < 0.1 * (~np.isnan(columns["p"])).sum()


def test_an_interval_leaves_out_0_just_where_p_is_small(corpus, by_party):
    rows = [
        row
        for row in tables_of(corpus, by_party[0])[0].to_pylist()
        if row["p"] is not None and row["boot_lo"] is not None
    ]
    assert any(row["p"] < 0.05 for row in rows)
    assert all((row["p"] < 0.05) == (not row["boot_lo"] <= 0 <= row["boot_hi"]) for row in rows)


def test_a_word_as_frequent_in_both_is_of_the_target_and_few_documents_give_no_interval(tmp_path):
    halves = read_word_corpus(write_batches(tmp_path, {"all": [("a", ["x", "y"]), ("b", ["x", "y"])]}))
    comparison = WordComparison("half", "a", "b", np.array([True, False]), np.array([False, True]))
    columns = compare_words(halves, comparison, stop=frozenset(), min_count=1)
    assert (columns["estimate"].tolist(), columns["positive"].tolist()) == ([0, 0], [True, True])
    lo, hi = bootstrap_log_ratio(
        halves, comparison, np.array([0, 1]), weights=document_weights(["a", "b"], resamples=9)
    )
    assert np.isnan(lo).all() and np.isnan(hi).all() and len(lo) == len(hi) == 2
