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
    "nobody": ("None of the brewers would comment on the price of malt.", ""),
    "neither": ("Neither potter would disclose the price of the kiln.", "potter"),
    "question": ("Tom Wickham did not say who paid for the kiln.", "Tom Wickham"),
    "discuss": ("Tom Wickham would not discuss the price of the kiln.", "Tom Wickham"),
    "speculate": ("Enid Lowe declined to speculate on the price of the kiln.", "Enid Lowe"),
}
NOT_SAID = [
    "Nora Beck did not mention that the lamps were dark.",
    "Nora Beck has never said she would close the mill.",
    "The council isn't recommending a second ferry for the island.",
    "Martha Quill stopped short of calling the well a danger to the town.",
    "Martha Quill failed to mention that the well was dry.",
    "Harold Finch made no mention of the old harbour.",
    "Harold Finch left without mentioning the price of malt.",
    "Nobody said that the well was dry.",
    "No councillor mentioned that the bridge was closed.",
    "Tom Wickham refused to admit that the kiln was cold.",
]
SPOKEN = {
    "responded": "Martha Quill responded that the well was dry.",
    "commented": "Nora Beck commented that the lamps were dark.",
    "declined a thing": "The council declined the offer of a second ferry.",
    "reached": "Tom Wickham was reached by the flood on Sunday.",
    "no compromise": "A compromise has not been reached in Linden.",
    "answer": "Harold Finch answered the door in his slippers.",
}
STILL_SAID = [
    ("Nora Beck denied that the lamps were dark.", "that the lamps were dark"),
    ("Nora Beck did not deny that the lamps were dark.", "that the lamps were dark"),
    ("Nora Beck does not agree that the lamps were dark.", "that the lamps were dark"),
    ('Nora Beck did not call the lamps "a waste of oil".', 'the lamps "a waste of oil"'),
    ("Harold Finch did not fail to mention that the well was dry.", "that the well was dry"),
    ("Not only did Harold Finch say that the well was dry, he drained it.", "that the well was dry"),
    ("Harold Finch said that nobody had paid for the kiln.", "that nobody had paid for the kiln"),
    ("No 10 said that the mill would close.", "that the mill would close"),
]


@pytest.fixture(scope="module")
def rows(nlp):
    texts = [(name, text) for name, (text, _) in SILENT.items()] + list(SPOKEN.items())
    texts += [(text, text) for text in (*NOT_SAID, *(text for text, _ in STILL_SAID))]
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


@pytest.mark.parametrize("text", NOT_SAID)
def test_what_was_not_said_is_no_statement(rows, text):
    assert rows[text] == []


@pytest.mark.parametrize(("text", "content"), STILL_SAID)
def test_a_stance_a_quotation_and_a_double_negation_are_statements(rows, text, content):
    assert [row["content"] for row in rows[text]] == [content]


def test_what_was_not_said_still_tells_who_is_meant_next(nlp):
    text = "Trade talks\n\nHarold Finch, the mayor, did not mention the harbour. He said that the well was dry."
    [doc] = named_docs(nlp, [("d", text)])
    assert [row["speaker_in_document"] for row in quote_rows([doc])] == ["Harold Finch"]


def test_nobody_is_no_class_of_sources(nlp):
    [doc] = named_docs(nlp, [("d", 'None of the brewers called the malt "a waste of oil".')])
    assert [row["speaker_in_document"] for row in quote_rows([doc])] == [""]
