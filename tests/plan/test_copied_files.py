"""The user's own files that a copy of the results has in it, each under its folder there."""

import json
from pathlib import Path

from scripts.core.limits import Budget
from scripts.core.planned import entry, manifest
from scripts.plan.copied_files import own_files_manifest


def lines(*roles):
    return manifest({**entry(Path(f"{role}.csv"), b"x"), "role": role} for role in roles)


def test_each_file_is_listed_under_its_folder(tmp_path):
    frames = [tmp_path / "own.yaml", tmp_path / "huge.yaml"]
    frames[0].write_bytes(b"frames: {}")
    with frames[1].open("wb") as file:
        file.truncate(3_000_000)
    text = own_files_manifest(
        {Path("review/c.csv"): b"what"},
        lines("sheet", "scheme"),
        manifest([entry(Path("sources.csv"), b"name")]),
        lines("topics", ""),
        manifest([entry(Path("views/v.yaml"), b"choose: {}")]),
        frames,
        Budget(largest=1),
    )
    listed = [(row["folder"], Path(row["path"]).name) for row in map(json.loads, text.splitlines())]
    assert sorted(listed) == [
        ("coding", "sheet.csv"), ("frames", "own.yaml"), ("review", "c.csv"), ("sources", "sources.csv"),
        ("topics", "topics.csv"), ("views", "v.yaml"),
    ]  # fmt: skip
    assert all("role" not in row and len(row["sha256"]) == 64 for row in map(json.loads, text.splitlines()))


def test_nothing_of_the_users_is_an_empty_list():
    assert own_files_manifest({}, "", "", "", "", [], Budget()) == ""
