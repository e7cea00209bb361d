"""Third-party parsers in a process of their own, with bounds: a hostile file may crash or block that process alone.

The process is a fork, so that the parser is imported once; it costs 3 ms a file. Its time is CPU time, so that what is
read does not depend on what else the machine does.
"""

import json
import os
import resource
import signal
import warnings
from collections.abc import Callable, Iterator
from functools import wraps

from scripts.documents.parts import Raw, Reader, extra
from scripts.documents.problems import Problem, UnreadableError
from scripts.documents.settings import Settings

_MEGABYTES = 2_000  # of memory, for the parser and all that the process has of its parent


def _bound(what: int, most: int) -> None:
    """Lower a limit of this process; one that is lower already stays."""
    hard = resource.getrlimit(what)[1]
    most = most if hard == resource.RLIM_INFINITY else min(most, hard)
    resource.setrlimit(what, (most, hard))


def _child(work: Callable[[], Raw], pipe: int, seconds: int) -> None:
    """Do the work within the bounds and write what came of it to the pipe, as JSON."""
    _bound(resource.RLIMIT_CPU, seconds)
    signal.alarm(20 * seconds)  # on the clock, if it should wait for something that never comes
    _bound(resource.RLIMIT_DATA, _MEGABYTES * 1_000_000)
    _bound(resource.RLIMIT_CORE, 0)
    try:
        answer = {"raw": work()}
    except UnreadableError as error:
        answer = {"problem": error.problem}
    with os.fdopen(pipe, "w", encoding="ascii") as handle:
        json.dump(answer, handle)


def _run(work: Callable[[], Raw], what: str, seconds: int) -> Raw:
    read, write = os.pipe()
    with warnings.catch_warnings():
        # Python warns of the threads of Arrow and NumPy, which the child has no use for.
        warnings.simplefilter("ignore", DeprecationWarning)
        process = os.fork()
    if not process:
        code = 1
        try:
            os.close(read)
            _child(work, write, seconds)
            code = 0
        finally:
            os._exit(code)  # nothing of the parent's may be done twice: no buffers written, no handlers at the end
    os.close(write)
    with os.fdopen(read, encoding="ascii") as handle:
        answer = handle.read()
    status = os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])
    advice = "Save it as plain text (.txt)"
    if status in (-signal.SIGXCPU, -signal.SIGALRM):
        raise UnreadableError(
            "too-slow", f"This {what} takes more than {seconds} s to read. {advice}, or raise `longest_seconds`."
        )
    if status:
        raise UnreadableError("broken", f"The reader of this {what} crashed on it ({status}). {advice}.")
    found = json.loads(answer)
    if "problem" in found:
        problem = Problem(*found["problem"])
        raise UnreadableError(problem.code, problem.message, problem.offset)
    raw = Raw(*found["raw"])
    return raw._replace(problems=[Problem(*problem) for problem in raw.problems])


def isolated(module: str, what: str) -> Callable[[Callable[[str, bytes, Settings], Raw]], Reader]:
    """Make a reader of one text, which needs the optional `module`, one that is run in a process of its own.

    It raises UnreadableError if the module is not there (saying what to install), if the file takes more time
    (`longest_seconds`) or memory than it may, and if the parser crashes.
    """

    def decorate(reader: Callable[[str, bytes, Settings], Raw]) -> Reader:
        @wraps(reader)
        def read(name: str, data: bytes, settings: Settings) -> Iterator[Raw | Problem]:
            extra(module, f"a {what}")
            yield _run(lambda: reader(name, data, settings), what, settings.longest_seconds)

        return read

    return decorate
