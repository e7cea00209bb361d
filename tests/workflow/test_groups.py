"""Groups between batches and corpus: the same bytes with them as without; an added article redoes one of them."""

import re

import pytest

from scripts.core.batches import read_batches
from scripts.plan.batches import group_batches, split
from tests.workflow.project import copy_project, outputs, run

SEEDS = {
    f"{number}.txt": f"The harbour of town {number} will close, Mayor Ann Smith said.\n\nRain fell there again.\n"
    for number in range(6)
}
TABLES = ["ngrams", "collocations", "frequencies", "rates", "keyness", "tf_idf", "similarity", "readability"]
TARGETS = [f"results/tables/{name}.csv" for name in TABLES]
MOST = 2


def group_by(project, most):
    """Let so many batches of the project be a group."""
    file = project / "scripts" / "plan" / "batches.py"
    file.write_text(re.sub(r"^_GROUP = \d+$", f"_GROUP = {most}", file.read_text(), flags=re.MULTILINE))


def groups_of(names):
    return group_batches(split(names, size=1), size=MOST)


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    """Return a project with six batches of one seed each, and the results of a run with groups of two."""
    project = copy_project(tmp_path_factory.mktemp("groups"), seeds=SEEDS)
    config = project / "config.yaml"
    config.write_text(re.sub(r"batch_size: \d+", "batch_size: 1", config.read_text()))
    group_by(project, MOST)
    done = run(project, *TARGETS)
    assert done.code == 0, done.output
    assert [rule for rule, _ in done.jobs].count("reduce") == len(groups_of(SEEDS)) > 1
    return project


def test_the_bytes_are_those_of_a_run_without_groups(project):
    with_groups = outputs(project)
    group_by(project, len(SEEDS))
    done = run(project, *TARGETS)
    assert done.code == 0, done.output
    assert done.rules == {"words", "phrases", "keyness", "rates"}
    assert outputs(project) == with_groups
    assert read_batches(project / "results" / "groups") == []
    group_by(project, MOST)
    assert run(project, *TARGETS).code == 0


def test_an_added_article_redoes_its_batch_and_its_group(project):
    (project / "seeds" / "new.txt").write_text("Rain fell on the new tower.\n", encoding="utf-8")
    names = [*SEEDS, "new.txt"]
    old, new = split(SEEDS, size=1), split(names, size=1)
    before, after = groups_of(SEEDS), groups_of(names)
    batches = {batch for batch in new if new[batch] != old.get(batch)}
    changed = {group for group, members in after.items() if before.get(group) != members or batches & {*members}}
    assert 0 < len(changed) < len(after)
    done = run(project, *TARGETS)
    assert done.code == 0, done.output
    messages = [message for rule, message in done.jobs if rule == "reduce"]
    assert {message.split()[-1] for message in messages} == changed
    assert read_batches(project / "results" / "groups") == [*after]
