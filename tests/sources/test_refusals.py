"""Refusals to speak, by speaker and group: statements do not count, nor do documents that are left out."""

import pyarrow as pa

from scripts.sources.refusals import no_comments, refusals

QUOTES = [
    dict(zip(("doc_id", "sentence", "type", "speaker", "source"), row, strict=True))
    for row in [
        ("a", 4, "no comment", "Ann Lee", "Lee"),
        ("a", 2, "no comment", "Ann Lee", "she"),
        ("a", 1, "direct", "Ann Lee", "Lee"),
        ("b", 0, "no comment", "Ann Lee", "Ann Lee"),
        ("b", 1, "no comment", None, "a spokesman"),
        ("copy", 0, "no comment", "Ann Lee", "Lee"),
    ]
]


def made(quotes, groups):
    return refusals(no_comments(pa.RecordBatch.from_pylist(quotes)), groups)


def test_refusals_by_group():
    table = made(QUOTES, {"a": "Globe", "b": "Post", "c": ""})
    assert [tuple(row.values()) for row in table.to_pylist()] == [
        ("(all)", "Ann Lee", 3, 2, "a", 2),
        ("(all)", "a spokesman", 1, 1, "b", 1),
        ("Globe", "Ann Lee", 2, 1, "a", 2),
        ("Post", "Ann Lee", 1, 1, "b", 0),
        ("Post", "a spokesman", 1, 1, "b", 1),
    ]


def test_without_groups_or_refusals():
    assert set(made(QUOTES, {"a": "", "b": ""})["group"].to_pylist()) == {"(all)"}
    statements = [row for row in QUOTES if row["type"] == "direct"]
    assert made(statements, {"a": "Globe", "b": "Post"}).num_rows == 0
