"""Checks on the filled sheets of coders or reviewers: who filled each, copies, double answers, edited stratum sizes.

Nothing in a sheet makes the run fail. Whatever cannot be used becomes a problem with file, row and remedy, and
everything else counts.
"""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple, Protocol, TypeVar

from scripts.core.sheets import Sheet, SheetError, read_sheet
from scripts.maths.ranking import by_frequency

# Endings that operating systems add to the name of a copy: "anna (1)", "anna - Copy", "anna copy 2".
_COPY = re.compile(r"(?:\s?\(\d{1,3}\)|[\s_-]{0,3}(?<![^\W_])(?:copy|kopie|copie|copia)(?:\s?\(?\d{1,3}\)?)?)$")


class SheetProblem(NamedTuple):
    """A fault in a filled sheet: the file, the row (None: the file as a whole), a short code, and what to do."""

    sheet: str
    row: int | None
    code: str
    message: str


class Placed(Protocol):
    """A row of a filled sheet."""

    @property
    def place(self) -> tuple[str, int]:
        """Return the file of the row and its number in the file."""


_Unit = TypeVar("_Unit")
_Row = TypeVar("_Row", bound=Placed)


def read_filled_sheet(
    name: str, data: bytes, required: Iterable[str], advice: str
) -> tuple[Sheet | None, list[SheetProblem]]:
    """Return a sheet, or None if it cannot be read, and its problems; an unreadable one gets `advice` as remedy."""
    try:
        sheet = read_sheet(name, data, required=required)
    except SheetError as error:
        return None, [SheetProblem(name, None, "sheet", f"{error} {advice}")]
    return sheet, [SheetProblem(name, number or None, code, message) for number, code, message in sheet.oddities]


def letters(text: str) -> str:
    """Return the letters and digits of a text in lower case, which a spreadsheet's autocorrect does not change.

    >>> letters('"It\\'s here..." ') == letters("\\u201cIt\\u2019s here\\u2026\\u201d")
    True
    """
    return "".join(char for char in unicodedata.normalize("NFKC", text).casefold() if char.isalnum())


def person_of(name: str, names: Iterable[str]) -> str:
    """Return the person after whom a sheet is named; a copy belongs to the owner of the original if `names` has that.

    >>> person_of("Anna (1)", ["anna", "Anna (1)"]), person_of("coder (2)", ["coder (2)"])
    ('anna', 'coder (2)')
    """
    first = _COPY.sub("", name.casefold())
    return first if first in map(str.casefold, names) else name.casefold()


def by_person(
    rows: Iterable[tuple[str, str, _Unit, _Row]], problems: list[SheetProblem]
) -> dict[str, dict[_Unit, list[_Row]]]:
    """Return the rows by person and unit, adding a problem for each person with several sheets of a kind.

    `rows` are tuples of person, kind of sheet, unit and row. Several sheets of the kind "" are allowed.
    """
    by_unit: dict[str, dict[_Unit, list[_Row]]] = defaultdict(lambda: defaultdict(list))
    files: dict[tuple[str, str], dict[str, None]] = defaultdict(dict)
    for person, kind, unit, row in rows:
        by_unit[person][unit].append(row)
        files[person, kind][row.place[0]] = None
    for (person, kind), names in sorted(files.items()):
        if kind and len(names) > 1:
            message = (
                f"{', '.join(names)} are read as sheets of {kind} by one person, {person}. If they are by several "
                "people, give them different names; if one is an old copy, delete it."
            )
            problems.append(SheetProblem([*names][-1], None, "several-sheets", message))
    return by_unit


def two_answers(rows: Sequence[Placed], columns: Iterable[str]) -> SheetProblem:
    """Return the problem that these rows give different answers of one person on one unit, in `columns`."""
    where = "; ".join(f"{file}, row {number}" for file, number in (row.place for row in rows))
    message = f"One unit has two answers in {', '.join(columns)} ({where}): neither counts. Delete the wrong one."
    return SheetProblem(*rows[0].place, "two-answers", message)


def usual_sizes(sizes: Sequence[tuple[Placed, _Unit, int]], problems: list[SheetProblem]) -> dict[_Unit, int]:
    """Return the size of each stratum by majority of its rows; a row with another size is a problem, but counts.

    `sizes` are tuples of row, stratum and size.
    """
    counts: dict[_Unit, Counter[int]] = defaultdict(Counter)
    for _, stratum, size in sizes:
        counts[stratum][size] += 1
    usual = {stratum: by_frequency(votes)[0] for stratum, votes in counts.items()}
    for row, stratum, size in sizes:
        if size != usual[stratum]:
            message = (
                f"stratum_size or corpus_size is {size}, in other rows {usual[stratum]}, which counts. Put that back."
            )
            problems.append(SheetProblem(*row.place, "stratum-size", message))
    return usual


def without_copies(
    answers: Mapping[str, dict[_Unit, _Row]],
    is_copy: Callable[[dict[_Unit, _Row], dict[_Unit, _Row]], bool],
    kind: str,
    problems: list[SheetProblem],
) -> dict[str, dict[_Unit, _Row]]:
    """Return the rows by person without copies of another's sheet; the fuller of two is kept, the copy is a problem."""
    originals: dict[str, dict[_Unit, _Row]] = {}
    for person, mine in sorted(answers.items(), key=lambda each: (-len(each[1]), each[0])):
        twin = next((name for name, others in originals.items() if is_copy(mine, others)), None)
        if twin is None:
            originals[person] = mine
        else:
            message = f"All its {kind} are those of {twin}: it is taken as a copy and left out. Delete one of them."
            problems.append(SheetProblem(next(iter(mine.values())).place[0], None, "same-answers", message))
    return dict(sorted(originals.items()))
