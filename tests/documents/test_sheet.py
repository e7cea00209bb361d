import pytest
from hypothesis import given
from hypothesis import strategies as st

from scripts.documents.sheet import assign, read_sheet


@pytest.mark.parametrize(
    "data",
    [
        "path,title,Outlet\na.txt,“Lin”,\nb/c.txt,,Wire\n".encode(),
        "\ufeffPath;Title;Outlet\r\na.txt;“Lin”;\r\nb/c.txt;;Wire\r\n".encode(),
        "path\ttitle\toutlet\na.txt\t“Lin”\t\nb/c.txt\t\tWire".encode("utf-16"),
        "path,title,outlet\na.txt,“Lin”,\nb/c.txt,,Wire\n".encode("cp1252"),
    ],
)
def test_reads_what_a_spreadsheet_saves(data):
    assert read_sheet(data) == [(2, "a.txt", {"title": "“Lin”"}), (3, "b/c.txt", {"outlet": "Wire"})]


@pytest.mark.parametrize("data", [b"", b"title,outlet\na,b\n", b'path,title\na,"' + b"x" * 1_100_000])
def test_says_what_is_wrong(data):
    with pytest.raises(ValueError, match=r"path|CSV"):
        read_sheet(data)


@given(st.binary() | st.text().map(lambda text: b"path,x\n" + text.encode(errors="replace")))
def test_any_bytes_are_read_or_refused(data):
    try:
        assign(read_sheet(data), ["a"])
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
        found, unused = assign(read_sheet(f"path,n\n{path},1\n".encode()), doc_ids)
        assert list(found) == [seed] and not unused
    assert found == {r"x\x0ay.txt": {r"x\x0ay.txt": {"n": "1"}}}
    found, _ = assign(read_sheet(b"path,n\nwire.csv#12,1\nwire.csv#13,2\n"), doc_ids)
    assert found == {"wire.csv": {"wire.csv#12": {"n": "1"}, "wire.csv#13": {"n": "2"}}}
    assert assign(read_sheet(b"path,n\nwire.txt,1\n../a.txt,1\n"), doc_ids)[1] == [
        "Line 2: there is no file 'wire.txt' here.",
        "Line 3: there is no file '../a.txt' here.",
    ]


def test_of_lines_that_differ_the_first_stands():
    lines = read_sheet(b"path,n,m\na.txt,1,\n./a.txt,2,3\nseeds/a.txt,1,\n")
    found, wrong = assign(lines, ["a.txt"])
    assert found == {"a.txt": {"a.txt": {"n": "1", "m": "3"}}}
    assert wrong == ["Line 3: 'n' of './a.txt' is '1' in a line above, which stands; '2' does not."]
