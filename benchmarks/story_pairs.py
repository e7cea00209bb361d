"""Stories read by hand: pairs of articles to judge, and how many of them are about one event.

    python -m benchmarks.story_pairs RESULTS pairs.csv          # draws 60 pairs within stories and 60 near misses
    python -m benchmarks.story_pairs RESULTS pairs.csv --filled # counts the answers in the column one_event: yes or no

RESULTS is the results folder of a run. Pairs within stories are drawn from all of articles that repeat none; near
misses are the most similar of articles that are in no story together, each article in one of them. The sheet is in no
order and does not tell which is which.
"""

import argparse
import csv
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import combinations
from pathlib import Path

import numpy as np
import pyarrow as pa

from scripts.core.storage import document_blocks, open_table, read_parquet
from scripts.maths.intervals import wilson
from scripts.maths.linkage import HALF, likely_pairs, products
from scripts.stories.stories import Article, article_vectors, days_of, each_article, originals_of, read_articles
from scripts.stories.story_vectors import COLUMNS

_PAIRS, _SHOWN = 60, 1_500  # pairs of either kind, and characters of each text
_HEADS = ["one_event", "first", "second", "first_text", "second_text"]


def similar_pairs(originals: pa.Table, tables: Path) -> Iterator[tuple[Article, Article]]:
    """Yield pairs of articles, the most similar first: by their vectors, and their days where both have one."""
    articles, days = [*each_article(originals)], days_of(originals["date"])
    reuse = read_parquet(tables / "quote_reuse.parquet", ["family", "doc_id"])
    files = open_table(tables / "tokens.parquet", dictionaries=["norm", "pos"])
    rows = article_vectors(document_blocks(files, COLUMNS), reuse, originals).rows
    later, earlier = np.concatenate([*likely_pairs(rows)], axis=1)
    alike = products(rows, later, earlier).astype(float)
    for at, pair in enumerate(zip(later.tolist(), earlier.tolist(), strict=True)):
        first, second = (days[number] for number in pair)
        if first is not None and second is not None:
            alike[at] /= 1 + ((first - second) / HALF) ** 2
    for at in np.argsort(-alike, kind="stable").tolist():
        yield articles[earlier[at]], articles[later[at]]


def drawn_pairs(tables: Path) -> Iterator[tuple[str, Article, Article]]:
    """Yield pairs within stories, and near misses."""
    originals = originals_of(read_articles(tables / "documents.parquet"))
    columns = read_parquet(tables / "story_documents.parquet", ["doc_id", "story"]).to_pydict()
    story = dict(zip(columns["doc_id"], columns["story"], strict=True))
    within = [
        pair
        for pair in combinations([article for article in each_article(originals) if article.doc_id in story], 2)
        if story[pair[0].doc_id] == story[pair[1].doc_id]
    ]
    chosen = np.random.default_rng(1).permutation(len(within))[:_PAIRS]
    yield from (("within", *within[at]) for at in sorted(chosen.tolist()))
    used: set[str] = set()
    misses = 0
    for first, second in similar_pairs(originals, tables):
        names = {first.doc_id, second.doc_id}
        together = story.get(first.doc_id, first.doc_id) == story.get(second.doc_id, second.doc_id)
        if not together and not names & used and misses < _PAIRS:
            used |= names
            misses += 1
            yield "near miss", first, second


def write_sheet(tables: Path, sheet: Path) -> None:
    """Write the pairs to judge as CSV, with the beginnings of their texts."""
    columns = read_parquet(tables / "documents.parquet", ["doc_id", "text"]).to_pydict()
    text = {doc_id: body[:_SHOWN] for doc_id, body in zip(columns["doc_id"], columns["text"], strict=True)}
    with sheet.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(_HEADS)
        pairs = [*drawn_pairs(tables)]
        for at in np.random.default_rng(2).permutation(len(pairs)).tolist():
            _, *pair = pairs[at]
            rows.writerow(["", *(each.doc_id for each in pair), *(text[each.doc_id] for each in pair)])


def counted(tables: Path, rows: Iterable[dict[str, str]]) -> Iterator[str]:
    """Yield a line for each kind of pairs: how many are about one event, with the interval of Wilson."""
    kind_of = {(first.doc_id, second.doc_id): kind for kind, first, second in drawn_pairs(tables)}
    answers = Counter((kind_of[row["first"], row["second"]], row["one_event"].strip().lower()) for row in rows)
    for kind in dict.fromkeys(kind for kind, _ in answers):
        yes, no = answers[kind, "yes"], answers[kind, "no"]
        lo, hi = wilson(yes, yes + no)
        yield f"{kind}: {yes} of {yes + no} are about one event ({float(lo):.2f} to {float(hi):.2f})"


def main() -> None:
    """Write the sheet, or count its answers."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("results", type=Path)
    parser.add_argument("sheet", type=Path)
    parser.add_argument("--filled", action="store_true")
    options = parser.parse_args()
    if not options.filled:
        write_sheet(options.results / "tables", options.sheet)
        return
    with options.sheet.open(encoding="utf-8", newline="") as file:
        for line in counted(options.results / "tables", csv.DictReader(file)):
            print(line)


if __name__ == "__main__":
    main()
