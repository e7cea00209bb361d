"""Jobs that run again after a change: the real DAG in a temporary folder, by Snakemake's own account of its jobs."""

import os
import re
import shutil

import pytest

from scripts.plan.batches import split
from tests.workflow.project import copy_project, run

SEEDS = {
    "harbour.txt": "The harbour will close, Mayor Ann Smith said on Monday.\n\n“We have no choice,” Smith said.\n",
    "school.txt": "Teachers blamed the government for the cuts.\n\n“Our pupils deserve better,” said Omar Haddad.\n",
    "river.txt": "According to the Environment Agency, the river rose by two metres.\n",
}


def batch_of(name: str, names=tuple(SEEDS)) -> str:
    return next(batch for batch, members in split(names, size=1).items() if name in members)


@pytest.fixture(scope="module")
def finished(tmp_path_factory):
    """Return a project with three batches of one seed each, run to the end."""
    project = copy_project(tmp_path_factory.mktemp("finished"), seeds=SEEDS)
    config = project / "config.yaml"
    config.write_text(re.sub(r"batch_size: \d+", "batch_size: 1", config.read_text()))
    done = run(project)
    assert done.code == 0, done.output
    assert done.batches("parses") == {batch_of(name) for name in SEEDS}
    return project


@pytest.fixture
def project(finished, tmp_path):
    """Return a copy of that project, with its time stamps, to change."""
    return shutil.copytree(finished, tmp_path / "project", symlinks=True)


# Enough of the results to see which batches are done again.
SOME = ("results/tables/quotes.parquet", "results/tables/documents.parquet")


def test_nothing_runs_twice_even_if_touched(project):
    for name in SEEDS:
        (project / "seeds" / name).touch()
    assert run(project).jobs == []


def test_edit_with_old_time_stamp_redoes_one_batch(project):
    seed = project / "seeds" / "river.txt"
    before = seed.stat()
    seed.write_text(seed.read_text().replace("two", "six"))
    os.utime(seed, ns=(before.st_atime_ns, before.st_mtime_ns))
    done = run(project)
    for rule in ("documents", "tokens", "parses", "entities", "quotes", "frame_codes", "counts"):
        assert done.batches(rule) == {batch_of("river.txt")}
    assert done.rules >= {"corpus", "provenance", "report"}


def test_swapped_seeds(project):
    seeds = project / "seeds"
    (seeds / "river.txt").rename(seeds / "aside")
    (seeds / "school.txt").rename(seeds / "river.txt")
    (seeds / "aside").rename(seeds / "school.txt")
    assert run(project, *SOME).batches("parses") == {batch_of("river.txt"), batch_of("school.txt")}


def test_added_seed(project):
    (project / "seeds" / "tower.txt").write_text("The tower stands, Smith said.\n")
    before, after = split(SEEDS, size=1), split((*SEEDS, "tower.txt"), size=1)
    changed = {batch for batch in after if after[batch] != before.get(batch)}
    assert run(project, *SOME).batches("parses") == changed


def test_renamed_seed(project):
    (project / "seeds" / "school.txt").rename(project / "seeds" / "academy.txt")
    names = ["academy.txt" if name == "school.txt" else name for name in SEEDS]
    before, after = split(SEEDS, size=1), split(names, size=1)
    changed = {batch for batch in after if after[batch] != before.get(batch)}
    assert run(project, *SOME).batches("parses") == changed
    assert b"school.txt" not in (project / "results" / "tables" / "documents.csv").read_bytes()


def test_removed_seed_leaves_no_trace(project):
    (project / "seeds" / "school.txt").unlink()
    assert run(project).code == 0
    for file in (project / "results").rglob("*"):
        if file.is_file():
            content = file.read_bytes()
            assert b"Haddad" not in content, file
            assert b"school.txt" not in content, file


def test_word_list(project):
    frames = project / "workflow" / "lexicons" / "frames" / "generic.yaml"
    frames.write_text(frames.read_text() + "# edited\n")
    planned = run(project, "--dry-run").planned
    assert planned["frame_codes"] == len(SEEDS)
    assert planned.keys() >= {"framing_statistics", "figures", "report"}
    assert not planned.keys() & {
        "documents",
        "tokens",
        "parses",
        "entities",
        "quotes",
        "counts",
        "words",
        "speakers",
    }


def test_module(project):
    module = project / "scripts" / "words" / "rates.py"
    module.write_text(module.read_text() + "# edited\n")
    assert run(project, "--dry-run").planned.keys() == {"rates", "figures", "datapackage", "report"}


def test_package_version(project, tmp_path):
    info = tmp_path / "site" / "matplotlib-99.0.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: matplotlib\nVersion: 99.0\n")
    done = run(project, PYTHONPATH=str(tmp_path / "site"))
    assert done.rules - {"all"} == {"figures", "provenance", "report"}
    assert '"matplotlib": "99.0"' in (project / "results" / "provenance.json").read_text()


def test_one_setting(project):
    config = project / "config.yaml"
    config.write_text(config.read_text().replace("title: What the news says", "title: Another title"))
    done = run(project)
    assert done.rules - {"all"} == {"provenance", "datapackage", "report"}
    assert "Another title" in (project / "results" / "report.html").read_text()
