"""The command line: `newsloom init`, `run` (a call of Snakemake), `report`, `verify`, `doctor`, `completion`."""

import argparse
import os
import re
import shlex
import shutil
import subprocess
import sys
import webbrowser
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

_HERE = Path(__file__).resolve().parent
PROJECT = _HERE / "project" if (_HERE / "project").is_dir() else _HERE.parent
CONFIG = "config.yaml"
DEFAULTS = PROJECT / "config"  # the config.yaml at the top of a checkout may be edited
_EPILOG = (
    "Options that `run` does not know are passed to Snakemake: `newsloom run tables`, `newsloom run --dry-run`, "
    "`--config k=v`."
)

SCREEN = """Newsloom reads news articles: who is quoted, who is named, in which words and frames.

  newsloom init FOLDER              make a folder for articles, with the settings
                                    then put articles into FOLDER/seeds
  newsloom run --folder FOLDER      analyse them
  newsloom report --folder FOLDER --open    open the report in the browser
  newsloom verify --folder FOLDER   check all results against the hashes recorded when they were written
  newsloom doctor --folder FOLDER   say what, if anything, is missing here

newsloom COMMAND --help says more."""


def snakemake_call(folder: Path, cores: int, arguments: Sequence[str]) -> list[str]:
    """Return the Snakemake call that analyses a folder; `arguments` are Snakemake's own.

    The path of the folder is absolute, since a name may begin with a hyphen. Snakemake finds its default profile beside
    the Snakefile by a link, which a wheel cannot hold.
    """
    call = [sys.executable, "-m", "snakemake", "--snakefile", str(PROJECT / "Snakefile")]
    call += ["--directory", str(folder.absolute()), "--cores", str(cores)]
    if not any(argument.startswith("--workflow-profile") for argument in arguments):
        call += ["--workflow-profile", str(PROJECT / "workflow" / "profiles" / "default")]
    return [*call, *arguments]


def quoted(text: str, *, windows: bool = os.name == "nt") -> str:
    """Return a text as one word of a command to paste; of Windows, as PowerShell and, but for $ and `, cmd read it.

    >>> quoted("my $(touch x)", windows=False)
    "'my $(touch x)'"
    """
    if not windows:
        return shlex.quote(text)
    return "'" + text.replace("'", "''") + "'" if {*text} & {*"$`"} else f'"{text}"'


def _option(folder: Path) -> str:
    """Return `--folder` with its value, as words of a command to paste; a value may begin with a hyphen."""
    return f"--folder={quoted(str(folder))}" if str(folder).startswith("-") else f"--folder {quoted(str(folder))}"


