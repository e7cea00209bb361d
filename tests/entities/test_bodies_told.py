"""Names that were taken for persons', and that the document tells to be those of bodies."""

from dataclasses import replace

import pytest

from scripts.core.annotation import Mention
from scripts.entities.bodies_told import bodies_told
from scripts.entities.evidence import document_evidence, name_key
from scripts.entities.recognition import find_entities
from scripts.parsing.parses import annotate


def names_of_bodies(nlp, text, *bodies, persons):
    """Return the names that a text tells to be bodies', of persons; `bodies` are other names, of organisations."""
    (doc,) = annotate(nlp, [("d", text)])
    names = []
    for label, words in [*(("ORG", body) for body in bodies), *(("PERSON", person) for person in persons)]:
        length = len(words.replace("'", " '").split())
        for first in range(len(doc.word) - length + 1):
            if doc.slice(first, first + length) == words and not any(each.first <= first < each.last for each in names):
                names.append(Mention(first, first + length, label))
    doc = replace(doc, mentions=sorted(names))
    decided = {name_key(doc, each): {"PERSON": "PER"}.get(each.label, each.label) for each in names}
    return [*bodies_told(doc, names, decided, document_evidence(doc, names))]


@pytest.mark.parametrize(
    ("text", "body", "persons", "names"),
    [
        ("Duke Energy closed the plant. Duke said it was old.", "Duke Energy", ["Duke"], ["duke"]),
        ("Wells Fargo paid on Monday. Wells was sorry.", "Wells Fargo", ["Wells"], ["wells"]),
        ("Duke Energy closed the plant. Mr. Duke said so.", "Duke Energy", ["Duke"], []),
        ("Duke Energy closed the plant. Duke said he was sorry.", "Duke Energy", ["Duke"], []),
        ("Duke Energy closed. Anna Duke came. Duke left.", "Duke Energy", ["Anna Duke", "Duke"], []),
        ("The Duke Foundation closed. Duke left the room.", "Duke Foundation", ["Duke"], []),
        ("The Duke House closed. Duke left the room.", "Duke House", ["Duke"], []),
    ],
    ids=["firm", "listed", "title", "pronoun", "full name", "body of a person", "building"],
)
def test_the_first_word_of_a_bodys_name(nlp, text, body, persons, names):
    assert names_of_bodies(nlp, text, body, persons=persons) == names


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("They asked the newspaper Odhikar for the story.", "Odhikar"),
        ('The petition of the organisation "Odhikar" was dismissed.', "Odhikar"),
        ("Greek daily Kathimerini said the road was closed.", "Kathimerini"),
        ("The store chains Aldo and Corso lowered their limits.", "Corso"),
        ("They asked organizations such as Magen for help.", "Magen"),
        ("They asked organizations, including Magen, for help.", "Magen"),
        ("They asked Platzi for help. Platzi is a platform for courses.", "Platzi"),
        ("They asked Corso, a retailer, for help.", "Corso"),
        ("Magen, which began in Ohio, closed.", "Magen"),
    ],
)
def test_what_the_text_says_of_a_name(nlp, text, name):
    assert names_of_bodies(nlp, text, persons=[name]) == [name.casefold()]


@pytest.mark.parametrize(
    "text",
    [
        "They asked Corso, a painter, for help.",
        "They asked the retailer Corso. Mr. Corso said no.",
        "They asked people such as Corso for help.",
        "They were made by the news firm Saba and Corso.",
        "Corso left Magen, a newspaper.",
        "He told the newspaper Corso left the town.",
        "They worked as Corso did for the newspaper.",
    ],
)
def test_somebody_stays_a_person(nlp, text):
    assert names_of_bodies(nlp, text, persons=["Corso"]) == []


def test_a_body_that_is_told_goes_by_its_first_word_too(nlp):
    text = "They asked the newspaper Janney Montgomery Scott. Janney was closed."
    names = ["Janney Montgomery Scott", "Janney"]
    assert sorted(names_of_bodies(nlp, text, persons=names)) == ["janney", "janney montgomery scott"]


def test_a_family_name_of_two_words_is_no_body(nlp):
    text = "They met Moammar al-Eryani. They asked the firm al-Eryani."
    assert names_of_bodies(nlp, text, persons=["Moammar al-Eryani", "al-Eryani"]) == []


@pytest.mark.parametrize(
    ("text", "persons", "names"),
    [
        ("They sued Moor Works Ltd there. They met Moor Works.", ["Moor Works"], ["moor works"]),
        ("They sued Moor Works Ltd there. They met Mr. Moor Works.", ["Moor Works"], []),
        ("They sued Moor Works Ltd there. They met Moor Gates.", ["Moor Gates"], []),
        ("They met Rada Swaya Samit (RSS) there.", ["Rada Swaya Samit"], ["rada swaya samit"]),
        ("They met Rada Swaya Samit (RSX) there.", ["Rada Swaya Samit"], []),
        ("They met Ann Maria Lopez (AML) there.", ["Ann Maria Lopez"], []),
    ],
)
def test_a_legal_form_and_an_acronym_tell_of_a_body(nlp, text, persons, names):
    assert names_of_bodies(nlp, text, "Moor Works Ltd", persons=persons) == names


def test_a_firm_goes_by_its_full_name(nlp):
    (doc,) = annotate(nlp, [("d", "Duke Energy closed the plant. Duke said it was old.")])
    assert [each.entity for each in find_entities(doc) if each.label == "ORG"] == ["Duke Energy", "Duke Energy"]
