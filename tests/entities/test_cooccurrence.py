from math import comb

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


def cooccurrence(rows, *, n_documents):
    """Return the table cooccurrence of mentions in the first two of so many documents, the others without sentences."""
    corpus, cells, entities, part = linked(rows, dict.fromkeys("ab"[:n_documents], 9))
    together = {unit: none_together(entities, frequent_names(cells, entities)) for unit in UNITS}
    for unit, (of_mention, n) in zip(UNITS, units_of(part), strict=True):
        add_units(together[unit], part.mentions, of_mention, n)
    doc_ids = pa.concat_arrays(
        [corpus.doc_ids, pa.array([*"cdefgh"][: n_documents - len(corpus.doc_ids)], pa.string())]
    )
    return module.cooccurrence(together, doc_ids).to_pandas()


def test_a_pair_by_hand():
    pair = cooccurrence(TABLE, n_documents=5).iloc[0]
    assert tuple(pair[["unit", "name1", "name2", "n", "n1", "n2", "n_units"]]) == ("sentence", "A", "B", 3, 4, 3, 10)
    assert pair["expected"] == pytest.approx(4 * 3 / 10)
    # Hypergeometric upper tail: all three of B fall on the four of A.
    assert pair["p"] == pair["q"] == pytest.approx(comb(4, 3) / comb(10, 3))
    assert (pair["documents"], pair["doc_id"], pair["sentence"]) == (2, "a", 0)


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


@pytest.mark.parametrize("documents", [2, 4])
def test_too_few_documents_are_not_tested(documents):
    rows = cooccurrence(TABLE, n_documents=documents)
    assert rows["p"].isna().all() and rows["q"].isna().all() and set(rows["method"]) == {TOO_FEW}


def test_groups_and_single_meetings_are_left_out():
    rows = cooccurrence(TABLE, n_documents=2)
    assert set(rows["name1"]) | set(rows["name2"]) == {"A", "B"}
    assert cooccurrence(TABLE[:2], n_documents=2).empty


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
