"""tables.yaml says which module makes each table, and the rules run it."""

import json
import re
from pathlib import Path
from zipfile import ZipFile

import pytest

from scripts.core.schemas import entries, steps
from tests.workflow.project import snakemake

ROOT = Path(__file__).resolve().parents[2]
RULE = re.compile(r"^(?:rule|checkpoint) (\w+):\n(.*?)(?=^\S|\Z)", re.MULTILINE | re.DOTALL)
# A module that a command runs, with its arguments; not the launcher, and not the check of the files that a job takes.
STEP = re.compile(r"(?<![\w.])(scripts\.(?!core\.launch|core\.recorded)[\w.]+)(.*?)(?=\" -- |\Z)", re.DOTALL)


def commands() -> dict[str, list[tuple[str, str]]]:
    """Return the modules that each rule runs, with the arguments of each."""
    texts = [file.read_text(encoding="utf-8") for file in sorted((ROOT / "workflow" / "rules").glob("*.smk"))]
    rules = [rule for text in texts for rule in RULE.findall(text)]
    return {name: steps for name, body in rules if (steps := STEP.findall(body.partition("shell:")[2]))}


def modules() -> dict[str, list[str]]:
    """Return the modules that each rule runs."""
    return {rule: [module for module, _ in steps] for rule, steps in commands().items()}


def source(module: str) -> str:
    """Return the code of the program that a module is."""
    path = ROOT.joinpath(*module.split("."))
    return (path / "__main__.py" if path.is_dir() else path.with_suffix(".py")).read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def makers(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """Return the modules of the rule that makes each table, or the batches' part of a joined table."""
    targets = ["all", "reliability"]
    folder = tmp_path_factory.mktemp("map")
    (folder / "corrections.csv").write_text("doc_id,what\na.txt,unknown\n", encoding="utf-8")
    (folder / "checked.csv").write_text("sheet\nattributions\n", encoding="utf-8")
    (folder / "topics.yaml").write_text("words: [word]\n", encoding="utf-8")
    (folder / "asked.yaml").write_text("choose: {}\n", encoding="utf-8")
    with ZipFile(folder / "theirs.qdpx", "w") as archive:
        archive.writestr("project.qde", '<Project xmlns="urn:QDA-XML:project:1.0" name="theirs"/>')
    own = str(folder)
    settings = {"concordance": {"terms": ["word"]}, "results": f"{own}/results", "review": {"folder": own}}
    settings |= {"views": own, "topics": {"file": f"{own}/topics.yaml", "discover": 2}}
    (folder / "settings.json").write_text(json.dumps(settings), encoding="utf-8")
    options = ["--summary", *targets, "--configfile", str(folder / "settings.json")]
    done = snakemake(ROOT, "--cores", "1", *options)
    assert done.returncode == 0, done.stderr
    by_rule = modules()
    tables: dict[str, list[str]] = {}
    parts: dict[str, list[str]] = {}
    for line in done.stdout.splitlines()[1:]:
        path, _, rule = line.split("\t")[:3]
        if path.endswith(".parquet") and "/boilerplate/" not in path:  # the same tables of some documents again
            place = tables if "/tables/" in path else parts
            place[Path(path).stem] = by_rule[rule]
    made_by = {name: entry["made_by"] for name, entry in entries().items()}
    joined = {name for name, steps in tables.items() if "scripts.core.tables" in steps and made_by[name] not in steps}
    makers = {}
    for name in entries():
        if name in tables and name not in joined:
            makers[name] = tables[name]
        else:
            makers[name] = parts[name.removeprefix("batch_")]
    return makers


def test_the_rule_of_each_table_runs_the_module_that_makes_it(makers: dict[str, list[str]]) -> None:
    wrong = {name: steps for name, steps in makers.items() if entries()[name]["made_by"] not in steps}
    assert wrong == {}


def test_each_step_runs_the_modules_that_tables_yaml_names() -> None:
    named = {step.modules for step in steps().values()}
    assert [run for run in modules().values() if tuple(run) not in named] == [], (
        "Name them in the order of the command."
    )


def test_the_module_among_several_that_makes_a_table_names_it(makers: dict[str, list[str]]) -> None:
    several = {name: entries()[name]["made_by"] for name, steps in makers.items() if len(steps) > 1}
    assert [name for name, module in several.items() if f'"{name}"' not in source(module)] == []


SHARED = [step for steps in commands().values() if len(steps) > 1 for step in steps]


@pytest.mark.parametrize(("module", "arguments"), SHARED, ids=[module for module, _ in SHARED])
def test_each_step_of_a_job_takes_only_arguments_that_it_uses(module: str, arguments: str) -> None:
    text = source(module)
    names = re.findall(r"--([a-z]+)", arguments)
    assert "settings" in names
    assert [name for name in names if f"options.{name}" not in text] == []
