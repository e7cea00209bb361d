"""Seeds that are hostile, broken or oddly named, through the whole pipeline; and settings that cannot work.

Each seed is analysed or named in the problems table, nothing of it acts, and nothing is written outside of results/.
"""

import csv
import re
import sys
import xml.etree.ElementTree as ET
from html.parser import HTMLParser

import pytest

from tests.conftest import NEEDS_ENCODER
from tests.robustness import seeds
from tests.robustness.seeds import GOOD
from tests.workflow.project import copy_project, run


def listing(folder):
    """Return everything in a folder, with its content, but for what Snakemake and Python keep for themselves."""
    own = {"results", ".snakemake", "__pycache__"}
    return {
        path.relative_to(folder): path.read_bytes() if path.is_file() and not path.is_symlink() else None
        for path in folder.rglob("*")
        if not own & set(path.relative_to(folder).parts)
    }


@pytest.fixture(scope="module", params=["light", pytest.param("encoder", marks=[pytest.mark.slow, NEEDS_ENCODER])])
def messy(request, tmp_path_factory):
    """Return a run over hostile seeds: project, run, documents that must be there, refusals, listing before it."""
    csv.field_size_limit(sys.maxsize)  # one word of the seeds is longer than Python's limit
    project = copy_project(tmp_path_factory.mktemp("messy") / "parent" / "project", seeds={})
    good, bad = seeds.write(project / "seeds")
    config = project / "config.yaml"
    text = config.read_text(encoding="utf-8").replace("document_pages: false", "document_pages: true")
    config.write_text(text.replace("  reader: light", f"  reader: {request.param}"), encoding="utf-8")
    before = listing(project.parents[1])
    return project, run(project), good, bad, before


def rows(project, table):
    with (project / "results" / "tables" / f"{table}.csv").open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def test_the_run_succeeds_and_leaves_everything_else_alone(messy):
    project, done, _, _, before = messy
    assert done.code == 0, done.output
    assert listing(project.parents[1]) == before
    assert not list(project.parents[1].rglob("hacked")) and not list(project.parents[1].rglob("escaped*"))


def test_every_good_seed_is_analysed(messy):
    project, _, good, _, _ = messy
    documents = rows(project, "documents")
    assert {row["doc_id"].removeprefix("'") for row in documents} == good
    assert all(int(row["n_words"]) > 0 for row in documents)


def test_every_bad_seed_is_named(messy):
    project, _, good, bad, _ = messy
    problems = rows(project, "problems")
    assert all(row["message"] for row in problems)
    for seed, codes in bad.items():
        assert codes & {row["code"] for row in problems if row["seed"] == seed}, seed
    left_out = {row["seed"] for row in problems if row["severity"] == "error"}
    assert left_out <= {*bad, "old.zip"} and not left_out & good
    notes = {
        "latin.txt": "encoding",
        "good.txt": "duplicate",
        "deep.md": "front-matter",
        "date 0.txt": "date",
        "date 6.txt": "date",
        "twice.jsonl#1": "keys",
        "unknown.txt": "language",
    }
    assert notes.items() <= {(row["seed"], row["code"]) for row in problems}


def is_number(cell):
    return re.fullmatch(r"-?(?:\d+(?:\.\d+)?(?:e[+-]?\d+)?|inf)", cell) is not None


def test_no_cell_acts_in_a_spreadsheet(messy):
    project = messy[0]
    files = sorted((project / "results").rglob("*.csv"))
    assert len(files) > 30
    for file in files:
        with file.open(encoding="utf-8", newline="") as handle:
            for row in csv.reader(handle):
                acting = [cell for cell in row if re.match(r"[=+\-@\t\r\n|%]", cell) and not is_number(cell)]
                assert not acting, file
    assert any(row["title"].startswith("'=cmd|") for row in rows(project, "documents"))


class Markup(HTMLParser):
    """Fails on a tag or an attribute that comes from a seed."""

    def __init__(self):
        super().__init__()
        self.tags = 0

    def handle_starttag(self, tag, attrs):
        self.tags += 1
        assert not tag.startswith("evil")
        assert not [name for name, _ in attrs if name.startswith(("evil", "on"))]


def test_no_markup_of_a_seed_acts_in_the_report(messy):
    project = messy[0]
    pages = [project / "results" / "report.html", *(project / "results" / "documents").rglob("*.html")]
    assert len(pages) > 1
    for page in pages:
        text = page.read_text(encoding="utf-8")
        markup = Markup()
        markup.feed(text)
        assert markup.tags > 10
    assert "evil-tag" in pages[0].read_text(encoding="utf-8")
    for figure in (project / "results" / "figures").glob("*.svg"):
        assert not [node.tag for node in ET.parse(figure).iter() if "evil" in str(node.tag)]


@pytest.mark.slow
def test_strict_names_errors_and_warnings_and_no_notes(tmp_path):
    """Without the DAG: tests/documents/test_problems_table.py; that a strict run fails: test_guard.py."""
    project = copy_project(tmp_path / "strict", seeds={"good.txt": GOOD, "again.txt": GOOD, "empty.txt": ""})
    done = run(project, "results/tables/problems.parquet", "--config", "strict=True")
    assert done.code != 0
    assert "empty.txt" in done.output
    assert "strict is true" in done.output
    assert "again.txt:" not in done.output
    (project / "seeds" / "empty.txt").unlink()
    assert run(project, "results/tables/problems.parquet", "--config", "strict=True").code == 0


def test_no_seeds(tmp_path):
    """Other beginnings that cannot be, without the DAG: tests/plan/test_prepare.py."""
    project = copy_project(tmp_path / "empty", seeds={})
    done = run(project)
    assert done.code == 1
    assert "seeds: there are no articles here. Put some in, and run again." in done.output
    assert done.jobs == [] and "Traceback" not in done.output


def test_of_refused_seeds_alone_there_is_a_report_that_names_them(tmp_path):
    project = copy_project(tmp_path / "refused", seeds={"empty.txt": ""})
    done = run(project, "all", "reliability")
    assert done.code == 0, done.output
    assert [row["seed"] for row in rows(project, "problems")] == ["empty.txt"]
    assert (project / "results" / "report.html").exists()
    assert rows(project, "stories") == []


@pytest.mark.parametrize(
    ("setting", "expected"),
    [
        ("batchsize=3", "there is no such setting"),
        # How each other setting can be wrong is seen in tests/plan/test_settings.py.
        pytest.param("seeds=.", "neither may be inside the other", marks=pytest.mark.slow),
        pytest.param("batch_size=many", "a whole number, at least 1", marks=pytest.mark.slow),
        pytest.param("model=nope", "nope", marks=pytest.mark.slow),
        pytest.param("results=seeds/out", "neither may be inside the other", marks=pytest.mark.slow),
        pytest.param("results=re{s}", "may not begin with - or contain {", marks=pytest.mark.slow),
    ],
)
def test_a_wrong_setting_fails_at_once(tmp_path, setting, expected):
    project = copy_project(tmp_path / "wrong", seeds={"good.txt": GOOD})
    done = run(project, "--config", setting)
    assert done.code != 0
    assert done.jobs == []
    assert expected in done.output
    assert setting.split("=")[0] in done.output
