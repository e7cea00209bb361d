"""The shipped population of numbers, and the simulation of reviewed samples of it."""

import numpy as np
import pandas as pd
import pytest

from benchmarks.review import (
    SPEAKERS,
    all_numbers,
    example,
    plan,
    read_population,
    simulate,
    speaker_numbers,
)
from scripts.core.storage import ROOT

POPULATION = ROOT / "benchmarks" / "data" / "review_population.csv"


@pytest.fixture(scope="module")
def units() -> pd.DataFrame:
    return read_population(POPULATION)


def test_the_shipped_population_is_whole(units) -> None:
    every = speaker_numbers(units)
    assert every.y.sum() == every.x.sum() > 0
    assert every.truth.argsort().tolist() == [*range(SPEAKERS)][::-1]
    strata = plan(units, 200)
    assert sum(len(stratum.units) for stratum in strata) == len(units)
    assert sum(stratum.drawn for stratum in strata) == 200
    assert len(example(units, 200).splitlines()) == SPEAKERS + 8


def test_all_shares_by_hand(units) -> None:
    speakers, direct, kinds, *frames = all_numbers(units)
    cells = [cell.split(":") for column in ("right", "missed") for row in units[column] for cell in row.split()]
    words, quoted = (np.array([int(cell[at]) for cell in cells]) for at in (0, 1))
    of_first = [cell for cell in cells if cell[4] == "1"]
    answered = units.loc[units["answered"] == 1, "right"].str.split(":").str[0].astype(int).sum()
    missed = sum(
        int(cell.split(":")[0]) for row in units["missed"] for cell in row.split() if cell.split(":")[4] == "1"
    )
    assert speakers.y[:, 0].sum() == answered + missed
    named = words[[cell[4] != "0" for cell in cells]].sum()
    assert speakers.truth[0] == pytest.approx(sum(int(cell[0]) for cell in of_first) / named)
    assert speakers.machine_y[:, 0].sum() == units.loc[units["machine"] == 1, "words"].sum()
    assert direct.y[:, 0].sum() == quoted.sum() and direct.x.sum() == kinds.x.sum() == words.sum()
    assert (np.diff(kinds.truth) <= 0).all()
    assert frames[0].x.sum() == sum(int(cell[2]) for cell in of_first)
    assert frames[0].y.sum() == sum(len([at for at in cell[3].split(".") if at]) for cell in of_first)


def test_intervals_of_samples_hold_the_truth(units) -> None:
    results = simulate(all_numbers(units)[:3], units, 200, samples=25)
    for result in results:
        assert result.covered().shape[:2] == (25, 2)
        assert 0.86 < result.covered()[:, 1].mean() <= 1
    width_alone, width = results[0].width.mean(axis=(0, 2))
    assert width < 0.85 * width_alone
