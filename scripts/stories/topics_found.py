"""Topics that the machine finds (tables topics_found, topics_found_documents): words that often occur together.

They are a way to explore, not a result: another number of topics, or other articles, would give others. So each is
looked for again from other starting points and in halves of the articles; one that does not recur is marked, and none
is compared between groups. A topic worth counting can be made one of the user's own with the line in its row.
"""

from collections.abc import Iterable, Iterator, Sequence
from hashlib import blake2b
from heapq import nsmallest
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pyarrow.compute as pc
import yaml

from scripts.core.arrays import Floats, Ints
from scripts.core.lexicons import stop_words
from scripts.core.options import path_options
from scripts.core.storage import read_parquet, read_settings, rows_to_table
from scripts.core.tables import write_table
from scripts.maths.factorisation import factorised, mean_npmi
from scripts.maths.tf_idf import tf_idf
from scripts.words.corpus import WordCorpus, count_matrix, read_word_corpus

WORDS = 10  # per topic
_MOST_DOCUMENTS, _MOST_WORDS = 3_000, 2_000
_FEWEST_DOCUMENTS, _MOST_COMMON = 3, 0.5  # the fewest documents, and the largest share of all, with a word
_SHORTEST = 3  # letters of a word
_SEEDS = (1, 2, 3, 4)
# A topic is stable if on average this share of its words recurs in the topics that it is matched with.
_STABLE = 0.5
_SHOWN = 0.2  # the least share of an article's weight for which a topic gets a row


class Texts(NamedTuple):
    """The documents in which topics are looked for, their words, and the counts (documents, words)."""

    doc_ids: list[str]
    words: list[str]
    counts: Floats


class _Model(NamedTuple):
    """Weights (documents, topics), and the numbers of each topic's words, by falling weight."""

    documents: Floats
    words: list[list[int]]


def sampled(doc_ids: Iterable[str]) -> list[str]:
    """Return at most 3,000 documents, always the same ones."""

    def place(doc_id: str) -> bytes:
        return blake2b(doc_id.encode("utf-8", "surrogatepass"), digest_size=8).digest()

    return nsmallest(_MOST_DOCUMENTS, doc_ids, key=place)


def topic_texts(corpus: WordCorpus, *, stop: frozenset[str]) -> Texts:
    """Return the counts of the 2,000 most common words in the documents of a corpus.

    Words have three or more letters and nothing else, are not stop words, and are in at least three documents and at
    most half of them.
    """
    _, in_documents = corpus.totals()
    fits = (in_documents >= _FEWEST_DOCUMENTS) & (in_documents <= _MOST_COMMON * len(corpus.documents))
    words = [
        at
        for at in np.flatnonzero(fits).tolist()
        if len(word := corpus.vocabulary[at]) >= _SHORTEST and word.isalpha() and word not in stop
    ]
    words = sorted(sorted(words, key=lambda at: (-in_documents[at], corpus.vocabulary[at]))[:_MOST_WORDS])
    counts = count_matrix(corpus, np.full(len(corpus.documents), True), np.array(words, int))
    return Texts(corpus.documents, [corpus.vocabulary[at] for at in words], counts)


def models_of(counts: Floats, topics: int, *, seeds: Sequence[int]) -> list[_Model]:
    """Return, for each seed, the topics of documents: factors of their tf-idf, each document scaled to length 1."""
    weights = tf_idf(counts, np.maximum(1, (counts > 0).sum(axis=0)), max(1, len(counts)))
    weights = weights / np.maximum(np.linalg.norm(weights, axis=1, keepdims=True), 1e-12)
    return [_model(*parts) for parts in factorised(weights, topics, seeds=seeds)]


def _model(documents: Floats, words: Floats) -> _Model:
    # Tiny differences, in the last bits of sums, must not change an order.
    rounded = np.round(words / np.maximum(words.max(axis=1, keepdims=True), 1e-12), 6)
    lengths = np.linalg.norm(words, axis=1)
    return _Model(documents * lengths, [np.argsort(-row, kind="stable")[:WORDS].tolist() for row in rounded])


def returned(topics: Sequence[Sequence[int]], others: Sequence[Sequence[int]]) -> Floats:
    """Return, for each topic, the share of its words that are in the topic of `others` with which it is matched.

    The pairs with most words in common are matched first, each topic once.

    >>> returned([[1, 2], [3, 4]], [[3, 4], [2, 9]]).tolist()
    [0.5, 1.0]
    """
    common = np.array([[len({*words} & {*again}) / max(1, len(words)) for again in others] for words in topics])
    share = np.zeros(len(topics))
    for place in np.argsort(-common, axis=None, kind="stable").tolist():
        topic, match = divmod(place, len(others))
        if common[topic, match] >= 0:
            share[topic] = common[topic, match]
            common[topic], common[:, match] = -1, -1
    return share


