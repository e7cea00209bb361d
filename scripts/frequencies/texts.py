"""The tables of documents: diversity, readability, words of highest tf-idf, likeness, near-duplicates."""

import argparse
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from scripts.batches import read_batches
from scripts.frequencies import readability
from scripts.frequencies.corpus import Corpus, read_corpus
from scripts.frequencies.similarity import HASHES, tf_idf
from scripts.intervals import wilson
from scripts.lexicons import stop_words
from scripts.storage import arrow_schema, read_parquet, read_settings, to_table
from scripts.tables import write_table

TOP_WORDS = 10
NEAREST = 5
# Documents are compared that share one of their words of highest weight, among those that another document has too. A
# word that is so high in more than _COMMON documents brings no pairs together, as their number grows with the square.
_CANDIDATE_WORDS, _COMMON = 20, 200
# A band of four hashes is equal by chance in 6 % of pairs of resemblance 0.5; with 32 bands 87 % of these are found, of
# those of 0.7 all but 2 in 10,000 (Leskovec, Rajaraman & Ullman 2014, Mining of Massive Datasets: 88-90).
_BANDS = 32
RESEMBLANCE = 0.5


def read_documents(folder: Path) -> pa.Table:
    """The table `document_counts` of all batches, in the order of doc_id."""
    parts = [read_parquet(folder / batch / "document_counts.parquet") for batch in read_batches(folder)]
    whole = pa.concat_tables([arrow_schema("document_counts").empty_table(), *parts])
    names = whole["doc_id"].to_pylist()
    return whole.take(pa.array(sorted(range(len(names)), key=names.__getitem__), pa.int64()))


def readability_table(documents: pa.Table) -> pa.Table:
    """The table `readability`."""
    counts = documents.select(["doc_id", "n_words", "n_sentences", "n_syllables", "n_complex"])
    columns = counts.to_pydict()
    words, sentences = columns["n_words"], columns["n_sentences"]
    columns["flesch"] = list(map(readability.flesch, words, sentences, columns["n_syllables"]))
    columns["flesch_kincaid"] = list(map(readability.flesch_kincaid, words, sentences, columns["n_syllables"]))
    columns["gunning_fog"] = list(map(readability.gunning_fog, words, sentences, columns["n_complex"]))
    return to_table("readability", columns)


def weights(corpus: Corpus) -> np.ndarray:
    """tf-idf of every cell."""
    documents = np.bincount(corpus.word, minlength=len(corpus.vocabulary))
    return tf_idf(corpus.count, documents[corpus.word], len(corpus.documents))


def top_cells(corpus: Corpus, weight: np.ndarray, *, stop: frozenset[str], most: int) -> tuple[np.ndarray, np.ndarray]:
    """The cells of highest weight above zero of each document without stop words, and their ranks from 1."""
    stopped = np.array([word in stop for word in corpus.vocabulary], bool)
    cells = np.flatnonzero((weight > 0) & ~stopped[corpus.word])
    order = cells[np.lexsort((-weight[cells], corpus.document[cells]))]
    document = corpus.document[order]
    rank = np.arange(len(order)) - np.searchsorted(document, document) + 1
    return order[rank <= most], rank[rank <= most]


def tf_idf_table(corpus: Corpus, weight: np.ndarray, *, stop: frozenset[str]) -> pa.Table:
    """The table `tf_idf`; empty with one document, where every weight is zero."""
    cells, rank = top_cells(corpus, weight, stop=stop, most=TOP_WORDS)
    documents = np.bincount(corpus.word, minlength=len(corpus.vocabulary))
    return to_table(
        "tf_idf",
        {
            "doc_id": np.array(corpus.documents, object)[corpus.document[cells]],
            "rank": rank,
            "word": np.array(corpus.vocabulary, object)[corpus.word[cells]],
            "count": corpus.count[cells],
            "documents": documents[corpus.word[cells]],
            "n": np.full(len(cells), len(corpus.documents)),
            "estimate": weight[cells],
        },
    )


def _candidates(corpus: Corpus, weight: np.ndarray, stop: frozenset[str]) -> list[list[int]]:
    """For each document those that share most weight of the highest words with it, at most NEAREST."""
    shared_words = np.bincount(corpus.word, minlength=len(corpus.vocabulary)) > 1
    cells, _ = top_cells(corpus, weight * shared_words[corpus.word], stop=stop, most=_CANDIDATE_WORDS)
    cells = cells[np.argsort(corpus.word[cells], kind="stable")]
    bounds = np.flatnonzero(np.diff(corpus.word[cells], prepend=-1, append=-1))
    shared: list[dict[int, float]] = [{} for _ in corpus.documents]
    for first, last in zip(bounds[:-1].tolist(), bounds[1:].tolist(), strict=True):
        if 1 < last - first <= _COMMON:
            members = corpus.document[cells[first:last]].tolist()
            values = weight[cells[first:last]].tolist()
            for at, (left, value) in enumerate(zip(members, values, strict=True)):
                for right, other in zip(members[at + 1 :], values[at + 1 :], strict=True):
                    shared[left][right] = shared[left].get(right, 0.0) + value * other
                    shared[right][left] = shared[right].get(left, 0.0) + value * other
    return [sorted(found, key=lambda other: (-found[other], other))[:NEAREST] for found in shared]


