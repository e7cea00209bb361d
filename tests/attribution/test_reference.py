"""The attributions of some articles, by the reader `rules` with attitudes and doubtful ones, and by the default."""

from dataclasses import replace
from pathlib import Path

import pytest

from scripts.attribution.readers import DEFAULT_READER
from scripts.entities.recognition import find_entities
from tests import reference
from tests.attribution.made_rows import DOUBTFUL, attribution_rows

FOLDER = Path(__file__).parent / "data" / "reference"
READERS = {
    "rules": DOUBTFUL,
    DEFAULT_READER: {"reader": DEFAULT_READER},
}


@pytest.fixture(scope="module")
def articles(nlp):
    docs = (reference.parsed(nlp, name) for name in reference.ARTICLES)
    return {doc.doc_id: replace(doc, mentions=find_entities(doc)) for doc in docs}


@pytest.mark.parametrize("name", reference.ARTICLES)
@pytest.mark.parametrize("reader", READERS)
def test_attributions_are_those_of_the_file(articles, reader, name):
    reference.hold(FOLDER / f"{name}_{reader}.tsv", attribution_rows(articles[name], **READERS[reader]))
