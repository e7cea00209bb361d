"""Big and odd seeds through the whole pipeline: each gives a document or a row in problems, and memory is bounded."""

import pytest

from benchmarks.odd_input import kinds, measure
from tests.conftest import NEEDS_ENCODER

# Bytes of the seeds of a kind. In a longer text `encoder` only has more windows to read, at some minutes a megabyte;
# test_encoder_bounds tests that they take no more memory.
_MOST = {"light": 2_000_000, "encoder": 120_000}


@pytest.mark.slow
@pytest.mark.parametrize("reader", ["light", pytest.param("encoder", marks=NEEDS_ENCODER)])
def test_no_seed_is_lost_and_no_step_takes_a_gigabyte(reader):
    files = {
        name if name == "metadata.csv" else f"{number}/{name}": content
        for number, (_, of_kind) in enumerate(kinds(0.1))
        for name, content in of_kind.items()
        if sum(map(len, of_kind.values())) <= _MOST[reader]
    }
    measured = measure(files, reader=reader)
    assert measured.lost == []
    assert {step: memory for step, (_, memory) in measured.steps.items() if memory > 1_000} == {}
