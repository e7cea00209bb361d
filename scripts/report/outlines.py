"""Outlines of the report's sections: headings, figures, and what a section says when it is empty.

Which tables a section shows is said by the tables themselves (`scripts.report.views`).
"""

from collections.abc import Callable
from typing import NamedTuple

from scripts.report.evidence import Evidence
from scripts.report.model import Passages, Stories
from scripts.report.passages import passages_block
from scripts.report.store import Store
from scripts.report.stories import stories_block


class Outline(NamedTuple):
    """A section before it is filled: its figures in order, and what it says when it has no tables.

    `block` makes what stands between figures and tables, None where there is nothing; its number is the rows of a table
    that stands folded.
    """

    anchor: str
    title: str
    lead: str
    empty: str
    figures: tuple[str, ...] = ()
    block: Callable[[Store, Evidence, int], Passages | Stories | None] | None = None


OUTLINES = (
    Outline(
        "voices",
        "Who gets to speak",
        "Who is quoted, by kind of source: politician, official, expert, citizen and so on, as the texts describe"
        " a speaker and never by a name. Of 300 speakers in US political news who were given a kind, 83% were "
        "given the right one (95% interval 78% to 88%), and of 150 in news from many countries 89% (81% to 93%), "
        "by the labels of language models. Of those who have a kind, 63% (57% to 68%) and 66% (58% to 73%) were "
        "given it, so read each share beside the share unknown. Documents that repeat an earlier one are left "
        "out.",
        "No statement was attributed to anyone in these documents.",
        ("kinds",),
    ),
    Outline(
        "sources",
        "Sources and quotes",
        "Who is given a voice, how much of it is in their own words, and how the text introduces it.",
        "No statement was attributed to anyone in these documents.",
        ("speakers", "speakers_by_group"),
    ),
    Outline(
        "passages",
        "Quotes that travel",
        "Passages that several documents quote, and what each leaves out or changes. Copies of one story count as one.",
        "No passage in quotation marks stands in two documents.",
        ("coverage",),
        passages_block,
    ),
    Outline(
        "stories",
        "Stories",
        "Documents about one event, and what each outlet makes of it. Outlets differ because they cover different"
        " events, and because they cover the same ones differently: this section tells the two apart.",
        "No two documents are about the same event.",
        (),
        stories_block,
    ),
    Outline(
        "entities",
        "People, places, organisations",
        "Who and what is named, each under one name, who speaks about them, and who is named together with whom.",
        "No named entity was found in these documents.",
        ("entities", "entity_network", "entity_documents"),
    ),
    Outline(
        "words",
        "Words",
        "Which words are frequent, how evenly they are spread, and which set one group of documents apart.",
        "These documents hold no words.",
        ("words", "rates", "keyness_by_group", "word_contrast", "keyness", "places", "dispersion"),
    ),
    Outline(
        "framing",
        "Framing",
        "Sentences with cues of a frame, and who voices them. A cue is a word and not yet a frame.",
        "No cue of a frame was found in these documents.",
        ("frame_prevalence", "frames_by_group", "frame_trends", "frame_speakers", "blame", "strip"),
    ),
    Outline(
        "review",
        "Checked by hand",
        "How often the machine is right on this corpus, as people found on a random sample of it.",
        "Nobody has checked a random sample of this corpus yet. `snakemake review_sheet` draws one for you to "
        "fill; saved in the folder `review/`, it makes this section (docs/review.md).",
        ("confidence",),
    ),
    Outline(
        "documents",
        "Documents",
        "What was read. Each title leads to the text, with quotes, names and frames marked.",
        "No document was read.",
        ("timeline",),
    ),
    Outline(
        "problems",
        "Problems",
        "What was wrong with the files that you put in, and what to do about it. Everything else was analysed.",
        "Nothing was wrong with any file.",
    ),
)
