"""Statistics of sources in one set of documents or two: intervals, bounds, diversity, differences."""

import math

import numpy as np
import pandas as pd
import pytest

from scripts.core.known_sources import parse_known
from scripts.maths.document_shares import METHOD, share_interval, sums_of
from scripts.maths.intervals import TOO_FEW, benjamini_hochberg
from tests.sources.made_sources import GROUPS, KNOWN, ROWS, chosen_rows, quotes, share_tables, simulated


def test_too_few_documents():
    tables = share_tables(ROWS, GROUPS, KNOWN, resamples=50)
    for table in tables.values():
        assert table["lo"].isna().all() and table["hi"].isna().all()
        assert set(table["method"]) == {TOO_FEW}
    assert tables["source_contrasts"]["p"].isna().all()


def test_intervals_hold_the_truth_of_a_simulated_corpus():
    random = np.random.default_rng(5)
    inside = 0
    for _ in range(60):
        rows, groups = simulated(80, 0.3, random, group="Globe")
        table = share_tables(quotes(*rows), pd.Series(groups), parse_known("", b"name\n"), resamples=200)[
            "source_shares"
        ]
        row = chosen_rows(table, measure="words").loc["politician"]
        assert row["method"] == METHOD
        inside += row["lo"] <= 0.3 <= row["hi"]
    assert inside >= 52  # 57 are expected; with 95 % intervals fewer than 52 come about once in 100 times


def test_most_is_the_upper_end_with_all_unknown():
    """In every document a tenth of the words are citizens', a half unknown: .6 are if all of the unknown are."""
    rows = [(f"d{n}", kind, None, words, 0, False, False) for n in range(8) for kind, words in
            (("politician", 40), ("citizen", 10), ("unknown", 50))]  # fmt: skip
    groups = pd.Series({f"d{n}": "Globe" for n in range(8)})
    table = share_tables(quotes(*rows), groups, KNOWN, resamples=20)["source_shares"]
    kinds = chosen_rows(table, attribute="kind", group="(all)", measure="words")
    most = {name: share_interval(sums_of([words] * 8, [100] * 8))[1]
            for name, words in {"politician": 90, "citizen": 60, "unknown": 50}.items()}  # fmt: skip
    assert kinds["most"].to_dict() == pytest.approx(most)
    assert chosen_rows(table, attribute="kind", group="(all)", measure="direct")["most"].isna().all()
    few = share_tables(ROWS, GROUPS, KNOWN, resamples=20)["source_shares"]
    assert few["most"].isna().all()


def test_most_is_not_below_the_upper_end_without_the_unknown():
    """Two of 40 documents quote citizens alone; with a little that is unknown in each, all documents are more alike."""
    rows = [(f"d{n}", kind, None, words, 0, False, False) for n in range(40) for kind, words in
            (("citizen" if n < 2 else "politician", 95), ("unknown", 5))]  # fmt: skip
    groups = pd.Series({f"d{n}": "Globe" for n in range(40)})
    table = share_tables(quotes(*rows), groups, KNOWN, resamples=20)["source_shares"]
    table = table[(table["measure"] == "words") & (table["attribute"] == "kind")]
    assert (table["most"] >= table["hi"]).all()
    citizen = chosen_rows(table, attribute="kind", group="(all)", measure="words").loc["citizen"]
    assert share_interval(sums_of([100.0] * 2 + [5.0] * 38, [100.0] * 40))[1] < citizen["hi"] == citizen["most"]


def test_diversity():
    """Two kinds with equal words are two, whatever is unknown."""
    rows = quotes(
        ("a", "politician", None, 1, 0, True, True),
        ("a", "citizen", None, 1, 0, False, True),
        ("a", "unknown", None, 6, 0, False, True),
    )
    table = share_tables(rows, pd.Series({"a": ""}), KNOWN, resamples=50)["source_diversity"]
    kinds = table[table["attribute"] == "kind"].iloc[0]
    assert (kinds["n_values"], kinds["estimate"], kinds["evenness"], kinds["unknown"]) == (2, 2.0, 1.0, 0.75)
    gender = table[table["attribute"] == "gender"].iloc[0]
    assert (gender["n_values"], gender["unknown"]) == (0, 1.0) and math.isnan(gender["estimate"])


@pytest.mark.parametrize("kinds", [("politician",), ("politician", "citizen", "expert")])
def test_diversity_has_no_interval_where_all_documents_are_alike(kinds):
    """All samples agree, but for the rounding of entropies."""
    rows = [(f"d{n}", kind, None, 1, 0, True, True) for n in range(8) for kind in (*kinds, "unknown")]
    groups = pd.Series({f"d{n}": "" for n in range(8)})
    table = share_tables(quotes(*rows), groups, KNOWN, resamples=20)["source_diversity"]
    row = table[table["attribute"] == "kind"].iloc[0]
    assert row["estimate"] == pytest.approx(len(kinds)) and math.isnan(row["lo"]) and math.isnan(row["hi"])


