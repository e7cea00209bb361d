"""A sentence of the project's own with its parse, as a batch of one document: a step that fails on it fails on any.

And as a workbook of one cell, on which only a fault of the parser itself lets it fail.
"""

import io
from collections.abc import Mapping
from itertools import pairwise
from typing import NamedTuple
from zipfile import ZipFile

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
OFFICE_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_SPREADSHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_WORKBOOK_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
_WORKBOOK = {
    "[Content_Types].xml": (
        f'<Types xmlns="{OFFICE_PACKAGE}/content-types">'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_WORKBOOK_TYPE}"/></Types>'
    ),
    "xl/workbook.xml": (
        f'<workbook xmlns="{_SPREADSHEET}" xmlns:r="{RELATIONS}">'
        '<sheets><sheet name="Harbour" sheetId="1" r:id="rId1"/></sheets></workbook>'
    ),
    "xl/_rels/workbook.xml.rels": (
        f'<Relationships xmlns="{OFFICE_PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>'
    ),
    "xl/worksheets/sheet1.xml": (
        f'<worksheet xmlns="{_SPREADSHEET}"><sheetData><row r="1"><c r="A1" t="inlineStr"><is>'
        f"<t>{SENTENCE}</t></is></c></row></sheetData></worksheet>"
    ),
}


class _Sample(NamedTuple):
    """The tables of the batch with the columns that steps read."""

    documents: pa.Table
    sentences: pa.Table
    tokens: pa.Table
    mentions: pa.Table


def sample_tables() -> _Sample:
    """Return the sentence as the tables of a batch."""
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
    return _Sample(
        pa.table({"doc_id": [_DOC_ID], "text": [SENTENCE]}),
        pa.table({"doc_id": [_DOC_ID], **sentence}),
        pa.table(words),
        pa.table({"doc_id": [_DOC_ID], **mention}),
    )


def sample_annotations() -> Annotations:
    """Return the sentence as the parsed batch of one document."""
    sample = sample_tables()
    encoded = {name: sample.tokens[name].dictionary_encode() for name in _COLUMNS[:-1]}
    tokens = sample.tokens.select(["doc_id", "start", "end", "head"]).to_pydict()
    return Annotations(sample.documents, sample.sentences, pa.table({**tokens, **encoded}), sample.mentions)


def office_file(parts: Mapping[str, str]) -> bytes:
    """Return a file of an Office program that has these parts."""
    out = io.BytesIO()
    with ZipFile(out, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def sample_workbook() -> bytes:
    """Return the sentence as an .xlsx file of one cell."""
    return office_file(_WORKBOOK)
