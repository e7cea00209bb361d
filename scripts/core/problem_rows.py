"""Rows of the table problems: each says what is wrong with a document or a user's file, and what to do."""

from scripts.core.types import Row


def problem_row(
    seed: str, stage: str, code: str, message: str, *, severity: str = "warning", offset: int | None = None
) -> Row:
    """Return a row of problems; `severity` is error, warning or note, `offset` a byte offset in the file."""
    return {"seed": seed, "stage": stage, "severity": severity, "code": code, "message": message, "offset": offset}
