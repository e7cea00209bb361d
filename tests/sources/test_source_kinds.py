"""Kinds of sources, by role, by name, by the person that somebody speaks for, and by what other documents say."""

import pytest

from benchmarks.source_kinds import FRESH, UNSEEN, WORLD, labels, sheet
from scripts.core.lexicons import LEXICONS
from scripts.core.storage import read_yaml
from scripts.sources.kind_lists import UNKNOWN, kinds
from scripts.sources.settled_kinds import kinds_of_most_documents, usual_kinds
from scripts.sources.source_kinds import source_kind
from tests.sources.evidence import evidence, settled


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
        ("EPA employees' union president", "civil society"),
        ("head of a charity for refugees", "civil society"),
        ("director of Information Systems at the Supreme Court", "official"),
        ("director of government affairs", UNKNOWN),
        ("chairman of the Energy Policy Institute", "expert"),
        ("managing director of Patriot Energy", "business"),
        ("Selangor deputy police chief Datuk", "official"),
        ("Republican attorney general of Oklahoma", "politician"),
        ("attorney general of Oklahoma", "official"),
        ("South Korean President", "politician"),
        ("AMPI president", UNKNOWN),
        ("president of the AMPI", UNKNOWN),
        ("president of Peru", "politician"),
        ("president of South Korea in wartime", "politician"),
        ("secretary-general of the harbour masters", UNKNOWN),
        ("RBA governor", "official"),
        ("Advocate", "expert"),
        ("farmer with a report", "citizen"),
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
        ("some of the residents", "group", "citizen"),
        ("The Huffington Post", "organisation", "media"),
        ("The company", "organisation", "business"),
        ("Small groups of protesters", "group", "citizen"),
        ("Thursday morning", "unnamed", UNKNOWN),
        ("traders travelling to the capital", "group", "business"),
        ("hundreds of businesses", "group", "business"),
        ("students elsewhere", "group", "citizen"),
        ("Bolivians", "group", "citizen"),
        ("Opposition figures", "document", "politician"),
        ("the city's residents", "government", "citizen"),
        ("the Senate", "government", "politician"),
        ("the miners' union", "government", "civil society"),
        ("the White House", "government", "official"),
        ("UN Resolution 2254", "organisation", "official"),
        ("the resolution", "organisation", "document"),
        ("World Bank", "organisation", "official"),
        ("Harbour Insider", "organisation", "media"),
        ("Sinn Féin", "organisation", "politician"),
        ("McDonald's", "organisation", "business"),
        ("AT&T", "organisation", "business"),
        ("the national soccer federation", "organisation", "civil society"),
        ("F.A.A.", "organisation", "official"),
        ("the African Development Bank", "organisation", "official"),
        ("the Democratic Alliance", "organisation", "politician"),
    ],
)
def test_sources_without_a_role(source, speaker_type, expected):
    assert kind(source=source, speaker=source, speaker_type=speaker_type) == expected


@pytest.mark.parametrize(
    "role, source, expected",
    [
        ("", "the minister of tourism, Ann Smith", "politician"),
        ("", "Ann Smith, one of the president's closest aides", "politician"),
        ("", "Dr Ann Smith, executive director of EPA", "official"),
        ("Dr", "Smith", "expert"),
        ("Gen.", "Smith", "official"),
        ("", "Secretary of State Ann Smith", "politician"),
        ("report", "Smith", UNKNOWN),
        ("longtime party insider", "Smith", UNKNOWN),
        ("", "the prime minister", "politician"),
        ("", "voters", UNKNOWN),
        ("", "Ann Smith MSP", "politician"),
        ("", "Ann Smith QC", "expert"),
        ("", "Ann Smith MBE, a baker", "business"),
        ("", "Ann Smith MPs", UNKNOWN),
        ("DUP leader", "Ann Smith", "politician"),
        ("Deputy CM", "Ann Smith", "politician"),
        ("Professor Dame", "Ann Smith", "expert"),
        ("Senior advocate", "Ann Smith", "expert"),
        ("advocate for the poor", "Ann Smith", "civil society"),
        ("", "Scotland's lord advocate, Ann Smith", "official"),
        ("Secretary of Defense", "Ann Smith", "politician"),
        ("Deputy Secretary of Defense", "Ann Smith", "official"),
        ("Secretary for Health", "Ann Smith", "politician"),
        ("secretary of the club", "Ann Smith", UNKNOWN),
        ("managing director of the IMF", "Ann Smith", "official"),
        ("managing director of Shell", "Ann Smith", "business"),
    ],
)
def test_words_beside_a_name(role, source, expected):
    assert kind(role, source=source) == expected


def test_titles_without_a_name():
    assert kind(source="the Prime Minister", speaker="Prime Minister") == "politician"
    assert kind(source="he", speaker="Prime Minister") == UNKNOWN
    assert kind(source="Lee", speaker="Ann Lee, a tailor") == "citizen"


def test_what_the_text_calls_a_body_comes_before_its_name_over_all_documents():
    assert kind(source="Harbour Insider", speaker="World Bank", speaker_type="organisation") == "media"


def test_a_party_in_the_text_makes_officials_politicians_and_nobody_else():
    of_roles = [
        source_kind(speaker="A B", source="B", role=role, speaker_type="person", description="party")
        for role in ("", "attorney general", "economist")
    ]
    assert of_roles == ["politician", "politician", "expert"]


def test_a_name_says_nothing():
    """No kind, gender or party is taken from the name of a person."""
    for name in ("Larry King", "Bill Baker", "Judge Reinhold", "Mayor Quimby", "Party Boy"):
        assert kind(source=name, speaker=name) == UNKNOWN


