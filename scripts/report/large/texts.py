"""The texts of a segment in parts of a few documents, each a small corpus with its own vocabulary and names.

Nothing in a part depends on documents outside it, so its bytes change only if one of its documents does.
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

# Lists of texts, each with a kind of mark and the column of it that has their numbers. Every other list belongs to the
# column of quotes with the same name.
_NUMBERED = (
    ("names", "quotes", "speaker"), ("names", "codes", "speaker"), ("names", "mentions", "name"),
    ("names", "quote own", "value"), ("names", "quote joint", "value"), ("names", "mention own", "value"),
    ("pattern", "codes", "pattern"), ("label", "mentions", "label"),
    ("corrected_by", "quote corrected", "value"), ("corrected_by", "mention corrected", "value"),
)  # fmt: skip


def _renumber(texts: list[str], columns: Sequence[tuple[Columns, str]]) -> list[str]:
    """Return the texts that columns refer to, sorted, and replace the numbers in the columns by their new places."""
    used = np.unique(np.concatenate([values[name] for values, name in columns]))
    order = sorted(range(len(used)), key=lambda at: texts[used[at]])
    place = np.argsort(order)
    for values, name in columns:
        values[name] = place[np.searchsorted(used, values[name])]
    return [texts[used[at]] for at in order]


def _own_marks(marks: Marks) -> Marks:
    """Return marks without topics, and with lists of only the texts that they use."""
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
    """Return tokens with a vocabulary of only the entries that they use."""
    used, entry, counts = np.unique(tokens.entry, return_inverse=True, return_counts=True)
    vocabulary = tokens.vocabulary.iloc[used]
    # Remove this flag: it depends on the outlets of other documents, and a page without its corpus has no key words.
    vocabulary = vocabulary.assign(flags=vocabulary["flags"] & ~FLAGS["says_nothing"])
    # Entries that differ only in their flags are sorted by these.
    by_flags = np.argsort(vocabulary["flags"].to_numpy(), kind="stable")
    by_text = tiered_order(counts[by_flags], *(vocabulary[name].iloc[by_flags] for name in ("text", "lemma")))
    order = by_flags[by_text]
    return Tokens(tokens.position, np.argsort(order)[entry], vocabulary.iloc[order].reset_index(drop=True))


def text_part(corpus: CorpusAnnotations, first: int, last: int, facts: Mapping[str, Any]) -> Corpus:
    """Return documents `first` to before `last` as the blocks of a corpus of their own."""
    own = of_documents(corpus, first, last)
    own = own._replace(tokens=_own_tokens(own.tokens), marks=_own_marks(own.marks))
    return packed(own, [(0, last - first)], {}, dict(facts))
