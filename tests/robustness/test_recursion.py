"""No function of the project calls itself, directly or by way of others: no depth of nesting in a seed is too much.

Files do not import each other in a circle (tests/test_rooms.py), so that recursion stays within a file.
"""

import ast
from collections.abc import Iterator

from scripts.core.storage import ROOT

FILES = sorted(path for top in ("scripts", "training") for path in (ROOT / top).rglob("*.py"))
# Recursion whose depth no seed decides: what decides it instead.
BOUNDED = {
    "scripts/attribution/resolution.py: _of_noun": "once: the source that 'they' stands for is no pronoun",
    "scripts/attribution/resolution.py: _of_source": "once: the source that a pronoun stands for is no pronoun",
    "scripts/core/storage.py: _depth": "the types of columns in tables.yaml: lists of lists",
    "scripts/core/storage.py: _read_groups": "the files of a table in a folder of groups, which are no folders",
    "scripts/core/storage.py: read_parquet": "likewise",
    "scripts/documents/front_matter.py: _plain": "the depth that `_values` admits",
    "scripts/documents/groups.py: group_values": "the columns of the setting groups, which are no pairs again",
    "scripts/documents/isolated.py: _stop": "no recursion: it takes itself off the list of what is done at exit",
    "scripts/maths/document_shares.py: added": "the arrays of a set of documents, in a tuple in a tuple",
    "scripts/maths/document_shares.py: less": "likewise",
    "scripts/maths/within_strata.py: _side_by_side": "the arrays of a comparison, in a tuple in a tuple",
    "scripts/plan/settings.py: _as_yaml": "the sections of config.yaml",
    "scripts/plan/settings.py: _merged": "the sections of config.yaml",
    "scripts/plan/settings.py: defaults": "the sections of the schema of config.yaml",
    "scripts/report/exports/portable.py: portable": "the sections of provenance.json",
    "scripts/projects/export.py: _write_codes": "the three levels of a project's codes",
    "scripts/report/reading.py: annotated": "the layers of marks: quotes, names, frames, blame",
    "scripts/report/sections.py: _flat": "the sections of provenance.json",
    "scripts/report/svg.py: _panel": "the groups that matplotlib nests in a figure",
    "scripts/report/svg.py: _pieces": "the groups that matplotlib nests in a figure",
}


def calls(function: ast.FunctionDef) -> Iterator[str]:
    """Yield the names that a function calls or hands on: `f(x)`, `self.f(x)`, `map(f, xs)`."""
    for call in (node for node in ast.walk(function) if isinstance(node, ast.Call)):
        for node in (call.func, *call.args, *(keyword.value for keyword in call.keywords)):
            if isinstance(node, ast.Name):
                yield node.id
            elif isinstance(node, ast.Attribute) and ast.unparse(node.value) in ("self", "cls"):
                yield node.attr


def recursive(source: str) -> set[str]:
    """Return the functions of a module from which a chain of calls leads back to them."""
    functions = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.FunctionDef)]
    graph: dict[str, set[str]] = {}
    for function in functions:
        inner = {node.name for node in ast.walk(function) if isinstance(node, ast.FunctionDef) and node is not function}
        stored = {
            node.id for node in ast.walk(function) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
        }
        stored |= {
            argument.arg for node in ast.walk(function) if isinstance(node, ast.arguments) for argument in node.args
        }
        graph.setdefault(function.name, set()).update(set(calls(function)) - (stored - inner))
    recursive = set()
    for name in graph:
        reached: set[str] = set()
        waiting = list(graph[name])
        while waiting:
            called = waiting.pop()
            if called in graph and called not in reached:
                reached.add(called)
                waiting += graph[called]
        if name in reached:
            recursive.add(name)
    return recursive


def test_recursion_is_seen() -> None:
    assert recursive("def f(x):\n    return f(x[0]) if x else 0") == {"f"}
    assert recursive(
        "def f(x):\n    return g(x)\ndef g(x):\n    return list(map(f, x))\ndef h(x):\n    return f(x)"
    ) == {"f", "g"}
    assert recursive("class A:\n    def f(self):\n        return self.g()\n    def g(self):\n        self.f()") == {
        "f",
        "g",
    }
    assert recursive("def f(x):\n    return g(x)\ndef g(x):\n    f = x\n    return f") == set()


def test_no_function_calls_itself_but_where_no_seed_decides_how_deep() -> None:
    cycles = {
        f"{path.relative_to(ROOT).as_posix()}: {function}"
        for path in FILES
        for function in recursive(path.read_text(encoding="utf-8"))
    }
    assert cycles == set(BOUNDED)
