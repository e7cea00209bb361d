"""The record of an exported text: it comes back as it was written, and one that was edited is none."""

import json

import pytest

from scripts.core.annotation import text_sha256
from scripts.projects.exported import CodedSpans, Exported, is_text, read_exported, written

TEXT = "Ann Lee said yes.\nBo left.\n\n\n"
MARKS = [
    CodedSpans("statement", ((0, 7), (13, 17)), (("Sources", "Ann Lee"), ("Kinds", "citizen")), "Lee"),
    CodedSpans("name", ((18, 20),), (("Names", "person", "Bo"),), "Bo"),
    CodedSpans("sample", ((0, len(TEXT)),), (("Sample", "drawn"),), ""),
]
RECORD = written("a.txt", TEXT, MARKS)


def test_a_record_among_notes_comes_back():
    assert read_exported(["a note", RECORD, "another"]) == Exported("a.txt", text_sha256(TEXT), len(TEXT), MARKS)
    assert read_exported(["a note"]) is read_exported([]) is None


@pytest.mark.parametrize(
    ("line", "place", "value"),
    [
        (1, 0, "speech"),  # an unknown kind
        (1, 1, []),  # nowhere
        (1, 1, [[3, 3]]),  # an empty span
        (1, 1, [[-1, 3]]),
        (2, 1, [[18, len(TEXT) + 1]]),
        (2, 2, [["Names", "Bo"]]),  # a code of another length
        (2, 2, [["Names", "person", 7]]),
        (2, 3, 7),
        (3, 2, [["Sample", "drawn"], ["Sample", "again"]]),
    ],
)
def test_a_record_that_was_edited_is_none(line, place, value):
    lines = RECORD.splitlines()
    edited = json.loads(lines[line])
    edited[place] = value
    lines[line] = json.dumps(edited)
    assert read_exported(["\n".join(lines)]) is None
    assert read_exported(["\n".join(lines), RECORD]) is not None


@pytest.mark.parametrize(
    ("stored", "is_same"),
    [
        (TEXT, True),
        (TEXT.replace("\n", "\r\n"), True),
        (TEXT + " \n", True),
        (TEXT.rstrip("\n"), True),
        (TEXT.rstrip(".\n"), False),
        (TEXT + "More.", False),
        (TEXT.replace("Bo", "Jo"), False),
    ],
)
def test_line_ends_and_white_space_at_the_end_make_no_other_text(stored, is_same):
    record = read_exported([RECORD])
    assert record is not None and is_text(stored, record) == is_same


@pytest.mark.parametrize(("lost", "is_same"), [(3, True), (4, False)])
def test_a_tool_may_cut_three_line_ends(lost, is_same):
    record = read_exported([written("a.txt", "Ann Lee said yes." + "\n" * lost, [])])
    assert record is not None and is_text("Ann Lee said yes.", record) is is_same
