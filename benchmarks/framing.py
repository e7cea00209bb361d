"""Frame codes against gold sets: dictionaries, corrected prevalence and the order of outlets.

    python -m benchmarks.framing FOLDER

FOLDER holds the gold sets of benchmarks.frame_gold. A document of nfc has a frame if its cues per 100 words reach a
threshold that is chosen on other documents (ten folds, three shuffles).

The word lists were first written from the definitions alone. Those of `policy` were written after reading the first
twelve sentences of each label of frac, so the sentences that were not read are scored apart. Those of `generic` were
revised after counting which of their terms go with which label in nfc, so the numbers on nfc flatter them.
"""

import argparse
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import numpy as np
from sklearn.metrics import f1_score

from benchmarks.frame_gold import CODED, GENERIC, NFC, Array, agreement, f1, gold_of, hits, line, outlet, read
from benchmarks.frame_outlets import outlets
from scripts.core.annotation import Doc
from scripts.maths.correction import corrected_share

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
_READ, _FOLDS, _SHUFFLES = 12, 10, 3
_DRAWS = 1000
_FEWEST = 5
Score = Callable[[Array, Array], float]


def frac(folder: Path) -> None:
    """Print the scores on sentences, of the dictionary."""
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


def nfc(rows: list[dict], docs: list[Doc]) -> None:
    """Print the scores on articles: thresholds, order of outlets, coverage of corrected shares."""
    gold = gold_of(rows, NFC)
    words = np.array([sum(any(map(str.isalnum, word)) for word in doc.word) for doc in docs])
    cues_of = hits(docs, "generic")
    cues = np.array([[each[GENERIC.get(label, label)] for label in NFC] for each in cues_of])
    rate = cues / words[:, None]
    for name, score in (("F1", f1_score), ("alpha", agreement)):
        values = [[score(gold[:, at], codes[:, at]) for at in range(len(NFC))] for codes in _codes(rate, gold, score)]
        line(f"nfc, dictionary, thresholds from other folds: {name}", np.mean(values, axis=0), NFC)
    print("nfc, outlets in order:")
    outlets([*map(outlet, rows)], gold, cues, words)
    line(f"corrected prevalence, {CODED} coded, coverage", _coverage(rate, gold), NFC)


def _coverage(rate: Array, gold: Array) -> Array:
    """Return how often the 95 % interval from 100 random coded documents holds the share in all of them."""
    generator = np.random.default_rng(1)
    machine = (rate >= np.median(rate, axis=0)) * 1.0
    weight, stratum = np.full(CODED, len(gold) / CODED), np.zeros(CODED, int)
    covered = np.zeros(gold.shape[1])
    for _ in range(_DRAWS):
        drawn = generator.choice(len(gold), CODED, replace=False)
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
