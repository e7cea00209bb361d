"""Refusals and silence: a type of their own, with a speaker and no words."""

import pytest

from scripts.attribution.__main__ import quote_rows
from tests.attribution.named_docs import named_docs

SILENT = {
    "declined": ("The ferry company declined to comment on the fares.", "ferry company"),
    "refused to answer": ("Martha Quill refused to answer questions about the well.", "Martha Quill"),
    "no response": ("The mill did not respond to a request for comment.", "mill"),
    "no return": ("Harold Finch did not immediately return a call on Monday.", "Harold Finch"),
    "would not": ("Nora Beck would not comment.", "Nora Beck"),
    "failed": ("The council failed to answer three emails.", "council"),
    "not reached": ("Tom Wickham could not be reached on Sunday.", "Tom Wickham"),
    "not available": ("Enid Lowe was not available for comment.", "Enid Lowe"),
    "unavailable": ("Enid Lowe was unavailable for comment.", "Enid Lowe"),
    "none": ("The harbour office had no comment.", "harbour office"),
}
SPOKEN = {
    "responded": "Martha Quill responded that the well was dry.",
    "commented": "Nora Beck commented that the lamps were dark.",
    "declined a thing": "The council declined the offer of a second ferry.",
    "reached": "Tom Wickham was reached by the flood on Sunday.",
    "answer": "Harold Finch answered the door in his slippers.",
}


@pytest.fixture(scope="module")
def rows(nlp):
    texts = [(name, text) for name, (text, _) in SILENT.items()] + list(SPOKEN.items())
    return {doc.doc_id: list(quote_rows([doc])) for doc in named_docs(nlp, texts)}


@pytest.mark.parametrize("name", SILENT)
def test_silence_has_a_speaker_and_no_words(rows, name):
    (row,) = rows[name]
    assert row["type"] == row["rule"] == "no comment"
    assert row["speaker_in_document"].removeprefix("The ") == SILENT[name][1]
    assert (row["n_words"], row["n_quoted"], row["content"], row["content_spans"]) == (0, 0, "", [])


@pytest.mark.parametrize("name", SPOKEN)
def test_speech_is_no_silence(rows, name):
    assert all(row["type"] != "no comment" for row in rows[name])
