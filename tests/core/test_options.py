"""Every path that a step needs is asked for by name."""

from pathlib import Path

import pytest

from scripts.core.options import path_options


def test_paths_by_name(monkeypatch):
    monkeypatch.setattr("sys.argv", ["step", "--tokens", "a b", "--output", "-"])
    options = path_options("A step.", "tokens", "output")
    assert (options.tokens, options.output) == (Path("a b"), Path("-"))


def test_a_missing_path_is_named(monkeypatch, capsys):
    monkeypatch.setattr("sys.argv", ["step", "--tokens", "x"])
    with pytest.raises(SystemExit) as caught:
        path_options("A step.", "tokens", "output")
    assert caught.value.code == 2
    assert "--output" in capsys.readouterr().err
