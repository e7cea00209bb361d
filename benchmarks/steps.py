"""CPU seconds of each job of a run, including its start, and the SHA-256 of each table that it made.

    python -m benchmarks.steps [--seeds FOLDER | --articles 200] [--change add | edit | remove]
                               [--repeats 3] [--only NAME...] [--digests FILE]

Runs the pipeline once, then runs the exact commands of its jobs again, one at a time and in order, `repeats` times.
With --change, only the jobs that an added, edited or removed article triggers run again, and only once, since a batch
keeps its parses. The minimum over a job's repeats is printed, since other work on the machine can only add to CPU
seconds. With --digests, every table is compared with FILE, or FILE is written if it does not exist: a faster step must
make the same bytes. Exits with 1 if a table differs.
"""

import argparse
import hashlib
import json
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.articles import write, writer
from benchmarks.run import measure, pipeline
from scripts.core.storage import ROOT
from scripts.plan.prepare import set_environment

_COMMAND = re.compile(r"^Shell command: (python -m scripts\..*)$", re.M)
_COPIES = re.compile(r"/[^\s'\"]{0,200}/newsloom-plan-\w{1,20}/")
_STEP = re.compile(
    r"(?:python -m|scripts\.core\.launch|--) scripts\.(?!core\.launch )([\w.]+(?:(?: --tables)? [a-z_]+\b)?)"
)


def by_step(listed: str, results: Path | str = "") -> dict[str, str]:
    """Return {name: shell command} of the jobs that a dry run lists; the jobs of one name in all batches are one.

    Files of the plan, of which a dry run names copies, are those in the folder `results`.
    """
    commands: dict[str, str] = {}
    for job in _COMMAND.findall(_COPIES.sub(f"{results}/", listed)):
        name = " + ".join(_STEP.findall(job)).replace(" --tables", "")
        commands[name] = f"{commands[name]} && {job}" if name in commands else job
    return commands


def jobs(run: list[str | Path], *, every: bool, results: Path | str = "") -> dict[str, str]:
    """Return {name: shell command} of a run's jobs that are out of date, or of `every` job, in a possible order."""
    command = [*run, "-n", "-p", *(["-F"] if every else [])]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=True)
    return by_step(listed.stdout + listed.stderr, results)


def change(seeds: Path, kind: str) -> None:
    """Add an article to a folder, or edit or remove its first one."""
    first = min(path for path in seeds.rglob("*") if path.suffix in (".txt", ".md"))
    if kind == "remove":
        first.unlink()
    else:
        (seeds / "added.txt" if kind == "add" else first).write_text(writer(2)(0), encoding="utf-8")


def digests(folder: Path) -> dict[str, str]:
    """Return the SHA-256 of every Parquet file below a folder; a large table is a folder of them."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*.parquet"))
        if path.is_file()
    }


def main() -> None:
    """Measure the jobs, print their costs and compare the tables with the digests."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seeds", type=Path, help="articles of yours; made-up ones if not given")
    parser.add_argument("--articles", type=int, default=200)
    parser.add_argument("--change", choices=["add", "edit", "remove"], help="measure what this redoes, once")
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--only", nargs="+", help="only these jobs, by their names as printed")
    parser.add_argument("--digests", type=Path, help="file of digests to compare with, or to write")
    options = parser.parse_args()
    set_environment()
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        seeds = folder / "seeds"
        if options.seeds:
            shutil.copytree(options.seeds, seeds)
        else:
            write(seeds, options.articles)
        run = pipeline(seeds, folder / "results")
        measure(run)
        if options.change:
            change(seeds, options.change)
        commands = jobs(run, every=not options.change, results=folder / "results")
        if options.change:
            measure([*run, "--until", "documents"])  # writes the files of the plan
        chosen = options.only or list(commands)
        costs: dict[str, list[float]] = {name: [] for name in chosen}
        for _ in range(1 if options.change else options.repeats):
            for name in chosen:
                costs[name].append(measure(["bash", "-c", commands[name]]).cpu)
        hashes = digests(folder / "results")
    for name, measured in costs.items():
        print(f"{min(measured):7.2f} s  {name}")
    print(f"{sum(map(min, costs.values())):7.2f} s  together")
    if options.digests:
        if not options.digests.exists():
            options.digests.write_text(json.dumps(hashes, indent=1) + "\n", encoding="utf-8")
        expected = json.loads(options.digests.read_text(encoding="utf-8"))
        different = sorted(name for name in hashes.keys() | expected.keys() if hashes.get(name) != expected.get(name))
        print(f"{len(hashes)} tables, {len(different)} differ", *different, sep="\n  ")
        sys.exit(bool(different))


if __name__ == "__main__":
    main()
