"""The cluster profiles group the rules of a batch: one that is forgotten would be a submission for every batch."""

import re

import pytest
import yaml

from scripts.storage import WORKFLOW

RULES = {
    name: body
    for path in sorted((WORKFLOW / "rules").glob("*.smk"))
    for name, body in re.findall(r"^rule (\w+):\n(.*?)(?=^rule |\Z)", path.read_text("utf-8"), re.DOTALL | re.MULTILINE)
}
OF_BATCHES = {name for name, body in RULES.items() if "{{batch}}" in body}


def groups(profile: str) -> dict[str, str]:
    settings = yaml.safe_load((WORKFLOW / "profiles" / profile / "config.yaml").read_text("utf-8"))
    return dict(entry.split("=") for entry in settings["groups"])


@pytest.mark.parametrize("profile", ["slurm", "kubernetes"])
def test_the_steps_of_a_batch_share_a_submission(profile: str) -> None:
    assert {rule for rule, group in groups(profile).items() if group == "batches"} == OF_BATCHES


@pytest.mark.parametrize("profile", ["slurm", "kubernetes"])
def test_no_group_names_a_rule_that_is_gone(profile: str) -> None:
    assert set(groups(profile)) <= set(RULES)


@pytest.mark.parametrize("rule", RULES)
def test_every_rule_says_what_it_needs(rule: str) -> None:
    assert re.search(r"mem_mb=\d+", RULES[rule]) and re.search(r"runtime=\d+", RULES[rule])
