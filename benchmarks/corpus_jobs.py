"""Memory and time of each corpus job by the number of documents.

    python -m benchmarks.corpus_jobs SEEDS RESULTS [--configfile FILE] [--copies 1 5 50] [--only NAME...] [--keep]

RESULTS is from a finished run on SEEDS by the current code, with the settings in FILE; topics and views are measured if
FILE has any.
For each number of copies, the batches are replicated (`benchmarks.replicate`) into a folder beside RESULTS, and the
exact commands of the jobs that join the batches run on it, one at a time. The table shows the peak memory of each job's
largest process, CPU seconds and clock seconds; MB for a million extrapolates from the two largest numbers of documents.
A job that asks for more than `--limit` gigabytes of its own fails, as do the jobs that need its tables.

If there are so many batches that they are in groups, the jobs use the groups' sums. An added article then costs its
batch, one job `words.reduce` (the figure is the largest of all groups) and the other jobs; `--ungrouped` shows what the
jobs would cost without groups.
"""

import argparse
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from benchmarks.run import Cost, machine, measure, pipeline
from benchmarks.steps import jobs
from scripts.core.batches import read_batches
from scripts.core.storage import ROOT, open_parquet, read_settings
from scripts.plan.batches import group_batches
from scripts.plan.prepare import set_environment

_OF_CORPUS = re.compile(r"2> \S+/logs/\w+\.log$")
# Steps that use sums of groups, a step beside them that still reads batches, and the step that joins the tokens.
_OF_SUMS = re.compile(r"scripts\.(words\.(ngrams|frequencies|keyness|rates)|stories\.topics_found)\b")
_OF_BATCHES = "scripts.words.boilerplate_counts"
_JOINED = "scripts.core.tables --tables tokens"
MILLION = 1_000_000


def corpus_commands(seeds: Path, results: Path, configfile: Path | None) -> dict[str, str]:
    """Return the shell commands of the jobs that join the batches, by their modules, in the order of a run."""
    settings: list[str | Path] = ["--configfile", configfile] if configfile else []
    commands = jobs([*pipeline(seeds, results), *settings], every=True)
    return {name: command for name, command in commands.items() if _OF_CORPUS.search(command)}


def of_groups(command: str, folder: Path) -> str:
    """Return the command of a corpus job as it would be with the batches below `folder` in groups.

    >>> of_groups("... scripts.words.rates --batches r/batches --folder r/tables", Path("r"))
    '... scripts.words.rates --batches r/groups --folder r/tables'
    >>> of_groups("scripts.words.boilerplate_counts --batches r/batches -- scripts.words.ngrams --batches r/batches",
    ...           Path("r"))
    'scripts.words.boilerplate_counts --batches r/batches -- scripts.words.ngrams --batches r/groups'
    """
    if _OF_SUMS.search(command):
        batches, groups = (f"--batches {folder}/{name}" for name in ("batches", "groups"))
        steps = command.split(" -- ")
        return " -- ".join(step if _OF_BATCHES in step else step.replace(batches, groups) for step in steps)
    return command.replace(_JOINED, _JOINED.replace("--tables", "--grouped"))


def reduce_groups(folder: Path, config: Mapping[str, Any], *, gigabytes: float) -> Cost | None:
    """Add up each group of batches in a results folder; return the maximum cost of a group, or None without groups."""
    sizes = {"batch_size": config["batch_size"], "documents": config["batch_group_size"]}
    costs = []
    shutil.rmtree(folder / "groups", ignore_errors=True)
    for group in group_batches(read_batches(folder / "batches"), **sizes):
        outputs = f"--folder {folder}/groups/{group} --tokens {folder}/tables/tokens.parquet/{group}.parquet"
        job = "scripts.core.launch scripts.words.reduce"
        command = f"python -m {job} --batches {folder}/batches --group {group} {outputs}"
        costs.append(measured(command, gigabytes=gigabytes))
    return Cost(*map(max, zip(*costs, strict=True))) if costs else None


def measured(command: str, *, gigabytes: float) -> Cost:
    """Run a job with a limit of `gigabytes` of its own memory (mapped files excluded); return its cost."""
    return measure(["bash", "-c", f"ulimit -d {int(gigabytes * 1e6)}; {command}"], check=False)


