"""The table speaker_words: the key words of each leading speaker's statements against all other statements.

Additive: `part` counts the statements in a block of tokens, `merge` adds up parts, `finish` turns the sum into the
table. A block has the documents of a row group of tokens, so that memory does not grow with the tokens.
"""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from scripts.core.arrays import Floats, Ints
from scripts.core.lexicons import left_out
from scripts.core.options import path_options
from scripts.core.schemas import arrow_schema
from scripts.core.statements import span_ends, speech, with_words
from scripts.core.storage import (
    document_blocks,
    first_seen,
    open_parquet,
    open_table,
    read_parquet,
    read_settings,
    to_table,
)
from scripts.core.tables import write_table
from scripts.core.text_values import looked_up
from scripts.maths.intervals import ENOUGH, benjamini_hochberg
from scripts.maths.keyness import PRIOR, VARIES, document_p, log_odds_dirichlet
from scripts.maths.tuples import distinct, ranges, sum_packed
from scripts.speakers.leading import leading_speakers, read_spoken
from scripts.words.counts import count_tuples, lemma_or_form

_Texts = NDArray[np.object_]
_TOKENS = ["doc_id", "start", "norm", "lemma", "is_word"]
_QUOTES = ["doc_id", "type", "speaker", "content_spans"]
# Rows of quotes read at a time.
_ROWS = 200_000
# A key is the number of a speaker times this, plus the number of a word.
_WORDS = 2**32
_T = TypeVar("_T", bound=tuple)


class StatementSpans(NamedTuple):
    """The spans of statements in the order of documents: numbers of the document and the speaker (-1 if there is none),
    first character and the one after the last."""

    document: Ints
    speaker: Ints
    first: Ints
    last: Ints


class BlockTokens(NamedTuple):
    """The words of a block of documents in the order of the text: number of the document, first character, and index of
    the word in `texts`."""

    document: Ints
    start: Ints
    word: Ints
    texts: list[str]


class KeyCounts(NamedTuple):
    """Distinct keys in ascending order, how often each key's word is said, and in how many documents."""

    key: Ints
    n: Ints
    documents: Ints


class Spread(NamedTuple):
    """Sums for each word over units, a unit being all that one speaker says in one document.

    `having` is the number of units with the word. In a unit n is the word's count and t that of all words: `n2t` is the
    sum of n² t, and so on. They give the squared and cubed deviations from any share of the word (`p_of_words`).
    """

    key: Ints
    having: Ints
    n2: Ints
    nt: Ints
    n3: Ints
    n2t: Ints
    nt2: Ints


class Part(NamedTuple):
    """Counts of the words in the statements of some documents, which can be added up over documents.

    `own` is by leading speaker and word, `words` and `spread` by word for all speakers together; the key is a word's
    number, in `own` combined with the speaker's (`_WORDS`). `speakers` is in how many documents each leading speaker is
    quoted. `lengths` has three sums over the units of `Spread`: their number, and the squares and cubes of their words.
    """

    own: KeyCounts
    words: KeyCounts
    speakers: Ints
    spread: Spread
    lengths: Ints


def read_statement_spans(path: Path, doc_ids: _Texts, names: Sequence[str]) -> StatementSpans:
    """Return the statements of the table quotes in the sorted `doc_ids`, without refusals to speak.

    The number of a speaker is the index in `names`; other speakers are numbered after these.
    """
    known = {name: number for number, name in enumerate(names)} | {"": -1}
    parts = [StatementSpans(*(np.array([], np.int32) for _ in StatementSpans._fields))]
    with open_parquet(path, dictionaries=["doc_id", "type", "speaker"]) as file:
        for batch in file.iter_batches(_ROWS, columns=_QUOTES, use_threads=False):
            quotes = with_words(speech(pa.Table.from_batches([batch])))
            speaker = pc.fill_null(quotes["speaker"], "")
            of_quote = looked_up(speaker, lambda name: known.setdefault(name, len(known) - 1))
            quote, first, last = span_ends(quotes["content_spans"])
            document = _places(first_seen(quotes["doc_id"]), doc_ids)[quote]
            part = StatementSpans(document, of_quote[quote], first, last)
            parts.append(StatementSpans(*(array[document >= 0].astype(np.int32) for array in part)))
    return StatementSpans(*(np.concatenate(arrays) for arrays in zip(*parts, strict=True)))


