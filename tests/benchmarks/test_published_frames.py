"""The published distribution of frames: the project that is made of the headlines, and the sheet that is filled."""

import csv
import sys
from pathlib import Path

import pytest
import yaml

from benchmarks.published_frames import PUBLISHED, TERMS, code, run, write_project
from scripts.framing.schemes import load_schemes
from scripts.plan.settings import check

ROWS = [
    {"doc_id": "0", "text": "Gun laws, again ", "labels": ["gun_control", "politics"]},
    {"doc_id": "1", "text": "Rights", "labels": ["2nd_amendment_rights"]},
]


def test_the_settings_and_the_scheme_can_be_used(tmp_path: Path) -> None:
    write_project(ROWS, tmp_path / "work")
    config = check(yaml.safe_load((tmp_path / "work" / "config.yaml").read_text(encoding="utf-8")))
    assert config["framing"]["coding"]["size"] == 200
    (scheme,) = load_schemes(["guns"], [tmp_path / "work" / "frames"])
    assert {frame.name for frame in scheme.frames} == set(PUBLISHED) == set(TERMS)
    assert sum(PUBLISHED.values()) == 1300


def test_a_headline_gets_the_code_of_its_main_frame(tmp_path: Path) -> None:
    sheet = tmp_path / "results" / "coding" / "coding_sheet.csv"
    sheet.parent.mkdir(parents=True)
    with sheet.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, ["text", *PUBLISHED])
        writer.writeheader()
        writer.writerows({"text": row["text"]} for row in ROWS)
    code(ROWS, tmp_path)
    with (tmp_path / "coding" / "liu.csv").open(encoding="utf-8", newline="") as file:
        first, second = csv.DictReader(file)
    assert (first["gun_control"], first["politics"], second["gun_rights"], second["politics"]) == ("1", "0", "1", "0")


def test_a_failed_run_says_why(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "python"
    program.write_text("#!/bin/sh\necho no rule for $9\nexit 1\n", encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(program))
    with pytest.raises(RuntimeError, match="no rule for reliability"):
        run(tmp_path, "reliability")
