"""A document that makes a step fail is left out of that step and named in the problems; the step goes on without it."""

import re
import sys
import traceback
from collections.abc import Callable, Collection, Sequence
from pathlib import Path
from typing import TypeVar

import pyarrow as pa
import pyarrow.compute as pc

from scripts.core.expressions import RunawayError
from scripts.core.storage import ROOT, rows_to_table
from scripts.core.visible import shortened

# The steps that look at one document at a time: the severity of a failure, and what the document then lacks.
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
}
_ADDRESS = re.compile(r"\b0x[0-9a-f]+")

Result = TypeVar("Result")


def _place(error: Exception) -> str:
    """Return the file and line of the project's own code where an exception was raised."""
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename != __file__]
    own = [frame for frame in frames if Path(frame.filename).is_relative_to(ROOT / "scripts")]
    frame = (own or frames)[-1]
    path = Path(frame.filename)
    return f"{path.relative_to(ROOT).as_posix() if own else path.name}, line {frame.lineno}"


def _problem(step: str, doc_id: str, error: Exception) -> dict[str, str | None]:
    """Return the row of `problems` about a document that a step cannot take; the same error makes the same row."""
    severity, loss = STEPS[step]
    reason = shortened(_ADDRESS.sub("0x...", f"{type(error).__name__}: {error}"), 300)
    message = (
        f"The step {step} failed on it, so {loss}. This is a fault of the program ({reason}; {_place(error)}): please "
        f"report it, with the traceback that is in logs/{step}."
    )
    return {"seed": doc_id, "stage": step, "severity": severity, "code": "failed", "message": message, "offset": None}


def guarded(step: str, doc_ids: Sequence[str], analyse: Callable[[frozenset[str]], Result]) -> tuple[Result, pa.Table]:
    """Return the result of a step on the documents that it can take, and the table `problems` about the others.

    `analyse` gets the doc_ids of the documents to take. It is called once, with all. If that raises, each document is
    tried alone, and the rest together; the tracebacks of those that fail go to standard error, the log of the step.

    Raises RunawayError, which tells of a setting and not of a document, and what `analyse` raises without documents,
    or on documents that it can take one by one.
    """
    try:
        return analyse(frozenset(doc_ids)), rows_to_table("problems", [])
    except RunawayError:
        raise
    except Exception:
        analyse(frozenset())  # a fault of the settings or of the program at large is not one of each document
    problems = []
    for doc_id in doc_ids:
        try:
            analyse(frozenset([doc_id]))
        except RunawayError:
            raise
        except Exception as error:
            print(f"{step}: {doc_id}", file=sys.stderr)
            traceback.print_exc()
            problems.append(_problem(step, doc_id, error))
    rest = frozenset(doc_ids) - {row["seed"] for row in problems}
    return analyse(rest), rows_to_table("problems", problems)


def rows_of(chosen: Collection[str], table: pa.Table, *parallel: pa.Table) -> list[pa.Table]:
    """Return the rows of the chosen documents in a table with doc_id, and in tables that go with it row by row."""
    rows = pc.is_in(table["doc_id"], pa.array(sorted(chosen), pa.string()))
    return [each.filter(rows) for each in (table, *parallel)]