def _places(encoded: pa.DictionaryArray, doc_ids: _Texts) -> Ints:
    """Return the index in the sorted `doc_ids` of each text of an encoded column, -1 if it is missing.

    Uses binary search, since a hash table of all documents would have to be built again for each block.
    """
    texts = encoded.dictionary.to_numpy(zero_copy_only=False)
    places, ends = (np.searchsorted(doc_ids, texts, side) for side in ("left", "right"))
    return np.where(places < ends, places, -1)[encoded.indices.to_numpy()]


def token_blocks(folder: Path) -> Iterator[pa.Table]:
    """Yield the columns for `read_block_tokens` of the table tokens in a folder, by `document_blocks`."""
    return document_blocks(open_table(folder / "tokens.parquet", dictionaries=["doc_id", "norm", "lemma"]), _TOKENS)


def read_block_tokens(rows: pa.Table, doc_ids: _Texts, *, unit: str) -> BlockTokens:
    """Return the words of a block of tokens in the documents `doc_ids`; `unit` is that of `counts.read_words`."""
    document = _places(first_seen(rows["doc_id"]), doc_ids)
    form, lemma = (first_seen(rows[name]) for name in ("norm", "lemma"))
    forms, lemmas = ([text.lower() for text in column.dictionary.to_pylist()] for column in (form, lemma))
    is_word = rows["is_word"].combine_chunks().to_numpy(zero_copy_only=False)
    is_counted = is_word & (document >= 0)
    word = form.indices.to_numpy()[is_counted]
    if unit == "lemma":
        word = lemma_or_form(lemma.indices.to_numpy()[is_counted], word, lemmas, forms)
    start = rows["start"].combine_chunks().to_numpy()[is_counted]
    return BlockTokens(document[is_counted], start, word, forms + lemmas)


def spoken_words(tokens: BlockTokens, statements: StatementSpans) -> tuple[Ints, Ints]:
    """Return the words of a block of tokens inside statements: the speaker of each, and its index in `tokens`.

    A word in two statements of one speaker, one inside the other, is returned once.
    """
    documents = distinct(tokens.document)
    begin, end = (np.searchsorted(statements.document, documents, side) for side in ("left", "right"))
    of_block = ranges(begin, end - begin)
    document, speaker, first, last = (array[of_block].astype(np.int64) for array in statements)
    # Documents are laid end to end in stretches of equal length, so that one search over characters serves all.
    stretch = 1 + int(max(np.max(tokens.start, initial=0), np.max(last, initial=0)))
    place = tokens.document * stretch + tokens.start
    begin, end = (np.searchsorted(place, document * stretch + edge) for edge in (first, last))
    words_of_speakers = (np.repeat(speaker, end - begin) + 1) * len(place) + ranges(begin, end - begin)
    speaker, at = np.divmod(distinct(words_of_speakers), len(place))
    return speaker - 1, at


def part(tokens: BlockTokens, statements: StatementSpans, known: dict[str, int], *, leading: int) -> Part:
    """Return the part of a block of tokens for the first `leading` speakers; add new words with numbers to `known`."""
    speaker, at = spoken_words(tokens, statements)
    document = tokens.document[at].astype(np.int64)
    used, local = np.unique(tokens.word[at], return_inverse=True)
    numbers = [known.setdefault(tokens.texts[number], len(known)) for number in used.tolist()]
    word = np.array(numbers, np.int64)[local]
    mine = (speaker >= 0) & (speaker < leading)
    spoken = distinct(speaker[mine] * _WORDS + document[mine]) // _WORDS
    return Part(
        _counts(speaker[mine] * _WORDS + word[mine], document[mine]),
        _counts(word, document),
        np.bincount(spoken, minlength=leading),
        *_spread(word, speaker * _WORDS + document),
    )


