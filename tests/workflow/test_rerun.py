"""Jobs that run again after a change: the real DAG in a temporary folder, by Snakemake's own account of its jobs."""

import os

from scripts.plan.batches import split
from tests.workflow.project import SEEDS, batch_of, run

# Enough of the results to see which batches are done again.
SOME = ("results/tables/quotes.parquet", "results/tables/documents.parquet")


def test_nothing_runs_twice_even_if_touched(project):
    for name in SEEDS:
        (project / "seeds" / name).touch()
    assert run(project).jobs == []


def test_edit_with_old_time_stamp_redoes_one_batch(project):
    seed = project / "seeds" / "river.txt"
    before = seed.stat()
    seed.write_text(seed.read_text(encoding="utf-8").replace("two", "six"), encoding="utf-8")
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
    assert run(project, *SOME, "--dry-run").planned["parses"] == 2


def test_added_seed(project):
    (project / "seeds" / "tower.txt").write_text("The tower stands, Smith said.\n", encoding="utf-8")
    before, after = split(SEEDS, size=1), split((*SEEDS, "tower.txt"), size=1)
    changed = {batch for batch in after if after[batch] != before.get(batch)}
    assert run(project, *SOME, "--dry-run").planned["parses"] == len(changed)


def test_renamed_seed(project):
    (project / "seeds" / "school.txt").rename(project / "seeds" / "academy.txt")
    names = ["academy.txt" if name == "school.txt" else name for name in SEEDS]
    before, after = split(SEEDS, size=1), split(names, size=1)
    changed = {batch for batch in after if after[batch] != before.get(batch)}
    assert run(project, *SOME).batches("parses") == changed
    assert b"school.txt" not in (project / "results" / "tables" / "documents.csv").read_bytes()


def test_removed_seed_leaves_no_trace(project):
    (project / "seeds" / "river.txt").unlink()
    assert run(project).code == 0
    for file in (project / "results").rglob("*"):
        if file.is_file():
            content = file.read_bytes()
            assert b"Environment Agency" not in content, file
            assert b"river.txt" not in content, file


def test_word_list(project):
    frames = project / "workflow" / "lexicons" / "frames" / "generic.yaml"
    frames.write_text(frames.read_text(encoding="utf-8") + "# edited\n", encoding="utf-8")
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
    module.write_text(module.read_text(encoding="utf-8") + "# edited\n", encoding="utf-8")
    assert run(project, "--dry-run").planned.keys() == {"rates", "figures", "datapackage", "report"}


def test_package_version(project, tmp_path):
    info = tmp_path / "site" / "matplotlib-99.0.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: matplotlib\nVersion: 99.0\n", encoding="utf-8")
    done = run(project, PYTHONPATH=str(tmp_path / "site"))
    assert done.rules - {"all"} == {"figures", "provenance", "report"}
    assert '"matplotlib": "99.0"' in (project / "results" / "provenance.json").read_text(encoding="utf-8")


def test_one_setting(project):
    config = project / "config.yaml"
    config.write_text(
        config.read_text(encoding="utf-8").replace("title: What the news says", "title: Another title"),
        encoding="utf-8",
    )
    done = run(project)
    assert done.rules - {"all"} == {"provenance", "datapackage", "report"}
    assert "Another title" in (project / "results" / "report.html").read_text(encoding="utf-8")