def test_a_contrast_takes_enough_documents_with_the_total_on_either_side():
    """Six documents a group, of which two of the second have a cue."""
    rows = [(f"{group}{n}", "citizen", None, 1, 0, True, True) for group in ("Globe", "Post") for n in range(6)]
    groups = pd.Series({doc_id: doc_id[:-1] for doc_id, *_ in rows})
    stances = ["neutral", "doubting"] * 4 + [""] * 4
    table = share_tables(quotes(*rows, stances=stances), groups, KNOWN, resamples=20)["source_contrasts"]
    citizens = chosen_rows(table, attribute="kind").loc["citizen"].set_index("measure")
    assert citizens.loc["words", "method"].startswith("MOVER") and citizens.loc["neutral", "method"] == TOO_FEW


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
    assert (row["n_documents"], row["n_documents_other"]) == (10, 200)
    # In three of five deals the ten documents have no case, as here.
    assert row["p"] == 1 and row["lo"] < row["estimate"] < 0 < row["hi"] < 0.4


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


def of_groups(random, *, documents=30):
    """Return attributions of two groups that differ clearly in their kinds of sources, and the groups."""
    parts = [simulated(documents, share, random, group=group) for share, group in ((0.9, "Globe"), (0.1, "Post"))]
    return [row for rows, _ in parts for row in rows], pd.Series(
        {name: group for _, of in parts for name, group in of.items()}
    )


def test_a_column_that_nobody_filled_in_or_that_repeats_another_adds_no_finding():
    rows, groups = of_groups(np.random.default_rng(6))
    with_rows = [(doc_id, kind, 2 if kind == "politician" else 3, *rest) for doc_id, kind, _, *rest in rows]
    alone = share_tables(quotes(*with_rows), groups, parse_known("", b"name\nAnn\nBo\n"))["source_contrasts"]
    known = parse_known("", b"name,gender,party,category,again\nAnn,,,p,p\nBo,,,c,c\n")
    table = share_tables(quotes(*with_rows), groups, known)["source_contrasts"]
    tested = table[table["q"].notna()]
    assert set(tested["attribute"]) == {"kind"} and not set(table["attribute"]) & {"gender", "party"}
    pd.testing.assert_frame_equal(table[table["attribute"] == "kind"].reset_index(drop=True), alone)
    assert (alone["q"] < 0.05).sum() >= 2


def test_the_known_and_the_unknown_of_an_attribute_are_one_finding():
    rows, groups = of_groups(np.random.default_rng(7))
    with_rows = [(doc_id, "expert", 2 if kind == "politician" else None, *rest) for doc_id, kind, _, *rest in rows]
    table = share_tables(quotes(*with_rows), groups, parse_known("", b"name,party\nAnn,Greens\n"))["source_contrasts"]
    assert chosen_rows(table, attribute="party", measure="words").index.tolist() == ["Greens"]
    assert chosen_rows(table, attribute="party", measure="words").loc["Greens", "q"] < 0.001


def test_all_comparisons_of_the_table_are_corrected_as_one_family():
    rows, groups = of_groups(np.random.default_rng(7))
    with_rows = [(doc_id, kind, 2 + at % 2, *rest) for at, (doc_id, kind, _, *rest) in enumerate(rows)]
    table = share_tables(quotes(*with_rows), groups, parse_known("", b"name,party\nAnn,p\nBo,q\n"))["source_contrasts"]
    tested = table.dropna(subset=["p"])
    assert set(tested["attribute"]) == {"kind", "party"}
    assert tested["q"].tolist() == pytest.approx(benjamini_hochberg(tested["p"].to_numpy()).tolist())


def test_an_interval_holds_0_just_where_the_difference_may_be_chance():
    random = np.random.default_rng(9)
    tables = []
    for share in (0.1, 0.2, 0.3, 0.5):
        parts = [simulated(n, each, random, group=f"{share}{n}") for n, each in ((8, share), (12, 0.1), (40, 0.05))]
        groups = pd.Series({name: group for _, of in parts for name, group in of.items()})
        rows = sorted(row for part, _ in parts for row in part)
        tables.append(share_tables(quotes(*rows), groups.sort_index(), KNOWN)["source_contrasts"])
    table = pd.concat(tables).dropna(subset=["p"])
    holds = (table["lo"] <= 0) & (table["hi"] >= 0)
    assert (holds == (table["p"] >= 0.05)).all() and 0 < holds.sum() < len(table)


def test_no_case_seen_leaves_room_for_one():
    rows, groups = of_groups(np.random.default_rng(4))
    rows = [(doc_id, "expert" if kind == "citizen" and doc_id.startswith("Post") else "politician", *rest)
            for doc_id, kind, *rest in rows]  # fmt: skip
    table = share_tables(quotes(*rows), groups, KNOWN)["source_shares"]
    none = chosen_rows(table, group="Globe", measure="words", attribute="kind").loc["expert"]
    assert (none["n"], none["lo"]) == (0, 0) and 0.05 < none["hi"] < 0.2
