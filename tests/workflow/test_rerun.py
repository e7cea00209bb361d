"""Jobs that run again after a change: the real DAG in a temporary folder, by Snakemake's own account of its jobs.

Most are only planned: that a dry run tells what a run then does is seen in test_dry_run.py, and in each run here.
"""

import os

import pytest

from scripts.plan.batches import split
from tests.workflow.conftest import MADE
from tests.workflow.project import SEEDS, run

# Enough of the results to see which batches are done again.
SOME = ("results/tables/quotes.parquet", "results/tables/documents.parquet")


def test_nothing_runs_twice_even_if_touched(project):
    for name in SEEDS:
        (project / "seeds" / name).touch()
    done = run(project)
    assert (done.code, done.jobs) == (0, []), done.output


def test_edit_with_old_time_stamp_redoes_one_batch(project):
    seed = project / "seeds" / "river.txt"
    before = seed.stat()
    seed.write_text(seed.read_text(encoding="utf-8").replace("two", "six"), encoding="utf-8")
    os.utime(seed, ns=(before.st_atime_ns, before.st_mtime_ns))
    planned = run(project, "--dry-run").planned
    for rule in ("documents", "parses", "quotes", "frame_codes", "counts"):
        assert planned[rule] == 1
    assert planned.keys() >= {"corpus", "provenance", "report"}


def test_swapped_seeds(project):
    seeds = project / "seeds"
    (seeds / "river.txt").rename(seeds / "aside")
    (seeds / "school.txt").rename(seeds / "river.txt")
    (seeds / "aside").rename(seeds / "school.txt")
    assert run(project, *SOME, "--dry-run").planned["parses"] == 2


def test_removed_and_renamed_seeds_leave_no_trace(project):
    (project / "seeds" / "river.txt").unlink()
    (project / "seeds" / "school.txt").rename(project / "seeds" / "academy.txt")
    before, after = split(SEEDS, size=1), split(["academy.txt", "harbour.txt"], size=1)
    changed = {batch for batch in after if after[batch] != before.get(batch)}
    planned = run(project, *MADE, "--dry-run").planned
    done = run(project, *MADE)
    assert done.code == 0, done.output
    assert done.batches("parses") == changed and planned["parses"] == len(changed)
    assert planned.keys() == done.rules - {"all"}
    for file in (project / "results").rglob("*"):
        if file.is_file():
            content = file.read_bytes()
            for trace in (b"Environment Agency", b"river.txt", b"school.txt"):
                assert trace not in content, file


def test_word_list(project):
    frames = project / "workflow" / "lexicons" / "frames" / "generic.yaml"
    frames.write_text(frames.read_text(encoding="utf-8") + "# edited\n", encoding="utf-8")
    planned = run(project, "--dry-run").planned
    assert planned["frame_codes"] == len(SEEDS)
    assert planned.keys() >= {"framing_statistics", "figures", "report"}
    assert not planned.keys() & {
        "documents",
        "parses",
        "quotes",
        "counts",
        "words",
        "speakers",
    }


def edit_module(project):
    module = project / "scripts" / "words" / "rates.py"
    module.write_text(module.read_text(encoding="utf-8") + "# edited\n", encoding="utf-8")
    return {}


def set_title(project):
    config = project / "config.yaml"
    text = config.read_text(encoding="utf-8").replace("title: What the news says", "title: Another title")
    config.write_text(text, encoding="utf-8")
    return {}


def upgrade_matplotlib(project):
    info = project.parent / "site" / "matplotlib-99.0.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: matplotlib\nVersion: 99.0\n", encoding="utf-8")
    return {"PYTHONPATH": str(info.parent)}


# Steps that each change redoes alone: all together redo no more than their union.
CHANGES = {
    edit_module: {"keyness", "figures", "datapackage", "document_pages", "report"},
    set_title: {"provenance", "datapackage", "report"},
    upgrade_matplotlib: {"figures", "provenance", "report"},
}


def test_a_module_a_setting_and_a_package_redo_their_stages_alone(project):
    """All at once; one by one they are slow."""
    environment = {}
    for change in CHANGES:
        environment |= change(project)
    assert run(project, "--dry-run", **environment).planned.keys() == set().union(*CHANGES.values())


@pytest.mark.slow
@pytest.mark.parametrize("change", CHANGES)
def test_one_change_redoes_its_stages_alone(project, change):
    environment = change(project)
    done = run(project, **environment)
    assert done.code == 0, done.output
    assert done.rules - {"all"} == CHANGES[change]
    if change is upgrade_matplotlib:
        assert '"matplotlib": "99.0"' in (project / "results" / "provenance.json").read_text(encoding="utf-8")
    if change is set_title:
        assert "Another title" in (project / "results" / "report.html").read_text(encoding="utf-8")
