import csv

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scripts.core.csv_tables import unescape_cell, write_csv
from scripts.core.storage import write_parquet
from scripts.maths.document_shares import METHOD, prior_in_common, share_interval, sums_of
from scripts.maths.intervals import TOO_FEW, wilson
from scripts.words.corpus import WordCorpus, counted_documents, merge_corpora, read_word_corpus
from scripts.words.frequencies import dispersions, frequencies_table
from tests import references
from tests.words.corpora import address_batches, addresses_corpus, write_batches


@pytest.fixture(scope="module")
def corpus(tmp_path_factory):
    return addresses_corpus(tmp_path_factory.mktemp("addresses"))


def test_frequencies_of_the_addresses(corpus):
    rows = {row["word"]: row for row in frequencies_table(corpus, stop=frozenset({"the"})).to_pylist()}
    assert len(rows) == 3740
    assert [word for word, row in rows.items() if row["is_stop"]] == ["the"]
    for row in references.rows("quanteda/frequency.csv"):
        values = rows[row["feature"]]
        assert (values["count"], values["documents"]) == (int(row["frequency"]), int(row["docfreq"]))
        assert values["n"] == 25940
        assert values["estimate"] == pytest.approx(values["count"] / 25940 * 1e6)
        assert values["lo"] < values["estimate"] < values["hi"] and values["method"] == METHOD


def test_the_interval_is_that_of_a_share_with_what_words_but_stop_words_have_in_common(corpus):
    counts = references.frequency_by_address()
    words = [word for word in corpus.vocabulary if word != "the"]
    sizes = corpus.sizes[:, None]
    sums = sums_of(np.array([counts[word] for word in words]).T, sizes)
    lo, hi = share_interval(sums, prior=prior_in_common(sums))
    rows = {row["word"]: row for row in frequencies_table(corpus, stop=frozenset({"the"})).to_pylist()}
    at = words.index("america")
    assert (rows["america"]["lo"], rows["america"]["hi"]) == pytest.approx((lo[at] * 1e6, hi[at] * 1e6))
    # Wilson's of as many independent words would be half as wide.
    lo, hi = wilson(rows["america"]["count"], 25940)
    assert rows["america"]["hi"] - rows["america"]["lo"] > 1.5e6 * (hi - lo)


def test_few_documents_have_no_interval(tmp_path):
    corpus = read_word_corpus(write_batches(tmp_path, {"all": [(name, ["x", "y"]) for name in "abcd"]}))
    rows = frequencies_table(corpus, stop=frozenset()).to_pylist()
    assert {(row["estimate"], row["lo"], row["hi"], row["method"]) for row in rows} == {(5e5, None, None, TOO_FEW)}


def test_a_form_that_no_word_is_counted_as_has_no_row(corpus):
    more = corpus._replace(vocabulary=[*corpus.vocabulary, "~form"])
    words = frequencies_table(more, stop=frozenset())["word"].to_pylist()
    assert len(words) == 3740 and "~form" not in words


def dispersion(v, s):
    """Return DP and DPnorm of a word that occurs v times in documents of s words."""
    counts = np.array(v)
    bounds = np.cumsum([0, *(counts > 0)])
    word = WordCorpus([*map(str, range(len(s)))], ["word"], np.array(s), bounds, 0 * bounds[1:], counts[counts > 0])
    (dp,), (dp_norm,) = dispersions(word, counts.sum(keepdims=True))
    return {"dp": dp, "dp_norm_lijffijt": dp_norm}


def test_dispersion_where_all_is_in_the_larger_part():
    # DP is .25, over its maximum .25 / .75.
    assert dispersion([0, 4], [10, 30]) == {"dp": 0.25, "dp_norm_lijffijt": pytest.approx(1 / 3)}


@pytest.mark.parametrize(
    ("statistic", "inputs", "expected", "tolerance", "name"), references.published("dp", "dp_norm_lijffijt")
)
def test_published_dispersion(statistic, inputs, expected, tolerance, name):
    assert dispersion(inputs["v"], inputs["s"])[statistic] == pytest.approx(expected, abs=tolerance), name


def test_dispersion_of_tlda(corpus):
    rows = {row["word"]: row for row in frequencies_table(corpus, stop=frozenset()).to_pylist()}
    for row in references.rows("quanteda/dispersion.csv"):
        values = rows[row["feature"]]
        assert (values["dp"], values["dp_norm"]) == pytest.approx(
            (float(row["DP"]), float(row["DPnorm_lijffijt"])), rel=1e-9
        ), row["feature"]


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(1, 1000)), min_size=2, max_size=30))
def test_bounds_of_dispersion(parts):
    v, s = zip(*parts, strict=True)
    if any(v):
        dp, dp_norm = dispersion(v, s).values()
        assert -1e-12 <= dp <= dp_norm + 1e-12 <= 1 + 1e-9


