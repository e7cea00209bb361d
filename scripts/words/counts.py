"""Counts of one batch of documents, compact enough that the corpus steps only add them up.

Words are the tokens with a letter or a digit, in lower case, as forms or as lemmas; n-grams, diversity and readability
always use forms. n-grams stay within a sentence and do not cross punctuation; window collocates stay within a
sentence. In the tables of a batch words and documents are row numbers of its `vocabulary` and `document_counts`.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from scripts.core.arrays import Ints
from scripts.core.batch_tokens import read_tokens
from scripts.core.guard import guarded, rows_of
from scripts.core.lexicons import stop_words
from scripts.core.options import path_options
from scripts.core.sample import sample_tables
from scripts.core.storage import decoded, read_parquet, read_settings, rows_to_table, to_table, write_parquet
from scripts.maths import diversity, readability
from scripts.maths.tuples import count_rows, pack, sum_packed, unpack

LONGEST_NGRAM = 5
TABLES = ("vocabulary", "word_counts", "ngram_counts", "collocate_counts", "document_counts")


class BatchWords(NamedTuple):
    """The words of a batch in reading order: parallel arrays, and the lists that they index.

    `word` (the form or lemma that is counted) and `form` index `vocabulary`, `document` indexes `documents`; `sentence`
    and `run` number the sentences, and the stretches without punctuation, through the batch; `row` is the row of the
    token in the table of tokens.
    """

    document: Ints
    sentence: Ints
    run: Ints
    word: Ints
    form: Ints
    row: Ints
    documents: list[str]
    vocabulary: list[str]


def _sorted_codes(values: pa.ChunkedArray) -> tuple[Ints, list[str]]:
    """Return the values as indices into the sorted list of distinct values in lower case, and that list."""
    encoded = values.combine_chunks().dictionary_encode()
    lower = [value.lower() for value in encoded.dictionary.to_pylist()]
    names = sorted(set(lower))
    rank = {name: code for code, name in enumerate(names)}
    codes = np.array([rank[name] for name in lower], np.int64)
    return codes[encoded.indices.to_numpy()], names


def read_counted(tokens: Path, parses: Path) -> pa.Table:
    """Return the tokens of a batch with the columns needed for counting."""
    return decoded(read_tokens(["doc_id", "sentence", "word", "is_word", "lemma"], tokens, parses))


def counted(documents: pa.Table, tokens: pa.Table, *, other_languages: bool) -> tuple[pa.Table, pa.Table]:
    """Return the tables of a batch without documents that have no tokens, such as dropped duplicates.

    Unless `other_languages`, unparsed documents, whose language is not the model's, are left out too.
    """
    names = tokens["doc_id"] if other_languages else tokens["doc_id"].filter(pc.not_equal(tokens["lemma"], ""))
    chosen = names.unique()
    mask = pc.is_in(tokens["doc_id"], chosen)
    return documents.filter(pc.is_in(documents["doc_id"], chosen)), tokens.filter(mask)


def lemma_or_form(lemma: Ints, form: Ints, lemmas: Sequence[str], forms: Sequence[str]) -> Ints:
    """Return the number of each token's lemma, or that of its form if it has none; lemmas are numbered after forms."""
    has_lemma = np.array([bool(text) for text in lemmas], bool)[lemma]
    return np.where(has_lemma, lemma + len(forms), form)


