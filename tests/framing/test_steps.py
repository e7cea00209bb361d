"""The corpus steps as the rules call them: tables and sheets in a folder, from the shipped article."""

import csv
import json
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from scripts.attribution.__main__ import quote_rows
from scripts.core import planned
from scripts.core.annotation import Mention
from scripts.core.storage import read_parquet, rows_to_table, write_parquet
from scripts.core.tables import write_table
from scripts.entities.__main__ import entities_table
from scripts.framing import reliability, sampling, summaries
from scripts.framing.__main__ import code_batch
from scripts.framing.schemes import load_schemes

STATISTICS = ("prevalence", "documents", "cooccurrence", "contrasts", "speakers", "terms", "coverage", "trends")
SETTINGS = {
    "profiles": {"speakers": 3},
    "framing": {
        "schemes": ["generic", "policy"],
        "folder": "frames",
        "coding": {
            "folder": "coding",
            "scheme": "generic",
            "unit": "sentence",
            "size": 20,
            "seed": 1,
            "machines": ["dictionary"],
        },
    },
    "tables": {"csv_max_rows": 1000},
}


@pytest.fixture(scope="module")
def folder(article, tmp_path_factory):
    """Return a folder with the tables that the corpus steps read: the article twice, from two outlets."""
    folder = tmp_path_factory.mktemp("framing")
    stage = {"settings": SETTINGS, "packages": {}, "user_files": {}}
    (folder / "stage.json").write_text(json.dumps(stage), encoding="utf-8")
    entity_rows = entities_table([article]).to_pylist()
    mentions = [Mention(row["first"], row["last"], row["label"], row["entity"]) for row in entity_rows]
    docs = [replace(article, doc_id=name, mentions=mentions) for name in ("a", "b")]
    quotes = [row for doc in docs for row in quote_rows([doc])]
    codes, blame = code_batch(docs, {name: [row for row in quotes if row["doc_id"] == name] for name in "ab"},
                              load_schemes(["generic", "policy"]))  # fmt: skip
    documents = [
        {"doc_id": doc.doc_id, "outlet": doc.doc_id.upper(), "n_sentences": len(doc.sentences), "n_words": 700}
        | {"parsed": True, "text": doc.text}
        for doc in docs
    ]
    # A document in another language, which is not parsed, must count nowhere.
    documents.append({"doc_id": "c", "outlet": "C", "n_sentences": 9, "n_words": 700, "parsed": False})
    foreign = [{"doc_id": "c", "sentence": at, "start": at, "end": at + 1, "text": "Nein."} for at in range(9)]
    rows = {
        "documents": documents,
        "document_groups": [{"doc_id": row["doc_id"], "group": row["outlet"]} for row in documents],
        "sentences": [
            {"doc_id": doc.doc_id, "sentence": at, **each._asdict(), "text": doc.text[each.start : each.end]}
            for doc in docs
            for at, each in enumerate(doc.sentences)
        ]
        + foreign,
        "entities": [{**row, "doc_id": name} for name in "ab" for row in entity_rows],
        "quotes": quotes,
        "entity_mentions": [],
        "boilerplate_places": [],
        "valence": [
            {"doc_id": doc.doc_id, "sentence": at, "compound": at / 1000}
            for doc in docs
            for at in range(len(doc.sentences))
        ],
    }
    for name, each in rows.items():
        empty = dict.fromkeys(rows_to_table(name, []).column_names)
        write_parquet(folder / f"{name}.parquet", rows_to_table(name, ({**empty, **row} for row in each)))
    write_parquet(folder / "frame_codes.parquet", codes)
    write_table(folder, "blame", blame, csv_max_rows=1000)
    return folder


def manifest(path, *sheets, machines=()):
    """Write the manifest of sheets and codes of other models."""
    files = [("sheet", Path(each)) for each in sheets] + [("machine", Path(each)) for each in machines]
    entries = (planned.entry(each, each.read_bytes(), role=role) for role, each in files)
    path.write_text(planned.manifest(entries), encoding="utf-8")
    return path


