"""Batches are known by their folders."""

from scripts.core.batches import read_batches


def test_the_batches_of_a_folder_or_group_are_those_with_files_of_theirs(tmp_path):
    for path in ("00/a.parquet", "01/corrected/a.parquet", "1/manifest.jsonl", "10/notes.txt", "mine/a.parquet"):
        (tmp_path / path).parent.mkdir(parents=True)
        (tmp_path / path).touch()
    assert read_batches(tmp_path) == ["00", "01"]
    assert read_batches(tmp_path, "01") == ["01"]
    assert read_batches(tmp_path, holding="manifest.jsonl") == ["1"]
    assert read_batches(tmp_path / "none") == []
