"""Share of planted faults that the tests notice, by room, with the faults that survive.

    python -m benchmarks.mutation [ROOM ...] [--sample 150] [--seed 1]

A mutant is a module with one fault (benchmarks/faults.py). It is killed if a test of the module's own room that imports
the module (or bears its name) or an example of its docstrings fails, or runs ten times as long. Each is planted in a
copy of the project, in a process of its own, in which the quick tests come first.
Mutants that no test can tell from the original are listed in `data/equivalent_mutants.tsv`, each with its reason.
"""

import argparse
import ast
import csv
import gc
import json
import os
import random
import resource
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Container, Iterator
from pathlib import Path

import hypothesis
import jinja2
import matplotlib.backends.backend_agg
import matplotlib.backends.backend_svg
import matplotlib.figure
import numpy as np
import pandas as pd
import pyarrow.compute
import pyarrow.parquet
import pytest

from benchmarks.faults import Mutant, mutants

ROOT = Path(__file__).resolve().parent.parent
EQUIVALENT = Path(__file__).with_name("data") / "equivalent_mutants.tsv"
ROOMS = ("maths", "words", "report", "report/corpus", "report/figures")
# Loaded once, before the processes are forked: loading takes longer than most of the tests.
LOADED = (hypothesis, jinja2, matplotlib, np, pd, pyarrow, pytest)
MEMORY = 8 * 2**30
# A test of more seconds comes after the others of its file.
SLOW = 0.5
# Time of change of a module without a fault, so that its compiled file is never taken for that of a mutant.
BEFORE = (1, 1)

Key = tuple[str, str, str, str]


def mirrors(project: Path, path: Path) -> list[str]:
    """Return the test files of a module: those in or below its room that import it or bear its name, or all of them.

    A package without a folder of tests has those of the room around it that bear the package's name.
    """
    module = ".".join(path.relative_to(project).with_suffix("").parts)
    parent, _, name = module.rpartition(".")
    folder = project / "tests" / path.parent.relative_to(project / "scripts")
    names = {name}
    if not folder.is_dir():
        folder, names = folder.parent, {name, folder.name}
    files = sorted(folder.rglob("test_*.py"))
    chosen = []
    for file in files:
        imports = [node for node in ast.walk(ast.parse(file.read_bytes())) if isinstance(node, ast.ImportFrom)]
        direct = any(node.module == module for node in imports)
        by_room = any(node.module == parent and name in [alias.name for alias in node.names] for node in imports)
        if direct or by_room or file in {folder / f"test_{each}.py" for each in names}:
            chosen.append(file)
    return [str(file.relative_to(project)) for file in chosen or files]


class Seconds:
    """Plugin of pytest that notes the seconds of each test; given them before, it runs the quick files and tests first.

    The seconds come back in a file, since the tests run in a process of their own.
    """

    def __init__(self, file: Path) -> None:
        self._file = file
        self.of_test: dict[str, float] = {}

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Put the files in the order of their seconds, and slow tests at the end of their file."""
        of_file: Counter[str] = Counter()
        for name, seconds in self.of_test.items():
            of_file[name.partition("::")[0]] += seconds
        items.sort(key=lambda item: (of_file[item.nodeid.partition("::")[0]], self.of_test.get(item.nodeid, 0) > SLOW))

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Add the seconds of a test, or of making or removing what it needs."""
        self.of_test[report.nodeid] = self.of_test.get(report.nodeid, 0) + report.duration

    def pytest_sessionfinish(self) -> None:
        """Leave the seconds in the file."""
        self._file.write_text(json.dumps(self.of_test), encoding="utf-8")

    def read(self) -> None:
        """Take over the seconds that a run has left in the file."""
        self.of_test = json.loads(self._file.read_text(encoding="utf-8"))


def run_tests(project: Path, arguments: list[str], plugin: Seconds, *, seconds: int) -> int:
    """Return the status of pytest in a forked process, which has so many seconds; a status below 0 is a signal."""
    process = os.fork()
    if process == 0:
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        silent = os.open(os.devnull, os.O_WRONLY)
        os.dup2(silent, 1)
        os.dup2(silent, 2)
        os.chdir(project)
        sys.path[0] = str(project)
        status = 3
        try:
            status = int(pytest.main(arguments, [plugin]))
        finally:
            os._exit(status)
    _, status = os.waitpid(process, 0)
    shutil.rmtree(project / ".hypothesis", ignore_errors=True)
    return os.waitstatus_to_exitcode(status)


