"""A document that makes a step fail is left out of that step and named in the problems; the step goes on without it.

A fault of the machine, of the installation or of the program as a whole is not the document's: it ends the step, so
that no output is written that would count as up to date.
"""

import re
import sys
import traceback
from collections.abc import Callable, Collection, Sequence
from functools import partial
from pathlib import Path
from typing import TypeVar

import pyarrow as pa
import pyarrow.compute as pc

from scripts.core.expressions import RunawayError
from scripts.core.problem_rows import problem_row
from scripts.core.storage import ROOT, rows_to_table
from scripts.core.types import Row
from scripts.core.visible import shortened

# The steps that take one document at a time: the severity of a failure, and what is then missing for the document.
STEPS = {
    "documents": ("error", "it is left out"),
    "tokens": ("warning", "nothing is taken from it but its metadata"),
    "parses": ("warning", "no names, quotes, frames or lemmas are taken from it"),
    "entities": ("warning", "no names are taken from it"),
    "quotes": ("warning", "no quotes are taken from it"),
    "frame_codes": ("warning", "no frames and no blame are taken from it"),
    "valence": ("warning", "its sentences have no valence"),
    "counts": ("warning", "its words are not counted"),
    "concordance": ("warning", "no terms are looked up in it"),
    "topic_hits": ("warning", "no topics are looked up in it"),
}
# Steps that run in a job named after another step.
_JOBS = {"tokens": "parses", "entities": "quotes", "valence": "quotes"}
_ADDRESS = re.compile(r"\b0x[0-9a-f]+")

_Result = TypeVar("_Result")


class ProgramError(RuntimeError):
    """A fault of the program or of the installation, which a step met on its documents; the message names it."""


def _place(error: Exception) -> str:
    """Return the file and line of the project's own code where an exception was raised."""
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename != __file__]
    own = [frame for frame in frames if Path(frame.filename).is_relative_to(ROOT / "scripts")]
    frame = (own or frames)[-1]
    path = Path(frame.filename)
    return f"{path.relative_to(ROOT).as_posix() if own else path.name}, line {frame.lineno}"


def _reason(error: Exception) -> str:
    """Return an exception and its place in one line; the same error always gives the same line."""
    return f"{shortened(_ADDRESS.sub('0x...', f'{type(error).__name__}: {error}'), 300)}; {_place(error)}"


def _ends_step(error: BaseException | None) -> bool:
    """Return True for an error of the machine, the installation or a setting, or one that such an error caused.

    `UnreadableError`, by which the documents step says what is wrong with a file, is caught before it gets here.
    """
    while error is not None:
        if isinstance(error, (OSError, MemoryError, ImportError, RunawayError)):
            return True
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return False


def _program_error(step: str, where: str, error: Exception) -> ProgramError:
    return ProgramError(
        f"The step {step} failed on {where}, so this is a fault of the program or of what is installed, not of a "
        f"document ({_reason(error)}). Nothing was written. Reinstall the project and run it again; if it fails "
        "again, please report it with this traceback."
    )


def _problem(step: str, doc_id: str, error: Exception) -> Row:
    """Return the row of `problems` about a document that a step fails on; the same error always gives the same row."""
    severity, loss = STEPS[step]
    message = (
        f"The step {step} failed on it, so {loss}. This is a fault of the program ({_reason(error)}): please report "
        f"it, with the traceback that is in logs/{_JOBS.get(step, step)}."
    )
    return problem_row(doc_id, step, "failed", message, severity=severity)


def guarded(
    step: str,
    doc_ids: Sequence[str],
    analyse: Callable[[frozenset[str]], _Result],
    *,
    sample: Callable[[], object],
    sound: int = 0,
) -> tuple[_Result, pa.Table]:
    """Return the result of a step on the documents that it can process, and the table `problems` about the others.

    `analyse` takes the doc_ids of the documents to process. It is called once with all of them. If that raises,
    `sample` runs the step on a sentence of the project's own; then each document is tried alone, and those that passed
    together. The tracebacks of failures go to standard error, which is the log of the step.

    Raises ProgramError if the step fails on that sentence, or if it fails on each of several documents with the same
    exception at the same place, and there are no `sound` documents, on which it has succeeded before. Errors of the
    machine (OSError, MemoryError), the installation (ImportError) and a setting (RunawayError) are raised unchanged; so
    is an error of `analyse` on no documents, or on documents together that passed one by one.
    """
    try:
        return analyse(frozenset(doc_ids)), rows_to_table("problems", [])
    except Exception as error:
        if _ends_step(error):
            raise
    if failure := _failure(sample):
        raise _program_error(step, "a sentence of its own", failure) from failure
    analyse(frozenset())
    problems, kinds = [], set()
    for doc_id in doc_ids:
        if failure := _failure(partial(analyse, frozenset([doc_id]))):
            print(f"{step}: {doc_id}", file=sys.stderr)
            traceback.print_exception(failure)
            problems.append(_problem(step, doc_id, failure))
            kinds.add((type(failure), _place(failure)))
    if failure and not sound and len(kinds) == 1 and 1 < len(problems) == len(doc_ids):
        raise _program_error(step, f"each of {len(doc_ids)} documents in the same way", failure) from failure
    rest = frozenset(doc_ids) - {row["seed"] for row in problems}
    return analyse(rest), rows_to_table("problems", problems)


def _failure(call: Callable[[], object]) -> Exception | None:
    """Return the exception that a call raises, or None. Raises the exception if it ends the step."""
    try:
        call()
    except Exception as error:
        if _ends_step(error):
            raise
        return error
    return None


def rows_of(chosen: Collection[str], table: pa.Table) -> pa.Table:
    """Return the rows of the chosen documents in a table with doc_id."""
    return table.filter(pc.is_in(table["doc_id"], pa.array(sorted(chosen), pa.string())))
