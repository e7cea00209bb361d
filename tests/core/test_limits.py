"""Files that are too large are known by their size, named with the limit, and never read."""

import errno
import os
from contextlib import nullcontext
from pathlib import Path
from unittest.mock import Mock

import pytest

from scripts.core import limits
from scripts.core.limits import Budget, LimitError, check_entries, read_bounded


def sparse(path: Path, megabytes: int) -> Path:
    """Make a file of so many megabytes that takes no room on the disk."""
    with path.open("wb") as file:
        file.truncate(megabytes * 1_000_000)
    return path


def test_a_file_beyond_the_limit_is_refused_before_it_is_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = sparse(tmp_path / "sources.csv", 3_000)
    monkeypatch.setattr(Path, "open", lambda *_: pytest.fail("it was opened"))
    with pytest.raises(LimitError, match="It has 3,000 MB; the limit for a file is 100 MB"):
        Budget().read(file)


def test_files_of_a_run_have_a_limit_together_and_each_counts_once(tmp_path: Path) -> None:
    first, second, small = sparse(tmp_path / "a", 1), sparse(tmp_path / "b", 1), tmp_path / "c"
    small.write_bytes(b"c")
    budget = Budget(largest=1, most=1)
    assert len(budget.read(first)) == len(budget.read(first)) == 1_000_000
    assert [*budget.read_all([second, first, small])] == [first]
    assert [*budget.left_out] == [str(second), str(small)]
    reason = budget.left_out[str(second)]
    assert "the limit for a run is 1 MB" in reason and "most_megabytes" in reason


def test_a_file_that_is_gone_is_left_out_with_the_reason(tmp_path: Path) -> None:
    budget = Budget()
    assert budget.read_all([tmp_path / "gone.csv"]) == {}
    reason = "It cannot be read (No such file or directory). Check its permissions and the disk."
    assert budget.left_out == {str(tmp_path / "gone.csv"): reason}


@pytest.mark.parametrize(("number", "is_used_up"), [(errno.EIO, False), (errno.ENFILE, True)])
def test_a_machine_that_opens_no_file_is_no_fault_of_each(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, *, is_used_up: bool
) -> None:
    (tmp_path / "a.csv").write_bytes(b"a")
    monkeypatch.setattr(limits, "read_bounded", Mock(side_effect=OSError(number, "planted")))
    budget = Budget()
    with pytest.raises(OSError, match="planted") if is_used_up else nullcontext():
        assert budget.read_all([tmp_path / "a.csv"]) == {} and "planted" in budget.left_out[str(tmp_path / "a.csv")]


def test_a_file_that_says_it_is_empty_is_read_no_further_than_that() -> None:
    endless = Path("/proc/self/environ")  # its size is 0, whatever it holds
    if not endless.exists() or not os.environ:
        pytest.skip("there is no such file here")
    with pytest.raises(LimitError, match="more than 0 bytes"):
        read_bounded(endless, 0)


def test_an_archive_with_too_many_entries_is_not_even_listed() -> None:
    check_entries(b"PK\x01\x02" * 200_000)
    with pytest.raises(LimitError, match="200,001 entries; the limit is 200,000"):
        check_entries(b"PK\x01\x02" * 200_001)
