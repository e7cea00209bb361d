"""A pronoun stands for the person most present before it, and a sentence of a thousand names is no obstacle."""

from dataclasses import replace

from scripts.attribution import pronouns
from scripts.attribution.marked import mark
from scripts.attribution.people import find_people
from scripts.core.annotation import Mention
from scripts.parsing.tokens import segmented_doc


def named(text):
    """Return a marked document in which each word with a capital but She is a person."""
    doc = segmented_doc("d", text)
    tokens = [token for token, word in enumerate(doc.word) if word[0].isupper() and word != "She"]
    return mark(replace(doc, mentions=[Mention(token, token + 1, "PERSON", doc.word[token]) for token in tokens]))


def test_the_last_person_named_is_the_one_meant():
    marked = named("Lin met Berg . She said no .")
    assert pronouns.antecedent(marked, find_people(marked), 4, None).entity == "Berg"


def test_nobody_speaks_for_being_named_in_what_is_said():
    marked = named("Lin left . Berg lied , She said . Holt came .")
    people = find_people(marked)
    assert pronouns.antecedent(marked, people, 6, None, [(3, 5)]).entity == "Lin"
    assert pronouns.antecedent(marked, people, 6, None, [(0, 2), (3, 5)]).entity == "Holt"


def test_of_a_quoted_content_only_what_is_in_marks_is_said():
    marked = named("Lin left . Berg : “ Holt lied to all of us ” , She said .")
    people = find_people(marked)
    assert pronouns.antecedent(marked, people, 14, None, [(3, 13)]).entity == "Berg"


def test_of_a_thousand_names_in_a_sentence_the_last_hundred_are_looked_at(monkeypatch):
    looked_at = []
    monkeypatch.setattr(pronouns, "head_of", lambda doc, mention: looked_at.append(mention) or mention.first)
    marked = named("Lin " * 900 + "Berg . She said no .")
    people = find_people(marked)
    assert pronouns.antecedent(marked, people, 902, None) is not None
    assert len(looked_at) == 100 and looked_at[-1].entity == "Berg"


def test_a_sentence_counts_for_she_only_if_it_names_one_person():
    for text, evidence in (
        ("Lin left . She said no .", 0.5),
        ("Lin left . on the way home She said no .", 0.5),
        ("Lin left . later Berg told us what She said .", 0.0),
        ("Lin left . “ Has She gone ? ” they asked .", 0.0),
        ("Lin met Berg . She said no .", 0.0),
    ):
        marked = named(text)
        for token in (0, marked.doc.word.index("She")):
            marked.doc.dep[token] = "nsubj"
        assert find_people(marked).gender["Lin"] == evidence, text
