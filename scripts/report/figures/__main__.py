"""Draw every figure of the project from the tables: `python -m scripts.report.figures --tables DIR --output DIR`."""

import argparse
import sys
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from itertools import repeat
from pathlib import Path
from typing import NamedTuple

import pandas as pd
from matplotlib.figure import Figure
from matplotlib.text import Text

from scripts.core.storage import arrow_schema, read_parquet, read_settings
from scripts.entities.corpus_names import read_names, renamed
from scripts.report.figures import label
from scripts.report.figures.chosen import chosen_codes, longest_document
from scripts.report.figures.drawing import save_figure, style, without_glyphs
from scripts.report.figures.entities import documents_figure, entities_figure, network_figure
from scripts.report.figures.framing import blame_figure, frame_prevalence_figure, frame_speakers_figure
from scripts.report.figures.speakers import speakers_figure
from scripts.report.figures.strip import strip_figure
from scripts.report.figures.timeline import timeline_figure
from scripts.report.figures.words import (
    dispersion_figure,
    keyness_figure,
    places_figure,
    rates_figure,
    words_figure,
)


class Drawing(NamedTuple):
    """A figure: its file's name, what it shows, the function that draws it, and what reads the tables it is given."""

    name: str
    title: str
    description: str
    draw: Callable[..., Figure]
    tables: tuple[Callable[[Path], pd.DataFrame], ...]


def _of(name: str, *columns: str) -> Callable[[Path], pd.DataFrame]:
    """Reads a table, or some columns of it, from the folder of the tables; one that is not there is empty."""

    def read(folder: Path) -> pd.DataFrame:
        path = folder / f"{name}.parquet"
        table = read_parquet(path, list(columns) or None) if path.exists() else arrow_schema(name).empty_table()
        return table.to_pandas()

    return read


_BOXES = "The PNG file has boxes for {}: name an installed font that has them under `figures: fonts` in config.yaml."


def _blame(folder: Path) -> pd.DataFrame:
    """The blame table, with names over all documents."""
    mentions = folder / "entity_mentions.parquet"
    rows = _of("blame", "doc_id", "speaker", "target", "stance")(folder)
    return renamed(rows, read_names(mentions) if mentions.exists() else {}, ["speaker", "target"])


