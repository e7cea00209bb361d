"""Kinds of sources, by role, by name, by the person that somebody speaks for, and by what other documents say."""

import pandas as pd
import pytest

from benchmarks.source_kinds import labels
from scripts.core.lexicons import LEXICONS
from scripts.core.storage import read_yaml
from scripts.quotes.kind_lists import UNKNOWN, kinds
from scripts.quotes.quote_sources import usual_kinds, with_kinds
from scripts.quotes.source_kinds import source_kind


def kind(role="", *, source="Ann Smith", speaker="Ann Smith", speaker_type="person"):
    return source_kind(speaker=speaker, source=source, role=role, speaker_type=speaker_type)


@pytest.mark.parametrize(
    "role, expected",
    [
        ("mayor of Derry", "politician"),
        ("Sen.", "politician"),
        ("former prime minister", "politician"),
        ("chief of staff to the president", "official"),
        ("police chief", "official"),
        ("chief executive of Ora Media, which owns Mr. King's show", "business"),
        ("economist at the Tax Foundation's policy center", "expert"),
        ("professors of law", "expert"),
        ("executive director of Amnesty International", "civil society"),
        ("spokeswoman for Oxfam", "civil society"),
        ("spokesman for the Department of Justice", "official"),
        ("NBC’s", "media"),
        ("mother of two", "citizen"),
        ("spokesman", UNKNOWN),
        ("", UNKNOWN),
    ],
)
def test_roles(role, expected):
    assert kind(role) == expected


@pytest.mark.parametrize(
    "source, speaker_type, expected",
    [
        ("a report", "document", "document"),
        ("the Treasury", "government", "official"),
        ("two people familiar with the talks", "group", "anonymous"),
        ("an official who asked not to be named", "unnamed", "anonymous"),
        ("some of the residents", "group", "citizen"),
        ("The Huffington Post", "organisation", "media"),
        ("The company", "organisation", "business"),
        ("Small groups of protesters", "group", "citizen"),
        ("Thursday morning", "unnamed", UNKNOWN),
    ],
)
def test_sources_without_a_role(source, speaker_type, expected):
    assert kind(source=source, speaker=source, speaker_type=speaker_type) == expected


def test_a_name_says_nothing():
    """No kind, gender or party is taken from the name of a person."""
    for name in ("Larry King", "Bill Baker", "Judge Reinhold", "Mayor Quimby", "Party Boy"):
        assert kind(source=name, speaker=name) == UNKNOWN


def quotes(*rows):
    table = pd.DataFrame(rows, columns=["doc_id", "speaker", "source", "role", "speaker_type"])
    return table.assign(description="")


def test_the_usual_kind_stands_in_where_a_document_says_none():
    table = with_kinds(
        quotes(
            ("a", "Ann Smith", "Smith", "mayor", "person"),
            ("b", "Ann Smith", "Smith", "", "person"),
            ("c", "Ann Smith", "Smith", "lawyer", "person"),
            ("d", "Ann Smith", "Smith", "mayor", "person"),
            ("e", "Bo Lee", "Lee", "", "person"),
        )
    )
    assert table["kind"].tolist() == ["politician", "politician", "expert", "politician", UNKNOWN]
    assert usual_kinds(table) == {"Ann Smith": "politician"}


def test_a_spokeswoman_is_of_the_kind_of_the_person_she_speaks_for():
    table = with_kinds(
        quotes(
            ("a", "Jill Stein", "Stein", "candidate", "person"),
            ("a", "Mel Figueroa", "Mel Figueroa", "Stein spokeswoman", "person"),
            ("a", "spokesman for Mr. Lee", "a spokesman for Mr. Lee", "", "unnamed"),
            ("b", "Ada Stone", "Stone", "candidate", "person"),
            ("b", "Eve Stone", "Stone", "nurse", "person"),
            ("b", "Stone spokesman", "a Stone spokesman", "", "unnamed"),
        )
    )
    assert table["kind"].tolist() == ["politician", "politician", UNKNOWN, "politician", "expert", UNKNOWN]


def test_lists():
    content = read_yaml(LEXICONS / "source_kinds.yaml")
    assert kinds() == (*(name for name in content if name != "neutral"), UNKNOWN)
    for name in kinds()[:-1]:
        heads = content[name]["heads"]
        assert content[name]["meaning"] and len(set(heads)) == len(heads), name
        assert all(head == head.lower() for head in heads), name


def test_labels():
    chosen = labels()
    assert len(chosen) >= 300
    assert {label.label for label in chosen} == {*kinds()}
    assert sum(label.first == label.second for label in chosen) == 320
    for label in chosen:
        assert label.label in {*kinds()} and len(label.speaker) <= 30
