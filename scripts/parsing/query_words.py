"""A query in the words of the corpus; templates/report/js/search.js splits queries alike."""

import re

DOUBLE_QUOTES = re.compile("[\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb]")
# Signs that a query may be written with, and those of the corpus, in this order.
_AS_IN_CORPUS = (
    (re.compile("[\u2018\u2019\u201a\u201b\u2032\u02bc\u00b4`]"), "'"),
    (DOUBLE_QUOTES, '"'),
    (re.compile("[\u2010-\u2015\u2212]"), "-"),
    # As the tokenizer splits: cannot, endings such as 's and n't, hyphens but between figures, signs by themselves.
    (re.compile(r"\b(can|gon|got|wan)(?=(?:not|na|ta)\b)"), r"\1 "),
    (re.compile(r"(?<=[\w.])(n't|'(?:s|re|ve|ll|d|m)?)(?!\w)"), r" \1"),
    (re.compile(r"(?:(?<=[^\W\d_])|(?<=[^\W\d_]\.))-(?=[^\W_])|(?<=\d)-(?=[^\W\d_])"), " - "),
    (re.compile(r"(?<!\blemma)([;!?&@#%$£€¥()\[\]{}<>]|[,:](?!\d))"), r" \1 "),
    (re.compile('^"|"$'), ""),
)


def query_words(query: str) -> list[str]:
    """Return the terms of a query: words in small letters, words with *, and lemma:word.

    >>> query_words("Long-term “lemma:say”")
    ['long', '-', 'term', '"lemma:say']
    """
    text = query.lower().strip()
    for pattern, instead in _AS_IN_CORPUS:
        text = pattern.sub(instead, text)
    return text.split()