def quotes(*rows):
    """Return rows for `settled`, without descriptions."""
    return [(*row, "") for row in rows]


def test_the_usual_kind_stands_in_where_a_document_says_none():
    rows = quotes(
        ("a", "Ann Smith", "Smith", "mayor", "person"),
        ("b", "Ann Smith", "Smith", "", "person"),
        ("c", "Ann Smith", "Smith", "lawyer", "person"),
        ("d", "Ann Smith", "Smith", "mayor", "person"),
        ("e", "Bo Lee", "Lee", "", "person"),
    )
    assert settled(rows) == ["politician", "politician", "expert", "politician", UNKNOWN]
    kind_of_speaker = [kinds()[number] for number in usual_kinds(evidence(rows))[0]]
    assert kind_of_speaker == ["politician", UNKNOWN]


def test_a_citizen_of_one_document_is_of_the_usual_kind():
    rows = quotes(
        ("a", "Ann Smith", "Smith", "mayor", "person"),
        ("b", "Ann Smith", "Smith", "sister", "person"),
        ("c", "Ann Smith", "Smith", "mayor", "person"),
        ("c", "Bo Lee", "Lee", "neighbour", "person"),
        ("d", "Bo Lee", "Lee", "", "person"),
    )
    assert settled(rows) == ["politician", "politician", "politician", "citizen", "citizen"]


def test_a_kind_that_nearly_all_of_five_documents_give_is_kept_in_the_others():
    roles = ("mayor", "mayor", "mayor", "mayor", "lawyer")
    rows = quotes(*((name, "Ann Smith", "Smith", role, "person") for name, role in zip("abcde", roles, strict=True)))
    assert settled(rows)[-1] == "expert"
    rows += quotes(("f", "Ann Smith", "Smith", "mayor", "person"))
    assert settled(rows) == ["politician"] * 6
    assert settled([*rows, *quotes(("g", "Ann Smith", "Smith", "lawyer", "person"))])[4:] == [
        "expert",
        "politician",
        "expert",
    ]


def test_the_kind_of_most_documents_is_told_of_a_class_too():
    rows = quotes(
        ("a", "unnamed police", "police", "", "group"),
        ("a", "Acme Watch", "the Acme Watch report", "", "organisation"),
        ("b", "Acme Watch", "Acme Watch", "", "organisation"),
    )
    numbers = kinds_of_most_documents(evidence(rows)).tolist()
    assert [kinds()[number] for number in numbers] == ["document", "official"]


def test_a_report_of_a_body_says_nothing_of_the_body():
    rows = quotes(
        ("a", "Acme Watch", "the Acme Watch report", "", "organisation"),
        ("b", "Acme Watch", "Acme Watch", "", "organisation"),
    )
    assert settled(rows) == ["document", UNKNOWN]
    rows += quotes(*((name, "Acme Watch", "Acme Watch", "charity", "organisation") for name in "cdefg"))
    assert settled(rows) == ["document", *["civil society"] * 6]


def test_a_body_is_a_document_only_if_nothing_else_is_said_of_it():
    rows = quotes(
        *((name, "Acme Aid", "the Acme Aid report", "", "organisation") for name in "ab"),
        ("c", "Acme Aid", "Acme Aid", "charity", "organisation"),
    )
    assert [kinds()[number] for number in kinds_of_most_documents(evidence(rows))] == ["civil society"]
    assert [kinds()[number] for number in kinds_of_most_documents(evidence(rows[:2]))] == ["document"]


def test_a_surname_has_the_kind_of_nearly_all_documents_that_quote_its_bearers():
    rows = [
        *quotes(*((name, "Jill Stein", "Stein", "candidate", "person") for name in "abcd")),
        *quotes(("e", "Max Stein", "Stein", "nurse", "person"), ("f", "Mel Poe", "Poe", "Stein spokeswoman", "person")),
    ]
    assert settled(rows)[-1] == "politician"
    assert settled(rows[1:])[-1] == UNKNOWN


def test_what_is_told_of_one_of_a_class_is_told_of_no_other():
    rows = quotes(
        ("a", "unnamed strangers", "the stranger, a lawyer", "lawyer", "person"),
        ("b", "unnamed strangers", "the stranger", "", "person"),
    )
    assert settled(rows) == ["expert", UNKNOWN]


def test_a_spokeswoman_is_of_the_kind_of_the_person_she_speaks_for():
    rows = quotes(
        ("a", "Jill Stein Jr.", "Stein", "candidate", "person"),
        ("a", "Mel Figueroa", "Mel Figueroa", "Stein spokeswoman", "person"),
        ("a", "Max Stein", "Max Stein", "", "person"),
        ("a", "spokesman for Mr. Lee", "a spokesman for Mr. Lee", "", "unnamed"),
        ("b", "Ada de Stone", "Stone", "candidate", "person"),
        ("b", "Eve Stone", "Stone", "nurse", "person"),
        ("b", "Mel Figueroa", "Figueroa", "", "person"),
        ("b", "Stone spokesman", "a Stone spokesman", "", "unnamed"),
    )
    of_a, of_b = ["politician", "politician", UNKNOWN, UNKNOWN], ["politician", "expert", "politician", UNKNOWN]
    assert settled(rows) == of_a + of_b


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


def test_labels_of_fresh_speakers():
    rows = sheet(WORLD)
    assert [sum(row["sample"] == sample for row in rows) for sample in ("1", "2", UNSEEN)] == [150, 150, 150]
    assert len(sheet(FRESH)) == 300
    for row in (*rows, *sheet(FRESH)):
        assert row["label"] in {*kinds()} and len(row["speaker"]) <= 30 and len(row["sha256"]) == 12
