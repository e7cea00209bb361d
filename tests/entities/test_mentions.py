"""Mentions with their names over all documents: what a reader keeps apart in one document."""

from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest

from scripts.core.storage import rows_to_table, write_parquet
from scripts.entities.mention_ranges import MentionDocuments, linked
from tests.entities.made import FACTS
from tests.report.corpus import row


def mention(doc_id: str, number: int, text: str, entity: str, corrected_by: str = "") -> dict:
    values = {"doc_id": doc_id, "mention": number, "text": text, "label": "PERSON", "entity": entity}
    return row("entities", **values, corrected_by=corrected_by)


def named(mentions: list[dict], apart_in: list[list[str]], folder: Path, *, ranges: int) -> list[str]:
    """Return the names over all documents of mentions, all documents of one outlet, which are looked at in ranges."""
    mentions = sorted(mentions, key=lambda each: each["doc_id"])
    write_parquet(folder / "entities.parquet", rows_to_table("entities", mentions))
    write_parquet(folder / "boilerplate_places.parquet", rows_to_table("boilerplate_places", []))
    doc_ids = sorted({each["doc_id"] for each in mentions})
    documents = pa.table([doc_ids, ["Herald"] * len(doc_ids), [None] * len(doc_ids)], schema=FACTS)
    firsts = sorted({at * len(doc_ids) // ranges for at in range(ranges)})
    limits = list(zip(firsts, [*firsts[1:], len(doc_ids)], strict=True))
    bounds = [doc_ids[first] for first in firsts[1:]]
    corpus = MentionDocuments(documents, pa.array(doc_ids), np.ones(len(doc_ids), int), limits, bounds)
    aliases = {"merge": {}, "apart": [], "apart_in": apart_in}
    cells, cell, _ = linked(folder, corpus, aliases=aliases, metonyms=False)
    names = [cells.names[at] for at in cell.tolist()]
    assert cells.times.tolist() == np.bincount(cell, minlength=len(cells.names)).tolist()
    return names


DOC_IDS = [f"a{number:02}" for number in range(20)]
FULL = [
    mention(doc_id, number, text, "Lena Moss")
    for doc_id in DOC_IDS
    for number, text in enumerate(("Lena Moss", "Moss"))
]


@pytest.fixture(params=[1, 2, 9])
def of_single_mentions(tmp_path, request):
    """Return a function for the names of Moss in two documents that have no full name; the first is corrected."""

    def names_of(corrected_by: str, apart_in: list[list[str]], full: list[dict] = FULL) -> list[str]:
        single = [mention("e", 0, "Moss", "Moss", corrected_by), mention("f", 0, "Moss", "Moss")]
        names = named([*full, *single], apart_in, tmp_path, ranges=request.param)
        assert set(names[:-2]) == {"Lena Moss"}
        return names[-2:]

    return names_of


@pytest.mark.parametrize("corrected_by", ["c.csv, row 2", "c.csv, row 12; c.csv, row 2; c.csv, row 9"])
def test_a_link_that_a_reader_undid_in_a_document_is_undone_there_only(corrected_by, of_single_mentions) -> None:
    assert of_single_mentions(corrected_by, []) == ["Lena Moss", "Lena Moss"]
    assert of_single_mentions(corrected_by, [["c.csv, row 2", "Moss", "Lena Moss"]]) == ["Moss", "Lena Moss"]


def test_a_correction_of_something_else_undoes_no_link(of_single_mentions) -> None:
    assert of_single_mentions("c.csv, row 22", [["c.csv, row 2", "Moss", "Lena Moss"]])[0] == "Lena Moss"
    assert of_single_mentions("c.csv, row 22", [["c.csv, row 22", "Moss", "Jo Moss"]])[0] == "Lena Moss"


def test_the_other_may_be_called_as_one_document_has_it(of_single_mentions) -> None:
    full = [*FULL, mention("b", 0, "LENA MOSS", "LENA MOSS")]
    assert of_single_mentions("c.csv, row 2", [["c.csv, row 2", "Moss", "LENA MOSS"]], full)[0] == "Moss"
