"""The phrase beside a verb of saying, in sentences whose tags are given and whose parse has no subject."""

from dataclasses import replace

import pytest

from scripts.attribution.adjacent import adjacent
from scripts.parsing.tokens import segmented_doc

FINITE = {"said": "VBD", "accused": "VBD"}
POS = {
    "she": "PRON", "the": "DET", "new": "ADJ", "mayor": "NOUN", "in": "ADP", "early": "ADV", "prices": "NOUN",
    "said": "VERB", "accused": "VERB", "won": "VERB", "who": "PRON", "rose": "VERB",
}  # fmt: skip


def beside(text: str, verb: str, **dependencies: str) -> str | None:
    """Return the words of the phrase beside a verb; words with a capital letter are names."""
    doc = segmented_doc("a.txt", text)
    pos = [
        POS.get(norm, "PROPN" if word[0].isupper() else "PUNCT") for word, norm in zip(doc.word, doc.norm, strict=True)
    ]
    tag = [FINITE.get(norm, "WP" if norm == "who" else "NN") for norm in doc.norm]
    dep = [dependencies.get(norm, "") for norm in doc.norm]
    phrase = adjacent(replace(doc, pos=pos, tag=tag, dep=dep), [-1] * len(doc.word), doc.norm.index(verb))
    return None if phrase is None else doc.slice(*phrase[:2])


@pytest.mark.parametrize(
    ("text", "verb", "phrase"),
    [
        ("In Salem, she accused Lee.", "accused", "she"),
        ("In Salem, the new mayor accused Lee.", "accused", "the new mayor"),
        ("Lee Park, who won, said prices rose.", "said", "Lee Park"),
        ("Prices rose, said Lee Park in Salem.", "said", "Lee Park"),
        ("Prices rose, said the new mayor in Salem.", "said", "the new mayor"),
        ("Prices rose, said Monday.", "said", None),
    ],
)
def test_phrase_before_or_after_the_verb(text: str, verb: str, phrase: str | None) -> None:
    assert beside(text, verb) == phrase


def test_an_object_after_a_comma_and_the_verb_is_its_speaker() -> None:
    assert beside("Prices rose, said Lee.", "said", lee="dobj") == "Lee"
    assert beside("Early said Lee.", "said", lee="dobj") is None
