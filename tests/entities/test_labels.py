from dataclasses import replace

import numpy as np
import pytest

from scripts.entities import labels
from scripts.entities.labels import label_mentions
from scripts.entities.recognition import find_entities
from scripts.parsing.parses import annotate
from tests.entities.made import document


@pytest.mark.parametrize(
    ("before", "sentence", "tag", "is_named"),
    [
        ("They said Mr. Zorba spoke. They like Mr. Zorba. They met Mr. Zorba.", "Zorba left.", "VB", True),
        ("They said Mr. Zorba spoke. They like Mr. Zorba.", "Zorba left.", "MD", False),  # "Will he go?"
        ("They met Mr. Zorba, 54, who said he spoke.", "Zorba left.", "VB", False),
        ("They said Mr. Zorba spoke. They like Mr. Zorba.", "Zorba Group left.", "VB", False),
        ("They said Mr. Zorba spoke. They like Mr. Zorba. They met Mr. Zorba.", "Zorba Group", "VB", False),
        ("They said Mr. Zorba spoke. They like Mr. Zorba. They met Mr. Zorba.", "Then Zorba", "VB", True),
    ],
)
def test_a_name_where_the_tagger_saw_none(before, sentence, tag, is_named):
    named = [("Zorba", "PERSON")] * before.count("Zorba")
    doc = document(f"{before} {sentence}", *named, tags={"They": "PRP"})
    place = len(doc.word) - doc.word[::-1].index("Zorba") - 1
    doc = replace(doc, tag=[tag if at == place else each for at, each in enumerate(doc.tag)])
    assert any((each.first, each.last) == (place, place + 1) for each in label_mentions(doc)) == is_named


@pytest.mark.parametrize("word", ["HH", "Majesty", "IGP"])
def test_forms_of_address_are_no_names(word):
    doc = document(f"They met {word} in Kuwait.", (word, "ORG"), tags={"They": "PRP"})
    assert word not in [doc.slice(each.first, each.last) for each in label_mentions(doc)]


@pytest.mark.parametrize(
    ("text", "is_person"),
    [
        ("Lee heard Gordon England. Lee asked England to explain. England said he would review it.", True),
        ("Lee heard Gordon England. Lee lived in England. England said he would review it.", False),
        ("Lee heard Gordon England. Lee left England. England lost again.", False),
        ("Lee heard Gordon Marsh. Lee asked England to explain. England said he would review it.", False),
    ],
    ids=["he", "a place too", "nobody told", "nobody of that name"],
)
def test_a_country_may_be_a_family_name_of_the_text(nlp, text, is_person):
    (doc,) = annotate(nlp, [("a", text)])
    labels_of = {each.label for each in find_entities(doc) if doc.slice(each.first, each.last) == "England"}
    assert (labels_of == {"PERSON"}) is is_person


def test_an_office_alone_is_no_person_and_a_site_is_a_body():
    text = "They met the President. They read Salon.com there. They met President Ann Marsh."
    named = [("President", "PERSON"), ("Salon.com", "GPE"), ("Ann Marsh", "PERSON")]
    doc = document(text, *named, tags={"They": "PRP"})
    labels = {doc.slice(each.first, each.last): each.label for each in label_mentions(doc)}
    assert labels == {"Salon.com": "ORG", "Ann Marsh": "PERSON"}


def test_ships_and_storms_are_no_persons():
    text = "The INS Tabar sailed. Mr. Tabar left. Hurricane Ann came. Mr. Moss met Ann."
    named = ["INS Tabar", "Tabar", "Ann", "Moss", "Ann"]
    doc = document(text, *((name, "PERSON") for name in named))
    persons = {doc.slice(each.first, each.last) for each in label_mentions(doc) if each.label == "PERSON"}
    assert not persons & {"INS Tabar", "Tabar", "Ann"}


def test_ships_are_no_organisations(nlp):
    (doc,) = annotate(nlp, [("a", "The USS Cole sailed on Monday, the Navy said. HMS Victory is in port.")])
    assert [doc.slice(*each[:2]) for each in find_entities(doc) if each.label == "ORG"] == ["Navy"]


def test_a_storm_has_a_capital():
    doc = document(
        "Storm Ann came. After the storm Bo left.", ("Ann", "PERSON"), ("Bo", "PERSON"), tags={"After": "IN"}
    )
    assert [*labels._vessels_and_storms(doc, doc.mentions)] == ["ann", "ann"]


@pytest.mark.parametrize(
    ("name", "chance", "kinds"),
    [
        ("Florida", 0.6, ["GPE", "PERSON"]),
        ("Florida", 0.4, ["PERSON"]),
        ("Quux", 0.6, ["PERSON"]),
        ("Quux", 0.9, ["GPE", "PERSON"]),
    ],
)
def test_of_what_the_network_is_sure_is_a_name(name, chance, kinds):
    doc = document(f"{name} Gov. Ann Lee left.", (name, "GPE"), ("Ann Lee", "PERSON"))
    chances = np.tile(np.float32([1, 0, 0, 0, 0, 0]), (len(doc.word), 1))
    chances[0] = 0, chance, 0, 0, 0, 1 - chance
    assert [each.label for each in label_mentions(replace(doc, chances=chances))] == kinds


