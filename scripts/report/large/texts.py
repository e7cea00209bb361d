"""The texts of a segment some documents at a time, each a small corpus of its own with its vocabulary and its names.

Nothing in a part depends on documents that are not in it, so its bytes change only where one of these does.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from scripts.report.corpus.blocks import Corpus, CorpusAnnotations, of_documents, packed
from scripts.report.corpus.layout import FLAGS
from scripts.report.corpus.marks import Columns, Marks
from scripts.report.corpus.tokens import Tokens, tiered_order
from scripts.report.corpus.topics import Topics

# Lists of texts, each with a kind of mark and its column that has their numbers; all other lists are of the column of
# quotes that is called as they are.
_NUMBERED = (
    ("names", "quotes", "speaker"), ("names", "codes", "speaker"), ("names", "mentions", "name"),
    ("names", "quote own", "value"), ("names", "quote joint", "value"), ("names", "mention own", "value"),
    ("pattern", "codes", "pattern"), ("label", "mentions", "label"),
    ("corrected_by", "quote corrected", "value"), ("corrected_by", "mention corrected", "value"),
)  # fmt: skip


def _renumber(texts: list[str], columns: Sequence[tuple[Columns, str]]) -> list[str]:
    """Return the texts that columns have numbers of, sorted, and put their new numbers into the columns."""
    used = np.unique(np.concatenate([values[name] for values, name in columns]))
    order = sorted(range(len(used)), key=lambda at: texts[used[at]])
    place = np.argsort(order)
    for values, name in columns:
        values[name] = place[np.searchsorted(used, values[name])]
    return [texts[used[at]] for at in order]


def _own_marks(marks: Marks) -> Marks:
    """Return marks with lists of the texts that they use alone, without topics."""
    quotes, pieces, mentions, codes, sparse, all_lists, _ = marks
    kinds = {"quotes": quotes, "mentions": mentions, "codes": codes, **sparse}
    lists = {}
    for name, listed in all_lists.items():
        numbered = [(kinds[kind], column) for of, kind, column in _NUMBERED if of == name]
        lists[name] = _renumber(listed, numbered or [(quotes, name)])
    none = pd.DataFrame({name: np.zeros(0, np.int64) for name in ("topic", "document", "sentence", "statement")})
    topics = Topics([], none[["topic", "document"]], none)
    return Marks(quotes, pieces, mentions, codes, sparse, lists, topics)


def _own_tokens(tokens: Tokens) -> Tokens:
    """Return tokens with a vocabulary of their own."""
    used, entry, counts = np.unique(tokens.entry, return_inverse=True, return_counts=True)
    vocabulary = tokens.vocabulary.iloc[used]
    # A page without its corpus finds no key words, and these depend on the outlets of other documents.
    vocabulary = vocabulary.assign(flags=vocabulary["flags"] & ~FLAGS["says_nothing"])
    # Entries that differ in their flags alone stay in the order of these.
    by_flags = np.argsort(vocabulary["flags"].to_numpy(), kind="stable")
    by_text = tiered_order(counts[by_flags], *(vocabulary[name].iloc[by_flags] for name in ("text", "lemma")))
    order = by_flags[by_text]
    return Tokens(tokens.position, np.argsort(order)[entry], vocabulary.iloc[order].reset_index(drop=True))


def text_part(corpus: CorpusAnnotations, first: int, last: int, facts: Mapping[str, Any]) -> Corpus:
    """Return documents `first` to before `last` as the blocks of a corpus that has no others."""
    own = of_documents(corpus, first, last)
    own = own._replace(tokens=_own_tokens(own.tokens), marks=_own_marks(own.marks))
    return packed(own, [(0, last - first)], {}, dict(facts))
