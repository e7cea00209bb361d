"""The user's sheet: read as a spreadsheet saves it, each line to the seed that its path leads to."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scripts.documents.seeds import seed_id
from scripts.documents.sheet import SheetLine, assign, read_path_sheet
from tests.effort import lines_run


def lines_of(data):
    """Return the lines of a sheet without the messages about it."""
    return read_path_sheet("metadata.csv", data)[0]


def test_reads_what_a_spreadsheet_saves():
    data = "\ufeffPath;Title;Outlet\r\na.txt;“Lin”;\r\nb/c.txt;;Wire\r\n".encode()
    assert lines_of(data) == [(2, "a.txt", {"title": "“Lin”"}), (3, "b/c.txt", {"outlet": "Wire"})]


@pytest.mark.parametrize("data", [b"", b"title,outlet\na,b\n", b'path,title\na,"' + b"x" * 1_100_000])
def test_says_what_is_wrong(data):
    with pytest.raises(ValueError, match=r"path|CSV"):
        read_path_sheet("metadata.csv", data)


@given(st.binary() | st.text().map(lambda text: b"path,x\n" + text.encode(errors="replace")))
def test_any_bytes_are_read_or_refused(data):
    try:
        assign(lines_of(data), ["a"])
    except ValueError as error:
        assert str(error)


def test_a_line_finds_its_seed():
    doc_ids = ["a.txt", "caf\u00e9.txt", "wire.csv", "old.zip", "sub/b.txt", r"x\x0ay.txt"]
    written = {
        "a.txt": "a.txt",
        "./seeds/a.txt": "a.txt",
        "cafe\u0301.txt": "caf\u00e9.txt",
        "wire.csv#12": "wire.csv",
        "old.zip/in/c.csv#3": "old.zip",
        r"sub\b.txt": "sub/b.txt",
        r"x\x0ay.txt": r"x\x0ay.txt",
    }
    for path, seed in written.items():
        values, unused = assign(lines_of(f"path,n\n{path},1\n".encode()), doc_ids)
        assert list(values) == [seed] and not unused
    assert values == {r"x\x0ay.txt": {r"x\x0ay.txt": {"n": "1"}}}
    values, _ = assign(lines_of(b"path,n\nwire.csv#12,1\nwire.csv#13,2\n"), doc_ids)
    assert values == {"wire.csv": {"wire.csv#12": {"n": "1"}, "wire.csv#13": {"n": "2"}}}
    assert assign(lines_of(b"path,n\nwire.txt,1\n../a.txt,1\n"), doc_ids)[1] == [
        "Row 2: there is no file 'wire.txt' here. Correct `path`, or delete the row.",
        "Row 3: there is no file '../a.txt' here, but 'a.txt'. Correct `path`, or delete the row.",
    ]


@pytest.mark.parametrize("path", ["b.txt", "old/b.txt", r"C:\news\b.txt"])
def test_a_path_in_the_wrong_folder_is_told_the_only_file_of_its_name(path):
    (message,) = assign(lines_of(f"path,n\n{path},1\n".encode()), ["a.txt", "May/b.txt"])[1]
    assert "here, but 'May/b.txt'. Correct `path`" in message
    (message,) = assign(lines_of(f"path,n\n{path},1\n".encode()), ["April/b.txt", "May/b.txt"])[1]
    assert "here. Correct `path`" in message


def test_of_lines_that_differ_the_first_stands():
    lines = lines_of(b"path,n,m\na.txt,1,\n./a.txt,2,3\nseeds/a.txt,1,\n")
    values, wrong = assign(lines, ["a.txt"])
    assert values == {"a.txt": {"a.txt": {"n": "1", "m": "3"}}}
    reason = "Row 3: 'n' of './a.txt' is '1' in a row above, which is used; '2' is not."
    assert wrong == [f"{reason} Delete the one that is wrong."]


@pytest.mark.parametrize(
    "path", ["#1" * 40_000, "a.csv" + "#1" * 40_000, "/" * 200_000, "x/" * 4_000, "\u0301" * 200_000]
)
def test_an_endless_path_is_a_line_that_fits_no_file(path):
    doc_ids, lines = ["a", "b/c/a.csv", "d" * 4_000], lines_of(f"path,n\n{path},1\n".encode())
    by_seed, messages = assign(lines, doc_ids)
    assert by_seed == {} and len(messages) == 1
    assert lines_run(assign, lines, doc_ids) < 200


_PATHS = st.lists(st.sampled_from(["a", "b", "/", "#1", "#", ".zip"]), min_size=1, max_size=7).map("".join)


@given(st.sets(_PATHS, max_size=4), _PATHS)
def test_the_owner_is_the_longest_seed_that_a_path_begins_with(doc_ids, path):
    doc_ids = {seed_id(doc_id) for doc_id in doc_ids if doc_id.strip("/") == doc_id and "//" not in doc_id}
    bare = re.sub(r"(?<=.)#[0-9]+$", "", path)
    expected = [doc_id for doc_id in doc_ids if doc_id == bare or bare.startswith(doc_id + "/")]
    by_seed, _ = assign([SheetLine(2, path, {})], doc_ids)
    assert list(by_seed) == ([max(expected, key=len)] if expected else [])


def test_what_a_sheet_holds_and_does_not_say_of_a_file_is_a_message():
    table = 'path,Title,title,,n\na.txt,A,B,,1\n,,,,2\nb.txt,"C,,,3\nc.txt,D,,x,4\n'
    lines, messages = read_path_sheet("metadata.csv", table.encode())
    assert [(line.number, line.path, line.values) for line in lines] == [
        (2, "a.txt", {"title": "A", "n": "1"}),
        (4, "b.txt", {"title": '"C', "n": "3"}),
        (5, "c.txt", {"title": "D", "n": "4"}),
    ]
    assert [message[:45] for message in messages] == [
        "Row 2: These columns share a name and differ ",
        "Row 4: Line 4 has a quotation mark that is no",
        "Row 5: Cells in columns without a name were l",
        "Row 3: there is no path in it. Write one, or ",
    ]
