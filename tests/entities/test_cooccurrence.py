from math import comb
from random import Random

import pyarrow as pa
import pytest

from scripts.entities import cooccurrence as module
from scripts.entities.cooccurrence import UNITS, add_units, frequent_names, none_together, units_of
from scripts.maths.intervals import TOO_FEW
from tests.entities.made import linked, mention

# Ten sentences in two documents of five; A in four, B in three, both in three.
BOTH = [("a", 0), ("a", 1), ("b", 0)]
TABLE = [
    *[mention(*at, "place", name) for at in BOTH for name in "AB"],
    mention("b", 4, "place", "A"),
    mention("b", 4, "group", "G"),
]


def cooccurrence(rows, doc_ids):
    """Return the table cooccurrence of mentions in some documents, of five sentences each."""
    corpus, cells, entities, part = linked(rows, dict.fromkeys(doc_ids, 9))
    together = {unit: none_together(entities, frequent_names(cells, entities)) for unit in UNITS}
    for unit, (of_mention, n) in zip(UNITS, units_of(part), strict=True):
        add_units(together[unit], part.mentions, of_mention, n)
    return module.cooccurrence(together, corpus.doc_ids).to_pandas()


def test_a_pair_by_hand():
    pair = cooccurrence(TABLE, "ab").iloc[0]
    assert tuple(pair[["unit", "name1", "name2", "n", "n1", "n2", "n_units"]]) == ("sentence", "A", "B", 3, 4, 3, 10)
    assert pair["expected"] == pytest.approx(4 * 3 / 10)
    assert (pair["documents"], pair["doc_id"], pair["sentence"]) == (2, "a", 0)


def test_p_counts_documents():
    """A is in seven documents of twelve, B in six: in five of them in one sentence, once three times, in one apart."""
    together = [("a", 0), ("a", 1), ("a", 2), ("b", 0), ("c", 0), ("d", 0), ("e", 0)]
    rows = [mention(*at, "place", name) for at in together for name in "AB"]
    rows += [mention(*at, "place", name) for *at, name in (("f", 0, "A"), ("f", 3, "B"), ("g", 0, "A"))]
    pair = cooccurrence(rows, "abcdefghijkl").iloc[0]
    assert tuple(pair[["n", "documents", "documents1", "documents2"]]) == (7, 5, 7, 6)
    # Hypergeometric upper tail: five or six of the six documents of B fall on the seven of A.
    p = (comb(7, 5) * comb(5, 1) + comb(7, 6)) / comb(12, 6)
    assert pair["p"] == pair["q"] == pytest.approx(p)


def test_names_of_few_documents_are_not_tested_however_often_they_meet_there():
    rows = [mention(doc_id, at, "place", name) for doc_id in "abcd" for at in range(5) for name in "AB"]
    pairs = cooccurrence(rows, "abcdefghijklmnopqrstuvwxyz")
    assert pairs["p"].isna().all() and pairs["q"].isna().all() and set(pairs["method"]) == {TOO_FEW}


def test_q_is_over_all_pairs_of_names_that_are_in_enough_documents():
    """Of C, in six documents without A or B, no pair is listed; C's two pairs are tests as A's with B is."""
    doc_ids = "abcdefghijklmnopqrstuvwxyz"
    rows = [mention(doc_id, 0, "place", name) for doc_id in "abcdef" for name in "AB"]
    rows += [mention(doc_id, 0, "place", "C") for doc_id in "uvwxyz"]
    (pair,) = (row for _, row in cooccurrence(rows, doc_ids).iterrows() if row["unit"] == "sentence")
    assert pair["p"] == pytest.approx(1 / comb(26, 6)) and pair["q"] == pytest.approx(3 * pair["p"])


def test_names_that_fall_on_documents_at_random_are_rarely_significant():
    """Names of a document are said together again and again; a sentence is no unit that is drawn."""
    significant = 0
    doc_ids = [f"d{number:02}" for number in range(40)]
    for seed in range(60):
        random = Random(seed)
        named = {name: random.sample(doc_ids, 8 + at) for at, name in enumerate("ABCDEFGHIJ")}
        rows = [
            mention(doc_id, at, "place", name)
            for doc_id in doc_ids
            for at in range(3)
            for name, documents in named.items()
            if doc_id in documents
        ]
        significant += bool((cooccurrence(rows, doc_ids)["q"] < 0.05).any())
    assert significant <= 6  # 3 are expected, of 60


