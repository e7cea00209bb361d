"""A query in the words of the corpus; templates/report/js/search.js splits queries in the same way."""

import re
from collections.abc import Iterable
from fnmatch import fnmatchcase

OR = "|"  # separates the alternatives of a query, or of letters in names
DOUBLE_QUOTES = re.compile("[\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb]")
# Signs that a query may contain, and their form in the corpus; replaced in this order.
_PLAIN = (
    (re.compile("[\u2018\u2019\u201a\u201b\u2032\u02bc\u00b4`]"), "'"),
    (DOUBLE_QUOTES, '"'),
    (re.compile("[\u2010-\u2015\u2212]"), "-"),
)
_AS_IN_CORPUS = (
    *_PLAIN,
    # Split like the tokenizer: cannot, endings such as 's and n't, hyphens except between figures, slashes between
    # words, single signs.
    (re.compile(r"\b(can|gon|got|wan)(?=(?:not|na|ta)\b)"), r"\1 "),
    (re.compile(r"(?<=[\w.])(n't|'(?:s|re|ve|ll|d|m)?)(?!\w)"), r" \1"),
    (re.compile(r"(?:(?<=[^\W\d_])|(?<=[^\W\d_]\.))-(?=[^\W_]|\s|$)|(?<=\d)-(?=[^\W\d_])"), " - "),
    (re.compile(r"(?<=[^\W\d_]{2})/(?=[^\W\d_]{2})"), " / "),
    (re.compile(r"(?<!\blemma)([;!?&@#%$£€¥()\[\]{}<>…]|[,:](?!\d))"), r" \1 "),
    (re.compile('^"|"$'), ""),
)


def query_words(query: str) -> list[str]:
    """Return the terms of a query: words in lower case, words with *, and lemma:word.

    >>> query_words("Long-term “lemma:say”")
    ['long', '-', 'term', '"lemma:say']
    """
    return _replaced(query, _AS_IN_CORPUS).split()


def letters_of(name: str) -> str:
    """Return a name, or a part of one, in lower case and with plain quotation marks and dashes.

    >>> letters_of(" O’Malley")
    "o'malley"
    """
    return _replaced(name, _PLAIN)


def names_with(typed: str, names: Iterable[str]) -> list[str]:
    """Return the names, but for "", that contain what was typed, or one of its alternatives if there are any.

    >>> names_with("trump | o'mal", ["Donald Trump", "Martin O’Malley", "Jeb Bush", ""])
    ['Donald Trump', 'Martin O’Malley']
    """
    parts = [part.strip() for part in letters_of(typed).split(OR) if part.strip()]
    written = ((name, letters_of(name)) for name in names if name)
    return [name for name, letters in written if not parts or any(part in letters for part in parts)]


def _replaced(text: str, signs: Iterable[tuple[re.Pattern[str], str]]) -> str:
    text = text.lower().strip()
    for pattern, instead in signs:
        text = pattern.sub(instead, text)
    return text


def matches(word: str, pattern: str) -> bool:
    """Return True if a pattern matches a whole word; `*` matches any characters or none. Never backtracks.

    >>> matches("immigrants", "immigra*"), matches("immigrants", "*grant")
    (True, False)
    """
    return fnmatchcase(word, pattern.replace("[", "[[]").replace("?", "[?]"))