def call(monkeypatch, step, folder, **options):
    arguments = ["--settings", str(folder / "stage.json"), "--folder", str(folder)]
    for name, values in options.items():
        arguments += [f"--{name}", *map(str, values)]
    monkeypatch.setattr(sys, "argv", ["step", *arguments])
    step.main()


def test_summaries(monkeypatch, folder):
    call(monkeypatch, summaries, folder)
    prevalence = read_parquet(folder / "frame_prevalence.parquet").to_pandas()
    assert set(prevalence["n_documents"]) == {1, 2}
    assert set(prevalence["group"]) == {"(all)", "A", "B"}
    assert set(read_parquet(folder / "frame_contrasts.parquet")["estimate"].to_pylist()) == {0.0}
    for name in ("frame_speakers", "frame_terms", "frame_coverage", "source_balance", "frame_cooccurrence"):
        assert read_parquet(folder / f"{name}.parquet").num_rows
        assert (folder / f"{name}.csv").stat().st_size
    valence = read_parquet(folder / "valence_by_name.parquet").to_pandas().set_index(["relation", "name"])
    assert valence.loc[("all", "(all)"), ["n", "estimate"]].tolist() == [54, 0.013]


def test_ranges_of_documents_make_the_tables_of_all_together(monkeypatch, folder):
    call(monkeypatch, summaries, folder)
    undivided = _tables(folder)
    monkeypatch.setattr(summaries, "_SENTENCES", 1)
    call(monkeypatch, summaries, folder)
    assert _tables(folder) == undivided


def _tables(folder):
    """Return the bytes of the tables that the step writes."""
    names = ["source_balance", "speaker_frames", "valence_by_name", *(f"frame_{name}" for name in STATISTICS)]
    return {name: (folder / f"{name}.parquet").read_bytes() for name in names}


def test_from_the_sheet_to_corrected_shares(monkeypatch, folder, tmp_path):
    sheet, page = tmp_path / "coding_sheet.csv", tmp_path / "codebook.html"
    call(monkeypatch, sampling, folder, sheet=[sheet], codebook=[page])
    assert "Semetko" in page.read_text(encoding="utf-8")
    with sheet.open(encoding="utf-8", newline="") as handle:
        rows = list(csv.DictReader(handle))
    assert len(rows) == 20
    filled = tmp_path / "anna.csv"
    with filled.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.DictWriter(handle, rows[0].keys())
        writer.writeheader()
        writer.writerows(
            {**row, **{name: int(name in ("conflict", "economic")) for name in list(row)[8:]}} for row in rows
        )
    call(monkeypatch, reliability, folder, files=[manifest(tmp_path / "files.jsonl", filled)])
    corrected = read_parquet(folder / "frame_corrected.parquet").to_pandas().set_index(["group", "frame"])
    assert corrected.loc[("(all)", "conflict"), "human"] == 1
    assert corrected["n_units"].xs("conflict", level="frame").to_dict() == {"(all)": 54, "A": 27, "B": 27}


def test_sheets_without_a_usable_code_make_empty_tables_and_a_problem(monkeypatch, folder, tmp_path):
    (tmp_path / "notes.csv").write_text("to do: code\n", encoding="utf-8")
    call(monkeypatch, reliability, folder, files=[manifest(tmp_path / "files.jsonl", tmp_path / "notes.csv")])
    problems = read_parquet(folder / "frame_coding_problems.parquet").to_pylist()
    assert [(row["sheet"], row["code"]) for row in problems] == [("notes.csv", "sheet"), ("", "no-codes")]
    shares = read_parquet(folder / "frame_corrected.parquet").to_pandas()
    assert shares["estimate"].isna().all() and set(shares["method"]) == {
        "not estimable: fewer than 2 codes",
        "not estimable: fewer than 10 codes",
    }
    assert read_parquet(folder / "frame_regression.parquet").num_rows == 0


