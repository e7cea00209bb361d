"""The tokens and sentences of a batch, with the columns that the reader's tables have.

A batch stores only the columns from which the others can be computed: a gap instead of two offsets, one text for the
three symbols of the parse, the lemma only where it differs from the word, and no texts of sentences. The texts of
tokens are dictionary-encoded, as few of them are distinct.
"""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from scripts.core.arrays import Ints
from scripts.core.lexicons import word_list
from scripts.core.schemas import arrow_schema
from scripts.core.storage import first_seen, read_by_document, read_parquet


def _first(doc_id: pa.DictionaryArray) -> Ints:
    """Return, for each token, the row of the first token of its document."""
    is_first = np.diff(doc_id.indices.to_numpy(), prepend=-1) != 0
    return np.maximum.accumulate(np.where(is_first, np.arange(len(doc_id)), 0))


def _token(doc_id: pa.DictionaryArray) -> Ints:
    return np.arange(len(doc_id)) - _first(doc_id)


def _length(word: pa.DictionaryArray) -> Ints:
    return pc.utf8_length(word.dictionary).to_numpy().astype(np.int64)[word.indices.to_numpy()]


def _end(doc_id: pa.DictionaryArray, gap: pa.Array, word: pa.DictionaryArray) -> Ints:
    # Ends are summed over the whole batch; then the end of the preceding document is subtracted.
    end = np.cumsum(gap.to_numpy() + _length(word))
    return end - np.append(0, end)[_first(doc_id)]


def _or_word(texts: pa.DictionaryArray, word: pa.DictionaryArray) -> pa.DictionaryArray:
    """Return texts, with each missing one replaced by the word."""
    texts, word = pa.chunked_array([texts, word]).unify_dictionaries().chunks
    numbers = pc.coalesce(texts.indices, word.indices)
    return first_seen(pa.DictionaryArray.from_arrays(numbers, word.dictionary))


def _changed(texts: pa.DictionaryArray, change: Callable[[str], str]) -> pa.DictionaryArray:
    """Return texts with a function applied to each distinct one."""
    values = pa.array(map(change, texts.dictionary.to_pylist()), pa.string())
    return values.dictionary_encode().take(texts.indices)


def _holds(texts: pa.DictionaryArray, test: Callable[[str], bool]) -> pa.Array:
    """Return a mask of the texts that pass a test."""
    return pa.array(map(test, texts.dictionary.to_pylist()), pa.bool_()).take(texts.indices)


def _is_stop(word: pa.DictionaryArray) -> pa.Array:
    stop = {*word_list("stopwords.txt")}
    return _holds(word, lambda form: form.lower() in stop)


def _symbol(symbols: pa.DictionaryArray, place: int) -> pa.Array:
    return _changed(symbols, lambda text: text.split(" ")[place])


# Columns that are computed when read: the stored columns that each needs, and the function that makes it.
# Words are counted in Python's lower case: Arrow's differs for some letters, such as a final sigma.
_MADE: dict[str, tuple[tuple[str, ...], Callable[..., pa.Array | Ints]]] = {
    "token": (("doc_id",), _token),
    "start": (("doc_id", "gap", "word"), lambda doc_id, gap, word: _end(doc_id, gap, word) - _length(word)),
    "end": (("doc_id", "gap", "word"), _end),
    "text": (("text", "word"), _or_word),
    "norm": (("word",), lambda word: _changed(word, str.lower)),
    "is_word": (("word",), lambda word: _holds(word, lambda form: form.isalnum() or any(map(str.isalnum, form)))),
    "is_stop": (("word",), _is_stop),
    "lemma": (("lemma", "word"), _or_word),
    "pos": (("symbols",), partial(_symbol, place=0)),
    "tag": (("symbols",), partial(_symbol, place=1)),
    "dep": (("symbols",), partial(_symbol, place=2)),
    "head": (("doc_id", "to_head"), lambda doc_id, to_head: _token(doc_id) + to_head.to_numpy()),
}


def _stored(path: Path, table: str, columns: set[str]) -> dict[str, pa.Array]:
    """Return the columns that a batch's table has of `columns`, each as one array; texts are dictionary-encoded."""
    names = [name for name in arrow_schema(table).names if name in columns]
    rows = read_parquet(path, names, dictionaries=names).unify_dictionaries()
    return {name: rows[name].combine_chunks() for name in names}


def read_tokens(columns: Sequence[str], tokens: Path, parses: Path | None = None) -> pa.Table:
    """Return encoded columns of the table tokens, or `word`, from a batch's files of tokens and, if needed, parses."""
    made = {name: _MADE.get(name, ((name,), lambda column: column)) for name in columns}
    needed = {source for sources, _ in made.values() for source in sources}
    stored = _stored(tokens, "batch_tokens", needed)
    if parses:
        stored |= _stored(parses, "batch_parses", needed)
    return pa.table({name: make(*map(stored.__getitem__, sources)) for name, (sources, make) in made.items()})


def read_sentences(folder: Path) -> pa.Table:
    """Return the sentences of the batch in a folder with their texts."""
    rows = read_parquet(folder / "sentences.parquet")
    texts = read_by_document(folder / "documents.parquet", "text")
    spans = zip(*(rows[name].to_pylist() for name in ("doc_id", "start", "end")), strict=True)
    return rows.append_column("text", pa.array([texts[doc_id][start:end] for doc_id, start, end in spans], pa.string()))
