"""Readability of English, from counts of words, sentences and syllables. NaN for a text without words or sentences."""

import re
from functools import cache
from math import nan


def flesch(words: int, sentences: int, syllables: int) -> float:
    """Return the reading ease, about 0 (hard) to 100 (easy). Flesch 1948, Journal of Applied Psychology 32(3): 229."""
    return 206.835 - 1.015 * words / sentences - 84.6 * syllables / words if words and sentences else nan


def flesch_kincaid(words: int, sentences: int, syllables: int) -> float:
    """Return the US school grade. Kincaid, Fishburne, Rogers & Chissom 1975, Research Branch Report 8-75: 14."""
    return 0.39 * words / sentences + 11.8 * syllables / words - 15.59 if words and sentences else nan


def gunning_fog(words: int, sentences: int, complex_words: int) -> float:
    """Return the school years; complex words have three syllables or more.

    Gunning 1952, The Technique of Clear Writing: 36.
    """
    return 0.4 * (words / sentences + 100 * complex_words / words) if words and sentences else nan


_VOWELS = re.compile(r"[aeiouy]+")
# A written e that is not spoken: last in a word (except -ble), in -ed (except after t, d), in -es, before a suffix.
_SILENT = re.compile(
    r"(?<![aeiouy])(?<![^aeiouyl]l)e$|(?<![aeiouytd])(?<![^aeiouyl]l)(?<!cr)(?<!tr)(?<!dr)ed$"
    r"|(?<![aeiousxzcg])(?<![^aeiouyl]l)(?<![cs]h)es$"
    r"|(?<=[aeiouy][^aeiouy])e(?:ly|less|ness|ful|ment|thing|times?|where|one|body)|(?<=[aeiouy][^aeiouy])ety$"
)
# Adjacent vowels that are spoken separately, and syllables without a written vowel.
_APART = re.compile(
    r"(?<![tcsxl])(?<!un)(?<!gi)i[ao](?<!gio)|[^aeiouqg]u[ao]|(?<!p)eo(?![ru])|iu|[aeiouy]ing|ism|iet|ryi|scien|creat"
    r"|reali|idea(?!l)|(?<=nucl)ea|[aeiou]y[aeiou]|[sd]n't$|^mrs?$|^dr$"
)


@cache
def syllables(word: str) -> int:
    """Return the number of syllables of an English word in lower case, by rule; at least one."""
    return max(1, len(_VOWELS.findall(word)) - len(_SILENT.findall(word))) + len(_APART.findall(word))
