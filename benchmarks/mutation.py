"""Share of planted faults that the tests notice, by room, with the faults that survive.

    python -m benchmarks.mutation [ROOM ...] [--sample 150] [--seed 1]

A mutant is a module with one fault: a comparison moved or turned round, an operator, a number, `and` and `or`, a
condition, a bound of a slice or a returned value changed. It is killed if a test of the module's own room that imports
the module (or bears its name) or an example of its docstrings fails, or runs ten times as long. Each is planted in a
copy of the project, in a process of its own.
Mutants that no test can tell from the original are listed in `data/equivalent_mutants.tsv`, each with its reason.
"""

import argparse
import ast
import copy
import csv
import os
import random
import resource
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Container, Iterator
from pathlib import Path
from typing import NamedTuple

import hypothesis
import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

ROOT = Path(__file__).resolve().parent.parent
EQUIVALENT = Path(__file__).with_name("data") / "equivalent_mutants.tsv"
ROOMS = ("maths", "words", "report", "report/corpus", "report/figures")
# Loaded once, before the processes are forked: loading takes longer than most of the tests.
LOADED = (hypothesis, np, pd, pa, pytest)
MEMORY = 8 * 2**30
# Options that only check lengths or the command line, or save a copy: no result depends on them.
UNSEEN = {"strict", "copy", "required"}
# How thick, large or opaque something is drawn: no datum of a figure depends on it.
LOOKS = {"alpha", "dpi", "fontsize", "labelsize", "linewidth", "lw", "markeredgewidth", "markersize", "mew", "ncols"}
LOOKS |= {"figsize", "rotation", "size", "zorder"}
_LONGEST = 100

Key = tuple[str, str, str, str]

COMPARISONS: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
}
OPERATORS: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Mult,
    ast.Mod: ast.Mult,
    ast.Pow: ast.Mult,
    ast.BitAnd: ast.BitOr,
    ast.BitOr: ast.BitAnd,
}


class Mutant(NamedTuple):
    """A fault: the bytes from `start` to `end` of a module are replaced by `text`."""

    module: str
    function: str
    line: int
    before: str
    after: str
    start: int
    end: int
    text: str


def changed(node: ast.AST, **fields: object) -> ast.AST:
    """Return a copy of a node with other values in some of its fields."""
    result = copy.copy(node)
    for name, value in fields.items():
        setattr(result, name, value)
    return result


def _negated(test: ast.expr) -> Iterator[tuple[ast.AST, ast.AST]]:
    if not isinstance(test, ast.Compare) and not (isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not)):
        yield test, ast.UnaryOp(ast.Not(), test)


def replacements(node: ast.AST) -> Iterator[tuple[ast.AST, ast.AST]]:
    """Yield (part of the node, its replacement) for each fault that can be planted at a node itself."""
    match node:
        case ast.Compare(ops=operators):
            for place, operator in enumerate(operators):
                for replacement in COMPARISONS[type(operator)]:
                    yield node, changed(node, ops=[*operators[:place], replacement(), *operators[place + 1 :]])
        case ast.BinOp(op=operator) | ast.AugAssign(op=operator) if type(operator) in OPERATORS:
            yield node, changed(node, op=OPERATORS[type(operator)]())
        case ast.BoolOp(op=operator):
            yield node, changed(node, op=ast.Or() if isinstance(operator, ast.And) else ast.And())
        case ast.UnaryOp(operand=operand):
            yield node, operand
        case ast.Constant(value=bool(value)):
            yield node, ast.Constant(not value)
        case ast.Constant(value=int(value) | float(value)):
            yield node, ast.Constant(value + 1)
            yield node, ast.Constant(value - 1)
        case ast.Slice():
            for field in ("lower", "upper", "step"):
                if getattr(node, field) is not None:
                    yield node, changed(node, **{field: None})
        case ast.Return(value=ast.expr() as value) if not (isinstance(value, ast.Constant) and value.value is None):
            yield value, ast.Constant(None)
        case ast.If(test=test) | ast.While(test=test) | ast.IfExp(test=test):
            yield from _negated(test)
        case ast.comprehension(ifs=tests):
            for test in tests:
                yield from _negated(test)


def _unseen(name: object) -> bool:
    """Return whether no result depends on an option or a setting of matplotlib, such as `grid.linewidth`."""
    return isinstance(name, str) and name.rpartition(".")[2] in UNSEEN | LOOKS


