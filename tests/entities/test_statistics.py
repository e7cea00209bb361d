import numpy as np
import pytest

from scripts.entities import statistics
from scripts.entities.statistics import ONLY_WILSON, add_draws, add_mentions, in_documents, no_draws, no_sums
from scripts.maths.association import ratio
from scripts.maths.bootstrap import bootstrap, document_weights
from scripts.maths.intervals import TOO_FEW
from tests.entities.made import linked, mention

TABLE = [
    mention("a", 0, "place", "China"),
    mention("a", 1, "place", "China"),
    mention("b", 3, "place", "China"),
    mention("b", 4, "person", "Lin"),
]
WORDS = {"a": 100, "b": 300, "c": 40, "d": 30, "e": 30}


def of_corpus(rows, words=WORDS):
    """Return the table entities_corpus of mentions."""
    corpus, cells, entities, part = linked(rows, words)
    sums, draws = no_sums(len(entities.name)), no_draws(cells, entities)
    counts = in_documents(part.mentions, len(entities.name))
    add_mentions(sums, counts, part.mentions)
    add_draws(draws, counts, part)
    return statistics.of_corpus(sums, draws, cells, entities, corpus).to_pandas()


def of_documents(rows, words=WORDS):
    """Return the table entities_documents of mentions."""
    _, _, entities, part = linked(rows, words)
    return statistics.entities_documents(in_documents(part.mentions, len(entities.name)), part, entities).to_pandas()


def test_counts_rates_and_first_mention():
    top = of_corpus(TABLE).iloc[0]
    assert (top["name"], top["mentions"], top["documents"], top["subject"]) == ("China", 3, 2, 1)
    assert (top["doc_id"], top["sentence"]) == ("a", 0)
    assert top["estimate"] == pytest.approx(1000 * 3 / 500)
    assert top["lo"] <= top["estimate"] <= top["hi"]
    # Wilson's interval of 2 of 5, as R's prop.test(2, 5, correct = FALSE) has it.
    assert (top["documents_lo"], top["documents_hi"]) == (pytest.approx(0.1176208), pytest.approx(0.7692757))


def test_the_rarest_case_of_the_bootstrap_has_nothing():
    # A name of one document of five is missed by 1 / e = 37 % of the draws: the interval begins at zero.
    assert of_corpus(TABLE).iloc[1]["lo"] == 0


@pytest.mark.parametrize("block", [1, 1000])
def test_intervals_are_those_of_the_bootstrap_however_many_entities_are_drawn_at_once(monkeypatch, block):
    monkeypatch.setattr(statistics, "_BLOCK", block)
    rows = of_corpus(TABLE)
    by_document = np.array([[2, 0], [1, 1], [0, 0], [0, 0], [0, 0]])  # mentions of China and of Lin
    weights = document_weights(sorted(WORDS))
    ends = bootstrap(ratio, by_document, np.array([100, 300, 40, 30, 30]), weights=weights)
    assert pytest.approx(1000 * np.array(ends)) == rows[["lo", "hi"]].to_numpy().T


def test_ways_to_write_a_name_come_by_frequency_without_the_spaces_between_lines():
    texts = ["China", "P.R.  China", "P.R.\nChina", "Lin"]
    labels = ["GPE", "ORG", "GPE", "PERSON"]
    table = [{**row, "text": text, "label": label} for row, text, label in zip(TABLE, texts, labels, strict=True)]
    rows = of_corpus(table).set_index("name")
    assert rows["written"].to_dict() == {"China": "P.R. China; China", "Lin": "Lin"}
    assert rows["label"].to_dict() == {"China": "GPE", "Lin": "PERSON"}


def test_one_document_is_not_estimable():
    rows = of_corpus(TABLE[:2], {"a": 100})
    assert rows[["lo", "hi", "documents_lo", "documents_hi"]].isna().all(axis=None)
    assert set(rows["method"]) == {TOO_FEW}


def test_four_documents_have_wilsons_interval_but_no_bootstrap():
    rows = of_corpus(TABLE, dict.fromkeys("abcd", 100))
    assert rows[["lo", "hi"]].isna().all(axis=None) and rows[["documents_lo", "documents_hi"]].notna().all(axis=None)
    assert set(rows["method"]) == {ONLY_WILSON}


def test_documents():
    rows = of_documents(TABLE)
    assert rows[["doc_id", "name", "mentions"]].to_numpy().tolist() == [
        ["a", "China", 2],
        ["b", "Lin", 1],
        ["b", "China", 1],
    ]
    assert np.allclose(rows["per_1000_words"], [20, 10 / 3, 10 / 3])


def test_nothing():
    assert of_corpus([]).empty and of_documents([]).empty
    assert of_corpus([], {}).empty
