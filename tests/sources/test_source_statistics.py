"""Statistics of sources in one set of documents or two: intervals, bounds, diversity, differences."""

import math

import numpy as np
import pandas as pd
import pytest

from scripts.maths.bootstrap import OVER_DOCUMENTS
from scripts.maths.intervals import TOO_FEW
from scripts.sources.known_sources import parse_known
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
        assert row["method"] == OVER_DOCUMENTS
        inside += row["lo"] <= 0.3 <= row["hi"]
    assert inside >= 52  # 57 are expected; with 95 % intervals fewer than 52 come about once in 100 times


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


def test_diversity_does_not_vary_where_all_documents_are_alike():
    rows = [(f"d{n}", kind, None, 1, 0, True, True) for n in range(8) for kind in ("politician", "citizen", "unknown")]
    groups = pd.Series({f"d{n}": "" for n in range(8)})
    table = share_tables(quotes(*rows), groups, KNOWN, resamples=20)["source_diversity"]
    kinds = table[table["attribute"] == "kind"].iloc[0]
    assert (kinds["estimate"], kinds["lo"], kinds["hi"]) == (2, 2, 2)


def test_a_contrast_takes_enough_documents_with_the_total_on_either_side():
    """Six documents a group, of which two of the second have a cue."""
    rows = [(f"{group}{n}", "citizen", None, 1, 0, True, True) for group in ("Globe", "Post") for n in range(6)]
    groups = pd.Series({doc_id: doc_id[:-1] for doc_id, *_ in rows})
    stances = ["neutral", "doubting"] * 4 + [""] * 4
    table = share_tables(quotes(*rows, stances=stances), groups, KNOWN, resamples=20)["source_contrasts"]
    citizens = chosen_rows(table, attribute="kind").loc["citizen"].set_index("measure")
    assert citizens.loc["words", "method"] == OVER_DOCUMENTS and citizens.loc["neutral", "method"] == TOO_FEW


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
