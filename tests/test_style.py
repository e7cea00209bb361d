"""Plain English: docstrings that begin with what is returned or done, and names that say what they hold."""

import ast
import io
import re
import tokenize
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from scripts.core.schemas import table_schemas

ROOT = Path(__file__).resolve().parent.parent
FILES = sorted(
    path for top in ("scripts", "training", "benchmarks", "newsloom", "tests") for path in ROOT.glob(f"{top}/**/*.py")
)
RIDDLES = re.compile(r"(?:What|Whether|Those|That|Where|How|Who|When|It)\b")
# First lines that name no noun: "Return what", "Write those that", "the one that", "of the latter".
NOUNLESS = re.compile(
    r"^\w+ (?:what|those|who)\b|\b(?:those|these) (?:that|who|which)\b|\bthe ones? (?:that|who|which)\b"
    r"|\bthe (?:former|latter)\b"
)
# Comments that begin with a word for something above them.
POINTING = re.compile(r"#\s*(?:What|Those|That|They|It|So many|Such|These|Of|Which|Nor|One)\b")
EMPTY_NAMES = {
    "found", "given", "held", "kept", "one", "other", "said", "seen", "stuff", "thing", "things", "those", "told",
    "wanted", "what", "whole",
}  # fmt: skip
VERBS = {
    "Add", "Answer", "Apply", "Ask", "Begin", "Bound", "Build", "Call", "Check", "Click", "Close", "Colour",
    "Compare", "Concatenate", "Copy", "Count", "Create", "Delete", "Draw", "End", "Fill", "Find", "Forget", "Gather",
    "Give", "Group", "Hash", "Import", "Join", "Keep", "Label", "Learn", "Leave", "Let", "List", "Load", "Lock", "Make",
    "Mark", "Measure", "Mend", "Merge", "Move", "Open", "Parse", "Plan", "Plant", "Print", "Put", "Raise", "Read",
    "Record", "Remove", "Replace", "Return", "Run", "Save", "Score", "Search", "Send", "Serve", "Set", "Show",
    "Split", "Start", "Stop", "Store", "Take", "Tell", "Turn", "Use", "Wait", "Write", "Yield",
}  # fmt: skip

COLUMNS = {column for table in table_schemas().values() for column in table}
# Names of one idea in each module: the step that a rule calls, and the sums of tables that are made batch by batch.
PROTOCOLS = {"main", "part", "merge", "finish"}


def documented(nodes: Sequence[ast.AST]) -> Iterator[tuple[ast.AST, str]]:
    """Yield (module, class or function, the first line of its docstring) where there is one."""
    for node in nodes:
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and (text := ast.get_docstring(node)):
            yield node, text.splitlines()[0]


def bound_names(nodes: Sequence[ast.AST]) -> Iterator[tuple[int, str]]:
    """Yield (line, name) of functions, classes, arguments and variables; not of fields that are named as columns."""
    columns = {
        id(field.target) for node in nodes if isinstance(node, ast.ClassDef) for field in node.body
        if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name) and field.target.id in COLUMNS
    }  # fmt: skip
    for node in nodes:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            yield node.lineno, node.name
        elif isinstance(node, ast.arg):
            yield node.lineno, node.arg
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store) and id(node) not in columns:
            yield node.lineno, node.id


def comments(source: str) -> Iterator[tuple[int, str]]:
    """Yield (line, text) of the comments of a module; one over several lines is a comment at its first."""
    last = 0
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type == tokenize.COMMENT:
            if token.start[0] > last + 1:
                yield token.start[0], token.string
            last = token.start[0]


def complaints(source: str) -> list[str]:
    """Return the lines of a module that say too little: riddles as titles, functions without a verb, empty names."""
    nodes = [*ast.walk(ast.parse(source))]
    lines = [f"line {line}: {text}" for line, text in comments(source) if POINTING.match(text)]
    for node, first in documented(nodes):
        name = getattr(node, "name", "module")
        if RIDDLES.match(first):
            lines.append(f"{name}: begins with {first.split()[0]}: {first}")
        if NOUNLESS.search(first):
            lines.append(f"{name}: names no noun: {first}")
        is_function = isinstance(node, ast.FunctionDef) and not name.startswith("test_")
        if is_function and first.split()[0].rstrip(",.") not in VERBS:
            lines.append(f"{name}: does not begin with a verb: {first}")
    lines += [
        f"line {line}: {name} says nothing of what it holds"
        for line, name in bound_names(nodes) if name.strip("_").lower() in EMPTY_NAMES
    ]  # fmt: skip
    return lines


