"""Parsers that crash, hang or swallow memory take nothing with them but their own file."""

import os
import signal
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from scripts.documents.isolated import isolated
from scripts.documents.parts import Raw, parsing
from scripts.documents.problems import Problem, UnreadableError
from scripts.documents.settings import Settings

_RAW = Raw("", "Text \ud800\n.", [], {"title": "T"}, "utf-8", [Problem("note", "a", "b", 3)])


def reading(work):
    """What comes of a reader that does `work` in isolation."""

    @isolated("json", "web page")
    def read(name, data, settings):
        with parsing("web page"):
            work()
        return _RAW

    return list(read("a.html", b"", Settings(longest_seconds=1)))


def test_what_it_gives_comes_through():
    assert reading(lambda: None) == [_RAW]


def _raise(error):
    raise error


def _loop():
    while True:
        pass


@pytest.mark.parametrize(
    ("work", "code", "message"),
    [
        (_loop, "too-slow", "more than 1 s"),
        (lambda: bytearray(3_000_000_000), "too-large", "memory"),
        (lambda: os.kill(os.getpid(), signal.SIGKILL), "broken", "crashed"),
        (lambda: os.kill(os.getpid(), signal.SIGALRM), "too-slow", "1 s"),
        (lambda: _raise(ValueError("odd")), "broken", "odd"),
        (lambda: _raise(UnreadableError("no-text", "None.", 7)), "no-text", "None."),
        (lambda: sys.exit(3), "broken", "crashed"),
    ],
)
def test_what_goes_wrong_is_a_problem(work, code, message):
    with pytest.raises(UnreadableError, match=message) as refusal:
        reading(work)
    assert refusal.value.problem.code == code
    assert refusal.value.problem.offset == (7 if code == "no-text" else None)


def _held():
    """The open files of this process, and its children: other tests may have left some of either."""
    children = Path(f"/proc/self/task/{os.getpid()}/children").read_text(encoding="ascii")
    return set(os.listdir("/proc/self/fd")), set(children.split())  # noqa: PTH208


def test_nothing_is_left_running_or_open():
    before = _held()
    for work in (lambda: None, lambda: sys.exit(3)):
        with suppress(UnreadableError):
            reading(work)
    assert _held() == before


def test_a_module_that_is_not_there():
    @isolated("no_such_module", "PDF")
    def read(name, data, settings):
        raise AssertionError

    with pytest.raises(UnreadableError, match="read a PDF, install the optional formats"):
        list(read("a.pdf", b"", Settings()))
