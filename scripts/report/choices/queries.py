"""The query language of the page's search, applied to the table tokens; templates/report/js/search.js does the same."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from scripts.core.arrays import Ints
from scripts.parsing.query_words import DOUBLE_QUOTES, OR, matches, query_words

# Separates the phrases of an alternative: the first is searched for in sentences that contain all the others too. An &
# between quotation marks is text.
_AND = re.compile(r'(?:^|\s)&(?:\s|$)(?=(?:[^"]*"[^"]*")*[^"]*$)')


class QueryTokens(NamedTuple):
    """Tokens in the order of the corpus: sentence and vocabulary entry of each; and form and lemma of each entry."""

    sentence: NDArray[np.int32]
    entry: NDArray[np.int32]
    norms: Sequence[str]
    lemmas: Sequence[str]


def _term_mask(tokens: QueryTokens, term: str) -> NDArray[np.bool_]:
    """Return a mask of the tokens that match a term."""
    word = term.removeprefix("lemma:")
    texts = tokens.lemmas if word != term else tokens.norms
    if not word:
        return np.zeros(len(tokens.entry), bool)
    return np.array([matches(text, word) for text in texts], bool)[tokens.entry]


def query_phrases(query: str) -> list[list[list[str]]]:
    """Return the alternatives of a query, each as the phrases that must be in the same sentence.

    >>> query_phrases('tax cut & jobs | "R & D"')
    [[['tax', 'cut'], ['jobs']], [['r', '&', 'd']]]
    """
    phrases = [map(query_words, _AND.split(DOUBLE_QUOTES.sub('"', each))) for each in query.split(OR)]
    return [words for words in ([*filter(None, each)] for each in phrases) if words]


def _begins(tokens: QueryTokens, words: list[str]) -> NDArray[np.bool_]:
    """Return a mask of the tokens where a phrase of these words begins; all of it must be in one sentence."""
    begins = np.zeros(len(tokens.sentence), bool)
    n = len(begins) - len(words) + 1
    if n > 0:
        begins[:n] = tokens.sentence[:n] == tokens.sentence[len(words) - 1 :]
        for at, word in enumerate(words):
            begins[:n] &= _term_mask(tokens, word)[at : at + n]
    return begins


def match_masks(tokens: QueryTokens, query: str) -> Iterator[tuple[NDArray[np.bool_], int]]:
    """Yield for each alternative of a query a mask of the tokens where its first phrase begins, and its length."""
    for words, *beside in query_phrases(query):
        begins = _begins(tokens, words)
        for phrase in beside:
            begins &= np.isin(tokens.sentence, tokens.sentence[_begins(tokens, phrase)])
        yield begins, len(words)


def sentences_with(tokens: QueryTokens, query: str, sentences: int) -> NDArray[np.bool_]:
    """Return a mask of the sentences that contain an alternative of the query; `sentences` is the number of all."""
    has_words = np.zeros(sentences, bool)
    for begins, _ in match_masks(tokens, query):
        has_words[tokens.sentence[begins]] = True
    return has_words


def spans_with(tokens: QueryTokens, query: str, first: Ints, length: Ints) -> NDArray[np.bool_]:
    """Return a mask of the spans of tokens that fully contain an alternative of the query."""
    has_words = np.zeros(len(first), bool)
    for begins, words in match_masks(tokens, query):
        before = np.append(0, np.cumsum(begins))
        last = np.maximum(first, first + length - words + 1)
        has_words |= before[last] > before[first]
    return has_words
