"""Mentions with their names over all documents: what a reader keeps apart in one document."""

import pandas as pd
import pytest

from scripts.entities.mentions import link_mentions


def mention(doc_id: str, number: int, text: str, entity: str, corrected_by: str = "") -> dict:
    place = {"doc_id": doc_id, "mention": number, "sentence": 0, "start": 10 * number, "end": 10 * number + len(text)}
    return {**place, "text": text, "label": "PERSON", "entity": entity, "subject": False, "corrected_by": corrected_by}


def named(mentions: list[dict], apart_in: list[list[str]]) -> list[str]:
    """Return the names over all documents of mentions, all documents of one outlet."""
    doc_ids = sorted({row["doc_id"] for row in mentions})
    documents = pd.DataFrame({"doc_id": doc_ids, "outlet": "Herald", "date": None})
    spans = pd.DataFrame({"doc_id": pd.Series(dtype=str), "quote": 0, "start": 0, "end": 0})
    sentences = pd.DataFrame({"doc_id": doc_ids, "sentence": 0, "paragraph": 0})
    aliases = {"merge": {}, "apart": [], "apart_in": apart_in}
    linked = link_mentions(pd.DataFrame(mentions), spans, sentences, documents, aliases=aliases, metonyms=False)
    return linked["name"].tolist()


FULL = [
    mention(doc_id, number, text, "Lena Moss") for doc_id in "acd" for number, text in enumerate(("Lena Moss", "Moss"))
]


def of_single_mentions(corrected_by: str, apart_in: list[list[str]], full: list[dict] = FULL) -> list[str]:
    """Return the names of Moss in two documents that have no full name; the first is corrected."""
    single = [mention("e", 0, "Moss", "Moss", corrected_by), mention("f", 0, "Moss", "Moss")]
    names = named([*full, *single], apart_in)
    assert set(names[:-2]) == {"Lena Moss"}
    return names[-2:]


@pytest.mark.parametrize("corrected_by", ["c.csv, row 2", "c.csv, row 12; c.csv, row 2; c.csv, row 9"])
def test_a_link_that_a_reader_undid_in_a_document_is_undone_there_only(corrected_by) -> None:
    assert of_single_mentions(corrected_by, []) == ["Lena Moss", "Lena Moss"]
    assert of_single_mentions(corrected_by, [["c.csv, row 2", "Moss", "Lena Moss"]]) == ["Moss", "Lena Moss"]


def test_a_correction_of_something_else_undoes_no_link() -> None:
    assert of_single_mentions("c.csv, row 22", [["c.csv, row 2", "Moss", "Lena Moss"]])[0] == "Lena Moss"
    assert of_single_mentions("c.csv, row 22", [["c.csv, row 22", "Moss", "Jo Moss"]])[0] == "Lena Moss"


def test_the_other_may_be_called_as_one_document_has_it() -> None:
    full = [*FULL, mention("b", 0, "LENA MOSS", "LENA MOSS")]
    assert of_single_mentions("c.csv, row 2", [["c.csv, row 2", "Moss", "LENA MOSS"]], full)[0] == "Moss"
