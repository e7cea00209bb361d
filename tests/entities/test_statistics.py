import numpy as np
import pytest

from scripts.entities import statistics
from scripts.entities.statistics import add_mentions, in_documents, no_sums
from scripts.maths.document_shares import METHOD, prior_in_common, share_interval, sums_of
from scripts.maths.intervals import TOO_FEW
from tests.entities.made import linked, mention

TABLE = [
    mention("a", 0, "place", "China"),
    mention("a", 1, "place", "China"),
    mention("b", 3, "place", "China"),
    mention("b", 4, "person", "Lin"),
]
WORDS = {"a": 100, "b": 300, "c": 40, "d": 30, "e": 1}


def of_corpus(rows, words=WORDS):
    """Return the table entities_corpus of mentions."""
    corpus, cells, entities, part = linked(rows, words)
    sums = no_sums(len(entities.name))
    add_mentions(sums, in_documents(part.mentions, len(entities.name)), part)
    return statistics.of_corpus(sums, cells, entities, corpus).to_pandas()


def of_documents(rows, words=WORDS):
    """Return the table entities_documents of mentions."""
    _, _, entities, part = linked(rows, words)
    return statistics.entities_documents(in_documents(part.mentions, len(entities.name)), part, entities).to_pandas()


def test_counts_rates_and_first_mention():
    top = of_corpus(TABLE).iloc[0]
    assert (top["name"], top["mentions"], top["documents"], top["subject"]) == ("China", 3, 2, 1)
    assert of_corpus(TABLE)[["doc_id", "sentence"]].to_numpy().tolist() == [["a", 0], ["b", 4]]
    assert top["estimate"] == pytest.approx(1000 * 3 / 471)
    assert top["lo"] <= top["estimate"] <= top["hi"]
    # Wilson's interval of 2 of 5, as R's prop.test(2, 5, correct = FALSE) has it.
    assert (top["documents_lo"], top["documents_hi"]) == (pytest.approx(0.1176208), pytest.approx(0.7692757))


def test_intervals_are_those_of_shares_of_words_with_what_all_names_have_in_common():
    rows = of_corpus(TABLE)
    by_document = np.array([[2, 0], [1, 1], [0, 0], [0, 0], [0, 0]])  # mentions of China and of Lin
    sums = sums_of(by_document, np.array([[100], [300], [40], [30], [1]]))
    ends = share_interval(sums, prior=prior_in_common(sums))
    assert pytest.approx(1000 * np.array(ends)) == rows[["lo", "hi"]].to_numpy().T
    assert set(rows["method"]) == {METHOD} and (rows["lo"] > 0).all()


def test_intervals_hold_the_rate_of_a_name_that_few_documents_have():
    """Names in four of a hundred documents: those by drawing the documents held the rate in .86 to .88."""
    generator, inside = np.random.default_rng(3), []
    rate = 0.04 * 2 / 300
    for _ in range(40):
        names = [f"N{at}" for at in range(20)]
        has = generator.random((100, 20)) < 0.04
        rows = [mention(f"d{at:02}", n, "person", names[who]) for at, who in zip(*np.nonzero(has), strict=True)
                for n in range(generator.integers(1, 4))]  # fmt: skip
        table = of_corpus(rows, {f"d{at:02}": 300 for at in range(100)})
        inside += ((table["lo"] <= 1000 * rate) & (1000 * rate <= table["hi"])).tolist()
    assert 0.94 <= np.mean(inside) <= 1


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


def test_four_documents_are_too_few():
    rows = of_corpus(TABLE, dict.fromkeys("abcd", 100))
    assert rows[["lo", "hi", "documents_lo", "documents_hi"]].isna().all(axis=None)
    assert set(rows["method"]) == {TOO_FEW}


def test_documents():
    rows = of_documents(TABLE)
    assert rows[["doc_id", "name", "mentions"]].to_numpy().tolist() == [
        ["a", "China", 2],
        ["b", "Lin", 1],
        ["b", "China", 1],
    ]
    assert np.allclose(rows["per_1000_words"], [20, 10 / 3, 10 / 3])
    more = of_documents([*TABLE, mention("b", 4, "place", "China")])
    assert more["name"].tolist() == ["China", "China", "Lin"]


def test_mentions_inside_what_speakers_say():
    table = [{**TABLE[0], "quote": 0}, {**TABLE[1], "quote": 3}, *TABLE[2:]]
    assert of_corpus(table).set_index("name")["quoted"].to_dict() == {"China": 2, "Lin": 0}
    assert of_documents(table)["quoted"].tolist() == [2, 0, 0]


def test_nothing():
    assert of_corpus([]).empty and of_documents([]).empty
    assert of_corpus([], {}).empty
