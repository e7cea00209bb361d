"""A made corpus of statements, sentences and names, review sheets drawn from it, and their filling."""

import csv
import io
from collections.abc import Callable, Mapping
from functools import cache, partial
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd
import pyarrow as pa

from scripts.core.csv_tables import write_csv
from scripts.core.storage import rows_to_table, write_parquet
from scripts.review.sampling import attribution_sheet, name_sheet, sentence_sheet
from scripts.review.units import ReviewUnits, attribution_units, name_units, with_groups

Cells = dict[str, str]
TEXTS = {f"{n}.txt": f"Number {n}. 'We pay,' said Ann Lee. Bo Ray left. The sea rose, experts say." for n in range(30)}
GROUP = {doc_id: "North" if n < 20 else "South" for n, doc_id in enumerate(TEXTS)}
LINKS = pd.DataFrame({"doc_id": [], "name": [], "candidate": [], "linked": []})
_SPLIT = ("Number", "'We pay,' said Ann Lee.", "Bo Ray left.", "The sea rose, experts say.")


@cache
def units() -> ReviewUnits:
    """Return the units: a statement in each of 30 documents, four sentences and two names in each."""
    quotes = pd.DataFrame(
        {
            "doc_id": list(TEXTS),
            "sentence": 1,
            "content_spans": [[[text.index("We"), text.index("We") + 6]] for text in TEXTS.values()],
            "speaker": "Ann Lee",
            "speaker_in_document": "Lee",
            "source": "Ann Lee",
            "cue": "said",
            "type": ["direct"] * 20 + ["indirect"] * 10,
            "confidence": [0.6, 0.9] * 15,
            "rule": "verb",
            "n_words": 2,
            "n_quoted": 2,
            "content": "We pay",
            "speaker_type": "person",
        }
    )
    sentences = pd.DataFrame(
        [
            {
                "doc_id": doc_id, "sentence": n, "start": text.index(part), "end": text.index(part) + len(part),
                "text": part,
            }
            for doc_id, text in TEXTS.items()
            for n, part in enumerate(_SPLIT)
        ]
    )  # fmt: skip
    entities = pd.DataFrame(
        [
            {
                "doc_id": doc_id, "sentence": sentence, "start": text.index(name), "end": text.index(name) + len(name),
                "label": label, "entity": name, "text": name,
            }
            for doc_id, text in TEXTS.items()
            for sentence, name, label in ((1, "Ann Lee", "PERSON"), (2, "Bo Ray", "ORG"))
        ]
    )  # fmt: skip
    by_sheet = {
        "attributions": attribution_units(quotes, GROUP),
        "sentences": with_groups(sentences, GROUP),
        "names": name_units(entities, GROUP),
    }
    return ReviewUnits(by_sheet, TEXTS)


def write_mentions(folder: Path) -> Path:
    """Write the table entity_mentions that the reading of sheets looks names up in."""
    rows = [
        {"doc_id": doc_id, "mention": n, "sentence": 1, "kind": "person", "entity": own, "name": name}
        for doc_id in TEXTS
        for n, (own, name) in enumerate((("Lee", "Ann Lee"), ("Ray", "Bo Ray")))
    ]
    write_parquet(folder / "entity_mentions.parquet", rows_to_table("entity_mentions", rows))
    write_parquet(folder / "boilerplate_places.parquet", rows_to_table("boilerplate_places", []))
    return folder


@cache
def drawn_text(kind: str, *, size: int = 12, seed: int = 1) -> str:
    """Return the text of a sheet as a reviewer gets it."""
    corpus = units()
    makers: Mapping[str, Callable[..., pa.Table]] = {
        "attributions": partial(attribution_sheet, links=LINKS),
        "sentences": partial(
            sentence_sheet, attributions=corpus.by_sheet["attributions"], names=corpus.by_sheet["names"]
        ),
        "names": name_sheet,
    }
    sheet = makers[kind](corpus.by_sheet[kind], texts=corpus.texts, size=size, seed=seed)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "sheet.csv"
        write_csv(path, sheet)
        return path.read_text(encoding="utf-8")


def drawn(kind: str, *, size: int = 12, seed: int = 1) -> list[Cells]:
    """Return the rows of a sheet as a reviewer gets them."""
    return list(csv.DictReader(io.StringIO(drawn_text(kind, size=size, seed=seed))))


def saved(rows: list[Cells]) -> bytes:
    """Return rows as a spreadsheet saves them."""
    out = io.StringIO()
    sheet = csv.DictWriter(out, rows[0].keys())
    sheet.writeheader()
    sheet.writerows(rows)
    return out.getvalue().encode("utf-8")
