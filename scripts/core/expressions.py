"""Regular expressions that the user wrote, matched within bounds: one that runs away is stopped and named.

An expression such as `(\\w+)*x` tries more ways than there are seconds on a name of forty letters. It is stopped after
two seconds of CPU time, which a sound one takes on no machine; so none gives one answer here and another there. A timer
of the system stops it. Windows has none that could: there the package regex, which keeps the time itself, matches in
place of re.
"""

import re
import signal
from collections.abc import Callable
from types import FrameType

_SECONDS = 2.0
Match = Callable[[str], re.Match[str] | None]


class RunawayError(ValueError):
    """An expression that does not come to an end; the message names it, the setting it stands in and the text."""


def _stop(number: int, frame: FrameType | None) -> None:
    raise TimeoutError


def _stopped_by_timer(pattern: str, method: str) -> Match:
    match: Match = getattr(re.compile(pattern), method)

    def within(text: str) -> re.Match[str] | None:
        previous = signal.signal(signal.SIGVTALRM, _stop)
        signal.setitimer(signal.ITIMER_VIRTUAL, _SECONDS)
        try:
            return match(text)
        finally:
            signal.setitimer(signal.ITIMER_VIRTUAL, 0)
            signal.signal(signal.SIGVTALRM, previous)

    return within


def _stopped_by_regex(pattern: str, method: str) -> Match:
    import regex  # late: only where the system has no timer

    match = getattr(regex.compile(pattern), method)
    return lambda text: match(text, timeout=_SECONDS)


def bounded(pattern: str, *, where: str, longest: int, search: bool = False) -> Match:
    """Return a function that matches a whole text or, with `search`, a part of it; none that is longer than `longest`.

    `where` names the setting in errors. The function works in the main thread only, and raises RunawayError after two
    seconds of CPU time. Raises re.error for a pattern that is no regular expression.
    """
    re.compile(pattern)
    stopped = _stopped_by_timer if hasattr(signal, "setitimer") else _stopped_by_regex
    match = stopped(pattern, "search" if search else "fullmatch")

    def within(text: str) -> re.Match[str] | None:
        if len(text) > longest:
            return None
        try:
            return match(text)
        except TimeoutError:
            raise RunawayError(
                f"{where} = {pattern!r} does not come to an end on {text[:80]!r}. Write it without a repetition in "
                "another, or with possessive ones: *+ for *, ++ for +."
            ) from None

    return within


def word_pattern(pattern: str) -> Match:
    """Return a function that matches words by the setting `words.pattern`; a form of over 200 characters is no word."""
    return bounded(pattern, where="words.pattern", longest=200)
