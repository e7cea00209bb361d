"""Parts of a page: sections, their blocks, and table cells with sort value and link."""

from collections.abc import Hashable, Mapping, Sequence
from typing import Any, NamedTuple

from markupsafe import Markup

from scripts.report.views import Link


class Cell(NamedTuple):
    """A cell: what is shown, what it sorts and exports by (where that is another thing), and the anchor of the document
    or sentence that it leads to."""

    text: str
    value: str = ""
    place: str = ""


class ShownColumn(NamedTuple):
    """A column: its heading, what it means, and whether it holds numbers; the columns of a table that it is made of
    (one, or two ends), their dtype and unit, and where its numbers lead."""

    label: str
    meaning: str
    number: bool = False
    names: tuple[str, ...] = ()
    dtype: str = ""
    unit: str = ""
    link: Link | None = None


class Table(NamedTuple):
    """A table of the page: the first rows of a table of results/tables, which has `total`; `note` says what a row is,
    `notes` what holds for all of them.

    With JavaScript the page shows the `carried` rows, or those that it makes of the `marks` in the texts
    (quotes, mentions, codes), with the columns named in `fields`; of a choice of documents only those of its documents,
    if the rows are `of_documents`. One that is `extra` is shown on request.
    """

    name: str
    caption: str
    note: str
    columns: list[ShownColumn]
    rows: list[list[Cell]]
    total: int
    notes: list[str]
    csv: str
    carried: int = 0
    marks: str = ""
    fields: str = ""
    of_documents: bool = False
    extra: str = ""
    kind: str = "table"


class Figure(NamedTuple):
    """A figure: the SVG for the page, why there is nothing to see if there is not, and what it was drawn from: the name
    of a table of the page, or a table of its own."""

    name: str
    title: str
    description: str
    svg: Markup
    nothing: str = ""
    table: str = ""
    data: Table | None = None
    kind: str = "figure"


class Prose(NamedTuple):
    """Sentences about what is shown; a list where there are several."""

    texts: list[str | Markup]
    kind: str = "prose"


class Line(NamedTuple):
    """An occurrence of a passage: facts about it, the anchor of its sentence, and its words with cuts and additions
    marked."""

    outlet: str
    date: str
    speaker: str
    place: str
    text: Markup


class ShownPassage(NamedTuple):
    """A passage that several documents quote: its number, a sentence about it, lines, and how many more there are."""

    number: int
    about: str
    lines: list[Line]
    more: int


class Passages(NamedTuple):
    """Passages as aligned lines; and of each, by outlet, the share of its words that the outlet quotes."""

    passages: list[ShownPassage]
    outlets: list[str]
    rows: list[tuple[str, list[Cell]]]
    kind: str = "passages"


class StoryDot(NamedTuple):
    """An article on the timeline: its place in units of the drawing, the look of its outlet, and the text about it."""

    x: int
    y: int
    look: int
    text: str


class Story(NamedTuple):
    """An event, a row of the table stories: its dots, its first articles (rows of story_documents) and how many more
    there are; the statements of each speaker in each outlet, side by side; and passages that its articles share (rows
    of story_passages)."""

    row: Mapping[Hashable, Any]
    dots: list[StoryDot]
    height: int
    articles: list[dict[Hashable, Any]]
    more: int
    outlets: list[str]
    rows: list[tuple[str, list[Cell]]]
    passages: list[dict[Hashable, Any]]


class StoryTimeline(NamedTuple):
    """The largest stories, on a timeline of these days; `looks` are the outlets with a look of their own."""

    stories: list[Story]
    first: str
    last: str
    looks: list[str]
    kind: str = "stories"


class Reading(NamedTuple):
    """A document in the reading view: its anchor, its title, a line about it, and its text with marks."""

    anchor: str
    title: str
    facts: str
    text: Markup


class Section(NamedTuple):
    """A section: its anchor, heading, a sentence about it, its blocks, tables and figures that stand folded, why
    something that a reader may look for is not there, and the entry of the menu under which it stands."""

    anchor: str
    title: str
    lead: str
    blocks: Sequence[Table | Figure | Prose | Passages | StoryTimeline]
    more: Sequence[Table | Figure]
    absent: list[str]
    chapter: str = ""
