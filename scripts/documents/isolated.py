"""Run third-party parsers in a separate process with limits: a hostile file can crash or block only that process.

One process (worker.py) reads all files of a batch, so that a parser is imported and warmed up only once. If it crashes
or runs out of memory on a file and had read others before, the file is tried once more in a new process, so that no
result depends on what else was read. Time is CPU time where the system can limit it, and wall-clock time elsewhere.

If a parser exceeds its limits on time and memory, the file is to blame. If its process cannot be started, if a package
cannot be imported or fails on this project's own sample file, or if the disk is full, the file is not to blame, and the
step ends (ChildProcessError).

All files that yield no text share `most_seconds` per run; each may use at most half of what remains.
"""

import atexit
import importlib.util
import json
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from functools import cache, wraps
from threading import Timer

from scripts.core.storage import ROOT
from scripts.documents.lost_time import add_lost, lost_seconds
from scripts.documents.parts import Raw, Reader
from scripts.documents.problems import Problem, UnreadableError
from scripts.documents.settings import Settings
from scripts.documents.worker import READY, Parser, parse_answer, request

# Wall-clock seconds allowed per second of CPU time: a parser may wait for a processor, but not for ever.
_PATIENCE = 20 if importlib.util.find_spec("resource") else 1
_LAST_SECONDS = 10  # allowed to a process that has closed its pipe
# Exit codes of a process that the system stopped for time and for memory; None where such signals do not exist.
_OUT_OF_TIME, _KILLED = (-getattr(signal, name) if hasattr(signal, name) else None for name in ("SIGXCPU", "SIGKILL"))
_ADVICE = "Save it as plain text (.txt)"


@cache
def _worker() -> subprocess.Popen[bytes]:
    """Return the parsing process, which is started when first needed."""
    command = [sys.executable, "-m", "scripts.documents.worker"]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT)
    atexit.register(_stop, process)
    return process


def _stop(process: subprocess.Popen[bytes]) -> None:
    """End a process, if it still runs, and close its pipes."""
    process.kill()
    process.wait()
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            with suppress(OSError):  # bytes that were not sent
                pipe.close()
    _worker.cache_clear()
    atexit.unregister(_stop)


def _ask(process: subprocess.Popen[bytes], question: bytes, seconds: float) -> tuple[bool, bytes]:
    """Return whether the parser began, and its answer, a line.

    The line is empty or incomplete if the process ended, or was killed after `seconds` on the clock.
    """
    assert process.stdin is not None and process.stdout is not None
    watchdog = Timer(seconds, process.kill)
    try:
        watchdog.start()
    except RuntimeError as error:  # raised if the system allows no further thread
        raise ChildProcessError(str(error)) from error
    try:
        process.stdin.write(question)
        process.stdin.flush()
        line = process.stdout.readline()
        return (True, process.stdout.readline()) if line == READY else (False, line)
    except OSError:  # the process is gone
        return False, b""
    finally:
        watchdog.cancel()


def _read(question: bytes, kind: str, seconds: int, advice: str) -> list[Raw | Problem]:
    """Return the texts of a file; raise UnreadableError if the parser reports a problem, crashes or is stopped.

    `advice` ends the message about a file that takes more than `seconds`.
    """
    while True:
        is_new = not _worker.cache_info().currsize
        process = _worker()
        begin = time.monotonic()
        began, line = _ask(process, question, seconds * _PATIENCE)
        if line.endswith(b"\n"):
            answer = parse_answer(line)
            if isinstance(answer, list):
                return answer
            if is_new and isinstance(answer, ChildProcessError):
                raise answer
            if isinstance(answer, Problem) and (is_new or answer.code != "too-large"):
                add_lost(json.loads(line).get("seconds", 0))
                raise UnreadableError(answer.code, answer.message, answer.offset)
            _stop(process)  # memory may be short because of the files before
            continue
        waited = time.monotonic() - begin
        with suppress(subprocess.TimeoutExpired):
            process.wait(_LAST_SECONDS)
        _stop(process)
        if not began and is_new:
            raise ChildProcessError(
                f"The process that reads a {kind} ended before it had imported its parser ({process.returncode}). "
                "Make sure that there is enough memory, and reinstall the optional formats (`make formats`)."
            )
        if began and (process.returncode == _OUT_OF_TIME or waited >= seconds * _PATIENCE):
            add_lost(seconds)
            raise UnreadableError("too-slow", f"This {kind} takes more than {seconds} s to read{advice}")
        if is_new:
            add_lost(min(int(waited), seconds))
            if process.returncode != _KILLED:
                message = f"The reader of this {kind} crashed on it ({process.returncode}). {_ADVICE}."
                raise UnreadableError("broken", message)
            message = (
                f"The system ended the reader of this {kind}, as it does when memory is short. {_ADVICE}, or give the "
                "run more memory: the next one tries it again."
            )
            raise UnreadableError("killed", message)


def require(package: str, kind: str) -> None:
    """Raise UnreadableError, saying what to install, if an optional package is missing."""
    if importlib.util.find_spec(package) is None:
        advice = "`make formats` in the project's folder, or pip install 'newsloom[formats]'"
        raise UnreadableError("extra", f"To read a {kind}, install the optional formats: {advice}.")


def isolated(package: str, kind: str) -> Callable[[Parser], Reader]:
    """Make a reader that needs an optional `package` run in a separate process.

    The reader must be a function at module level. It then raises UnreadableError if the package is missing (saying what
    to install), if the file takes more time (`longest_seconds`) or memory than allowed, and if the parser crashes; and
    ChildProcessError for a fault of the machine or of installed software.
    """

    def decorate(reader: Parser) -> Reader:
        @wraps(reader)
        def read(name: str, data: bytes, settings: Settings) -> Iterator[Raw | Problem]:
            require(package, kind)
            left = max(0, settings.most_seconds - lost_seconds())
            seconds = min(settings.longest_seconds, (left + 1) // 2)
            advice = f". {_ADVICE}, or raise `longest_seconds`."
            if seconds < settings.longest_seconds:
                lost = (
                    f"other files in this run that cannot be read took {lost_seconds():,} of "
                    f"{settings.most_seconds:,} s. Remove those, or raise `most_seconds`."
                )
                if not seconds:
                    raise UnreadableError("too-slow", f"This {kind} was not read: {lost}")
                advice = f", the limit for it: {lost}"
            address = f"{reader.__module__}:{reader.__qualname__}"
            question = request(address, package, name, data, replace(settings, longest_seconds=seconds))
            yield from _read(question, kind, seconds, advice)

        return read

    return decorate
