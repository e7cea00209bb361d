"""Regular expressions that the user wrote, matched within bounds: one that runs away is stopped and named.

An expression such as `(?:a|aa)+x` tries more ways than there are seconds on a name of sixty letters. It is stopped
after two seconds of CPU time, which a sound one takes on no machine; so none gives one answer here and another there.
The package regex, which keeps the time itself on every system, matches in place of re. One that is slow on many texts
is given up after a time for all of them.
"""

import re
import time
from collections.abc import Callable

_SECONDS, _SECONDS_IN_ALL = 2.0, 60.0
_SLOW = 0.1  # seconds of CPU time that a sound expression takes on no text: only those that take more add up
_LONGEST, _DEEPEST = 10_000, 100  # characters of an expression, groups in one another
_ADVICE = "Write it without a repetition inside another, or with possessive ones: *+ for *, ++ for +."
Match = Callable[[str], re.Match[str] | None]


class RunawayError(ValueError):
    """An expression that does not come to an end; the message names it, the setting it stands in and the text."""


class GivenUpError(RunawayError):
    """An expression that has used up the time for all texts together, and is not asked of any further one."""


def check_pattern(pattern: str) -> re.Pattern[str]:
    """Return a user's pattern, compiled.

    Raises re.error if it is no regular expression of both packages, too long, or nested too deeply.
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
    """Return a function that matches a whole text or, with `search`, a part of it; none that is longer than `longest`.

    `where` names the setting in errors. The function raises RunawayError after two seconds of CPU time, and
    GivenUpError on each further text once texts on which it was slow took `seconds` in all. Raises re.error for a
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
