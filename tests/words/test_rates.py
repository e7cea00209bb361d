import numpy as np
import pytest

from scripts.maths.association import ratio
from scripts.maths.bootstrap import bootstrap, document_weights
from scripts.maths.document_shares import prior_in_common, share_interval, sums_of
from scripts.words.corpus import count_matrix, read_word_corpus
from scripts.words.rates import chosen_words, rates_table
from tests import references
from tests.words.corpora import addresses_corpus, write_batches

DRAWS = {"resamples": 400, "seed": 1}


@pytest.fixture(scope="module")
def corpus(tmp_path_factory):
    return addresses_corpus(tmp_path_factory.mktemp("addresses"))


def test_rates_by_party(corpus):
    parties = [row["Party"] for row in references.rows("quanteda/metadata.csv")]
    words = chosen_words(corpus, words=[], most=10_000, stop=frozenset())
    table = rates_table(corpus, parties, "party", words, **DRAWS).to_pylist()
    rows = {(row["group"], row["word"]): row for row in table}
    for row in references.rows("quanteda/frequency_by_party.csv"):
        rate = rows[row["group"], row["feature"]]
        assert (rate["count"], rate["documents"]) == (int(row["frequency"]), int(row["docfreq"]))
    america = rows["Democratic", "america"]
    assert (america["n"], america["n_documents"]) == (10614, 5)
    inside = np.array(parties) == "Democratic"
    counts = np.array(references.frequency_by_address()["america"])[inside]
    weights = document_weights(np.array(corpus.documents)[inside].tolist(), **DRAWS)
    ends = bootstrap(ratio, counts, corpus.sizes[inside], weights=weights)
    assert (america["boot_lo"], america["boot_hi"]) == pytest.approx([1e6 * end for end in ends])
    own = sums_of(count_matrix(corpus, inside, words), corpus.sizes[inside, None])
    at = [corpus.vocabulary[word] for word in words].index("america")
    ends = [end[at] for end in share_interval(own, prior=prior_in_common(own))]
    assert (america["lo"], america["hi"]) == pytest.approx([1e6 * end for end in ends])


def test_a_group_of_few_documents_gets_no_intervals(corpus):
    words = chosen_words(corpus, words=["America"], most=0, stop=frozenset())
    rows = rates_table(corpus, ["x"] * 4 + [""] * 8, "group", words, **DRAWS).to_pylist()
    assert [(row["word"], row["n_documents"], row["lo"], row["boot_lo"]) for row in rows] == [
        ("america", 4, None, None)
    ]
    assert "not estimable" in rows[0]["method"]


def test_words_asked_for_and_most_frequent(corpus):
    chosen = chosen_words(corpus, words=["Freedom", "zebra", "the"], most=2, stop=frozenset({"the", "and"}))
    assert [corpus.vocabulary[word] for word in chosen] == ["freedom", "the", "of", "to"]


def test_a_form_whose_lemma_is_counted_instead_has_no_rate(corpus):
    forms = corpus._replace(vocabulary=[*corpus.vocabulary, "zebras"])
    chosen = chosen_words(forms, words=["zebras"], most=10_000, stop=frozenset())
    assert sorted(chosen.tolist()) == [*range(len(corpus.vocabulary))]


def test_a_word_that_a_group_does_not_have_has_an_upper_end(tmp_path):
    documents = [(name, ["x"] * 50) for name in "abcde"] + [(name, ["y"] * 50) for name in "fghij"]
    corpus = read_word_corpus(write_batches(tmp_path, {"all": documents}))
    rows = rates_table(corpus, [*"pppppqqqqq"], "side", np.array([0]), **DRAWS).to_pylist()
    assert rows[1]["count"] == rows[1]["lo"] == 0 and rows[1]["boot_hi"] is None
    assert 0 < rows[1]["hi"] < 1e6


def test_a_group_of_one_word_and_one_of_none(tmp_path):
    corpus = read_word_corpus(write_batches(tmp_path, {"all": [("a", ["x"]), ("b", ["."])]}))
    rows = rates_table(corpus, ["p", "q"], "side", np.array([0]), **DRAWS).to_pylist()
    assert [(row["n"], row["estimate"]) for row in rows] == [(1, 1e6), (0, 0)]
