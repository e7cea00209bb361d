"""The guard around parsers keeps what the file did, and lets through what the machine did."""

import errno

import pytest

from scripts.documents.parts import parsing
from scripts.documents.problems import UnreadableError


@pytest.mark.parametrize("error", [ValueError("odd"), RecursionError(), OSError("no image"), FileNotFoundError(2, "x")])
def test_what_a_file_does_to_a_parser_is_a_problem_of_the_file(error):
    with pytest.raises(UnreadableError) as refusal, parsing("PDF"):
        raise error
    assert refusal.value.problem.code == "broken"


@pytest.mark.parametrize(
    "error", [MemoryError(), ImportError("lxml"), OSError(errno.ENOSPC, "full"), PermissionError(errno.EACCES, "tmp")]
)
def test_what_the_machine_does_to_a_parser_is_not(error):
    with pytest.raises(type(error)), parsing("PDF"):
        raise error
