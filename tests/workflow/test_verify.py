"""Results that were damaged, edited, removed or dated ahead, on the real DAG: nothing of it goes unseen."""

import os
import shutil
import time

import pytest

from scripts.core.storage import rows_to_table, write_parquet
from tests.core.test_recorded import damage
from tests.workflow.project import SEEDS, batch_of, outputs, run

# Enough of the results to see which batches are done again.
SOME = "results/tables/documents.parquet"
# A table of each kind of step; tests/report/ has figures and report of the same tables.
SEVERAL = [f"results/tables/{name}.parquet" for name in ("documents", "quotes", "speakers", "frequencies", "rates")]


def test_an_edit_is_seen_under_dates_ahead_of_the_clock(project):
    moment = time.time() + 1e6  # a busy machine may take minutes
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
    damaged = [results / "tables" / "rates.csv", results / "tables" / "speakers.csv", *results.glob("figures/*.svg")]
    for path in damaged:
        damage(path)
    assert run(project).jobs == []
    done = run(project, "share", "results/ro-crate-metadata.json")
    assert done.code != 0 and done.jobs == []
    assert done.output.count("Error in rule share:") and done.output.count("Error in rule crate:")
    assert not (results / "share.zip").exists() and not (results / "ro-crate-metadata.json").exists()
    done = run(project, "verify")
    assert done.code != 0
    for path in damaged:
        assert f"{path.relative_to(project)} does not have the bytes that were written" in done.output
        path.unlink()
    # Beside others, which Snakemake removes before it makes them again, the check comes last.
    again = run(project, "verify", "share", "all", cores=4)
    assert again.code == 0 and again.rules >= {"share", "figures", "verify"}, again.output


def test_an_edited_table_is_kept_and_told_and_not_packed(project):
    table = project / "results" / "tables" / "speakers.csv"
    table.write_text("by hand\n", encoding="utf-8")
    done = run(project, "provenance", "--forcerun", "provenance")
    assert done.code == 0, done.output
    assert "results/tables/speakers.csv has been edited" in done.output
    done = run(project, "provenance", "share", "--forcerun", "provenance")
    assert done.code != 0 and "provenance" in done.rules
    assert done.output.count("results/tables/speakers.csv has been edited") > 1
    assert "results/tables/speakers.csv has been edited since it was written" in done.output
    assert table.read_text(encoding="utf-8") == "by hand\n"


def test_files_of_folders_that_are_gone_are_made_again(project):
    """A page of a document and the whole folder beside the report; a single file of that folder is slow."""
    results = project / "results"
    lost = [sorted(results.glob("documents/*.html"))[0], *results.glob("report-data/*.html")]
    before = {path: path.read_bytes() for path in lost}
    assert len(before) > 1
    lost[0].unlink()
    shutil.rmtree(results / "report-data")
    output = run(project, "verify").output
    assert all(f"{path.relative_to(project)} is missing" in output for path in lost)
    done = run(project)
    assert done.rules - {"all"} == {"document_pages", "report"}
    assert {path: path.read_bytes() for path in lost} == before


@pytest.mark.slow
@pytest.mark.parametrize(
    ("lost", "rules"), [("documents/*.html", {"document_pages"}), ("report-data/*.html", {"report"})]
)
def test_a_file_of_a_folder_that_is_gone_is_made_again(project, lost, rules):
    path = sorted((project / "results").glob(lost))[0]
    before = path.read_bytes()
    path.unlink()
    assert run(project, "--dry-run").planned.keys() == rules
    done = run(project)
    assert done.rules - {"all"} == rules
    assert path.read_bytes() == before
    assert run(project).jobs == []


@pytest.mark.slow
def test_bad_bytes_in_the_files_between_two_runs_are_no_obstacle_nor_leave_a_trace(project):
    """An edit comes and goes meanwhile, and the number of cores changes: the tables are as before."""
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
    (project / "seeds" / "river.txt").write_text("The river rose by six metres.\n", encoding="utf-8")
    done = run(project, *SEVERAL, cores=4)
    assert done.code == 0, done.output
    for path in [*bad, results / ".written.json"]:
        if path.stat().st_size:
            assert done.output.count(f"{path.relative_to(project)} ") >= 1, path
    (project / "seeds" / "river.txt").write_text(SEEDS["river.txt"], encoding="utf-8")
    done = run(project, *SEVERAL, cores=1)
    assert done.code == 0, done.output
    assert "read" not in done.output.partition("Building DAG")[0]
    assert outputs(project) == before


@pytest.mark.slow
def test_a_batch_is_read_again_if_an_article_was_gone_for_a_while(project):
    """A batch is read again after such a time (tests/plan/test_prepare.py: its manifest is renewed)."""
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
