"""Costs of the jobs of the corpus are written, read and drawn."""

import re
from pathlib import Path

import pytest

from benchmarks.corpus_jobs import MILLION, Cost, line_through, of_groups, read_costs, write_costs
from benchmarks.memory_chart import draw
from scripts.report.figures.drawing import figure_style

COSTS = {
    "grows": {1000: Cost(100, 1.5, 2, 0), 10_000: Cost(190, 9, 9, 0)},
    "falls": {1000: Cost(300, 1, 1, 0), 10_000: Cost(200, 1, 1, 1)},
    "once": {1000: Cost(100, 1, 1, 0)},
}


@pytest.mark.parametrize(("job", "megabytes"), [("grows", 10_090), ("falls", 200)])
def test_the_line_goes_through_the_two_largest_numbers_and_never_falls(job: str, megabytes: float) -> None:
    assert line_through({**COSTS[job], 10: Cost(9999, 1, 1, 0)}, MILLION) == megabytes


def test_where_batches_are_in_groups_their_tokens_are_joined_already() -> None:
    job = "python -m scripts.core.launch scripts.core.tables sentences tokens entities --grouped --batches r/batches"
    expected = job.replace(" tokens", "").replace("--grouped", "--grouped tokens")
    assert of_groups(job, Path("r")) == expected


def test_costs_are_read_as_they_were_written(tmp_path: Path) -> None:
    write_costs(tmp_path / "costs.json", COSTS)
    assert read_costs(tmp_path / "costs.json") == COSTS


def test_the_chart_names_the_jobs_and_has_the_same_bytes_each_time(tmp_path: Path) -> None:
    for name in ("a.svg", "b.svg"):
        with figure_style():
            draw(COSTS).savefig(tmp_path / name, metadata={"Date": None, "Creator": None})
    svg = (tmp_path / "a.svg").read_text(encoding="utf-8")
    assert svg == (tmp_path / "b.svg").read_text(encoding="utf-8")
    assert re.findall(r">([\d.]+  \w+)<", svg) == ["10.1  grows", "0.2  falls"]