DRAWINGS = (
    Drawing(
        "speakers",
        "Who speaks",
        "Words attributed to each speaker: in quotation marks (plain bars) and reported (hatched bars).",
        speakers_figure,
        (_of("speakers", "speaker", "words", "words_direct", "words_indirect", "share"),),
    ),
    Drawing(
        "strip",
        "One document, sentence by sentence",
        "The document with most cues of frames: a column for each sentence, a row for each frame; quotes come last.",
        strip_figure,
        (
            _of("documents", "doc_id", "n_sentences"),
            _of("quotes", "doc_id", "sentence", "type"),
            chosen_codes,
        ),
    ),
    Drawing(
        "frame_prevalence",
        "How common each frame is",
        "Share of sentences with cues of each frame, with 95 % intervals; diamonds where people's codes correct it.",
        frame_prevalence_figure,
        (_of("frame_prevalence"), _of("frame_corrected")),
    ),
    Drawing(
        "frame_speakers",
        "Who voices which frame",
        "Of the sentences that each speaker voices, the share that has each frame of the first scheme.",
        frame_speakers_figure,
        (_of("frame_speakers", "scheme", "name", "relation", "frame", "n", "n_sentences"),),
    ),
    Drawing(
        "blame",
        "Who holds whom answerable",
        "Speakers by those they hold answerable: circles for statements made, squares for statements denied.",
        blame_figure,
        (_blame,),
    ),
    Drawing(
        "words",
        "Frequent words",
        "The most frequent words that are no stop words: rate per million words with its 95% interval.",
        words_figure,
        (_of("frequencies"),),
    ),
    Drawing(
        "rates",
        "Words by month, or by group",
        "Words per million in each month or group of documents, with Wilson's 95% interval, which takes words as "
        "independent; words cluster in documents, so the truth is less sure.",
        rates_figure,
        (_of("rates"),),
    ),
    Drawing(
        "dispersion",
        "Frequent and widespread, or frequent in a few documents",
        "Each word's frequency against its dispersion over documents, Gries's DP normalised.",
        dispersion_figure,
        (_of("frequencies"),),
    ),
    Drawing(
        "places",
        "Where one document has the frequent words",
        "The longest document from beginning to end: a tick wherever it has one of the most frequent words.",
        places_figure,
        (_of("frequencies", "word", "is_stop"), longest_document),
    ),
    Drawing(
        "keyness",
        "What sets a group apart",
        "Each word's frequency against its Log Ratio in the first comparison; filled where it survives the correction.",
        keyness_figure,
        (_of("keyness"),),
    ),
    Drawing(
        "entities",
        "Who and what is named most",
        "Mentions of each entity per 1,000 words, with 95 % intervals over documents.",
        entities_figure,
        (_of("entities_corpus", "kind", "name", "mentions", "estimate", "lo", "hi"),),
    ),
    Drawing(
        "entity_network",
        "Who is named together with whom",
        "Entities that share sentences, each with its closest links: the more sentences, the thicker the line.",
        network_figure,
        (_of("entity_network"), _of("cooccurrence", "unit", "name1", "name2", "n", "npmi")),
    ),
    Drawing(
        "entity_documents",
        "Who is named in which document",
        "Number of mentions of the most mentioned entities, in the documents that mention them most.",
        documents_figure,
        (_of("entities_corpus", "kind", "name"), _of("entities_documents", "doc_id", "kind", "name", "mentions")),
    ),
    Drawing(
        "timeline",
        "Documents over time",
        "Number of documents per day, month or year.",
        timeline_figure,
        (_of("documents", "doc_id", "date"),),
    ),
)


def _draw(name: str, tables: Path, output: Path, fonts: Sequence[str]) -> str:
    drawing = next(drawing for drawing in DRAWINGS if drawing.name == name)
    with style(fonts):
        figure = drawing.draw(*(read(tables) for read in drawing.tables))
        save_figure(figure, output / drawing.name, title=drawing.title, description=drawing.description)
        missing = without_glyphs((text.get_text() for text in figure.findobj(Text)), fonts)
        if missing:
            # Only a figure that was drawn knows all its labels.
            told = f"{drawing.description} {_BOXES.format(label(missing, 12))}"
            save_figure(figure, output / drawing.name, title=drawing.title, description=told)
        return missing


def draw_all(tables: Path, output: Path, fonts: Sequence[str] = (), *, processes: int = 1) -> str:
    """Draw every figure into a folder and give the characters that its PNG files show as boxes for want of a font.

    A table that is not there counts as empty.
    """
    with ProcessPoolExecutor(processes) as pool:
        missing = pool.map(_draw, [drawing.name for drawing in DRAWINGS], repeat(tables), repeat(output), repeat(fonts))
        return "".join(sorted(set().union(*missing)))


def main() -> None:
    """Draw the figures; a table that is not there counts as empty."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--tables", type=Path, required=True, help="folder of the Parquet tables")
    parser.add_argument("--output", type=Path, required=True, help="folder for NAME.svg and NAME.png")
    parser.add_argument("--settings", type=Path, required=True, help="the stage's fingerprint file")
    parser.add_argument("--processes", type=int, required=True, help="how many figures to draw at a time")
    options = parser.parse_args()
    fonts = read_settings(options.settings)["figures"]["fonts"]
    missing = draw_all(options.tables, options.output, fonts, processes=options.processes)
    if missing:
        advice = "the SVG files have them as text; set figures.fonts in config.yaml to an installed font that has them"
        print(f"figures: no glyph for {missing} in the PNG files: {advice}", file=sys.stderr)


if __name__ == "__main__":
    main()
