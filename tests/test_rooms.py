"""The house: which room may import which, no circles between files, and nothing private used from outside."""

import ast
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# Data goes from the seed to the report: a room imports only rooms that stand before it here.
ROOMS = (
    "core", "maths", "documents", "parsing", "entities", "sources", "attribution", "speakers", "reuse", "words",
    "framing", "stories", "review", "projects", "report", "plan",
)  # fmt: skip


def module_name(path: Path) -> str:
    """Return the dotted name of a source file of the project; a package for its __init__."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


FILES = {
    module_name(path): path for top in ("scripts", "benchmarks", "training") for path in ROOT.glob(f"{top}/**/*.py")
}


@cache
def nodes(path: Path) -> list[ast.AST]:
    """Return all nodes of the parse of a file."""
    return [*ast.walk(ast.parse(path.read_bytes()))]


@cache
def imports(path: Path) -> list[tuple[str, str]]:
    """Return (module of the project, name taken from it or "") for each import in a file."""
    taken = []
    for node in nodes(path):
        if isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                full_name = f"{node.module}.{alias.name}"
                taken.append((full_name, "") if full_name in FILES else (node.module, alias.name))
        elif isinstance(node, ast.Import):
            taken += [(alias.name, "") for alias in node.names]
    return taken


def room_of(module: str) -> str:
    return module.split(".")[1]


def test_a_room_imports_only_rooms_that_stand_before_it() -> None:
    allowed = {room: {*ROOMS[: at + 1]} for at, room in enumerate(ROOMS)}
    ours = {"scripts", "benchmarks", "training", "tests", "docs"}
    wrong = [
        f"{module} imports {imported}"
        for module, path in FILES.items()
        if module.startswith("scripts.")
        for imported, _ in imports(path)
        if imported.partition(".")[0] in ours
        and not (imported.startswith("scripts.") and room_of(imported) in allowed[room_of(module)])
    ]
    assert wrong == []


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
        module: {imported for imported, _ in imports(path) if imported in FILES and imported != module}
        for module, path in FILES.items()
    }
    assert circle(graph) == []
    assert circle({"a": {"b"}, "b": {"c"}, "c": {"b"}, "d": set()}) == ["a", "b", "c"]


def is_private(name: str) -> bool:
    return name.startswith("_") and not name.startswith("__")


def test_no_file_uses_a_private_name_of_another() -> None:
    wrong = []
    for module, path in FILES.items():
        from_ours = [(imported, name) for imported, name in imports(path) if imported in FILES]
        wrong += [f"{module} takes {name} from {imported}" for imported, name in from_ours if is_private(name)]
        taken = {imported.split(".")[-1] for imported, _ in from_ours}
        for node in nodes(path):
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in taken:
                wrong += [f"{module} uses {node.attr}"] if is_private(node.attr) else []
    assert wrong == []