def test_codes_of_another_model_and_a_missing_one(monkeypatch, folder, tmp_path):
    """Of two files one covers the corpus; it is a machine beside the dictionary, the other is a problem."""
    settings = json.loads((folder / "stage.json").read_text(encoding="utf-8"))["settings"]
    names = [frame.name for frame in load_schemes(["generic"])[0].frames]
    sentences = read_parquet(folder / "sentences.parquet").to_pylist()
    lines = [f"{row['doc_id']},{row['sentence']}," + ",".join(["0.5"] * len(names)) for row in sentences]
    header = "doc_id,sentence," + ",".join(names)
    for name, rows in (("all.csv", lines), ("some.csv", lines[:9])):
        (tmp_path / name).write_text("\n".join([header, *rows]), encoding="utf-8")
    machines = ["dictionary", str(tmp_path / "all.csv"), str(tmp_path / "some.csv")]
    settings["framing"]["coding"]["machines"] = machines
    stage = {"settings": settings, "packages": {}, "user_files": {}}
    (tmp_path / "stage.json").write_text(json.dumps(stage), encoding="utf-8")
    sheet, page = tmp_path / "sheet.csv", tmp_path / "codebook.html"
    call(monkeypatch, sampling, folder, sheet=[sheet], codebook=[page])
    text = sheet.read_text(encoding="utf-8").replace("," * len(names) + "\n", ",1" + ",0" * (len(names) - 1) + "\n")
    (tmp_path / "ann.csv").write_text(text, encoding="utf-8")
    files = manifest(tmp_path / "files.jsonl", tmp_path / "ann.csv", machines=machines[1:])
    monkeypatch.setattr(sys, "argv", ["step", "--settings", str(tmp_path / "stage.json"), "--folder", str(folder),
                                      "--files", str(files)])  # fmt: skip
    reliability.main()
    problems = read_parquet(folder / "frame_coding_problems.parquet").to_pylist()
    assert [(row["sheet"], row["code"]) for row in problems] == [(machines[2], "machine")]
    assert "45 of 54 sentences are missing" in problems[0]["message"]
    assert read_parquet(folder / "frame_corrected.parquet").num_rows


def test_articles_are_coded_as_wholes(monkeypatch, folder, tmp_path):
    settings = json.loads((folder / "stage.json").read_text(encoding="utf-8"))["settings"]
    settings["framing"]["coding"]["unit"] = "article"
    stage = {"settings": settings, "packages": {}, "user_files": {}}
    (tmp_path / "stage.json").write_text(json.dumps(stage), encoding="utf-8")
    sheet, page = tmp_path / "sheet.csv", tmp_path / "codebook.html"
    arguments = ["step", "--settings", str(tmp_path / "stage.json"), "--folder", str(folder)]
    monkeypatch.setattr(sys, "argv", [*arguments, "--sheet", str(sheet), "--codebook", str(page)])
    sampling.main()
    assert "as a whole" in page.read_text(encoding="utf-8")
    text = sheet.read_text(encoding="utf-8")
    assert text.count(",2,") >= 2
    filled = text.replace(",,,,,,\n", ",1,0,0,0,0,0\n")
    (tmp_path / "ann.csv").write_text(filled, encoding="utf-8")
    monkeypatch.setattr(
        sys, "argv", [*arguments, "--files", str(manifest(tmp_path / "files.jsonl", tmp_path / "ann.csv"))]
    )
    reliability.main()
    shares = read_parquet(folder / "frame_corrected.parquet").to_pandas().set_index(["group", "frame"])
    assert shares.loc[("(all)", "conflict"), ["unit", "n_units", "n", "estimate"]].tolist() == ["article", 2, 2, 1]
    assert read_parquet(folder / "frame_coding_problems.parquet").num_rows == 0
