"""Faults that can be planted in a module, one at a time: the mutants of the mutation run.

A fault shifts or reverses a comparison; changes an operator, a number, a condition, a bound of a slice or a returned
value; exchanges `and` and `or`, `min` and `max`, or `any` and `all`; or swaps two arguments.
"""

import ast
import copy
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np

# Options that only check lengths or the command line, save a copy or distribute work: no result depends on them.
UNSEEN = {"strict", "copy", "required", "use_threads"}
# Settings of how thick, large or opaque something is drawn: no data in a figure depend on them.
LOOKS = {"alpha", "dpi", "fontsize", "labelsize", "linewidth", "lw", "markeredgewidth", "markersize", "mew", "ncols"}
LOOKS |= {"figsize", "rotation", "size", "zorder"}
_LONGEST = 100

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

FUNCTIONS = {"min": "max", "max": "min", "any": "all", "all": "any"}


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
    """Return a copy of a node with new values for the given fields."""
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
        case ast.Call(func=ast.Name(id=name, ctx=context), args=[_]) if name in FUNCTIONS:
            yield node, changed(node, func=ast.Name(FUNCTIONS[name], context))
        case ast.Call(func=ast.Name(id="min" | "max"), args=[ast.Name(), ast.Name()], keywords=[]):
            pass  # the same in either order
        case ast.Call(args=[ast.Name() as first, ast.Name() as second]) if first.id != second.id:
            yield node, changed(node, args=[second, first])
        case ast.Slice():
            for field in ("lower", "upper", "step"):
                if getattr(node, field) is not None:
                    yield node, changed(node, **{field: None})
        case ast.Return(value=ast.Constant(value=None | False)):
            pass  # callers that test for truth cannot tell None from False
        case ast.Return(value=ast.expr() as value):
            yield value, ast.Constant(None)
        case ast.If(test=ast.Name(id="TYPE_CHECKING")):
            pass  # imports only for the type checker
        case ast.If(test=test) | ast.While(test=test) | ast.IfExp(test=test):
            yield from _negated(test)
        case ast.comprehension(ifs=tests):
            for test in tests:
                yield from _negated(test)


def _unseen(name: object) -> bool:
    """Return whether an option or a setting of matplotlib, such as `grid.linewidth`, affects no result."""
    return isinstance(name, str) and name.rpartition(".")[2] in UNSEEN | LOOKS


def _children(node: ast.AST) -> Iterator[ast.AST]:
    """Yield the children in which a fault may be planted: no annotations, decorators, f-strings, `_unseen` options."""
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
    """Yield (node, parent, name of the enclosing function or "") for each node of a module.

    A step's `main` and the final `__name__` block are left out, since the tests of the workflow run these.
    """
    stack: list[tuple[ast.AST, ast.AST, str]] = [(child, tree, "") for child in tree.body[::-1]]
    while stack:
        node, parent, function = stack.pop()
        if isinstance(node, ast.If) and "__name__" in ast.unparse(node.test):
            continue
        if isinstance(node, ast.FunctionDef) and node.name == "main" and not node.args.args:
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
            # A number or a slice says little without the expression around it.
            around = ast.unparse(parent)
            if isinstance(part, ast.Constant | ast.Slice) and len(around) <= _LONGEST and "\n" not in around:
                before, after = around, f"{before} -> {after}"
            yield Mutant(str(path.relative_to(project)), function, part.lineno, before, after, *span, text)
