"""List the sources of a run that cannot speak, and their share of the statements.

    python -m benchmarks.not_speakers TABLES

TABLES is results/tables of a run on the articles of quotes/polnear_train.jsonl. A source counts here if it is a
quantity or a time, or if a reader of all sources without a name of these articles took its head for no speaker
(tests/attribution/data/not_speakers.txt).
"""

import argparse
import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from scripts.core.storage import ROOT, read_parquet

HEADS = ROOT / "tests" / "attribution" / "data" / "not_speakers.txt"
_PHRASE_END = re.compile(
    r"\s(?:of|at|for|with|in|from|to|on|who|that|which|by|about|after|before|between)\s|[,;(]|[’']s "
)
_QUANTITY = re.compile(r"(?:[\d.,%$]+|percent|half|(?:mon|tues|wednes|thurs|fri|satur|sun)day|morning|evening|night)\Z")
_NAMED = frozenset(("person", "organisation", "government"))


def listed_heads() -> frozenset[str]:
    """Return the heads that a reader took for no speakers."""
    return frozenset(line for line in HEADS.read_text(encoding="utf-8").splitlines() if not line.startswith("#"))


def head_of(name: str) -> str:
    """Return the last word of the first part of a source, in lower case and without the s of a plural.

    >>> head_of("strong antipathies of the voters"), head_of("22 percent")
    ('antipathie', 'percent')
    """
    words = re.findall(r"[\w%’'-]+", _PHRASE_END.split(name)[0].lower())
    last = words[-1] if words else ""
    return last[:-1] if last.endswith("s") and not last.endswith("ss") else last


def not_speakers(names: Iterable[str], heads: frozenset[str]) -> Counter[str]:
    """Return how often each name is that of a quantity, a time, or something with one of the heads.

    >>> not_speakers(["Thursday morning", "the mayor", "rare accord"], frozenset(["accord"]))
    Counter({'Thursday morning': 1, 'rare accord': 1})
    """
    return Counter(name for name in names if head_of(name) in heads or _QUANTITY.match(head_of(name)))


def unnamed_sources(tables: Path) -> tuple[list[str], int]:
    """Return the source of each statement that is not named, and the number of all statements with a source."""
    quotes = read_parquet(tables / "quotes.parquet", ["speaker", "speaker_type", "n_words"]).to_pylist()
    spoken = [row for row in quotes if row["speaker"] and row["n_words"]]
    unnamed = [row for row in spoken if row["speaker_type"] not in _NAMED or row["speaker"][0].islower()]
    return [row["speaker"] for row in unnamed], len(spoken)


def main() -> None:
    """Print the sources that cannot speak, the most frequent first, and their share of all statements."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("tables", type=Path)
    names, n_statements = unnamed_sources(parser.parse_args().tables)
    left = not_speakers(names, listed_heads())
    for name, n in left.most_common():
        print(f"{n:4} {name}")
    print(f"{left.total()} of {n_statements} statements, {left.total() / n_statements:.2%}")


if __name__ == "__main__":
    main()
