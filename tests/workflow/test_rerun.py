"""What reruns when: the real DAG in a temporary folder, read from Snakemake's own account of what it ran."""

import os
import re
import shutil

import pytest

from scripts.batches import split
from tests.workflow.project import copy_project, outputs, run

SEEDS = {
    "harbour.txt": "The harbour will close, Mayor Ann Smith said on Monday.\n\n“We have no choice,” Smith said.\n",
    "school.txt": "Teachers blamed the government for the cuts.\n\n“Our pupils deserve better,” said Omar Haddad.\n",
    "river.txt": "According to the Environment Agency, the river rose by two metres.\n",
}
CORPUS = {"corpus", "provenance"}


def batch_of(name: str, names=tuple(SEEDS)) -> str:
    return next(batch for batch, members in split(names, size=1).items() if name in members)


@pytest.fixture(scope="module")
def finished(tmp_path_factory):
    """A project with three batches of one seed each, run to the end."""
    project = copy_project(tmp_path_factory.mktemp("finished"), seeds=SEEDS)
    config = project / "config.yaml"
    config.write_text(re.sub(r"batch_size: \d+", "batch_size: 1", config.read_text()))
    done = run(project)
    assert done.code == 0, done.output
    assert done.batches("parses") == {batch_of(name) for name in SEEDS}
    return project


@pytest.fixture
def project(finished, tmp_path):
    """A copy of that project, with its time stamps, to change."""
    return shutil.copytree(finished, tmp_path / "project", symlinks=True)


def test_nothing_runs_twice(project):
    assert run(project).jobs == []


def test_touched_but_unchanged(project):
    for name in SEEDS:
        (project / "seeds" / name).touch()
    assert run(project).jobs == []


def test_edit_redoes_one_batch(project):
    seed = project / "seeds" / "river.txt"
    seed.write_text("According to the Environment Agency, the river fell by two metres.\n")
    done = run(project)
    for rule in ("documents", "tokens", "parses"):
        assert done.batches(rule) == {batch_of("river.txt")}
    assert done.rules >= CORPUS


def test_edit_with_old_time_stamp(project):
    seed = project / "seeds" / "river.txt"
    before = seed.stat()
    seed.write_text(seed.read_text().replace("two", "six"))
    os.utime(seed, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert run(project).batches("parses") == {batch_of("river.txt")}


def test_swapped_seeds(project):
    seeds = project / "seeds"
    (seeds / "river.txt").rename(seeds / "aside")
    (seeds / "school.txt").rename(seeds / "river.txt")
    (seeds / "aside").rename(seeds / "school.txt")
    assert run(project).batches("parses") == {batch_of("river.txt"), batch_of("school.txt")}


def test_added_seed(project):
    (project / "seeds" / "tower.txt").write_text("The tower stands, Smith said.\n")
    names = (*SEEDS, "tower.txt")
    before, after = split(SEEDS, size=1), split(names, size=1)
    assert run(project).batches("parses") == {batch for batch in after if after[batch] != before.get(batch)}


def test_removed_seed_leaves_no_trace(project):
    (project / "seeds" / "school.txt").unlink()
    done = run(project)
    assert done.code == 0
    left = [name for name in SEEDS if name != "school.txt"]
    before, after = split(SEEDS, size=1), split(left, size=1)
    assert done.batches("parses") == {batch for batch in after if after[batch] != before.get(batch)}
    for file in (project / "results").rglob("*"):
        if file.is_file() and "benchmarks" not in file.parts:
            assert b"Haddad" not in file.read_bytes(), file
            assert b"school.txt" not in file.read_bytes(), file
    fresh = copy_project(project.parent / "fresh_parent", seeds={name: SEEDS[name] for name in left})
    shutil.copy(project / "config.yaml", fresh / "config.yaml")
    assert run(fresh).code == 0
    assert outputs(fresh) == outputs(project)


def test_renamed_seed(project):
    (project / "seeds" / "school.txt").rename(project / "seeds" / "academy.txt")
    done = run(project)
    assert done.code == 0
    assert b"school.txt" not in (project / "results" / "tables" / "documents.csv").read_bytes()


def test_word_list(project):
    words = project / "workflow" / "lexicons" / "stopwords.txt"
    words.write_text(words.read_text() + "harbour\n")
    done = run(project)
    assert done.batches("tokens") == set(split(SEEDS, size=1))
    assert "documents" not in done.rules


def test_module(project):
    module = project / "scripts" / "parses.py"
    module.write_text(module.read_text() + "# edited\n")
    done = run(project)
    assert "parses" in done.rules
    assert not done.rules & {"documents", "tokens", "corpus"}


def test_package_version(project, tmp_path):
    info = tmp_path / "site" / "nltk-99.0.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: nltk\nVersion: 99.0\n")
    done = run(project, PYTHONPATH=str(tmp_path / "site"))
    assert "tokens" in done.rules
    assert "documents" not in done.rules


def test_one_setting(project):
    config = project / "config.yaml"
    config.write_text(config.read_text().replace("csv_max_rows: 1000000", "csv_max_rows: 5"))
    done = run(project)
    assert done.rules >= {"table", "corpus", "provenance"}
    assert not done.rules & {"documents", "tokens", "parses"}
