"""Shares of kinds and attributes of sources by group, with intervals, contrasts and diversity."""

import math

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scripts.maths.bootstrap import OVER_DOCUMENTS
from scripts.maths.intervals import TOO_FEW
from scripts.quotes import source_parts, source_shares
from scripts.quotes.known_sources import parse_known
from scripts.quotes.source_counts import (
    MEASURES,
    MOST,
    OTHER_VALUES,
    OWN_TOTALS,
    UNKNOWN,
    cells,
    hits,
    read_statements,
    sums,
    totals,
    value_names,
)

KNOWN = parse_known("s.csv", b"name,gender\nAnn,woman\nBo,man\nCy,\n")  # rows 2, 3 and 4
COLUMNS = ["doc_id", "kind", "row", "words", "words_direct", "first", "early"]


def quotes(*rows, stances=()):
    """Return rows of quote_sources, all with a neutral cue where no stances are named."""
    table = pd.DataFrame(rows, columns=COLUMNS)
    stances = [*stances] or ["neutral"] * len(rows)
    return table.assign(row=pd.array(table["row"].tolist(), dtype="Int64"), stance=stances)


ROWS = quotes(
    ("a", "politician", 2, 30, 10, True, True),
    ("a", "citizen", 3, 10, 10, False, True),
    ("b", "politician", 4, 20, 0, True, False),
    ("b", "unknown", None, 40, 20, False, False),
    ("copy", "citizen", 3, 99, 99, True, True),
    stances=["neutral", "doubting", "endorsing", "", "doubting"],
)
GROUPS = pd.Series({"a": "Globe", "b": "Post", "silent": "Post"})


def share_tables(rows, groups, known, **options):
    """Return the tables of `source_shares` as data frames."""
    blocks = [pa.Table.from_pandas(rows, preserve_index=False)] if len(rows) else []
    tables = source_shares.share_tables(blocks, groups.to_dict(), known, **options)
    return {name: table.to_pandas() for name, table in tables.items()}


def chosen_rows(table, **chosen):
    for column, value in chosen.items():
        table = table[table[column] == value]
    return table.set_index("value")


def test_shares_of_all_documents():
    table = share_tables(ROWS, GROUPS, KNOWN, resamples=50)["source_shares"]
    kinds = chosen_rows(table, attribute="kind", group="(all)")
    expected = {
        "words": {"politician": (50, 100), "citizen": (10, 100), "unknown": (40, 100)},
        "statements": {"politician": (2, 4), "citizen": (1, 4), "unknown": (1, 4)},
        "direct": {"politician": (10, 50), "citizen": (10, 10), "unknown": (20, 40)},
        "first": {"politician": (2, 2), "citizen": (0, 2), "unknown": (0, 2)},
        "early": {"politician": (1, 2), "citizen": (1, 2), "unknown": (0, 2)},
        "neutral": {"politician": (1, 2), "citizen": (0, 1), "unknown": (0, 0), "(all)": (1, 3)},
        "doubting": {"politician": (0, 2), "citizen": (1, 1), "unknown": (0, 0), "(all)": (1, 3)},
        "endorsing": {"politician": (1, 2), "citizen": (0, 1), "unknown": (0, 0), "(all)": (1, 3)},
    }
    expected["direct"]["(all)"] = (40, 100)
    for measure, values in expected.items():
        rows = kinds[kinds["measure"] == measure]
        assert {value: (row.n, row.total) for value, row in rows.iterrows()} == values
        shares = [n / total if total else math.nan for n, total in values.values()]
        assert rows["estimate"].tolist() == pytest.approx(shares, nan_ok=True)
    assert kinds["n_documents"].unique().tolist() == [3]
    assert kinds.loc["politician", "documents"].tolist() == [2] * len(MEASURES)


def test_attributes_of_the_table_and_the_unknown():
    """Gender is what the table says: of a speaker without one it is unknown."""
    table = share_tables(ROWS, GROUPS, KNOWN, resamples=50)["source_shares"]
    gender = chosen_rows(table, attribute="gender", group="(all)", measure="words")
    assert gender["n"].to_dict() == {"woman": 30, "man": 10, "unknown": 60}
    assert gender["unknown"].tolist() == [0.6] * 3
    globe = chosen_rows(table, attribute="gender", group="Globe", measure="words")
    assert globe["n"].to_dict() == {"woman": 30, "man": 10, "unknown": 0}


