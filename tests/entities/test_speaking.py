import numpy as np
import pyarrow as pa
import pytest

from scripts.core.corpus_names import names_of
from scripts.entities.mentions import content_spans, in_quotes
from scripts.entities.speaking import attributions_to_speakers, merged, speaker_entity, speaking, speeches
from scripts.entities.summaries import named_mentions
from scripts.maths.document_shares import METHOD, share_interval, sums_of
from scripts.maths.intervals import TOO_FEW
from tests.entities.made import linked, mention


def inside(mentions, spans):
    """Return `in_quotes` of mentions, (document, start, end) each, and spans, (document, quote, start, end) each."""
    columns = (np.array(list(zip(*rows, strict=True)) or [[]] * n, int) for rows, n in ((mentions, 3), (spans, 4)))
    at, contents = columns
    row, number = in_quotes(*at, tuple(contents))
    return [number[row == at].tolist() for at in range(len(mentions))]


def spoken_about(mentions, quotes, others):
    """Return the rows of table speaker_entity of mentions and quotes, (doc_id, number, speaker) each."""
    corpus, cells, entities, part = linked(
        mentions, dict.fromkeys(sorted({row[0] for row in quotes}), 9), quotes=quotes
    )
    attributed = attributions_to_speakers(part, names_of(named_mentions(part, cells, entities)), entities, others)
    numbers = speeches(attributed)
    spoken = merged([speaking(part, attributed, numbers, entities)], entities)
    return speaker_entity(spoken, [numbers], entities, others, corpus.doc_ids).to_pylist()


def test_a_mention_inside_a_piece_of_the_content():
    quotes = pa.table({"quote": [0, 1], "content_spans": [[[0, 10]], [[20, 30], [40, 50]]]})
    spans = list(zip(*(column.tolist() for column in content_spans(quotes, np.array([0, 0]))), strict=True))
    assert spans == [(0, 0, 0, 10), (0, 1, 20, 30), (0, 1, 40, 50)]
    assert inside([(0, 2, 5), (0, 42, 50), (0, 32, 35), (1, 2, 5)], spans) == [[0], [1], [], []]


def test_contents_within_each_other_all_hold_the_mention():
    quotes = [(0, 2, 0, 30), (0, 0, 10, 20), (0, 1, 0, 15)]
    at = [(0, 25, 28), (0, 12, 14), (0, 16, 19), (0, 1, 4)]
    assert inside(at, quotes) == [[2], [0, 1, 2], [0, 2], [1, 2]]
    assert inside(at, []) == [[]] * 4 and inside([], quotes) == []


def test_a_name_in_a_statement_within_another_is_named_by_both_speakers():
    table = [mention("a", 0, "place", "China", quotes=[0, 1]), mention("a", 1, "place", "China", quotes=[1, 2])]
    rows = spoken_about(table, [("a", 0, "Lin"), ("a", 1, "Wang"), ("a", 2, "Wang")], {})
    counts = {row["speaker"]: (row["n"], row["n_quotes"], row["mentions"], row["quote"]) for row in rows}
    assert counts == {"Wang": (2, 2, 2, 1), "Lin": (1, 1, 1, 0)}


def test_who_speaks_about_whom():
    table = [
        mention("a", 0, "place", "China", quote=0),
        mention("a", 0, "place", "China", quote=0),
        mention("a", 2, "place", "China", quote=2),
        mention("a", 4, "person", "Lin Jian", entity="Lin"),
    ]
    quotes = [("a", 0, "Lin"), ("a", 1, "Lin"), ("a", 2, None), ("b", 0, "Lin")]
    others: dict[str, int] = {}
    (row,) = spoken_about(table, quotes, others)
    # Lin is the name of an entity in the first document only.
    assert [*others] == ["Lin"]
    keys = ("speaker", "name", "n", "n_quotes", "mentions", "sentence", "documents")
    assert tuple(row[key] for key in keys) == ("Lin Jian", "China", 1, 2, 2, 0, 1)
    assert (row["estimate"], row["lo"], row["hi"], row["method"]) == (0.5, None, None, TOO_FEW)


def test_speakers_who_are_not_named_elsewhere():
    table = [mention(doc_id, 0, "place", "China", quote=0) for doc_id in "abc"]
    others: dict[str, int] = {}
    rows = spoken_about(table, [("a", 0, "Ann"), ("b", 0, "Bo"), ("c", 0, "Cy")], others)
    assert [row["speaker"] for row in rows] == [*others] == ["Ann", "Bo", "Cy"]


def test_a_body_named_by_its_owner_has_his_name_over_all_documents():
    table = [mention("a", 0, "place", "China", quote=0), mention("a", 1, "person", "Lin Jian", entity="Lin")]
    (row,) = spoken_about(table, [("a", 0, "Lin campaign")], {})
    assert row["speaker"] == "Lin Jian campaign"


def test_the_interval_is_that_of_documents():
    """Of 1, 3, 2, 1, 2 and 2 statements of a speaker in six documents 1, 2, 0, 0, 1 and 0 name China."""
    named, all_of = [1, 2, 0, 0, 1, 0], [1, 3, 2, 1, 2, 2]
    quotes = [(doc_id, quote, "Lin") for doc_id, n in zip("abcdef", all_of, strict=True) for quote in range(n)]
    table = [
        mention(doc_id, quote, "place", "China", quote=quote)
        for doc_id, n in zip("abcdef", named, strict=True)
        for quote in range(n)
    ]
    (row,) = spoken_about(table, quotes, {})
    assert (row["n"], row["n_quotes"], row["documents"], row["method"]) == (4, 11, 3, METHOD)
    assert (row["lo"], row["hi"]) == pytest.approx(share_interval(sums_of(named, all_of)))
