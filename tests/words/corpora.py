"""Small corpora for the tests: batches of counts on disk, as the counts step writes them."""

from scripts.core.storage import to_table, write_parquet, write_text
from scripts.words import counts
from scripts.words.corpus import read_word_corpus
from tests import references
from tests.words.test_counts import batch


def write_batches(folder, batches, *, stop=frozenset()):
    """Write the counts of each batch of (doc_id, tokens) sentences: {name: sentences}."""
    for name, sentences in batches.items():
        words = batch(sentences)
        base = folder / name
        write_text(base / "manifest.jsonl", "")
        write_parquet(base / "vocabulary.parquet", to_table("vocabulary", {"word": words.vocabulary}))
        write_parquet(base / "word_counts.parquet", counts.word_counts(words))
        write_parquet(base / "ngram_counts.parquet", counts.ngram_counts(words, [2, 3]))
        write_parquet(base / "collocate_counts.parquet", counts.collocate_counts(words, stop, 5))
        write_parquet(base / "document_counts.parquet", counts.document_counts(words))
    return folder


def address_batches(size):
    """Return the sentences of the addresses in batches of `size` documents, out of order."""
    names = list(references.addresses())[::-1]
    chosen = {f"{at:04b}": names[at : at + size] for at in range(0, len(names), size)}
    return {
        name: [sentence for doc_id in members for sentence in references.sentences() if sentence[0] == doc_id]
        for name, members in chosen.items()
    }


def addresses_corpus(folder, size=5):
    """Return the counts of the addresses, read back."""
    return read_word_corpus(write_batches(folder, address_batches(size)))
