"""The command: a folder made, the Snakemake call, the report shown."""

import sys

import pytest

from newsloom import command
from scripts.core.storage import ROOT


@pytest.fixture
def calls(monkeypatch):
    """Return the processes that the command starts, none of them for real; Snakemake is taken to end with 3."""
    made = []

    class Done:
        returncode = 3

    monkeypatch.setattr(command.subprocess, "run", lambda call: made.append(call) or Done)
    return made


def test_run_is_the_snakemake_call_and_ends_as_it_does(calls, tmp_path, capsys):
    with pytest.raises(SystemExit) as end:
        command.main(["run", "tables", "--folder", str(tmp_path), "--cores", "2", "--config", "strict=true", "-n"])
    assert end.value.code == 3
    profile = ["--workflow-profile", str(ROOT / "workflow" / "profiles" / "default")]
    beginning = [sys.executable, "-m", "snakemake", "--snakefile", str(ROOT / "Snakefile"), "--directory"]
    assert calls == [[*beginning, str(tmp_path), "--cores", "2", *profile, "tables", "--config", "strict=true", "-n"]]
    assert "no config.yaml here" in capsys.readouterr().err


def test_a_profile_of_the_users_takes_the_place_of_the_default(calls):
    with pytest.raises(SystemExit):
        command.main(["run", "--workflow-profile", "mine"])
    assert [argument for argument in calls[0] if "profile" in argument] == ["--workflow-profile"]
    assert calls[0][-1] == "mine"


def test_init_makes_a_folder_and_leaves_alone_what_is_there(tmp_path, capsys):
    folder = tmp_path / "my articles"
    command.main(["init", str(folder)])
    assert (folder / "seeds").is_dir()
    assert (folder / "config.yaml").read_bytes() == (ROOT / "config.yaml").read_bytes()
    assert f'newsloom run --folder "{folder}"' in capsys.readouterr().out
    (folder / "config.yaml").write_text("strict: true\n", encoding="utf-8")
    command.main(["init", str(folder)])
    assert (folder / "config.yaml").read_text(encoding="utf-8") == "strict: true\n"


def test_the_report_is_named_and_opened_or_missed(tmp_path, capsys, monkeypatch):
    opened = []
    monkeypatch.setattr(command.webbrowser, "open", opened.append)
    with pytest.raises(SystemExit, match=r"There is no report at .*newsloom run"):
        command.main(["report", "--folder", str(tmp_path)])
    (tmp_path / "config.yaml").write_text("results: out\n", encoding="utf-8")
    (tmp_path / "out").mkdir()
    report = tmp_path / "out" / "report.html"
    report.write_text("<p>", encoding="utf-8")
    command.main(["report", "--folder", str(tmp_path)])
    assert capsys.readouterr().out == f"{report}\n"
    assert opened == []
    command.main(["report", "--folder", str(tmp_path), "--open"])
    assert opened == [report.as_uri()]


@pytest.mark.parametrize("arguments", [[], ["walk"], ["init"], ["report", "--opne"], ["run", "--cores", "x"]])
def test_a_wrong_call_shows_the_usage(arguments, capsys):
    with pytest.raises(SystemExit) as end:
        command.main(arguments)
    assert end.value.code == 2
    assert "usage: newsloom" in capsys.readouterr().err
