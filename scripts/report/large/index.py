"""The index of a segment: for each word, speaker, name and cue, the documents that have it and its places in them.

A key is a word's form, its lemma and whether it is counted; or, after a space, a kind and a name or value of that kind:

    tax␟tax␟1                       the word tax with the lemma tax, which is counted
    " base fall␟fell"               a lemma and one of its forms; without places
    " speaker Jo Gray"              the pieces of a speaker's quoted statements
    " name Jo Gray"                 mentions
    " frame generic␟conflict␟tax*"  cues
    " source kind␟official"         statements of sources with this value of an attribute
    " joint Jo Gray"                statements of other speakers that this speaker makes jointly with them
    " refusal"                      refusals to comment

A place is a sentence of the document, a token of the sentence, and a bit: for a word, whether it is inside a quotation;
for a piece, whether it is the first of its statement; for a mention, whether its name has a kind. Places other than
those of words also have a number of tokens. Keys are sorted, and cut into parts with similar numbers of places.
"""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import pandas as pd

from scripts.core.arrays import Ints
from scripts.report.corpus.blocks import CorpusAnnotations, first_tokens
from scripts.report.corpus.layout import BETWEEN_FIELDS, FLAGS, LABEL_FIELDS, VALUE
from scripts.report.corpus.marks import Columns
from scripts.report.corpus.tokens import word_forms
from scripts.report.payload import block, texts, unsigned

# Places of a part, more only if a single key has more: a key is never cut.
PART_PLACES = 50_000
# Beginnings of keys by kind, in the order in which keys are sorted: lemmas first, and words after all of these.
KEY_KINDS = {name: f" {name} " for name in ("base", "frame", "joint", "name", "source", "speaker")}
KEY_KINDS["refusal"] = " refusal"


class _Places(NamedTuple):
    """Places in the order of their keys: the keys, and for each place the number of its key, its first token, its
    number of tokens and its bit."""

    keys: list[str]
    key: Ints
    token: Ints
    length: Ints
    bit: Ints


def quoted_tokens(corpus: CorpusAnnotations) -> Ints:
    """Return for each token 1 if it is inside a quotation, else 0."""
    pieces = corpus.marks.pieces
    change = np.zeros(len(corpus.tokens.entry) + 1, np.int32)
    np.add.at(change, pieces["first"], 1)
    np.add.at(change, pieces["first"] + pieces["length"], -1)
    return (np.cumsum(change[:-1]) > 0).astype(np.int64)


def _of_words(corpus: CorpusAnnotations, quoted: Ints) -> tuple[_Places, list[str]]:
    """Return the places of words outside boilerplate, and the keys of lemmas."""
    vocabulary = corpus.tokens.vocabulary
    flags = vocabulary["flags"].to_numpy()
    norm, lemma = word_forms(vocabulary)
    counted = np.where(flags & FLAGS["counted"], "1", "0")
    named: pd.Series = norm + BETWEEN_FIELDS + lemma + BETWEEN_FIELDS + counted
    keys = sorted({*named})
    key = pd.Index(keys, dtype=object).get_indexer(named).astype(np.int32)[corpus.tokens.entry]
    order = np.argsort(key, kind="stable")
    order = order[(flags & FLAGS["left_out"] == 0)[corpus.tokens.entry[order]]]
    pairs = {(each, word) for each, word in zip(lemma, norm, strict=True) if each}
    lemmas = sorted(KEY_KINDS["base"] + each + BETWEEN_FIELDS + word for each, word in pairs)
    return _Places(keys, key[order], order, np.ones(len(order), np.int64), quoted[order]), lemmas


def _of_marks(corpus: CorpusAnnotations) -> _Places:
    """Return the places of speakers, names, cues, sources, joint statements and refusals."""
    marks = corpus.marks
    lists, quotes, pieces, joint = marks.lists, marks.quotes, marks.pieces, marks.sparse["quote joint"]
    has_pieces = quotes["pieces"] > 0
    of_piece = np.repeat(np.arange(len(quotes["pieces"])), quotes["pieces"])
    is_first = np.diff(of_piece, prepend=-1) != 0
    kind = [bool(label.split(BETWEEN_FIELDS)[LABEL_FIELDS.index("kind")]) for label in lists["label"]] or [False]
    rows = [
        _named("speaker", lists["names"], quotes["speaker"][of_piece], pieces["first"], pieces["length"], is_first),
        _named("name", lists["names"], marks.mentions["name"], marks.mentions["first"], marks.mentions["length"],
               np.array(kind)[marks.mentions["label"]]),
        _named("frame", lists["pattern"], marks.codes["pattern"], marks.codes["first"], marks.codes["length"]),
        _named("joint", lists["names"], joint["value"], quotes["first"][joint["row"]],
               quotes["cue_length"][joint["row"]]),
        _named("refusal", ["" for _ in lists["names"]], quotes["speaker"][~has_pieces], quotes["first"][~has_pieces],
               quotes["cue_length"][~has_pieces]),
    ]  # fmt: skip
    for name in quotes:
        if name.startswith(VALUE):
            values = [name.removeprefix(VALUE) + BETWEEN_FIELDS + value for value in lists[name]]
            known = np.array([value != "" for value in lists[name]] or [False])[quotes[name]] & has_pieces
            lengths = np.append(pieces["length"], 0)[quotes["piece_offset"][known]]
            rows.append(_named("source", values, quotes[name][known], quotes["first"][known], lengths))
    frame = pd.concat(rows, ignore_index=True).sort_values(["key", "token"], kind="stable", ignore_index=True)
    number, keys = pd.factorize(frame["key"])
    return _Places(list(keys), number, *(frame[name].to_numpy(np.int64) for name in ("token", "length", "bit")))


