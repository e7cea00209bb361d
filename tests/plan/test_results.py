"""The care of a results folder between two runs."""

import json

import pytest

from scripts.core.storage import rows_to_table, write_parquet
from scripts.plan.results import SeedChanges, drop_garbled_records, passing, record_seeds, seed_changes


@pytest.mark.parametrize(
    ("code", "batches"), [("gone", ["all"]), ("changed", ["all"]), ("killed", ["all"]), ("empty", [])]
)
def test_a_seed_that_was_gone_or_changed_is_a_passing_problem(tmp_path, code, batches):
    row = {"seed": "a", "stage": "documents", "severity": "error", "code": code, "message": "", "offset": None}
    write_parquet(tmp_path / "all" / "problems.parquet", rows_to_table("problems", [row]))
    assert passing(tmp_path, ["all", "01"]) == batches


def test_a_damaged_table_of_problems_is_a_passing_problem(tmp_path):
    path = tmp_path / "all" / "problems.parquet"
    write_parquet(path, rows_to_table("problems", []))
    assert passing(tmp_path, ["all"]) == []
    path.write_bytes(path.read_bytes()[:-9] + b"\xff" * 9)
    assert passing(tmp_path, ["all"]) == ["all"]
    assert path.exists()


@pytest.mark.parametrize("content", [b"\xff", b'{"a.txt": ', b"[1]"])
def test_seeds_that_cannot_be_read_are_told_as_added(tmp_path, capsys, content):
    record_seeds(tmp_path, {"a.txt": "1"})
    assert seed_changes(tmp_path, {"a.txt": "1"}) == SeedChanges(total=1, added=0, edited=0, removed=0)
    (tmp_path / ".seeds.json").write_bytes(content)
    assert seed_changes(tmp_path, {"a.txt": "1"}) == SeedChanges(total=1, added=1, edited=0, removed=0)
    assert ".seeds.json cannot be read" in capsys.readouterr().err


def test_records_of_snakemake_with_damaged_bytes_are_removed_and_named(tmp_path, capsys):
    folder = tmp_path / "metadata" / "@long"
    folder.mkdir(parents=True)
    (folder / "sound").write_text(json.dumps({"rule": "caf\u00e9"}))
    (folder / "damaged").write_bytes(b'{"rule": "\xff"}')
    drop_garbled_records(tmp_path)
    assert [path.name for path in folder.iterdir()] == ["sound"]
    assert capsys.readouterr().err.count("damaged was damaged on the disk") == 1
