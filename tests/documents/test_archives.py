"""ZIP and gzip: read in memory, within bounds, and no name in them is a path."""

import gzip
import stat
import zipfile

import pytest

from tests.documents.reading import read, refused, zipped


def test_files_in_an_archive():
    data = zipped(
        ("a.txt", "A"), ("sub/t.csv", "text\nB\nC\n"), ("__MACOSX/._a.txt", "x"), (".hidden", "x"), ("e.txt", "")
    )
    texts, _, problems = read("old.zip", data)
    assert texts == {"/a.txt": "A", "/sub/t.csv#2": "B", "/sub/t.csv#3": "C", "/e.txt": ""}
    assert problems == []


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_what_is_wrong_in_an_archive_leaves_the_rest():
    link = zipfile.ZipInfo("link.txt")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    data = zipped(
        *[(name, "x") for name in ("../up.txt", "/etc/passwd", "C:\\a.txt", "a/../../b.txt", "..\\b.txt")],
        (link, "/etc/passwd"),
        ("a.txt", "A"),
        ("a.txt", "B"),
        ("in.zip", zipped(("b.txt", "B"))),
        ("pic.png", b"\x89PNG"),
        ("bin.txt", bytes(range(256))),
        ("z.txt", "Z"),
    )
    texts, _, problems = read("old.zip", data)
    assert texts == {"/a.txt": "A", "/z.txt": "Z"}
    assert [code for _, _, code in problems] == ["traversal"] * 5 + ["link", "twice", "nested", "format", "not-text"]


def test_bombs_are_bounded():
    million = b"\0" * 1_000_001
    assert refused("a.txt.gz", gzip.compress(million), largest_megabytes=1) == "too-large"
    texts, _, problems = read("a.zip", zipped(("a.txt", "A"), ("b.txt", million), ("c.txt", "C")), largest_megabytes=1)
    assert (texts, problems) == ({"/a.txt": "A"}, [("/b.txt", "error", "too-large")])
    assert refused("a.zip", zipped(*[(str(n), "") for n in range(10_001)])) == "too-many"
    pytest.importorskip("docx")
    assert refused("a.docx", zipped(("word/document.xml", million)), largest_megabytes=1) == "too-large"


def test_an_archive_whose_list_alone_would_fill_the_memory_is_not_listed(monkeypatch):
    monkeypatch.setattr("scripts.core.limits._MOST_ENTRIES", 2)
    assert read("a.zip", zipped(("a.txt", "A"), ("b.txt", "B")))[0] == {"/a.txt": "A", "/b.txt": "B"}
    assert refused("a.zip", zipped(("a.txt", "A"), ("b.txt", "B"), ("c.txt", "C"))) == "too-many"


@pytest.mark.parametrize("cut", [-300, -4, None])
def test_a_damaged_gzip_file_is_read_up_to_the_damage(cut):
    text = "".join(f"Line {n}: {n * n} of {n**3}.\n" for n in range(2_000))
    packed = gzip.compress(text.encode())[:cut] if cut else gzip.compress(text.encode()) + b"trailing"
    texts, _, problems = read("a.txt.gz", packed)
    assert len(texts[""]) > 0.8 * len(text) and text.startswith(texts[""])
    assert problems == [("", "warning", "damaged")]
    assert refused("a.txt.gz", packed[:10]) == "broken"
