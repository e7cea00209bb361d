"""Decisions by batch: only the batch whose documents they are on sees a change."""

import json

from scripts.plan.corrections import correction_files, decisions_of_batches, with_merged_names
from scripts.review.decisions import Decision

BATCHES = {"a.txt": "0", "t.csv": "1", "z.zip": "1"}


def decision(doc_id: str, kind: str = "speaker", **fields: str) -> Decision:
    row = Decision("c.csv", 2, doc_id, "a" * 64, 0, 9, kind, "A", "B", "", "", "why")
    return row._replace(**fields)


def test_rows_of_tables_and_members_of_archives_belong_to_their_seed() -> None:
    decisions = [decision("t.csv#12"), decision("z.zip/in/x.txt#3"), decision("a.txt")]
    by_batch = decisions_of_batches(decisions, BATCHES)
    assert {batch: [each.doc_id for each in of_batch] for batch, of_batch in by_batch.items()} == {
        "0": ["a.txt"],
        "1": ["t.csv#12", "z.zip/in/x.txt#3"],
    }


def test_a_document_that_no_seed_is_named_after_may_be_in_any_batch() -> None:
    by_batch = decisions_of_batches([decision("old-name.txt")], BATCHES)
    assert [len(of_batch) for of_batch in by_batch.values()] == [1, 1]
    assert not any(decisions_of_batches([decision("*", "merge")], BATCHES).values())


def test_one_changed_row_changes_the_file_of_one_batch() -> None:
    first, second = decision("a.txt"), decision("t.csv#1")
    before = correction_files([first, second], BATCHES)
    after = correction_files([first, decision("t.csv#1", new="C")], BATCHES)
    changed = {(batch, name) for batch, files in after.items() for name in files if files[name] != before[batch][name]}
    assert changed == {("1", "corrections.jsonl")}


def test_a_document_left_out_is_in_a_file_of_its_own() -> None:
    files = correction_files([decision("a.txt", "reject_document")], BATCHES)["0"]
    assert files["corrections.jsonl"] == ""
    assert json.loads(files["excluded.jsonl"])["doc_id"] == "a.txt"


def test_names_merged_everywhere_join_the_settings() -> None:
    aliases = {"merge": {"B": ["Bee"], "C": ["Cee"]}, "apart": [["X", "Y"]]}
    everywhere = [decision("*", "merge"), decision("*", "apart", old="C")]
    assert with_merged_names(aliases, [*everywhere, decision("a.txt", "merge"), decision("a.txt", "apart")]) == {
        "merge": {"B": ["Bee", "A"], "C": ["Cee"]},
        "apart": [["X", "Y"], ["C", "B"]],
        "apart_in": [["c.csv, row 2", "A", "B"]],
    }
    assert aliases["merge"] == {"B": ["Bee"], "C": ["Cee"]}


def test_merges_of_a_chain_end_in_one_name_and_those_that_contradict_in_none() -> None:
    aliases = {"merge": {"B": ["Bee"]}, "apart": []}
    chain = [decision("*", "merge"), decision("*", "merge", old="B", new="C")]
    assert with_merged_names(aliases, chain)["merge"] == {"C": ["Bee", "A", "B"]}
    split = [*chain, decision("*", "merge", old="A", new="D")]
    assert with_merged_names(aliases, split)["merge"] == {"C": ["Bee", "B"]}
    apart = [*chain, decision("*", "apart", old="C", new="A")]
    assert with_merged_names(aliases, apart) == {"merge": {"B": ["Bee"]}, "apart": [], "apart_in": []}
