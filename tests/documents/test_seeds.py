import contextlib
import errno
import hashlib
import os
import socket
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scripts.documents import seeds as seeds_module
from scripts.documents.seeds import find_seeds, open_seed, seed_id, sha256

_NAMES = st.one_of(
    st.text(alphabet=st.sampled_from("ab\\#1x\n\x80\xa0\u202e\udc80\udc9f\udcff\U000e0041é0"), max_size=8),
    st.binary(max_size=8).map(os.fsdecode),
)


@given(_NAMES, _NAMES)
def test_no_two_paths_share_a_name(left, right):
    assert (seed_id(left) == seed_id(right)) == (left == right)


@given(_NAMES)
def test_a_name_is_printable_and_encodable(path):
    name = seed_id(path)
    name.encode("utf-8")
    assert not any(ord(char) < 0x20 or 0x7F <= ord(char) <= 0xA0 or char in "\u202e\u2028" for char in name)


def test_names_of_people_stay_as_they_are():
    for path in (
        "2025/Lin Jian's “briefing”.txt",
        "новости/статья.txt",
        "記事　一.txt",
        "-rf.txt",
        "{batch}.txt",
        "#1.md",
    ):
        assert seed_id(path) == path


def test_bytes_that_are_no_text_and_signs_that_are_not_seen_are_written_out():
    assert seed_id("a\udc80b\udcff\ud800\x7f\x01") == r"a\x80b\xff\ud800\x7f\x01"
    assert seed_id("\x80\u202e\U000e0041") == r"\u0080\u202e\U000e0041"


def test_a_file_is_not_taken_for_a_row_of_a_table():
    assert seed_id("wire.csv#12") == r"wire.csv\x2312"
    assert seed_id("wire#12.csv") == "wire#12.csv"


def test_finds_files_below_the_folder_in_order_and_hashes_them(tmp_path):
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "two.txt").write_bytes(b"two")
    (tmp_path / "a.txt").write_bytes(b"")
    (tmp_path / "metadata.csv").write_bytes(b"path,title\n")
    for name in (".gitkeep", ".DS_Store", "Thumbs.db", "~$draft.docx", ".~lock.a.txt#"):
        (tmp_path / name).write_bytes(b"x")
    seeds, refused = find_seeds(tmp_path, largest=100)
    assert [seed.doc_id for seed in seeds] == ["a.txt", "b/two.txt"]
    assert seeds[0].sha256 == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    assert not refused


def test_the_sheet_goes_to_its_seeds_and_misfits_are_named(tmp_path):
    (tmp_path / "a.txt").write_bytes(b"a")
    (tmp_path / "metadata.csv").write_text("path,title\na.txt,T\nb.txt,U\n", encoding="utf-8")
    seeds, refused = find_seeds(tmp_path, largest=100)
    assert seeds[0].metadata == {"a.txt": {"title": "T"}}
    message = "Row 3: there is no file 'b.txt' here. Correct `path`, or delete the row."
    assert refused == [("metadata.csv", "metadata", message, "warning")]
    (tmp_path / "metadata.csv").write_text('path,title\na.txt,"T\n')
    seeds, refused = find_seeds(tmp_path, largest=100)
    assert seeds[0].metadata == {"a.txt": {"title": '"T'}}
    assert [(entry.severity, entry.message[:23]) for entry in refused] == [("warning", "Row 2: Line 2 has a quo")]
    (tmp_path / "metadata.csv").write_text("title\nT\n")
    seeds, refused = find_seeds(tmp_path, largest=100)
    assert seeds[0].metadata == {}
    assert [entry.severity for entry in refused] == ["error"]


def test_strange_names_are_data(tmp_path):
    names = [
        b"a\nb.txt",
        b"\xff\xfe.txt",
        b"-rf",
        b"'\"$(x).txt",
        b"{x}.txt",
        "عربي.txt".encode(),
        b"x" * 251 + b".txt",
    ]
    for name in names:
        (tmp_path / os.fsdecode(name)).write_bytes(name)
    seeds, refused = find_seeds(tmp_path, largest=100)
    assert sorted(os.fsencode(seed.path) for seed in seeds) == sorted(names)
    assert not refused