def read_settings(folder: Path) -> dict[str, Any]:
    """Return the settings of a folder, none if it has no file of them.

    Raises SystemExit with the place of the fault if that is no YAML, or none of settings.
    """
    import yaml  # late: a dependency of Snakemake, not needed for the usage

    config = folder / CONFIG
    try:
        settings = yaml.safe_load(config.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (yaml.YAMLError, UnicodeDecodeError, OSError, RecursionError) as error:
        raise SystemExit(f"{config} cannot be read: {error}") from None
    if not isinstance(settings, dict | None):
        raise SystemExit(f"{config} cannot be used: it must have lines such as `results: results`.")
    return settings or {}


def init(folder: Path) -> list[str]:
    """Make a folder with seeds/ and the settings, leave alone what is there, and return what to do next.

    Raises SystemExit if there is something else already, which Newsloom did not make.
    """
    if (folder.exists() or folder.is_symlink()) and not folder.is_dir():
        raise SystemExit(f"{folder} is not a folder. Name another: newsloom init FOLDER")
    if folder.is_dir() and any(folder.iterdir()) and not (folder / CONFIG).exists() and not (folder / "seeds").is_dir():
        raise SystemExit(
            f"{folder} has files in it that are not Newsloom's, so nothing was written. Name a new folder: newsloom "
            "init FOLDER. (If you want it there, make a folder seeds in it first.)"
        )
    unknown = read_settings(folder).keys() - read_settings(DEFAULTS).keys()
    if unknown:
        raise SystemExit(
            f"{folder / CONFIG} is not Newsloom's, for Newsloom has no setting "
            f"{', '.join(sorted(map(str, unknown)))}. Name "
            "a new folder: newsloom init FOLDER"
        )
    (folder / "seeds").mkdir(parents=True, exist_ok=True)
    if not (folder / CONFIG).exists():
        shutil.copyfile(DEFAULTS / CONFIG, folder / CONFIG)
    return [
        f"{folder} is ready. Now",
        f"  1. put articles into {folder / 'seeds'} (text, Markdown, tables, archives of these),",
        f"  2. newsloom run {_option(folder)}",
        f"  3. newsloom report {_option(folder)} --open",
    ]


def check_folder(folder: Path) -> None:
    """Raise SystemExit if there is no such folder, as after a slip of the pen."""
    if not folder.is_dir():
        raise SystemExit(
            f"There is no folder {folder}. Is its name right? Make a new one with: newsloom init {quoted(str(folder))}"
        )


def results_folder(folder: Path) -> Path:
    """Return the folder of the results of a folder of articles. Raises SystemExit if there is no such folder."""
    check_folder(folder)
    name = read_settings(folder).get("results") or "results"
    return folder / os.fsdecode(str(name).encode())  # a run names it in UTF-8, whatever the locale says


def show(folder: Path, *, opened: bool) -> list[str]:
    """Return the path of the report, opened in the browser if `opened`. Raises SystemExit if there is none yet."""
    report = results_folder(folder) / "report.html"
    if not report.is_file():
        raise SystemExit(f"There is no report at {report}. Make it: newsloom run {_option(folder)}")
    if opened:
        webbrowser.open(report.resolve().as_uri())
    return [str(report)]


def verified(folder: Path) -> tuple[list[str], int]:
    """Return lines about the files of the results that are not as they were written, and 1 if there are any, else 0.

    Raises SystemExit if there are no results.
    """
    sys.path.insert(0, str(PROJECT))
    from scripts.plan.verify import verify  # late: the project may lie within this package

    results = results_folder(folder)
    if not results.is_dir():
        raise SystemExit(f"There are no results at {results}. Make them: newsloom run {_option(folder)}")
    return verify(results)


def run(folder: Path, cores: int, arguments: Sequence[str]) -> int:
    """Run Snakemake on the articles of a folder, and return its exit code.

    Raises SystemExit if there is no such folder, or nothing of Newsloom in it: Snakemake would write there.
    """
    check_folder(folder)
    if not (folder / CONFIG).exists():
        is_set = any(argument.startswith("--config") for argument in arguments)
        if not (folder / "seeds").is_dir() and not is_set:
            raise SystemExit(
                f"{folder.resolve()}: there is no {CONFIG} and no folder seeds here. Name the folder of your articles: "
                "newsloom run --folder FOLDER. Make a new one with: newsloom init FOLDER"
            )
        print(f"{folder.resolve()}: no {CONFIG} here, so all settings are the defaults", file=sys.stderr)
    if not results_folder(folder).exists():
        print("The first run here takes up to a minute to load the program and its language model.", file=sys.stderr)
    environment = {**os.environ, "PYTHONUTF8": "1"}
    return subprocess.run(snakemake_call(folder, cores, arguments), env=environment).returncode


def examined(folder: Path) -> tuple[list[str], int]:
    """Return lines on what a run needs and has in a folder, and 1 if something is missing, else 0."""
    sys.path.insert(0, str(PROJECT))
    from newsloom.doctor import findings, report

    check_folder(folder)
    return report(list(findings(folder, PROJECT, read_settings(folder))))


def completion() -> str:
    """Return a script by which bash and zsh complete the commands and their options."""
    _, commands = command_line()
    options = {
        name: " ".join(dict.fromkeys(re.findall(r"--[\w-]+", command.format_help())))
        for name, command in commands.items()
    }
    cases = "".join(f"    {name}) words='{words}';;\n" for name, words in options.items())
    return (
        "# newsloom completion >> ~/.bashrc (or ~/.zshrc)\n"
        'if [ -n "${ZSH_VERSION-}" ]; then\n'
        "  whence compdef > /dev/null || { autoload -U compinit && compinit; }\n"
        "  autoload -U bashcompinit && bashcompinit\n"
        "fi\n"
        "_newsloom() {\n"
        f"  local words='{' '.join(commands)}'\n"
        '  [ "$COMP_CWORD" -gt 1 ] && case "${COMP_WORDS[1]}" in\n'
        f"{cases}  esac\n"
        '  COMPREPLY=($(compgen -W "$words" -- "${COMP_WORDS[COMP_CWORD]}"))\n'
        "}\n"
        "complete -o default -F _newsloom newsloom"
    )


def command_line() -> tuple[argparse.ArgumentParser, Mapping[str, argparse.ArgumentParser]]:
    """Return the parser of the command line, and those of its commands."""
    parser = argparse.ArgumentParser(
        prog="newsloom",
        description="Analyse a folder of news articles with Snakemake.",
        epilog=_EPILOG,
        allow_abbrev=False,
    )
    commands = parser.add_subparsers(dest="command", required=True)
    begin = commands.add_parser("init", help="make a folder for articles, with the settings")
    begin.add_argument("folder", type=Path)
    run = commands.add_parser("run", help="analyse the articles of a folder", epilog=_EPILOG, allow_abbrev=False)
    run.add_argument("--cores", type=int, default=os.cpu_count() or 1, help="how many processes at once (all)")
    report = commands.add_parser("report", help="say where the report is")
    report.add_argument("--open", action="store_true", help="and open it in the browser")
    verify = commands.add_parser("verify", help="check all results against the hashes recorded when they were written")
    doctor = commands.add_parser("doctor", help="say what, if anything, is missing here")
    commands.add_parser("completion", help="print a script with which bash and zsh complete the command")
    for command in (run, report, verify, doctor):
        command.add_argument("--folder", type=Path, default=Path(), help="the folder with seeds/ (the current one)")
    return parser, commands.choices


def parsed(arguments: Sequence[str] | None) -> tuple[argparse.Namespace, list[str]]:
    """Return the options of the command, and Snakemake's own; usage and exit code 2 if one is wrong."""
    parser, _ = command_line()
    options, others = parser.parse_known_args(arguments)
    if others and options.command != "run":
        parser.error(f"unknown: {' '.join(others)}")
    return options, others


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line; end with Snakemake's exit code."""
    if not (sys.argv[1:] if arguments is None else arguments):
        print(SCREEN)
        return
    options, others = parsed(arguments)
    if options.command == "init":
        try:
            print("\n".join(init(options.folder)))
        except OSError as error:  # no right to write there, no room
            sys.exit(str(error))
    elif options.command == "report":
        print("\n".join(show(options.folder, opened=options.open)))
    elif options.command in ("verify", "doctor"):
        lines, code = (verified if options.command == "verify" else examined)(options.folder)
        print("\n".join(lines))
        sys.exit(code)
    elif options.command == "completion":
        print(completion())
    else:
        sys.exit(run(options.folder, options.cores, others))