def test_the_unknown_share_of_a_stance_is_by_statements():
    table = share_tables(ROWS, GROUPS, KNOWN, resamples=50)["source_shares"]
    rows = table[(table["attribute"] == "kind") & (table["group"] == "(all)")].set_index("measure")["unknown"]
    assert set(rows["doubting"]) == {0.25} and set(rows["direct"]) == {0.4}


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


def test_the_stance_of_cues_differs_between_groups():
    """Of 40 documents a group, one doubts three quarters of the statements, the other hardly any."""
    rows = [(f"{group}{at}", "citizen", None, 10, 0, True, True) for group in ("Globe", "Post") for at in range(40)]
    stances = ["doubting" if at % 4 else "neutral" for at in range(40)] + ["neutral"] * 39 + ["doubting"]
    groups = pd.Series({doc_id: doc_id.rstrip("0123456789") for doc_id, *_ in rows})
    tables = share_tables(quotes(*rows, stances=stances), groups, parse_known("", b"name\n"), resamples=200)
    row = chosen_rows(tables["source_contrasts"], measure="doubting").loc["citizen"]
    assert (row["share"], row["share_other"]) == (0.75, 1 / 40) and row["q"] < 0.001
    share = chosen_rows(tables["source_shares"], measure="doubting", group="Globe").loc["(all)"]
    assert share["lo"] < 0.75 < share["hi"]


def test_too_few_documents():
    tables = share_tables(ROWS, GROUPS, KNOWN, resamples=50)
    for table in tables.values():
        assert table["lo"].isna().all() and table["hi"].isna().all()
        assert set(table["method"]) == {TOO_FEW}
    assert tables["source_contrasts"]["p"].isna().all()


def simulated(n, share, random, *, group):
    """Return attributions of n documents, each with ten words of a politician or a citizen, and their groups."""
    drawn = random.random(n) < share
    rows = [
        (f"{group}{at}", "politician" if is_one else "citizen", None, 10, 0, True, True)
        for at, is_one in enumerate(drawn)
    ]
    return rows, {f"{group}{at}": group for at in range(n)}


def test_intervals_hold_the_truth_of_a_simulated_corpus():
    random = np.random.default_rng(5)
    inside = 0
    for _ in range(60):
        rows, groups = simulated(80, 0.3, random, group="Globe")
        table = share_tables(quotes(*rows), pd.Series(groups), parse_known("", b"name\n"), resamples=200)[
            "source_shares"
        ]
        row = chosen_rows(table, measure="words").loc["politician"]
        assert row["method"] == OVER_DOCUMENTS
        inside += row["lo"] <= 0.3 <= row["hi"]
    assert inside >= 52  # 57 are expected; with 95 % intervals fewer than 52 come about once in 100 times


def test_contrasts_find_a_difference_and_keep_quiet_without_one():
    random = np.random.default_rng(3)
    parts = [
        simulated(150, share, random, group=group) for share, group in ((0.7, "Globe"), (0.3, "Post"), (0.5, "Sun"))
    ]
    rows = quotes(*(row for part, _ in parts for row in part))
    groups = pd.Series({name: group for _, part in parts for name, group in part.items()})
    table = share_tables(rows, groups, parse_known("", b"name\n"), resamples=200)["source_contrasts"]
    words = chosen_rows(table, measure="words").loc["politician"].set_index("group")
    assert words["other"].unique().tolist() == ["(the others)"]
    assert (words.loc["Globe", "q"] < 0.001) and (words.loc["Post", "q"] < 0.001) and words.loc["Sun", "q"] > 0.05
    assert words.loc["Globe", "estimate"] == words.loc["Globe", "share"] - words.loc["Globe", "share_other"]
    assert (table["q"].dropna() >= table["p"][table["q"].notna()]).all()


def test_a_side_without_a_case_is_not_taken_for_certain():
    """Ten documents without a citizen say little where one statement in 20 is a citizen's."""
    rows = [(f"{group}{at}", "politician", None, 10, 0, True, True) for group in ("Globe", "Post") for at in range(200)]
    rows = [row for row in rows if not row[0].startswith("Globe") or int(row[0][5:]) < 10]
    rows = [
        (row[0], "citizen", *row[2:]) if row[0].startswith("Post") and int(row[0][4:]) % 20 == 0 else row
        for row in rows
    ]
    groups = pd.Series({doc_id: doc_id.rstrip("0123456789") for doc_id, *_ in rows})
    table = share_tables(quotes(*rows), groups, parse_known("", b"name\n"))["source_contrasts"]
    row = chosen_rows(table, measure="statements").loc["citizen"]
    assert (row["share"], row["share_other"]) == (0, 0.05)
    assert row["p"] == pytest.approx(0.47, abs=0.05)  # z = 0.05 / sqrt(0.0476 * 0.9524 * (1 / 10 + 1 / 200)) = 0.72


