"""The texts in a file, as every reader of a format yields them, and the guard around parsers."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import NamedTuple

from scripts.core.faults import is_fault
from scripts.documents.metadata import Metadata
from scripts.documents.problems import Problem, UnreadableError
from scripts.documents.settings import Settings


class Raw(NamedTuple):
    """One text as a file has it. `part` names it within the file ("" where the file is the text, "#12" for a row)."""

    part: str
    text: str
    metadata: Metadata
    encoding: str
    problems: list[Problem]


# A reader takes a file's name, its bytes and the settings. Texts that cannot be read are Problems among the others.
Reader = Callable[[str, bytes, Settings], Iterator[Raw | Problem]]


@contextmanager
def parsing(kind: str) -> Iterator[None]:
    """Turn any exception of a parser on a broken or hostile file into an UnreadableError.

    Errors of the machine and of what is installed stay as they are (`is_fault`): the file has no part in them.
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
