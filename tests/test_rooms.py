"""The house: which room may import which, no circles between files, and nothing private used from outside."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
# Data goes from the seed to the report: a room imports only rooms that stand before it here.
ROOMS = (
    "core", "maths", "documents", "parsing", "entities", "sources", "attribution", "speakers", "reuse", "words",
    "framing", "stories", "review", "report", "plan",
)  # fmt: skip


def module_name(path: Path) -> str:
    """Return the dotted name of a source file of the project; a package for its __init__."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


FILES = {
    module_name(path): path for top in ("scripts", "benchmarks", "training") for path in ROOT.glob(f"{top}/**/*.py")
}


def imports(path: Path) -> Iterator[tuple[str, str, bool]]:
    """Yield (module of the project, name taken from it or "", whether at import time) for each import in a file."""
    tree = ast.parse(path.read_bytes())
    late = {id(node) for part in ast.walk(tree) if isinstance(part, ast.FunctionDef) for node in ast.walk(part)}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                full_name = f"{node.module}.{alias.name}"
                yield (full_name, "", id(node) not in late) if full_name in FILES else (
                    node.module, alias.name, id(node) not in late
                )  # fmt: skip
        elif isinstance(node, ast.Import):
            for alias in node.names:
                yield alias.name, "", id(node) not in late


def room_of(module: str) -> str:
    return module.split(".")[1]


@pytest.mark.parametrize("module", sorted(name for name in FILES if name.startswith("scripts.")))
def test_a_room_imports_only_rooms_that_stand_before_it(module: str) -> None:
    order = ROOMS.index(room_of(module))
    for imported, _, _ in imports(FILES[module]):
        if imported.startswith("scripts."):
            assert ROOMS.index(room_of(imported)) <= order, f"{module} imports {imported}"
        assert imported.split(".")[0] not in {"benchmarks", "training", "tests", "docs"}, f"{module} imports {imported}"


def test_scripts_holds_rooms_only() -> None:
    assert [path.name for path in ROOT.glob("scripts/*.py")] == ["__init__.py"]
    assert {path.name for path in ROOT.glob("scripts/*/") if path.name != "__pycache__"} == set(ROOMS)


def test_each_package_says_in_three_lines_what_it_takes_and_which_tables_are_its() -> None:
    for path in FILES.values():
        if path.name == "__init__.py":
            text = ast.get_docstring(ast.parse(path.read_bytes())) or ""
            assert len([line for line in text.splitlines() if line.strip()]) == 3, path
            assert "Takes" in text and "table" in text, path


def circle(graph: dict[str, set[str]]) -> list[str]:
    """Return the modules that are left when all that import no other of the rest are taken away, again and again."""
    left = dict(graph)
    while free := [module for module, others in left.items() if not others & left.keys()]:
        for module in free:
            del left[module]
    return sorted(left)


def test_no_files_import_each_other_in_a_circle() -> None:
    graph = {
        module: {imported for imported, _, _ in imports(path) if imported in FILES and imported != module}
        for module, path in FILES.items()
    }
    assert circle(graph) == []
    assert circle({"a": {"b"}, "b": {"c"}, "c": {"b"}, "d": set()}) == ["a", "b", "c"]


@pytest.mark.parametrize("module", sorted(FILES))
def test_no_file_uses_a_private_name_of_another(module: str) -> None:
    tree = ast.parse(FILES[module].read_bytes())
    taken = {imported.split(".")[-1]: imported for imported, name, _ in imports(FILES[module]) if imported in FILES}
    for imported, name, _ in imports(FILES[module]):
        private = imported in FILES and name.startswith("_") and not name.startswith("__")
        assert not private, f"{module} takes {name} from {imported}"
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in taken:
            assert not (node.attr.startswith("_") and not node.attr.startswith("__")), f"{module} uses {node.attr}"
