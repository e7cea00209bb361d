"""The catalogue of figures: name, title, description, drawing function and tables of each."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import NamedTuple

import pandas as pd
from matplotlib.figure import Figure

from scripts.report.figures import entities, framing, groups, kinds, selection, speakers, strip, timeline, words
from scripts.report.store import Store

_Source = str | tuple[str, ...] | Callable[[Path], pd.DataFrame]
Data = tuple[pd.DataFrame, ...]


class Drawing(NamedTuple):
    """A figure before it is drawn.

    `name` is the stem of its file. Each of the `sources` is a table, a table with the columns to read, or a function
    that reads one from a folder. `select` reduces them to the data that are drawn, which are the arguments of `draw`:
    the same data give the same figure. `draw` also takes the `settings` of the run that are named here.
    """

    name: str
    title: str
    description: str
    draw: Callable[..., Figure]
    sources: tuple[_Source, ...]
    select: Callable[..., Data] = lambda *tables: tables
    settings: tuple[str, ...] = ()


def drawn_data(drawing: Drawing, folder: Path) -> Data:
    """Return the data that a figure draws, from the tables in a folder; a missing table counts as empty."""
    store = Store(folder)
    frames = [
        source(folder) if callable(source) else store.load(*([source] if isinstance(source, str) else source))
        for source in drawing.sources
    ]
    return tuple(frame.reset_index(drop=True) for frame in drawing.select(*frames))


def _largest_groups(folder: Path) -> pd.DataFrame:
    """Return the groups of documents that figures compare, with a row per document."""
    documents = Store(folder).load("document_groups", "group")
    return documents[documents["group"].isin([*selection.largest_groups(documents)])]


# fmt: off
DRAWINGS = (
    Drawing(
        "speakers", "Who speaks",
        "Words attributed to each speaker: in quotation marks (plain bars) and reported (hatched bars).",
        speakers.speakers_figure, (("speakers", "speaker", "words", "words_direct", "words_indirect", "share"),),
        speakers.shown_speakers,
    ),
    Drawing(
        "confidence", "How far to trust the confidence",
        "Share of attributions with the right speaker by the machine's confidence, in a reviewed sample.",
        speakers.confidence_figure, ("accuracy",),
    ),
    Drawing(
        "kinds", "How much each kind of source is quoted",
        "Share of the attributed words that each kind of source has, with 95% intervals; unknown sources are those "
        "whose kind the text does not say. For groups, a tick marks the share over all documents, a filled point a "
        "difference from the other groups that survives correction.",
        kinds.kinds_figure, ("source_shares", "source_contrasts", _largest_groups),
    ),
    Drawing(
        "attributes", "Attributes of your table of sources",
        "Share of the attributed words by each of the first four attributes that you gave speakers: the eight values "
        "with most words, drawn like the kinds of source.",
        kinds.attributes_figure, ("source_shares", "source_contrasts", _largest_groups),
        settings=("sources_known",),
    ),
    Drawing(
        "coverage", "Which part of a text is quoted",
        "The reference text that is quoted most, word by word: filled where an outlet quotes it, one row for each "
        "outlet.",
        strip.coverage_figure, ("reference_coverage", "reference_outlets"),
    ),
    Drawing(
        "strip", "One document, sentence by sentence",
        "The document with the most cues of frames: a column for each sentence, a row for each frame, and one for "
        "quotes.",
        strip.strip_figure,
        (("documents", "doc_id", "title", "n_sentences"),
         selection.quotes_of_most_coded, selection.most_coded_document),
        strip.rows_of_coded,
    ),
    Drawing(
        "frame_prevalence", "How common each frame is",
        "Share of sentences with a cue of each frame of the first scheme, with 95% intervals.",
        framing.frame_prevalence_figure, ("frame_prevalence", "frame_corrected"),
        partial(framing.of_schemes, first=True),
    ),
    Drawing(
        "frame_schemes", "Frames of further schemes",
        "Share of sentences with a cue of each frame, with 95% intervals, a panel for each scheme after the first.",
        framing.frame_prevalence_figure, ("frame_prevalence", "frame_corrected"),
        partial(framing.of_schemes, first=False),
    ),
    Drawing(
        "frame_speakers", "Who voices which frame",
        "Of the sentences that each speaker voices, the share with a cue of each frame of the first scheme.",
        framing.frame_speakers_figure, (("frame_speakers", "scheme", "name", "relation", "frame", "n", "n_sentences"),),
    ),
    Drawing(
        "blame", "Who holds whom responsible",
        "Who (left) holds whom (below) responsible: a circle where a speaker says so, a square where a speaker denies "
        "it, with the number of statements.",
        framing.blame_figure, (("blame", "doc_id", "speaker", "target", "stance"),), framing.commonest_blame,
    ),
    Drawing(
        "words", "Frequent words",
        "The most frequent words other than stop words: rate per million words, with 95% intervals.",
        words.words_figure, ("frequencies",),
    ),
    Drawing(
        "rates", "Words by month, or by group",
        "Rate per million words in each month or group of documents, with 95% intervals over documents where there are "
        "five or more.",
        words.rates_figure, (("rates", "word", "column", "group", "n", "estimate", "boot_lo", "boot_hi"),),
        words.drawn_rates,
    ),
    Drawing(
        "dispersion", "Frequent and widespread, or frequent in a few documents",
        "How often a word occurs against how unevenly it is spread over documents (Gries's DP, normalised).",
        words.dispersion_figure, ("frequencies",),
    ),
    Drawing(
        "entities", "Who and what is named most",
        "Mentions of each entity per 1,000 words, with 95% intervals over documents.",
        entities.entities_figure, (("entities_corpus", "kind", "name", "mentions", "estimate", "lo", "hi"),),
    ),
    Drawing(
        "entity_network", "Who is named together with whom",
        "Entities that share sentences, each with its closest links: the more sentences, the thicker the line.",
        entities.network_figure,
        (("entity_network", "name", "kind", "mentions", "x", "y"),
         ("cooccurrence", "unit", "name1", "name2", "n", "npmi")),
        entities.drawn_links,
    ),
    Drawing(
        "timeline", "Documents over time",
        "Number of documents for each day, month or year.",
        timeline.timeline_figure, (("documents", "date"),),
        lambda documents: (documents[documents["date"].fillna("") != ""],),
    ),
    Drawing(
        "speakers_by_group", "Who speaks, by group of documents",
        "Share of attributed words of the most quoted speakers of each group, on a common scale, with 95% intervals.",
        groups.speakers_by_group_figure,
        (("speakers_by_group", "group", "speaker", "share", "lo", "hi"), _largest_groups), groups.leading_of_groups,
    ),
    Drawing(
        "frames_by_group", "How common each frame is, by group of documents",
        "Share of sentences with cues of each frame in each group, on a common scale, with 95% intervals; a tick "
        "marks the share over all documents, a filled point a difference that survives correction.",
        groups.frames_by_group_figure,
        ("frame_prevalence", "frame_contrasts", "frame_corrected", _largest_groups),
    ),
    Drawing(
        "frame_trends", "Frames by month, by group of documents",
        "Share of sentences with cues of the two commonest frames in each month, one panel for each group on a common "
        "scale; bands are 95% intervals. Months with fewer than five documents have a hollow mark and no line, and do "
        "not affect the scale: some may lie beyond it.",
        groups.frame_trends_figure, ("frame_trends", _largest_groups), groups.trends_of_largest,
    ),
    Drawing(
        "keyness_by_group", "What sets each group apart",
        "The words that set each group apart from all others: Log Ratio on a common scale, with 95% intervals over "
        "documents (none where a side never has the word); filled where the difference survives correction.",
        groups.keyness_by_group_figure, ("keyness", _largest_groups),
    ),
    Drawing(
        "word_contrast", "The words of the largest group and of the others",
        "Each word's rate in one of the nine largest groups, the one with most words, against its rate in all others. "
        "On the diagonal the two are the same; words that one side lacks lie on the edge.",
        words.word_contrast_figure, ("keyness", _largest_groups),
    ),
)
# fmt: on
