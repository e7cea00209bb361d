"""Outlines of the report's sections, and other texts of its own, as workflow/templates/sections.yaml has them.

Which tables a section shows is said by the tables themselves (`scripts.report.views`).
"""

from collections.abc import Callable
from typing import Any, NamedTuple

from scripts.core.storage import WORKFLOW, read_yaml
from scripts.report.model import Passages, StoryTimeline
from scripts.report.passages import passages_block
from scripts.report.store import Store
from scripts.report.stories import stories_block

_Block = Callable[[Store], Passages | StoryTimeline | None]
_TEXTS: dict[str, Any] = read_yaml(WORKFLOW / "templates" / "sections.yaml")
# Blocks between figures and tables, by section.
_BLOCKS: dict[str, _Block] = {"passages": passages_block, "stories": stories_block}


class Outline(NamedTuple):
    """A section before it is filled: its figures in order, and what it says when it has no tables.

    `block` makes what stands between figures and tables, None where there is nothing. `chapter` is the entry of the
    menu under which it stands, its title if there is none.
    """

    anchor: str
    title: str
    lead: str
    empty: str
    figures: tuple[str, ...] = ()
    block: _Block | None = None
    chapter: str = ""


METHODS = "Methods"
# How numbers are made, and by which reader of statements.
METHODS_TEXTS: list[str] = _TEXTS["methods"]
READERS: dict[str, str] = _TEXTS["readers"]
# Kinds of numbers that are shown on request alone, with what the switch calls them; and figures of such numbers.
EXTRAS: dict[str, str] = _TEXTS["extras"]
EXTRA_FIGURES: dict[str, str] = _TEXTS["extra_figures"]
OUTLINES = tuple(
    Outline(anchor, **{**about, "figures": tuple(about.get("figures", ()))}, block=_BLOCKS.get(anchor))
    for anchor, about in _TEXTS["sections"].items()
)