def stable_model(texts: Texts, topics: int) -> tuple[_Model, Floats, Floats]:
    """Return a model with this number of topics, and the shares of each topic's words that recur.

    They recur in models from other random starts (first array), and in halves of the documents (second).
    """
    model, *further = models_of(texts.counts, topics, seeds=_SEEDS)
    first = np.random.default_rng(1).permutation(len(texts.doc_ids)) % 2 == 0
    halves = chain.from_iterable(models_of(texts.counts[half], topics, seeds=_SEEDS[:1]) for half in (first, ~first))
    again, in_halves = ([returned(model.words, each.words) for each in models] for models in (further, halves))
    return model, np.mean(again, axis=0), np.mean(in_halves, axis=0)


def shares_of(weights: Floats) -> Floats:
    """Return the share of each topic (column) in the weights of each document (row), to three decimal places."""
    return np.round(weights / np.maximum(weights.sum(axis=1, keepdims=True), 1e-12), 3)


def line_of(number: int, words: Sequence[str], *, unit: str) -> str:
    """Return the line for topics.yaml that turns a topic into one of the user's; `unit` is lemma or form.

    >>> line_of(3, ["tax", "yes"], unit="form")
    "found 3: {words: [tax, 'yes']}"
    """
    terms = [f"lemma:{word}" if unit == "lemma" else word for word in words]
    return f"found {number}: " + yaml.safe_dump({"words": terms}, default_flow_style=True, width=10_000).strip()


def _ranked(model: _Model) -> tuple[Floats, Ints, list[int]]:
    """Return the shares of topics in documents, in how many each is first, and the topics by that, most first."""
    shares = shares_of(model.documents)
    n = np.bincount(shares.argmax(axis=1), minlength=len(model.words))
    return shares, n, np.argsort(-n, kind="stable").tolist()


def topic_rows(texts: Texts, model: _Model, again: Floats, halves: Floats, *, unit: str) -> Iterator[dict[str, Any]]:
    """Yield the rows of the table topics_found, topics with most documents first."""
    shares, n, order = _ranked(model)
    for number, at in enumerate(order, start=1):
        words = [texts.words[word] for word in model.words[at]]
        own = int(np.argmax(shares[:, at]))
        yield {
            "topic": number,
            "words": ", ".join(words),
            "documents": int(n[at]),
            "share": n[at] / len(texts.doc_ids),
            "npmi": round(mean_npmi(texts.counts[:, model.words[at]] > 0), 3),
            "seeds": again[at],
            "halves": halves[at],
            "stable": bool(min(again[at], halves[at]) >= _STABLE),
            "doc_id": texts.doc_ids[own],
            "line": line_of(number, words, unit=unit),
        }


def topic_share_rows(texts: Texts, model: _Model) -> Iterator[dict[str, Any]]:
    """Yield the rows of table topics_found_documents, by topic, those with the largest share first."""
    shares, _, order = _ranked(model)
    for number, at in enumerate(order, start=1):
        for row in np.argsort(-shares[:, at], kind="stable").tolist():
            if shares[row, at] < _SHOWN:
                break
            yield {"topic": number, "doc_id": texts.doc_ids[row], "share": shares[row, at]}


def main() -> None:
    """Find topics in the counts of all batches, and write the tables topics_found and topics_found_documents."""
    options = path_options(main.__doc__, "settings", "batches", "repeated", "documents", "folder")
    settings = read_settings(options.settings)
    path: Path = options.documents
    documents = read_parquet(path, ["doc_id", "duplicate_of", "parsed"])
    is_original = pc.equal(pc.fill_null(documents["duplicate_of"], ""), "")
    chosen = sampled(documents["doc_id"].filter(pc.and_(documents["parsed"], is_original)).to_pylist())
    corpus = read_word_corpus(options.batches, options.repeated, chosen)
    texts = topic_texts(corpus, stop=stop_words(settings["words"]))
    n = min(settings["topics"]["discover"], len(texts.doc_ids) // _FEWEST_DOCUMENTS, len(texts.words) // WORDS)
    tables: dict[str, Iterator[dict[str, Any]]] = {"topics_found": iter(()), "topics_found_documents": iter(())}
    if n > 1:
        model, again, halves = stable_model(texts, n)
        tables["topics_found"] = topic_rows(texts, model, again, halves, unit=settings["words"]["unit"])
        tables["topics_found_documents"] = topic_share_rows(texts, model)
    for name, rows in tables.items():
        write_table(options.folder, name, rows_to_table(name, rows), **settings["tables"])
