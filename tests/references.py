"""Reference values that the statistics are held to: those of tests/data or, where it is, of the fuller evaluation set.

Sources: tests/data/README.md.
"""

import csv
import json
import os
from functools import cache
from pathlib import Path

DATA = Path(__file__).parent / "data"
FULL = Path(os.environ.get("NEWSLOOM_EVAL", DATA.parents[2] / "shared" / "eval")) / "corpusstats"


@cache
def rows(name):
    """Return the rows of a reference table, as dicts of text: all of them, or the sample of them in tests/data."""
    path = FULL / name if (FULL / name).is_file() else DATA / name
    with path.open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def published(*statistics):
    """Return worked values as (statistic, inputs, expected, tolerance, id); half a unit of the last printed decimal."""
    return [
        (
            row["statistic"],
            json.loads(row["inputs"]),
            float(row["expected"]),
            0.5000001 * 10 ** -int(row["decimals"]),
            row["id"],
        )
        for row in rows("published_values.csv")
        if row["statistic"] in statistics
    ]


def is_word(token):
    return any(map(str.isalnum, token))


@cache
def sentences():
    """Return the addresses as quanteda tokenised them: (doc_id, tokens) for each sentence."""
    lines = (DATA / "quanteda" / "tokens.tsv").read_text(encoding="utf-8").splitlines()
    return [(doc_id, text.split(" ")) for doc_id, text in (line.split("\t") for line in lines)]


@cache
def addresses():
    """Return the words of each address in lower case: {doc_id: words}."""
    words = {}
    for doc_id, tokens in sentences():
        words.setdefault(doc_id, []).extend(token.lower() for token in tokens if is_word(token))
    return words


@cache
def frequency_by_address():
    """Return {word: its frequency in each address}, in the order of `addresses`."""
    counts = {}
    for place, words in enumerate(addresses().values()):
        for word in words:
            counts.setdefault(word, [0] * len(addresses()))[place] += 1
    return counts
