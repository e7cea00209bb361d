"""Regular expressions that the user wrote, matched within time limits: one that runs away is stopped and reported.

On a name of sixty letters an expression such as `(?:a|aa)+x` can try more than a trillion ways to match. It is stopped
after two seconds of CPU time. A sound expression does not take that long on any machine, so the limit does not make
answers differ between machines. Matching uses the package regex instead of re, because it has a timeout of its own on
every system. An expression that is slow on many texts is abandoned after a limit for all texts together.
"""

import re
import time
from collections.abc import Callable

_SECONDS, _SECONDS_IN_ALL = 2.0, 60.0
_SLOW = 0.1  # seconds of CPU time that a sound expression never takes: only matches that take more add up
_LONGEST, _DEEPEST = 10_000, 100  # characters of an expression, levels of nested groups
_ADVICE = "Write it without a repetition inside another, or with possessive ones: *+ for *, ++ for +."
Match = Callable[[str], re.Match[str] | None]


class RunawayError(ValueError):
    """An expression does not come to an end; the message names it, its setting and the text."""


class GivenUpError(RunawayError):
    """An expression has used up the time for all texts together, and is not tried on any more."""


def check_pattern(pattern: str) -> re.Pattern[str]:
    """Return a user's pattern, compiled.

    Raises re.error if it is too long, nested too deeply, or not a valid regular expression for both re and regex.
    """
    import regex  # late: few runs have such an expression

    if len(pattern) > _LONGEST:
        raise re.error(f"it has {len(pattern):,} characters; the limit is {_LONGEST:,}")
    depth = deepest = 0
    for sign in re.findall(r"\\.|[()]", pattern, re.DOTALL):
        depth += {"(": 1, ")": -1}.get(sign, 0)
        deepest = max(deepest, depth)
    if deepest > _DEEPEST:
        raise re.error(f"it has {deepest:,} groups nested in one another; the limit is {_DEEPEST}")
    try:
        compiled = re.compile(pattern)
        regex.compile(pattern)
    except regex.error as error:
        raise re.error(str(error)) from None
    except (RecursionError, OverflowError, MemoryError) as error:
        raise re.error(f"it is too much for the computer: {type(error).__name__}") from None
    return compiled


def bounded(pattern: str, *, where: str, longest: int, search: bool = False, seconds: float = _SECONDS_IN_ALL) -> Match:
    """Return a function that matches a whole text or, with `search`, a part; texts longer than `longest` never match.

    `where` names the setting in errors. The function raises RunawayError after two seconds of CPU time, and
    GivenUpError for every text once the texts on which it was slow have taken `seconds` in all. Raises re.error for a
    pattern that `check_pattern` refuses.
    """
    import regex

    check_pattern(pattern)
    match = getattr(regex.compile(pattern), "search" if search else "fullmatch")
    left = seconds

    def within(text: str) -> re.Match[str] | None:
        nonlocal left
        if left <= 0:
            raise GivenUpError(
                f"{where} = {pattern!r} took more than {seconds:g} s of CPU time in all, the limit, and is not tried "
                f"again. {_ADVICE}"
            )
        if len(text) > longest:
            return None
        allowed, begin = min(_SECONDS, left), time.process_time()
        try:
            result: re.Match[str] | None = match(text, timeout=allowed)
        except TimeoutError:
            left -= allowed
            raise RunawayError(f"{where} = {pattern!r} does not finish on {text[:80]!r}. {_ADVICE}") from None
        taken = time.process_time() - begin
        left -= taken if taken > _SLOW else 0
        return result

    return within
