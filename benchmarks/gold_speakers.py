"""The speaker of each attribution in gold data, with one name per person, from the gold's own words for the source.

No names found by the machine are used. The words are cut to their head ("Jane Roe, a spokeswoman for the mayor" becomes
Jane Roe). A surname alone becomes the full name most frequent with it in the article, else the full name in most
articles. Pronouns were resolved by reading the articles (benchmarks/data/polnear_pronouns.tsv).
"""

import csv
import json
import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path

from training.quotes import Gold

Place = tuple[str, int, int]
PRONOUNS = frozenset(
    ["he", "she", "they", "it", "who", "we", "i", "you", "which", "that", "this", "his", "her", "him", "them", "their"]
)
_WORD = r"(?:[A-Z][\w’'-]*\w|[A-Z]\.)"
_NAME = re.compile(rf"{_WORD}(?: {_WORD})*")
_CUT = re.compile(r",|;|:| \(| -+ | — | – | (?:of|for|from|in|at|who|whom|to|and|with|on|by|as|after) ")
_POSSESSIVE = re.compile(r"[’']s?$")
# Capitalised words that are not part of a name.
_TITLES = frozenset([
    "Mr", "Mrs", "Ms", "Dr", "Sen", "Rep", "Gov", "Gen", "Lt", "Col", "Rev", "Sir", "President", "Senator",
    "Secretary", "Congressman", "Congresswoman", "Governor", "Mayor", "Judge", "General", "Attorney", "Chief",
    "Republican", "Democratic", "Democrat", "GOP", "Rival", "Former", "Vice", "Justice", "Sheriff", "Professor",
    "Chairman", "Chairwoman", "Libertarian", "Representative", "Ambassador", "Speaker", "Press", "Director",
    "Minister", "Prime", "Nominee", "Moderator", "Billionaire", "Businessman", "Candidate", "Candidates",
    "Presidential", "Did", "Many", "Several", "Some", "Most", "Other", "The", "A", "An", "In", "On", "At", "But",
    "And", "When", "As", "If", "While", "Crooked",
])  # fmt: skip
# Last words of names of groups and organisations, which are not surnames.
_GROUPS = frozenset(
    ["Republicans", "Democrats", "Commission", "Committee", "Council", "Association", "Department", "Developers"]
)
# Descriptions that mean one person in all articles, which are from the autumn of 2016.
_DESCRIBED = {
    "the president": "Barack Obama",
    "the republican nominee": "Donald Trump",
    "the gop nominee": "Donald Trump",
    "the republican presidential nominee": "Donald Trump",
    "the republican": "Donald Trump",
    "the democratic nominee": "Hillary Clinton",
    "the democratic presidential nominee": "Hillary Clinton",
    "the democratic presidential candidate": "Hillary Clinton",
    "hillary": "Hillary Clinton",
    "mrs. clinton": "Hillary Clinton",
}


def read_readings(path: Path) -> dict[Place, str]:
    """Return the names to which pronouns refer, by document and span, from a table or JSON lines."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = [*map(json.loads, file)] if path.suffix == ".jsonl" else list(csv.DictReader(file, delimiter="\t"))
    return {(row["doc_id"], int(row["start"]), int(row["end"])): row["name"] for row in rows}


def first_and_last(name: str) -> str:
    """Return a person's name without titles, initials and middle names; a single word is kept, without a possessive.

    >>> first_and_last("Mrs. Hillary Rodham Clinton"), first_and_last("Donald J. Trump"), first_and_last("Obama's")
    ('Hillary Clinton', 'Donald Trump', 'Obama')
    """
    words = [word for word in name.split() if word.rstrip(".") not in _TITLES]
    words = [word for word in words if not re.fullmatch(r"(?:[A-Z]\.)+|[A-Z]", word)] or words
    after = max((at for at, word in enumerate(words[:-1], 1) if _POSSESSIVE.search(word)), default=0)
    words = [_POSSESSIVE.sub("", word) for word in words[after:]]
    # A sequence of more than three words begins with an office: Manhattan Supreme Court Justice Jane Roe.
    return " ".join(words if len(words) < 2 else words[-2:] if len(words) > 3 else [words[0], words[-1]])


def head(words: str) -> str:
    """Return the name in the head of the words for a source, else the head in lower case.

    >>> head("Clinton spokesman Nick Merrill"), head("The Trump campaign"), head("Ann Lee, an aide to Mr. Roe")
    ('Nick Merrill', 'the trump campaign', 'Ann Lee')
    """
    cut = _CUT.split(words.strip(), maxsplit=1)[0].strip()
    names = [match for match in _NAME.finditer(cut) if first_and_last(match.group())]
    if names and names[-1].end() >= len(cut.rstrip("’'s. ")):
        name = first_and_last(names[-1].group())
        return name.title() if name.isupper() and len(name) > 4 else name
    return cut.lower()


def full_names(text: str) -> dict[str, Counter[str]]:
    """Return the full names (two words) in a text with their numbers, by surname."""
    by_surname: dict[str, Counter[str]] = defaultdict(Counter)
    for match in _NAME.finditer(text):
        name = first_and_last(match.group())
        if " " in name:
            by_surname[name.split()[-1]][name] += 1
    return by_surname


class Identities:
    """The persons to whom the words for sources refer in a set of gold documents."""

    def __init__(self, gold: Sequence[Gold], readings: Mapping[Place, str]) -> None:
        """Take gold documents, and the names to which pronouns in them refer."""
        self._readings = readings
        self._in_document = {each["doc_id"]: full_names(each["text"]) for each in gold}
        documents: dict[str, Counter[str]] = defaultdict(Counter)
        for of_document in self._in_document.values():
            for surname, names in of_document.items():
                documents[surname].update(set(names))
        self._in_corpus = documents

    def of(self, doc_id: str, text: str, span: tuple[int, int] | None) -> str:
        """Return the person meant by the words of a span; "" for no span and for a pronoun without a reading."""
        if span is None:
            return ""
        words = self._readings.get((doc_id, *span), text[slice(*span)])
        if words.lower() in {*PRONOUNS, "said"}:
            return ""
        name = _DESCRIBED.get(words.lower()) or head(words)
        if " " in name or name.islower() or name in _GROUPS:
            return name
        for names in (self._in_document[doc_id], self._in_corpus):
            if names.get(name):
                return min(names[name], key=lambda each: (-names[name][each], each))
        return name
