"""Min-hash signatures, by which repeated texts are found; made per batch, so that old texts are not read again."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pyarrow as pa

from scripts.core.storage import to_table
from scripts.maths.minhash import signatures

_WORD = re.compile(r"\w+")
_AT_ONCE = 1_000  # documents; with 10,000 their words would take a gigabyte


def _signatures(texts: Sequence[str]) -> list[bytes]:
    """Return the signature of each text by its words in lower case, empty for a text that is too short."""
    words = [_WORD.findall(text.lower()) for text in texts]
    vocabulary = sorted(set().union(*words))
    number = {word: n for n, word in enumerate(vocabulary)}
    word = np.array([number[word] for text in words for word in text], np.int64)
    document = np.repeat(np.arange(len(words)), [len(text) for text in words])
    rows = signatures(word, document, vocabulary, len(words))
    return [row.tobytes() if row.any() else b"" for row in rows]


def signature_table(documents: Sequence[Mapping[str, Any]]) -> pa.Table:
    """Return the table `batch_signatures` for rows of `batch_documents`."""
    texts = [row["text"] for row in documents]
    hashes = [
        signature
        for first in range(0, len(texts), _AT_ONCE)
        for signature in _signatures(texts[first : first + _AT_ONCE])
    ]
    short = ["" if signature else text.strip() for signature, text in zip(hashes, texts, strict=True)]
    columns = {name: [row[name] for row in documents] for name in ("doc_id", "date")}
    return to_table("batch_signatures", {**columns, "signature": hashes, "short": short})
