"""Parts of a page: sections, their blocks, and table cells with sort value and link."""

from collections.abc import Hashable, Mapping, Sequence
from typing import Any, NamedTuple

from markupsafe import Markup

from scripts.report.views import Link


class Cell(NamedTuple):
    """A cell: the text shown, the value for sorting and export (if it differs from the text), and the anchor of the
    document or sentence it links to."""

    text: str
    value: str = ""
    place: str = ""


class ShownColumn(NamedTuple):
    """A column as shown: its heading, its meaning and whether it holds numbers; `names` are the table columns behind it
    (one, or the two ends of an interval), with their dtype and unit; `link` is what its numbers link to."""

    label: str
    meaning: str
    number: bool = False
    names: tuple[str, ...] = ()
    dtype: str = ""
    unit: str = ""
    link: Link | None = None


class Table(NamedTuple):
    """A table of the page: the first of the `total` rows of a table in results/tables.

    `note` says what a row is; `notes` are remarks that apply to all rows. With JavaScript the page shows the `carried`
    rows, or rows that it builds from the `marks` in the texts (quotes, mentions, codes), with the columns named in
    `fields`. If each row belongs to one document (`of_documents`), a choice of documents narrows the table to their
    rows. A table with `extra` is shown only on request.
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
    """A figure: its SVG, or in `nothing` the reason why there is nothing to draw; and the data behind it: the name of a
    table on the page (`table`), or a table of its own (`data`)."""

    name: str
    title: str
    description: str
    svg: Markup
    nothing: str = ""
    table: str = ""
    data: Table | None = None
    kind: str = "figure"


class Prose(NamedTuple):
    """Sentences about the section, shown as a list if there are several."""

    texts: list[str | Markup]
    kind: str = "prose"


class Line(NamedTuple):
    """An occurrence of a passage: outlet, date, speaker and other facts, the anchor of its sentence (`place`), and its
    words with cuts and additions marked."""

    outlet: str
    date: str
    speaker: str
    place: str
    text: Markup


class ShownPassage(NamedTuple):
    """A passage that several documents quote: number, a sentence about it, its first lines, how many more there are."""

    number: int
    about: str
    lines: list[Line]
    more: int


class Passages(NamedTuple):
    """Passages as aligned lines, and a table with the share of each passage's words that each outlet quotes."""

    passages: list[ShownPassage]
    outlets: list[str]
    rows: list[tuple[str, list[Cell]]]
    kind: str = "passages"


class StoryDot(NamedTuple):
    """An article on the timeline: its coordinates in the drawing, the look of its outlet, and its label."""

    x: int
    y: int
    look: int
    text: str


class Story(NamedTuple):
    """A story (a row of the table stories): its dots on the timeline; its first articles (rows of story_documents) and
    how many more there are; the number of statements by each speaker in each outlet; and passages that its articles
    share (rows of story_passages)."""

    row: Mapping[Hashable, Any]
    dots: list[StoryDot]
    height: int
    articles: list[dict[Hashable, Any]]
    more: int
    outlets: list[str]
    rows: list[tuple[str, list[Cell]]]
    passages: list[dict[Hashable, Any]]


class StoryTimeline(NamedTuple):
    """The largest stories on a timeline from `first` to `last`; `looks` are the outlets with a look of their own.

    `others` is true if further outlets have dots."""

    stories: list[Story]
    first: str
    last: str
    looks: list[str]
    others: bool
    kind: str = "stories"


class Reading(NamedTuple):
    """A document in the reading view: its anchor, its title, a line of facts, and its text with marks."""

    anchor: str
    title: str
    facts: str
    text: Markup


class Section(NamedTuple):
    """A section: anchor, heading, lead sentence, the blocks shown, the tables and figures that are folded (`more`), the
    reasons why something that a reader may look for is missing (`absent`), and its menu entry (`chapter`)."""

    anchor: str
    title: str
    lead: str
    blocks: Sequence[Table | Figure | Prose | Passages | StoryTimeline]
    more: Sequence[Table | Figure]
    absent: list[str]
    chapter: str = ""
