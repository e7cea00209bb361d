"""Files of views are read as the page saves them; what cannot be used is message."""

import pytest

from scripts.core.limits import Budget
from scripts.report.choices.groups_shown import GroupsShown, ViewError
from scripts.report.choices.view_files import (
    Choice,
    Curve,
    SavedView,
    parse_view,
    read_views,
    view_names,
    views_manifest,
)

FULL = b"""choose:
  words: "tax*"
  groups: ["A", "B"]
  outlets: ["Globe"]
  from: 2024-01-01
  to: 2024
  speaker: lee
  kind: expert
  origin: wire
  take: statements
  naming: clinton
  topics: [taxes, "public health"]
  stories: [a.txt, b.txt]
against: others
"""


def test_a_view_has_its_conditions():
    topics, stories = ("taxes", "public health"), ("a.txt", "b.txt")
    choice = Choice(
        "tax*", "clinton", topics, stories, ("A", "B"), ("Globe",), "2024-01-01", "2024", "lee", "expert", "wire",
        "statements",
    )  # fmt: skip
    assert parse_view("views/tax.yaml", FULL) == SavedView("tax", choice, "others")
    assert choice.text({"a.txt": "Fire in Leeds"}) == (
        "Statements with tax*, naming clinton, about taxes or public health, quoting lee among sources of the kind "
        "expert, of the story Fire in Leeds or b.txt, of A or B or Globe, from 2024-01-01 to 2024, of wire copy"
    )


def test_a_kind_and_an_origin_are_told_by_themselves():
    assert Choice(kind="expert").text({}) == "Documents quoting sources of the kind expert"
    assert Choice(origin="own").text({}) == "Documents of own reporting"


def test_what_is_taken_has_something_that_stands_in_it():
    _, choice, against, *_ = parse_view("a.yaml", b"choose: {groups: [A], take: sentences}\nagainst: {}")
    assert choice == Choice(groups=("A",)) and against == Choice()
    assert against.text({}) == "All documents"


def test_a_view_shows_groups_otherwise():
    text = (
        b"choose: {groups: [a, B]}\nagainst: {groups: [B]}\ngroups_shown:\n  hidden: [2024]\n  names: {a: ' The A '}\n"
    )
    view = parse_view("a.yaml", text + b"  colours: {a: green}\n  order: [B, a]")
    assert view.groups == GroupsShown(("2024",), (("a", "The A"),), (("a", "green"),), ("B", "a"))
    assert view.choose.text({}, view.groups) == "Documents of B or The A"
    assert view.side_groups() == ["", "B"] and view.groups.every() == ["2024", "a", "B"]
    assert parse_view("a.yaml", b"choose: {}\ngroups_shown: {hidden: }").groups == GroupsShown()


@pytest.mark.parametrize(
    "dates", ["from: 2005-05-01, to: 2005-05", "from: 2005, to: 2005-01-01", "to: 1999", "from: 2005"]
)
def test_the_end_of_a_choice_may_be_less_precise_than_its_begin(dates):
    assert parse_view("a.yaml", f"choose: {{{dates}}}".encode()).choose.start in dates


def test_a_view_has_its_curves():
    view = parse_view("a.yaml", b"choose: {}\ncurves:\n  - speaker: Ann Lee\n  - words: 2024\n")
    assert view.curves == (Curve("speaker", "Ann Lee"), Curve("words", "2024"))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("choose: {group: [A]}", "group? The conditions are topics"),
        ("choose: {groups: A}", "choose.groups is not a list. Write [A]"),
        ("choose: {from: yesterday}", "'yesterday' is not a date"),
        ("choose: {to: 2019-13}", "'2019-13' is not a date"),
        ("choose: {from: 2025-02-31}", "day is out of range for month"),
        ("choose: {}\ncurves: [{words: }]", "curves: words is not text"),
        ("choose: {from: 2005-05, to: 2005-04-30}", "from 2005-05 is after to 2005-04-30"),
        ("choose: {words: [tax, budget]}", "choose.words is not text. Write some, in quotation marks"),
        ("choose: {speaker: no}", "choose.speaker is not text"),
        ("choose: {outlets: [A, [B]]}", "choose.outlets is not text"),
        ("choose: {}\ncurves: [{words: {a: b}}]", "curves: words is not text"),
        ("choose: {origin: copy}", "own or wire"),
        ("choose: {take: words}", "take is sentences or statements, not 'words'"),
        ("choose: [a]", "choose has no conditions"),
        ("choose: {}\nagainst: all", "against has no conditions"),
        ("chosen: {}", "It has to have `choose`"),
        ("choose: {}\nand: {}", "nothing else"),
        ("choose: {", "cannot be read"),
        ("[1]", "It has to have"),
        ("choose: {}\ncurves: tax", "curves is not a list of at most 6. Write - words: tax"),
        ("choose: {}\ncurves: [tax]", "curves: tax? Write one of words, name"),
        ("choose: {}\ncurves: [{word: tax}]", "and a value: - words: tax"),
        ("choose: {}\ngroups_shown: [Globe]", "groups_shown has no keys. Write hidden, names, colours, order below it"),
        ("choose: {}\ngroups_shown: {hide: [Globe]}", "groups_shown: hide? It can have hidden"),
        ("choose: {}\ngroups_shown: {hidden: Globe}", "groups_shown.hidden has to be written as [Globe]"),
        ("choose: {}\ngroups_shown: {colours: [Globe]}", "groups_shown.colours has to be written as {Globe: blue}"),
        ("choose: {}\ngroups_shown: {names: {Globe: }}", "groups_shown.names is not text"),
        ("choose: {}\ngroups_shown: {hidden: [[Globe]]}", "groups_shown.hidden is not text"),
        ("choose: {}\ngroups_shown: {colours: {a: red}}", "red for a? Write one of blue, vermillion"),
        ("choose: {}\ngroups_shown: {names: {a: ' '}}", "write from 1 to 80 characters for a"),
        ("\xff", "cannot be read"),
    ],
)
def test_what_cannot_be_used_is_said_with_what_to_do(text, message):
    with pytest.raises(ViewError) as error:
        parse_view("views/a.yaml", text.encode("latin-1"))
    assert message in str(error.value)


def test_a_manifest_has_the_views_that_can_have_results(tmp_path):
    folder = tmp_path / "views"
    folder.mkdir()
    for name in ("b.yaml", "a.yaml", "c d.yaml", "notes.txt", "faulty.yaml"):
        (folder / name).write_text("choose: {}" if name != "faulty.yaml" else "x", encoding="utf-8")
    budget = Budget()
    text = views_manifest(folder, budget)
    assert view_names(text.splitlines()) == ["a", "b", "faulty"]
    assert [*budget.left_out] == [str(folder / "c d.yaml")]
    manifest = tmp_path / "view_files.jsonl"
    manifest.write_text(text, encoding="utf-8")
    views, faults = read_views(manifest)
    assert [view.name for _, view in views] == ["a", "b"]
    assert [file for file, _ in faults] == [str(folder / "faulty.yaml")]
    assert views_manifest(tmp_path / "none", budget) == ""
