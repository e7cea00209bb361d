import pandas as pd

from scripts.entities.mentions import in_quotes
from scripts.entities.speaking import speaker_entity
from tests.entities.made import mentions

QUOTES = pd.DataFrame(
    [("a", 0, "Lin", [[0, 10]]), ("a", 1, "Lin", [[20, 30], [40, 50]]), ("a", 2, None, [[60, 70]])],
    columns=["doc_id", "quote", "speaker", "content_spans"],
)


def test_a_mention_inside_a_piece_of_the_content():
    at = pd.DataFrame({"doc_id": ["a", "a", "a", "b"], "start": [2, 42, 32, 2], "end": [5, 50, 35, 5]})
    assert in_quotes(at, QUOTES).tolist() == [0, 1, -1, -1]


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
