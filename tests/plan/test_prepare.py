"""Preparation before the DAG: the same plan everywhere, and files that change only when their content does."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from scripts.core.launch import WORKER
from scripts.core.own_files import read_own, write_own
from scripts.core.storage import rows_to_table, write_parquet
from scripts.plan.prepare import code_commit, explain, prepare, prune, set_environment
from scripts.plan.settings import check
from tests.made_projects import changed, delete, exported, statement


@pytest.fixture
def config(tmp_path):
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "a.txt").write_text("He said no.", encoding="utf-8")
    return check({"seeds": str(tmp_path / "seeds"), "results": str(tmp_path / "results")})


@pytest.fixture
def results(config):
    return Path(config["results"])


def begun(config):
    """Return the plan of a run that has begun, with its lock given back."""
    plan = prepare(config, main=True)
    plan.files.begin()
    plan.files.results_lock.close()
    return plan


def stamps(folder):
    return {path: path.stat().st_mtime_ns for path in folder.rglob("*.json*")}


def test_a_reader_that_is_not_installed_is_named_before_anything_is_written(config, monkeypatch):
    monkeypatch.setattr("scripts.parsing.base_encoder.PACKAGE", "no_such_model")
    config["quotes"]["reader"] = "encoder"
    with pytest.raises(SystemExit, match="make accurate"):
        prepare(config, main=True)
    assert not Path(config["results"]).exists()


def test_no_folder_of_seeds_and_none_in_it_are_named_with_what_to_do(config, tmp_path):
    (tmp_path / "seeds" / "a.txt").unlink()
    with pytest.raises(SystemExit, match=r"there are no articles here\. Put some in, and run again\."):
        prepare(config, main=True)
    (tmp_path / "seeds").rmdir()
    with pytest.raises(SystemExit, match=r"there is no folder '.*seeds'"):
        prepare(config, main=True)
    assert not Path(config["results"]).exists()


def test_a_folder_to_compare_with_that_is_empty_is_named(config, tmp_path):
    config["keyness"]["reference"] = str(tmp_path / "others")
    (tmp_path / "others").mkdir()
    with pytest.raises(SystemExit, match=r"keyness\.reference: there are no articles in .*others\. Put some in"):
        prepare(config, main=True)


def test_a_file_that_cannot_be_read_is_a_row_that_says_in_which_folder(config, tmp_path):
    config["keyness"]["reference"] = str(tmp_path / "others")
    for folder in ("seeds", "others"):
        (tmp_path / folder).mkdir(exist_ok=True)
        (tmp_path / folder / "gone.txt").symlink_to(tmp_path / "nowhere")
    begun(config)
    refused = (Path(config["results"]) / "stages" / "refused.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["seed"] for line in refused] == ["gone.txt", "reference: gone.txt"]


def test_files_that_settings_name_and_that_do_not_exist_are_rows(config, tmp_path):
    config["sources"], config["review"]["folder"] = str(tmp_path / "source.csv"), str(tmp_path / "reviews")
    begun(config)
    refused = (Path(config["results"]) / "stages" / "refused.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["code"] for line in refused] == ["no-file", "no-folder"]


def test_an_unknown_scheme_is_named_with_those_that_exist(config):
    config["framing"]["schemes"] = ["nope"]
    with pytest.raises(SystemExit, match=r"frame scheme 'nope'(.|\n)*attribution, entman, generic, policy"):
        prepare(config, main=True)


def test_a_plan_writes_nothing_before_the_run_begins(config, results):
    prepare(config, main=True)
    assert not results.exists()


def test_nothing_is_written_twice(config, results):
    begun(config)
    before = stamps(results)
    begun(config)
    assert before
    assert stamps(results) == before


@pytest.mark.parametrize(
    ("duplicates", "renewed"), [(None, {"manifest.jsonl"}), (b"damaged", {"manifest.jsonl", "duplicates.json"})]
)
def test_what_depends_on_a_seed_that_was_gone_or_a_damaged_table_is_renewed(config, results, duplicates, renewed):
    begun(config)
    before = stamps(results)
    row = {"seed": "a", "stage": "documents", "severity": "error", "code": "gone", "message": "", "offset": None}
    problems = results / "batches" / "all" / "problems.parquet"
    write_parquet(problems, rows_to_table("problems", [row]))
    (results / "batches" / "duplicates.parquet").write_bytes(duplicates or problems.read_bytes())
    begun(config)
    assert {path.name for path, stamp in stamps(results).items() if before[path] != stamp} == renewed


def test_a_job_elsewhere_reads_what_the_main_process_wrote(config, results, tmp_path):
    main = begun(config)
    (tmp_path / "seeds" / "a.txt").unlink()
    before = stamps(results)
    elsewhere = prepare(config, main=False)
    assert elsewhere._replace(files=None) == main._replace(files=None)
    assert elsewhere.batches == ["all"]
    assert stamps(results) == before


def test_a_job_that_sees_no_results_comes_to_the_same_plan(config, tmp_path):
    main = begun(config)
    elsewhere = prepare({**config, "results": str(tmp_path / "pod")}, main=False)
    assert elsewhere._replace(files=None) == main._replace(files=None)
    for made in ("batches/all/manifest.jsonl", "stages/documents.json", "stages/refused.jsonl"):
        assert (tmp_path / "pod" / made).read_bytes() == (tmp_path / "results" / made).read_bytes()


CORRECTIONS = "doc_id,text_sha256,start,end,what,old,new\n*,,,,merge,Ann Lee,Bo Lee\n"
SHEETS = {
    "nothing": ({}, (False, False)),
    "corrections": ({"c.csv": CORRECTIONS}, (True, False)),
    "a filled sheet": ({"ann.csv": "sheet,doc_id\nnames,a.txt\n"}, (False, True)),
    "a sheet that is neither": ({"x.csv": "name\nAnn\n"}, (True, False)),
    "both": ({"c.csv": CORRECTIONS, "ann.csv": "sheet,doc_id\nnames,a.txt\n"}, (True, True)),
}


@pytest.mark.parametrize("name", SHEETS)
def test_a_plan_tells_corrections_from_filled_review_sheets_here_and_in_a_job_elsewhere(config, tmp_path, name):
    files, (reviewed, checked) = SHEETS[name]
    config["review"]["folder"] = str(tmp_path / "review")
    (tmp_path / "review").mkdir()
    for file, text in files.items():
        (tmp_path / "review" / file).write_text(text, encoding="utf-8")
    for plan in (begun(config), prepare(config, main=False)):
        assert (plan.reviewed, plan.checked, plan.projects, plan.topics) == (reviewed, checked, False, False)


def test_a_batch_with_a_correction_is_one_of_the_corrected(config, tmp_path):
    config["review"]["folder"] = str(tmp_path / "review")
    (tmp_path / "review").mkdir()
    row = f"a.txt,{'a' * 64},0,7,speaker,He,Bo Lee"
    (tmp_path / "review" / "c.csv").write_text(f"{CORRECTIONS}{row}\n", encoding="utf-8")
    for plan in (begun(config), prepare(config, main=False)):
        assert plan.corrected == ["all"]
    linking = json.loads((tmp_path / "results" / "stages" / "entity_statistics.json").read_text(encoding="utf-8"))
    assert linking["settings"]["entities"]["aliases"]["merge"] == {"Bo Lee": ["Ann Lee"]}
    config["topics"]["file"] = str(tmp_path / "topics.yaml")
    (tmp_path / "topics.yaml").write_text("port:\n  - port\n", encoding="utf-8")
    for plan in (begun(config), prepare(config, main=False)):
        assert (plan.topics, plan.projects, plan.views) == (True, False, [])


def test_a_batch_that_a_project_corrects_is_one_of_the_corrected(config, tmp_path):
    config["review"]["folder"] = str(tmp_path / "review")
    (tmp_path / "review").mkdir()
    statement_span = (0, len("He said"))
    data = exported(tmp_path / "p.qdpx", {"a.txt": ("He said no.", [statement("Bo Lee", statement_span)])})
    for file, project, corrected in (
        ("p", data, []),
        ("q", changed(data, lambda root: delete(root, statement_span)), ["all"]),
    ):
        (tmp_path / "review" / f"{file}.qdpx").write_bytes(project)
        plan = begun(config)
        assert (plan.projects, plan.corrected) == (True, corrected)


def test_files_of_batches_that_are_gone_are_removed(config, results):
    made = ("groups/0/vocabulary.parquet", "groups/1/vocabulary.parquet", "logs/reduce/0.log", "logs/reduce/1.log")
    for path in ("batches/01/tokens.parquet", "logs/tokens/01.log", "logs/tokens/all.log", "logs/corpus.log", *made):
        (results / path).parent.mkdir(parents=True, exist_ok=True)
        (results / path).write_text("x")
    write_own(results, [*made, "batches/01/tokens.parquet", "logs/tokens/01.log", "logs/tokens/all.log"])
    (results / "batches" / "01" / "tokens.kept").write_text("x")
    plan = begun(config)._replace(groups={"1": ["10"]})
    prune(config, plan, (), (), is_whole=False)
    assert not (results / "batches" / "01").exists()
    assert [path.name for path in (results / "groups").iterdir()] == ["1"]
    assert sorted(path.name for path in (results / "logs").rglob("*.log")) == ["1.log", "all.log", "corpus.log"]
    assert {name for name in read_own(results) if "/01" in name or "reduce/" in name} == {"logs/reduce/1.log"}


def test_tables_of_sheets_and_views_that_are_gone_are_removed(config, results):
    made = ["tables/corrected_shares.csv"]  # asked for alone
    names = [
        *made,
        "tables/accuracy.csv",
        "tables/accuracy.parquet",
        "tables/speakers.csv",
        "views/old/a.csv",
        "views/tax/a.csv",
    ]
    for name in [*names, "tables/mine.csv"]:
        (results / name).parent.mkdir(parents=True, exist_ok=True)
        (results / name).write_text("x")
    write_own(results, names)
    prune(config, begun(config)._replace(views=["tax"]), {"accuracy", "mine", "corrected_shares"}, made, is_whole=False)
    left = sorted(path.name for path in (results / "tables").iterdir())
    assert left == ["corrected_shares.csv", "mine.csv", "speakers.csv"] and {*made} <= read_own(results)
    assert [path.name for path in (results / "views").iterdir()] == ["tax"]


@pytest.mark.parametrize(("free", "lines"), [(99_999_999, ["Only 100.0 MB are free"]), (100_000_000, [])])
def test_a_failed_run_says_whether_the_disk_is_nearly_full(config, monkeypatch, capsys, free, lines):
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=free))
    explain(config)
    assert [line.partition(" on the disk")[0] for line in capsys.readouterr().err.splitlines()] == lines


def test_what_a_whole_run_does_not_make_any_more_is_removed(config, results):
    """With topics or pages switched off, and the last correction of a batch gone."""
    old = ["batches/all/topic_hits.parquet", "batches/all/corrected/quotes.parquet", "batches/topic_problems.parquet"]
    old += ["figures/of_an_older_version.svg"]
    current = ["batches/all/quotes.parquet", "batches/all/corrections.jsonl", "review/names.csv", "share.zip"]
    begun(config)
    for name in [*old, *current, "batches/all/topic_hits.kept", "documents/d1.html", "documents/mine.html"]:
        (results / name).parent.mkdir(parents=True, exist_ok=True)
        (results / name).write_text("")
    write_own(results, [*read_own(results), *old, *current, "documents"])
    write_own(results / "documents", ["d1.html"])
    before = {path for path in results.rglob("*") if path.is_file()}
    prune(config, begun(config), (), (), is_whole=False)
    assert before <= {*results.rglob("*")}
    prune(config, begun(config), (), ["batches/all/quotes.parquet"], is_whole=True)
    gone = [*old, "batches/all/topic_hits.kept", "documents/d1.html", "documents/.newsloom"]
    assert before - {*results.rglob("*")} == {results / name for name in gone}
    assert not read_own(results) & {*old, "documents"}


def test_seconds_that_gave_no_text_are_counted_anew_in_each_run(config, results):
    begun(config)
    lost = results / "stages" / "lost_seconds.txt"
    assert "stages/lost_seconds.txt" in read_own(results)
    lost.write_bytes(b"60\n5\n")
    prepare(config, main=False)  # of a job
    assert lost.read_bytes() == b"60\n5\n"
    begun(config)
    assert lost.read_bytes() == b""


def test_files_that_a_user_put_beside_ours_stay(config, results):
    begun(config)
    for path in (
        "batches/01/notes.txt",
        "batches/mine/a.parquet",
        "groups/0/b.txt",
        "logs/tokens/01.log",
        "batches/all/.film.part",
    ):
        (results / path).parent.mkdir(parents=True, exist_ok=True)
        (results / path).write_text("mine")
    (results / "batches" / "01" / "tokens.parquet").write_text("ours")
    write_own(results, [*read_own(results), "batches/01/tokens.parquet"])
    before = {path for path in results.rglob("*") if path.is_file()}
    prune(config, begun(config), (), (), is_whole=False)
    assert before - {*results.rglob("*")} == {results / "batches" / "01" / "tokens.parquet"}


def test_a_job_elsewhere_takes_no_folder_of_a_users_for_a_batch(config, results):
    begun(config)
    (results / "batches" / "01").mkdir()
    (results / "batches" / "01" / "notes.txt").write_text("mine")
    assert prepare(config, main=False).batches == ["all"]


def test_the_commit_of_the_code_tells_of_changes_to_it_alone(tmp_path, monkeypatch):
    def git(*arguments):
        names = [setting for name in ("name", "email") for setting in ("-c", f"user.{name}=n")]
        subprocess.run(["git", "-C", str(tmp_path), *names, *arguments], check=True, capture_output=True)

    monkeypatch.setattr("scripts.plan.prepare.ROOT", tmp_path)
    assert code_commit() == "unknown"
    git("init", "-q")
    for name in ("Snakefile", "notes.txt"):
        (tmp_path / name).write_text("1", encoding="utf-8")
    git("add", "Snakefile")
    git("commit", "-qm", "first")
    commit = code_commit()
    assert len(commit) == 40
    (tmp_path / "notes.txt").write_text("2", encoding="utf-8")
    assert code_commit() == commit
    (tmp_path / "Snakefile").write_text("2", encoding="utf-8")
    assert code_commit() == f"{commit}+changes"


def test_a_stage_sees_its_own_settings(config, results):
    begun(config)
    stages = results / "stages"
    assert set(json.loads((stages / "quotes.json").read_text(encoding="utf-8"))["settings"]) == {"quotes"}
    assert set(json.loads((stages / "provenance.json").read_text(encoding="utf-8"))["settings"]) >= {
        "seeds",
        "code_commit",
        "packages",
    }


def test_names_of_known_sources_go_to_the_stage_that_links_them_and_ids_to_those_that_write_names(
    config, results, tmp_path
):
    config["sources"] = str(tmp_path / "sources.csv")
    stages = results / "stages"

    def settings():
        begun(config)
        texts = {path.stem: path.read_text(encoding="utf-8") for path in stages.glob("*.json")}
        return texts, {name: json.loads(text)["settings"].get("tables", {}).get("ids") for name, text in texts.items()}

    before, _ = settings()
    (tmp_path / "sources.csv").write_text("name,party\nAnn,Green\n", encoding="utf-8")
    named, _ = settings()
    assert {name for name in named if named[name] != before[name]} == {"entity_statistics"}
    (tmp_path / "sources.csv").write_text("name,party\nAnn,Red\n", encoding="utf-8")
    assert settings()[0] == named
    (tmp_path / "sources.csv").write_text("name,party,qid\nAnn,Green,Q1\n", encoding="utf-8")
    after, ids = settings()
    having = {name for name, of_stage in ids.items() if of_stage}
    assert {tuple(of_stage.items()) for of_stage in ids.values() if of_stage} == {(("ann", "qid: Q1"),)}
    assert having == {name for name, text in after.items() if text != named[name]} == {
        "entity_statistics", "tables", "quote_families", "speakers", "keyness", "framing_statistics", "stories",
        "topic_documents", "topics", "corrected_shares",
    }  # fmt: skip


def test_jobs_print_any_name_whatever_the_encoding_of_the_system(monkeypatch):
    monkeypatch.setattr(os, "environ", {**os.environ, "LC_ALL": "C.UTF-8"})
    set_environment()
    command = [sys.executable, "-c", "import sys; print(sys.flags.utf8_mode)"]
    assert subprocess.run(command, env=os.environ, capture_output=True, text=True).stdout == "1\n"


def test_jobs_of_a_run_have_no_worker_of_another_run(monkeypatch):
    monkeypatch.setattr(os, "environ", {**os.environ, WORKER: "newsloom-of-another-run"})
    set_environment()
    assert WORKER not in os.environ


def test_files_beyond_a_limit_are_left_out_with_a_row_each(config, results, tmp_path):
    huge = {name: tmp_path / name for name in ("sources.csv", "reference/a.txt", "coding/ann.csv")}
    huge |= {name: tmp_path / name for name in ("review/names.csv", "review/p.qdpx")}
    for path in huge.values():
        path.parent.mkdir(exist_ok=True)
        with path.open("wb") as file:
            file.truncate(3_000_000_000)
    config |= {"sources": str(tmp_path / "sources.csv"), "reference_texts": str(tmp_path / "reference")}
    config["framing"]["coding"]["folder"] = str(tmp_path / "coding")
    config["review"]["folder"] = str(tmp_path / "review")
    begun(config)
    refused = [json.loads(line) for line in (results / "stages" / "refused.jsonl").read_text().splitlines()]
    assert {row["seed"] for row in refused} == {*map(str, huge.values())}
    assert all(row["code"] == "limit" and "the limit for a file is 100 MB" in row["message"] for row in refused)
