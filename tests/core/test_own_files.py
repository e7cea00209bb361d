"""The list of the files of ours in a folder, which is its mark too."""

from scripts.core.own_files import MARKER, begin_own, read_own, write_own


def test_a_list_is_read_as_it_was_written_and_none_where_there_is_none(tmp_path):
    assert read_own(tmp_path / "nowhere") is None
    assert read_own(tmp_path) is None
    write_own(tmp_path / "made", {"b", "a/ü.txt"})
    assert read_own(tmp_path / "made") == {"a/ü.txt", "b"}
    assert [path.name for path in (tmp_path / "made").iterdir()] == [MARKER]


def test_the_list_of_another_program_is_none_of_ours(tmp_path):
    for content in (b"a.txt\n", b"", b"\xff\xfe"):
        (tmp_path / MARKER).write_bytes(content)
        assert read_own(tmp_path) is None


def test_a_list_leads_nowhere_else(tmp_path):
    write_own(tmp_path, ["../a", "b/../../c", "/d", "C:e", "f\\g", "h/i.txt", "..j.part"])
    assert read_own(tmp_path) == {"h/i.txt"}


def test_a_folder_begun_again_loses_the_files_of_ours_that_it_will_not_have(tmp_path):
    begin_own(tmp_path, ["a", "b"])
    for name in ("a", "b", "mine"):
        (tmp_path / name).touch()
    begin_own(tmp_path, ["b", "c"])
    assert {path.name for path in tmp_path.iterdir()} == {MARKER, "b", "mine"}
    assert read_own(tmp_path) == {"b", "c"}
