"""The commands that a dry run lists, and the change that an article undergoes."""

import hashlib

from benchmarks.steps import by_step, change, digests

LISTED = """
Shell command: python -m scripts.core.launch scripts.documents --manifest /tmp/newsloom-plan-x1/batches/0/m.jsonl
Shell command: python -m scripts.core.launch scripts.documents --manifest /tmp/newsloom-plan-x1/batches/1/m.jsonl
Shell command: python -m scripts.core.launch scripts.core.tables --tables tokens --folder /r/tables
"""


def test_the_jobs_of_all_batches_are_one_and_read_the_plan_that_a_run_has_written():
    run = "python -m scripts.core.launch"
    assert by_step(LISTED, "/r") == {
        "documents": f"{run} scripts.documents --manifest /r/batches/0/m.jsonl"
        f" && {run} scripts.documents --manifest /r/batches/1/m.jsonl",
        "core.tables tokens": f"{run} scripts.core.tables --tables tokens --folder /r/tables",
    }


def test_an_article_with_a_header_is_changed_too(tmp_path):
    (tmp_path / "a.md").write_text("It rained.", encoding="utf-8")
    change(tmp_path, "edit")
    assert (tmp_path / "a.md").read_text(encoding="utf-8") != "It rained."
    change(tmp_path, "remove")
    assert not (tmp_path / "a.md").exists()


def test_a_table_that_is_a_folder_has_a_digest_for_each_of_its_files(tmp_path):
    (tmp_path / "tokens.parquet").mkdir()
    for name in ("words.parquet", "tokens.parquet/0.parquet"):
        (tmp_path / name).write_bytes(name.encode())
    assert digests(tmp_path) == {
        name: hashlib.sha256(name.encode()).hexdigest() for name in ("tokens.parquet/0.parquet", "words.parquet")
    }
