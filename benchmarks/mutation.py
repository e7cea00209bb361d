"""Share of planted faults that the tests notice, by room, with the faults that survive.

    python -m benchmarks.mutation [ROOM ...] [--sample 40] [--seed 1]

A mutant is a module with one fault (benchmarks/faults.py). It is killed if a test in the module's own room that reaches
the module, or an example in its docstrings, fails or takes far longer. Each mutant is planted in a copy of the project
and tested in a separate process (benchmarks/forked_tests.py). Tests named after the module or importing it come first.
Mutants that no test can distinguish from the original are listed in `data/equivalent_mutants.tsv` with the reasons.
"""

import argparse
import ast
import csv
import gc
import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Container, Iterator
from functools import cache
from pathlib import Path

from benchmarks.faults import Mutant, mutants
from benchmarks.forked_tests import OUTPUT, Costs, load_libraries, run_tests

ROOT = Path(__file__).resolve().parent.parent
EQUIVALENT = Path(__file__).with_name("data") / "equivalent_mutants.tsv"
ROOMS = sorted({path.parent.relative_to(ROOT / "scripts").as_posix() for path in ROOT.glob("scripts/*/**/*.py")})
# Time stamps of a module without a fault, so that its compiled file is never mistaken for that of a mutant.
BEFORE = (1, 1)
# Characters shown from the end of pytest's output, which has the failed tests, or the test that a signal stopped.
SHOWN = 3000

Key = tuple[str, str, str, str]


@cache
def imported(project: Path, file: Path) -> frozenset[Path]:
    """Return the modules of a project that a file imports directly."""
    names = set()
    for node in ast.walk(ast.parse(file.read_bytes())):
        if isinstance(node, ast.ImportFrom) and node.module:
            names |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
        elif isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
    places = [project.joinpath(*name.split(".")) for name in names if name.partition(".")[0] in ("scripts", "tests")]
    files = [path for place in places for path in (place.with_suffix(".py"), place / "__init__.py")]
    return frozenset(path for path in files if path.is_file())


def reached(project: Path, file: Path) -> set[Path]:
    """Return a file and the modules of a project that it imports, directly or indirectly."""
    waiting, modules = [file], {file}
    while waiting:
        new = imported(project, waiting.pop()) - modules
        modules |= new
        waiting += new
    return modules


def tests_of(project: Path, path: Path) -> tuple[list[str], list[str]]:
    """Return the test files of a module's room that have its name or import it, and the others that reach it.

    A package without a folder of tests uses the tests of the room around it; files with the package's name are then
    among the first group. If no file reaches the module, the others are all files of the room.
    """
    folder, names = project / "tests" / path.parent.relative_to(project / "scripts"), {path.stem}
    if not folder.is_dir():
        folder, names = folder.parent, {path.stem, folder.name}
    files = sorted(folder.rglob("test_*.py"))
    own = [file for file in files if path in imported(project, file) or file.stem.removeprefix("test_") in names]
    others = [file for file in files if file not in own and path in reached(project, file)]
    if not own and not others:
        others = files
    own_names, other_names = ([str(file.relative_to(project)) for file in group] for group in (own, others))
    return own_names, other_names


def copied_project(folder: Path) -> Path:
    """Copy the files that git tracks or does not ignore into a folder, and return the folder."""
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
    """Yield the mutants that no test notices. Raises RuntimeError if the tests fail without a fault.

    The tests first run once without a fault, to get the seconds of each test and the parses of the documents.
    """
    tests = {mutant.module: tests_of(project, project / mutant.module) for mutant in chosen}
    parsing = any(module.startswith("scripts/parsing/") for module in tests)
    options = ["-v", "-p", "no:cacheprovider", "--hypothesis-seed=0", "--doctest-modules"]
    # In pytest's default folder, which all runs share, each run would delete the folders of others.
    options += ["--basetemp", str(project / "made")]
    (project / "costs").unlink(missing_ok=True)
    costs = Costs(project / "costs")
    for module in tests:
        os.utime(project / module, BEFORE)
    every = sorted({file for own, others in tests.values() for file in (*own, *others)})
    sys.dont_write_bytecode = False
    gc.freeze()  # so that the processes do not scan loaded objects again
    if status := run_tests(project, [*options, *tests, *every], costs, parsing=parsing):
        output = (project / OUTPUT).read_text(encoding="utf-8", errors="replace")
        raise RuntimeError(f"tests fail without a fault (pytest ends with {status}): {output[-SHOWN:]}")
    sys.dont_write_bytecode = True
    costs.read()
    for module, (own, others) in tests.items():
        path = project / module
        original = path.read_bytes()
        costs.first = {module, *own}
        for mutant in (mutant for mutant in chosen if mutant.module == module):
            path.write_bytes(original[: mutant.start] + mutant.text.encode() + original[mutant.end :])
            if run_tests(project, ["-x", *options, module, *own, *others], costs, parsing=parsing) == 0:
                yield mutant
        path.write_bytes(original)
        os.utime(path, BEFORE)


def read_equivalents() -> dict[Key, str]:
    """Return the reason for each equivalent mutant, by module, function, before and after ("*" for any)."""
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
    parser.add_argument("--sample", type=int, default=40, help="mutants of each room; 0 for all")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    load_libraries()
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