def test_two_groups_are_compared_with_each_other():
    table = share_tables(ROWS, GROUPS, KNOWN, resamples=50)["source_contrasts"]
    assert set(zip(table["group"], table["other"], strict=True)) == {("Globe", "Post")}


def test_diversity():
    """Two kinds with equal words are two, whatever is unknown."""
    rows = quotes(
        ("a", "politician", None, 10, 0, True, True),
        ("a", "citizen", None, 10, 0, False, True),
        ("a", "unknown", None, 60, 0, False, True),
    )
    table = share_tables(rows, pd.Series({"a": ""}), KNOWN, resamples=50)["source_diversity"]
    kinds = table[table["attribute"] == "kind"].iloc[0]
    assert (kinds["n_values"], kinds["estimate"], kinds["evenness"], kinds["unknown"]) == (2, 2.0, 1.0, 0.75)
    gender = table[table["attribute"] == "gender"].iloc[0]
    assert (gender["n_values"], gender["unknown"]) == (0, 1.0) and math.isnan(gender["estimate"])


@pytest.mark.parametrize("groups", [GROUPS, GROUPS.head(0)])
def test_a_corpus_that_quotes_nobody(groups):
    tables = share_tables(ROWS.head(0), groups, KNOWN, resamples=50)
    assert set(tables["source_shares"]["value"]) == {UNKNOWN, "(all)"}
    assert (tables["source_shares"]["n"] == 0).all()


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


def test_many_values_are_counted_together():
    names = value_names([f"v{at:03}" for at in range(MOST + 3)], np.arange(MOST + 3, 0, -1))
    assert names[0] == "v000" and names[-2:] == [OTHER_VALUES, UNKNOWN] and len(names) == MOST + 2


@given(
    st.lists(
        st.tuples(
            st.sampled_from("abc"),
            st.sampled_from(["x", "y", "unknown"]),
            st.integers(1, 50),
            st.booleans(),
            st.booleans(),
        ),
        max_size=30,
    )
)
def test_shares_add_up_to_one(rows):
    rows = sorted(rows)  # as the table is
    table = quotes(*((doc, value, None, words, words // 2, first, early) for doc, value, words, first, early in rows))
    blocks = [pa.Table.from_pandas(table, preserve_index=False)] if rows else []
    statements = read_statements(blocks, ["a", "b"], KNOWN)
    of_cells = cells(statements.names["kind"])
    of_documents = sums(statements, np.arange(2))["kind"]
    for measure in MEASURES:
        is_cell = of_cells.measure == measure
        n, total = hits(of_documents)[is_cell], totals(of_documents)[of_cells.total[is_cell]]
        if measure in OWN_TOTALS:
            assert (n <= total).all()
            assert (n[:-1].sum(axis=0) == n[-1]).all()
        else:
            assert (n.sum(axis=0) == total).all()


def test_most_is_the_upper_end_with_all_unknown():
    """In every document a tenth of the words are citizens', a half unknown: at most .6 are, whatever is drawn."""
    rows = [(f"d{n}", kind, None, words, 0, False, False) for n in range(8) for kind, words in
            (("politician", 40), ("citizen", 10), ("unknown", 50))]  # fmt: skip
    groups = pd.Series({f"d{n}": "Globe" for n in range(8)})
    table = share_tables(quotes(*rows), groups, KNOWN, resamples=20)["source_shares"]
    kinds = chosen_rows(table, attribute="kind", group="(all)", measure="words")
    assert kinds["most"].to_dict() == pytest.approx({"politician": 0.9, "citizen": 0.6, "unknown": 0.5})
    assert chosen_rows(table, attribute="kind", group="(all)", measure="direct")["most"].isna().all()
    few = share_tables(ROWS, GROUPS, KNOWN, resamples=20)["source_shares"]
    assert few["most"].isna().all()
