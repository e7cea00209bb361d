"""The shipped population of numbers, and the simulation of reviewed samples of it."""

from benchmarks.review import SPEAKERS, example, numbers, plan, read_population, simulate
from scripts.core.storage import ROOT

POPULATION = ROOT / "benchmarks" / "data" / "review_population.csv"


def test_samples_of_the_shipped_population_hold_the_truth() -> None:
    units = read_population(POPULATION)
    every = numbers(units)
    assert every.y.sum() == every.x.sum() > 0
    assert every.y[:, :SPEAKERS].sum(axis=0).argsort().tolist() == [*range(SPEAKERS)][::-1]
    strata = plan(units, 200)
    assert sum(len(stratum.units) for stratum in strata) == len(units)
    assert sum(stratum.drawn for stratum in strata) == 200
    result = simulate(units, 200, samples=25)
    assert result["helped"] > 0.9 and result["width"] < 0.8 * result["width_alone"]
    assert len(example(units, 200).splitlines()) == SPEAKERS + 8
