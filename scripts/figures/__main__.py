"""Draw every figure of the project from the tables: `python -m scripts.figures --tables DIR --output DIR`."""

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pandas as pd
from matplotlib.figure import Figure

from scripts.figures import save_figure, style
from scripts.figures.framing import blame_figure, frame_prevalence_figure, frame_speakers_figure
from scripts.figures.speakers import speakers_figure
from scripts.figures.strip import strip_figure
from scripts.figures.timeline import timeline_figure
from scripts.storage import arrow_schema, read_parquet


class Drawing(NamedTuple):
    """A figure: its file's name, what it shows, the function that draws it, the (table, columns) that it is given."""

    name: str
    title: str
    description: str
    draw: Callable[..., Figure]
    tables: tuple[tuple[str, tuple[str, ...]], ...]


DRAWINGS = (
    Drawing(
        "speakers",
        "Who speaks",
        "Words attributed to each speaker: in quotation marks (plain bars) and reported (hatched bars).",
        speakers_figure,
        (("speakers", ()),),
    ),
    Drawing(
        "strip",
        "One document, sentence by sentence",
        "The document with most cues of frames: a column for each sentence, a row for each frame; quotes come last.",
        strip_figure,
        (
            ("documents", ("doc_id", "n_sentences")),
            ("quotes", ("doc_id", "sentence", "type")),
            ("frame_codes", ("doc_id", "sentence", "scheme", "frame")),
            ("frame_prevalence", ("scheme",)),
        ),
    ),
    Drawing(
        "frame_prevalence",
        "How common each frame is",
        "Share of sentences with cues of each frame, with 95 % intervals; diamonds where people's codes correct it.",
        frame_prevalence_figure,
        (("frame_prevalence", ()), ("frame_corrected", ())),
    ),
    Drawing(
        "frame_speakers",
        "Who voices which frame",
        "Of the sentences that each speaker voices, the share that has each frame of the first scheme.",
        frame_speakers_figure,
        (("frame_speakers", ()),),
    ),
    Drawing(
        "blame",
        "Who holds whom answerable",
        "Speakers by those they hold answerable: circles for statements made, squares for statements denied.",
        blame_figure,
        (("blame", ("speaker", "target", "stance")),),
    ),
    Drawing(
        "timeline",
        "Documents over time",
        "Number of documents per day, month or year.",
        timeline_figure,
        (("documents", ("doc_id", "date")),),
    ),
)


def _table(folder: Path, name: str, columns: tuple[str, ...]) -> pd.DataFrame:
    path = folder / f"{name}.parquet"
    table = read_parquet(path, list(columns) or None) if path.exists() else arrow_schema(name).empty_table()
    return table.to_pandas()


def draw_all(tables: Path, output: Path) -> None:
    """Draw every figure into a folder; a table that is not there counts as empty."""
    with style():
        for drawing in DRAWINGS:
            figure = drawing.draw(*(_table(tables, *table) for table in drawing.tables))
            save_figure(figure, output / drawing.name, title=drawing.title, description=drawing.description)


def main() -> None:
    """Draw the figures; a table that is not there counts as empty."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--tables", type=Path, required=True, help="folder of the Parquet tables")
    parser.add_argument("--output", type=Path, required=True, help="folder for NAME.svg and NAME.png")
    options = parser.parse_args()
    draw_all(options.tables, options.output)


if __name__ == "__main__":
    main()
