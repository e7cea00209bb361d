"""Corrected shares of the corpus and of groups."""

import numpy as np
import pandas as pd
import pytest

from scripts.framing.corrected import corrected
from scripts.framing.machine_codes import MachineCodes, dictionary, folds_of
from scripts.framing.units import make_units
from tests.framing.made import N, coded_units, sentence_units, truth


def table_of(coded, scheme, units):
    return corrected(coded, scheme, units, dictionary(units, coded, folds_of(units, coded)))


def test_corrected_share_is_that_of_the_coders(used):
    units = sentence_units(used[0])
    codes = [list(truth(at).values()) if at % 3 else [np.nan, np.nan] for at in range(N)]
    row = table_of(coded_units(units, codes), used[0], units).set_index("frame").loc["a"]
    assert (row["machine"], row["unit"], row["n_units"], row["machine_codes"]) == (0.25, "sentence", N, "dictionary")
    assert row["lo"] <= 0.125 <= row["hi"]
    assert row["estimate"] == pytest.approx(0.125, abs=0.05)


def test_more_codes_are_asked_for_until_the_interval_is_narrow(used):
    units = sentence_units(used[0])
    few, many = (
        table_of(coded_units(units, [list(truth(at).values()) if at % step == 0 else [np.nan] * 2 for at in range(N)]),
                 used[0], units).set_index("frame").loc["a"]
        for step in (7, 1)
    )  # fmt: skip
    assert few["hi"] - few["lo"] > 0.1 and 0 < few["more"] <= N - few["n"]
    assert many["more"] == 0


def test_without_values_of_the_machine_the_codes_of_people_stand_alone(used):
    units = sentence_units(used[0])
    coded = coded_units(units, [list(truth(at).values()) if at % 3 else [np.nan] * 2 for at in range(N)])
    never, unknown = (
        corrected(coded, used[0], units, MachineCodes(["m"] * 2, value * coded.agreed(), value * units.hits))
        for value in (0.0, np.nan)
    )
    assert never[["estimate", "lo", "hi", "power"]].equals(unknown[["estimate", "lo", "hi", "power"]])
    assert unknown["machine"].isna().all() and set(unknown["machine_codes"]) == {""}


def test_a_design_that_cannot_be_used_is_said_in_every_row(used):
    units = sentence_units(used[0])
    coded = coded_units(units, [list(truth(at).values()) for at in range(N)], flaw="documents came or went")
    table = table_of(coded, used[0], units)
    assert table[["estimate", "lo", "hi", "more"]].isna().all(axis=None)
    assert set(table["method"]) == {"not estimable: documents came or went"}


def test_groups_are_corrected_apart(used):
    """Outlet A is coded as the machine codes it, in B the machine is wrong every time; of C nothing is coded.

    D has two sentences, and both are coded.
    """
    sizes = {"a": 50, "b": 50, "c": 50, "d": 2}
    texts = pd.DataFrame([(doc_id, at, "Text.") for doc_id, size in sizes.items() for at in range(size)])
    texts.columns = ["doc_id", "sentence", "text"]
    cues = pd.DataFrame([(doc_id, at, "test", "a") for doc_id in "ab" for at in range(1, 50, 2)])
    cues.columns = ["doc_id", "sentence", "scheme", "frame"]
    groups = pd.DataFrame({"doc_id": list("abcd"), "group": list("ABCD")})
    units = make_units(texts, groups, cues, used[0], kind="sentence")
    machine = (units.hits > 0).astype(float)
    human = np.full((152, 2), np.nan)
    human[:20], human[50:70], human[150:] = machine[:20], 1 - machine[50:70], 0
    strata = np.repeat([0, 1, 0, 2], [*sizes.values()])
    table = table_of(coded_units(units, human, stratum=strata), used[0], units).set_index(["group", "frame"])
    assert list(table.index.get_level_values("group").unique()) == ["(all)", "A", "B", "C", "D"]
    # A code of B stands for half as many sentences as one of A.
    assert table.loc[("(all)", "b"), "human"] == pytest.approx(50 / 152)
    assert table.loc[("A", "b"), ["human", "n", "n_units"]].tolist() == [0, 20, 50]
    assert table.loc[("B", "b"), "human"] == 1
    assert table.loc[("D", "b"), ["n", "estimate"]].tolist() == [2, 0]
    assert table["machine"].xs("a", level="frame").tolist() == pytest.approx([50 / 152, 0.5, 0.5, 0, 0])
    assert table.loc[("C", "a"), "method"] == "not estimable: fewer than 10 codes"
    assert np.isnan(table.loc["C"][["human", "estimate", "lo", "hi"]].to_numpy(float)).all()
