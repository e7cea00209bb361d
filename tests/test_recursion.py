"""No function of scripts/ calls itself, directly or through others of its module: input would set the depth."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
# Functions whose depth input does not set, with what sets it.
BOUNDED = {
    "defaults": "the sections of the settings, two deep by their schema",
    "_merged": "the sections of the settings, two deep by their schema",
    "_flat": "the provenance record, which the pipeline itself writes; keys of settings are in the schema",
    "annotated": "the layers of marks, of which there are five",
    "_pieces": "the groups in a figure that matplotlib drew",
    "_column": "the column `speaker` asks for the column doc_id",
    "_renamed": "the column `speaker` asks for the column doc_id",
    "_stop": "no call: it takes itself off the list of what is done at exit",
}


def calls(function: ast.FunctionDef | ast.AsyncFunctionDef) -> set[str]:
    """Return the names that a function calls or passes to a call; methods of `self` by their bare name."""
    nodes = [*ast.walk(function)]
    own = {node.arg for node in nodes if isinstance(node, ast.arg)}
    own |= {node.id for node in nodes if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
    named = set()
    for node in nodes:
        if isinstance(node, ast.Call):
            values = [node.func, *node.args, *(keyword.value for keyword in node.keywords)]
            named |= {value.id for value in values if isinstance(value, ast.Name)} - own
            if isinstance(node.func, ast.Attribute) and isinstance(node.func.value, ast.Name):
                named |= {node.func.attr} if node.func.value.id in ("self", "cls") else set()
    return named


def recursive(source: str) -> set[str]:
    """Return the functions of a module that reach themselves by the names in their bodies."""
    functions = {
        node.name: calls(node)
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }
    found = set()
    for name in functions:
        reached, waiting = set(), [name]
        while waiting:
            for called in functions[waiting.pop()] & functions.keys() - reached:
                reached.add(called)
                waiting.append(called)
        if name in reached:
            found.add(name)
    return found


@pytest.mark.parametrize("path", sorted(ROOT.glob("scripts/**/*.py")), ids=lambda path: str(path.relative_to(ROOT)))
def test_no_function_recurses_over_input(path: Path) -> None:
    assert recursive(path.read_text(encoding="utf-8")) <= BOUNDED.keys()


def test_direct_mutual_and_passed_recursion_is_found() -> None:
    source = "def a(x):\n    return b(x)\ndef b(x):\n    return list(map(a, x))\n"
    source += "def c():\n    return c()\ndef d(c):\n    a(c)\n"
    assert recursive(source) == {"a", "b", "c"}
    assert recursive("class K:\n    def walk(self):\n        return self.walk()\n") == {"walk"}
