"""Filled sheets of several people, coders or reviewers: whose each is, copies, two answers, edited sizes of strata.

Nothing in a sheet is an error of the run: what cannot be used is a problem with its file, row and remedy, and
everything else counts.
"""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple, Protocol, TypeVar

from scripts.core.sheets import Sheet, SheetError, read_sheet
from scripts.maths.ranking import by_frequency

# The endings that systems give the name of a second copy: "anna (1)", "anna - Copy", "anna copy 2".
_COPY = re.compile(r"(?:\s?\(\d{1,3}\)|[\s_-]{0,3}(?<![^\W_])(?:copy|kopie|copie|copia)(?:\s?\(?\d{1,3}\)?)?)$")


class SheetProblem(NamedTuple):
    """A fault of a filled sheet: the file, the row in it (None: all of it), a short name, and what to do."""

    sheet: str
    row: int | None
    code: str
    message: str


class Placed(Protocol):
    """A row of a filled sheet."""

    @property
    def place(self) -> tuple[str, int]:
        """Return its file and its number in it."""


_Unit = TypeVar("_Unit")
_Row = TypeVar("_Row", bound=Placed)


def read_filled_sheet(
    name: str, data: bytes, required: Iterable[str], advice: str
) -> tuple[Sheet | None, list[SheetProblem]]:
    """Return a sheet, None if it cannot be read, and what is wrong with it; `advice` is for one that cannot be read."""
    try:
        sheet = read_sheet(name, data, required=required)
    except SheetError as error:
        return None, [SheetProblem(name, None, "sheet", f"{error} {advice}")]
    return sheet, [SheetProblem(name, number or None, code, message) for number, code, message in sheet.oddities]


def letters(text: str) -> str:
    """Return the letters and digits of a text, in lower case: what autocorrect of a spreadsheet leaves as it was.

    >>> letters('"It\\'s here..." ') == letters("\\u201cIt\\u2019s here\\u2026\\u201d")
    True
    """
    return "".join(char for char in unicodedata.normalize("NFKC", text).casefold() if char.isalnum())


def person_of(name: str, names: Iterable[str]) -> str:
    """Return the person of a sheet among the `names` of all sheets; a second copy belongs to the person of the first.

    >>> person_of("Anna (1)", ["anna", "Anna (1)"]), person_of("coder (2)", ["coder (2)"])
    ('anna', 'coder (2)')
    """
    first = _COPY.sub("", name.casefold())
    return first if first in map(str.casefold, names) else name.casefold()


def by_person(
    rows: Iterable[tuple[str, str, _Unit, _Row]], problems: list[SheetProblem]
) -> dict[str, dict[_Unit, list[_Row]]]:
    """Return the rows on each unit by person; a person who has several sheets of a kind is a problem.

    `rows` are the person, kind of sheet and unit of each, and the row. Of the kind "" several are allowed.
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
    """Return the problem of rows in which one person answers on one unit in several ways."""
    where = "; ".join(f"{file}, row {number}" for file, number in (row.place for row in rows))
    message = f"One unit has two answers in {', '.join(columns)} ({where}): neither counts. Delete the wrong one."
    return SheetProblem(*rows[0].place, "two-answers", message)


def usual_sizes(sizes: Sequence[tuple[Placed, _Unit, int]], problems: list[SheetProblem]) -> dict[_Unit, int]:
    """Return the size of each stratum that most of its rows give; one with another is a problem, and its answers count.

    `sizes` are the rows with the stratum and size of each.
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
    """Return the rows of each person without copies of another's sheet, each a problem; of two the fuller counts."""
    originals: dict[str, dict[_Unit, _Row]] = {}
    for person, mine in sorted(answers.items(), key=lambda each: (-len(each[1]), each[0])):
        twin = next((name for name, others in originals.items() if is_copy(mine, others)), None)
        if twin is None:
            originals[person] = mine
        else:
            message = f"All its {kind} are those of {twin}: it is taken as a copy and left out. Delete one of them."
            problems.append(SheetProblem(next(iter(mine.values())).place[0], None, "same-answers", message))
    return dict(sorted(originals.items()))