def test_links_pipes_and_sockets_are_refused_with_a_reason(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("secret", encoding="utf-8")
    folder = tmp_path / "seeds"
    folder.mkdir()
    (folder / "link.txt").symlink_to(secret)
    (folder / "folder").symlink_to(tmp_path)
    os.mkfifo(folder / "pipe.txt")
    with socket.socket(socket.AF_UNIX) as server:
        with contextlib.chdir(folder):
            server.bind("socket.txt")  # the whole path may be longer than the name of a socket can be
        seeds, refused = find_seeds(folder, largest=100)
    assert not seeds
    assert [(entry.seed, entry.code) for entry in refused] == [
        ("folder", "link"),
        ("link.txt", "link"),
        ("pipe.txt", "special"),
        ("socket.txt", "special"),
    ]
    for name in ("link.txt", "pipe.txt"):
        with pytest.raises(OSError):
            open_seed(folder / name)


def test_a_folder_that_is_missing_is_refused_not_raised(tmp_path):
    seeds, refused = find_seeds(tmp_path / "nothing", largest=100)
    assert not seeds
    assert refused[0].code == "unreadable"


def test_the_hash_is_that_of_all_bytes(tmp_path):
    (tmp_path / "big").write_bytes(b"x" * ((1 << 20) + 1))
    assert sha256(tmp_path / "big") == hashlib.sha256(b"x" * ((1 << 20) + 1)).hexdigest()


def test_a_file_that_is_too_large_is_refused_before_it_is_read(tmp_path, monkeypatch):
    hashed = []
    monkeypatch.setattr(seeds_module, "sha256", lambda path: hashed.append(Path(path).name) or sha256(path))
    with (tmp_path / "sparse.txt").open("wb") as handle:
        handle.truncate(20_000_000_000)
    (tmp_path / "a.txt").write_bytes(b"a" * 1_000_000)
    seeds, refused = find_seeds(tmp_path, largest=1)
    assert hashed == ["a.txt"]
    assert [seed.doc_id for seed in seeds] == ["a.txt"]
    assert [(entry.seed, entry.code, entry.severity) for entry in refused] == [("sparse.txt", "too-large", "error")]


def test_a_sheet_that_is_too_large_is_not_read(tmp_path):
    with (tmp_path / "metadata.csv").open("wb") as handle:
        handle.truncate(20_000_000_000)
    _, refused = find_seeds(tmp_path, largest=1)
    assert [(entry.seed, entry.code) for entry in refused] == [("metadata.csv", "metadata")]
    assert "20,000 MB" in refused[0].message


@pytest.mark.parametrize(("number", "refused"), [(errno.EIO, True), (errno.EACCES, True), (errno.EMFILE, False)])
def test_a_machine_that_opens_no_file_is_no_fault_of_each(tmp_path, monkeypatch, number, refused):
    (tmp_path / "a.txt").write_text("a")
    monkeypatch.setattr(seeds_module, "open_seed", lambda _: (_ for _ in ()).throw(OSError(number, "planted")))
    if refused:
        seeds, entries = find_seeds(tmp_path, largest=1)
        assert (seeds, [entry.code for entry in entries]) == ([], ["unreadable", "unreadable", "unreadable"])
    else:
        with pytest.raises(OSError, match="planted"):
            find_seeds(tmp_path, largest=1)


def test_files_are_opened_where_the_system_has_no_such_flags(tmp_path, monkeypatch):
    (tmp_path / "a.txt").write_bytes(b"a")
    monkeypatch.setattr(seeds_module, "_FLAGS", 0)  # as on Windows
    assert sha256(tmp_path / "a.txt") == hashlib.sha256(b"a").hexdigest()


def test_a_file_that_grows_is_hashed_no_further_than_its_size(tmp_path, monkeypatch):
    (tmp_path / "a.txt").write_bytes(b"abcdef")
    monkeypatch.setattr(
        "os.fstat", lambda handle, fstat=os.fstat: os.stat_result([*fstat(handle)[:6], 3, *fstat(handle)[7:]])
    )
    assert sha256(tmp_path / "a.txt") == hashlib.sha256(b"abc").hexdigest()
