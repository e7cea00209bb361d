"""The language of the page's search, over the table tokens; templates/report/js/search.js has the same."""

import re
from collections.abc import Sequence
from fnmatch import fnmatchcase
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.int64]
# Alternatives of a query are parted by it.
OR = "|"
# Signs that a query may be written with, and those of the corpus, in this order.
_AS_IN_CORPUS = (
    (re.compile("[\u2018\u2019\u201a\u201b\u2032\u02bc\u00b4`]"), "'"),
    (re.compile("[\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb]"), '"'),
    (re.compile("[\u2010-\u2015\u2212]"), "-"),
    # As the tokenizer splits: endings such as 's and n't, hyphens and punctuation by themselves.
    (re.compile(r"(?<=\w)(n't|'(?:s|re|ve|ll|d|m))(?!\w)"), r" \1"),
    (re.compile(r"(?<=[^\W\d_])-(?=[^\W\d_])"), " - "),
    (re.compile(r"(?<=[^\W_])(?<!\blemma)([,;:!?])"), r" \1 "),
    (re.compile('^"|"$'), ""),
)


class Tokens(NamedTuple):
    """Tokens in the order of the corpus: the number of the sentence, and numbers of form and lemma in lists."""

    sentence: Numbers
    norm: Numbers
    lemma: Numbers
    norms: Sequence[str]
    lemmas: Sequence[str]


def query_words(query: str) -> list[str]:
    """Return the terms of a query: words in small letters, words with *, and lemma:word.

    >>> query_words("Long-term “lemma:say”")
    ['long', '-', 'term', '"lemma:say']
    """
    text = query.lower()
    for pattern, instead in _AS_IN_CORPUS:
        text = pattern.sub(instead, text)
    return text.split()


def _term_mask(tokens: Tokens, term: str) -> NDArray[np.bool_]:
    """Return a mask of the tokens that a term stands for."""
    word = term.removeprefix("lemma:")
    texts, numbers = (tokens.lemmas, tokens.lemma) if word != term else (tokens.norms, tokens.norm)
    if not word:
        return np.zeros(len(numbers), bool)
    pattern = word.replace("[", "[[]").replace("?", "[?]")  # * alone is a wildcard
    return np.array([fnmatchcase(text, pattern) for text in texts], bool)[numbers]


def sentences_with(tokens: Tokens, query: str, sentences: int) -> NDArray[np.bool_]:
    """Return a mask of so many sentences: those in which an alternative of the query stands, its words in a row."""
    has_words = np.zeros(sentences, bool)
    for words in filter(None, map(query_words, query.split(OR))):
        n = len(tokens.sentence) - len(words) + 1
        if n < 1:
            continue
        hit = tokens.sentence[:n] == tokens.sentence[len(words) - 1 :]
        for at, word in enumerate(words):
            hit &= _term_mask(tokens, word)[at : at + n]
        has_words[tokens.sentence[:n][hit]] = True
    return has_words
