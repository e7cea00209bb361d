"""Attributions of a document as rows that are short enough to be looked through."""

from typing import Any

from scripts.attribution.__main__ import quote_rows
from scripts.core.annotation import Doc

_COLUMNS = (
    "sentence", "type", "speaker", "speaker_in_document", "speaker_type", "role", "rule", "n_words", "n_quoted"
)  # fmt: skip
_SPANS = {"cue": "cue", "head": "cue_head", "source": "source", "reference": "ref"}
_SHOWN = 60


def attribution_rows(doc: Doc, **settings: Any) -> list[dict[str, object]]:
    """Return the attributions of a document; settings are those of `quote_rows`."""
    return [
        {
            **{name: row[name] for name in _COLUMNS},
            "confidence": round(row["confidence"], 2),
            **{name: doc.text[row[f"{span}_start"] or 0 : row[f"{span}_end"] or 0] for name, span in _SPANS.items()},
            "spans": " ".join(f"{start}-{end}" for start, end in row["content_spans"]),
            "content": row["content"][:_SHOWN],
        }
        for row in quote_rows([doc], **settings)
    ]
