"""The form of a section before it is filled."""

from typing import NamedTuple

from scripts.report.tables import View


class Outline(NamedTuple):
    """A section before it is filled: figures, each with its data, views, further views that stand folded, and what it
    says when there are none.

    The data of a figure are a table of the section, by its name, or a view of their own, folded below the figure.
    """

    anchor: str
    title: str
    lead: str
    figures: tuple[tuple[str, str | View], ...]
    views: tuple[View, ...]
    more: tuple[View, ...]
    empty: str
