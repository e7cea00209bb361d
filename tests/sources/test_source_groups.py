"""Counts of sources by group and origin: apart and together."""

import numpy as np
import pandas as pd
import pytest

from scripts.maths.document_shares import added, less
from scripts.sources import source_parts
from scripts.sources.source_counts import attribute_cells, read_statements
from scripts.sources.source_groups import by_group_and_origin, group_counts
from tests.sources.made_sources import GROUPS, KNOWN, ROWS, as_rows, chosen_rows, quotes, share_tables, simulated


def counted(groups, origins, *, resamples=9):
    """Return the counts of the documents of GROUPS in these groups, and of these origins."""
    statements = read_statements(as_rows(ROWS), [*GROUPS.index], KNOWN)
    cells = {attribute: attribute_cells(names) for attribute, names in statements.names.items()}
    documents = by_group_and_origin(groups, origins)
    return documents, group_counts(statements, [*GROUPS.index], documents, cells, resamples)


def test_groups_and_origins_add_up_to_all_documents():
    documents, counts = counted([*GROUPS], ["own", "wire", "own"])
    assert [*documents] == [("Globe", "own"), ("Post", "own"), ("Post", "wire")]
    kinds = {(group, origin): part for group, parts in counts.groups.items() for origin, part in parts["kind"].items()}
    assert {key: part.documents for key, part in kinds.items()} == dict.fromkeys(documents, 1)
    for origin, part in counts.everything["kind"].items():
        own = [each for (_, its_origin), each in kinds.items() if its_origin == origin]
        assert part.documents == len(own)
        assert np.array_equal(part.shares.hits_squared, sum(each.shares.hits_squared for each in own))
        assert np.array_equal(part.keys, sum(each.keys for each in own))
        assert part.drawn.shape == (3, 9) and not any(each.drawn.size for each in own)
    kind = counts.everything["kind"]
    rest = less(added(*kind.values()), kind["wire"])
    assert rest.documents == 2 and np.array_equal(rest.having, kind["own"].having)
    assert {key: row["n_documents"] for key, row in counts.diversity.items() if key[1] == "kind"} == {
        ("Globe", "kind"): 1,
        ("Post", "kind"): 2,
    }


@pytest.mark.parametrize(
    ("groups", "names"),
    [(["Globe", "Post", ""], ["Globe", "Post"]), (["Globe", "Globe", ""], []), (["Globe"] * 3, []), ([""] * 3, [])],
)
def test_groups_are_counted_where_there_are_two(groups, names):
    _, counts = counted(groups, ["own"] * 3)
    assert [*counts.groups] == names
    assert counts.everything["kind"]["own"].documents == 3


def test_no_documents_are_a_group_of_none():
    assert {key: len(numbers) for key, numbers in by_group_and_origin([], []).items()} == {("", "own"): 0}


def test_own_reporting_and_wire_copy_apart():
    tables = share_tables(ROWS, GROUPS, KNOWN, origins=["own", "wire", "own"], resamples=50)
    kinds = chosen_rows(tables["source_shares"], attribute="kind", measure="words", group="(all)")
    n = {origin: part["n"].to_dict() for origin, part in kinds.groupby("origin")}
    assert n == {
        "(all)": {"politician": 50, "citizen": 10, "unknown": 40},
        "own": {"politician": 30, "citizen": 10, "unknown": 0},
        "wire": {"politician": 20, "citizen": 0, "unknown": 40},
    }
    assert kinds.groupby("origin")["n_documents"].first().to_dict() == {"(all)": 3, "own": 2, "wire": 1}
    sides = tables["source_contrasts"]
    pair = chosen_rows(sides, attribute="kind", measure="words", group="(own)").loc["politician"]
    assert (pair["other"], pair["share"], pair["share_other"]) == ("(wire)", 0.75, 20 / 60)
    without = share_tables(ROWS, GROUPS, KNOWN, origins=["own"] * 3, resamples=50)["source_shares"]
    assert set(without["origin"]) == {"(all)"}


def test_documents_that_are_taken_some_at_a_time_make_the_same_tables(monkeypatch):
    random = np.random.default_rng(8)
    parts = [simulated(40, share, random, group=group) for share, group in ((0.7, "Globe"), (0.3, "Post"), (0.5, ""))]
    rows = quotes(*sorted(row for part, _ in parts for row in part))
    groups = pd.Series({name: group for _, part in parts for name, group in part.items()}).sort_index()
    origins = ["wire" if number % 3 == 0 else "own" for number in range(len(groups))]
    at_once = share_tables(rows, groups, KNOWN, origins=origins, resamples=30)
    monkeypatch.setattr(source_parts, "_AT_A_TIME", 7)
    some_at_a_time = share_tables(rows, groups, KNOWN, origins=origins, resamples=30)
    for name, table in at_once.items():
        assert len(table)
        pd.testing.assert_frame_equal(table, some_at_a_time[name], check_exact=True)
