"""The data package, by the official validator."""

import json
from pathlib import Path

import frictionless

from scripts.core.storage import read_parquet, write_parquet
from scripts.report.exports.datapackage import package

SETTINGS = {"tables": {"csv_max_rows": 1_000_000}, "report": {"title": "What the news says"}}


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
