"""Data package and RO-Crate, by the official validator or the requirements of the standard."""

import json
import sys
from pathlib import Path

import frictionless
import pytest

from scripts.core.storage import read_parquet, write_parquet
from scripts.report.exports import crate as crate_program
from scripts.report.exports.crate import METADATA, SNAKEFILE, crate
from scripts.report.exports.datapackage import package

SETTINGS = {"tables": {"csv_max_rows": 1_000_000}, "report": {"title": "What the news says"}}
PROVENANCE = {
    "newsloom": {"version": "0.2.0", "commit": "abc"},
    "python": "3.13.5",
    "packages": {"snakemake": "9.20", "spacy": "3.8"},
    "model": {"name": "en", "sha256": "0" * 64},
    "review_sheets": {},
    "settings": {"seeds": "seeds", "groups": ["outlet", "month"]},
    "seeds": {"a b.txt": {"sha256": "0" * 64}, "copy.txt": {"sha256": "0" * 64}},
}


def validate(path: Path) -> list[list[str]]:
    return frictionless.validate(str(path)).flatten(["name", "type", "message"])


def test_the_official_validator_finds_every_cell_as_described(tables: Path, names: list[str]) -> None:
    path = tables.parent / "datapackage.json"
    path.write_text(package(tables, names, SETTINGS), encoding="utf-8")
    assert validate(path) == []
    resources = json.loads(path.read_text(encoding="utf-8"))["resources"]
    assert [resource["name"] for resource in resources] == [name.replace("_", "-") for name in names]


def test_the_validator_notices_a_cell_of_another_type_and_a_file_that_was_changed(tables: Path, tmp_path: Path) -> None:
    (tmp_path / "tables").mkdir()
    for suffix in (".csv", ".parquet"):
        (tmp_path / "tables" / f"quotes{suffix}").write_bytes((tables / f"quotes{suffix}").read_bytes())
    path = tmp_path / "datapackage.json"
    path.write_text(package(tmp_path / "tables", ["quotes"], SETTINGS), encoding="utf-8")
    changed = tmp_path / "tables" / "quotes.csv"
    changed.write_text(changed.read_text(encoding="utf-8").replace(",0.9,", ",high,", 1), encoding="utf-8")
    assert {kind for _, kind, _ in validate(path)} == {"type-error", "hash-count", "byte-count"}


def test_the_validator_notices_a_row_that_is_there_twice_and_a_document_that_is_not(
    tables: Path, tmp_path: Path
) -> None:
    (tmp_path / "tables").mkdir()
    for name in ("documents", "quotes"):
        for suffix in (".csv", ".parquet"):
            (tmp_path / "tables" / f"{name}{suffix}").write_bytes((tables / f"{name}{suffix}").read_bytes())
    quotes = tmp_path / "tables" / "quotes.csv"
    head, first, *others = quotes.read_text(encoding="utf-8").splitlines(keepends=True)
    quotes.write_text("".join([head, first, first, "nowhere" + first, *others]), encoding="utf-8")
    path = tmp_path / "datapackage.json"
    path.write_text(package(tmp_path / "tables", ["documents", "quotes"], SETTINGS), encoding="utf-8")
    assert [kind for _, kind, _ in validate(path)] == ["primary-key", "foreign-key"]


def test_a_table_too_long_for_csv_is_described_by_its_parquet_file(tables: Path) -> None:
    settings = {**SETTINGS, "tables": {"csv_max_rows": 1}}
    (resource,) = json.loads(package(tables, ["quotes"], settings))["resources"]
    assert resource["path"] == "tables/quotes.parquet" and "schema" not in resource


def test_a_table_in_several_files_has_a_resource_for_each(tables: Path, tmp_path: Path) -> None:
    rows = read_parquet(tables / "documents.parquet")
    for group in ("0", "10"):
        write_parquet(tmp_path / "tables" / "documents.parquet" / f"{group}.parquet", rows)
    settings = {**SETTINGS, "tables": {"csv_max_rows": 1}}
    resources = json.loads(package(tmp_path / "tables", ["documents"], settings))["resources"]
    files = {"documents-0": "tables/documents.parquet/0.parquet", "documents-10": "tables/documents.parquet/10.parquet"}
    assert {each["name"]: each["path"] for each in resources} == files
    assert [each["bytes"] for each in resources] == [(tmp_path / path).stat().st_size for path in files.values()]


