"""Strata of review sheets, and the number of rows drawn from each.

The estimates are shares of words, and long statements have many of them. So attributions are stratified by length, rows
are allocated to strata mostly by their words, and the longest statements are all taken. Sentences are stratified by the
sign of a statement in them, their length and their group, and allocated in the same way, because the statements that
the machine misses are in long sentences with a word of speech.
(Cochran, W. G. 1977, Sampling Techniques, 3rd ed., 5.5 and 5A.7; a stratum that is taken whole adds no variance:
Hidiroglou, M. A. 1986, The construction of a self-representing stratum of large units in survey design, The American
Statistician 40: 27-31.)
"""

import re
from collections.abc import Sequence
from functools import cache
from itertools import pairwise

import numpy as np
import pandas as pd
from nltk.stem.snowball import SnowballStemmer

from scripts.attribution.lexicon import cue_lexicon
from scripts.maths.stratified import whole_rows

# Rows that can be expected in each stratum, enough to estimate a variance; two would hardly do.
_FEWEST = 8
# Numbers of words at which the next stratum of length begins; all statements of the last stratum are taken.
LENGTHS = (10, 20, 40, 80)
LONGEST_CLASS = f"{LENGTHS[-1]} words or more"
# Largest share of the rows for statements of the last stratum; if there are more, they are sampled like the others.
MOST_CERTAIN = 1 / 3
# Signs of a statement in a sentence, strongest first: the machine has one that begins there, or there may be one.
SIGNS = ("attribution", "reporting word", "quotation mark", "neither")
LONG = 20  # fewest words of a long sentence
# A reporting word introduces speech in more than this share, and at least this number, of its occurrences in cues.tsv.
_REPORTS, _TIMES = 0.2, 3
_IRREGULAR = ("said", "told", "wrote", "written", "spoke", "spoken", "swore", "sworn")
_WORD = re.compile(r"[^\W\d_]+")
_QUOTED = re.compile("[\"“”«»„‘]|(?<!\\w)'")
BY_WORDS = 0.75  # share of the rows that is allocated to strata by their words
_REST = "*"
_stem = cache(SnowballStemmer("english").stem)


def strata_of_columns(columns: Sequence[pd.Series], *, least: float, amount: pd.Series) -> pd.Series:
    """Return the stratum of each unit: its values in the columns, the most important first, joined by " | ".

    In a stratum smaller than `least`, "*" replaces the last value, then the one before it, and so on. The size of a
    stratum is the sum of its units' `amount`.
    """
    parts = pd.DataFrame(dict(enumerate(column.astype(str) for column in columns)))
    labels = parts.agg(" | ".join, axis=1) if len(parts) else pd.Series([], dtype=str)
    for column in reversed(parts.columns):
        small = labels.map(amount.groupby(labels).sum()) < least
        parts.loc[small, column] = _REST
        labels = parts.agg(" | ".join, axis=1) if len(parts) else labels
    return labels


@cache
def _reporting_stems() -> frozenset[str]:
    counts = cue_lexicon().items()
    lemmas = {key.split("/")[0] for key, (speech, _, n) in counts if speech >= _TIMES and speech > _REPORTS * n}
    return frozenset(map(_stem, lemmas | {*_IRREGULAR}))


def sign(text: str, *, attributed: bool) -> str:
    """Return the first of SIGNS that a sentence has; `attributed` says that an attribution begins in it.

    >>> sign("Critics accused him.", attributed=False), sign("He left.", attributed=False)
    ('reporting word', 'neither')
    """
    if attributed:
        return SIGNS[0]
    if any(_stem(word) in _reporting_stems() for word in _WORD.findall(text.lower())):
        return SIGNS[1]
    return SIGNS[2] if _QUOTED.search(text) else SIGNS[3]


def with_signs(sentences: pd.DataFrame, attributions: pd.DataFrame) -> pd.DataFrame:
    """Return the sentences with the columns signs and n_words added."""
    begins = set(zip(attributions["doc_id"], attributions["sentence"], strict=True))
    keys = zip(sentences["doc_id"], sentences["sentence"], sentences["text"], strict=True)
    signs = [sign(text, attributed=(doc_id, number) in begins) for doc_id, number, text in keys]
    words = [len(text.split()) for text in sentences["text"]]
    return sentences.assign(
        signs=pd.Series(signs, sentences.index, dtype=object), n_words=pd.Series(words, sentences.index, dtype=int)
    )


def sentence_strata(sentences: pd.DataFrame, size: int) -> pd.Series:
    """Return the stratum of each sentence: its sign, whether it is long, and its group; needs `with_signs`.

    Strata keep their sign however small they are, since it says most about what the machine misses.
    """
    words = sentences["n_words"]
    length = pd.Series(np.where(words < LONG, f"1 to {LONG - 1} words", f"{LONG} words or more"), sentences.index)
    least = _FEWEST * words.sum() / size
    rest = strata_of_columns([sentences["signs"], length, sentences["group"]], least=least, amount=words)
    return sentences["signs"].where(rest.str.startswith(f"{_REST} |"), rest)


def length_strata(units: pd.DataFrame, size: int) -> pd.Series:
    """Return the stratum of each attribution: its length, band of confidence, type and group of documents."""
    names = [f"{first} to {after - 1} words" for first, after in pairwise((1, *LENGTHS))] + [LONGEST_CLASS]
    length = pd.Series(np.array(names, object)[np.digitize(units["n_words"], LENGTHS)], units.index, dtype=object)
    certain, words = length == LONGEST_CLASS, units["n_words"]
    columns = [each[~certain] for each in (length, units["band"], units["type"], units["group"])]
    labels = strata_of_columns(columns, least=_FEWEST * words.sum() / size, amount=words[~certain])
    return pd.concat([labels, length[certain]]).reindex(units.index)


def rows_by_words(labels: pd.Series, words: pd.Series, size: int) -> dict[str, int]:
    """Return the number of rows of each stratum, at least two, allocated by its words (three quarters) and its units.

    Shares of words are as precise as if allocated by words alone, and the accuracy of statements, most of which are
    short, is more precise. All of the longest statements are taken, unless they exceed MOST_CERTAIN of the rows.

    >>> labels = pd.Series([LONGEST_CLASS] * 2 + ["1 to 9 words"] * 9 + ["10 to 19 words"] * 9)
    >>> rows_by_words(labels, pd.Series([100] * 2 + [5] * 9 + [15] * 9), 10)
    {'80 words or more': 2, '1 to 9 words': 3, '10 to 19 words': 5}
    """
    groups = labels.groupby(labels)
    sizes, amount = groups.size(), words.groupby(labels).sum()
    certain = [LONGEST_CLASS] if 0 < sizes.get(LONGEST_CLASS, 0) <= MOST_CERTAIN * size else []
    rows = {stratum: int(sizes[stratum]) for stratum in certain}
    others, left = sizes.drop(certain), size - sum(rows.values())
    if len(others):
        by_words, by_units = amount[others.index] / amount[others.index].sum(), others / others.sum()
        quotas = left * (BY_WORDS * by_words + (1 - BY_WORDS) * by_units)
        rows |= dict(zip(others.index, whole_rows(quotas.tolist(), others.tolist(), left), strict=True))
    return rows
