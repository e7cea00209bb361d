"""The process that runs third-party parsers: `python -m scripts.documents.worker`, started by isolated.py.

A request on standard input is a line of JSON followed by the bytes of the file. The answer on standard output is two
lines: READY once the parser is imported, and then JSON. The process ends with its input. Time and memory are limited
per request where the operating system can do that; elsewhere the calling process watches the clock.
"""

import importlib
import json
import math
import os
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import asdict
from functools import cache
from typing import Any

from scripts.core.faults import is_fault
from scripts.documents.parts import Raw
from scripts.documents.problems import Problem, UnreadableError
from scripts.documents.samples import sample_file
from scripts.documents.settings import Settings

_MEGABYTES = 2_000  # of memory, for the parser and the file
READY = b"ready\n"
# Codes of problems that may be due to the file or to a broken parser.
_OF_A_PARSER = ("broken", "no-text")
_TOO_LARGE = Problem("error", "too-large", "Reading it takes more memory than there is. Save it as plain text (.txt).")


# A parser that can be isolated: it takes a file's name, bytes and settings, and returns all of its texts at once.
Parser = Callable[[str, bytes, Settings], list[Raw | Problem]]


def request(reader: str, package: str, name: str, data: bytes, settings: Settings) -> bytes:
    """Return a request to read a file with `reader`, "module:function", which needs an optional `package`."""
    about = {"reader": reader, "package": package, "name": name, "size": len(data), "settings": asdict(settings)}
    return json.dumps(about).encode("ascii") + b"\n" + data


def parse_answer(line: bytes) -> list[Raw | Problem] | Problem | ChildProcessError:
    """Return the texts and problems in an answer, the one problem that left no text, or a fault.

    A fault is one of the machine or of installed software.
    """
    answer = json.loads(line)
    if "fault" in answer:
        return ChildProcessError(answer["fault"])
    if "problem" in answer:
        return Problem(*answer["problem"])
    entries: list[Raw | Problem] = []
    for kind, values in answer["entries"]:
        if kind == "Problem":
            entries.append(Problem(*values))
        else:
            raw = Raw(*values)
            entries.append(raw._replace(problems=[Problem(*problem) for problem in raw.problems]))
    return entries


def _bound(seconds: int) -> None:
    """Bound the memory of this process and its CPU time from now on; lower limits of the system stay in force."""
    try:
        import resource
    except ImportError:  # Windows
        return
    bounds = {
        resource.RLIMIT_CPU: math.ceil(time.process_time()) + seconds,
        resource.RLIMIT_DATA: _MEGABYTES * 1_000_000,
        resource.RLIMIT_CORE: 0,
    }
    for limit, most in bounds.items():
        hard = resource.getrlimit(limit)[1]
        with suppress(ValueError):  # macOS takes no limit on memory that is below what the process has mapped
            resource.setrlimit(limit, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))


def _line(answer: Mapping[str, object]) -> bytes:
    return json.dumps(answer).encode("ascii") + b"\n"


def _fault(error: Exception) -> bytes:
    """Return the answer that reports a fault of the machine or of installed software."""
    return _line({"fault": f"{type(error).__name__}: {error}"})


@cache
def _sample_fault(package: str, reader: Parser) -> str:
    """Return why a parser cannot read this project's own sample file (`samples`), "" if it can."""
    try:
        data = sample_file(package)
        return "" if data is None or reader("sample", data, Settings()) else f"{package} reads nothing"
    except Exception as error:
        if is_fault(error):
            raise
        return f"{package} cannot read a file of this project either: {error}"


def _answers(about: Mapping[str, Any], data: bytes) -> Iterator[bytes]:
    """Yield the answer to a request: READY, then JSON with the texts, the problem that left none, or a fault."""
    module, function = about["reader"].split(":")
    try:
        importlib.import_module(about["package"])  # before its time is counted
        reader = getattr(importlib.import_module(module), function).__wrapped__
    except Exception as error:
        yield _fault(error)
        return
    settings = Settings(**about["settings"])
    yield READY
    _bound(settings.longest_seconds)
    begin = time.process_time()
    try:
        entries = reader(about["name"], data, settings)
        if sum(len(entry.text) for entry in entries if isinstance(entry, Raw)) > settings.largest:
            message = f"It has more than {settings.largest_megabytes} million characters of text. Split it"
            raise UnreadableError("too-large", f"{message}, or raise `largest_megabytes`.")
        yield _line({"entries": [(type(entry).__name__, entry) for entry in entries]})
    except UnreadableError as error:
        seconds = int(time.process_time() - begin)
        fault = _sample_fault(about["package"], reader) if error.problem.code in _OF_A_PARSER else ""
        yield _line({"fault": fault} if fault else {"problem": error.problem, "seconds": seconds})
    except MemoryError:  # raised at the limit on memory
        yield _line({"problem": _TOO_LARGE, "seconds": int(time.process_time() - begin)})
    except (OSError, ImportError) as error:
        if not is_fault(error):
            raise
        yield _fault(error)


def main() -> None:
    """Answer requests until the input ends."""
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # a parser that prints must not spoil an answer
    while line := sys.stdin.buffer.readline():
        about = json.loads(line)
        for line in _answers(about, sys.stdin.buffer.read(about["size"])):
            answers.write(line)
            answers.flush()


if __name__ == "__main__":
    main()
