"""The results of each view: its tables (view_shares, view_contrasts, view_key_words, view_curves), text and figure."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa

from scripts.core.options import path_options
from scripts.core.problem_rows import problem_row
from scripts.core.schemas import arrow_schema
from scripts.core.storage import read_settings, rows_to_table, write_parquet, write_text
from scripts.core.tables import write_table
from scripts.report.choices.corpus import ChoiceCorpus, missing, read_choice_corpus
from scripts.report.choices.figures import view_figure
from scripts.report.choices.groups_shown import side_colours
from scripts.report.choices.paragraph import view_paragraph
from scripts.report.choices.results import view_tables
from scripts.report.choices.view_files import Choice, SavedView, read_views
from scripts.report.figures.drawing import figure_style, save_figure
from scripts.report.groups import counted_scheme
from scripts.report.store import Store

VIEW_TABLES = ("view_shares", "view_contrasts", "view_key_words", "view_curves")


def absent(corpus: ChoiceCorpus, view: SavedView) -> list[str]:
    """Return sentences about the groups, words and names of a view that the corpus lacks, each once."""
    choices = [view.choose, *([view.against] if isinstance(view.against, Choice) else [])]
    choices += [Choice(groups=(group,)) for group in view.groups.every()]
    return list(dict.fromkeys(text for choice in choices for text in missing(corpus, choice)))


def _write(
    folder: Path, tables: Mapping[str, pa.Table], text: str, settings: Mapping[str, Any], colours: Sequence[str] = ()
) -> None:
    written = {name: tables.get(name, arrow_schema(name).empty_table()) for name in VIEW_TABLES}
    for name, table in written.items():
        write_table(folder, name, table, **settings["tables"])
    write_text(folder / "view.md", text)
    with figure_style():
        shares, contrasts, _, curves = (table.to_pandas() for table in written.values())
        figure = view_figure(shares, contrasts, curves, colours)
        save_figure(figure, folder / "view", title=folder.name, description="The tables beside it have its numbers.")


def main() -> None:
    """Write the results of the views in a manifest, from the tables in a folder, and the problems with views."""
    options = path_options(main.__doc__, "views", "settings", "folder", "output", "problems")
    settings = read_settings(options.settings)
    views, faults = read_views(options.views)
    rows = [problem_row(file, "views", "view", message, severity="error") for file, message in faults]
    for file, message in faults:
        _write(options.output / Path(file).stem, {}, f"# {Path(file).stem}\n\n{message}\n", settings)
    corpus = read_choice_corpus(options.folder, settings["words"])
    scheme = counted_scheme(Store(options.folder))
    for file, view in views:
        sides, tables = view_tables(corpus, view, settings, scheme=scheme)
        empty = [name for name, side in zip(("choose", "against"), sides, strict=False) if not side.documents.any()]
        drawn = set(zip(*(tables["view_curves"][name].to_pylist() for name in ("what", "value")), strict=True))
        gone = absent(corpus, view) or [f"no document meets all conditions of `{name}`" for name in empty]
        gone += [
            f"nothing chosen has the {curve.what} {curve.value!r} of a curve"
            for curve in view.curves
            if (curve.what, curve.value) not in drawn
        ]
        advice = "Its numbers are of what is left; choose again on the page, or delete the file."
        rows += [problem_row(file, "views", "view-gone", f"{text[:1].upper()}{text[1:]}. {advice}") for text in gone]
        text = view_paragraph(corpus, view, sides, tables, gone)
        colours = side_colours(view.side_groups(), view.groups)
        _write(options.output / view.name, tables, text, settings, colours)
    write_parquet(options.problems, rows_to_table("problems", rows))
