"""Commands that only look change no file of the results, and tell what a run then does."""

import pytest

from scripts.plan.batches import split
from tests.workflow.project import SEEDS as THREE
from tests.workflow.project import copy_project, run, set_batches

SEEDS = {f"{number}.txt": f"The harbour of town {number} will close, Mayor Ann Smith said.\n" for number in range(3)}
MORE = {f"{number}.txt": f"Rain fell in town {number}, according to Tom Berg.\n" for number in range(3, 5)}
MOST = len(SEEDS)  # documents of a group of batches: with MORE there are groups
# Enough of the results for the tree of sums, and for the tokens, which are a file or a folder of files.
TARGETS = [f"results/tables/{name}.csv" for name in ("documents", "tokens", "sentences", "frequencies", "ngrams")]
COMMANDS = ("--dry-run", "--summary", "--dag", "--lint")


def state(project):
    """Return bytes and time stamp of everything in the results folder, of folders their names."""
    results = project / "results"
    return {
        str(path.relative_to(results)): (path.stat().st_mtime_ns, path.read_bytes() if path.is_file() else None)
        for path in results.rglob("*")
    }


def made(project):
    """Return the bytes of all files that are made of the seeds, by name."""
    folders = ("batches", "groups", "tables", "stages")
    files = (file for folder in folders for file in (project / "results" / folder).rglob("*") if file.is_file())
    return {str(file.relative_to(project)): file.read_bytes() for file in files}


def write(project, seeds):
    for name, text in seeds.items():
        (project / "seeds" / name).write_text(text, encoding="utf-8")


def remove(project, seeds):
    for name in seeds:
        (project / "seeds" / name).unlink()


def finished(folder, seeds):
    """Return a project of batches of one seed each, and its made files."""
    project = copy_project(folder, seeds=seeds)
    set_batches(project, size=1, group=MOST)
    done = run(project, *TARGETS)
    assert done.code == 0, done.output
    return project, made(project)


@pytest.fixture(scope="module")
def few(tmp_path_factory):
    """Return a project without groups, and its files."""
    return finished(tmp_path_factory.mktemp("few") / "project", SEEDS)


def looked(project, *commands):
    """Run commands that only look, and return what a run would then do; nothing may be changed."""
    before = state(project)
    outcomes = [run(project, *TARGETS, command) for command in commands]
    assert state(project) == before
    assert [done.output for done in outcomes if done.code and "Lints" not in done.output] == []
    return outcomes[0].planned


def ran(project):
    """Run and return how many jobs of each rule ran."""
    done = run(project, *TARGETS)
    assert done.code == 0, done.output
    rules = [rule for rule, _ in done.jobs]
    return {rule: rules.count(rule) for rule in rules}


def test_seeds_added_edited_and_put_back(project):
    """A dry run plans changed batches alone (test_profiles.py: it writes nothing; test_rerun.py: removals)."""
    before, after = split(THREE, size=1), split([*THREE, "new.txt"], size=1)
    write(project, {"new.txt": "A new one, said Tom Berg.\n"})
    assert looked(project, "--dry-run")["parses"] == sum(before.get(batch) != after[batch] for batch in after)
    remove(project, ["new.txt"])
    write(project, {"river.txt": "Edited, said Tom Berg.\n"})
    assert looked(project, "--dry-run")["parses"] == 1
    write(project, THREE)
    assert looked(project, "--dry-run") == {}


@pytest.mark.slow
def test_across_the_number_from_which_there_are_groups_and_back(few, tmp_path):
    project, with_few = few
    write(project, MORE)
    planned = looked(project, *COMMANDS)
    assert planned["reduce"] > 1
    assert ran(project) == planned
    _, with_many = finished(tmp_path / "many", {**SEEDS, **MORE})
    assert made(project) == with_many
    assert any(name.startswith("results/tables/tokens.parquet/") for name in with_many)
    remove(project, MORE)
    planned = looked(project, "--dry-run", "--summary")
    assert "reduce" not in planned
    assert ran(project) == planned
    assert made(project) == with_few
