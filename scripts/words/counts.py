"""What one batch of documents adds to the corpus statistics: counts, small enough that the corpus steps only sum them.

Words are the tokens with a letter or a digit, in lower case, as forms or as lemmas; n-grams, diversity and readability
take forms always. n-grams stay within a sentence and do not cross punctuation; window collocates stay within a
sentence. In the batch's own tables words and documents are numbers: rows of its `vocabulary` and `document_counts`.
"""

import argparse
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from scripts.core.expressions import word_pattern
from scripts.core.guard import guarded, rows_of
from scripts.core.lexicons import stop_words
from scripts.core.storage import read_parquet, read_settings, rows_to_table, to_table, write_parquet
from scripts.maths import diversity, readability
from scripts.maths.tuples import count_rows, pack, sum_packed, unpack

Ints = np.ndarray
LONGEST = 5


class Words(NamedTuple):
    """The words of a batch in reading order: parallel arrays, and the lists that their numbers count in.

    `word` (a form or lemma, as is to be counted) and `form` count in `vocabulary`, `document` in `documents`;
    `sentence` and `run` number the sentences and the stretches free of punctuation through the whole batch.
    """

    document: Ints
    sentence: Ints
    run: Ints
    word: Ints
    form: Ints
    documents: list[str]
    vocabulary: list[str]


def _sorted_codes(values: pa.ChunkedArray) -> tuple[Ints, list[str]]:
    """Codes into the sorted list of the distinct values in lower case, and that list."""
    encoded = values.combine_chunks().dictionary_encode()
    lower = [value.lower() for value in encoded.dictionary.to_pylist()]
    names = sorted(set(lower))
    rank = {name: code for code, name in enumerate(names)}
    codes = np.array([rank[name] for name in lower], np.int64)
    return codes[encoded.indices.to_numpy()], names


def counted(
    documents: pa.Table, tokens: pa.Table, parses: pa.Table, *, other_languages: bool
) -> tuple[pa.Table, pa.Table, pa.Table]:
    """The tables of a batch without documents that were dropped and so have no tokens.

    Without `other_languages` also without those that were not parsed, being in another language than the model's.
    """
    names = tokens["doc_id"] if other_languages else tokens["doc_id"].filter(pc.not_equal(parses["lemma"], ""))
    chosen = names.unique()
    kept = pc.is_in(tokens["doc_id"], chosen)
    return documents.filter(pc.is_in(documents["doc_id"], chosen)), tokens.filter(kept), parses.filter(kept)


def read_words(documents: pa.Table, tokens: pa.Table, parses: pa.Table, *, unit: str, pattern: str | None) -> Words:
    """The words of a batch, from its tables.

    `unit` is "lemma" or "form" (a token without a lemma counts by its form). `pattern`, a regular expression that a
    form must match as a whole, replaces the rule that a word has a letter or a digit.
    """
    names = documents["doc_id"].to_pylist()
    document = pc.index_in(tokens["doc_id"], pa.array(names, pa.string())).to_numpy()
    sentence = _runs(document, tokens["sentence"].to_numpy())
    is_word = tokens["is_word"].to_numpy()
    if pattern is not None:
        codes, distinct = _sorted_codes(tokens["word"])
        matches = word_pattern(pattern)
        is_word = np.array([matches(form) is not None for form in distinct], bool)[codes]
    # A token that is no word ends a run: the number goes up at it, and the words after it share the new one.
    run = _runs(sentence, np.cumsum(~is_word))
    kept = pa.array(is_word)
    forms = words = tokens["word"].filter(kept)
    if unit == "lemma":
        lemmas = parses["lemma"].filter(kept)
        words = pc.if_else(pc.equal(lemmas, ""), forms, lemmas)
    codes, vocabulary = _sorted_codes(pa.chunked_array([*words.chunks, *forms.chunks], pa.string()))
    word, form = np.split(codes, 2)
    return Words(document[is_word], sentence[is_word], run[is_word], word, form, names, vocabulary)


def _runs(*columns: Ints) -> Ints:
    """Number the stretches of rows in which all columns stay the same."""
    changes = np.zeros(len(columns[0]), bool)
    for column in columns:
        changes[1:] |= column[1:] != column[:-1]
    return np.cumsum(changes)


def count_tuples(columns: Sequence[Ints], document: Ints, size: int, documents: int) -> tuple[list[Ints], Ints, Ints]:
    """Count the distinct rows of word numbers below `size`.

    Returns their columns in sorted order, how often each occurs and in how many documents.
    """
    sizes = [size] * len(columns)
    (*rows, _), counts = count_rows([*columns, document], [*sizes, documents])
    packed, sums = sum_packed(pack(rows, sizes), counts, np.ones_like(counts))
    return unpack(packed, sizes), sums[0], sums[1]