def _named(
    kind: str, names: list[str], numbers: Ints, token: Ints, length: Ints, bit: Ints | None = None
) -> pd.DataFrame:
    """Return a row per place, with the key made from the kind and the name; `numbers` are places in `names`."""
    keys = np.array([KEY_KINDS[kind] + name for name in names] or [""], object)
    columns = {"token": token, "length": length, "bit": np.zeros(len(token)) if bit is None else bit}
    return pd.DataFrame({"key": keys[numbers], **columns})


def index_parts(corpus: CorpusAnnotations, quoted: Ints) -> Iterator[tuple[str, bytes]]:
    """Yield the first key and the block of each part of a segment's index, in order.

    `quoted` is the result of `quoted_tokens`.
    """
    starts = first_tokens(corpus)
    document = np.repeat(np.arange(len(starts) - 1), np.diff(starts))
    lengths = (corpus.sentences["last"] - corpus.sentences["first"]).to_numpy(np.int64)
    begins = np.cumsum(lengths) - lengths
    sentence = np.repeat(np.arange(len(lengths)), lengths)
    first_sentence = np.searchsorted(corpus.sentence_document, np.arange(len(starts)))
    words, lemmas = _of_words(corpus, quoted)
    marked = _of_marks(corpus)
    for places in (_Places(lemmas, *[np.zeros(0, np.int64)] * 4), marked, words):
        of_place = sentence[places.token]
        columns = {
            "document": document[places.token],
            "sentence": of_place - first_sentence[document[places.token]],
            "offset": 2 * (places.token - begins[of_place]) + places.bit,
        }
        if places is marked:
            last = places.token + np.maximum(places.length, 1) - 1
            end = last + 1 - begins[sentence[last]]
            columns |= {"length": places.length, "over": sentence[last] - of_place, "end": end}
        yield from _cut(places, columns)


def _cut(places: _Places, columns: Columns) -> Iterator[tuple[str, bytes]]:
    """Yield the first key and the block of each part.

    `columns` have a value for each place: document, sentence, offset (twice the token plus the bit), and for marks
    `length`, `over` and `end`."""
    bounds, first = np.searchsorted(places.key, np.arange(len(places.keys) + 1)), 0
    while first < len(places.keys):
        # Each key adds 1 to the weight of a part, since a key without places takes room too.
        weights = bounds[first:] - bounds[first] + np.arange(len(bounds) - first)
        last = max(first + 1, first + int(np.searchsorted(weights, PART_PLACES, "right")) - 1)
        rows = slice(bounds[first], bounds[last])
        own = {name: values[rows] for name, values in columns.items()}
        yield places.keys[first], _part(places.keys[first:last], places.key[rows] - first, own)
        first = last


def _part(keys: list[str], key: Ints, columns: Columns) -> bytes:
    document, sentence = columns["document"], columns["sentence"]
    is_new = (np.diff(key, prepend=-1) != 0) | (np.diff(document, prepend=-1) != 0)
    first = np.flatnonzero(is_new)
    postings, of_posting = document[first], key[first]
    is_first = np.diff(of_posting, prepend=-1) != 0
    stored = {
        "key": texts(keys),
        "documents": unsigned(np.bincount(of_posting, minlength=len(keys))),
        # Documents are differences within a key, and sentences are differences within a document.
        "document": unsigned(np.where(is_first, postings, np.diff(postings, prepend=0))),
        "count": unsigned(np.diff([*first, len(key)])),
        "sentence": unsigned(np.where(is_new, sentence, np.diff(sentence, prepend=0))),
        "offset": unsigned(columns["offset"]),
    }
    stored |= {name: unsigned(columns[name]) for name in ("length", "over", "end") if name in columns}
    return block(stored, {})
