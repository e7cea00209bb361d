"""Faults of the machine and of what is installed, told from those of a document or of one file."""

import errno

# Errors that any file would meet: memory, space, or numbers of files are used up.
_USED_UP = {
    getattr(errno, name)
    for name in ("EAGAIN", "EDQUOT", "EMFILE", "ENFILE", "ENOBUFS", "ENOMEM", "ENOSPC")
    if hasattr(errno, name)
}
# Errors that a name or a number in a hostile document can cause.
_OF_A_NAME = {errno.EINVAL, errno.EISDIR, errno.ELOOP, errno.ENAMETOOLONG, errno.ENOENT, errno.ENOTDIR, errno.EOVERFLOW}


def is_used_up(error: OSError) -> bool:
    """Return True if memory, space on the disk, or files that may be open are used up."""
    return error.errno in _USED_UP


def is_fault(error: BaseException) -> bool:
    """Return True for an error that the bytes of a document, read from memory, cannot have caused.

    An error of a damaged archive is an OSError too, without a number.
    """
    if isinstance(error, OSError):
        return error.errno is not None and error.errno not in _OF_A_NAME
    return isinstance(error, (MemoryError, ImportError))
