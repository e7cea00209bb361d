"""Nicknames in brackets or quotation marks inside a person's name: one span, one person, also over documents."""

import pytest

from scripts.entities.labels import label_mentions
from scripts.entities.names import name_mentions
from tests.entities.made import document, links_of
from tests.entities.test_linking import row


def persons(text, *named):
    doc = document(text, *((name, "PERSON") for name in named), tags={"They": "PRP"})
    return [(doc.slice(each.first, each.last), each.entity) for each in name_mentions(doc, label_mentions(doc))]


@pytest.mark.parametrize(
    "name",
    ["John D. (Jay) Marsh IV", 'John "Jay" Marsh', "John ‘Jay’ Marsh", 'John "El Jay" Marsh', "Mary Ann (Jay) Marsh"],
)
def test_the_parts_around_a_nickname_are_one_name(name):
    family = name.rpartition("Marsh")[1] + name.rpartition("Marsh")[2]
    forename = name.split(" ")[0]
    assert [text for text, _ in persons(f"They met {name} there.", forename, family)] == [name]


@pytest.mark.parametrize(
    "text",
    [
        "They met John (Ohio) Marsh there.",
        "They met John (Senator) Marsh there.",
        "They met John (GOP) Marsh there.",
        "They met John (later) Marsh there.",
        "John (Jay) Marsh Back from Ohio",
        "They met John (Jay, Bo) Marsh there.",
    ],
    ids=["place", "title", "party", "no name", "headline", "list"],
)
def test_other_words_in_brackets_leave_the_names_apart(text):
    assert not any("(" in name for name, _ in persons(text, "John", "Marsh"))


def test_a_forename_that_is_no_given_name_is_one_word_that_ends_no_longer_name():
    text = "They met Thabiso (Jay) Marsh there."
    assert persons(text, "Thabiso", "Marsh")[0][0] == "Thabiso (Jay) Marsh"
    longer = persons(f"Here comes Ann Thabiso. {text}", "Ann Thabiso", "Thabiso", "Marsh")
    assert "Thabiso (Jay) Marsh" not in [name for name, _ in longer]


def test_a_body_after_a_nickname_is_no_family_name():
    text = "They met John (Jay) Acme there."
    doc = document(text, ("John", "PERSON"), ("Acme", "ORG"), tags={"They": "PRP"})
    assert "John (Jay) Acme" not in [doc.slice(each.first, each.last) for each in label_mentions(doc)]


def test_a_generation_ends_a_family_name_whatever_the_model_took_it_for():
    text = "They met John D. (Jay) Marsh IV there."
    doc = document(text, ("John", "PERSON"), ("Marsh IV", "ORG"), tags={"They": "PRP"})
    assert "John D. (Jay) Marsh IV" in [doc.slice(each.first, each.last) for each in label_mentions(doc)]


def test_a_bracket_that_nothing_closes_holds_no_nickname():
    people = persons("Ann Lee met John (Jay Marsh there.", "Ann Lee", "John", "Jay Marsh")
    assert [name for name, _ in people[:2]] == ["Ann Lee", "John"]


def test_all_names_of_a_person_with_a_nickname_are_one_in_a_document():
    text = "They met John D. (Jay) Marsh IV there. They like Jay Marsh. They like Marsh. They like Jay."
    named = ["John D.", "Marsh IV", "Jay Marsh", "Marsh", "Jay"]
    assert {entity for _, entity in persons(text, *named)} == {"Jay Marsh"}


def test_a_nickname_alone_is_that_of_whom_the_document_names_with_it():
    text = "They met Ann (Kiki) Marsh there. They like Kiki. They met Bo Marsh."
    assert persons(text, "Ann", "Marsh", "Kiki", "Bo Marsh")[1] == ("Kiki", "Ann (Kiki) Marsh")


def test_names_with_a_nickname_are_one_over_documents_if_one_person_has_it():
    rows = [row("a", "John D. (Jay) Marsh"), row("b", "Jay Marsh"), row("c", "Jay Marsh")]
    assert links_of(rows)[1] == ["Jay Marsh"] * 3
    rows += [row("d", "Bo (Jay) Marsh")]
    assert links_of(rows)[1][:2] == ["John D. (Jay) Marsh", "Jay Marsh"]


def test_a_generation_keeps_names_with_one_nickname_together_two_keep_them_apart():
    rows = [row("a", "John D. (Jay) Marsh IV"), row("b", "John D. (Jay) Marsh"), row("c", "Jay Marsh")]
    assert len(set(links_of(rows)[1])) == 1
    rows += [row("d", "John D. (Jay) Marsh III")]
    assert len(set(links_of(rows)[1])) > 1


@pytest.mark.parametrize(
    ("written", "named"),
    [
        ("[Hillary] Marsh", ["Hillary", "Marsh"]),
        ("[Hillary] Marsh", ["Hillary] Marsh"]),
        ("Senator (Richard) Marsh", ["Richard", "Marsh"]),
        ("Ben [Marsh]", ["Ben", "Marsh"]),
        ("[Mary Jane] Marsh", ["Mary Jane", "Marsh"]),
    ],
)
def test_a_name_with_what_an_editor_added_is_one(written, named):
    name = written.removeprefix("Senator ")
    plain = name.translate(dict.fromkeys(map(ord, "[]()")))
    assert persons(f"They met {written} there. They like Marsh.", *named, "Marsh") == [(name, plain), ("Marsh", plain)]


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("They met [Hillary] there.", ["Hillary"]),
        ("They told him [Ted Marsh] Ann Lee won.", ["Ted Marsh", "Ann Lee"]),
        ("They told him [Ted] Ann Moss won.", ["Ted", "Ann Moss"]),
        ("They met Bella (Kristen) Marsh.", ["Bella", "Marsh"]),
        ("They met Marsh [the mayor] there.", ["Marsh"]),
        ("They met Marsh (Ben) there.", ["Marsh", "Ben"]),
        ("They met (Jay) Marsh there.", ["Jay", "Marsh"]),
    ],
)
def test_what_stands_in_brackets_for_a_word_is_no_part_of_a_name_beside_it(text, named):
    assert not any("[" in name or name.startswith("(") for name, _ in persons(text, *named))
