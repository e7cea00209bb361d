"""Parsers that crash, hang or swallow memory take nothing with them but their own file."""

import contextlib
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from scripts.core.storage import ROOT
from scripts.documents import isolated
from scripts.documents.lost_time import add_lost, counted_in
from scripts.documents.problems import UnreadableError
from scripts.documents.settings import Settings
from tests.documents import parsers

_SETTINGS = Settings(longest_seconds=1)


@pytest.fixture(autouse=True)
def unhurried(monkeypatch):
    """Let only CPU time end a reading: a machine with other work may take any time on the clock."""
    monkeypatch.setattr(isolated, "_PATIENCE", 100_000)


def reading(data, settings=_SETTINGS):
    return list(parsers.read("a.html", data, settings))


def worker_id():
    """Return the number of the process that reads."""
    return int(next(parsers.process_id("a.html", b"", _SETTINGS)).text)


@pytest.mark.parametrize("data", [b"plain", b"prints"])
def test_a_text_comes_through_with_its_problems(data):
    assert reading(data) == [parsers.PLAIN]


@pytest.mark.parametrize(
    ("data", "code", "message"),
    [
        (b"loop", "too-slow", "more than 1 s"),
        (b"memory", "too-large", "memory"),
        (b"killed", "killed", "the next one tries it again"),
        (b"named", "broken", "named in the file"),
        (b"raises", "broken", "odd"),
        (b"unreadable", "no-text", "None."),
        (b"exits", "broken", "crashed"),
    ],
)
def test_a_failure_is_a_problem_and_the_next_file_is_read(data, code, message):
    with pytest.raises(UnreadableError, match=message) as refusal:
        reading(data)
    assert refusal.value.problem.code == code
    assert refusal.value.problem.offset == (7 if code == "no-text" else None)
    assert reading(b"plain") == [parsers.PLAIN]


@pytest.mark.parametrize(("data", "message"), [(b"module", "No module named 'lxml'"), (b"full", "No space left")])
def test_a_fault_of_the_machine_or_of_a_package_is_none_of_the_file(data, message):
    assert reading(b"plain") == [parsers.PLAIN]
    with pytest.raises(ChildProcessError, match=message):
        reading(data)
    assert reading(b"plain") == [parsers.PLAIN]


@pytest.mark.parametrize(
    ("read", "message"),
    [
        (parsers.read_by_what_cannot_be_imported, "SyntaxError: damaged"),
        (parsers.read_by_what_is_killed, "ended before it had imported its parser"),
    ],
)
def test_a_parser_that_cannot_be_imported_is_none_of_the_file(read, message):
    assert reading(b"plain") == [parsers.PLAIN]
    with pytest.raises(ChildProcessError, match=message):
        list(read("a.html", b"", _SETTINGS))
    assert reading(b"plain") == [parsers.PLAIN]


def test_a_process_that_cannot_be_started_is_none_of_the_file(monkeypatch):
    isolated._worker.cache_clear()
    monkeypatch.setattr(sys, "executable", "/no/such/python")
    with pytest.raises(FileNotFoundError, match="/no/such/python"):
        reading(b"plain")


def test_a_system_that_gives_no_thread_is_at_fault(monkeypatch):
    monkeypatch.setattr("threading.Thread.start", lambda _: (_ for _ in ()).throw(RuntimeError("can't start")))
    with pytest.raises(ChildProcessError, match="can't start"):
        reading(b"plain")


def test_a_file_that_gives_more_text_than_a_file_may_have_is_refused():
    small = Settings(largest_megabytes=1)
    (text,) = parsers.repeat("a.html", b"a" * 1_000, small)
    assert len(text.text) == 1_000_000
    with pytest.raises(UnreadableError, match="more than 1 million characters of text"):
        list(parsers.repeat("a.html", b"a" * 1_001, small))


def test_one_process_reads_file_after_file_and_is_replaced_when_it_dies():
    first = worker_id()
    assert worker_id() == first
    with pytest.raises(UnreadableError):
        reading(b"killed")
    assert worker_id() != first


def test_a_file_that_waits_for_ever_is_given_up_by_the_clock(monkeypatch):
    reading(b"plain")
    monkeypatch.setattr(isolated, "_PATIENCE", 1)
    with pytest.raises(UnreadableError) as refusal:
        reading(b"sleep")
    assert refusal.value.problem.code == "too-slow"


def test_memory_that_earlier_files_took_costs_no_file():
    patient = Settings(longest_seconds=60)  # a slow machine takes more than a second to clear a gigabyte
    assert reading(b"remember", patient) == reading(b"much", patient) == [parsers.PLAIN]


def test_each_file_has_its_own_time():
    settings = Settings(longest_seconds=2)
    for _ in range(4):
        assert reading(b"busy", settings) == [parsers.PLAIN]


def test_files_that_give_no_text_have_a_time_together(tmp_path):
    settings = Settings(longest_seconds=2, most_seconds=2)
    with counted_in(tmp_path / "lost"):
        for data in (b"plain", b"unreadable", b"plain"):  # what takes no full second costs nothing
            with contextlib.suppress(UnreadableError):
                reading(data, settings)
        with pytest.raises(UnreadableError, match=r"more than 1 s to read, the limit for it: .* took 0 of 2 s"):
            reading(b"loop", settings)
        assert reading(b"plain", settings) == [parsers.PLAIN]  # half of what is left, rounded up
    with counted_in(tmp_path / "lost"):  # another job of the run
        add_lost(1)
        with pytest.raises(UnreadableError, match=r"was not read: .* in this run .* took 2 of 2 s.*`most_seconds`"):
            reading(b"plain", settings)
    with counted_in(tmp_path / "another run"):
        assert reading(b"plain", settings) == [parsers.PLAIN]


def open_files():
    return set(os.listdir("/proc/self/fd"))  # noqa: PTH208


def children():
    return set(Path(f"/proc/self/task/{os.getpid()}/children").read_text(encoding="ascii").split())


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="counts what is open by /proc")
def test_a_process_that_dies_leaves_nothing_open():
    reading(b"plain")
    before = open_files(), children()
    for data in (b"exits", b"killed"):
        with contextlib.suppress(UnreadableError):
            reading(data)
    reading(b"plain")
    assert (len(open_files()), len(children())) == (len(before[0]), len(before[1]))


@pytest.mark.parametrize("end", ["", "os.kill(os.getpid(), signal.SIGKILL)"])
def test_the_process_ends_with_the_one_that_asks(end):
    code = "import os, signal; from tests.documents.test_isolated import worker_id; print(worker_id(), flush=True)\n"
    # Both processes write to one pipe of errors, so `run` returns when both have ended, and never if one goes on.
    done = subprocess.run([sys.executable, "-c", code + end], cwd=ROOT, capture_output=True, encoding="utf-8")
    assert done.returncode == (-signal.SIGKILL if end else 0), done.stderr
    assert int(done.stdout) != os.getpid()


def test_a_module_that_is_not_there_is_named():
    with pytest.raises(UnreadableError, match="read a PDF, install the optional formats"):
        list(parsers.read_with_what_is_not_there("a.pdf", b"", Settings()))
