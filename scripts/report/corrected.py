"""Corrected shares beside the machine's: which there are, and whether they may lead.

A share that people corrected by a sample rests on few rows. It stands beside the machine's, never in its place, and
leads only where the sample tells that the machine errs by more than the sample itself leaves open.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import pandas as pd
from markupsafe import Markup

from scripts.report.figures.style import percent
from scripts.report.markup import interval, plural, say

# Reviewed rows of a value below which its corrected share is marked, and never leads.
_FEWEST = 10
ShareKey = tuple[str, ...]


class Corrected(NamedTuple):
    """A corrected share with its interval, the reviewed rows that it rests on, and the machine's share there."""

    share: float
    lo: float
    hi: float
    n: int
    machine: float

    @property
    def is_few(self) -> bool:
        """Return whether it rests on fewer rows than FEWEST."""
        return self.n < _FEWEST

    @property
    def is_sharper(self) -> bool:
        """Return whether its interval is narrower than the machine's error, as estimated from the sample."""
        return not self.is_few and self.hi - self.lo < abs(self.share - self.machine)


def corrected_by(rows: pd.DataFrame, columns: Sequence[str]) -> dict[ShareKey, Corrected]:
    """Return the corrected shares that could be estimated by the values of `columns`: for each the first row."""
    known = rows[rows["estimate"].notna()].drop_duplicates(list(columns))
    numbers = known[["estimate", "lo", "hi", "n", "machine"]].itertuples(index=False)
    keys = known[list(columns)].itertuples(index=False)
    return {tuple(key): Corrected(*each) for key, each in zip(keys, numbers, strict=True)}


def may_lead(shown: Sequence[ShareKey], corrected: Mapping[ShareKey, Corrected]) -> bool:
    """Return whether corrected shares lead among what is shown, in the order of the machine's shares.

    All must rest on enough rows, and the first by the machine and the first as corrected must both have an interval
    that is narrower than the machine's error: then neither leads by chance.
    """
    if not shown or any(key not in corrected or corrected[key].is_few for key in shown):
        return False
    first = max(shown, key=lambda key: corrected[key].share)
    return corrected[shown[0]].is_sharper and corrected[first].is_sharper


def interval_in_words(lo: float, hi: float) -> str:
    """Return an interval of a share for a sentence; "" where it cannot be estimated, or nothing varies.

    >>> interval_in_words(0.2, 0.31), interval_in_words(float("nan"), float("nan"))
    (' (95% interval 20% to 31%)', '')
    """
    return f" (95% interval {interval(lo, hi)})" if lo < hi else ""


def beside(corrected: Corrected | None, rows: str) -> Markup:
    """Return a corrected share as it stands beside the machine's; "" without one. `rows` names what was reviewed."""
    if corrected is None:
        return Markup("")
    warning = ", too few to quote" if corrected.is_few else ""
    n = plural(int(corrected.n), rows)
    return say("{}{}, by {}{}", percent(corrected.share), interval_in_words(corrected.lo, corrected.hi), n, warning)


def order_of_shares(shown: Sequence[ShareKey], corrected: Mapping[ShareKey, Corrected]) -> str:
    """Return which of the two kinds of shares leads among what is shown, and why."""
    rule = (
        "Corrected shares stand beside the machine's, never in their place. They lead only where all that are shown "
        f"rest on {_FEWEST} rows, and the intervals of the first are narrower than the machine's error"
    )
    if may_lead(shown, corrected):
        return f"{rule}, as here."
    first = corrected.get(shown[0])
    if first is None:
        why = "the first has no corrected share"
    elif first.is_few:
        why = f"the first rests on fewer than {_FEWEST} rows"
    elif not first.is_sharper:
        why = "the interval of the first is not narrower than the machine's error"
    else:
        why = "not all shown are known so well"
    return f"{rule}; here they do not, since {why}."
