"""docs/pipeline.md says which module makes each table: read from the rules, and every table of tables.yaml is there."""

import re
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest

from scripts.core.storage import table_schemas

ROOT = Path(__file__).resolve().parents[2]
RULE = re.compile(r"^(?:rule|checkpoint) (\w+):\n(.*?)(?=^\S|\Z)", re.MULTILINE | re.DOTALL)
STEP = re.compile(r"python -m (?:scripts\.core\.launch (?:(?:--[a-z-]+|\{params\.\w+\}) )*)?(scripts[\w.,]+)")


def modules() -> dict[str, list[str]]:
    """Return the modules that each rule runs."""
    rules: dict[str, list[str]] = {}
    for file in sorted((ROOT / "workflow" / "rules").glob("*.smk")):
        for name, body in RULE.findall(file.read_text(encoding="utf-8")):
            if steps := STEP.search(body):
                rules[name] = steps[1].split(",")
    return rules


@pytest.fixture(scope="module")
def makers(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """Return the modules of the rule that makes each table, or the batches' part of a joined table."""
    targets = ["all", "reliability", "classifier"]
    folder = tmp_path_factory.mktemp("map")
    (folder / "corrections.csv").write_text("doc_id,what\na.txt,unknown\n", encoding="utf-8")
    (folder / "checked.csv").write_text("sheet\nattributions\n", encoding="utf-8")
    with ZipFile(folder / "theirs.qdpx", "w") as archive:
        archive.writestr("project.qde", '<Project xmlns="urn:QDA-XML:project:1.0" name="theirs"/>')
    settings = ["concordance={terms: [word]}", f"results={folder / 'results'}", f"review={{folder: {folder}}}"]
    command = [sys.executable, "-m", "snakemake", "--cores", "1", "--summary", *targets, "--config", *settings]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=True)
    by_rule = modules()
    tables: dict[str, list[str]] = {}
    parts: dict[str, list[str]] = {}
    for line in done.stdout.splitlines()[1:]:
        path, _, rule = line.split("\t")[:3]
        if path.endswith(".parquet"):
            place = tables if "/tables/" in path else parts
            place[Path(path).stem] = by_rule[rule]
    joined = {name for name, steps in tables.items() if steps == ["scripts.core.tables"]}
    makers = {}
    for name in table_schemas():
        if name in tables and name not in joined:
            makers[name] = tables[name]
        else:
            makers[name] = parts[name.removeprefix("batch_")]
    return makers


def test_the_page_shows_the_module_that_makes_each_table(makers: dict[str, list[str]]) -> None:
    page = (ROOT / "docs" / "pipeline.md").read_text(encoding="utf-8")
    shown = dict(re.findall(r"^\| `(\w+)` \| `(scripts[\w.]+)` \|$", page, re.MULTILINE))
    expected = "\n".join(f"| `{name}` | `{' or '.join(steps)}` |" for name, steps in makers.items())
    assert shown.keys() == makers.keys(), f"docs/pipeline.md should have these lines:\n{expected}"
    assert [name for name, steps in makers.items() if shown[name] not in steps] == [], expected


def test_the_shown_one_of_several_modules_names_the_table(makers: dict[str, list[str]]) -> None:
    page = (ROOT / "docs" / "pipeline.md").read_text(encoding="utf-8")
    shown = re.findall(r"^\| `(\w+)` \| `(scripts[\w.]+)` \|$", page, re.MULTILINE)
    assert [
        name
        for name, module in shown
        if len(makers[name]) > 1
        and f'"{name}"' not in (ROOT / f"{module.replace('.', '/')}.py").read_text(encoding="utf-8")
    ] == []