@pytest.fixture(scope="module")
def graph() -> dict:
    files = ["report.html", "README.md", "tables/a b.csv", SNAKEFILE]
    loaded = json.loads(crate(files, PROVENANCE, title="News"))
    assert loaded["@context"][0] == "https://w3id.org/ro/crate/1.1/context"
    return {entity["@id"]: entity for entity in loaded["@graph"]}


def test_the_crate_meets_what_the_profiles_demand(graph: dict) -> None:
    # RO-Crate 1.1, "Root Data Entity"; Workflow RO-Crate 1.0, "Main Workflow"; Process Run Crate 0.5, "Requirements".
    root, workflow, action = graph["./"], graph[SNAKEFILE], graph["#run"]
    assert graph[METADATA]["about"] == {"@id": "./"} and graph[METADATA]["@type"] == "CreativeWork"
    assert {"name", "description", "datePublished", "license"} <= root.keys() and root["@type"] == "Dataset"
    assert {profile["@id"] for profile in root["conformsTo"]} == {
        "https://w3id.org/ro/wfrun/process/0.5",
        "https://w3id.org/ro/wfrun/workflow/0.5",
        "https://w3id.org/workflowhub/workflow-ro-crate/1.0",
    }
    assert root["mainEntity"] == {"@id": SNAKEFILE} and {"@id": SNAKEFILE} in root["hasPart"]
    assert set(workflow["@type"]) == {"File", "SoftwareSourceCode", "ComputationalWorkflow"}
    assert graph[workflow["programmingLanguage"]["@id"]]["@type"] == "ComputerLanguage"
    assert root["mentions"] == {"@id": "#run"} and action["@type"] == "CreateAction"
    assert action["instrument"] == {"@id": SNAKEFILE}


def test_every_entity_that_the_crate_names_is_described_once_and_its_paths_are_iris(graph: dict) -> None:
    assert "tables/a%20b.csv" in graph
    for entity in graph.values():
        for value in entity.values():
            for reference in value if isinstance(value, list) else [value]:
                if isinstance(reference, dict) and not reference["@id"].startswith(
                    ("https://bioschemas.org", "https://w3id.org")
                ):
                    assert reference["@id"] in graph, reference
    assert len([iri for iri in graph if iri.startswith("#seed-")]) == 1


def test_the_crate_has_every_file_of_a_table_and_of_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tables = ("tables/tokens.csv", "tables/tokens.parquet/0.parquet", "tables/tokens.parquet/1.parquet")
    pages = ("report.html", "report-data/b.html", "report-data/a.html", "report-data/.snakemake_timestamp")
    for name in (*tables, *pages):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    (tmp_path / "provenance.json").write_text(json.dumps(PROVENANCE))
    settings = {"report": {"title": "News"}}
    (tmp_path / "stage.json").write_text(json.dumps({"settings": settings}))
    places = {"provenance": "provenance.json", "settings": "stage.json", "output": METADATA, "workflow": SNAKEFILE}
    places["folder"] = "tables"
    arguments = [text for name, place in places.items() for text in (f"--{name}", str(tmp_path / place))]
    files = [str(tmp_path / name) for name in ("report.html", "report-data")]
    monkeypatch.setattr(sys, "argv", ["crate", *arguments, "--tables", "tokens", "--files", *files])
    crate_program.main()
    graph = json.loads((tmp_path / METADATA).read_text(encoding="utf-8"))["@graph"]
    (root,) = (entity for entity in graph if entity["@id"] == "./")
    assert [part["@id"] for part in root["hasPart"]] == [
        SNAKEFILE,
        "report-data/a.html",
        "report-data/b.html",
        "report.html",
        *tables,
    ]
