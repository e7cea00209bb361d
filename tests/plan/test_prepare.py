"""Preparation before the DAG: one run at a time, and files that change only when their content does."""

import errno
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from scripts.plan.lock import AlreadyRunning
from scripts.plan.prepare import prepare, prune, set_environment
from scripts.plan.settings import check


@pytest.fixture
def config(tmp_path):
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "a.txt").write_text("He said no.")
    return check({"seeds": str(tmp_path / "seeds"), "results": str(tmp_path / "results")})


def stamps(folder):
    return {path: path.stat().st_mtime_ns for path in folder.rglob("*.json*")}


def test_a_second_run_is_told_of_the_first_and_a_dead_one_is_no_obstacle(config):
    first = prepare(config, main=True)
    with pytest.raises(AlreadyRunning, match=r"process \d+\)"):
        prepare(config, main=True)
    first.lock.close()
    prepare(config, main=True).lock.close()


def test_a_file_system_without_locks_is_told_and_no_obstacle(config, monkeypatch, capsys):
    def refuse(handle, operation):
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr("portalocker.portalocker.LOCKER", refuse)
    prepare(config, main=True).lock.close()
    assert "No locks available" in capsys.readouterr().err


def test_a_reader_that_is_not_installed_is_named_before_anything_is_written(config, monkeypatch):
    monkeypatch.setattr("scripts.parsing.base_encoder.PACKAGE", "no_such_model")
    config["quotes"]["reader"] = "encoder"
    with pytest.raises(LookupError, match="make accurate"):
        prepare(config, main=True)
    assert not Path(config["results"]).exists()


def test_nothing_is_written_twice(config, tmp_path):
    prepare(config, main=True).lock.close()
    before = stamps(tmp_path / "results")
    prepare(config, main=True).lock.close()
    assert before
    assert stamps(tmp_path / "results") == before


def test_a_job_elsewhere_reads_what_the_main_process_wrote(config, tmp_path):
    main = prepare(config, main=True)
    (tmp_path / "seeds" / "a.txt").unlink()
    before = stamps(tmp_path / "results")
    elsewhere = prepare(config, main=False)
    assert elsewhere.batches == main.batches == ["all"]
    assert elsewhere.lock is None
    assert stamps(tmp_path / "results") == before


def test_a_job_that_sees_no_results_comes_to_the_same_plan(config, tmp_path):
    main = prepare(config, main=True)
    elsewhere = prepare({**config, "results": str(tmp_path / "pod")}, main=False)
    assert (elsewhere.batches, elsewhere.lock) == (main.batches, None)
    for made in ("batches/all/manifest.jsonl", "stages/documents.json", "stages/refused.jsonl"):
        assert (tmp_path / "pod" / made).read_bytes() == (tmp_path / "results" / made).read_bytes()


def test_files_of_batches_that_are_gone_are_removed(config, tmp_path):
    results = tmp_path / "results"
    made = ("groups/0/vocabulary.parquet", "groups/1/vocabulary.parquet", "logs/reduce/0.log", "logs/reduce/1.log")
    for path in ("batches/01/tokens.parquet", "logs/tokens/01.log", "logs/tokens/all.log", "logs/corpus.log", *made):
        (results / path).parent.mkdir(parents=True, exist_ok=True)
        (results / path).write_text("x")
    planned = prepare(config, main=True)
    prune(config, planned._replace(groups={"1": ["10"]}))
    planned.lock.close()
    assert not (results / "batches" / "01").exists()
    assert [path.name for path in (results / "groups").iterdir()] == ["1"]
    assert sorted(path.name for path in (results / "logs").rglob("*.log")) == ["1.log", "all.log", "corpus.log"]


def test_a_stage_sees_its_own_settings(config, tmp_path):
    prepare(config, main=True).lock.close()
    stages = tmp_path / "results" / "stages"
    assert set(json.loads((stages / "quotes.json").read_text())["settings"]) == {"quotes"}
    assert set(json.loads((stages / "provenance.json").read_text())["settings"]) >= {"seeds", "code_commit", "packages"}


def test_jobs_print_any_name_whatever_the_encoding_of_the_system(monkeypatch):
    monkeypatch.setattr(os, "environ", {**os.environ, "LC_ALL": "C.UTF-8"})
    set_environment()
    command = [sys.executable, "-c", "import sys; print(sys.flags.utf8_mode)"]
    assert subprocess.run(command, env=os.environ, capture_output=True, text=True).stdout == "1\n"
