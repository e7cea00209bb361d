"""The attributions of some articles, by the reader `rules` with attitudes and doubtful ones, and by the default."""

from dataclasses import replace
from pathlib import Path

import pytest

from scripts.attribution.__main__ import quote_rows
from scripts.attribution.readers import DEFAULT_READER
from scripts.entities.recognition import find_entities
from tests import reference

FOLDER = Path(__file__).parent / "data" / "reference"
READERS = {
    "rules": {"reader": "rules", "min_confidence": 0.1, "attitudes": True},
    DEFAULT_READER: {"reader": DEFAULT_READER},
}
_SHOWN = 60


@pytest.fixture(scope="module")
def articles(nlp):
    docs = (reference.parsed(nlp, name) for name in reference.ARTICLES)
    return {doc.doc_id: replace(doc, mentions=find_entities(doc)) for doc in docs}


def rows_of(doc, **settings):
    """Return the attributions of a document, short enough to be looked through."""
    for row in quote_rows([doc], **settings):
        named = {name: doc.text[row[f"{side}_start"] or 0 : row[f"{side}_end"] or 0] for name, side in
                 (("cue", "cue"), ("head", "cue_head"), ("source", "source"), ("reference", "ref"))}  # fmt: skip
        columns = ("sentence", "type", "speaker", "speaker_in_document", "speaker_type", "role", "rule", "n_words")
        yield {
            **{name: row[name] for name in columns},
            "n_quoted": row["n_quoted"],
            "confidence": round(row["confidence"], 2),
            **named,
            "spans": " ".join(f"{start}-{end}" for start, end in row["content_spans"]),
            "content": row["content"][:_SHOWN],
        }


@pytest.mark.parametrize("name", reference.ARTICLES)
@pytest.mark.parametrize("reader", READERS)
def test_attributions_are_those_of_the_file(articles, reader, name):
    reference.hold(FOLDER / f"{name}_{reader}.tsv", [*rows_of(articles[name], **READERS[reader])])
