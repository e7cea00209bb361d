"""The attributions of some articles, with doubtful ones."""

from dataclasses import replace
from pathlib import Path

import pytest

from scripts.entities.recognition import find_entities
from tests import reference
from tests.attribution.made_rows import attribution_rows

FOLDER = Path(__file__).parent / "data" / "reference"


@pytest.fixture(scope="module")
def articles(nlp):
    docs = (reference.parsed(nlp, name) for name in reference.ARTICLES)
    return {doc.doc_id: replace(doc, mentions=find_entities(doc)) for doc in docs}


@pytest.mark.parametrize("name", reference.ARTICLES)
def test_attributions_are_those_of_the_file(articles, name):
    rows = attribution_rows(articles[name], min_confidence=0.1)
    reference.hold(FOLDER / f"{name}.tsv", rows)
