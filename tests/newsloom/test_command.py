"""The command: a folder made, the Snakemake call, the report shown."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from newsloom import command
from scripts.core.storage import ROOT
from scripts.plan.record import record_written


@pytest.fixture
def environments():
    """Return the environments of the processes that the command starts."""
    return []


@pytest.fixture
def calls(monkeypatch, environments):
    """Return the processes that the command starts, none of them for real; Snakemake is taken to end with 3."""
    made = []

    class Done:
        returncode = 3

    monkeypatch.setattr(
        command.subprocess, "run", lambda call, env: (made.append(call), environments.append(env)) and Done
    )
    return made


def test_run_is_the_snakemake_call_and_ends_as_it_does(calls, tmp_path, capsys):
    (tmp_path / "seeds").mkdir()
    with pytest.raises(SystemExit) as end:
        command.main(["run", "tables", "--folder", str(tmp_path), "--cores", "2", "--config", "strict=true", "-n"])
    assert end.value.code == 3
    profile = ["--workflow-profile", str(ROOT / "workflow" / "profiles" / "default")]
    beginning = [sys.executable, "-m", "snakemake", "--snakefile", str(ROOT / "Snakefile"), "--directory"]
    assert calls == [[*beginning, str(tmp_path), "--cores", "2", *profile, "tables", "--config", "strict=true", "-n"]]
    assert "no config.yaml here" in capsys.readouterr().err


def test_a_run_names_files_in_utf_8_whatever_the_locale_says(calls, environments, tmp_path, monkeypatch):
    (tmp_path / "config.yaml").touch()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTHONUTF8", "0")
    with pytest.raises(SystemExit):
        command.main(["run"])
    assert environments[0]["PYTHONUTF8"] == "1" and environments[0]["PATH"]


def test_a_profile_of_the_users_takes_the_place_of_the_default(calls, tmp_path, monkeypatch):
    (tmp_path / "config.yaml").touch()
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SystemExit):
        command.main(["run", "--workflow-profile", "mine"])
    assert [argument for argument in calls[0] if argument.startswith("--workflow-profile")] == ["--workflow-profile"]
    assert calls[0][-1] == "mine"


def test_init_makes_a_folder_and_leaves_alone_what_is_there(tmp_path, capsys):
    folder = tmp_path / "my articles"
    command.main(["init", str(folder)])
    assert (folder / "seeds").is_dir()
    assert (folder / "config.yaml").read_bytes() == (ROOT / "config.yaml").read_bytes()
    assert f"newsloom run --folder '{folder}'" in capsys.readouterr().out
    (folder / "config.yaml").write_text("strict: true\n")
    command.main(["init", str(folder)])
    assert (folder / "config.yaml").read_text(encoding="utf-8") == "strict: true\n"


def test_the_report_is_named_and_opened_or_missed(tmp_path, capsys, monkeypatch):
    opened = []
    monkeypatch.setattr(command.webbrowser, "open", opened.append)
    with pytest.raises(SystemExit, match=r"There is no report at .*newsloom run --folder"):
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


def contents(folder):
    return {path.relative_to(folder): path.is_file() and path.read_bytes() for path in folder.rglob("*")}


@pytest.mark.parametrize(
    ("names", "reason"),
    [
        (["thesis.docx"], "not Newsloom's"),
        (["thesis.docx", "seeds"], "not Newsloom's"),  # a file of that name
        (["thesis.docx", "results/report.html"], "not Newsloom's"),
        (["config.yaml"], "has no setting samples, units"),
    ],
)
def test_init_writes_nothing_into_a_folder_of_other_things(tmp_path, names, reason):
    for name in names:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("samples: all\nunits: units.tsv\n")
    before = contents(tmp_path)
    with pytest.raises(SystemExit, match=reason):
        command.main(["init", str(tmp_path)])
    assert contents(tmp_path) == before


def test_init_where_no_folder_can_be_says_so(tmp_path):
    (tmp_path / "file").touch()
    for name, reason in (("file", "is not a folder"), ("file/below", "Not a directory")):
        with pytest.raises(SystemExit, match=reason):
            command.main(["init", str(tmp_path / name)])


def test_init_takes_a_folder_in_which_articles_wait(tmp_path):
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "a.txt").write_text("No.")
    command.main(["init", str(tmp_path)])
    assert (tmp_path / "config.yaml").exists()


@pytest.mark.skipif(os.name == "nt", reason="the commands are for the shell of POSIX")
@pytest.mark.parametrize("name", ["$(touch X)", "`touch X`", "a'; touch X; '", 'a" & touch X "', "-x y"])
def test_what_init_and_report_print_can_be_pasted_whatever_the_name_of_the_folder(tmp_path, monkeypatch, capsys, name):
    monkeypatch.chdir(tmp_path)
    command.main(["init", "--", name])
    lines = capsys.readouterr().out.splitlines()[-2:]
    with pytest.raises(SystemExit) as refusal:
        command.main(["report", f"--folder={name}"])
    lines.append(str(refusal.value).partition("Make it: ")[2])
    for line in lines:
        pasted = line[line.index("newsloom") :].replace("newsloom", "printf '%s\\0'", 1)
        words = subprocess.run(["sh", "-c", pasted], capture_output=True, text=True, check=True).stdout.split("\0")
        assert command.parsed([*filter(None, words)])[0].folder == Path(name)
    assert [path.name for path in tmp_path.iterdir()] == [name]


@pytest.mark.parametrize(
    ("name", "word"),
    [("my articles", '"my articles"'), ("it's", '"it\'s"'), ("$(a)'s", "'$(a)''s'"), ("`a", "'`a'")],
)
def test_a_name_is_quoted_on_windows_as_powershell_reads_it(name, word):
    assert command.quoted(name, windows=True) == word


@pytest.mark.parametrize("verb", ["run", "report"])
def test_a_mistyped_folder_is_not_made(calls, tmp_path, verb):
    with pytest.raises(SystemExit, match=r"There is no folder .*newsloom init"):
        command.main([verb, "--folder", str(tmp_path / "typo")])
    assert calls == []
    assert not (tmp_path / "typo").exists()


def test_snakemake_takes_no_folder_for_an_option(calls, tmp_path, monkeypatch):
    (tmp_path / "-x" / "seeds").mkdir(parents=True)
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SystemExit):
        command.main(["run", "--folder=-x"])
    assert calls[0][calls[0].index("--directory") + 1] == str(tmp_path / "-x")


def test_a_folder_without_anything_of_newslooms_is_not_run_in(calls, tmp_path):
    (tmp_path / "thesis.docx").touch()
    with pytest.raises(SystemExit, match=r"no config.yaml and no folder seeds.*newsloom init"):
        command.main(["run", "--folder", str(tmp_path)])
    assert calls == []
    with pytest.raises(SystemExit):
        command.main(["run", "--folder", str(tmp_path), "--config", "seeds=elsewhere"])
    assert len(calls) == 1


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (b"results: [out\n", "cannot be read.*line 2"),
        (b"results: \xe9t\xe9\n", "cannot be read"),
        (b"- results\n", "cannot be used"),
        (b"results\n", "cannot be used"),
        (b"? [a, b]: c\n: d", "cannot be read"),
        (b"results: 5\n", "no report at .*5"),
        (b"results:\n", "no report at .*results"),
    ],
)
@pytest.mark.parametrize("verb", ["report", "init"])
def test_faulty_settings_are_named_with_their_place(tmp_path, text, reason, verb):
    (tmp_path / "config.yaml").write_bytes(text)
    if verb == "init" and "no report" in reason:
        return command.main(["init", str(tmp_path)])
    arguments = [str(tmp_path)] if verb == "init" else ["--folder", str(tmp_path)]
    with pytest.raises(SystemExit, match=f"(?s){reason}"):
        command.main([verb, *arguments])


@pytest.mark.parametrize("arguments", [["walk"], ["init"], ["report", "--opne"], ["run", "--cores", "x"]])
def test_a_wrong_call_shows_the_usage(arguments, capsys):
    with pytest.raises(SystemExit) as end:
        command.main(arguments)
    assert end.value.code == 2
    assert "usage: newsloom" in capsys.readouterr().err


def test_verify_names_what_has_changed_and_ends_with_1(tmp_path, capsys):
    with pytest.raises(SystemExit, match=r"There are no results at .*newsloom run"):
        command.main(["verify", "--folder", str(tmp_path)])
    report = tmp_path / "results" / "report.html"
    report.parent.mkdir()
    report.write_text("as written")
    record_written(report.parent)
    before = {path.name: path.read_bytes() for path in report.parent.iterdir()}
    for code, line in ((0, "all are sound"), (1, f"{report} is missing")):
        with pytest.raises(SystemExit) as end:
            command.main(["verify", "--folder", str(tmp_path)])
        assert end.value.code == code
        assert line in capsys.readouterr().out
        assert {path.name: path.read_bytes() for path in report.parent.iterdir()} == before
        report.unlink(missing_ok=True)
        before.pop("report.html", None)


def test_the_command_alone_shows_ten_lines_that_name_each_command(capsys):
    command.main([])
    shown = capsys.readouterr().out
    assert len(shown.splitlines()) <= 11
    assert all(f"newsloom {name} " in shown for name in ("init", "run", "report", "verify", "doctor"))


def test_the_first_run_says_what_it_waits_for_and_later_ones_do_not(calls, tmp_path, capsys):
    (tmp_path / "config.yaml").touch()
    for waits in (True, False):
        with pytest.raises(SystemExit):
            command.main(["run", "--folder", str(tmp_path)])
        assert ("to load the program" in capsys.readouterr().err) == waits
        (tmp_path / "results").mkdir(exist_ok=True)


@pytest.mark.skipif(shutil.which("bash") is None, reason="no bash here")
@pytest.mark.parametrize(
    ("line", "words"), [("newsloom do", "doctor"), ("newsloom report --o", "--open"), ("newsloom run --cor", "--cores")]
)
def test_bash_completes_commands_and_options(tmp_path, capsys, line, words):
    command.main(["completion"])
    script = capsys.readouterr().out
    asked = f"COMP_WORDS=({line}); COMP_CWORD={len(line.split()) - 1}; _newsloom; echo ${{COMPREPLY[@]}}"
    done = subprocess.run(["bash", "-c", f"{script}\n{asked}"], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == words


@pytest.mark.skipif(shutil.which("zsh") is None, reason="no zsh here")
@pytest.mark.parametrize("before", ["", "autoload -U compinit && compinit -D;"])
def test_zsh_takes_the_script_whether_or_not_it_completes_yet(tmp_path, capsys, before):
    command.main(["completion"])
    script = capsys.readouterr().out
    line = f"{before} {script}\nprint -r -- ${{_comps[newsloom]}}"
    environment = {**os.environ, "HOME": str(tmp_path), "ZDOTDIR": str(tmp_path)}
    done = subprocess.run(["zsh", "-f", "-c", line], capture_output=True, text=True, check=True, env=environment)
    assert (done.stdout.split()[-1], done.stderr) == ("_newsloom", "")