def line_through(costs: Mapping[int, Cost], documents: float) -> float:
    """Return the megabytes for `documents`, on the line through the costs of the two largest numbers of documents.

    If the line falls, memory does not grow, and the result is that of the largest number.
    """
    (less, before), (more, after) = sorted(costs.items())[-2:]
    return after.megabytes + max(after.megabytes - before.megabytes, 0) / (more - less) * (documents - more)


def _cells(costs: Mapping[int, Cost]) -> str:
    cells = [f"{cost.megabytes:,.0f}{'' if cost.code == 0 else ' (failed)'}" for cost in costs.values()]
    if len(costs) > 1:
        cells.append(f"{line_through(costs, MILLION):,.0f}")
    return " | ".join([*cells, *(f"{cost.cpu:.1f}" for cost in costs.values()), f"{[*costs.values()][-1].wall:.1f}"])


def _measure(seeds: Path, results: Path, options: argparse.Namespace) -> dict[str, dict[int, Cost]]:
    """Return {job: {documents: cost}}."""
    commands = corpus_commands(seeds, results, options.configfile)
    config = read_settings(results / "stages" / "provenance.json")
    files = (results / "batches").glob("*/documents.parquet")
    number = sum(open_parquet(file).metadata.num_rows for file in files)
    costs: dict[str, dict[int, Cost]] = {}
    for copies in options.copies:
        folder = results.with_name(f"{results.name}-{copies}")
        if not folder.exists():
            # In a separate process, since the jobs would inherit its memory.
            replicate = [sys.executable, "-m", "benchmarks.replicate", str(results), str(folder)]
            subprocess.run([*replicate, "--copies", str(copies)], cwd=ROOT, check=True)
        (folder / "logs").mkdir(exist_ok=True)
        tokens = folder / "tables" / "tokens.parquet"
        if tokens.is_file():
            tokens.unlink()
        shutil.rmtree(tokens, ignore_errors=True)
        reduced = None if options.ungrouped else reduce_groups(folder, config, gigabytes=options.limit)
        if reduced:
            costs.setdefault("words.reduce", {})[copies * number] = reduced
        for name, command in commands.items():
            if options.only and name not in options.only:
                continue
            replicated = command.replace(str(results), str(folder))
            cost = measured(of_groups(replicated, folder) if reduced else replicated, gigabytes=options.limit)
            costs.setdefault(name, {})[copies * number] = cost
            print(f"{copies * number:,} documents, {name}: {cost}", file=sys.stderr, flush=True)
        if not options.keep:
            shutil.rmtree(folder)
    return costs


def _print_table(costs: Mapping[str, Mapping[int, Cost]]) -> None:
    sizes: Sequence[int] = sorted({size for of_job in costs.values() for size in of_job})
    names = [f"{size:,}" for size in sizes]
    million = ["a million: MB"] if len(sizes) > 1 else []
    header = [*(f"{name}: MB" for name in names), *million, *(f"{name}: CPU s" for name in names), f"{names[-1]}: s"]
    print("| job | " + " | ".join(header) + " |\n|" + "---|" * (len(header) + 1))
    for name, of_job in sorted(costs.items(), key=lambda job: -max(cost.megabytes for cost in job[1].values())):
        print(f"| {name} | {_cells(of_job)} |")


def main() -> None:
    """Measure the corpus jobs and print the table."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("seeds", type=Path)
    parser.add_argument("results", type=Path)
    parser.add_argument("--configfile", type=Path, help="the settings of the run, topics and views among them")
    parser.add_argument("--copies", type=int, nargs="+", default=[1, 5, 50])
    parser.add_argument("--only", nargs="+", help="only these jobs, by their names as printed")
    parser.add_argument("--limit", type=float, default=16, help="gigabytes")
    parser.add_argument("--ungrouped", action="store_true", help="as if there were no groups of batches")
    parser.add_argument("--keep", action="store_true", help="leave the replicated folders")
    options = parser.parse_args()
    set_environment()
    print(machine())
    _print_table(_measure(options.seeds.resolve(), options.results.resolve(), options))


if __name__ == "__main__":
    main()
