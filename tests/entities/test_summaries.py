"""The tables of entities are the same, whatever ranges of documents they are made in."""

import json
import random

import pytest

from scripts.core.storage import read_parquet, rows_to_table, write_parquet, write_text
from scripts.entities import mention_ranges, summaries
from tests.report.corpus import row
from tests.words.test_steps import run

NAMES = [("Lena Moss", "PERSON"), ("Moss", "PERSON"), ("Acme Corp", "ORG"), ("Acme", "ORG"), ("Kenya", "GPE"),
         ("Kenyan", "NORP"), ("Supreme Court", "ORG"), ("Nairobi", "GPE"), ("Tuesday", "DATE")]  # fmt: skip
TABLES = [
    "entity_mentions",
    "entities_corpus",
    "entities_documents",
    "cooccurrence",
    "speaker_entity",
    "entity_network",
    "name_links",
]


def made_tables(chance: random.Random) -> dict[str, list[dict]]:
    """Return the rows of tables of eight documents, the last of which is in another language."""
    names = ("documents", "sentences", "entities", "quotes", "boilerplate_places")
    tables: dict[str, list[dict]] = {name: [] for name in names}
    for doc_id in "abcdefgh":
        parsed = doc_id != "h"
        facts = {"outlet": chance.choice(["Herald", "Times"]), "date": "2024-05-01", "parsed": parsed, "n_words": 50}
        tables["documents"].append(row("documents", doc_id=doc_id, **facts))
        for at in range(6):
            tables["sentences"].append(row("sentences", doc_id=doc_id, sentence=at, paragraph=at // 2))
        for at in range(12 if parsed else 0):
            text, label = chance.choice(NAMES)
            place = {"sentence": at // 2, "start": 10 * at, "end": 10 * at + 5, "subject": chance.random() < 0.5}
            entity = "Lena Moss" if text == "Moss" and doc_id in "abc" else text
            tables["entities"].append(
                row("entities", doc_id=doc_id, mention=at, text=text, label=label, entity=entity, **place)
            )
        for at in range(3 if parsed else 0):
            speaker = chance.choice(["Lena Moss", "Moss", "Bo Lee", ""])
            spans = [[40 * at, 40 * at + 28]]
            tables["quotes"].append(row("quotes", doc_id=doc_id, quote=at, speaker=speaker, content_spans=spans))
    return tables


def written(folder, tables: dict[str, list[dict]]) -> dict:
    """Write tables and settings into a folder; return the options of the step."""
    for name, rows in tables.items():
        target = folder / ("batches/all" if name == "quotes" else "tables") / f"{name}.parquet"
        write_parquet(target, rows_to_table(name, rows))
    entities = {"aliases": {"merge": {}, "apart": []}, "metonyms": False, "known": []}
    settings = json.dumps({"settings": {"entities": entities, "tables": {"csv_max_rows": 99}}})
    write_text(folder / "stage.json", settings)
    return {"settings": folder / "stage.json", "folder": folder / "tables", "batches": folder / "batches"}


@pytest.mark.parametrize("seed", range(3))
def test_the_ranges_of_documents_do_not_matter(tmp_path, monkeypatch, seed):
    tables = made_tables(random.Random(seed))
    options = written(tmp_path, tables)
    made = []
    for words in (1, 120, 10_000):
        monkeypatch.setattr(mention_ranges, "_WORDS", words)
        run(monkeypatch, summaries, **options)
        made.append({name: read_parquet(tmp_path / "tables" / f"{name}.parquet") for name in TABLES})
        assert all((tmp_path / "tables" / f"{name}.csv").exists() for name in TABLES)
    for name in TABLES:
        assert made[0][name].num_rows and made[0][name].equals(made[1][name]) and made[0][name].equals(made[2][name])
    mentions = made[0]["entity_mentions"]
    named = [entity for entity in tables["entities"] if entity["label"] != "DATE"]
    assert mentions["mention"].to_pylist() == [entity["mention"] for entity in named]
    counts = made[0]["entities_corpus"]
    assert (
        sum(counts["mentions"].to_pylist()) == len(named) == sum(made[0]["entities_documents"]["mentions"].to_pylist())
    )


def test_names_in_boilerplate_are_in_no_count(tmp_path, monkeypatch):
    """The tables are those of a corpus without these names; a name that a reader corrected stays."""
    tables = made_tables(random.Random(1))
    places = [("a", 0, 2), ("c", 4, 5)]
    for doc_id, first, last in places:
        at = {"doc_id": doc_id, "sentence": first, "last": last}
        tables["boilerplate_places"].append(row("boilerplate_places", **at, n_words=0, left_out=True))
    in_places = [
        each
        for each in tables["entities"]
        if any(each["doc_id"] == doc_id and first <= each["sentence"] < last for doc_id, first, last in places)
    ]
    assert len(in_places) == 6
    in_places[0]["corrected_by"] = "sheet.csv, row 2"
    clean = [each for each in tables["entities"] if each not in in_places[1:]]
    made = []
    for name, more in (("with", {}), ("without", {"entities": clean})):
        run(monkeypatch, summaries, **written(tmp_path / name, tables | more))
        made.append({each: read_parquet(tmp_path / name / "tables" / f"{each}.parquet") for each in TABLES})
    assert made[0] == made[1]
    # Sentences in boilerplate are no chances to meet, but for the one with the corrected name: 42 - 3 + 1.
    pairs = made[0]["cooccurrence"].to_pylist()
    assert {pair["unit"]: pair["n_units"] for pair in pairs} == {"sentence": 40, "paragraph": 21}