def ngrams(form: Ints, run: Ints, n: int) -> tuple[list[Ints], Ints]:
    """All stretches of n words within a run: their columns of codes, and the index of the first word of each."""
    first = np.flatnonzero(run[n - 1 :] == run[: max(0, len(run) - n + 1)])
    return [form[first + step] for step in range(n)], first


def window_pairs(word: Ints, run: Ints, window: int) -> tuple[list[Ints], Ints]:
    """All pairs of words at most `window` words apart within a run, the lesser code first, and the first's index."""
    steps = [np.flatnonzero(run[step:] == run[:-step]) for step in range(1, window + 1)]
    first = np.concatenate(steps)
    second = first + np.repeat(np.arange(1, window + 1), [len(step) for step in steps])
    left, right = word[first], word[second]
    return [np.minimum(left, right), np.maximum(left, right)], first


def word_counts(words: Words) -> pa.Table:
    """How often each word occurs in each document."""
    sizes = [len(words.documents), len(words.vocabulary)]
    (document, word), counts = count_rows([words.document, words.word], sizes)
    return to_table("word_counts", {"document": document, "word": word, "count": counts})


def ngram_counts(words: Words, orders: Sequence[int]) -> pa.Table:
    """How often each n-gram occurs in the batch and in how many documents, for each order n."""
    parts = []
    for n in orders:
        columns, first = ngrams(words.form, words.run, n)
        rows, counts, spread = count_tuples(columns, words.document[first], len(words.vocabulary), len(words.documents))
        rows += [np.full(len(counts), -1)] * (LONGEST - n)
        names = {f"word{place}": row for place, row in enumerate(rows, 1)}
        parts.append(
            to_table("ngram_counts", {"order": np.full(len(counts), n), **names, "count": counts, "documents": spread})
        )
    return pa.concat_tables(parts)


def collocate_counts(words: Words, stop: frozenset[str], window: int) -> pa.Table:
    """How often two words that are no stop words stand at most `window` words apart in a sentence, in either order."""
    content = ~np.array([word in stop for word in words.vocabulary], bool)[words.word]
    # A stop word keeps its place: the distance counts all words.
    code = np.where(content, words.word, -1)
    pairs, first = window_pairs(code, words.sentence, window)
    both = pairs[0] >= 0
    rows, counts, spread = count_tuples(
        [pair[both] for pair in pairs], words.document[first[both]], len(words.vocabulary), len(words.documents)
    )
    return to_table("collocate_counts", {"word1": rows[0], "word2": rows[1], "count": counts, "documents": spread})


def document_counts(words: Words) -> pa.Table:
    """Length, lexical diversity and readability of each document, by its forms."""
    syllables = np.array([readability.syllables(form) for form in words.vocabulary], int)[words.form]
    bounds = np.searchsorted(words.document, np.arange(len(words.documents) + 1))
    rows = []
    for doc_id, first, last in zip(words.documents, bounds[:-1], bounds[1:], strict=True):
        forms = words.form[first:last].tolist()
        counts = diversity.type_counts(forms)
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


def batch_counts(words: Words, settings: Mapping[str, Any]) -> dict[str, pa.Table]:
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
    parser = argparse.ArgumentParser(description=main.__doc__)
    inputs = ("documents", "tokens", "parses", "settings")
    outputs = ("vocabulary", "word_counts", "ngram_counts", "collocate_counts", "document_counts")
    for name in (*inputs, *outputs, "problems"):
        parser.add_argument(f"--{name.replace('_', '-')}", type=Path, required=True)
    options = parser.parse_args()
    settings = read_settings(options.settings)["words"]
    documents = read_parquet(options.documents, ["doc_id"])
    tokens = read_parquet(options.tokens, ["doc_id", "sentence", "word", "is_word"])
    parses = read_parquet(options.parses, ["lemma"])
    documents, tokens, parses = counted(documents, tokens, parses, other_languages=settings["other_languages"])

    def count(chosen: frozenset[str]) -> dict[str, pa.Table]:
        tables = (*rows_of(chosen, documents), *rows_of(chosen, tokens, parses))
        return batch_counts(read_words(*tables, unit=settings["unit"], pattern=settings["pattern"]), settings)

    counts, problems = guarded("counts", documents["doc_id"].to_pylist(), count)
    for name in outputs:
        write_parquet(getattr(options, name), counts[name])
    write_parquet(options.problems, problems)


if __name__ == "__main__":
    main()
