"""annotations.jsonld: attributions, names and cues of frames as W3C Web Annotations.

One annotation page, an annotation a line. A target is the text itself, named by its SHA-256 (RFC 6920), with its
position in code points and its words with 32 characters before and after.
"""

import base64
import hashlib
import json
import uuid
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from scripts.core.anchors import document_anchor
from scripts.core.exported import Mark
from scripts.core.options import path_options
from scripts.core.storage import read_parquet, replacing
from scripts.report.exports.marks import document_marks

_CONTEXT = 32
_HEAD = '{"@context": "http://www.w3.org/ns/anno.jsonld", "type": "AnnotationPage", "id": "%s", "items": [\n'
_MACHINE = {"type": "Software", "name": "Newsloom"}


def text_iri(text: str) -> str:
    """Return the name of a text by its content: an ni IRI of RFC 6920.

    >>> text_iri("")
    'ni:///sha-256;47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU'
    """
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()
    return "ni:///sha-256;" + base64.urlsafe_b64encode(digest).decode().rstrip("=")


def _selector(text: str, start: int, end: int) -> list[dict[str, Any]]:
    quoted = {"exact": text[start:end], "prefix": text[max(0, start - _CONTEXT) : start]}
    return [
        {"type": "TextPositionSelector", "start": start, "end": end},
        {"type": "TextQuoteSelector", **quoted, "suffix": text[end : end + _CONTEXT]},
    ]


def annotation(doc_id: str, text: str, iri: str, number: int, mark: Mark) -> dict[str, Any]:
    """Return the mark of this number in a document as an annotation: its tags as bodies, each of its spans a target."""
    tags = [{"type": "TextualBody", "purpose": "tagging", "value": ": ".join(code)} for code in mark.codes]
    about = [{"type": "TextualBody", "purpose": "describing", "value": mark.note}] if mark.note else []
    return {
        "id": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, json.dumps([iri, number, mark]))}",
        "type": "Annotation",
        "motivation": "tagging",
        "creator": _MACHINE,
        "body": tags + about,
        "target": [
            {
                "source": iri,
                "scope": f"report.html#{document_anchor(doc_id)}",
                "selector": _selector(text, start, end),
            }
            for start, end in mark.spans
        ],
    }


def lines(documents: Sequence[tuple[str, str]], folder: Path) -> Iterator[str]:
    """Yield the annotations of documents (doc_id and text) from the tables in a folder, as JSON."""
    marks = document_marks(folder)
    for doc_id, text in documents:
        iri = text_iri(text)
        for number, mark in enumerate(marks.get(doc_id, [])):
            yield json.dumps(annotation(doc_id, text, iri, number, mark), ensure_ascii=False)


def main() -> None:
    """Write the annotations of all documents."""
    options = path_options(main.__doc__, "folder", "output")
    rows = read_parquet(options.folder / "documents.parquet", ["doc_id", "text"]).to_pydict()
    documents = list(zip(rows["doc_id"], rows["text"], strict=True))
    page = uuid.uuid5(uuid.NAMESPACE_URL, json.dumps(documents))
    with replacing(options.output) as part, part.open("w", encoding="utf-8", newline="\n") as file:
        file.write(_HEAD % f"urn:uuid:{page}")
        for number, line in enumerate(lines(documents, options.folder)):
            file.write((",\n" if number else "") + line)
        file.write("\n]}\n")


if __name__ == "__main__":
    main()
