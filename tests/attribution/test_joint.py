"""Whom a source names beside the speaker of its statement."""

import pytest

from scripts.attribution.__main__ import quote_rows
from tests.attribution.named_docs import named_docs

JOINT = {
    "two": ("Martha Quill and Harold Finch said that the well was dry.", ["Harold Finch"]),
    "three": ("Martha Quill, Harold Finch and Nora Beck said that the well was dry.", ["Harold Finch", "Nora Beck"]),
    "after their words": ('"The well is dry," said Martha Quill and Harold Finch.', ["Harold Finch"]),
    "with titles": (
        "Senators Martha Quill (R-Ohio) and Harold Finch (D-Iowa) said the well was dry.",
        ["Harold Finch"],
    ),
    "with the title of the second": (
        "Quill and U.S. Rep. Harold Finch said that the well was dry.",
        ["Quill"],
    ),
    "with appositions": (
        "The mayor, Martha Quill, and her deputy, Harold Finch, said that the well was dry.",
        ["Harold Finch"],
    ),
    "by a noun for both": (
        "The two farmers, Martha Quill and Harold Finch, said that the well was dry.",
        ["Harold Finch"],
    ),
    "along with": ("Martha Quill, along with Harold Finch, said that the well was dry.", ["Harold Finch"]),
    "together with": ("Martha Quill, together with Harold Finch, said that the well was dry.", ["Harold Finch"]),
    "a state": ("Germany and Poland said that the border would stay open.", ["Poland"]),
    "by surname": ("Martha Quill met Harold Finch at the well. Quill and Finch said that it was dry.", ["Finch"]),
}
ALONE = {
    "one": "Martha Quill said that the well was dry.",
    "a friend of another": "Martha Quill, a friend of Harold Finch, said that the well was dry.",
    "with another": "Martha Quill, who lives with Harold Finch, said that the well was dry.",
    "a body": "Martha Quill of the Wells and Rivers Trust said that the well was dry.",
    "another's": "Martha Quill and Harold Finch's son said that the well was dry.",
    "another's title": "Quill and Finch campaign manager Nora Beck said that the well was dry.",
    "a class": "Martha Quill and two neighbours said that the well was dry.",
    "in what is said": "Martha Quill said that Harold Finch and Nora Beck had dug the well.",
}


def speakers_of(doc):
    """Return the speaker of each statement, and the texts that its joint spans mark."""
    return [(row["speaker"], [doc.text[start:end] for start, end in row["joint_spans"]]) for row in quote_rows([doc])]


@pytest.fixture(scope="module")
def joint(nlp):
    """Return by case what the joint spans of its statements mark."""
    texts = [(name, text) for name, (text, _) in JOINT.items()] + list(ALONE.items())
    return {doc.doc_id: [marked for _, marked in speakers_of(doc)] for doc in named_docs(nlp, texts)}


@pytest.mark.parametrize("name", JOINT)
def test_all_whom_a_source_joins_say_it(joint, name):
    assert joint[name] == [JOINT[name][1]]


@pytest.mark.parametrize("name", ALONE)
def test_others_in_a_source_do_not(joint, name):
    assert joint[name] == [[]]


def test_they_who_speak_next_are_the_same(nlp):
    text = "Martha Quill and Harold Finch said that the well was dry. They said that the pump was old."
    later = "Nora Beck said that the pump was new. They said that it was old."
    (doc,) = named_docs(nlp, [("a", f"{text} {later}")])
    same = ("Martha Quill", ["Harold Finch"])
    assert speakers_of(doc) == [same, same, ("Nora Beck", []), ("", [])]
