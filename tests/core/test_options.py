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


def test_several_texts_after_a_name_are_at_least_one(monkeypatch, capsys):
    monkeypatch.setattr("sys.argv", ["step", "--files", "a", "b"])
    assert path_options("A step.", several=["files"]).files == ["a", "b"]
    monkeypatch.setattr("sys.argv", ["step"])
    with pytest.raises(SystemExit):
        path_options("A step.", several=["files"])
    assert "--files" in capsys.readouterr().err
