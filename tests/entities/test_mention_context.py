"""Titles, roles and pronouns beside the mention of a person."""

from dataclasses import replace

import pytest

from scripts.entities.mention_context import NO_CONTEXT, Context, contexts_of
from tests.entities.made import document


def contexts(text, *named, subjects=("Lee",)):
    """Return the contexts of mentions in a text of which some words are subjects, and each other word is its own head.

    A name of several words hangs on its last.
    """
    doc = document(text, *named)
    heads = list(range(len(doc.word)))
    for mention in doc.mentions:
        heads[mention.first : mention.last] = [mention.last - 1] * (mention.last - mention.first)
    deps = ["nsubj" if word in subjects else "dep" for word in doc.word]
    return contexts_of(replace(doc, head=heads, dep=deps), doc.mentions)


@pytest.mark.parametrize(
    ("text", "pronoun"),
    [
        ("Ann Lee said she left.", "she"),
        ("Ann Lee praised his work.", "he"),
        ("Ann Lee left. She was tired.", "she"),
        ("Ann Lee left. It rained.", ""),
        ("Ann Lee left.", ""),
        ("Ann Lee said: “She left.”", ""),
    ],
)
def test_the_next_clause_of_a_person_tells_the_gender(text, pronoun):
    assert contexts(text, ("Ann Lee", "PERSON")) == [Context("", "", pronoun)]


def test_a_pronoun_after_another_person_or_of_no_subject_tells_nothing():
    both = contexts("Ann Lee met Bo Ray and said he left.", ("Ann Lee", "PERSON"), ("Bo Ray", "PERSON"))
    assert [context.pronoun for context in both] == ["", ""]
    assert contexts("Ann Lee said she left.", ("Ann Lee", "PERSON"), subjects=()) == [NO_CONTEXT]
    before = contexts("Bo Ray met Ann Lee, she said.", ("Bo Ray", "PERSON"), ("Ann Lee", "PERSON"))
    assert before[1].pronoun == ""


def test_titles_tell_role_and_gender_and_a_body_has_no_context():
    made = contexts("Mrs. Ann Lee met Acme.", ("Ann Lee", "PERSON"), ("Acme", "ORG"), subjects=())
    assert made == [Context("", "she", ""), NO_CONTEXT]
    assert contexts("Sen. Ann Lee spoke.", ("Ann Lee", "PERSON"), subjects=())[0].roles == "senator"
    minister = contexts("The deputy prime minister Ann Lee spoke.", ("Ann Lee", "PERSON"), subjects=())
    assert minister[0].roles == "deputy minister prime"


@pytest.mark.parametrize(
    ("title", "roles"),
    [
        ("Senators", ["senator", "senator"]),
        ("Presidents", ["president", "president"]),
        ("Senator", ["senator", ""]),
        ("Mrs.", ["", ""]),
        ("journalists", ["", ""]),
    ],
)
def test_a_title_of_several_is_that_of_each(title, roles):
    named = [("Ann Lee", "PERSON"), ("Bo Ray", "PERSON")]
    doc = document(f"{title} Ann Lee and Bo Ray spoke.", *named, tags={"and": "CC", "journalists": "NNS"})
    (_, lee), (_, ray) = (each[:2] for each in doc.mentions)
    head = [lee - 1] * lee + [ray - 1] * (len(doc.word) - lee)
    head[ray - 1] = lee - 1
    dep = ["conj" if at == ray - 1 else "dep" for at in range(len(doc.word))]
    assert [each.roles for each in contexts_of(replace(doc, head=head, dep=dep), doc.mentions)] == roles


def test_a_surname_before_an_administration_is_that_of_its_leader():
    assert contexts("The Lee administration fell.", ("Lee", "PERSON"))[0].roles == "leads"
    assert contexts("The Ann Lee administration fell.", ("Ann Lee", "PERSON"))[0].roles == ""
    assert contexts("Mayor Lee left.", ("Lee", "PERSON"))[0].roles == "mayor"
