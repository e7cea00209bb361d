"""Changes of a person in a project of another tool, as corrections."""

from collections.abc import Callable
from pathlib import Path
from xml.etree.ElementTree import Element

import pytest

from scripts.core.annotation import text_sha256
from scripts.projects.codes import CODED, NOT_A_NAME, NOT_A_STATEMENT
from scripts.projects.codings import project_rows
from scripts.projects.decisions import project_decisions, read_projects, with_coded_frames
from scripts.projects.places import place
from scripts.projects.positions import READINGS
from scripts.projects.qdpx import read_project
from scripts.review.apply import decisions_by_document
from scripts.review.decisions import Decision
from tests.made_projects import changed, delete, exported, frame, in_windows, members, name, put, statement, zipped

TEXT = (
    "\U0001d4b3 said:\n“We will act,” and “they will not.”\n\nAnn Smith of Acme blames the other side.\n"
    + "More. " * 20
)
FIRST, SECOND = (TEXT.index("“We"), TEXT.index(" and")), (TEXT.index("“they"), TEXT.index("\n\nAnn"))
ANN = (TEXT.index("Ann"), TEXT.index(" of Acme"))
BLAMES = (TEXT.index("blames"), TEXT.index(" the other"))
MORE = (TEXT.index("More"), TEXT.index("More") + 40)
MARKS = [
    statement("Boris Xi", FIRST, SECOND, old="Xi"),
    name("PERSON", "Ann Smith", *ANN),
    frame("conflict", *BLAMES),
]
DIRECT, XI = MARKS[0].codes
BLAMING = "Ann Smith of Acme blames the others."
ANN_SMITH = (0, len("Ann Smith"))


