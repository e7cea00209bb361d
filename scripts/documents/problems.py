"""Problems: rows of the table `problems`, about seeds that cannot be read or were changed in reading."""

from typing import NamedTuple


class Problem(NamedTuple):
    """One row: `severity` is error (the text is left out), warning (it is used, as the message says) or note.

    `offset` is a byte offset in the seed file, if known; `part` names the row or member concerned.
    """

    severity: str
    code: str
    message: str
    offset: int | None = None
    part: str = ""


class UnreadableError(ValueError):
    """Raised where a seed yields no text at all; carries the row to write."""

    def __init__(self, code: str, message: str, offset: int | None = None) -> None:
        super().__init__(message)
        self.problem = Problem("error", code, message, offset)
