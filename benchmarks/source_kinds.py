"""Precision and recall of the kinds of sources, against labels of 340 speakers of 83 development articles.

    python -m benchmarks.source_kinds TABLES

TABLES is results/tables of a run on the articles of quotes/polnear_dev.jsonl, each a text file by its doc_id. The
labels (tests/quotes/data/source_kind_labels.csv) have the usual kind of a speaker in the reader's eyes, by two
readings; the names are cut after 30 characters.
"""

import argparse
from collections import Counter
from pathlib import Path
from typing import NamedTuple

from scripts.core.sheets import read_sheet
from scripts.core.storage import ROOT, read_parquet
from scripts.maths.agreement import alpha
from scripts.maths.intervals import wilson
from scripts.quotes.source_kinds import UNKNOWN, kinds

LABELS = ROOT / "tests" / "quotes" / "data" / "source_kind_labels.csv"
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
    """Return the kind of each labelled speaker in the tables of a run; raises KeyError for one that is not there."""
    speakers = read_parquet(folder / "sources.parquet", ["speaker", "kind"]).to_pydict()
    kind_of = dict(zip(speakers["speaker"], speakers["kind"], strict=True))
    quotes = read_parquet(folder / "quote_sources.parquet", ["doc_id", "speaker"]).to_pydict()
    names = {
        (doc_id.removesuffix(".txt"), speaker[:_NAME]): speaker
        for doc_id, speaker in zip(quotes["doc_id"], quotes["speaker"], strict=True)
    }
    return [kind_of[names[label.doc_id, label.speaker]] for label in chosen]


def main() -> None:
    """Print agreement of the readings, and precision and recall by kind."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("tables", type=Path)
    chosen = labels()
    machine_kinds = kinds_of(parser.parse_args().tables, chosen)
    codes = {kind: code for code, kind in enumerate(kinds())}
    same = sum(label.first == label.second for label in chosen)
    agreement = alpha([[codes[label.first], codes[label.second]] for label in chosen])
    print(f"{len(chosen)} speakers; the readings agree on {same}, Krippendorff's alpha {agreement:.3f}")
    true, machine = Counter(label.label for label in chosen), Counter(machine_kinds)
    hits = Counter(kind for kind, label in zip(machine_kinds, chosen, strict=True) if kind == label.label)
    for kind in codes:
        print(f"{kind:14} precision {hits[kind]:3} of {machine[kind]:3}, recall {hits[kind]:3} of {true[kind]:3}")
    right = hits.total() - hits[UNKNOWN]
    for title, n in (("precision", machine.total() - machine[UNKNOWN]), ("recall", true.total() - true[UNKNOWN])):
        lo, hi = wilson(right, n)
        print(f"{title} of all but unknown: {right} of {n}, {right / n:.3f} ({lo:.3f} to {hi:.3f})")


if __name__ == "__main__":
    main()
