"""Tests that tell faults of the machine or the installation from those of a document or a single file."""

import errno

# Errors that would occur with any file: memory, disk space or the number of open files is used up.
_USED_UP = {
    getattr(errno, name)
    for name in ("EAGAIN", "EDQUOT", "EMFILE", "ENFILE", "ENOBUFS", "ENOMEM", "ENOSPC")
    if hasattr(errno, name)
}
# Errors that a file name or a number in a hostile document can cause.
_OF_A_NAME = {errno.EINVAL, errno.EISDIR, errno.ELOOP, errno.ENAMETOOLONG, errno.ENOENT, errno.ENOTDIR, errno.EOVERFLOW}


def is_used_up(error: OSError) -> bool:
    """Return True if memory, disk space or the number of open files is used up."""
    return error.errno in _USED_UP


def is_fault(error: BaseException) -> bool:
    """Return True for an error that cannot come from the bytes of a document that is read from memory.

    A damaged archive raises OSError too, but without an errno.
    """
    if isinstance(error, OSError):
        return error.errno is not None and error.errno not in _OF_A_NAME
    return isinstance(error, (MemoryError, ImportError))
