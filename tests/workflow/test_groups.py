"""Groups between batches and corpus: the same bytes with them as without; an added article redoes one of them."""

import pandas as pd

from scripts.core.batches import read_batches
from scripts.core.storage import read_parquet
from scripts.plan.batches import group_batches, split
from tests.workflow.project import SEEDS, run, set_batches

TABLES = ["ngrams", "collocations", "frequencies", "rates", "keyness", "tf_idf", "similarity", "readability", "tokens"]
TARGETS = [f"results/tables/{name}.csv" for name in TABLES]
MOST = 2
NEW = "next.txt"  # one of the two groups has it


def groups_of(names):
    return group_batches(split(names, size=1), batch_size=1, documents=MOST)


def made(project):
    """Return the bytes of what a reader gets; of tokens the rows, as they may be in several files."""
    results = project / "results"
    tokens = results / "tables" / "tokens.parquet"
    files = [path for path in [*results.glob("tables/*"), *results.glob("exports/*")] if path != tokens]
    return {path.name: path.read_bytes() for path in files}, read_parquet(tokens)


def test_groups_change_no_byte_and_an_added_article_redoes_its_batch_and_its_group(project):
    """The way back, from groups to none, is slow: test_dry_run.py. What it removes: tests/plan/test_prepare.py."""
    without = made(project)
    set_batches(project, size=1, group=MOST)
    done = run(project, *TARGETS)
    assert done.code == 0, done.output
    # The tokens are joined anew, and the sums of the counts.
    assert done.rules == {"reduce", "token_table", "words", "keyness"}
    assert [rule for rule, _ in done.jobs].count("reduce") == len(groups_of(SEEDS)) > 1
    assert made(project) == without
    folder = project / "results" / "tables" / "tokens.parquet"
    assert sorted(path.stem for path in folder.iterdir()) == [*groups_of(SEEDS)]
    # Other programs take the folder as one table.
    assert sorted(pd.read_parquet(folder)["doc_id"].unique()) == sorted(SEEDS)

    (project / "seeds" / NEW).write_text("Rain fell on the new tower.\n", encoding="utf-8")
    names = [*SEEDS, NEW]
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
    assert sorted(path.stem for path in folder.iterdir()) == [*after]
    assert read_parquet(folder)["doc_id"].unique().to_pylist() == sorted(names)
