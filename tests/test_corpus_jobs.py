"""Costs of the jobs of the corpus."""

from pathlib import Path

import pytest

from benchmarks.corpus_jobs import MILLION, line_through, of_groups
from benchmarks.run import Cost

COSTS = {
    "grows": {1000: Cost(100, 1.5, 2, 0), 10_000: Cost(190, 9, 9, 0)},
    "falls": {1000: Cost(300, 1, 1, 0), 10_000: Cost(200, 1, 1, 1)},
}


@pytest.mark.parametrize(("job", "megabytes"), [("grows", 10_090), ("falls", 200)])
def test_the_line_goes_through_the_two_largest_numbers_and_never_falls(job: str, megabytes: float) -> None:
    assert line_through({**COSTS[job], 10: Cost(9999, 1, 1, 0)}, MILLION) == megabytes


def test_where_batches_are_in_groups_their_tokens_are_joined_already() -> None:
    job = "python -m scripts.core.launch scripts.core.tables --tables tokens --batches r/batches"
    expected = job.replace("--tables", "--grouped")
    assert of_groups(job, Path("r")) == expected
