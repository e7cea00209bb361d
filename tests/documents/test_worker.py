"""The protocol between the step and the process that parses."""

import json

import pytest

from scripts.documents import worker
from scripts.documents.problems import Problem
from scripts.documents.settings import Settings
from scripts.documents.worker import READY, parse_answer, request
from tests.documents import parsers

_SETTINGS = Settings(encodings={"*": "utf-8"})


@pytest.mark.parametrize(
    ("data", "answer"),
    [(b"plain", [parsers.PLAIN]), (b"unreadable", Problem("error", "no-text", "None.", 7))],
)
def test_a_request_is_answered_in_two_lines(monkeypatch, data, answer):
    monkeypatch.setattr(worker, "_bound", lambda seconds: None)  # this process goes on after the test
    head, body = request("tests.documents.parsers:read", "json", "a\udcff.html", data, _SETTINGS).split(b"\n", 1)
    about = json.loads(head)
    assert (about["name"], about["size"], body) == ("a\udcff.html", len(data), data)
    ready, line = worker._answers(about, body)
    assert ready == READY
    assert line.endswith(b"\n") and line.count(b"\n") == 1
    assert parse_answer(line) == answer
