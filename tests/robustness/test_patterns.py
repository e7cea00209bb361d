"""No regular expression of the project runs away, whatever text it gets."""

import ast
import importlib
import pkgutil
import re
import signal
import time
from collections.abc import Iterator

import pytest

import scripts
from scripts.storage import ROOT
from tests.robustness.hostile import hostile_texts

# Seconds of CPU. A linear pattern takes at most some tenths of a second for a megabyte, a quadratic one takes hours.
_LIMIT = 20.0


class TooSlow(Exception):
    pass


def _in(value: object, depth: int = 0) -> Iterator[re.Pattern]:
    """The text patterns in a value of a module, those in its lists, tuples and dictionaries among them."""
    if isinstance(value, re.Pattern):
        if isinstance(value.pattern, str):
            yield value
    elif depth < 3 and isinstance(value, list | tuple | set | frozenset):
        for item in value:
            yield from _in(item, depth + 1)
    elif depth < 3 and isinstance(value, dict):
        yield from _in(list(value.values()), depth + 1)


def _inline(module: str) -> Iterator[re.Pattern]:
    """The patterns that a module hands to functions of `re` as literals."""
    path = ROOT.joinpath(*module.split("."))
    path = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
    for node in ast.walk(ast.parse(path.read_bytes())):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and isinstance(node.func.value, ast.Name)
            and node.func.value.id == "re"
            and node.args
            and isinstance(node.args[0], ast.Constant)
            and isinstance(node.args[0].value, str)
        ):
            flags = re.VERBOSE if "VERBOSE" in ast.unparse(node) else 0
            yield re.compile(node.args[0].value, flags)


def patterns() -> dict[str, re.Pattern]:
    """Every pattern of the project: {"module pattern": pattern}."""
    found = {}
    for info in pkgutil.walk_packages(scripts.__path__, "scripts."):
        if info.name.endswith("__main__") or info.name.startswith("scripts.evaluation"):  # reads gold data, no seeds
            continue
        try:
            module = importlib.import_module(info.name)
        except ModuleNotFoundError as missing:  # an optional package; the literals of the module are still read
            assert not str(missing.name).startswith("scripts"), missing
            module = None
        own = [value for name, value in vars(module).items() if not name.startswith("__")] if module else []
        for pattern in [*_in(own), *_inline(info.name)]:
            found.setdefault(f"{info.name} {pattern.pattern}", pattern)
    return found


def _seconds(pattern: re.Pattern, text: str) -> float:
    def stop(*_: object) -> None:
        raise TooSlow

    previous = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, _LIMIT)
    begin = time.process_time()
    try:
        for _ in pattern.finditer(text):
            pass
        return time.process_time() - begin
    except TooSlow:
        return _LIMIT
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, previous)


def _slow(size: int, bound: float, step: int = 1) -> dict[str, float]:
    texts = list(hostile_texts(size))[::step]
    slow = {}
    for name, pattern in patterns().items():
        for what, text in texts:
            if (spent := _seconds(pattern, text)) > bound:
                slow[f"{name} on {what}"] = round(spent, 2)
                break
    return slow


def test_the_patterns_are_found():
    names = "\n".join(patterns())
    assert "scripts.tokens" in names and "scripts.documents.plain" in names


def test_no_pattern_runs_away():
    """20,000 characters: linear takes some milliseconds, quadratic a second or more."""
    assert _slow(20_000, 0.5, step=3) == {}


@pytest.mark.slow
def test_no_pattern_runs_away_on_a_megabyte():
    assert _slow(1_000_000, 10.0) == {}
