"""Which numbers of the report lead to the rows behind them, and why others do not: `python -m benchmarks.number_links`.

With `--tables results/tables` it counts the columns and cells of that run, else the columns of all tables.
"""

import argparse
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from scripts.report.store import Store
from scripts.report.tables import sheet
from scripts.report.views import View, views

LINKED, ROW, BESIDE = "linked", "describes its row, which leads there", "estimate, beside a number that is linked"
CODED = "counts what people coded or checked: their sheets are not in the page"
WORDS = "counts words, which are rows of the table of key words"
PLACE = "a number of a place or of a row of a sheet, no count"
REFERENCE = "length of a reference text, which is not in the page"
STEP = "counts what the rows of a step are: quotes.csv has them, and `counted by` names the numbers that lead to them"
PARSE = "counts by the parse, which is not in the page"
REPEATED = "counts places of a paragraph that is left out of the page's counts: boilerplate_places.csv has them"
STORY = "counts within stories: the table of the documents of each story has them"
TOPIC = "counts by the words of topics: the tables of their documents and statements have the rows"
DISCOVERED = "describes a topic that the machine found: topics_found_documents.csv has its documents"
# Tables of which a row is one statement, passage, document or pair of documents, and leads there.
ROWS = frozenset((
    "concordance", "diversity", "document_origins", "documents", "entities", "frame_codes", "name_links",
    "near_duplicates", "quote_reuse", "quote_sources", "quotes", "readability", "reference_coverage", "similarity",
    "story_documents", "topic_documents", "topic_statements", "unattributed",
))  # fmt: skip
# Reasons of other columns without a link, by table of the page.
REASONS: dict[str, dict[str, str]] = {
    "accuracy-here": {"n": CODED, "estimate": CODED},
    "accuracy-by-part": {"n": CODED, "estimate": CODED},
    "confidence-data": {"n": CODED, "estimate": CODED},
    "error-kinds": {"n": CODED, "estimate": CODED},
    "review_errors": {"row": PLACE},
    "review_problems": {"row": PLACE},
    "source_problems": {"row": PLACE},
    "frame_coding_problems": {"row": PLACE},
    "problems": {"offset": PLACE},
    "notes": {"n": "counts notes, each of which is a row of problems.csv"},
    "corrected_shares": dict.fromkeys(["n", "machine", "human", "estimate"], CODED),
    "corrected-frames": dict.fromkeys(["n", "rows", "machine", "human", "estimate"], CODED),
    "frame_corrected": dict.fromkeys(["n", "machine", "human", "estimate", "more"], CODED),
    "frame_reliability": {"n": CODED, "estimate": CODED},
    "frame_regression": dict.fromkeys(["n", "estimate", "q"], CODED),
    "frame_confusion": dict.fromkeys(["both", "machine_only", "human_only", "neither", "split"], CODED),
    "frame_term_precision": dict.fromkeys(["n", "right", "estimate"], CODED),
    "keyness_summary": dict.fromkeys(["tested", "significant", "survive", "bootstrap_clear"], WORDS),
    "entities_corpus": {"subject": PARSE},
    "ngrams": {"order": PLACE},
    "statement_totals": dict.fromkeys(["statements", "words", "documents"], STEP),
    "quote_families": {"family": PLACE},
    "quote_reuse": {"family": PLACE},
    "reference_coverage": {"first": PLACE, "last": PLACE},
    "reference_outlets": {"n_words": REFERENCE},
    "boilerplate": dict.fromkeys(["documents", "days", "statements", "words", "all_words", "mentions"], REPEATED),
    "stories": dict.fromkeys(["documents", "n_outlets"], STORY),
    "story_passages": {"documents": STORY},
    "story_speakers": dict.fromkeys(["words", "passages"], STORY),
    "story_contrasts": dict.fromkeys(["stories", "share", "share_other", "difference", "within", "choice", "q"], STORY),
    "story_pairs": {"stories": STORY},
    "topic_groups": dict.fromkeys(["documents", "n_documents", "estimate"], TOPIC),
    "topic_speakers": dict.fromkeys(["statements", "documents", "words", "share"], TOPIC),
    "topic_terms": dict.fromkeys(["hits", "documents", "alone", "share", "checked", "precision"], TOPIC),
    "topics_found": dict.fromkeys(["topic", "documents", "npmi", "seeds", "halves"], DISCOVERED),
}


class Number(NamedTuple):
    """A column of numbers: table of the page, column, its heading, whether it counts, and where it leads or why not."""

    table: str
    column: str
    heading: str
    is_count: bool
    fate: str


def _fate(view: View, column: str, *, is_count: bool) -> str:
    """Return where the numbers of a column lead, or the reason that they do not; "" for neither."""
    linked = {each.name: each.dtype for each in view.columns if each.link}
    if column in linked or column == "sentence":
        return LINKED
    table = view.key
    if reason := REASONS.get(table, {}).get(column):
        return reason
    if table in ROWS:
        return ROW
    beside = any(dtype in ("int", "float") for dtype in linked.values())
    return BESIDE if beside and not is_count else ""


def numbers(view: View) -> Iterator[Number]:
    """Yield the columns of a table that have numbers."""
    for column in view.columns:
        is_count = column.dtype == "int"
        if is_count or column.dtype == "float":
            fate = _fate(view, column.name, is_count=is_count)
            yield Number(view.key, column.name, column.heading, is_count, fate)


def _cells(tables: Path) -> Iterator[tuple[Number, int]]:
    """Yield the columns of numbers that a run has, each with the number of its cells that are not 0 or missing."""
    store = Store(tables)
    for view in views():
        rows = sheet(view, store)
        shown = {column.names[0] for column in rows.columns}
        for each in numbers(view):
            if each.column in shown:
                yield each, int((rows.rows[each.column].fillna(0) != 0).sum())


def main() -> None:
    """Print how many columns and cells of numbers are linked, and for each reason how many are not."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--tables", type=Path)
    parser.add_argument("--all", action="store_true", help="name the columns")
    options = parser.parse_args()
    columns = _cells(options.tables) if options.tables else ((each, 0) for view in views() for each in numbers(view))
    count: Counter[tuple[str, bool]] = Counter()
    cells: Counter[tuple[str, bool]] = Counter()
    for number, size in columns:
        count[number.fate, number.is_count] += 1
        cells[number.fate, number.is_count] += size
        if options.all:
            print(*number, size, sep="\t")
    print("| numbers | columns | cells |\n| --- | ---: | ---: |")
    for (fate, is_count), n in sorted(count.items(), key=lambda item: (not item[0][1], item[0][0] != LINKED, -item[1])):
        print(f"| {'counts' if is_count else 'estimates'}: {fate or 'no link'} | {n} | {cells[fate, is_count]:,} |")


if __name__ == "__main__":
    main()