def test_units_are_the_sentences_and_the_paragraphs_of_a_range():
    *_, part = linked(TABLE, dict.fromkeys("ab", 9))
    sentences, document = part.sentences
    at = sentences.column_names.index("paragraph")
    paragraphs = sentences.set_column(
        at, sentences.schema.field(at), pa.array([0, 0, 1, 1, 1] * 2, sentences["paragraph"].type)
    )
    of_sentence, of_paragraph = units_of(part._replace(sentences=(paragraphs, document)))
    assert (of_sentence[0].tolist(), of_sentence[1]) == ([0, 0, 1, 1, 5, 5, 9, 9], 10)
    assert (of_paragraph[0].tolist(), of_paragraph[1]) == ([0, 0, 0, 0, 2, 2, 3, 3], 4)


def test_groups_and_single_meetings_are_left_out():
    rows = cooccurrence(TABLE, "ab")
    assert set(rows["name1"]) | set(rows["name2"]) == {"A", "B"}
    assert cooccurrence(TABLE[:2], "ab").empty
    _, cells, entities, _ = linked(TABLE, dict.fromkeys("ab", 9))
    assert [entities.names[at] for at in frequent_names(cells, entities)] == ["A", "B"]


def test_only_the_most_frequent_names_are_paired(monkeypatch):
    monkeypatch.setattr(module, "_MOST_ENTITIES", 2)
    rows = [mention("a", at, "place", name) for at, names in enumerate(("ABC", "ABC", "AB")) for name in names]
    pairs = cooccurrence(rows, "a")
    assert pairs[["name1", "name2", "n", "n1", "n2"]].to_numpy().tolist() == [["A", "B", 3, 3, 3]] * 2


def test_of_pairs_that_meet_as_often_the_closer_comes_first():
    together = {0: "AB", 1: "AB", 2: "CD", 3: "CD", 4: "A"}
    pairs = cooccurrence([mention("a", at, "place", name) for at, names in together.items() for name in names], "a")
    assert pairs.loc[pairs["unit"] == "sentence", "name1"].tolist() == ["C", "A"]


def test_a_pair_of_a_paragraph_leads_to_the_later_sentence_of_the_first_paragraph_with_both():
    corpus, cells, entities, part = linked(
        [
            *[mention("a", sentence, "place", name) for sentence, name in ((0, "C"), (2, "A"), (3, "B"))],
            *[mention("b", sentence, "place", name) for sentence, name in ((0, "A"), (4, "B"))],
        ],
        dict.fromkeys("ab", 9),
    )
    together = none_together(entities, frequent_names(cells, entities))
    paragraph = part.mentions.document  # each document is one paragraph
    add_units(together, part.mentions, paragraph, 2)
    pair = module.cooccurrence(dict.fromkeys(UNITS, together), corpus.doc_ids).to_pandas().iloc[0]
    assert (pair["name1"], pair["name2"], pair["n"], pair["documents"]) == ("A", "B", 2, 2)
    assert (pair["doc_id"], pair["sentence"]) == ("a", 3)


def test_a_pair_that_meets_first_in_a_later_range_leads_there():
    together = None
    for documents, rows in (("a", [("a", 0, "A"), ("a", 1, "B")]), ("b", [("b", 1, "A"), ("b", 1, "B")])):
        names = [mention("a", 4, "place", name) for name in "AB"] if documents == "a" else []
        _, cells, entities, part = linked(
            [*(mention(doc_id, at, "place", name) for doc_id, at, name in rows), *names], {documents: 9}
        )
        together = together or none_together(entities, frequent_names(cells, entities))
        (of_mention, n), _ = units_of(part)
        add_units(together, part.mentions, of_mention, n)
    pair = together.n.argmax()
    assert (together.n[pair], together.documents[pair]) == (2, 2)
    assert (together.document[pair], together.sentence[pair], together.units[0]) == (0, 4, 10)
