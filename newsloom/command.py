"""The command line: `newsloom init FOLDER`, `newsloom run` (a call of Snakemake), `newsloom report --open`."""

import argparse
import os
import shutil
import subprocess
import sys
import webbrowser
from collections.abc import Sequence
from pathlib import Path

_HERE = Path(__file__).resolve().parent
PROJECT = _HERE / "project" if (_HERE / "project").is_dir() else _HERE.parent
CONFIG = "config.yaml"
_EPILOG = "What `run` does not know goes to Snakemake: `newsloom run tables`, `newsloom run --dry-run`, `--config k=v`."


def snakemake_call(folder: Path, cores: int, arguments: Sequence[str]) -> list[str]:
    """Return the Snakemake call that analyses a folder; `arguments` are Snakemake's own.

    Snakemake finds its default profile beside the Snakefile by a link, which a wheel cannot hold.
    """
    call = [sys.executable, "-m", "snakemake", "--snakefile", str(PROJECT / "Snakefile")]
    call += ["--directory", str(folder), "--cores", str(cores)]
    if not any(argument.startswith("--workflow-profile") for argument in arguments):
        call += ["--workflow-profile", str(PROJECT / "workflow" / "profiles" / "default")]
    return [*call, *arguments]


def init(folder: Path) -> list[str]:
    """Make a folder with seeds/ and the settings, leave alone what is there, and return what to do next."""
    (folder / "seeds").mkdir(parents=True, exist_ok=True)
    if not (folder / CONFIG).exists():
        shutil.copyfile(PROJECT / CONFIG, folder / CONFIG)
    return [
        f"{folder} is ready. Now",
        f"  1. put articles into {folder / 'seeds'} (text, Markdown, tables, archives of these),",
        f'  2. newsloom run --folder "{folder}"',
        f'  3. newsloom report --folder "{folder}" --open',
    ]


def results_folder(folder: Path) -> Path:
    """Return the folder of the results: `results` in the settings of a folder, or its default."""
    import yaml  # late: a dependency of Snakemake, not needed to make a folder

    config = folder / CONFIG
    settings = yaml.safe_load(config.read_text(encoding="utf-8")) if config.exists() else None
    name = (settings or {}).get("results") or "results"
    return folder / os.fsdecode(str(name).encode())  # a run names it in UTF-8, whatever the locale says


def show(folder: Path, *, opened: bool) -> list[str]:
    """Return the path of the report, opened in the browser if `opened`. Raises SystemExit if there is none yet."""
    report = results_folder(folder) / "report.html"
    if not report.is_file():
        raise SystemExit(f'There is no report at {report}. Make it: newsloom run --folder "{folder}"')
    if opened:
        webbrowser.open(report.resolve().as_uri())
    return [str(report)]


def parsed(arguments: Sequence[str] | None) -> tuple[argparse.Namespace, list[str]]:
    """Return the options of the command, and Snakemake's own; usage and exit code 2 if one is wrong."""
    parser = argparse.ArgumentParser(
        prog="newsloom",
        description="Analyse a folder of news articles by Snakemake.",
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
    for command in (run, report):
        command.add_argument("--folder", type=Path, default=Path(), help="the folder with seeds/ (the current one)")
    options, others = parser.parse_known_args(arguments)
    if others and options.command != "run":
        parser.error(f"unknown: {' '.join(others)}")
    return options, others


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line; end with Snakemake's exit code."""
    options, others = parsed(arguments)
    if options.command == "init":
        print("\n".join(init(options.folder)))
    elif options.command == "report":
        print("\n".join(show(options.folder, opened=options.open)))
    else:
        if not (options.folder / CONFIG).exists():
            print(f"{options.folder.resolve()}: no {CONFIG} here, so all settings are the defaults", file=sys.stderr)
        call = snakemake_call(options.folder, options.cores, others)
        sys.exit(subprocess.run(call, env={**os.environ, "PYTHONUTF8": "1"}).returncode)
