"""The cluster profiles group the rules of a batch: one that is forgotten would be a submission for every batch."""

import inspect
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from snakemake.scheduling.job_scheduler import JobScheduler

from scripts.core.storage import WORKFLOW
from tests.workflow.project import copy_project, run

_RULE = re.compile(r"^(?:rule|checkpoint) (\w+):\n(.*?)(?=^rule |^checkpoint |\Z)", re.DOTALL | re.MULTILINE)
RULES = {
    name: body
    for path in sorted((WORKFLOW / "rules").glob("*.smk"))
    for name, body in _RULE.findall(path.read_text("utf-8"))
}
OF_BATCHES = {name for name, body in RULES.items() if "{{batch}}" in body}


def groups(profile: str) -> dict[str, str]:
    settings = yaml.safe_load((WORKFLOW / "profiles" / profile / "config.yaml").read_text("utf-8"))
    return dict(entry.split("=") for entry in settings["groups"])


@pytest.mark.parametrize("profile", ["slurm", "kubernetes"])
def test_the_steps_of_a_batch_share_a_submission(profile: str) -> None:
    assert {rule for rule, group in groups(profile).items() if group in ("reading", "batches")} == OF_BATCHES


def test_both_profiles_group_the_rules_of_a_batch_alike() -> None:
    slurm, kubernetes = ({rule: groups(name).get(rule) for rule in OF_BATCHES} for name in ("slurm", "kubernetes"))
    assert slurm == kubernetes


# As both have the same groups before and after the duplicates, one of them is enough by default.
@pytest.mark.parametrize("profile", ["slurm", pytest.param("kubernetes", marks=pytest.mark.slow)])
def test_the_groups_leave_room_to_look_for_duplicates(profile: str, tmp_path: Path) -> None:
    project = copy_project(tmp_path / "drop", seeds={"a.txt": "Yes.", "b.txt": "No."})
    named = [f"{rule}={group}" for rule, group in groups(profile).items()]
    done = run(project, "--dry-run", "--config", "duplicates=drop", "batch_size=1", "--groups", *named)
    assert done.code == 0, done.output
    assert not (project / "results").exists()  # a dry run writes nothing


@pytest.mark.parametrize(("size", "first", "second"), [(1, 5, 10), (256, 5, 10), (257, 6, 12), (512, 10, 20)])
def test_a_job_of_a_small_batch_has_as_much_time_to_start(size: int, first: int, second: int) -> None:
    (code,) = re.findall(r"^def minutes.+?\n\n", (WORKFLOW / "rules" / "common.smk").read_text("utf-8"), re.M | re.S)
    names: dict[str, Any] = {"config": {"batch_size": size}}
    exec(code, names)
    assert [names["minutes"](5)(None, attempt) for attempt in (1, 2)] == [first, second]


@pytest.mark.parametrize("profile", ["slurm", "kubernetes"])
def test_no_group_names_a_rule_that_is_gone(profile: str) -> None:
    assert set(groups(profile)) <= set(RULES)


@pytest.mark.parametrize("rule", RULES)
def test_every_rule_says_what_it_needs(rule: str) -> None:
    assert re.search(r"mem_mb=(?:memory\()?\d+", RULES[rule]) and re.search(r"runtime=(?:minutes\()?\d+", RULES[rule])


def test_every_corpus_rule_is_in_the_submission_of_the_corpus_on_slurm() -> None:
    # A rule outside would make that submission depend on itself. Duplicates are looked for before.
    assert set(RULES) - set(groups("slurm")) == {"duplicates"}


def test_snakemake_has_the_limiter_that_local_runs_switch_off() -> None:
    # If it has another name one day, the Snakefile sets an attribute that nobody reads, and many batches are slow.
    assert "self.job_rate_limiter is not None" in inspect.getsource(JobScheduler.schedule)
    assert "workflow.scheduler.job_rate_limiter = None" in (WORKFLOW.parent / "Snakefile").read_text("utf-8")