@pytest.fixture(scope="module")
def sent(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return exported(tmp_path_factory.mktemp("sent") / "p.qdpx", {"a.txt": (TEXT, MARKS)})


def decided(data: bytes) -> tuple[list[tuple[object, ...]], list[str]]:
    """Return the decisions as (start, end, what, old, new, who), and the faults."""
    decisions, faults = project_decisions("p.qdpx", read_project("p.qdpx", data))
    assert all((each.doc_id, each.text_sha256) == ("a.txt", text_sha256(TEXT)) for each in decisions)
    assert [each.row for each in decisions] == list(range(1, len(decisions) + 1))
    return [(each.start, each.end, each.what, each.old, each.new, each.who) for each in decisions], faults


def everything(root: Element) -> None:
    delete(root, FIRST), delete(root, SECOND)


def another_speaker(root: Element) -> None:
    for span in (FIRST, SECOND):
        delete(root, span, XI)
    put(root, FIRST, ("Speakers", "Ann Smith"))


def one_piece(root: Element) -> None:
    delete(root, SECOND)


def moved(root: Element) -> None:
    everything(root)
    put(root, (FIRST[0] + 1, SECOND[1] - 1), XI)
    put(root, (FIRST[0] + 1, SECOND[1] - 1), DIRECT)


def moved_twice(root: Element) -> None:
    everything(root)
    put(root, (FIRST[0] + 2, SECOND[1] - 2), XI)
    put(root, (FIRST[0] + 1, SECOND[1] - 1), XI)


def both_labels(root: Element) -> None:
    delete(root, ANN)
    put(root, ANN, ("Names", "ORG", "Ann Smith & Co"))


def another_name(root: Element) -> None:
    delete(root, ANN)
    put(root, ANN, ("Names", "PERSON", "Ann Smyth"))


def another_label(root: Element) -> None:
    delete(root, ANN)
    put(root, ANN, ("Names", "ORG", "Ann Smith"))


HULL = (FIRST[0], SECOND[1])
CONTENT = f"{TEXT[slice(*FIRST)]} ... {TEXT[slice(*SECOND)]}"
CHANGES: list[tuple[Callable[[Element], None], list[tuple[object, ...]]]] = [
    (everything, [(*HULL, "reject_quote", "Xi", "", "")]),
    (another_speaker, [(*HULL, "speaker", "Xi", "Ann Smith", "Ann")]),
    (lambda root: put(root, FIRST, ("Speakers", "Ann Smith")), [(*HULL, "speaker", "Xi", "Ann Smith", "Ann")]),
    (lambda root: [delete(root, each, XI) for each in (FIRST, SECOND)], [(*HULL, "speaker", "Xi", "", "")]),
    (lambda root: put(root, FIRST, NOT_A_STATEMENT), []),
    (lambda root: put(root, HULL, NOT_A_STATEMENT), [(*HULL, "reject_quote", "Xi", "", "Ann")]),
    (one_piece, [(*HULL, "content", CONTENT, f"{FIRST[0]}-{FIRST[1]}", "")]),
    (moved, [(*HULL, "content", CONTENT, f"{FIRST[0] + 1}-{SECOND[1] - 1}", "Ann")]),
    (
        moved_twice,
        [
            (*HULL, "content", CONTENT, f"{FIRST[0] + 1}-{SECOND[1] - 1}", "Ann"),
            (FIRST[0] + 2, SECOND[1] - 2, "add_quote", "", "Boris Xi", "Ann"),
        ],
    ),
    (lambda root: put(root, FIRST, ("Statements", "indirect")), [(*HULL, "type", "direct", "indirect", "Ann")]),
    (lambda root: put(root, MORE, ("Speakers", "Ann Smith")), [(*MORE, "add_quote", "", "Ann Smith", "Ann")]),
    (lambda root: put(root, MORE, ("Speakers::Ann Smith",)), [(*MORE, "add_quote", "", "Ann Smith", "Ann")]),
    (lambda root: delete(root, ANN), [(*ANN, "reject_name", "Ann Smith", "", "")]),
    (lambda root: put(root, ANN, NOT_A_NAME), [(*ANN, "reject_name", "Ann Smith", "", "Ann")]),
    (
        both_labels,
        [
            (*ANN, "entity", "Ann Smith", "Ann Smith & Co", "Ann"),
            (*ANN, "label", "PERSON", "ORG", "Ann"),
        ],
    ),
    (another_name, [(*ANN, "entity", "Ann Smith", "Ann Smyth", "Ann")]),
    (another_label, [(*ANN, "label", "PERSON", "ORG", "Ann")]),
    (lambda root: delete(root, BLAMES), [(*BLAMES, "reject_frame", "generic.conflict", "", "")]),
    (lambda root: put(root, MORE, ("Frames", "generic", "conflict")), []),
    (lambda root: put(root, MORE, ("my own", "code")), []),
]


@pytest.mark.parametrize("number", range(len(CHANGES)))
def test_a_change_is_the_correction_that_it_means(number: int, sent: bytes) -> None:
    change, expected = CHANGES[number]
    assert decided(changed(sent, change)) == (expected, [])
    if expected:
        for reading in READINGS:
            assert decided(in_windows(changed(sent, change), reading)) == (expected, []), reading


def test_the_person_date_and_comment_stay_with_the_decision(sent: bytes) -> None:
    data = changed(sent, another_speaker)
    ((decision,), _) = project_decisions("p.qdpx", read_project("p.qdpx", data))
    assert isinstance(decision, Decision)
    assert (decision.who, decision.date, decision.note) == ("Ann", "2026-11-25", "I think so")


def test_two_speakers_on_one_statement_and_an_added_name_are_told(sent: bytes) -> None:
    def change(root: Element) -> None:
        put(root, FIRST, ("Speakers", "A")), put(root, FIRST, ("Speakers", "B"))
        put(root, MORE, ("Names", "PERSON", "More"))

    decisions, faults = decided(changed(sent, change))
    assert decisions == []
    assert [fault.split(":")[0] for fault in faults] == ["a.txt", "a.txt"]
    assert "two speakers" in faults[0] and "names can be corrected, not added" in faults[1]


def test_a_type_that_is_none_is_told(sent: bytes) -> None:
    decisions, faults = decided(changed(sent, lambda root: put(root, FIRST, ("Statements", "sarcastic"))))
    assert decisions == [] and "sarcastic" in faults[0] and "is not one type" in faults[0]


def test_a_statement_that_had_no_speaker_lost_none(tmp_path: Path) -> None:
    sent = exported(tmp_path / "p.qdpx", {"a.txt": (TEXT, [statement("(speaker not named)", FIRST)])})
    assert decided(changed(sent, lambda root: delete(root, FIRST, ("Speakers", "(speaker not named)")))) == ([], [])


@pytest.mark.parametrize(
    ("change", "same"),
    [
        (lambda text: text.rstrip(b"\n"), True),
        (lambda text: text + b"\n\n \n", True),
        (lambda text: text + b" And more.", False),
    ],
)
def test_white_space_at_the_end_is_no_other_text(change: Callable[[bytes], bytes], same: bool, tmp_path: Path) -> None:
    sent = exported(tmp_path / "p.qdpx", {"a.txt": (TEXT.rstrip() + "\n\n", MARKS)})
    files = {name: data if name.endswith(".qde") else change(data) for name, data in members(sent).items()}
    (source,) = read_project("p.qdpx", zipped(files)).sources
    assert (place(source, origin="").record is not None) == same


@pytest.mark.parametrize(("codings", "lost", "rejected"), [(6, 4, 0), (7, 4, 0), (8, 4, 4), (9, 5, 0), (6, 3, 3)])
def test_where_a_tool_lost_most_codings_none_is_taken_as_rejected(
    tmp_path: Path, codings: int, lost: int, rejected: int
) -> None:
    text = " ".join("abcdefghi"[:codings])
    marks = [name("PERSON", text[at], at, at + 1) for at in range(0, 2 * codings, 2)]
    sent = exported(tmp_path / "p.qdpx", {"a.txt": (text, marks)})

    def lose(root: Element) -> None:
        for mark in marks[:lost]:
            delete(root, mark.spans[0])

    decisions, faults = project_decisions("p.qdpx", read_project("p.qdpx", changed(sent, lose)))
    assert len(decisions) == rejected
    assert [f"{lost} of {codings} codings of the kind name are gone" in fault for fault in faults] == [True] * (
        not rejected
    )


def test_another_text_corrects_nothing_and_its_codings_are_kept(sent: bytes) -> None:
    files = {name: data if name.endswith(".qde") else data[:-9] for name, data in members(sent).items()}
    archive = zipped(files)
    assert decided(archive) == ([], [])
    rows, faults = project_rows("p.qdpx", read_project("p.qdpx", archive), {text_sha256(TEXT): "a.txt"})
    assert [code for code, _ in faults] == ["project-text"]
    assert len(rows) == 6 and {row["doc_id"] for row in rows} == {""}


def test_foreign_codes_and_texts_are_told_and_kept(sent: bytes) -> None:
    data = changed(sent, lambda root: put(root, MORE, ("my own", "code")))
    rows, faults = project_rows("p.qdpx", read_project("p.qdpx", data), {text_sha256(TEXT): "a.txt"})
    assert [code for code, _ in faults] == ["project-foreign-code"] and "'my own > code'" in faults[0][1]
    (row,) = [row for row in rows if row["status"] == "foreign"]
    assert (row["doc_id"], row["start"], row["end"], row["text"], row["who"]) == (
        "a.txt",
        *MORE,
        TEXT[slice(*MORE)],
        "Ann",
    )
    assert {row["status"] for row in rows} == {"exported", "foreign"}
    _, faults = project_rows("p.qdpx", read_project("p.qdpx", data), {})
    assert [code for code, _ in faults] == ["project-other-text", "project-foreign-code"]


@pytest.mark.parametrize(("passage", "faults"), [((0, len(TEXT)), []), (FIRST, ["project-frames"])])
def test_frames_outside_of_what_was_coded_in_full_are_told(passage, faults: list[str], sent: bytes) -> None:
    def change(root: Element) -> None:
        put(root, passage, CODED)
        put(root, MORE, ("Frames", "generic", "conflict"))

    project = read_project("p.qdpx", changed(sent, change))
    assert [code for code, _ in project_rows("p.qdpx", project, {text_sha256(TEXT): "a.txt"})[1]] == faults


@pytest.mark.parametrize("record", ["", "not json", '{"newsloom-export": 1}', '{"newsloom-export": 1, "doc_id": "a", '
                         '"sha256": "x", "length": 9}\n["name", [[5, 99]], [["Names", "a", "b"]], "b"]'])  # fmt: skip
def test_a_record_that_was_lost_or_edited_is_told(record: str, sent: bytes) -> None:
    def edit(root: Element) -> None:
        for note in root.iter("{urn:QDA-XML:project:1.0}PlainTextContent"):
            if "newsloom-export" in (note.text or ""):
                note.text = record
        delete(root, FIRST)

    data = changed(sent, edit)
    assert decided(data) == ([], [])
    _, faults = project_rows("p.qdpx", read_project("p.qdpx", data), {text_sha256(TEXT): "a.txt"})
    assert faults[0][0] == "project-record"


def test_passages_that_are_too_long_together_are_kept_without_their_text(
    sent: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    project, doc_ids = read_project("p.qdpx", sent), {text_sha256(TEXT): "a.txt"}
    monkeypatch.setattr("scripts.projects.codings._MOST_CODED", 10)
    rows, faults = project_rows("p.qdpx", project, doc_ids)
    assert {row["text"] for row in rows} == {""} and all(row["end"] > row["start"] for row in rows)
    assert [code for code, _ in faults] == ["project-limit"] and "the limit of a project is 10" in faults[0][1]


def test_a_change_in_a_project_is_found_again_in_a_text_that_has_changed(sent) -> None:
    data = changed(sent, lambda root: delete(root, ANN))
    (decision,) = project_decisions("p.qdpx", read_project("p.qdpx", data))[0]
    text = "Once more. " + TEXT
    assigned, _ = decisions_by_document([decision], {"a.txt": text})
    (moved,) = assigned["a.txt"]
    assert text[moved.start : moved.end] == "Ann Smith"


def test_projects_are_read_one_by_one_and_a_broken_one_is_named(tmp_path) -> None:
    sent = exported(tmp_path / "sent.qdpx", {"a.txt": (BLAMING, [name("PERSON", "Ann Smith", *ANN_SMITH)])})
    files = {
        Path("broken.qdpx"): b"PK\x03\x04 no project",
        Path("coded.qdpx"): changed(sent, lambda root: put(root, ANN_SMITH, CODED)),
        Path("corrected.qdpx"): changed(sent, lambda root: delete(root, ANN_SMITH)),
    }
    manifest, decisions, faults = read_projects(files)
    assert [(fault.file, fault.row) for fault in faults] == [("broken.qdpx", 0)]
    assert [(each.file, each.what, each.old) for each in decisions] == [("corrected.qdpx", "reject_name", "Ann Smith")]
    assert len(manifest.splitlines()) == 2
    (coded,) = with_coded_frames(manifest)
    assert coded["path"] == "coded.qdpx" and "coded" not in coded


def test_two_names_of_one_mention_are_a_fault_of_the_project(tmp_path) -> None:
    sent = exported(tmp_path / "sent.qdpx", {"a.txt": (BLAMING, [name("PERSON", "Ann Smith", *ANN_SMITH)])})

    def two_names(root) -> None:
        delete(root, ANN_SMITH)
        put(root, ANN_SMITH, ("Names", "PERSON", "Ann Lee"))
        put(root, ANN_SMITH, ("Names", "ORG", "Acme"))

    _, decisions, faults = read_projects({Path("p.qdpx"): changed(sent, two_names)})
    assert decisions == [] and [(fault.file, fault.row) for fault in faults] == [("p.qdpx", 0)]
    assert "not one label and name" in faults[0].message
