"""Compare stories with those marked by people: B-cubed precision, recall and F of articles about the same event.

    python -m benchmarks.stories GOLD.jsonl [--without-dates]

A line of GOLD is {doc_id, story, text}, as from ECB+ (Cybulska, A. & Vossen, P. 2014, LREC: 4545-4552). The articles
are run through the pipeline in a temporary folder, without dates and outlets. --without-dates also removes years,
months, days and times, and lines with the address of a web page, from the texts.
"""

import argparse
import csv
import json
import re
import tempfile
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

from benchmarks.gold import read_lines
from benchmarks.run import measure, pipeline
from scripts.core.storage import read_parquet

_DATES = re.compile(
    r"^\s*https?:.*$|\b(?:19|20)\d\d\b|\b\d{1,2}\s?:\s?\d\d\b|\b\d{1,2}(?:st|nd|rd|th)\b|\b(?:jan|feb|mar|apr|jun|jul|aug|"
    r"sep|sept|oct|nov|dec)(?:uary|ruary|ch|il|e|y|ust|tember|ober|ember)?\.?\s?\d{0,2}\b|\bMay \d\d?\b|\b\w+day\b",
    re.IGNORECASE | re.MULTILINE,
)


def b_cubed(predicted: Mapping[str, str], gold: Mapping[str, str]) -> tuple[float, float, float]:
    """Return precision, recall and F of the groups of documents (Bagga, A. & Baldwin, B. 1998, COLING-ACL: 79-85).

    >>> b_cubed({"a": "1", "b": "1", "c": "2"}, {"a": "x", "b": "x", "c": "x"})[0]
    1.0
    """
    both = Counter((predicted[doc_id], gold[doc_id]) for doc_id in gold)
    sizes = [Counter(groups[doc_id] for doc_id in gold) for groups in (predicted, gold)]
    precision, recall = (sum(n * n / of[key[at]] for key, n in both.items()) / len(gold) for at, of in enumerate(sizes))
    return precision, recall, 2 * precision * recall / (precision + recall)


def find(texts: Mapping[str, str], folder: Path) -> dict[str, str]:
    """Return the story into which the pipeline puts each text; a text in no story gets its doc_id as one."""
    (folder / "seeds").mkdir()
    with (folder / "seeds" / "texts.csv").open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["id", "text"])
        rows.writerows(texts.items())
    target = folder / "results" / "tables" / "stories.parquet"
    python, *rest = pipeline(folder / "seeds", folder / "results")
    measure([python, *rest[:2], str(target), *rest[2:]])
    documents = read_parquet(target.parent / "documents.parquet", ["doc_id", "metadata"]).to_pylist()
    name = {row["doc_id"]: json.loads(row["metadata"])["id"] for row in documents}
    members = read_parquet(target.parent / "story_documents.parquet", ["doc_id", "story"]).to_pylist()
    story_of = {row["doc_id"]: row["story"] for row in members}
    return {text: story_of.get(doc_id, doc_id) for doc_id, text in name.items()}


def main() -> None:
    """Print B-cubed precision, recall and F."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--without-dates", action="store_true")
    options = parser.parse_args()
    rows = read_lines(options.gold)
    texts = {row["doc_id"]: _DATES.sub(" ", row["text"]) if options.without_dates else row["text"] for row in rows}
    gold = {row["doc_id"]: row["story"] for row in rows}
    with tempfile.TemporaryDirectory() as folder:
        precision, recall, f = b_cubed(find(texts, Path(folder)), gold)
    print(f"{len(gold)} articles, {len({*gold.values()})} stories: P {precision:.3f}  R {recall:.3f}  F {f:.3f}")


if __name__ == "__main__":
    main()
