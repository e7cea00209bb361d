"""The layout that Snakemake's catalogue and `module` expect: workflow/Snakefile, config/, rules with a prefix."""

import pytest
import yaml

from scripts.core.storage import ROOT
from tests.conftest import ARTICLE
from tests.workflow.project import snakemake

_SNAKEFILE = f"""
module newsloom:
    snakefile: {str(ROOT / "workflow" / "Snakefile")!r}
    config: {{"results": "made", "duplicates": "drop"}}

use rule * from newsloom as newsloom_*

rule count_sources:
    input: "made/tables/speakers.csv"
    output: "sources.txt"
    run:
        from pathlib import Path
        Path(output[0]).write_text(str(len(Path(input[0]).read_text().splitlines()) - 1))
"""


@pytest.fixture
def caller(tmp_path):
    """Return a folder with a workflow of its own that uses ours, and an article."""
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / ARTICLE.name).write_bytes(ARTICLE.read_bytes())
    (tmp_path / "Snakefile").write_text(_SNAKEFILE, encoding="utf-8")
    return tmp_path


def test_another_workflow_plans_with_our_rules_under_a_prefix(caller):
    done = snakemake(caller, "--cores", "2", "--dry-run", "sources.txt")
    assert done.returncode == 0, done.stderr
    assert "newsloom_speakers" in done.stdout + done.stderr and "count_sources" in done.stdout + done.stderr


@pytest.mark.slow
def test_another_workflow_runs_with_our_rules(caller):
    for target in ("sources.txt", "made/report.html"):
        done = snakemake(caller, "--cores", "2", target)
        assert done.returncode == 0, done.stderr
    assert int((caller / "sources.txt").read_text(encoding="utf-8")) > 3
    assert {path.name for path in caller.iterdir()} == {"seeds", "Snakefile", ".snakemake", "made", "sources.txt"}


def test_the_default_target_of_the_catalogues_snakefile_is_everything(tmp_path):
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "a.txt").write_text("The mayor said no.", encoding="utf-8")
    done = snakemake(tmp_path, "--cores", "2", "--snakefile", str(ROOT / "workflow" / "Snakefile"), "--dry-run")
    assert done.returncode == 0, done.stderr
    assert {"report", "figures", "everything"} <= set((done.stdout + done.stderr).split())


def test_the_settings_of_packages_and_of_the_catalogue_are_those_at_the_top():
    assert (ROOT / "config" / "config.yaml").read_bytes() == (ROOT / "config.yaml").read_bytes()


def test_the_catalogue_file_has_what_the_catalogue_reads():
    usage = yaml.safe_load((ROOT / ".snakemake-workflow-catalog.yml").read_text("utf-8"))["usage"]
    assert {"mandatory-flags", "software-stack-deployment", "report"} <= set(usage)
    assert "Snakemake workflow" in (ROOT / "README.md").read_text("utf-8")
