"""Blocks of the page read back, as templates/report/js/data.js reads them."""

import gzip
import json
from base64 import b85decode

import numpy as np

from scripts.report.corpus.blocks import corpus_blocks

STOP_WORDS = {"list": "default", "add": [], "keep": []}
WORDS = {"unit": "lemma", "other_languages": False, "window": 5, "stop_words": STOP_WORDS}
STATISTICS = {
    "bootstrap": {"resamples": 1000, "seed": 1},
    "keyness": {"min_count": 2, "min_documents": 2, "most": 50},
    "scheme": "generic",
}


def varints(data):
    values, value, shift = [], 0, 0
    for byte in data:
        value |= (byte & 127) << shift
        shift += 7
        if byte < 128:
            values.append(value)
            value = shift = 0
    return values


def headed(data):
    head, rest = data.split(b"\n", 1)
    return json.loads(head), rest


def together(data):
    layout, rest = headed(data)
    parts = []
    for coding, length in layout:
        parts.append(CODINGS[coding](rest[:length]))
        rest = rest[length:]
    return parts


def decimal(data):
    pairs = zip(*together(data), strict=True)
    return [np.nan if power == 99 else m * 10.0**power if power >= 0 else m / 10.0**-power for m, power in pairs]


def coded(data):
    distinct, rows = together(data)
    return [distinct[row] for row in rows]


CODINGS = {
    "unsigned": varints,
    "named": varints,
    "worded": lambda data: CODINGS["differences"](data),
    "signed": lambda data: [-(n + 1) // 2 if n % 2 else n // 2 for n in varints(data)],
    "differences": lambda data: np.cumsum(CODINGS["signed"](data)).tolist(),
    "texts": json.loads,
    "decimal": decimal,
    "coded": coded,
}


def read_block(data):
    """Return the facts of a block, and its columns by their names."""
    head, rest = headed(gzip.decompress(b85decode(str(data).replace(",", "<")) if isinstance(data, str) else data))
    columns = {}
    for name, coding, length in head["columns"]:
        columns[name] = CODINGS[coding](rest[:length])
        rest = rest[length:]
    assert not rest
    return head["facts"], columns


def read_blocks(folder):
    """Return facts and columns of the shared block of a corpus, and facts and columns of each of its parts."""
    blocks = corpus_blocks(folder, {}, WORDS, STATISTICS)
    facts, shared = read_block(blocks.shared)
    return facts, shared, [read_block(part) for part in blocks.parts]
