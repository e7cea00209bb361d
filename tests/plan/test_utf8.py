"""Names of files in UTF-8, whatever the locale: Snakemake starts anew, or says what to set."""

import os
import sys

import pytest

from scripts.plan import utf8


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """Return the commands that take the place of this process, which is Snakemake in an old encoding."""
    commands: list[list[str]] = []
    monkeypatch.setattr(utf8.os, "execv", lambda program, command: commands.append(command))
    monkeypatch.setattr(utf8.sys, "getfilesystemencoding", lambda: "iso8859-1")
    monkeypatch.setattr(sys, "argv", ["/bin/snakemake", "--cores", "2"])
    monkeypatch.setattr(sys, "orig_argv", ["python", "/bin/snakemake", "--cores", "2"])
    monkeypatch.setattr(os, "environ", {"PYTHONUTF8": "0"})
    return commands


def test_snakemake_starts_anew_with_the_same_arguments(started) -> None:
    utf8.start_in_utf8()
    assert started == [[sys.executable, "/bin/snakemake", "--cores", "2"]]
    assert os.environ["PYTHONUTF8"] == "1"


def test_in_utf_8_nothing_is_done(started, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(utf8.sys, "getfilesystemencoding", lambda: "utf-8")
    utf8.start_in_utf8()
    assert started == []


@pytest.mark.parametrize(
    ("argv", "mode"),
    [
        (["/bin/snakemake", "--directory", "news"], "0"),
        (["/bin/snakemake", "--directory=news"], "0"),
        (["/bin/snakemake", "-d", "news"], "0"),
        (["/bin/snakemake", "-dnews"], "0"),
        (["/bin/of_the_users.py"], "0"),
        (["/bin/snakemake"], "1"),
    ],
)
def test_where_it_cannot_the_user_is_told_what_to_set(started, monkeypatch: pytest.MonkeyPatch, argv, mode) -> None:
    monkeypatch.setattr(sys, "argv", argv)
    monkeypatch.setattr(os, "environ", {"PYTHONUTF8": mode})
    with pytest.raises(SystemExit, match=r"are read as iso8859-1 here, not as UTF-8\. Set the variable PYTHONUTF8=1"):
        utf8.start_in_utf8()
    assert started == []
