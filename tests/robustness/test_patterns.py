"""No regular expression of the project runs away, whatever text it gets."""

import ast
import re
import signal
import time
from functools import cache

import pytest

from scripts.core.storage import ROOT
from scripts.parsing import sentences, tokens
from tests.robustness.hostile import hostile_texts

# Seconds of CPU. A linear pattern takes at most 3 s for a megabyte, a quadratic one takes hours.
_LIMIT = 20.0
_CALLS = {
    f"re.{name}" for name in ("compile", "search", "match", "fullmatch", "split", "findall", "finditer", "sub", "subn")
}
# Patterns that are no literals: the user's, which `scripts.core.expressions` bounds, NLTK's, classes of characters,
# those of names of files, users and machines, and one that no seed reaches.
_OTHERS = {
    "scripts/core/expressions.py: pattern",
    # Matched as a whole: a text has one way through it at most.
    "scripts/review/found_again.py: f'([^{OPEN}{CLOSE}]*){OPEN}([^{OPEN}{CLOSE}]+){CLOSE}([^{OPEN}{CLOSE}]*)'",
    "scripts/review/quote_columns.py: re.escape(new)",
    "scripts/report/exports/portable.py: word",
    "scripts/review/filled.py: f\"[\\\\s_.-]{{0,3}}\\\\b(?:{'|'.join(FILLED)})\\\\b\"",
    "scripts/parsing/sentences.py: pattern.pattern",
    """scripts/core/csv_tables.py: f"\\\\A'*[{re.escape(FORMULA_SIGNS)}]\"""",
    """scripts/parsing/tokens.py: f"[{re.escape(''.join(_STRAIGHT))}]\"""",
    "scripts/core/visible.py: f'[{HIDDEN}]'",
    "scripts/report/runs.py: f'[{_SPACELESS}]'",
    "scripts/report/runs.py: f'[{_SPACELESS}]|[^\\\\W_{_SPACELESS}]+'",
}


class TooSlow(Exception):
    pass


def _names_re_otherwise(node: ast.AST) -> bool:
    if isinstance(node, ast.ImportFrom):
        return node.module == "re"
    return isinstance(node, ast.Import) and any(alias.name == "re" and alias.asname for alias in node.names)


@cache
def _calls() -> list[tuple[str, ast.Call]]:
    """Return every call of a function of `re` that takes a pattern: (file, call)."""
    calls = []
    for path in sorted((ROOT / "scripts").rglob("*.py")):
        name = path.relative_to(ROOT).as_posix()
        for node in ast.walk(ast.parse(path.read_bytes())):
            assert not _names_re_otherwise(node), f"{name}: write `import re`, so that its patterns are found"
            if isinstance(node, ast.Call) and ast.unparse(node.func) in _CALLS:
                calls.append((name, node))
    return calls


def _literal(call: ast.Call) -> str | bytes | None:
    pattern = call.args[0]
    return pattern.value if isinstance(pattern, ast.Constant) else None


def _flags(call: ast.Call) -> int:
    """Return the flags of a call, wherever they stand among its arguments."""
    written = (ast.unparse(part) for part in [*call.args[1:], *(each.value for each in call.keywords)])
    return sum(int(eval(text, {"re": re})) for text in written if text.startswith("re."))  # the project's own code


@cache
def patterns() -> dict[str, re.Pattern]:
    """Return every pattern of the project, and NLTK's that it uses: {"file: pattern": pattern}."""
    literal = ((name, call, _literal(call)) for name, call in _calls())
    compiled = {f"{name}: {text}": re.compile(text, _flags(call)) for name, call, text in literal if text is not None}
    variables, treebank = sentences._punkt()._lang_vars, tokens._treebank()
    borrowed = [variables._re_period_context, variables._re_word_tokenizer]
    for rules in ("STARTING_QUOTES", "PUNCTUATION", "ENDING_QUOTES"):
        borrowed += (rule for rule, _ in getattr(treebank, rules))
    borrowed += (treebank.PARENS_BRACKETS[0], treebank.DOUBLE_DASHES[0])
    return compiled | {f"NLTK: {pattern.pattern}": pattern for pattern in borrowed}


def _seconds(pattern: re.Pattern, text: str) -> float:
    text = text.encode() if isinstance(pattern.pattern, bytes) else text

    def stop(*_: object) -> None:
        raise TooSlow

    previous = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, _LIMIT)
    begin = time.process_time()
    try:
        for _ in pattern.finditer(text):
            pass
        pattern.fullmatch(text)
        return time.process_time() - begin
    except TooSlow:
        return _LIMIT
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, previous)


def test_no_pattern_is_left_out():
    assert {f"{name}: {ast.unparse(call.args[0])}" for name, call in _calls() if _literal(call) is None} == _OTHERS
    assert len(patterns()) > 70


def test_no_pattern_tries_way_after_way():
    """2,000 characters: linear takes a millisecond at most, all ways through them take years, and are stopped."""
    texts = [*hostile_texts(2_000)][::3]
    slow = {name for name, pattern in patterns().items() if any(_seconds(pattern, text) >= _LIMIT for _, text in texts)}
    assert slow == set()


@pytest.mark.slow
def test_no_pattern_takes_quadratic_time():
    """A suspect takes 20 ms for 50,000 characters (quadratic: 8 s a megabyte), and 8 times that for 200,000."""
    slow = set()
    for (kind, text), (_, longer) in zip(hostile_texts(sentences._LONGEST), hostile_texts(200_000), strict=True):
        for name, pattern in patterns().items():
            spent = _seconds(pattern, text)
            # NLTK's get no more at once.
            is_slow = spent > 3 if name.startswith("NLTK") else spent > 0.02 and _seconds(pattern, longer) > 8 * spent
            if is_slow:
                slow.add(f"{name} on {kind}")
    assert slow == set()