def _children(node: ast.AST) -> Iterator[ast.AST]:
    """Yield the children in which a fault may be planted: no annotations, no decorators, no strings, no looks."""
    if isinstance(node, ast.Dict):
        for name, value in zip(node.keys, node.values, strict=True):
            if not (isinstance(name, ast.Constant) and _unseen(name.value)):
                yield value
        return
    for field, value in ast.iter_fields(node):
        if field not in ("annotation", "returns", "decorator_list"):
            for child in value if isinstance(value, list) else [value]:
                unseen = isinstance(child, ast.keyword) and _unseen(child.arg)
                if isinstance(child, ast.AST) and not isinstance(child, ast.JoinedStr) and not unseen:
                    yield child


def _sites(tree: ast.Module) -> Iterator[tuple[ast.AST, ast.AST, str]]:
    """Yield (node, parent, name of the function around it or "") for each node of a module but its last block."""
    stack: list[tuple[ast.AST, ast.AST, str]] = [(child, tree, "") for child in tree.body[::-1]]
    while stack:
        node, parent, function = stack.pop()
        if isinstance(node, ast.If) and "__name__" in ast.unparse(node.test):
            continue
        yield node, parent, function
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            function = f"{function}.{node.name}".lstrip(".")
        stack += [(child, node, function) for child in list(_children(node))[::-1]]


def mutants(project: Path, path: Path) -> Iterator[Mutant]:
    """Yield the mutants of a module of a project in the order of its lines."""
    source = path.read_bytes()
    bounds = np.cumsum([0, *(len(line) for line in source.splitlines(keepends=True))]).tolist()
    for node, parent, function in _sites(ast.parse(source)):
        for part, replacement in replacements(node):
            text = ast.unparse(replacement)
            span = [bounds[part.lineno - 1] + part.col_offset, bounds[part.end_lineno - 1] + part.end_col_offset]
            if not isinstance(part, ast.Slice | ast.stmt):
                text = f"({text})"
            before, after = ast.unparse(part), ast.unparse(replacement)
            # A number or a slice says little without the expression that it stands in.
            around = ast.unparse(parent)
            if isinstance(part, ast.Constant | ast.Slice) and len(around) <= _LONGEST and "\n" not in around:
                before, after = around, f"{before} -> {after}"
            yield Mutant(str(path.relative_to(project)), function, part.lineno, before, after, *span, text)


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


def run_tests(project: Path, arguments: list[str], *, seconds: int) -> tuple[int, float]:
    """Return the status and the CPU seconds of pytest in a forked process; a status below 0 is a signal."""
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
            status = int(pytest.main(arguments))
        finally:
            os._exit(status)
    _, status, used = os.wait4(process, 0)
    shutil.rmtree(project / ".hypothesis", ignore_errors=True)
    return os.waitstatus_to_exitcode(status), used.ru_utime + used.ru_stime


def copied_project(folder: Path) -> Path:
    """Copy the files that git knows or does not ignore into a folder and return it."""
    names = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, check=True, capture_output=True, text=True,
    ).stdout.split("\0")  # fmt: skip
    for name in names:
        if name and (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / name, folder / name)
    return folder


def surviving(chosen: list[Mutant], project: Path) -> Iterator[Mutant]:
    """Yield the mutants that no test notices. Raises RuntimeError where the tests fail without a fault."""
    for module in dict.fromkeys(mutant.module for mutant in chosen):
        path = project / module
        original = path.read_bytes()
        tests = mirrors(project, path)
        arguments = ["-x", "-q", "-p", "no:cacheprovider", "--hypothesis-seed=0", "--doctest-modules", module, *tests]
        status, used = run_tests(project, arguments, seconds=600)
        if status:
            raise RuntimeError(f"the tests of {module} fail without a fault (pytest ends with {status}): {tests}")
        for mutant in (mutant for mutant in chosen if mutant.module == module):
            path.write_bytes(original[: mutant.start] + mutant.text.encode() + original[mutant.end :])
            status, _ = run_tests(project, arguments, seconds=10 + int(10 * used))
            if status == 0:
                yield mutant
        path.write_bytes(original)


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
    sys.dont_write_bytecode = True
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
