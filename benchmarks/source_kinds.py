"""Precision and recall of the kinds of sources, against labels of 340 speakers of 83 development articles, and of 300
speakers of 840 other ones that nothing was mended by.

    python -m benchmarks.source_kinds TABLES --fresh TABLES

TABLES is results/tables of a run on the articles of quotes/polnear_dev.jsonl, each a text file by its doc_id; of
--fresh, of a run on those of polnear_train.jsonl. The labels (tests/quotes/data/source_kind_*.csv) have the usual kind
of a speaker in the reader's eyes, of the 340 by two readings; a second reader, who saw neither these labels nor the
rule's answers, labelled 120 of them again, and the 300. Names are cut after 30 characters.
"""

import argparse
import csv
import hashlib
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from scripts.core.sheets import read_sheet
from scripts.core.storage import ROOT, read_parquet
from scripts.maths.agreement import alpha, cohen_kappa
from scripts.maths.intervals import wilson
from scripts.quotes.kind_phrases import UNKNOWN, kinds

DATA = ROOT / "tests" / "quotes" / "data"
LABELS = DATA / "source_kind_labels.csv"
SECOND, FRESH = DATA / "source_kind_second_reader.csv", DATA / "source_kind_fresh_labels.csv"
_NAME = 30  # characters


class Label(NamedTuple):
    """A labelled speaker: document, beginning of the name, kind by the first and the second reading, and the agreed."""

    doc_id: str
    speaker: str
    first: str
    second: str
    label: str


def labels() -> list[Label]:
    """Return the labels, in the order of the first reading."""
    return [Label(**row.values) for row in read_sheet(LABELS.name, LABELS.read_bytes()).rows]


def kinds_of(folder: Path, chosen: list[Label]) -> list[str]:
    """Return the kind of each labelled speaker in the tables of a run: `unknown` if it lacks one."""
    speakers = read_parquet(folder / "sources.parquet", ["speaker", "kind"]).to_pydict()
    kind_of = dict(zip(speakers["speaker"], speakers["kind"], strict=True))
    quotes = read_parquet(folder / "quote_sources.parquet", ["doc_id", "speaker"]).to_pydict()
    names = {
        (doc_id.removesuffix(".txt"), speaker[:_NAME]): speaker
        for doc_id, speaker in zip(quotes["doc_id"], quotes["speaker"], strict=True)
    }
    return [kind_of.get(names.get((label.doc_id, label.speaker), ""), UNKNOWN) for label in chosen]


def fresh_kinds(folder: Path) -> tuple[list[str], list[str]]:
    """Return the kinds of the 300 speakers by the second reader, and by a run: `unknown` if it lacks one."""
    speakers = read_parquet(folder / "sources.parquet", ["speaker", "kind"]).to_pydict()
    digests = [hashlib.sha256(name.encode()).hexdigest()[:12] for name in speakers["speaker"]]
    kind_of = dict(zip(digests, speakers["kind"], strict=True))
    rows = [*csv.DictReader(FRESH.read_text(encoding="utf-8").splitlines())]
    return [row["label"] for row in rows], [kind_of.get(row["sha256"], UNKNOWN) for row in rows]


def second_reading(chosen: Sequence[Label]) -> list[tuple[str, str]]:
    """Return pairs of kinds, by the agreed label and by the second reader, of the speakers that both labelled."""
    labels_of = {(label.doc_id, label.speaker): label.label for label in chosen}
    rows = csv.DictReader(SECOND.read_text(encoding="utf-8").splitlines())
    return [(labels_of[row["doc_id"], row["speaker"]], row["label"]) for row in rows]


def print_accuracy(true_kinds: Sequence[str], machine_kinds: Sequence[str]) -> None:
    """Print precision and recall by kind, and of all kinds but `unknown` with their intervals."""
    true, machine = Counter(true_kinds), Counter(machine_kinds)
    hits = Counter(kind for kind, label in zip(machine_kinds, true_kinds, strict=True) if kind == label)
    for kind in kinds():
        print(f"{kind:14} precision {hits[kind]:3} of {machine[kind]:3}, recall {hits[kind]:3} of {true[kind]:3}")
    right = hits.total() - hits[UNKNOWN]
    for title, n in (("precision", machine.total() - machine[UNKNOWN]), ("recall", true.total() - true[UNKNOWN])):
        lo, hi = wilson(right, n)
        print(f"{title} of all but unknown: {right} of {n}, {right / n:.3f} ({lo:.3f} to {hi:.3f})")


def main() -> None:
    """Print agreement of the readings, and precision and recall by kind."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("tables", type=Path)
    parser.add_argument("--fresh", type=Path)
    options = parser.parse_args()
    chosen = labels()
    codes = {kind: code for code, kind in enumerate(kinds())}
    same = sum(label.first == label.second for label in chosen)
    agreement = alpha([[codes[label.first], codes[label.second]] for label in chosen])
    print(f"{len(chosen)} speakers; the readings agree on {same}, Krippendorff's alpha {agreement:.3f}")
    pairs = second_reading(chosen)
    kappa = cohen_kappa([(codes[label], codes[second]) for label, second in pairs])
    print(f"a second reader agrees on {sum(a == b for a, b in pairs)} of {len(pairs)}, Cohen's kappa {kappa:.3f}")
    print_accuracy([label.label for label in chosen], kinds_of(options.tables, chosen))
    if options.fresh:
        print("300 speakers that nothing was mended by")
        print_accuracy(*fresh_kinds(options.fresh))


if __name__ == "__main__":
    main()