def without_encoding(source: str) -> list[int]:
    """Return the lines of a module that read or write text in an encoding that the locale would choose."""
    lines = []
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        named = {keyword.arg for keyword in node.keywords}
        name = getattr(node.func, "attr", None) or getattr(node.func, "id", "")
        modes = [each.value for each in node.args if isinstance(each, ast.Constant) and isinstance(each.value, str)]
        is_method = isinstance(node.func, ast.Attribute)
        is_text = (
            (name == "read_text" and is_method and not node.args)
            or (name == "write_text" and is_method and len(node.args) < 2)
            or (
                name == "open"
                and (not is_method or len(modes) == len(node.args))
                and not any("b" in m for m in modes[-1:])
            )
            or name == "TextIOWrapper"
            or bool(named & {"text", "universal_newlines"} and named & {"capture_output", "stdout", "stdin", "check"})
        )
        if is_text and not named & {"encoding", None}:
            lines.append(node.lineno)
    return lines


def test_no_text_is_read_or_written_in_the_encoding_of_the_locale() -> None:
    files = [path for path in FILES if path.relative_to(ROOT).parts[0] != "tests"]
    lines = {path.relative_to(ROOT).as_posix(): without_encoding(path.read_text(encoding="utf-8")) for path in files}
    assert {path: each for path, each in lines.items() if each} == {}
    source = """open(p)
p.open("w")
p.read_text()
p.write_text(t)
subprocess.run(c, capture_output=True, text=True)
open(p, "rb")
p.open("wb")
p.read_text("utf-8")
write_text(p, t)
archive.open(name)
subprocess.run(c, capture_output=True, text=True, encoding="utf-8")
"""
    assert without_encoding(source) == [1, 2, 3, 4, 5]


def test_docstrings_and_names_are_plain() -> None:
    lines = {path.relative_to(ROOT).as_posix(): complaints(path.read_text(encoding="utf-8")) for path in FILES}
    assert {path: faults for path, faults in lines.items() if faults} == {}


def public_names(tree: ast.Module) -> set[str]:
    """Return the names that a module defines for others: its functions, classes, types and constants."""
    names = {node.name for node in tree.body if isinstance(node, ast.FunctionDef | ast.ClassDef)}
    assigned = [node.targets if isinstance(node, ast.Assign) else [node.target] for node in tree.body
                if isinstance(node, ast.Assign | ast.AnnAssign)]  # fmt: skip
    names |= {target.id for targets in assigned for target in targets if isinstance(target, ast.Name)}
    return {name for name in names if not name.startswith("_")}


def test_a_public_name_means_one_thing() -> None:
    counts = Counter(
        name
        for path in (ROOT / "scripts").glob("**/*.py")
        for name in public_names(ast.parse(path.read_text(encoding="utf-8")))
    )
    repeated = sorted(name for name, count in counts.items() if count > 1 and name not in PROTOCOLS)
    assert len(repeated) < 25, f"names defined in two modules, to be renamed by their content: {repeated}"


def test_public_names_are_those_that_others_may_import() -> None:
    tree = ast.parse("A: int = 1\nB, _C = 2, 3\nD = 4\ndef e(): f = 1\nclass G: h = 2\ndef _i(): ...")
    assert public_names(tree) == {"A", "D", "e", "G"}


def test_each_kind_of_fault_is_seen() -> None:
    source = '''"""Whether it works."""

def share(given):
    """The share."""
    # Of all.
    # These are two lines.
    found = given  # of all
    return found

def rest():
    """Return what is left."""

class Part:
    """The shares, and those that are left."""
    said: int
    thing: int
'''
    places = [line.split(":")[0] for line in complaints(source)]
    assert places == ["line 5", "module", "share", "rest", "Part", "line 3", "line 7", "line 16"]
