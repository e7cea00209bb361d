"""Words of a text as passages and names are compared: lower case, apostrophes straightened, no punctuation."""

import re

WORD = re.compile(r"\d+(?:[.,]\d+)+|[^\W_]+(?:['’‘][^\W_]+)*")


def plain_words(text: str) -> list[str]:
    """Return the words of a text as they are compared.

    >>> plain_words("Smith‘s ‘own’")
    ["smith's", 'own']
    >>> plain_words("“Don’t … [laughs] pay 3,000 — stop,”")
    ["don't", 'laughs', 'pay', '3,000', 'stop']
    """
    straight = text.replace("’", "'").replace("‘", "'")
    if straight.isascii():  # lower case of the whole is that of each word
        return WORD.findall(straight.lower())
    return [word.lower() for word in WORD.findall(straight)]


def word_spans(text: str) -> list[tuple[int, int]]:
    """Return the characters of each word of a text: first, and after the last."""
    return [match.span() for match in WORD.finditer(text)]
