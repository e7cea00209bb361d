"""Outlines of the report's sections: headings, figures, and what a section says when it is empty.

Which tables a section shows is said by the tables themselves (`scripts.report.views`).
"""

from collections.abc import Callable
from typing import NamedTuple

from scripts.report.model import Passages, StoryTimeline
from scripts.report.passages import passages_block
from scripts.report.store import Store
from scripts.report.stories import stories_block


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
    block: Callable[[Store], Passages | StoryTimeline | None] | None = None
    chapter: str = ""


WHO, METHODS = "Who speaks", "Methods"
# Kinds of numbers that are shown on request alone (`report.sections`, and a switch on the page), and what the switch
# calls them; of tables with several frame schemes the rows of the first are always there.
EXTRAS = {
    "schemes": "further frame schemes",
    "valence": "valence of sentences",
    "readability": "readability and variety of words",
    "tf-idf": "words and likeness of single documents (tf-idf)",
    "dispersion": "how evenly words are spread",
}

EXTRA_FIGURES = {"frame_schemes": "schemes", "dispersion": "dispersion"}

OUTLINES = (
    Outline(
        "voices",
        "Who gets to speak",
        "Who is quoted, by kind of source: politician, official, expert, citizen and so on, as the texts describe"
        " a speaker and never by a name. Many speakers get no kind, so read each share beside the share unknown.",
        "No statement was attributed to anyone in these documents.",
        ("kinds", "attributes"),
        chapter=WHO,
    ),
    Outline(
        "sources",
        "Sources and quotes",
        "Who is given a voice, how much of it is in their own words, and how the text introduces it.",
        "No statement was attributed to anyone in these documents.",
        ("speakers", "speakers_by_group"),
        chapter=WHO,
    ),
    Outline(
        "passages",
        "Quotes that travel",
        "Passages that several documents quote, and what each leaves out or changes. Copies of one text count as one.",
        "No passage in quotation marks stands in two documents.",
        ("coverage",),
        passages_block,
        WHO,
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
        ("entities", "entity_network"),
        chapter="Names",
    ),
    Outline(
        "words",
        "Words",
        "Which words are frequent, how evenly they are spread, and which set one group of documents apart.",
        "These documents hold no words.",
        ("keyness_by_group", "words", "rates", "word_contrast", "keyness", "dispersion"),
    ),
    Outline(
        "framing",
        "Framing",
        "Sentences with cues of a frame, and who voices them. A cue is a word and not yet a frame.",
        "No cue of a frame was found in these documents.",
        ("frame_prevalence", "frames_by_group", "frame_trends", "frame_speakers", "blame", "strip", "frame_schemes"),
    ),
    Outline(
        "review",
        "Checked by hand",
        "How often the machine is right on this corpus, as people found on a random sample of it.",
        "Nobody has checked a random sample of this corpus yet. `snakemake review_sheet` draws one for you to "
        "fill; saved in the folder `review/`, it makes this section (docs/review.md).",
        ("confidence",),
        chapter=METHODS,
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
        chapter="Documents",
    ),
)
