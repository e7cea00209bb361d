"""Entities named in the statements of each speaker."""

from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pyarrow as pa

from scripts.core.arrays import Ints
from scripts.core.corpus_names import Names, with_corpus_names
from scripts.core.storage import to_table
from scripts.entities.mention_ranges import Range
from scripts.entities.mentions import Entities, texts_of
from scripts.entities.occurrences import encoded, numbered
from scripts.entities.statistics import named
from scripts.maths.bootstrap import cell_bounds
from scripts.maths.document_shares import METHOD, Sums, share_interval
from scripts.maths.intervals import ENOUGH, TOO_FEW


class _Statements(NamedTuple):
    """Attributions with a speaker, a row each, sorted by document and quote; `speaker` is a number (see `_number`)."""

    document: Ints
    quote: Ints
    speaker: Ints


class Speaking(NamedTuple):
    """Entities named by speakers, a row for each pair, sorted by speaker and entity.

    `n` statements in `documents` documents name the entity, in `mentions` places. Summed over documents, `squares` is
    the squared number of such statements, `products` this number times that of all the speaker's statements there.
    `document`, `quote` and `sentence` locate the first mention.
    """

    speaker: Ints
    entity: Ints
    mentions: Ints
    n: Ints
    documents: Ints
    squares: Ints
    products: Ints
    document: Ints
    quote: Ints
    sentence: Ints


class Speeches(NamedTuple):
    """Numbers of statements, a row for each speaker and document, sorted by both."""

    speaker: Ints
    document: Ints
    n: Ints


def _number(speaker: str, names: list[str], others: dict[str, int]) -> int:
    """Return the number of a speaker: the position in `names` (sorted), or a number after these from `others`."""
    at = bisect_left(names, speaker)
    if at < len(names) and names[at] == speaker:
        return at
    return others.setdefault(speaker, len(names) + len(others))


def attributions_to_speakers(part: Range, names: Names, entities: Entities, others: dict[str, int]) -> _Statements:
    """Return the attributions with a speaker in a range of documents, under the `names` over all documents.

    `others` numbers the speakers whose name no entity has; new ones are added.
    """
    quotes, document = part.attributions
    speaker, texts = encoded(with_corpus_names(quotes, names, ["speaker"])["speaker"].fill_null(""))
    chosen = (document >= 0) & np.array([bool(text) for text in texts], bool)[speaker]
    row, distinct = numbered(speaker[chosen])
    number = np.array([_number(texts[at], entities.names, others) for at in distinct.tolist()], int)[row]
    return _Statements(document[chosen], quotes["quote"].to_numpy()[chosen], number)


def speeches(attributed: _Statements) -> Speeches:
    """Return the number of statements of each speaker in each document."""
    after = 1 + int(attributed.document.max(initial=0))
    code, n = np.unique(attributed.speaker * after + attributed.document, return_counts=True)
    return Speeches(*np.divmod(code, after), n)


def speaking(part: Range, attributed: _Statements, numbers: Speeches, entities: Entities) -> Speaking:
    """Return the entities mentioned in the content of statements; `numbers` are from `speeches`.

    A mention in a statement that is quoted within another is named by both speakers.
    """
    mentions, (rows, quote) = part.mentions, part.quoted
    stretch = 1 + int(max(quote.max(initial=0), attributed.quote.max(initial=0)))
    code = attributed.document * stretch + attributed.quote
    own = mentions.document[rows] * stretch + quote
    at = np.searchsorted(code, own).clip(max=len(code) - 1)
    is_said = code[at] == own if len(code) else np.zeros(len(own), bool)
    rows, quote, at = rows[is_said], quote[is_said], at[is_said]
    names = len(entities.name)
    key = attributed.speaker[at] * names + mentions.entity[rows]
    pair, first, group = np.unique(key, return_index=True, return_inverse=True)
    after = 1 + len(mentions.document)
    sizes = np.bincount(np.unique(group * after + rows) // after, minlength=len(pair))
    group, at = np.divmod(np.unique(group * len(code) + at), len(code))
    after = 1 + int(attributed.document.max(initial=0))
    code, n = np.unique(group * after + attributed.document[at], return_counts=True)
    group, document = np.divmod(code, after)
    of_speaker = np.searchsorted(numbers.speaker * after + numbers.document, pair[group] // names * after + document)
    sums = (np.bincount(group, each, len(pair)).astype(int) for each in (n, n > 0, n * n, n * numbers.n[of_speaker]))
    where = [mentions.document[rows[first]], quote[first], mentions.sentence[rows[first]]]
    return Speaking(*np.divmod(pair, names), sizes, *sums, *where)


def merged(parts: Sequence[Speaking], entities: Entities) -> Speaking:
    """Return the sums over parts of the corpus, which must be in the order of its documents."""
    rows = Speaking(*(np.concatenate(columns) for columns in zip(*parts, strict=True)))
    key = rows.speaker * len(entities.name) + rows.entity
    order = np.argsort(key, kind="stable")
    first = cell_bounds(key[order])[:, 0]
    sums = [np.add.reduceat(column[order], first) if len(first) else first for column in rows[2:7]]
    where = order[first]
    return Speaking(rows.speaker[where], rows.entity[where], *sums, *(column[where] for column in rows[7:]))


def speaker_entity(
    rows: Speaking, numbers: Sequence[Speeches], entities: Entities, others: dict[str, int], doc_ids: pa.Array
) -> pa.Table:
    """Return the speaker_entity table: the number of a speaker's attributions that name each entity.

    `numbers` are the `speeches` of all ranges of documents; `others` is as in `attributions_to_speakers`.
    """
    texts = [*entities.names, *others]
    speaker, statements = (np.concatenate([getattr(each, name) for each in numbers]) for name in ("speaker", "n"))
    n_quotes, n_documents, squares = (
        np.bincount(speaker, each, len(texts)) for each in (statements, statements > 0, statements**2)
    )
    distinct = np.unique(rows.speaker).tolist()
    place = np.zeros(len(texts), int)
    place[sorted(distinct, key=texts.__getitem__)] = np.arange(len(distinct))
    rows = Speaking(*(column[np.lexsort((rows.entity, place[rows.speaker], -rows.n))] for column in rows))
    documents, totals = n_documents[rows.speaker], n_quotes[rows.speaker]
    sums = Sums(documents, rows.n, totals, rows.squares, rows.products, squares[rows.speaker])
    is_enough = documents >= ENOUGH
    lo, hi = (np.where(is_enough, end, np.nan) for end in share_interval(sums))
    return to_table(
        "speaker_entity",
        {
            "speaker": texts_of(rows.speaker, texts.__getitem__),
            **named(rows.entity, entities),
            "n": rows.n,
            "n_quotes": totals.astype(int),
            "estimate": rows.n / totals,
            "lo": lo,
            "hi": hi,
            "method": np.where(is_enough, METHOD, TOO_FEW),
            "mentions": rows.mentions,
            "documents": rows.documents,
            "doc_id": doc_ids.take(pa.array(rows.document)),
            "quote": rows.quote,
            "sentence": rows.sentence,
        },
    )