def _spread(word: Ints, unit: Ints) -> tuple[Spread, Ints]:
    """Return the spread of words and the lengths of units; `unit` is the speaker and document of each word."""
    numbers, local = np.unique(word, return_inverse=True)
    _, unit, length = np.unique(unit, return_inverse=True, return_counts=True)
    cell, n = np.unique(local * len(length) + unit, return_counts=True)
    of_word, of_unit = np.divmod(cell, len(length))
    t = length[of_unit]
    sums = (np.bincount(of_word, each, len(numbers)) for each in (n**0, n**2, n * t, n**3, n**2 * t, n * t**2))
    lengths = np.array([len(length), (length**2).sum(), (length**3).sum()], np.int64)
    return Spread(numbers, *(column.astype(np.int64) for column in sums)), lengths


def _counts(key: Ints, document: Ints) -> KeyCounts:
    """Return how often each key occurs, and in how many documents; `document` is the document of each key."""
    sizes = (1 + int(np.max(column, initial=0)) for column in (key, document))
    (numbers,), n, documents = count_tuples([key], document, *sizes)
    return KeyCounts(numbers, n, documents)


def merge(total: Part, more: Part) -> Part:
    """Return the sum of parts of different documents."""
    return Part(
        _added(total.own, more.own),
        _added(total.words, more.words),
        total.speakers + more.speakers,
        _added(total.spread, more.spread),
        total.lengths + more.lengths,
    )


def _added(total: _T, more: _T) -> _T:
    key, *columns = (np.concatenate(arrays) for arrays in zip(total, more, strict=True))
    (numbers,), sums = sum_packed([key], *columns)
    return type(total)(numbers, *sums)


def finish(
    merged: Part,
    speakers: Sequence[str],
    words: Sequence[str],
    *,
    stop: frozenset[str],
    min_count: int,
    min_documents: int,
    most: int,
) -> pa.Table:
    """Return the table speaker_words: for each of `speakers` the `most` words of highest z, smallest p first.

    `words` has the word of each number. The log-odds have an informative Dirichlet prior, the shares of words in all
    statements (see `maths.keyness.log_odds_dirichlet`). All words are tested that are not in `stop` and occur
    `min_count` times in all statements together; p is based on what speakers say in whole documents
    (`maths.keyness.document_p`), and q corrects for all tests of a speaker. A word is listed if the speaker says it
    more often than others do, and in `min_documents` documents, or in all if the speaker is quoted in fewer.
    """
    frequent = [number for number in np.flatnonzero(merged.words.n >= min_count).tolist() if words[number] not in stop]
    tested = np.array(sorted(frequent, key=words.__getitem__), int)
    edges = np.searchsorted(merged.own.key, np.arange(len(speakers) + 1) * _WORDS)
    parts = [arrow_schema("speaker_words").empty_table()]
    for number, speaker in enumerate(speakers):
        own = KeyCounts(*(array[edges[number] : edges[number + 1]] for array in merged.own))
        n, documents = int(own.n.sum()), int(merged.speakers[number])
        if not 0 < n < merged.words.n.sum():
            continue
        columns = _compared(own, merged, tested, documents)
        is_spread = columns["documents"] >= min(min_documents, documents)
        listed = np.flatnonzero((columns["z"] > 0) & is_spread)
        # Ties stay in alphabetical order, as in `tested`; words without a p come last.
        listed = listed[np.argsort(-columns["z"][listed], kind="stable")][:most]
        listed = listed[np.argsort(columns["p"][listed], kind="stable")]
        of_speaker = {"speaker": [speaker] * len(listed), "n_documents": [documents] * len(listed)}
        of_speaker["word"] = [words[at] for at in tested[listed]]
        parts.append(to_table("speaker_words", {name: column[listed] for name, column in columns.items()} | of_speaker))
    return pa.concat_tables(parts).combine_chunks()


