"""Parsers that crash, hang, swallow memory or talk, as the tests of isolation need them at the top of a module."""

import errno
import os
import signal
import sys
import time

from scripts.documents.isolated import isolated
from scripts.documents.parts import Raw, parsing
from scripts.documents.problems import Problem, UnreadableError

PLAIN = Raw("", "Text \ud800\n.", {"title": "T"}, "utf-8", [Problem("note", "a", "b", 3)])


def loop():
    while True:
        pass


def compute(seconds):
    end = time.process_time() + seconds
    while time.process_time() < end:
        pass


def fail(error):
    raise error


def remember():
    """Take 1.2 GB that are never given back."""
    remember.memory = bytearray(1_200_000_000)


_WORK = {
    b"plain": lambda: None,
    b"loop": loop,
    b"busy": lambda: compute(0.7),
    b"sleep": lambda: time.sleep(600),
    b"memory": lambda: bytearray(3_000_000_000),
    b"remember": remember,
    b"much": lambda: bytearray(1_200_000_000),
    b"killed": lambda: os.kill(os.getpid(), signal.SIGKILL),
    b"raises": lambda: fail(ValueError("odd")),
    b"unreadable": lambda: fail(UnreadableError("no-text", "None.", 7)),
    b"named": lambda: fail(FileNotFoundError(errno.ENOENT, "named in the file")),
    b"module": lambda: fail(ModuleNotFoundError("No module named 'lxml'")),
    b"full": lambda: fail(OSError(errno.ENOSPC, "No space left on device")),
    b"exits": lambda: sys.exit(3),
    b"prints": lambda: print("a word on standard output", flush=True),
}


@isolated("json", "web page")
def read(name, data, settings):
    with parsing("web page"):
        _WORK[data]()
    return [PLAIN]


@isolated("json", "web page")
def repeat(name, data, settings):
    return [PLAIN._replace(text=data.decode() * 1_000)]


@isolated("json", "web page")
def process_id(name, data, settings):
    return [PLAIN._replace(text=str(os.getpid()))]


@isolated("tests.documents.not_importable", "web page")
def read_by_what_cannot_be_imported(name, data, settings):
    raise AssertionError


@isolated("tests.documents.killed_at_import", "web page")
def read_by_what_is_killed(name, data, settings):
    raise AssertionError


@isolated("no_such_module", "PDF")
def read_with_what_is_not_there(name, data, settings):
    raise AssertionError
