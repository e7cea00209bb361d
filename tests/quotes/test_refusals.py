"""Refusals to speak, by speaker and group: statements do not count, nor do documents that are left out."""

import pandas as pd

from scripts.core.encoded import as_table
from scripts.quotes.refusals import refusals

QUOTES = pd.DataFrame(
    [
        ("a", 4, "no comment", "Ann Lee", "Lee"),
        ("a", 2, "no comment", "Ann Lee", "she"),
        ("a", 1, "direct", "Ann Lee", "Lee"),
        ("b", 0, "no comment", "Ann Lee", "Ann Lee"),
        ("b", 1, "no comment", None, "a spokesman"),
        ("copy", 0, "no comment", "Ann Lee", "Lee"),
    ],
    columns=["doc_id", "sentence", "type", "speaker", "source"],
)


def test_refusals_by_group():
    table = refusals(QUOTES, pd.Series({"a": "Globe", "b": "Post", "c": ""}))
    assert table.to_numpy().tolist() == [
        ["(all)", "Ann Lee", 3, 2, "a", 2],
        ["(all)", "a spokesman", 1, 1, "b", 1],
        ["Globe", "Ann Lee", 2, 1, "a", 2],
        ["Post", "Ann Lee", 1, 1, "b", 0],
        ["Post", "a spokesman", 1, 1, "b", 1],
    ]
    assert as_table("refusals", table).num_rows == 5


def test_without_groups_or_refusals():
    assert set(refusals(QUOTES, pd.Series({"a": "", "b": ""}))["group"]) == {"(all)"}
    nobody = refusals(QUOTES[QUOTES["type"] == "direct"], pd.Series({"a": "Globe", "b": "Post"}))
    assert as_table("refusals", nobody).num_rows == 0
