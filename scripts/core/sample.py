"""A sentence of the project's own with its parse, as a batch of one document: a step that fails on it fails on any.

It is also a workbook of one cell: a parser that fails on that is itself at fault.
"""

import io
from itertools import pairwise

import pyarrow as pa

from scripts.core.annotation import Annotations

SENTENCE = "Mayor Ann Smith said the harbour will close."
_DOC_ID = "sentence.txt"
_COLUMNS = ("word", "lemma", "pos", "tag", "dep", "head")
_TOKENS = (
    ("Mayor", "Mayor", "PROPN", "NNP", "compound", 2),
    ("Ann", "Ann", "PROPN", "NNP", "compound", 2),
    ("Smith", "Smith", "PROPN", "NNP", "nsubj", 3),
    ("said", "say", "VERB", "VBD", "ROOT", 3),
    ("the", "the", "DET", "DT", "det", 5),
    ("harbour", "harbour", "NOUN", "NN", "nsubj", 7),
    ("will", "will", "AUX", "MD", "aux", 7),
    ("close", "close", "VERB", "VB", "ccomp", 3),
    (".", ".", "PUNCT", ".", "punct", 3),
)


def sample_tables() -> Annotations:
    """Return the sentence as the tables of a batch, with the columns that steps read."""
    columns = dict(zip(_COLUMNS, map(list, zip(*_TOKENS, strict=True)), strict=True))
    starts = [0]
    for word, following in pairwise(columns["word"]):
        starts.append(SENTENCE.index(following, starts[-1] + len(word)))
    words = {
        "doc_id": [_DOC_ID] * len(_TOKENS),
        "sentence": [0] * len(_TOKENS),
        "start": starts,
        "end": [start + len(word) for start, word in zip(starts, columns["word"], strict=True)],
        "is_word": [word.isalpha() for word in columns["word"]],
        **columns,
    }
    sentence = {"paragraph": [0], "start": [0], "end": [len(SENTENCE)], "first": [0], "last": [len(_TOKENS)]}
    mention = {"first": [1], "last": [3], "label": ["PERSON"], "entity": ["Ann Smith"]}
    return Annotations(
        pa.table({"doc_id": [_DOC_ID], "text": [SENTENCE]}),
        pa.table({"doc_id": [_DOC_ID], **sentence}),
        pa.table(words),
        pa.table({"doc_id": [_DOC_ID], **mention}),
    )


def sample_annotations() -> Annotations:
    """Return the sentence as the parsed batch of one document."""
    documents, sentences, words, mentions = sample_tables()
    encoded = {name: words[name].dictionary_encode() for name in _COLUMNS[:-1]}
    tokens = words.select(["doc_id", "start", "end", "head"]).to_pydict()
    return Annotations(documents, sentences, pa.table({**tokens, **encoded}), mentions)


def sample_workbook() -> bytes:
    """Return the sentence as an .xlsx file of one cell."""
    from openpyxl import Workbook  # late: hardly ever needed

    workbook, out = Workbook(), io.BytesIO()
    workbook.worksheets[0]["A1"] = SENTENCE
    workbook.save(out)
    return out.getvalue()
