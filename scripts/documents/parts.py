"""The type of the texts that all readers yield, and the guard around parsers."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import NamedTuple

from scripts.core.faults import is_fault
from scripts.documents.metadata import Metadata
from scripts.documents.problems import Problem, UnreadableError
from scripts.documents.settings import Settings


class Raw(NamedTuple):
    """One text as read from a file; `part` names it within the file ("" if it is the only text, "#12" for a row)."""

    part: str
    text: str
    metadata: Metadata
    encoding: str
    problems: list[Problem]


# A reader takes a file's name, its bytes and the settings. It yields a Problem for each text that cannot be read.
Reader = Callable[[str, bytes, Settings], Iterator[Raw | Problem]]


@contextmanager
def parsing(kind: str) -> Iterator[None]:
    """Turn any exception of a parser on a broken or hostile file into an UnreadableError.

    Errors of the machine and of installed software pass unchanged (`is_fault`): the file is not to blame for them.
    """
    try:
        yield
    except UnreadableError:
        raise
    except Exception as error:
        if is_fault(error):
            raise
        reason = f"{type(error).__name__}: {error}"[:200]
        message = f"This {kind} cannot be read ({reason}). Save it again, or as plain text (.txt)."
        raise UnreadableError("broken", message) from error
