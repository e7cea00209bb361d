"""Agreement of coders and machine, confusion, and how often each term was right."""

import numpy as np
import pandas as pd
import pytest

from scripts.framing.reliability import confusion, reliability, term_precision, verdict
from tests.framing.made import N, coded_units, cues, sentence_units, truth


@pytest.fixture
def coded(used):
    """Return two coders; the second leaves out every third sentence and agrees with the first."""
    units = sentence_units(used[0])
    first = coded_units(units, [list(truth(at).values()) if at % 2 == 0 else [np.nan] * 2 for at in range(N)])
    second = np.where((first.row % 3 == 0)[:, None, None], np.nan, first.human)
    return units, first._replace(coders=["anna", "ben"], human=np.concatenate([first.human, second], axis=1))


def test_reliability_of_coders_and_machine(coded, used):
    units, codes = coded
    table = reliability(codes, used[0], (units.hits[codes.row] > 0) * 1.0).set_index(["frame", "measure"])
    assert table.loc[("a", "alpha, coders"), "estimate"] == 1
    assert table.loc[("a", "recall"), "estimate"] == 1
    assert table.loc[("b", "alpha, machine"), "estimate"] == 1
    assert table.loc[("a", "precision"), "estimate"] == pytest.approx(0.5, abs=0.2)
    assert table.loc[("a", "alpha, machine"), "lo"] < table.loc[("a", "alpha, machine"), "estimate"] < 1
    assert table.loc[("a", "alpha, coders"), "verdict"] == ".80 or more: reliable"
    assert table.loc[("a", "recall"), "verdict"] == ""


def test_a_recall_without_a_missed_frame_has_an_interval(coded, used):
    """Nobody saw the frame where the machine did not; of so many units without a cue some may have it."""
    units, codes = coded
    table = reliability(codes, used[0], (units.hits[codes.row] > 0) * 1.0).set_index(["frame", "measure"])
    for frame, measure in (("a", "recall"), ("b", "recall"), ("b", "precision"), ("b", "F1")):
        row = table.loc[(frame, measure)]
        assert row["estimate"] == row["hi"] == 1 and 0 < row["lo"] < 1
    precision, f1 = (table.loc[("a", measure)] for measure in ("precision", "F1"))
    assert precision["lo"] < precision["estimate"] < precision["hi"] < f1["hi"]
    # The 50 units without a cue stand for 1,000, of which Wilson's upper end for none in 50 may have the frame.
    has_cue = units.hits[codes.row, 0] > 0
    wide = codes._replace(stratum=has_cue.astype(int), stratum_size=np.where(has_cue, 50, 1000))
    recall = reliability(wide, used[0], (units.hits[codes.row] > 0) * 1.0).set_index(["frame", "measure"])
    assert recall.loc[("a", "recall"), "lo"] == pytest.approx(25 / (25 + 1000 * 3.8415 / (50 + 3.8415)), rel=1e-3)


def test_a_unit_on_which_coders_are_evenly_split_is_neither_of_both(coded, used):
    units, codes = coded
    codes.human[[1, 2], 1] = 1 - codes.human[[1, 2], 0]
    table = reliability(codes, used[0], (units.hits[codes.row] > 0) * 1.0).set_index(["frame", "measure"])
    assert table["n"].xs("a").to_dict() == {"alpha, coders": 66} | dict.fromkeys(
        ("alpha, machine", "precision", "recall", "F1"), 98
    )
    assert confusion(codes, used[0], np.ones((100, 2)))["split"].tolist() == [2, 2]


@pytest.mark.parametrize(
    ("alpha", "text"),
    [(0.8, ".80 or more: reliable"), (0.667, ".667 to .80: for tentative conclusions only"),
     (0.66, "below .667: not fit for conclusions"), (-0.2, "below .667: not fit for conclusions"), (np.nan, "")],
)  # fmt: skip
def test_verdict_of_krippendorff(alpha, text):
    assert verdict(alpha) == text


def test_confusion_and_term_precision(coded, used):
    units, codes = coded
    row = confusion(codes, used[0], (units.hits[codes.row] > 0) * 1.0).iloc[0]
    assert (row["both"] + row["machine_only"] + row["human_only"] + row["neither"], row["human_only"]) == (100, 0)
    # Two hits of a term in a sentence are one.
    terms = term_precision(codes, used[0], units, pd.concat([cues(), cues()])).set_index("term")
    assert terms.loc["a", "n"] == row["both"] + row["machine_only"]
    assert terms.loc["a", "estimate"] == pytest.approx(row["both"] / terms.loc["a", "n"])
    assert term_precision(codes, used[0], units, cues().head(0)).empty
