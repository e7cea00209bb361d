"""Descriptions and kinds of who is named in real articles: by the words of the text, and by the roles of speakers."""

import csv
import re
from collections import Counter
from itertools import islice
from pathlib import Path

from scripts.sources.descriptions import description, surname
from scripts.sources.kind_phrases import head_of_phrase, owner_words
from scripts.sources.source_kinds import source_kind
from tests import reference

FOLDER = Path(__file__).parent / "data" / "reference"
# Facts of the speakers of the articles, by which their kinds are told.
COLUMNS = ("speaker", "source", "role", "speaker_type")
# Two or three words with capitals, as most names of persons are: others are described by nothing.
NAME = re.compile(r"\b[A-Z][\w’'-]+(?: [A-Z]\.)? [A-Z][\w’'-]+\b")
ARTICLES = 80


def test_descriptions_are_those_of_the_file():
    rows = []
    for number, text in enumerate(islice(reference.every_text(), ARTICLES)):
        names = dict.fromkeys(NAME.findall(text))
        surnames = Counter(map(surname, names))
        for name in names:
            words = description(text, name, alone=surnames[surname(name)] == 1)
            if words:
                kind = source_kind(speaker=name, source=name, role="", speaker_type="person", description=words)
                owner = " ".join(owner_words(words))
                rows.append({"article": number, "name": name, "description": words, "kind": kind, "owner": owner})
    reference.hold(FOLDER / "descriptions.tsv", rows)


def test_kinds_of_sources_are_those_of_the_file():
    file = FOLDER / "kinds.tsv"
    with file.open(encoding="utf-8", newline="") as handle:
        sources = [
            {name: row[name] for name in COLUMNS} for row in csv.DictReader(handle, delimiter="\t", quotechar="\x00")
        ]
    heads = [head_of_phrase(row["role"] or row["source"]) for row in sources]
    kinds = [source_kind(**row) for row in sources]
    reference.hold(
        file, [row | {"kind": kind, "head": head} for row, kind, head in zip(sources, kinds, heads, strict=True)]
    )