def copied_project(folder: Path) -> Path:
    """Copy the files that git knows or does not ignore into a folder and return it."""
    names = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, check=True, capture_output=True, encoding="utf-8",
    ).stdout.split("\0")  # fmt: skip
    for name in names:
        if name and (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / name, folder / name)
    return folder


def surviving(chosen: list[Mutant], project: Path) -> Iterator[Mutant]:
    """Yield the mutants that no test notices. Raises RuntimeError where the tests fail without a fault.

    The tests are run once without a fault, for the seconds of each.
    """
    tests = {mutant.module: mirrors(project, project / mutant.module) for mutant in chosen}
    options = ["-x", "-q", "-p", "no:cacheprovider", "--hypothesis-seed=0", "--doctest-modules"]
    # In the folder that all runs of pytest share, each would tidy up after the others.
    options += ["--basetemp", str(project / "made")]
    plugin = Seconds(project / "seconds.json")
    for module in tests:
        os.utime(project / module, BEFORE)
    every = sorted({file for files in tests.values() for file in files})
    sys.dont_write_bytecode = False
    gc.freeze()  # what is loaded is not looked through again in each process
    if status := run_tests(project, [*options, *tests, *every], plugin, seconds=3600):
        raise RuntimeError(f"tests fail without a fault (pytest ends with {status}): {every}")
    sys.dont_write_bytecode = True
    plugin.read()
    for module, files in tests.items():
        path = project / module
        original = path.read_bytes()
        used = sum(seconds for name, seconds in plugin.of_test.items() if name.partition("::")[0] in [module, *files])
        for mutant in (mutant for mutant in chosen if mutant.module == module):
            path.write_bytes(original[: mutant.start] + mutant.text.encode() + original[mutant.end :])
            if run_tests(project, [*options, module, *files], plugin, seconds=10 + int(10 * used)) == 0:
                yield mutant
        path.write_bytes(original)
        os.utime(path, BEFORE)


def read_equivalents() -> dict[Key, str]:
    """Return the reason of each equivalent mutant by module, function, before and after ("*" for any)."""
    with EQUIVALENT.open(encoding="utf-8", newline="") as handle:
        rows = list(csv.DictReader(handle, delimiter="\t"))
    return {(row["module"], row["function"], row["before"], row["after"]): row["reason"] for row in rows}


def key(mutant: Mutant, *, any_after: bool = False) -> Key:
    """Return the key of a mutant in the list of equivalents."""
    return mutant.module, mutant.function, mutant.before, "*" if any_after else mutant.after


def share_killed(project: Path, room: str, equivalents: Container[Key], *, sample: int, seed: int) -> str:
    """Print the survivors among `sample` mutants of a room or module (0: among all); return the share killed."""
    place = project / "scripts" / room
    files = sorted(place.glob("*.py")) if place.is_dir() else [place.with_suffix(".py")]
    everything = [mutant for path in files for mutant in mutants(project, path)]
    different = [
        mutant
        for mutant in everything
        if key(mutant) not in equivalents and key(mutant, any_after=True) not in equivalents
    ]
    number = min(sample or len(different), len(different))
    chosen = sorted(random.Random(seed).sample(different, number), key=lambda mutant: (mutant.module, mutant.start))
    alive = 0
    for mutant in surviving(chosen, project):
        alive += 1
        print(f"{mutant.module}:{mutant.line}", mutant.function, mutant.before, mutant.after, sep="\t", flush=True)
    share = f"{room}: {1 - alive / max(1, number):.1%} killed of {number} sampled from {len(different)} mutants"
    return f"{share}; {len(everything) - len(different)} are equivalent"


def main() -> None:
    """Plant a sample of faults in each room, and print the survivors and the share killed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("rooms", nargs="*", default=ROOMS, help="rooms or modules below scripts/")
    parser.add_argument("--sample", type=int, default=150, help="mutants of each room; 0 for all")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    hypothesis.settings.register_profile(
        "no shrinking", phases=[hypothesis.Phase.explicit, hypothesis.Phase.generate], database=None
    )
    hypothesis.settings.load_profile("no shrinking")
    equivalents = read_equivalents()
    with tempfile.TemporaryDirectory() as folder:
        project = copied_project(Path(folder))
        for room in options.rooms:
            print(share_killed(project, room, equivalents, sample=options.sample, seed=options.seed), flush=True)
        known = {
            name
            for path in project.glob("scripts/**/*.py")
            for mutant in mutants(project, path)
            for name in (key(mutant), key(mutant, any_after=True))
        }
    for entry in equivalents.keys() - known:
        print(f"no longer a mutant: {entry}")


if __name__ == "__main__":
    main()