def read_words(documents: pa.Table, tokens: pa.Table, *, unit: str) -> BatchWords:
    """Return the words of a batch; `unit` is lemma or form (a token without a lemma counts by its form)."""
    names = documents["doc_id"].to_pylist()
    document = pc.index_in(tokens["doc_id"], pa.array(names, pa.string())).to_numpy()
    sentence = _runs(document, tokens["sentence"].to_numpy())
    is_word = tokens["is_word"].to_numpy()
    form, forms = _sorted_codes(tokens["word"])
    # A token that is not a word ends a run, so the number increases there.
    run = _runs(sentence, np.cumsum(~is_word))
    rows = np.flatnonzero(is_word)
    form = word = form[rows]
    if unit == "lemma":
        lemma, lemmas = _sorted_codes(tokens["lemma"])
        word = lemma_or_form(lemma[rows], form, lemmas, forms)
        forms = [*forms, *lemmas]
    is_used = np.zeros(len(forms), bool)
    is_used[word] = is_used[form] = True
    used = np.flatnonzero(is_used)
    vocabulary = sorted({forms[number] for number in used.tolist()})
    rank = {name: code for code, name in enumerate(vocabulary)}
    codes = np.empty(len(forms), np.int64)
    codes[used] = [rank[forms[number]] for number in used.tolist()]
    return BatchWords(document[rows], sentence[rows], run[rows], codes[word], codes[form], rows, names, vocabulary)


def _runs(*columns: Ints) -> Ints:
    """Return the number of each row's run; a run is a stretch of rows in which no column changes.

    >>> _runs(np.array([5, 5, 5, 7]), np.array([1, 1, 2, 2])).tolist()
    [0, 0, 1, 2]
    """
    changes = np.zeros(len(columns[0]), bool)
    for column in columns:
        changes[1:] |= column[1:] != column[:-1]
    return np.cumsum(changes)


def count_tuples(columns: Sequence[Ints], document: Ints, size: int, documents: int) -> tuple[list[Ints], Ints, Ints]:
    """Return the distinct rows of word numbers in sorted order, their counts, and in how many documents they occur.

    `columns` are word numbers below `size`, `document` is the document of each row, below `documents`.
    """
    sizes = [size] * len(columns)
    (*rows, _), counts = count_rows([*columns, document], [*sizes, documents])
    packed, sums = sum_packed(pack(rows, sizes), counts, np.ones_like(counts))
    return unpack(packed, sizes), sums[0], sums[1]


def ngram_columns(form: Ints, run: Ints, n: int) -> tuple[list[Ints], Ints]:
    """Return the n-grams within runs as n columns of word numbers, and the index of the first word of each.

    >>> ngram_columns(np.array([4, 5, 6, 7]), np.array([0, 0, 0, 1]), 2)
    ([array([4, 5]), array([5, 6])], array([0, 1]))
    """
    first = np.flatnonzero(run[n - 1 :] == run[: max(0, len(run) - n + 1)])
    return [form[first + step] for step in range(n)], first


def window_pairs(word: Ints, run: Ints, window: int) -> tuple[list[Ints], Ints]:
    """Return the pairs of words at most `window` words apart within a run, and the index of the first word of each.

    In a pair the smaller number comes first.

    >>> window_pairs(np.array([6, 4, 5]), np.array([0, 0, 0]), 2)
    ([array([4, 4, 5]), array([6, 5, 6])], array([0, 1, 0]))
    """
    steps = [np.flatnonzero(run[step:] == run[:-step]) for step in range(1, window + 1)]
    first = np.concatenate(steps)
    second = first + np.repeat(np.arange(1, window + 1), [len(step) for step in steps])
    left, right = word[first], word[second]
    return [np.minimum(left, right), np.maximum(left, right)], first


def word_counts(words: BatchWords) -> pa.Table:
    """Return the table word_counts: how often each word occurs in each document."""
    sizes = [len(words.documents), len(words.vocabulary)]
    (document, word), counts = count_rows([words.document, words.word], sizes)
    return to_table("word_counts", {"document": document, "word": word, "count": counts})


