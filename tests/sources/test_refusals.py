"""Refusals to speak, by speaker and group: documents that are left out do not count."""

import pandas as pd

from scripts.sources.source_shares import refusals

QUOTES = [
    dict(zip(("doc_id", "sentence", "speaker", "source"), row, strict=True))
    for row in [
        ("a", 4, "Ann Lee", "Lee"),
        ("a", 2, "Ann Lee", "she"),
        ("b", 0, "Ann Lee", "Ann Lee"),
        ("b", 1, None, "a spokesman"),
        ("copy", 0, "Ann Lee", "Lee"),
    ]
]


def made(quotes, groups):
    columns = ["group", "speaker", "n", "documents", "doc_id", "sentence"]
    return [*refusals(pd.DataFrame(quotes), groups)[columns].itertuples(index=False, name=None)]


def test_refusals_by_group():
    assert made(QUOTES, {"a": "Globe", "b": "Post", "c": ""}) == [
        ("(all)", "Ann Lee", 3, 2, "a", 2),
        ("(all)", "a spokesman", 1, 1, "b", 1),
        ("Globe", "Ann Lee", 2, 1, "a", 2),
        ("Post", "Ann Lee", 1, 1, "b", 0),
        ("Post", "a spokesman", 1, 1, "b", 1),
    ]


def test_without_groups_or_refusals():
    for groups in ({"a": "", "b": ""}, {"a": "Globe", "b": "Globe"}, {"a": "Globe", "b": ""}):
        assert {row[0] for row in made(QUOTES, groups)} == {"(all)"}
    assert made(pd.DataFrame(QUOTES).head(0), {"a": "Globe", "b": "Post"}) == []
