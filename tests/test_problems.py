"""Every message about a seed, a sheet or a row says what its reader can do, or that there is nothing to do.

The messages are read from the code: what is handed to makers of problems, and to errors whose text becomes one. A name
stands for every text that its function or module gives it, a call of a function for every text that this returns.
"""

import ast
import re
from collections.abc import Iterator
from functools import cache
from itertools import chain
from operator import itemgetter
from pathlib import Path

SCRIPTS = Path(__file__).resolve().parent.parent / "scripts"
ROOMS = ("core", "documents", "framing", "review", "projects")
MAKERS = {
    "Problem", "UnreadableError", "Refused", "Fault", "Answer", "SheetError", "ProjectError", "RunawayError", "_note",
}  # fmt: skip
# The words in the docstring of a function whose ValueErrors become messages.
PROMISE = "saying what to do"
ADVICE = re.compile(
    r"(?:^|[.:;,] |\b(?:or|and|else|please) )(?:add|check|code|copy|correct|delete|draw|empty|export|fill|get|give|"
    r"install|leave|look|mend|name|pack|paste|put|raise|reject|remove|rename|report|run|save|set|split|undo|unpack|"
    r"use|write)\b|there is nothing to do",
    re.IGNORECASE,
)
FUNCTION = ast.FunctionDef


def name_of(node: ast.AST) -> str:
    """Return the name that a node is, or that it calls as a function; empty for another node."""
    node = node.func if isinstance(node, ast.Call) else node
    return node.id if isinstance(node, ast.Name) else ""


@cache
def values_in(scope: ast.AST) -> dict[str, list[tuple[int, bool, ast.AST]]]:
    """Return by name (line, whether it replaces what was before, value) of what a function or module lets it be."""
    values: dict[str, list[tuple[int, bool, ast.AST]]] = {}
    for node in ast.walk(scope):
        match node:
            case ast.Assign(targets=targets, value=value):
                pass
            case ast.AnnAssign(target=target, value=value) | ast.AugAssign(target=target, value=value):
                targets = [target]
            case ast.For(target=target, iter=value) | ast.comprehension(target=target, iter=value):
                targets = [target]
            case ast.Call(func=ast.Attribute(attr="append", value=target), args=[value]):
                targets = [target]
            case _:
                continue
        if value is not None:
            replaces = not isinstance(node, ast.AugAssign | ast.Call)
            for name in map(name_of, chain.from_iterable(map(ast.walk, targets))):
                values.setdefault(name, []).append((value.lineno, replaces, value))
    return values


def values_at(line: int, scope: ast.AST, name: str) -> Iterator[ast.AST]:
    """Yield the values of a name at a line of a function: the last one above, and all that were added to it since."""
    above = sorted((each for each in values_in(scope).get(name, []) if each[0] <= line), key=itemgetter(0))
    last = max((number for number, (_, replaces, _) in enumerate(above) if replaces), default=0)
    yield from (value for _, _, value in above[last:])


@cache
def functions() -> dict[str, list[FUNCTION]]:
    """Return the functions of the project by name."""
    by_name: dict[str, list[FUNCTION]] = {}
    for path in chain.from_iterable((SCRIPTS / room).rglob("*.py") for room in ROOMS):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, FUNCTION):
                by_name.setdefault(node.name, []).append(node)
    return by_name


def words_of(expression: ast.AST, scope: ast.AST, module: ast.Module, known: set) -> Iterator[str]:
    """Yield the texts in an expression and in what its names and calls stand for; `known` are names seen before."""
    for node in ast.walk(expression):
        name = name_of(node)
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value
        elif isinstance(node, ast.Call) and name in functions() and (name, None) not in known:
            known.add((name, None))
            for function in functions()[name]:
                for each in ast.walk(function):
                    if isinstance(each, ast.Return):
                        yield from words_of(each, function, module, known)
        elif isinstance(node, ast.Name) and (name, scope) not in known:
            known.add((name, scope))
            for value in values_at(node.lineno, scope, name):
                yield from words_of(value, scope, module, known)
            if scope is not module:
                for _, _, value in values_in(module).get(name, []):
                    yield from words_of(value, module, module, known)


def is_passed_on(call: ast.Call, scope: ast.AST) -> bool:
    """Return whether a call takes its message from a problem, an error or a stored row that has one."""
    named = {node.name for node in ast.walk(scope) if isinstance(node, ast.ExceptHandler)}
    named |= {node.arg for node in ast.walk(scope) if isinstance(node, ast.arg) and node.arg == "message"}
    return any(
        isinstance(node, ast.Starred)
        or (isinstance(node, ast.keyword) and node.arg is None)
        or (isinstance(node, ast.Attribute) and node.attr in ("message", "problem"))
        or name_of(node) in named - {None}
        for node in ast.walk(call)
    )


def messages(source: str) -> Iterator[tuple[int, str]]:
    """Yield (line, words) of the messages that a module makes."""
    module = ast.parse(source)
    for scope in (node for node in ast.walk(module) if isinstance(node, FUNCTION | ast.Module)):
        nodes = list(ast.walk(scope))
        inner = {id(each) for own in nodes[1:] if isinstance(own, FUNCTION) for each in ast.walk(own)}
        promised = PROMISE in (ast.get_docstring(scope) or "")
        raised = {id(node.exc) for node in nodes if isinstance(node, ast.Raise) and promised}
        for node in nodes:
            made = name_of(node) in MAKERS or (id(node) in raised and name_of(node) == "ValueError")
            if isinstance(node, ast.Call) and made and id(node) not in inner and not is_passed_on(node, scope):
                yield node.lineno, " ".join(" ".join(words_of(node, scope, module, set())).split())


def test_messages_have_advice():
    silent = [
        f"{path.relative_to(SCRIPTS)}, line {line}: {words}"
        for room in ROOMS
        for path in sorted((SCRIPTS / room).rglob("*.py"))
        for line, words in messages(path.read_text(encoding="utf-8"))
        if not ADVICE.search(words)
    ]
    assert not silent


def test_messages_are_read_from_the_code():
    source = """
NOTE = Problem("note", "empty", "There is no text in it.")
def reader(name):
    message = f"{name} is broken. "
    if name:
        raise UnreadableError("broken", message + "Save it again.")
    message = f"{name} was left out."
    yield Problem("error", "out", message)
def parse(cell):
    '''Return a number. Raises ValueError, saying what to do.'''
    raise ValueError("no number")
def passed(error, stored):
    yield Problem("error", "row", stored.message)
    raise ValueError("of no interest")
"""
    made = list(messages(source))
    assert [(line, bool(ADVICE.search(words))) for line, words in made] == [
        (2, False), (6, True), (8, False), (11, False),
    ]  # fmt: skip
