"""Write workflow/lexicons/word_shares.tsv: the share of texts in which each common word occurs.

    python -m training.word_shares releases.jsonl.gz wikinews_2019.csv wikinews_2020.csv

The texts are press releases of US senators, 2004 to 2008 (Grimmer 2010; works of the US government), and English
Wikinews (CC BY 2.5); the share is the mean of the shares in the two. Stop words are left out.
"""

import argparse
import csv
import gzip
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from scripts.core.lexicons import LEXICONS, word_list
from scripts.core.storage import write_text

_WORD = re.compile(r"[a-z]+(?:'[a-z]+)?|\d+(?:[.,]\d+)*")
_LEAST = 0.01
_HEADER = (
    "# In what share of texts a word stands that is no stop word, at least 0.01: the mean of 7,883 releases of\n"
    "# US senators (Grimmer 2010) and 295 articles of Wikinews (CC BY 2.5); python -m training.word_shares makes it.\n"
)


def shares(texts: Iterable[str]) -> dict[str, float]:
    """Return the share of texts that have each word."""
    counts: Counter[str] = Counter()
    n = 0
    for text in texts:
        counts.update(set(_WORD.findall(text.lower())))
        n += 1
    return {word: count / n for word, count in counts.items()}


def _wikinews(paths: Iterable[Path]) -> Iterator[str]:
    for path in paths:
        with path.open(encoding="utf-8", newline="") as file:
            yield from (row["text"] for row in csv.DictReader(file))


def main() -> None:
    """Write the list from files of texts."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("releases", type=Path)
    parser.add_argument("wikinews", type=Path, nargs="+")
    options = parser.parse_args()
    with gzip.open(options.releases, "rt", encoding="utf-8") as file:
        parts = [shares(json.loads(line)["text"] for line in file), shares(_wikinews(options.wikinews))]
    mean = {word: sum(part.get(word, 0) for part in parts) / len(parts) for word in {*parts[0], *parts[1]}}
    stop = {*word_list("stopwords.txt")}
    lines = [f"{word}\t{mean[word]:.3f}\n" for word in sorted(mean) if mean[word] >= _LEAST and word not in stop]
    write_text(LEXICONS / "word_shares.tsv", _HEADER + "".join(lines))


if __name__ == "__main__":
    main()
