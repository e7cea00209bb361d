import pandas as pd
import pyarrow as pa

from scripts.entities.mentions import content_spans, in_quotes
from scripts.entities.speaking import speaker_entity
from tests.entities.made import mentions

QUOTES = pd.DataFrame(
    [("a", 0, "Lin", [[0, 10]]), ("a", 1, "Lin", [[20, 30], [40, 50]]), ("a", 2, None, [[60, 70]])],
    columns=["doc_id", "quote", "speaker", "content_spans"],
)


def test_a_mention_inside_a_piece_of_the_content():
    at = pd.DataFrame({"doc_id": ["a", "a", "a", "b"], "start": [2, 42, 32, 2], "end": [5, 50, 35, 5]})
    assert in_quotes(at, content_spans(pa.Table.from_pandas(QUOTES))).tolist() == [0, 1, -1, -1]


def test_of_contents_within_each_other_the_first_holds_the_mention():
    quotes = pd.DataFrame({"doc_id": "a", "quote": [2, 0, 1], "start": [0, 10, 0], "end": [30, 20, 15]})
    at = pd.DataFrame({"doc_id": "a", "start": [25, 12, 16, 1], "end": [28, 14, 19, 4]})
    assert in_quotes(at, quotes).tolist() == [2, 0, 0, 1]
    assert in_quotes(at, quotes.head(0)).tolist() == [-1] * 4 and in_quotes(at.head(0), quotes).tolist() == []


def test_who_speaks_about_whom():
    table = mentions(
        ("a", 0, "place", "China"),
        ("a", 0, "place", "China"),
        ("a", 2, "place", "China"),
        ("a", 5, "person", "Lin Jian"),
    )
    table = table.assign(quote=[0, 0, 2, -1], entity=["China", "China", "China", "Lin"])
    row = speaker_entity(table, QUOTES).iloc[0]
    assert tuple(row[["speaker", "name", "n", "n_quotes", "mentions", "sentence"]]) == ("Lin Jian", "China", 1, 2, 2, 0)
    assert row["lo"] < 0.5 == row["estimate"] < row["hi"]
