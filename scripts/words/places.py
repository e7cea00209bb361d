"""Places of the words that a table counts: for each row the token positions of what its count stands for.

The rows of frequencies, keyness and rates lead to words, those of ngrams and adjacent collocations to n-grams, those of
window collocations to pairs of words. Each occurrence is one place, so a row has as many places as its count says.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from scripts.core.arrays import Ints
from scripts.core.boilerplate import in_boilerplate, left_out_places
from scripts.core.storage import document_blocks, open_table, read_parquet
from scripts.words.counts import BatchWords, ngram_columns, read_words


class Text(NamedTuple):
    """The words of the corpus with their positions: the number of the sentence and of the token in the document."""

    words: BatchWords
    sentence: Ints
    token: Ints


class Places(NamedTuple):
    """Occurrences of terms as parallel arrays, in the order of the text.

    `term` is the number of the term in the list that was looked up, `document` that of the document in
    `Text.words.documents`, `sentence` that of the sentence in the document. `first` is the first token in the document,
    `last` the token after the last.
    """

    term: Ints
    document: Ints
    sentence: Ints
    first: Ints
    last: Ints


def _counted(tokens: pa.Table, places: pa.Table) -> pa.Table:
    """Return tokens with those in boilerplate marked as no words: they end a sequence, and are not in it."""
    is_word = pc.and_(tokens["is_word"], pc.invert(in_boilerplate(tokens, places)))
    return tokens.set_column(tokens.schema.get_field_index("is_word"), "is_word", is_word)


def text_blocks(tables: Path, settings: dict[str, Any]) -> Iterator[Text]:
    """Yield the words of the corpus, as they were counted, from the folder of its tables, whole documents at a time.

    `settings` are those in `words` of the configuration. The documents are those of the table readability, which has
    all whose words were counted: some are in another language, or failed.
    """
    counted = read_parquet(tables / "readability.parquet", ["doc_id"])["doc_id"]
    columns = ["doc_id", "sentence", "token", "norm", "lemma", "is_word"]
    files, places = open_table(tables / "tokens.parquet", dictionaries=["norm", "lemma"]), left_out_places(tables)
    for tokens in document_blocks(files, columns):
        documents = tokens["doc_id"].unique()
        is_counted = pc.is_in(documents, counted)
        if not pc.all(is_counted).as_py():
            documents = documents.filter(is_counted)
            tokens = tokens.filter(pc.is_in(tokens["doc_id"], documents))
        tokens = _counted(tokens, places)
        tokens = tokens.rename_columns(["doc_id", "sentence", "token", "word", "lemma", "is_word"])
        names = pa.table({"doc_id": documents})
        words = read_words(names, tokens, tokens, unit=settings["unit"])
        yield Text(words, *(tokens[name].to_numpy()[words.row] for name in ("sentence", "token")))


def places_of_words(text: Text, terms: Sequence[str]) -> Places:
    """Return the places of words, which count as forms or lemmas, as in the tables of words; `terms` are distinct."""
    at, term = _match([text.words.word], text.words.vocabulary, [(term,) for term in terms])
    return _places(text, term, at, at)


def ngram_places(text: Text, terms: Sequence[Sequence[str]]) -> Places:
    """Return the places of n-grams, distinct sequences of forms of one length, within sentence and punctuation."""
    length = len(terms[0]) if terms else 1
    columns, first = ngram_columns(text.words.form, text.words.run, length)
    at, term = _match(columns, text.words.vocabulary, terms)
    return _places(text, term, first[at], first[at] + length - 1)


def window_places(text: Text, pairs: Sequence[tuple[str, str]], *, window: int) -> Places:
    """Return the places of pairs of words at most `window` words apart in a sentence, from the first to the second.

    The order of the two does not count; `pairs` are distinct, also in the other order.
    """
    words = text.words
    number = {word: code for code, word in enumerate(words.vocabulary)}
    in_pair = np.zeros(len(words.vocabulary), bool)
    in_pair[[number[word] for pair in pairs for word in pair if word in number]] = True
    relevant = in_pair[words.word]
    firsts, steps = [np.empty(0, np.int64)], [np.empty(0, np.int64)]
    for step in range(1, window + 1):
        near = relevant[:-step] & relevant[step:] & (words.sentence[:-step] == words.sentence[step:])
        firsts.append(np.flatnonzero(near))
        steps.append(np.full(len(firsts[-1]), step))
    first = np.concatenate(firsts)
    second = first + np.concatenate(steps)
    order = np.lexsort((second, first))
    first, second = first[order], second[order]
    left, right = words.word[first], words.word[second]
    ordered = [tuple(sorted(pair)) for pair in pairs]  # the vocabulary is in alphabetical order
    at, term = _match([np.minimum(left, right), np.maximum(left, right)], words.vocabulary, ordered)
    return _places(text, term, first[at], second[at])


def _match(columns: Sequence[Ints], vocabulary: Sequence[str], terms: Sequence[Sequence[str]]) -> tuple[Ints, Ints]:
    """Return the rows of `columns`, word numbers, that are a term, and the number of the term of each.

    Word by word: rows and terms that begin alike have the same number, and the next word tells them apart.
    """
    number = {word: code for code, word in enumerate(vocabulary)}
    codes = np.array([[number.get(word, -1) for word in term] for term in terms], np.int64)
    codes = codes.reshape(len(terms), len(columns))
    known = np.flatnonzero((codes >= 0).all(axis=1))
    at, state, prefix = np.arange(len(columns[0])), np.zeros(len(columns[0]), np.int64), np.zeros(len(known), np.int64)
    for place, column in enumerate(columns):
        distinct, prefix = np.unique(prefix * len(vocabulary) + codes[known, place], return_inverse=True)
        code = state * len(vocabulary) + column[at]
        position = np.searchsorted(distinct, code)
        matching = np.flatnonzero(np.append(distinct, -1)[position] == code)
        at, state = at[matching], position[matching]
    of_prefix = np.empty(len(known), np.int64)
    of_prefix[prefix] = known
    return at, of_prefix[state]


def _places(text: Text, term: Ints, first: Ints, last: Ints) -> Places:
    """Return places from the first and the last word of each occurrence, as indices of `text.words`."""
    document = text.words.document[first]
    return Places(term, document, text.sentence[first], text.token[first], text.token[last] + 1)
