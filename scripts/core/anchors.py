"""Anchors of documents and sentences in the report, so that a table or a sheet can link to a place in it."""

from hashlib import sha256


def document_anchor(doc_id: str) -> str:
    """Return the anchor of a document: it depends on the doc_id alone, so links survive changes to other documents."""
    return "d" + sha256(doc_id.encode("utf-8", "surrogatepass")).hexdigest()[:10]


def sentence_anchor(doc_id: str, sentence: int) -> str:
    """Return the anchor of a sentence: its document's anchor, then the sentence's number in the tables."""
    return f"{document_anchor(doc_id)}-s{sentence}"
