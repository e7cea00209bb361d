"""The steps from all rows of quotes to what each share counts: they add up, and each is what it says."""

import pyarrow as pa
import pytest

from scripts.core.storage import own_texts, rows_to_table
from scripts.sources.statement_totals import TOTAL_STEPS, total_rows
from tests.report.corpus import row

QUOTES = [
    ("a", "direct", "Ann", "Ann", 5),
    ("a", "indirect", "", "he", 3),
    ("a", "direct", "", "", 7),
    ("a", "no comment", "Ann", "Ann", 0),
    ("copy", "direct", "Ann", "Ann", 5),
    ("copy", "no comment", "", "she", 0),
    ("wire", "mixed", "Bo", "Bo", 6),
    ("wire", "direct", "Bo", "Bo", 0),
    ("wire", "boilerplate", "Bo", "Bo", 7),
]
PARTS = [
    ("rows", ("boilerplate", "refusals", "statements")),
    ("statements", ("with a speaker", "without a speaker")),
    ("statements", ("with a source", "without a source")),
    ("with a source", ("repeated", "of kinds")),
    ("of kinds", ("wire copy", "own reporting")),
]


@pytest.fixture(params=[False, True], ids=["as texts", "encoded in two parts"])
def totals(request):
    rows = [
        row("quotes", doc_id=doc_id, type=kind, speaker=speaker, source=source, n_words=n)
        for doc_id, kind, speaker, source, n in QUOTES
    ]
    table = rows_to_table("quotes", rows)
    if request.param:
        columns = {name: table[name].dictionary_encode() for name in ("doc_id", "type", "speaker", "source")}
        encoded = pa.table(columns | {"n_words": table["n_words"]})
        table = pa.concat_tables([own_texts(encoded.slice(0, 4)), own_texts(encoded.slice(4))])
    return {each["step"]: each for each in total_rows(table, {"a": True, "copy": False, "wire": True}, {"wire"})}


def test_each_step_has_its_rows(totals):
    """One statement of the wire has no word: it has a speaker, and is not among those by source."""
    numbers = {step: (each["statements"], each["words"], each["documents"]) for step, each in totals.items()}
    assert numbers == {
        "rows": (9, 33, 3),
        "boilerplate": (1, 7, 1),
        "refusals": (2, 0, 2),
        "refusals listed": (1, 0, 1),
        "statements": (6, 26, 3),
        "without a speaker": (2, 10, 1),
        "with a speaker": (4, 16, 3),
        "without a source": (2, 7, 2),
        "with a source": (4, 19, 3),
        "repeated": (1, 5, 1),
        "of kinds": (3, 14, 2),
        "wire copy": (1, 6, 1),
        "own reporting": (2, 8, 1),
    }


def test_parts_add_up_to_their_step(totals):
    for step, parts in PARTS:
        for number in ("statements", "words"):
            assert sum(totals[part][number] for part in parts) == totals[step][number], step
        assert all(TOTAL_STEPS[part].part_of == step for part in parts)


def test_without_rows_every_step_is_nothing():
    rows = [*total_rows(rows_to_table("quotes", []), {}, set())]
    assert [each["step"] for each in rows] == [*TOTAL_STEPS]
    assert all(each["statements"] == each["words"] == each["documents"] == 0 for each in rows)
