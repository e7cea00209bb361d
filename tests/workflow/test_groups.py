"""Groups between batches and corpus: the same bytes with them as without; an added article redoes one of them."""

import shutil

import pandas as pd
import pytest

from scripts.core.batches import read_batches
from scripts.core.storage import read_parquet
from scripts.plan.batches import group_batches, split
from tests.workflow.project import copy_project, run, set_batches

SEEDS = {
    f"{number}.txt": f"The harbour of town {number} will close, Mayor Ann Smith said.\n\nRain fell there again.\n"
    for number in range(4)
}
TABLES = ["ngrams", "collocations", "frequencies", "rates", "keyness", "tf_idf", "similarity", "readability", "tokens"]
TARGETS = [*(f"results/tables/{name}.csv" for name in TABLES), "results/exports/corpus.conllu"]
MOST = 2


def groups_of(names):
    return group_batches(split(names, size=1), batch_size=1, documents=MOST)


def made(project):
    """Return the bytes of what a reader gets; of tokens the rows, as they may be in several files."""
    results = project / "results"
    tokens = results / "tables" / "tokens.parquet"
    files = [path for path in [*results.glob("tables/*"), *results.glob("exports/*")] if path != tokens]
    return {path.name: path.read_bytes() for path in files}, read_parquet(tokens)


@pytest.fixture(scope="module")
def grouped(tmp_path_factory):
    """Return a project with four batches of one seed each, and the results of a run with groups of two."""
    project = copy_project(tmp_path_factory.mktemp("groups"), seeds=SEEDS)
    set_batches(project, size=1, group=MOST)
    done = run(project, *TARGETS)
    assert done.code == 0, done.output
    assert [rule for rule, _ in done.jobs].count("reduce") == len(groups_of(SEEDS)) > 1
    return project


@pytest.fixture
def project(grouped, tmp_path):
    """Return a copy of that project, to change."""
    return shutil.copytree(grouped, tmp_path / "project", symlinks=True)


def test_the_bytes_are_those_of_a_run_without_groups(project):
    folder = project / "results" / "tables" / "tokens.parquet"
    assert sorted(path.stem for path in folder.iterdir()) == [*groups_of(SEEDS)]
    # Other programs take the folder as one table.
    assert sorted(pd.read_parquet(folder)["doc_id"].unique()) == sorted(SEEDS)
    with_groups = made(project)
    set_batches(project, size=1, group=len(SEEDS))
    done = run(project, *TARGETS)
    assert done.code == 0, done.output
    assert done.rules == {"words", "phrases", "keyness", "rates", "text_tables", "conllu"}
    assert made(project) == with_groups
    assert read_batches(project / "results" / "groups") == []


def test_an_added_article_redoes_its_batch_and_its_group(project):
    (project / "seeds" / "next.txt").write_text("Rain fell on the new tower.\n", encoding="utf-8")
    names = [*SEEDS, "next.txt"]
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
    folder = project / "results" / "tables" / "tokens.parquet"
    assert sorted(path.stem for path in folder.iterdir()) == [*after]
    assert read_parquet(folder)["doc_id"].unique().to_pylist() == sorted(names)