def _compared(own: KeyCounts, merged: Part, tested: Ints, documents: int) -> dict[str, NDArray[Any]]:
    """Return the counts and the keyness of the `tested` words of a speaker against all other speakers together.

    `documents` is in how many documents the speaker is quoted.
    """
    every = merged.words
    by_word = np.zeros((2, len(every.n)), np.int64)
    by_word[:, own.key % _WORDS] = own.n, own.documents
    count, spread = by_word[:, tested]
    n, size = int(own.n.sum()), int(every.n.sum())
    rest = every.n[tested] - count
    prior = every.n[tested] / size * PRIOR
    log_odds, z = log_odds_dirichlet(count, rest, n - count, size - n - rest, prior=prior, prior_total=PRIOR)
    p = p_of_words(count, n, merged, tested, documents)
    return {
        "count": count,
        "count_others": rest,
        "n": np.full(len(tested), n),
        "n_others": np.full(len(tested), size - n),
        "documents": spread,
        "documents_all": every.documents[tested],
        "estimate": log_odds,
        "z": z,
        "p": p,
        "q": benjamini_hochberg(p),
    }


def p_of_words(count: Ints, n: int, merged: Part, tested: Ints, documents: int) -> Floats:
    """Return the p of words that a speaker says `count` times among `n`; NaN if too few units of `Spread` inform it."""
    size, (units, squared, cubed) = int(merged.words.n.sum()), merged.lengths.tolist()
    share = merged.words.n[tested] / size
    _, having, n2, nt, n3, n2t, nt2 = (column[tested].astype(float) for column in merged.spread)
    squares = n2 - 2 * share * nt + share**2 * squared
    cubes = n3 - 3 * share * n2t + 3 * share**2 * nt2 - share**3 * cubed
    chosen = (having >= ENOUGH) & (squares > VARIES * share**2 * squared)
    p = np.full(len(tested), np.nan)
    if min(documents, units - documents) >= ENOUGH:
        p[chosen] = document_p(
            (count - share * n)[chosen],
            squares[chosen],
            cubes[chosen],
            words=(n, size - n),
            documents=(documents, units - documents),
        )
    return p


def count_statements(folder: Path, speakers: Sequence[str], settings: Mapping[str, Any]) -> tuple[Part, list[str]]:
    """Return the sum over all statements of the tables in a folder, and the words by number."""
    # Only documents whose words were counted: some are in another language, or failed.
    doc_ids = np.array(sorted(read_parquet(folder / "readability.parquet", ["doc_id"])["doc_id"].to_pylist()), object)
    statements = read_statement_spans(folder / "quotes.parquet", doc_ids, speakers)
    known: dict[str, int] = {}
    nothing, lengths = KeyCounts(*np.zeros((3, 0), np.int64)), np.zeros(3, np.int64)
    merged = Part(nothing, nothing, np.zeros(len(speakers), np.int64), Spread(*np.zeros((7, 0), np.int64)), lengths)
    for rows in token_blocks(folder):
        tokens = read_block_tokens(rows, doc_ids, unit=settings["unit"])
        merged = merge(merged, part(tokens, statements, known, leading=len(speakers)))
    return merged, list(known)


def main() -> None:
    """Write the table speaker_words from the tables in a folder, as Parquet and CSV."""
    options = path_options(main.__doc__, "settings", "folder")
    folder: Path = options.folder
    settings = read_settings(options.settings)
    speakers = leading_speakers(read_spoken(folder / "quotes.parquet"), settings["profiles"]["speakers"])
    merged, words = count_statements(folder, speakers, settings["words"])
    limits = {name: settings["keyness"][name] for name in ("min_count", "min_documents")}
    stop = left_out(settings["words"], words, outlets=())
    rows = finish(merged, speakers, words, stop=stop, most=settings["profiles"]["words"], **limits)
    write_table(folder, "speaker_words", rows, **settings["tables"])
