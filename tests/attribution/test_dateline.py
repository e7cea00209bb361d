"""A dateline or a participle before a name is no part of the source that follows it."""

import pytest

from scripts.attribution.__main__ import quote_rows
from tests.attribution.named_docs import named_docs

OPENINGS = {
    "a dash": (
        "Pretoria - The North Gauteng High Court said that the mine was safe.",
        "The North Gauteng High Court",
    ),
    "no space": ("Pretoria- The North Gauteng High Court said that the mine was safe.", "The North Gauteng High Court"),
    "an agency": ("New York (AFP) - Mayor Martha Quill said the bridge was safe.", "Mayor Martha Quill"),
    "capitals and region": ("DECATUR, Ill. - Sen. Martha Quill said the bridge was safe.", "Sen. Martha Quill"),
    "a date": (
        "KIGALI, Apr 12 2022 (IPS) - The activist Martha Quill said the dam was safe.",
        "The activist Martha Quill",
    ),
    "a colon": ("Beirut: President Martha Quill said the port was safe.", "President Martha Quill"),
    "brackets": ("(Washington, DC) - Senator Martha Quill said the port was safe.", "Senator Martha Quill"),
    "a place that speaks": ("Pretoria said that the port was safe.", "Pretoria"),
    "a participle": (
        "Speaking to Valley News/Ridge Gazette, Ann Quill Moss, spokesman of the Ministry of Dams, said it was safe.",
        "Ann Quill Moss, spokesman of the Ministry of Dams",
    ),
    "a person": ("Martha Quill, mayor of Pretoria - said that the port was safe.", "Martha Quill, mayor of Pretoria"),
}


@pytest.fixture(scope="module")
def sources(nlp):
    texts = [(name, text) for name, (text, _) in OPENINGS.items()]
    return {doc.doc_id: [row["source"] for row in quote_rows([doc])] for doc in named_docs(nlp, texts)}


@pytest.mark.parametrize("name", OPENINGS)
def test_sources_begin_after_datelines(sources, name):
    assert sources[name] == [OPENINGS[name][1]]
