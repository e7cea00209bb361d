import numpy as np
import pyarrow as pa

from scripts.entities.mentions import content_spans, in_quotes
from scripts.entities.speaking import attributions_to_speakers, merged, speaker_entity, speaking
from tests.entities.made import linked, mention


def inside(mentions, spans):
    """Return `in_quotes` of mentions, (document, start, end) each, and spans, (document, quote, start, end) each."""
    columns = (np.array(list(zip(*rows, strict=True)) or [[]] * n, int) for rows, n in ((mentions, 3), (spans, 4)))
    at, contents = columns
    return in_quotes(*at, tuple(contents)).tolist()


def test_a_mention_inside_a_piece_of_the_content():
    quotes = pa.table({"quote": [0, 1], "content_spans": [[[0, 10]], [[20, 30], [40, 50]]]})
    spans = list(zip(*(column.tolist() for column in content_spans(quotes, np.array([0, 0]))), strict=True))
    assert spans == [(0, 0, 0, 10), (0, 1, 20, 30), (0, 1, 40, 50)]
    assert inside([(0, 2, 5), (0, 42, 50), (0, 32, 35), (1, 2, 5)], spans) == [0, 1, -1, -1]


def test_of_contents_within_each_other_the_first_holds_the_mention():
    quotes = [(0, 2, 0, 30), (0, 0, 10, 20), (0, 1, 0, 15)]
    at = [(0, 25, 28), (0, 12, 14), (0, 16, 19), (0, 1, 4)]
    assert inside(at, quotes) == [2, 0, 0, 1]
    assert inside(at, []) == [-1] * 4 and inside([], quotes) == []


def test_who_speaks_about_whom():
    table = [
        mention("a", 0, "place", "China", quote=0),
        mention("a", 0, "place", "China", quote=0),
        mention("a", 2, "place", "China", quote=2),
        mention("a", 4, "person", "Lin Jian", entity="Lin"),
    ]
    quotes = [("a", 0, "Lin"), ("a", 1, "Lin"), ("a", 2, None), ("b", 0, "Lin")]
    corpus, cells, entities, part = linked(table, {"a": 9, "b": 9}, quotes=quotes)
    others: dict[str, int] = {}
    attributed = attributions_to_speakers(part, cells, entities, others)
    n_quotes = np.bincount(attributed.speaker)
    # Lin is the name of an entity in the first document only.
    assert [*others] == ["Lin"] and n_quotes.tolist() == [0, 2, 1]
    spoken = merged([speaking(part.mentions, attributed, entities)], entities)
    (row,) = speaker_entity(spoken, n_quotes, entities, others, corpus.doc_ids).to_pylist()
    keys = ("speaker", "name", "n", "n_quotes", "mentions", "sentence")
    assert tuple(row[key] for key in keys) == ("Lin Jian", "China", 1, 2, 2, 0)
    assert row["lo"] < 0.5 == row["estimate"] < row["hi"]
