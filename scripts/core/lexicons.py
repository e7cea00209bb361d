"""Word lists and tables of the project: one entry per line, `#` begins a comment."""

import csv
import re
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from scripts.core.storage import WORKFLOW

LEXICONS = WORKFLOW / "lexicons"
# A time of day as one token, such as 9am.
_TIME = re.compile(r"\d{1,2}(?:[:.]\d\d)?(?:am|pm)")


@cache
def word_list(name: str) -> tuple[str, ...]:
    """Return the entries of workflow/lexicons/`name`, in the order of the file."""
    lines = (LEXICONS / name).read_text(encoding="utf-8").splitlines()
    return tuple(entry for line in lines if (entry := line.split("#", 1)[0].strip()))


def tab_rows(name: str) -> list[list[str]]:
    """Return the tab-separated cells of each line of workflow/lexicons/`name`; lines that begin with # are skipped."""
    lines = (LEXICONS / name).read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")]


def comma_rows(name: str) -> list[list[str]]:
    """Return the rows of the CSV file workflow/lexicons/`name`, header first, without lines that begin with #."""
    with (LEXICONS / name).open(encoding="utf-8", newline="") as handle:
        return list(csv.reader(line for line in handle if not line.startswith("#")))


def stop_words(words: Mapping[str, Any]) -> frozenset[str]:
    """Return the words that the setting `words.stop_words` leaves out: its list, plus `add`, minus `keep`."""
    chosen = words["stop_words"]
    listed = set(word_list("stopwords.txt")) if chosen["list"] == "default" else set()
    return frozenset((listed | {word.lower() for word in chosen["add"]}) - {word.lower() for word in chosen["keep"]})


def says_nothing(vocabulary: Iterable[str], outlets: Iterable[str]) -> frozenset[str]:
    """Return the words that set nobody apart: abbreviations, single letters, numbers, times, words of outlets' names.

    >>> sorted(says_nothing(["p.m.", "h", "2b", "9am", "guardian", "covid-19", "win"], ["The Guardian"]))
    ['2b', '9am', 'guardian', 'h', 'p.m.', 'the']
    """
    named = frozenset(re.findall(r"\w+", " ".join(outlets).lower()))
    return named | {
        word for word in vocabulary if word.endswith(".") or sum(map(str.isalpha, word)) < 2 or _TIME.fullmatch(word)
    }


def left_out(words: Mapping[str, Any], vocabulary: Iterable[str], outlets: Iterable[str]) -> frozenset[str]:
    """Return the stop words and the words of `says_nothing`, except for the words that the settings keep."""
    keep = {word.lower() for word in words["stop_words"]["keep"]}
    return stop_words(words) | (says_nothing(vocabulary, outlets) - keep)
