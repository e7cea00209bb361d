"""Descriptions of the person of the sentence before."""

import pytest

from scripts.attribution.__main__ import quote_rows
from tests.attribution.named_docs import named_docs

ANN = "Helen Marsh"
TEXTS = {
    "the subject of the sentence before": (
        "Helen Marsh opened the mill. The Ohio entrepreneur said it was late.",
        ANN,
    ),
    "a former office": ("Helen Marsh opened the mill. The former mayor of Linden said it was late.", ANN),
    "two sentences before": ("Helen Marsh opened the mill. It rained. The candidate said it was late.", ANN),
    "a woman": ("Ms. Helen Marsh opened the mill. The businesswoman said it was late.", ANN),
    "two persons": ("Helen Marsh met Bo Lee. The candidate said it was late.", ""),
    "no subject": ("The mill was opened by Helen Marsh. The candidate said it was late.", ""),
    "an occasion": ("It rained when Helen Marsh came. The candidate said it was late.", ""),
    "an office of one holder": ("Helen Marsh opened the mill. The governor said it was late.", ""),
    "somebody's": ("Helen Marsh opened the mill. The city's candidate said it was late.", ""),
    "a man": ("Ms. Helen Marsh opened the mill. The businessman said it was late.", ""),
    "told of before": ("A candidate came. Helen Marsh opened the mill. The candidate said it was late.", ""),
}


def statement(nlp, text):
    """Return the row of the statement whose cue is *said*."""
    (doc,) = named_docs(nlp, [("a", text)])
    (row,) = [row for row in quote_rows([doc]) if doc.text[row["cue_start"] : row["cue_end"]] == "said"]
    return row


@pytest.mark.parametrize("case", TEXTS)
def test_the_person_that_a_description_names_again(nlp, case):
    text, speaker = TEXTS[case]
    assert (statement(nlp, text)["speaker"] == ANN) == (speaker == ANN)


def test_a_class_of_hyphened_nouns_is_whole(nlp):
    assert statement(nlp, "A front-runner said it was late.")["speaker"] == "unnamed front-runners"
