"""The lock on a results folder, without which two runs at once would overwrite each other's manifests.

The operating system keeps it (flock, on Windows msvcrt) and releases it when the process ends, however it ends.
"""

import errno
import os
import sys
from pathlib import Path
from typing import BinaryIO

import portalocker

# Errors of a shared file system that was mounted without locks, as sometimes on clusters.
_NO_LOCKS = (errno.ENOSYS, errno.ENOLCK, errno.EOPNOTSUPP)


class AlreadyRunning(RuntimeError):
    """Another run has locked the results folder."""


def _owner(handle: BinaryIO) -> str:
    """Return the id of the process that holds the lock, or "unknown": Windows lets nobody else read a locked file."""
    try:
        handle.seek(0)
        number = handle.read(20).strip()
        return number.decode() if number.isdigit() else "unknown"
    except PermissionError:
        return "unknown"


def lock_results(results: Path) -> BinaryIO:
    """Lock a folder for this process and return the open file, which must stay open as long as the run.

    If the file system has no locks, print a line on standard error. Raises AlreadyRunning if another process holds the
    lock.
    """
    results.mkdir(parents=True, exist_ok=True)
    handle = (results / ".lock").open("a+b")
    try:
        portalocker.lock(handle, portalocker.LockFlags.EXCLUSIVE | portalocker.LockFlags.NON_BLOCKING)
    except portalocker.AlreadyLocked:
        raise AlreadyRunning(
            f"{results}: another run is in progress here (process {_owner(handle)}). Wait until it has finished, or "
            "stop it. A run that was killed leaves no lock behind."
        ) from None
    except portalocker.LockException as error:
        cause = error.__cause__
        if not (isinstance(cause, OSError) and cause.errno in _NO_LOCKS):
            raise
        reason = f"{results}: its file system has no locks ({cause.strerror})"
        print(
            f"{reason}. Nothing prevents a second run: do not start one before this one has finished.", file=sys.stderr
        )
    handle.seek(0)
    handle.truncate()
    handle.write(b"%d\n" % os.getpid())
    handle.flush()
    return handle