def similarity_table(corpus: Corpus, weight: np.ndarray, *, stop: frozenset[str]) -> pa.Table:
    """The table `similarity`: exact cosines with the documents that share words of high weight."""
    bounds = np.searchsorted(corpus.document, np.arange(len(corpus.documents) + 1)).tolist()
    squares = np.bincount(corpus.document, weight**2, len(corpus.documents))
    lengths = np.sqrt(squares).tolist()
    dense = np.zeros(len(corpus.vocabulary))
    rows: dict[str, list] = {name: [] for name in arrow_schema("similarity").names}
    for document, others in enumerate(_candidates(corpus, weight, stop)):
        own = slice(bounds[document], bounds[document + 1])
        dense[corpus.word[own]] = weight[own]
        found = []
        for other in others:
            cells = slice(bounds[other], bounds[other + 1])
            product = float(weight[cells] @ dense[corpus.word[cells]])
            found.append((-product / (lengths[document] * lengths[other]), other))
        dense[corpus.word[own]] = 0
        for rank, (negative, other) in enumerate(sorted(found), 1):
            values = (corpus.documents[document], rank, corpus.documents[other], -negative)
            for column, value in zip(rows.values(), values, strict=True):
                column.append(value)
    return to_table("similarity", rows)


def _pairs(signatures: np.ndarray) -> np.ndarray:
    """Rows that agree in a band: each with the next and with the first of its kind, as sorted pairs."""
    bands = np.ascontiguousarray(signatures).view(f"V{4 * HASHES // _BANDS}")
    found = []
    for band in bands.T:
        _, number = np.unique(band, return_inverse=True)
        order = np.argsort(number, kind="stable")
        first = np.searchsorted(number[order], number[order])
        same = np.flatnonzero(first < np.arange(len(order)))
        found += [np.stack([order[same - 1], order[same]]), np.stack([order[first[same]], order[same]])]
    pairs = np.sort(np.concatenate(found, axis=1), axis=0)
    return np.unique(pairs, axis=1)


def _clusters(pairs: np.ndarray, size: int) -> list[int]:
    """The least member of each row's cluster, by joining the pairs."""
    root = list(range(size))

    def find(member: int) -> int:
        while root[member] != member:
            root[member] = root[root[member]]
            member = root[member]
        return member

    for left, right in pairs.T.tolist():
        one, other = sorted((find(left), find(right)))
        root[other] = one
    return [find(member) for member in range(size)]


def near_duplicates(documents: pa.Table) -> pa.Table:
    """The table `near_duplicates`, from the signatures in `document_counts` (in the order of doc_id)."""
    kept = documents.filter(pc.not_equal(documents["signature"], ""))
    names = np.array(kept["doc_id"].to_pylist(), object)
    data = bytes.fromhex("".join(kept["signature"].to_pylist()))
    signatures = np.frombuffer(data, "<u4").reshape(len(names), HASHES)
    pairs = _pairs(signatures)
    hits = (signatures[pairs[0]] == signatures[pairs[1]]).sum(axis=1)
    pairs, hits = pairs[:, hits >= RESEMBLANCE * HASHES], hits[hits >= RESEMBLANCE * HASHES]
    cluster = np.array(_clusters(pairs, len(names)), int)
    lo, hi = wilson(hits, HASHES)
    order = np.lexsort((pairs[1], pairs[0], cluster[pairs[0]]))
    columns = {
        "cluster": names[cluster[pairs[0]]],
        "doc_id": names[pairs[0]],
        "other": names[pairs[1]],
        "n": np.full(len(hits), HASHES),
        "estimate": hits / HASHES,
        "lo": lo,
        "hi": hi,
        "method": np.full(len(hits), "min-hash, Wilson 95 %", object),
    }
    return to_table("near_duplicates", {name: column[order] for name, column in columns.items()})


def main() -> None:
    """Make the tables of documents from the batches' counts."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    for name in ("batches", "settings", "folder"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    options = parser.parse_args()
    settings = read_settings(options.settings)
    stop = stop_words(settings["words"])
    documents, corpus = read_documents(options.batches), read_corpus(options.batches)
    weight = weights(corpus)
    tables = {
        "diversity": documents.select(arrow_schema("diversity").names),
        "readability": readability_table(documents),
        "tf_idf": tf_idf_table(corpus, weight, stop=stop),
        "similarity": similarity_table(corpus, weight, stop=stop),
        "near_duplicates": near_duplicates(documents),
    }
    for name, table in tables.items():
        write_table(options.folder, name, table, **settings["tables"])


if __name__ == "__main__":
    main()
