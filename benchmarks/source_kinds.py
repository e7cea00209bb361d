"""Precision and recall of the kinds of sources, against labels of 340 speakers in 83 development articles, of 300 in
840 other articles, and of 450 in news from many countries.

    python -m benchmarks.source_kinds TABLES --fresh TABLES --world TABLES TABLES

TABLES is results/tables of a run on the articles of quotes/polnear_dev.jsonl, each a text file named by its doc_id; for
--fresh, of a run on the articles of polnear_train.jsonl; for --world, of runs on Worldwide English newswire and on 200
other articles. The labels (tests/sources/data/source_kind_*.csv) have the usual kind of a speaker in the reader's
judgement. The 340 were read twice, a day apart, the second time blind to the first and to the rule's answers; where the
readings differ, a third look with the article open decided. Another reader relabelled 120 of them, and labelled the
300. All readers are language models. Nothing was changed because of sample 3 of the 450; the others were looked at, and
so were statements in the articles of the 300. Names are cut after 30 characters.
"""

import argparse
import csv
import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import pandas as pd
from sklearn.metrics import cohen_kappa_score

from scripts.core.sheets import read_sheet
from scripts.core.storage import ROOT, read_parquet
from scripts.maths.agreement import alpha, alpha_interval
from scripts.maths.intervals import wilson
from scripts.sources.kind_lists import UNKNOWN, kinds

DATA = ROOT / "tests" / "sources" / "data"
LABELS = DATA / "source_kind_labels.csv"
SECOND, FRESH = DATA / "source_kind_second_reader.csv", DATA / "source_kind_fresh_labels.csv"
WORLD = DATA / "source_kind_world_labels.csv"
# Dates of the two readings of the 340.
READINGS = ("2026-11-25", "2026-11-26")
UNSEEN = "3"  # the sample of WORLD because of which nothing was changed
_NAME = 30  # characters


class Label(NamedTuple):
    """A labelled speaker: document, beginning of the name, kind in the first and second reading, and agreed kind."""

    doc_id: str
    speaker: str
    first: str
    second: str
    label: str


def labels() -> list[Label]:
    """Return the labels, in the order of the first reading."""
    return [Label(**row.values) for row in read_sheet(LABELS.name, LABELS.read_bytes()).rows]


def kinds_by_speaker(folder: Path) -> pd.DataFrame:
    """Return the document, name and kind of a run's speakers, by the name over all documents and the name in each.

    The name in a document distinguishes members of a class, such as Sanders' aides among "unnamed aides".
    """
    statements = read_parquet(folder / "quote_sources.parquet", ["doc_id", "quote", "speaker", "kind"]).to_pandas()
    names = read_parquet(folder / "quotes.parquet", ["doc_id", "quote", "speaker_in_document"]).to_pandas()
    statements = statements.merge(names, on=["doc_id", "quote"])
    statements["doc_id"] = statements["doc_id"].str.removesuffix(".txt")
    columns = ("speaker", "speaker_in_document")
    parts = [statements[["doc_id", name, "kind"]].set_axis(["doc_id", "name", "kind"], axis=1) for name in columns]
    return pd.concat(parts, ignore_index=True).query("name != ''")


def kinds_of(folder: Path, chosen: list[Label]) -> tuple[list[str], list[str]]:
    """Return the kinds of labelled speakers by their labels and by a run, without speakers that the run lacks."""
    rows = kinds_by_speaker(folder)
    kind_of = rows.groupby([rows["doc_id"], rows["name"].str[:_NAME]])["kind"].agg(_commonest).to_dict()
    own = [label for label in chosen if (label.doc_id, label.speaker) in kind_of]
    return [label.label for label in own], [kind_of[label.doc_id, label.speaker] for label in own]


def kinds_by_name(folders: Sequence[Path], rows: Sequence[Mapping[str, str]]) -> tuple[list[str], list[str]]:
    """Return the kinds of labelled speakers by their labels and by runs, without speakers that the runs lack.

    Each row has a label and the beginning of the SHA-256 of the speaker's name.
    """
    kind_of: dict[str, str] = {}
    for folder in folders:
        by_name = kinds_by_speaker(folder).groupby("name")["kind"].agg(_commonest)
        kind_of |= {hashlib.sha256(name.encode()).hexdigest()[:12]: kind for name, kind in by_name.items()}
    own = [row for row in rows if row["sha256"] in kind_of]
    return [row["label"] for row in own], [kind_of[row["sha256"]] for row in own]


def _commonest(kinds_told: pd.Series) -> str:
    """Return the commonest kind among statements, `unknown` only if there is no other."""
    counts = kinds_told.value_counts().drop(UNKNOWN, errors="ignore")
    return str(counts.index[0]) if len(counts) else UNKNOWN


def sheet(path: Path) -> list[dict[str, str]]:
    """Return the rows of a file of labels."""
    return list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))


def second_reading(chosen: Sequence[Label]) -> list[tuple[str, str]]:
    """Return the agreed label and the second reader's label of each speaker that both labelled."""
    labels_of = {(label.doc_id, label.speaker): label.label for label in chosen}
    return [(labels_of[row["doc_id"], row["speaker"]], row["label"]) for row in sheet(SECOND)]


def print_accuracy(true_kinds: Sequence[str], machine_kinds: Sequence[str]) -> None:
    """Print precision and recall by kind, and for all kinds except `unknown` with intervals."""
    print(f"{len(true_kinds)} of them are speakers of the run")
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
    parser.add_argument("--world", type=Path, nargs="+")
    options = parser.parse_args()
    chosen = labels()
    codes = {kind: code for code, kind in enumerate(kinds())}
    readings = [(codes[label.first], codes[label.second]) for label in chosen]
    lo, hi = alpha_interval(readings)
    same = sum(first == second for first, second in readings)
    print(f"{len(chosen)} speakers, read on {' and '.join(READINGS)}: the same kind for {same}")
    kappa = cohen_kappa_score([label.first for label in chosen], [label.second for label in chosen])
    print(f"Cohen's kappa {kappa:.3f}, Krippendorff's alpha {alpha(readings):.3f} ({lo:.3f}, {hi:.3f})")
    pairs = second_reading(chosen)
    kappa = cohen_kappa_score(*zip(*pairs, strict=True))
    print(f"another reader agrees on {sum(a == b for a, b in pairs)} of {len(pairs)}, Cohen's kappa {kappa:.3f}")
    print_accuracy(*kinds_of(options.tables, chosen))
    if options.fresh:
        print("\n300 speakers of US politics")
        print_accuracy(*kinds_by_name([options.fresh], sheet(FRESH)))
    if options.world:
        rows = sheet(WORLD)
        print("\n150 speakers of news from many countries that nothing was mended by")
        print_accuracy(*kinds_by_name(options.world, [row for row in rows if row["sample"] == UNSEEN]))
        print("\n300 of such speakers that lists were mended by")
        print_accuracy(*kinds_by_name(options.world, [row for row in rows if row["sample"] != UNSEEN]))


if __name__ == "__main__":
    main()
