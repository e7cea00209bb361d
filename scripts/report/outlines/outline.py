"""The form of a section before it is filled."""

from collections.abc import Callable
from typing import NamedTuple

from scripts.report.evidence import Evidence
from scripts.report.model import Passages
from scripts.report.store import Store
from scripts.report.tables import View


class Outline(NamedTuple):
    """A section before it is filled: figures, each with its data, views, further views that stand folded, and what it
    says when there are none.

    The data of a figure are a table of the section, by its name, or a view of their own, folded below the figure.
    `block` makes what stands between figures and tables, None where there is nothing, with so many passages at most.
    """

    anchor: str
    title: str
    lead: str
    figures: tuple[tuple[str, str | View], ...]
    views: tuple[View, ...]
    more: tuple[View, ...]
    empty: str
    block: Callable[[Store, Evidence, int], Passages | None] | None = None
