"""The pipeline where what only POSIX has is hidden: no fcntl, resource, fork, timers of signals, nor bash."""

import os
import re
import shutil
import sys

import pytest

from scripts.core.storage import read_parquet
from tests.conftest import ARTICLE
from tests.workflow.project import copy_project, outputs, run
from tests.workflow.test_profiles import RULES

# Python imports this module before all others. The packages that it imports take other modules on Windows.
_HIDING = """
import multiprocessing, os, signal, sys
import portalocker, psutil
multiprocessing.set_start_method("spawn")
for name in ("fcntl", "resource", "termios"):
    sys.modules[name] = None
for module, names in {
    os: ("fork", "forkpty", "killpg", "setsid"),
    signal: ("SIGXCPU", "SIGVTALRM", "SIGKILL", "setitimer", "getitimer", "ITIMER_VIRTUAL"),
}.items():
    for name in names:
        delattr(module, name)
"""
_SEED = (
    "page.html",
    "<html><body><article><p>" + "The mayor said on Monday that it was late. " * 9 + "</p></article></html>",
)


@pytest.fixture
def hidden(tmp_path):
    """Return the environment of a run: a PATH with nothing but Python, and the module that hides."""
    (tmp_path / "hiding").mkdir()
    (tmp_path / "hiding" / "sitecustomize.py").write_text(_HIDING, encoding="utf-8")
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "python").symlink_to(sys.executable)
    return {"PATH": str(tmp_path / "bin"), "PYTHONPATH": str(tmp_path / "hiding")}


@pytest.mark.slow
def test_documents_are_read_and_a_lock_is_held_without_what_only_posix_has(tmp_path, hidden):
    pytest.importorskip("trafilatura")
    project = copy_project(tmp_path / "project", seeds=dict([_SEED]))
    setting = ["--config", "input={name_pattern: '(?P<outlet>[a-z]+)'}"]
    done = run(project, "results/tables/documents.parquet", *setting, **hidden)
    assert done.code == 0, done.output
    documents = read_parquet(project / "results" / "tables" / "documents.parquet", ["doc_id", "outlet"]).to_pylist()
    assert documents == [{"doc_id": "page.html", "outlet": "page"}]


@pytest.mark.slow
def test_the_whole_run_without_what_only_posix_has_gives_the_same_bytes(tmp_path, hidden):
    seeds = {ARTICLE.name: ARTICLE.read_text(encoding="utf-8")}
    made = []
    for name, environment in (("with", {}), ("without", hidden)):
        project = copy_project(tmp_path / name, seeds=seeds)
        done = run(project, **environment)
        assert done.code == 0, done.output
        made.append(outputs(project))
    assert made[0] == made[1]


@pytest.mark.parametrize("rule", RULES)
def test_a_command_means_the_same_to_cmd_as_to_a_shell_of_posix(rule):
    shell = RULES[rule].partition("    shell:\n")[2]
    words = re.sub(r"\{[\w.]+(?::q)?\}", "x", "".join(re.findall(r'^        "(.*)"$', shell, re.MULTILINE)))
    step = r"python -m [\w.]+(?: [\w.,-]+)*"
    assert re.fullmatch(rf"(?:{step} 2> x && {step} 2> x|{step} 2> x)", words), words


def test_every_command_is_short_enough_for_cmd(tmp_path):
    project = copy_project(tmp_path / "project", seeds={"a.txt": "Yes."})
    results = "C/Users/Katharina/Documents/Newsloom/results of the second wave"
    done = run(project, "--dry-run", "all", "exports", "share", "qdpx", "-p", "--config", f"results={results}")
    assert done.code == 0, done.output
    commands = re.findall(r"^Shell command: (.+)$", done.output, re.MULTILINE)
    assert any("scripts.report.exports.crate" in command for command in commands)
    assert [command for command in commands if len(command) > 8191] == []


def test_the_hidden_shell_is_no_bash(hidden):
    assert shutil.which("bash", path=hidden["PATH"]) is None and os.name == "posix"
