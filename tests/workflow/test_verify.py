"""Results that were damaged, edited, removed or dated ahead, on the real DAG: nothing of it goes unseen."""

import os
import re
import shutil
import time

import pytest

from scripts.core.storage import rows_to_table, write_parquet
from scripts.plan.batches import split
from tests.core.test_recorded import damage
from tests.workflow.project import copy_project, outputs, run

SEEDS = {
    "school.txt": "Teachers blamed the government for the cuts.\n\n“Our pupils deserve better,” said Omar Haddad.\n",
    "river.txt": "According to the Environment Agency, the river rose by two metres.\n",
}
# Enough of the results to see which batches are done again.
SOME = "results/tables/documents.parquet"
SETTINGS = {"batch_size": "1", "document_pages": "true", "megabytes": "0.01"}


def batch_of(name):
    return next(batch for batch, members in split(SEEDS, size=1).items() if name in members)


@pytest.fixture(scope="module")
def finished(tmp_path_factory):
    """Return a project with two batches, a page for each document and texts beside the report, run to the end."""
    project = copy_project(tmp_path_factory.mktemp("finished") / "project", seeds=SEEDS)
    config = project / "config.yaml"
    text = config.read_text(encoding="utf-8")
    for name, setting in SETTINGS.items():
        text, number = re.subn(rf"(?m)^( *{name}:) \S+", rf"\1 {setting}", text)
        assert number == 1
    config.write_text(text, encoding="utf-8")
    done = run(project)
    assert done.code == 0, done.output
    return project


@pytest.fixture
def project(finished, tmp_path):
    """Return a copy of that project, with its time stamps, to change."""
    return shutil.copytree(finished, tmp_path / "project", symlinks=True)


def test_an_edit_is_seen_under_dates_ahead_of_the_clock(project):
    moment = time.time() + 50
    for path in (project / "results").rglob("*"):
        os.utime(path, (moment, moment))
    (project / "seeds" / "river.txt").write_text("The river rose by six metres.\n", encoding="utf-8")
    done = run(project, SOME)
    assert done.code == 0, done.output
    assert done.batches("documents") == {batch_of("river.txt")}
    assert "ahead of the clock" in done.output
    assert run(project, SOME).jobs == []


def test_damaged_files_are_certified_by_nothing_and_named_by_verify(project):
    results = project / "results"
    damaged = [*(results / "tables").glob("*.csv"), *(results / "figures").glob("*.png")]
    for path in damaged:
        damage(path)
    assert run(project).jobs == []
    for target in ("share", "results/ro-crate-metadata.json"):
        done = run(project, target)
        assert done.code != 0
        assert re.search(r"results/(tables|figures)/\w+\.(csv|png) has other bytes than were written", done.output)
        assert not (project / "results" / "share.zip").exists()
    done = run(project, "verify")
    assert done.code != 0
    for path in damaged:
        assert f"{path.relative_to(project)} has other bytes than were written" in done.output
        path.unlink()
    again = run(project)
    assert again.code == 0, again.output
    for target in ("verify", "share"):
        done = run(project, target)
        assert done.code == 0, done.output


def test_an_edited_table_is_kept_and_told_and_not_packed(project):
    table = project / "results" / "tables" / "speakers.csv"
    table.write_text("by hand\n", encoding="utf-8")
    for _ in range(2):
        done = run(project, "provenance", "--forcerun", "provenance")
        assert done.code == 0, done.output
        assert "results/tables/speakers.csv was edited" in done.output
    done = run(project, "share")
    assert done.code != 0
    assert "results/tables/speakers.csv was edited since it was written" in done.output
    assert table.read_text(encoding="utf-8") == "by hand\n"


@pytest.mark.parametrize(
    ("lost", "rule"),
    [("documents/*.html", "document_pages"), ("report-data/*.html", "report"), ("report-data", "report")],
)
def test_a_file_of_a_folder_that_is_gone_is_made_again(project, lost, rule):
    path = sorted((project / "results").glob(lost))[0]
    files = {path: path.read_bytes()} if path.is_file() else {each: each.read_bytes() for each in path.glob("*.html")}
    assert files
    if path.is_file():
        path.unlink()
    else:
        shutil.rmtree(path)
    assert "is missing" in run(project, "verify").output
    assert run(project, "--dry-run").planned.keys() == {rule}
    done = run(project)
    assert done.rules - {"all"} == {rule}
    assert {each: each.read_bytes() for each in files} == files
    assert run(project).jobs == []


def test_bad_bytes_in_the_files_between_two_runs_are_no_obstacle(project):
    results, before = project / "results", outputs(project)
    bad = [*(results / "stages").iterdir(), *(results / "batches").rglob("*.jsonl")]
    for path in bad:
        path.write_bytes(b"\xff" + path.read_bytes())
    (results / ".written.json").write_bytes((results / ".written.json").read_bytes()[:100])
    for name in (".seeds.json", ".lock"):
        (results / name).write_bytes(b"\xff\xfe")
    for path in [*(results / "batches").rglob("*.ke*"), *results.glob("*.kept")]:
        path.write_bytes(b"\xff" * 20)
    for path in sorted((project / ".snakemake" / "metadata").iterdir())[:5]:
        path.write_bytes(b"\xff")
    assert run(project, "--dry-run").code == 0
    (project / "seeds" / "river.txt").write_text("The river rose by six metres.\n", encoding="utf-8")
    done = run(project)
    assert done.code == 0, done.output
    for path in [*bad, results / ".written.json"]:
        if path.stat().st_size:
            assert done.output.count(f"{path.relative_to(project)} ") >= 1, path
    (project / "seeds" / "river.txt").write_text(SEEDS["river.txt"], encoding="utf-8")
    done = run(project)
    assert done.code == 0, done.output
    assert "read" not in done.output.partition("Building DAG")[0]
    assert outputs(project) == before


def test_a_batch_is_read_again_if_an_article_was_gone_for_a_while(project):
    path = project / "results" / "batches" / batch_of("river.txt") / "problems.parquet"
    state = path.stat()
    row = {
        "seed": "river.txt",
        "stage": "documents",
        "severity": "error",
        "code": "gone",
        "message": "",
        "offset": None,
    }
    write_parquet(path, rows_to_table("problems", [row | {"offset": None}]))
    os.utime(path, ns=(state.st_atime_ns, state.st_mtime_ns))
    assert run(project, SOME).batches("documents") == {batch_of("river.txt")}
    assert run(project, SOME).jobs == []
