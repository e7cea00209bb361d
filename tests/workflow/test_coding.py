"""The way of a coder through the real DAG: draw a sheet, fill it in, read agreement and corrected shares.

By default a sheet is drawn, and codes in a project of another tool come to agreement: test_projects.py. The numbers of
filled sheets without the DAG: tests/framing/test_coder_sheets.py, test_reliability.py and test_corrected.py.
"""

import csv
import shutil

import pytest

from scripts.core.storage import read_parquet
from tests.conftest import ARTICLE
from tests.workflow.project import copy_project, run

pytestmark = pytest.mark.slow
FRAMES = ("conflict", "responsibility", "human_interest", "economic", "morality", "resolution")


@pytest.fixture(scope="module")
def coded(tmp_path_factory):
    """Return a project with the shipped article and the sheets of two coders who coded all of its sentences.

    Ann sees conflict in every third sentence and no other frame; Ben sees the same, but codes the first sentence
    otherwise.
    """
    project = copy_project(tmp_path_factory.mktemp("coded"), seeds={ARTICLE.name: ARTICLE.read_text(encoding="utf-8")})
    done = run(project, "coding_sheet")
    assert done.code == 0, done.output
    with (project / "results" / "coding" / "coding_sheet.csv").open(encoding="utf-8", newline="") as handle:
        rows = list(csv.DictReader(handle))
    (project / "coding").mkdir()
    # A file that is no sheet, with a name that Snakemake could take for a wildcard, must stop nothing.
    (project / "coding" / "notes {draft}.csv").write_text("Ask Ann.\n", encoding="utf-8")
    for name, unlike in (("ann.CSV", ()), ("ben.csv", (0,))):
        with (project / "coding" / name).open("w", encoding="utf-8", newline="") as handle:
            sheet = csv.DictWriter(handle, rows[0].keys())
            sheet.writeheader()
            for row in rows:
                sentence = int(row["sentence"])
                sees = (sentence % 3 == 0) != (sentence in unlike)
                sheet.writerow({**row, **dict.fromkeys(FRAMES, "0"), "conflict": str(int(sees))})
    return project


def test_agreement_and_corrected_shares(coded):
    done = run(coded, "reliability")
    assert done.code == 0, done.output
    assert "parses" not in done.rules
    tables = coded / "results" / "tables"
    estimates = (
        read_parquet(tables / "frame_reliability.parquet").to_pandas().set_index(["frame", "measure"])["estimate"]
    )
    # 27 sentences, 26 agreed; 17 of the 54 codes are 1. Krippendorff 2004, p. 223: 1 - (n - 1) * D / (n_0 * n_1), with
    # D = 2 disagreeing values.
    assert estimates["conflict", "alpha, coders"] == pytest.approx(1 - 53 / (17 * 37))
    assert estimates["conflict", "alpha, machine"] < 0.5
    shares = read_parquet(tables / "frame_corrected.parquet").to_pandas()
    shares = shares[shares["group"] == "(all)"].set_index("frame")
    # All sentences are coded, so the corrected share is that of the coders: 8.5 of 27.
    assert shares.loc["conflict", "estimate"] == pytest.approx(8.5 / 27)
    # A corpus that is coded from end to end leaves nothing to estimate.
    assert shares.loc["conflict", ["lo", "hi"]].tolist() == pytest.approx([8.5 / 27, 8.5 / 27])
    assert shares.loc["conflict", "machine"] > 10 / 27
    assert shares.loc["resolution", "estimate"] == 0
    problems = read_parquet(tables / "frame_coding_problems.parquet").to_pylist()
    assert [(row["sheet"], row["code"]) for row in problems] == [("notes {draft}.csv", "sheet")]


def test_the_report_shows_what_the_coders_say(coded):
    done = run(coded)
    assert done.code == 0, done.output
    report = (coded / "results" / "report.html").read_text(encoding="utf-8")
    assert "corrected by the coders&#39; codes" in report and "not validated by coders" not in report
    assert 'id="table-frame_corrected"' in report
    assert "corrected by coders&#39; codes" in report  # the legend of the figure
    assert "<td>alpha, coders</td>" in report


def test_without_the_sheets_the_report_says_nothing_of_coders(coded):
    shutil.rmtree(coded / "coding")
    done = run(coded)
    assert done.code == 0, done.output
    report = (coded / "results" / "report.html").read_text(encoding="utf-8")
    assert "coders&#39; codes" not in report and "not validated by coders" in report
    assert not [*(coded / "results" / "tables").glob("frame_corrected.*")]
    again = run(coded)
    assert again.jobs == []
