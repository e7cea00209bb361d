"""Evidence in the words beside a name and in its place in the sentence."""

from dataclasses import replace

import pytest

from scripts.entities.context_evidence import context_evidence
from tests.entities.made import document

TAGS = {"sat": "VBD", "said": "VBD", "would": "MD", "old": "JJ", "cats": "NNS", "and": "CC", "quietly": "RB"}


def beside(text):
    """Return the evidence in the context of the name Lee in a text of which each word is its own head."""
    doc = document(text, ("Ann Lee" if "Ann Lee" in text else "Lees", "PERSON"), tags=TAGS)
    lemma = ["say" if word == "said" else word for word in doc.norm]
    doc = replace(doc, lemma=lemma, pos=["VERB" if tag == "VBD" else "NOUN" for tag in doc.tag])
    return context_evidence(doc, doc.mentions[0])


@pytest.mark.parametrize(
    ("text", "before"),
    [
        ("Ann Lee sat.", ["opens-sentence"]),
        ("It rained. Ann Lee sat.", ["opens-sentence"]),
        ("There sat the Ann Lee.", ["after-the", "after-verb"]),
        ("The Ann Lee sat.", ["after-the"]),
        ("Live in the Ann Lee.", ["after-the", "after-in"]),
        ("Snow fell near Ann Lee.", ["after-in"]),
        ("They met Senator Ann Lee.", ["after-title"]),
        ("They met Sen. Ann Lee.", ["after-title"]),
        ("They met senator Ann Lee.", ["after-role"]),
        ("A friend of Ann Lee sat.", ["after-of"]),
        ("They sat, Ann Lee too.", ["after-comma"]),
        ("Their cat Ann Lee sat.", ["after-noun"]),
        ("Their cats Ann Lee sat.", ["after-noun"]),
        ("Bo Ann Lee sat.", ["after-name"]),
        ("Then sat Ann Lee.", ["after-verb"]),
        ("The old Ann Lee sat.", ["after-adjective"]),
        ("They sat there quietly Ann Lee.", []),
    ],
)
def test_words_before_a_name(text, before):
    assert [kind for kind in beside(text) if kind.startswith(("after", "opens"))] == before


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("There sat Ann Lee", "ends-sentence"),
        ("There sat Ann Lee's friend.", "before-'s"),
        ("They met the Lees' friend.", "before-'s"),
        ("There Ann Lee, 54, sat.", "before-age"),
        ("There Ann Lee, 540, sat.", "before-comma"),
        ("There Ann Lee, whose friend sat, rose.", "before-who"),
        ("There Ann Lee, a singer, sat.", "before-apposition"),
        ("There Ann Lee, Bo Ray and others sat.", "before-comma-name"),
        ("There Ann Lee, singer and friend, sat.", "before-comma"),
        ("There Ann Lee (left) sat.", "before-bracket"),
        ("The Ann Lee-based firm sat.", "before-based"),
        ("The Ann Lee-style firm sat.", "before-hyphen"),
        ("There Ann Lee who sat rose.", "before-who"),
        ("There Ann Lee said so.", "before-speech"),
        ("There Ann Lee officials sat.", "before-official"),
        ("There Ann Lee shares fell.", "before-member"),
        ("There Ann Lee province is.", "before-place-head"),
        ("There Ann Lee commission is.", "before-body-head"),
        ("There Ann Lee senator is.", "before-title"),
        ("There Ann Lee Bo sat.", "before-name"),
        ("There Ann Lee cats sat.", "before-noun"),
        ("There Ann Lee sat.", "before-verb"),
        ("There Ann Lee would.", "before-verb"),
        ("There Ann Lee and others sat.", "before-and"),
    ],
)
def test_words_after_a_name(text, after):
    assert [kind for kind in beside(text) if kind.startswith(("before", "ends"))] == [after]
