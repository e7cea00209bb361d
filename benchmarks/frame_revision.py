"""Agreement of a revised scheme with the gold, on documents that had no influence on the revision.

    python -m benchmarks.frame_revision FOLDER PREVIOUS.yaml

Terms that were revised after looking at the gold flatter the scores on it. Here a revised term is taken over only if it
raises the agreement with the gold in the other folds, and the threshold of a document is set on them as well: the one
that gives as many documents the frame as the gold has. Folds are of whole outlets. FOLDER holds nfc_dev.jsonl (see
benchmarks.frame_gold); PREVIOUS.yaml is the list of `generic` before the revision, from `git show`.
"""

import argparse
from collections import Counter
from pathlib import Path

import numpy as np

from benchmarks.frame_gold import Array, agreement, gold_of, outlet, ranks, read
from scripts.core.annotation import Doc
from scripts.framing.coding import code_document
from scripts.framing.matching import Matcher
from scripts.framing.schemes import Frame, Scheme, load_scheme, load_schemes

_LABELS = {
    "conflict": "conflict",
    "economic": "economic",
    "human_interest": "human_interest",
    "moral": "morality",
    "resolution": "resolution",
}
_FOLDS, _SHUFFLES = 8, 4


def term_hits(docs: list[Doc], scheme: Scheme, frame: str) -> list[Counter]:
    """Return the number of cues of a frame by term for every document."""
    of: tuple[Frame, ...] = tuple(each for each in scheme.frames if each.name == frame)
    matcher = [Matcher(scheme._replace(frames=of))]
    return [Counter(row["term"] for row in code_document(doc, [], matcher)) for doc in docs]


def auc(gold: Array, values: Array) -> float:
    """Return the probability that a document with the frame has a higher value than one without."""
    yes = gold == 1
    positives, negatives = yes.sum(), (~yes).sum()
    return float((ranks(values)[yes].sum() - positives * (positives - 1) / 2) / (positives * negatives))


def threshold(values: Array, gold: Array) -> float:
    """Return the value that about as many documents reach as have the frame."""
    return float(np.quantile(values, 1 - gold.mean()))


def supported(before: Array, after: Array, words: Array, gold: Array) -> Array:
    """Return hits by term: revised ones where the revision of this term alone raises the area under the curve."""
    hits, total = before.copy(), before.sum(axis=1)
    before_revision = auc(gold, total / words)
    for term in range(before.shape[1]):
        if auc(gold, (total - before[:, term] + after[:, term]) / words) > before_revision:
            hits[:, term] = after[:, term]
    return hits


def main() -> None:
    """Print the agreement with the gold of the previous lists, of the supported revisions, and of all of them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("previous", type=Path)
    options = parser.parse_args()
    rows, docs = read(options.folder, "nfc")
    gold_all = gold_of(rows, list(_LABELS))
    words = np.array([sum(any(map(str.isalnum, word)) for word in doc.word) for doc in docs])
    names = [outlet(row) for row in rows]
    schemes = [load_scheme(options.previous), *load_schemes(["generic"])]
    for at, (label, frame) in enumerate(_LABELS.items()):
        gold, hits_by_term = gold_all[:, at], [term_hits(docs, scheme, frame) for scheme in schemes]
        terms = sorted({term for counts in hits_by_term for each in counts for term in each})
        before, after = (
            np.array([[each[term] for term in terms] for each in counts], float) for counts in hits_by_term
        )
        scores: dict[str, list[float]] = {"previous": [], "supported": [], "revised": []}
        for shuffle in range(_SHUFFLES):
            unique = sorted(set(names))
            part = dict(zip(unique, np.random.default_rng(shuffle).permutation(len(unique)) % _FOLDS, strict=True))
            fold = np.array([part[name] for name in names])
            codes = {name: np.zeros(len(rows)) for name in scores}
            for each in range(_FOLDS):
                known, chosen = fold != each, before.copy()
                taken = supported(before[known], after[known], words[known], gold[known])
                revised = (taken != before[known]).any(axis=0)
                chosen[:, revised] = after[:, revised]
                for name, hits in (("previous", before), ("supported", chosen), ("revised", after)):
                    rate = hits.sum(axis=1) / words
                    codes[name][~known] = rate[~known] >= threshold(rate[known], gold[known])
            for name, values in codes.items():
                scores[name].append(agreement(gold, values))
        changed = int((before != after).any(axis=0).sum())
        print(
            f"{label:15s} {changed:3d} terms revised; alpha with the lists "
            + ", ".join(f"{name} {np.mean(values):.3f}" for name, values in scores.items())
        )


if __name__ == "__main__":
    main()
