"""The names of some articles: each mention with its label, its name in the article and what its place tells of it."""

from pathlib import Path

import pytest

from scripts.entities.__main__ import entities_table
from tests import reference

FOLDER = Path(__file__).parent / "data" / "reference"
LEFT_OUT = {"doc_id", "mention", "corrected_by"}


@pytest.mark.parametrize("name", reference.ARTICLES)
def test_names_are_those_of_the_file(nlp, name):
    rows = entities_table([reference.parsed(nlp, name)])
    reference.hold(FOLDER / f"{name}.tsv", rows.drop_columns(sorted(LEFT_OUT)).to_pylist())
