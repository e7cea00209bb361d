"""Size of the report, and time to open, search and ask it, against the number of articles.

    python -m benchmarks.page_growth results --sizes 1000 2500

The articles are those of a run in `results`. Where more are asked for, they are repeated under other names, in each
copy with every word replaced by another of the corpus that has as many letters. So texts, names, quotes and cues stay
where they are, take as much room as new ones, and are nowhere the same. The vocabulary does not grow, and tables of
statistics are those of the run. A page of more than 12 MB has its texts in files beside it.
"""

import argparse
import random
import re
import tempfile
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from time import process_time

import pandas as pd
import pyarrow as pa

from benchmarks.page import measure
from scripts.core.storage import read_parquet, write_parquet, write_text
from scripts.plan.settings import check
from scripts.report.page import Options, ReportSources, render_report

# Tables whose rows are of a document, and their columns with words and names.
_OF_DOCUMENTS = {
    "documents": (), "document_groups": (), "document_origins": (), "readability": (), "sentences": ("text",),
    "tokens": ("text", "norm", "lemma"), "quotes": ("content", "cue", "source", "speaker", "speaker_in_document"),
    "quote_sources": ("speaker",), "story_documents": ("title",),
    "entities": ("text", "entity"), "entity_mentions": ("entity", "name"), "frame_codes": ("speaker",),
}  # fmt: skip
_WORD = re.compile(r"[^\W\d_]+")


def replacement(words: list[str], seed: int) -> Callable[[str], str]:
    """Return a function that replaces each word of a text by another of `words` with as many letters and like case.

    >>> replacement(["tax", "cut", "Jo"], 1)("Jo: tax cut")
    'Jo: cut tax'
    """
    by_shape: dict[tuple[int, bool], list[str]] = defaultdict(list)
    for word in sorted(set(words)):
        by_shape[len(word), word[:1].isupper()].append(word)
    replacements: dict[str, str] = {}
    for group in by_shape.values():
        turned = random.Random(seed).randrange(1, len(group)) if len(group) > 1 else 0
        replacements |= dict(zip(group, group[turned:] + group[:turned], strict=True))
    return lambda text: _WORD.sub(lambda match: replacements.get(match[0], match[0]), text)


def grown(tables: Path, folder: Path, size: int) -> None:
    """Write to `folder` the tables of a corpus of `size` documents made of those in `tables`, or of all these."""
    folder.mkdir(parents=True)
    for path in tables.glob("*.parquet"):
        if path.stem not in _OF_DOCUMENTS:
            (folder / path.name).symlink_to(path.resolve())
    doc_ids = sorted(read_parquet(tables / "documents.parquet", ["doc_id"])["doc_id"].to_pylist())
    size = max(size, len(doc_ids))
    rounds = [doc_ids[: size - first] for first in range(0, size, len(doc_ids))]
    tokens = read_parquet(tables / "tokens.parquet", ["text"])["text"].unique().to_pylist()
    words = [word for word in tokens if _WORD.fullmatch(word)]
    for name, columns in _OF_DOCUMENTS.items():
        stored = read_parquet(tables / f"{name}.parquet")
        rows = stored.to_pandas()
        parts = []
        for number, chosen in enumerate(rounds):
            part = rows[rows["doc_id"].isin(chosen)]
            if number:
                replace = replacement(words, number)
                changed = {column: part[column].map(replace, na_action="ignore") for column in columns}
                if name == "documents":
                    changed = {"text": part["text"].map(replace), "title": part["title"].map(replace)}
                part = part.assign(**changed, doc_id=part["doc_id"] + f"#{number}")
            parts.append(part)
        table = pd.concat(parts).sort_values("doc_id", kind="stable", ignore_index=True)
        write_parquet(folder / f"{name}.parquet", pa.Table.from_pandas(table, stored.schema, preserve_index=False))


def main() -> None:
    """Print a row for each size."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("results", type=Path)
    parser.add_argument("--sizes", nargs="+", type=int, default=[0, 1000, 2500])
    options = parser.parse_args()
    settings = check({})
    report, statistics = settings["report"], {name: settings[name] for name in ("bootstrap", "keyness")}
    chosen = Options(
        report["title"],
        settings["words"],
        statistics,
        tuple(report["sections"]),
        int(1e6 * report["megabytes"]),
        "",
        "",
    )
    print(
        "| documents | words | page, MB | beside it, MB | CPU s to make it | opens, s | slowest search, s | "
        "first choice, s | later, s | CPU s of opening, first choice, later |"
    )
    print("|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|")
    for size in options.sizes:
        with tempfile.TemporaryDirectory() as temporary:
            folder = Path(temporary)
            grown(options.results / "tables", folder / "tables", size)
            begun = process_time()
            made = render_report(ReportSources(folder / "tables", options.results / "figures", {}), chosen)
            seconds = process_time() - begun
            page = folder / "report.html"
            write_text(page, made.page)
            for name, text in made.files.items():
                write_text(folder / name, text)
            counts = read_parquet(folder / "tables" / "documents.parquet", ["n_words"])["n_words"].to_pylist()
            measured = measure(page)
        beside = sum(len(text) for text in made.files.values()) / 1e6
        opened, search, first, later = (
            measured[f"{name}_ms"] / 1000 for name in ("opened", "slowest_search", "first_choice", "slowest_choice")
        )
        cpu = (measured[f"{name}_cpu_s"] for name in ("opened", "first_choice", "slowest_choice"))
        print(
            f"| {len(counts):,} | {sum(counts):,} | {measured['megabytes']:.1f} | {beside:.1f} | {seconds:.0f}", end=" "
        )
        print(f"| {opened:.1f} | {search:.2f} | {first:.2f} | {later:.2f}", end=" ")
        print(f"| {', '.join(f'{seconds:.2f}' for seconds in cpu)} |", flush=True)


if __name__ == "__main__":
    main()