def test_a_country_that_is_a_given_name_too_stays_a_country():
    text = "They met Mr. Chad Marsh, who is 54. They flew to Chad."
    doc = document(text, ("Chad Marsh", "PERSON"), ("Chad", "GPE"), tags={"They": "PRP"})
    assert [each.label for each in label_mentions(doc)] == ["PERSON", "GPE"]


@pytest.mark.parametrize(("name", "label"), [("Ann Marsh Center", "ORG"), ("Frank Church", "PERSON")])
def test_a_body_with_persons_names_is_no_person(name, label):
    doc = document(f"There {name} said so.", (name, "PERSON"))
    assert labels._ontonotes_label(doc, doc.mentions[0], "PER") == label


def test_a_chamber_by_its_common_name_is_a_body():
    doc = document("Bo spoke to the House. They like the House of Cards and House music.", tags={"They": "PRP"})
    at = [each.first for each in label_mentions(doc) if doc.word[each.first] == "House"]
    assert at == [doc.word.index("House")]


@pytest.mark.parametrize(
    ("text", "name", "label"),
    [
        ("Rabbis said so.", "Rabbis", ""),
        ("There Rabbis said so.", "Rabbis", "PERSON"),
        ("Rabbis said so, wrote Ann Rabbis.", "Rabbis", "PERSON"),
        ("There J.J. said so.", "J.J.", "PERSON"),
        ("There Ariz. said so.", "Ariz.", ""),
        ('"Moss is," said Mr. Moss. " Then they left.', "Moss.", "PERSON"),
        ("There R-Ariz. said so.", "R-Ariz.", ""),
        ("There D-N.J. said so.", "D-N.J.", ""),
        ("There D-Day said so.", "D-Day", "PERSON"),
        ("There D-Link said so.", "D-Link", "PERSON"),
        ("They met Ann Roe, R-South Carolina, there.", "R-South Carolina", ""),
        ("There Ph.D. said so.", "Ph.D.", ""),
        ("There I-Ming Lee said so.", "I-Ming Lee", "PERSON"),
    ],
)
def test_plurals_abbreviations_initials_and_cases_are_no_persons(text, name, label):
    doc = document(text, (name, "PERSON"), tags={"Rabbis": "NNPS"})
    assert labels._ontonotes_label(doc, doc.mentions[0], "PER") == label


def test_two_last_names_joined_are_no_person():
    text = "Ann Moss met Bo Reed. The Moss-Reed bill passed. Mr. Moss met Jo Reed-Hale. Mr. Reed-Hale left."
    named = ["Ann Moss", "Bo Reed", "Moss-Reed", "Moss", "Jo Reed-Hale", "Reed-Hale"]
    doc = document(text, *((name, "PERSON") for name in named))
    names = {doc.slice(each.first, each.last) for each in label_mentions(doc)}
    assert "Moss-Reed" not in names and names >= {"Ann Moss", "Bo Reed", "Reed-Hale"}


@pytest.mark.parametrize("before", ["", "Mr. ", "Sam "])
def test_a_last_name_joined_to_that_of_a_person_is_one_only_after_a_title_or_forename(before):
    text = f"Ann Moss spoke. {before}Nunn-Moss said so."
    doc = document(text, ("Ann Moss", "PERSON"), (f"{before.removeprefix('Mr. ')}Nunn-Moss", "PERSON"))
    names = {doc.slice(each.first, each.last).removeprefix("Sam ") for each in label_mentions(doc)}
    assert ("Nunn-Moss" in names) == bool(before)


def test_a_last_name_with_a_hyphen_is_one_where_a_full_name_has_it():
    text = "Ann Moss spoke. Sam Nunn-Moss spoke. Nunn-Moss said so."
    doc = document(text, ("Ann Moss", "PERSON"), ("Sam Nunn-Moss", "PERSON"), ("Nunn-Moss", "PERSON"))
    assert "Nunn-Moss" in {doc.slice(each.first, each.last) for each in label_mentions(doc)}


@pytest.mark.parametrize(("initials", "is_name"), [("F.A.A.", True), ("C.E.O.", False), ("Q.X.Z.", False)])
def test_initials_of_a_listed_body_are_a_name(monkeypatch, initials, is_name):
    doc = document(f"They asked the {initials} for help.", (initials, "ORG"), tags={"They": "PRP"})
    monkeypatch.setattr(labels, "best_label", lambda *_: "none")
    assert [each.label for each in label_mentions(doc)] == ["ORG"] * is_name


def test_a_body_that_is_called_after_a_person_is_a_body():
    doc = document("They met Ann Marsh Center staff.", ("Ann Marsh Center", "PERSON"), tags={"They": "PRP"})
    labels = {doc.slice(each.first, each.last): each.label for each in label_mentions(doc)}
    assert labels == {"Ann Marsh Center": "ORG"}


def test_a_party_in_brackets_is_no_name():
    doc = document("They met Ann Marsh (D) and Vitamin D there.", ("Ann Marsh", "PERSON"), ("D", "ORG"))
    assert [doc.slice(each.first, each.last) for each in label_mentions(doc) if each.label == "ORG"] == []


def test_a_country_called_after_its_islands_is_a_country():
    doc = document("They left for the Marshall Islands.", ("Marshall Islands", "GPE"), tags={"They": "PRP"})
    assert [(doc.slice(*each[:2]), each.label) for each in label_mentions(doc)] == [("Marshall Islands", "GPE")]
