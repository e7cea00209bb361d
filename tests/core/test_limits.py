"""Files that are too large are known by their size, named with the limit, and never read."""

import os
from pathlib import Path

import pytest

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
    assert budget.read_or_leave(second) is budget.read_or_leave(small) is None
    assert [name for name, _ in budget.left_out] == [str(second), str(small)]
    assert "the limit for a run is 1 MB" in budget.left_out[0].reason and "most_megabytes" in budget.left_out[0].reason


def test_a_file_that_is_gone_is_left_out_with_the_reason(tmp_path: Path) -> None:
    budget = Budget()
    assert budget.read_or_leave(tmp_path / "gone.csv") is None
    assert "No such file" in budget.left_out[0].reason


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
