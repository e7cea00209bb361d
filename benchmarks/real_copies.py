"""Write many articles of real text: press releases, and copies of them with different names, numbers and dates.

    python -m benchmarks.real_copies TEXTS FOLDER --articles 100000
    snakemake --cores 2 --configfile FOLDER/config.yaml

FOLDER gets `seeds/`, with a text file for each article and metadata.csv, and `config.yaml`, settings for a run on them.
TEXTS has `senate/releases.jsonl.gz`. The first copy is the unchanged releases. In each further copy

- each name word (always capitalised, with four letters or more) is replaced by another of about the same frequency, the
  same one in all articles of the copy;
- each digit except the first of a number is replaced by a random one;
- articles are dated 90 days after those of the copy before.

So sentences are real, but each copy has different people, sums and dates. The same input makes the same bytes.
"""

import argparse
import calendar
import csv
import datetime
import gzip
import json
import random
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import count, islice
from pathlib import Path

_WORD = re.compile(r"[A-Za-z]+")
_NAME = re.compile(r"[A-Z][a-z]{3,}")
_DIGIT = re.compile(r"(?<=\d)\d")
_CALENDAR = frozenset([*calendar.month_name, *calendar.day_name])
_LEAST_PLACES = 3
_ALIKE = 64  # words of neighbouring frequency that are exchanged for each other
_OUTLETS = 12
_DAYS_LATER = 90
_FOLDER_SIZE = 1_000


def name_words(texts: Sequence[str]) -> list[str]:
    """Return the words that always begin with a capital, the most frequent first."""
    words = Counter(word for text in texts for word in _WORD.findall(text))
    names = {
        word: n
        for word, n in words.items()
        if n >= _LEAST_PLACES and _NAME.fullmatch(word) and word.lower() not in words and word not in _CALENDAR
    }
    return sorted(names, key=lambda word: (-names[word], word))


def exchanged(names: Sequence[str], seed: int) -> dict[str, str]:
    """Return a word of about the same frequency for each word; with seed 0, the word itself.

    >>> exchanged(["Allen", "Burr"], 0)
    {'Allen': 'Allen', 'Burr': 'Burr'}
    """
    others: dict[str, str] = {}
    for first in range(0, len(names), _ALIKE):
        alike = names[first : first + _ALIKE]
        shuffled = list(alike)
        if seed:
            random.Random(f"{seed} {alike[0]}").shuffle(shuffled)
        others |= dict(zip(alike, shuffled, strict=True))
    return others


def copied(text: str, names: Mapping[str, str], seed: int) -> str:
    """Return the text with replaced names, and with replaced digits if `seed` is not 0."""
    named = _WORD.sub(lambda match: names.get(match.group(), match.group()), text)
    if not seed:
        return named
    digits = random.Random(f"{seed} {text[:80]}")
    return _DIGIT.sub(lambda _: str(digits.randrange(10)), named)


def articles(releases: Sequence[Mapping[str, str]]) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield the text and metadata (file, outlet, date, party) of endlessly many articles."""
    names = name_words([release["text"] for release in releases])
    senators = sorted({release["senator"] for release in releases})
    for seed in count():
        others = exchanged(names, seed)
        for release in releases:
            date = datetime.date.fromisoformat(release["date"]) + datetime.timedelta(days=_DAYS_LATER * seed)
            yield (
                f"{copied(release['title'], others, seed)}\n\n{copied(release['text'], others, seed)}\n",
                {
                    "seed": f"{release['doc_id']}~{seed:03}.txt",
                    "outlet": f"Paper {senators.index(release['senator']) % _OUTLETS + 1:02}",
                    "date": date.isoformat(),
                    "party": release["party"],
                },
            )


def main() -> None:
    """Write the articles and the settings of a run on them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("texts", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--articles", type=int, default=100_000)
    options = parser.parse_args()
    with gzip.open(options.texts / "senate" / "releases.jsonl.gz", "rt", encoding="utf-8") as file:
        releases = [json.loads(line) for line in file]
    seeds = options.folder / "seeds"
    rows = []
    for at, (text, row) in enumerate(islice(articles(releases), options.articles)):
        name = f"{at // _FOLDER_SIZE:04}/{row['seed']}"
        path = seeds / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        rows.append({**row, "seed": name})
    with (seeds / "metadata.csv").open("w", encoding="utf-8", newline="") as table:
        writer = csv.DictWriter(table, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    settings = {"seeds": str(seeds), "results": str(options.folder / "results")}
    (options.folder / "config.yaml").write_text(json.dumps(settings), encoding="utf-8")


if __name__ == "__main__":
    main()
