"""Outlines of the report's sections and its other fixed texts, from workflow/templates/sections.yaml.

Which tables a section shows is declared with the tables themselves (`scripts.report.views`).
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
# Functions that make the special block of a section, by section.
_BLOCKS: dict[str, _Block] = {"passages": passages_block, "stories": stories_block}


class Outline(NamedTuple):
    """A section before it is filled: its figures in order, and the sentence it shows if it has no tables (`empty`).

    `block` makes the block that the section shows first, or None. `chapter` is its menu entry; without one, its title.
    """

    anchor: str
    title: str
    lead: str
    empty: str
    figures: tuple[str, ...] = ()
    block: _Block | None = None
    chapter: str = ""


METHODS = "Methods"
# How numbers are made, in general and by each reader of statements.
METHODS_TEXTS: list[str] = _TEXTS["methods"]
READERS: dict[str, str] = _TEXTS["readers"]
# Extras: kinds of numbers shown only on request, with the labels of their switches; and figures with their extra.
EXTRAS: dict[str, str] = _TEXTS["extras"]
EXTRA_FIGURES: dict[str, str] = _TEXTS["extra_figures"]
OUTLINES = tuple(
    Outline(anchor, **{**about, "figures": tuple(about.get("figures", ()))}, block=_BLOCKS.get(anchor))
    for anchor, about in _TEXTS["sections"].items()
)