def test_the_batches_do_not_matter(tmp_path, corpus):
    undivided = read_word_corpus(write_batches(tmp_path, address_batches(12)))
    assert frequencies_table(undivided, stop=frozenset()).equals(frequencies_table(corpus, stop=frozenset()))


def test_of_chosen_documents_only_their_words_are_counted(tmp_path):
    batches = {"0": [("a", ["x", "y"])], "1": [("b", ["y", "z", "z"]), ("c", ["w"])]}
    corpus = read_word_corpus(write_batches(tmp_path, batches), None, ["c", "b"])
    assert (corpus.documents, corpus.vocabulary, corpus.sizes.tolist()) == (["b", "c"], ["w", "y", "z"], [3, 1])
    assert (corpus.bounds.tolist(), corpus.word.tolist(), corpus.counts.tolist()) == ([0, 2, 3], [1, 2, 0], [1, 2, 1])


@pytest.mark.parametrize("most", [1, 700, 10_000])
def test_blocks_are_all_cells_in_their_order(corpus, most):
    every = corpus.block(0, len(corpus.documents))
    blocks = [*corpus.blocks(most)]
    assert all(len(block.word) <= most or block.last - block.first == 1 for block in blocks)
    for name in ("document", "word", "counts"):
        assert np.concatenate([getattr(block, name) for block in blocks]).tolist() == getattr(every, name).tolist()


def test_one_document_has_no_dispersion(tmp_path):
    corpus = read_word_corpus(write_batches(tmp_path, {"all": [("a", ["one", "two", "one"])]}))
    rows = frequencies_table(corpus, stop=frozenset()).to_pylist()
    assert [(row["word"], row["count"], row["documents"], row["dp"], row["dp_norm"]) for row in rows] == [
        ("one", 2, 1, None, None),
        ("two", 1, 1, None, None),
    ]


@pytest.mark.parametrize("batches", [{}, {"all": []}, {"all": [("a", ["!", "?"])]}])
def test_no_words(tmp_path, batches):
    corpus = read_word_corpus(write_batches(tmp_path, batches))
    assert frequencies_table(corpus, stop=frozenset()).num_rows == 0


@given(
    st.lists(
        st.one_of(st.sampled_from(["na", "null", "nan", "true", "=1+1", "+1", "'a", "-1", "1e5"]), st.text()),
        max_size=8,
    )
)
def test_words_that_look_like_something_else_survive_csv(tmp_path_factory, words):
    folder = tmp_path_factory.mktemp("odd")
    corpus = read_word_corpus(write_batches(folder, {"all": [("a", [f"{word}1" for word in words] + words)]}))
    table = frequencies_table(corpus, stop=frozenset())
    write_csv(folder / "frequencies.csv", table)
    with (folder / "frequencies.csv").open(encoding="utf-8", newline="") as handle:
        rows = list(csv.DictReader(handle))
    assert [unescape_cell(row["word"]) for row in rows] == table["word"].to_pylist()
    assert [int(row["count"]) for row in rows] == table["count"].to_pylist()


def test_two_corpora_as_one(tmp_path):
    first = read_word_corpus(write_batches(tmp_path / "one", {"all": [("b", ["x", "y"]), ("a", ["y"])]}))
    second = read_word_corpus(write_batches(tmp_path / "other", {"all": [("a", ["w", "y"])]}))
    both = merge_corpora(first, second)
    assert both.documents == ["a", "b", "a"]
    assert both.vocabulary == ["w", "x", "y"]
    matrix = np.zeros((3, 3), int)
    cells = both.block(0, 3)
    matrix[cells.document, cells.word] = cells.counts
    assert matrix.tolist() == [[0, 0, 1], [0, 1, 1], [1, 0, 1]]


def test_documents_in_another_language_are_not_counted(tmp_path):
    corpus = read_word_corpus(write_batches(tmp_path, {"all": [("a", ["x"]), ("c", ["y"])]}))
    table = pa.table({"doc_id": ["a", "b", "c"], "outlet": ["A", "B", "C"], "text": ["x", "z", "y"]})
    write_parquet(tmp_path / "documents.parquet", table)
    expected = {"doc_id": ["a", "c"], "outlet": ["A", "C"]}
    assert counted_documents(tmp_path / "documents.parquet", corpus, ["outlet"]).to_pydict() == expected
