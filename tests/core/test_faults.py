"""Errors of the machine are told from those of a document or of one file."""

import errno
import gzip

import pytest

from scripts.core.faults import is_fault, is_used_up


@pytest.mark.parametrize(
    ("error", "fault", "used_up"),
    [
        (OSError(errno.ENOSPC, ""), True, True),
        (OSError(errno.EMFILE, ""), True, True),
        (OSError(errno.EIO, ""), True, False),
        (PermissionError(errno.EACCES, ""), True, False),
        (FileNotFoundError(errno.ENOENT, ""), False, False),
        (OSError(errno.ENAMETOOLONG, ""), False, False),
        (gzip.BadGzipFile("not a gzipped file"), False, False),
    ],
)
def test_errors_of_the_system(error, fault, used_up):
    assert (is_fault(error), is_used_up(error)) == (fault, used_up)


def test_other_errors():
    assert is_fault(MemoryError()) and is_fault(ModuleNotFoundError("x"))
    assert not is_fault(ValueError("x"))
