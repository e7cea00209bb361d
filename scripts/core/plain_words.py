"""Words in the form in which passages and names are compared: lower case, straight apostrophes, no punctuation."""

import re

WORD = re.compile(r"\d+(?:[.,]\d+)+|[^\W_]+(?:['’‘][^\W_]+)*")


def plain_words(text: str) -> list[str]:
    """Return the words of a text in the form in which they are compared.

    >>> plain_words("Smith‘s ‘own’")
    ["smith's", 'own']
    >>> plain_words("“Don’t … [laughs] pay 3,000 — stop,”")
    ["don't", 'laughs', 'pay', '3,000', 'stop']
    """
    straight = text.replace("’", "'").replace("‘", "'")
    if straight.isascii():  # lower-casing the text equals lower-casing each word
        return WORD.findall(straight.lower())
    return [word.lower() for word in WORD.findall(straight)]


def word_spans(text: str) -> list[tuple[int, int]]:
    """Return the start and end of each word in a text (code points, end-exclusive)."""
    return [match.span() for match in WORD.finditer(text)]
