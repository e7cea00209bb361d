"""Seeds that are broken or oddly named: each is handled or named in the problems table, and the rest is analysed."""

import csv
import os

import pytest

from tests.workflow.project import copy_project, run

GOOD = "Mayor Ann Smith said the harbour will close.\n"
ODD_NAMES = [
    "with space.txt",
    'it\'s "quoted".txt',
    "-rf.txt",
    "a\nb.txt",
    "新闻.txt",
    "{braces}.txt",
    "$(touch hacked).txt",
]


@pytest.fixture(scope="module")
def messy(tmp_path_factory):
    project = copy_project(tmp_path_factory.mktemp("messy"), seeds={"good.txt": GOOD})
    seeds = project / "seeds"
    (seeds / "empty.txt").write_bytes(b"")
    (seeds / "binary.txt").write_bytes(bytes(range(256)) * 20)
    (seeds / "latin.txt").write_bytes(
        "Le maire a parl\u00e9. Smith said \u201cno\u201d in the caf\u00e9.".encode("cp1252")
    )
    (seeds / "copy.txt").write_text(GOOD)
    for number, name in enumerate(ODD_NAMES):
        (seeds / name).write_text(f"{GOOD}It is number {number}.\n")
    (seeds / os.fsdecode(b"bytes-\xff.txt")).write_text(f"{GOOD}Its name is no UTF-8.\n")
    return project, run(project)


def rows(project, table):
    with (project / "results" / "tables" / f"{table}.csv").open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def test_the_run_succeeds_and_executes_nothing(messy):
    project, done = messy
    assert done.code == 0, done.output
    assert not list(project.rglob("hacked"))


def test_every_good_seed_is_analysed(messy):
    documents = rows(messy[0], "documents")
    assert len(documents) == 3 + len(ODD_NAMES) + 1
    assert all(int(row["n_words"]) > 0 for row in documents)
    ids = {row["doc_id"] for row in documents}
    assert {"with space.txt", "新闻.txt", r"a\x0ab.txt", r"bytes-\xff.txt"} <= ids


def test_every_bad_seed_is_named(messy):
    problems = {(row["seed"], row["severity"]): row for row in rows(messy[0], "problems")}
    assert ("empty.txt", "error") in problems
    assert ("binary.txt", "error") in problems
    assert any(seed == "latin.txt" for seed, _ in problems)
    assert problems[("good.txt", "note")]["code"] == "duplicate"
    assert all(row["message"] for row in problems.values())


def test_strict_fails_and_names_them(tmp_path):
    project = copy_project(tmp_path / "strict", seeds={"good.txt": GOOD, "again.txt": GOOD, "empty.txt": ""})
    done = run(project, "--config", "strict=True")
    assert done.code != 0
    assert "empty.txt" in done.output
    assert "strict is true" in done.output
    assert "again.txt:" not in done.output
    (project / "seeds" / "empty.txt").unlink()
    assert run(project, "--config", "strict=True").code == 0


def test_no_seeds_folder(tmp_path):
    project = copy_project(tmp_path / "none", seeds={})
    (project / "seeds").rmdir()
    done = run(project)
    assert done.code != 0
    assert "there is no folder 'seeds'" in done.output


def test_no_seeds(tmp_path):
    project = copy_project(tmp_path / "empty", seeds={})
    done = run(project)
    assert done.code == 0, done.output
    assert [row["code"] for row in rows(project, "problems")] == ["no-seeds"]
    assert (project / "results" / "report.html").is_file()


@pytest.mark.parametrize(
    ("setting", "expected"),
    [("batchsize=3", "there is no such setting"), ("batch_size=many", "integer"), ("model=nope", "nope")],
)
def test_a_wrong_setting_fails_at_once(tmp_path, setting, expected):
    project = copy_project(tmp_path / "wrong", seeds={"good.txt": GOOD})
    done = run(project, "--config", setting)
    assert done.code != 0
    assert done.jobs == []
    assert expected in done.output
    assert setting.split("=")[0] in done.output