def ngram_counts(words: BatchWords, orders: Sequence[int]) -> pa.Table:
    """Return the table ngram_counts: how often each n-gram of each order occurs, and in how many documents."""
    parts = []
    for n in orders:
        columns, first = ngram_columns(words.form, words.run, n)
        rows, counts, spread = count_tuples(columns, words.document[first], len(words.vocabulary), len(words.documents))
        rows += [np.full(len(counts), -1)] * (LONGEST_NGRAM - n)
        names = {f"word{place}": row for place, row in enumerate(rows, 1)}
        parts.append(
            to_table("ngram_counts", {"order": np.full(len(counts), n), **names, "count": counts, "documents": spread})
        )
    return pa.concat_tables(parts)


def collocate_counts(words: BatchWords, stop: frozenset[str], window: int) -> pa.Table:
    """Return the table collocate_counts: unordered pairs, without stop words, within `window` words of a sentence."""
    content = ~np.array([word in stop for word in words.vocabulary], bool)[words.word]
    # Distances count all words, including stop words.
    code = np.where(content, words.word, -1)
    pairs, first = window_pairs(code, words.sentence, window)
    both = pairs[0] >= 0
    rows, counts, spread = count_tuples(
        [pair[both] for pair in pairs], words.document[first[both]], len(words.vocabulary), len(words.documents)
    )
    return to_table("collocate_counts", {"word1": rows[0], "word2": rows[1], "count": counts, "documents": spread})


def document_counts(words: BatchWords) -> pa.Table:
    """Return the table document_counts: length, lexical diversity and counts for readability of each document."""
    syllables = np.array([readability.syllables(form) for form in words.vocabulary], int)[words.form]
    bounds = np.searchsorted(words.document, np.arange(len(words.documents) + 1))
    rows: list[dict[str, Any]] = []
    for doc_id, first, last in zip(words.documents, bounds[:-1], bounds[1:], strict=True):
        forms = words.form[first:last]
        _, counts = np.unique(forms, return_counts=True)
        sounds = syllables[first:last]
        rows.append(
            {
                "doc_id": doc_id,
                "n_words": len(forms),
                "n_types": len(counts),
                "n_sentences": len(set(words.sentence[first:last].tolist())),
                "n_syllables": int(sounds.sum()),
                "n_complex": int((sounds >= 3).sum()),
                "mattr": diversity.mattr(forms),
                "mtld": diversity.mtld(forms),
                "hdd": diversity.hdd(counts),
                "yule_k": diversity.yule_k(counts),
            }
        )
    return rows_to_table("document_counts", rows)


def batch_counts(words: BatchWords, settings: Mapping[str, Any]) -> dict[str, pa.Table]:
    """Return the five tables of counts of a batch by their names; `settings` is the section `words`."""
    return {
        "vocabulary": to_table("vocabulary", {"word": words.vocabulary}),
        "word_counts": word_counts(words),
        "ngram_counts": ngram_counts(words, sorted({2, *settings["n"]})),
        "collocate_counts": collocate_counts(words, stop_words(settings), settings["window"]),
        "document_counts": document_counts(words),
    }


def main() -> None:
    """Count the words, n-grams and collocates of a batch, and measure its documents."""
    options = path_options(main.__doc__, "documents", "tokens", "parses", "settings", *TABLES, "problems")
    settings = read_settings(options.settings)["words"]
    documents = read_parquet(options.documents, ["doc_id"])
    tokens = read_counted(options.tokens, options.parses)
    documents, tokens = counted(documents, tokens, other_languages=settings["other_languages"])

    def count(documents: pa.Table, tokens: pa.Table) -> dict[str, pa.Table]:
        words = read_words(documents, tokens, unit=settings["unit"])
        return batch_counts(words, settings)

    def count_sample() -> dict[str, pa.Table]:
        sample = sample_tables()
        return count(sample.documents, sample.tokens)

    counts, problems = guarded(
        "counts",
        documents["doc_id"].to_pylist(),
        lambda chosen: count(rows_of(chosen, documents), rows_of(chosen, tokens)),
        sample=count_sample,
    )
    for name in TABLES:
        write_parquet(getattr(options, name), counts[name], between_steps=True)
    write_parquet(options.problems, problems)
