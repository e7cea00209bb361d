"""Write the report: `python -m scripts.report --tables results/tables --output results/report.html`."""

import json
from pathlib import Path

from scripts.core.options import path_options
from scripts.core.own_files import begin_own
from scripts.core.storage import read_settings, write_text
from scripts.report.data import FOLDER
from scripts.report.page import render_report, run_options
from scripts.report.rendering import read_own_style

# The folder exists even if the page holds everything: Snakemake expects it as an output, and cloud storage has no
# empty folders, so it always contains this file.
_ABOUT = "README.txt"
_ABOUT_FOLDER = (
    "Here are the texts of report.html, in .html or .js files, if the page says that they are. Then send this folder "
    "with it. Otherwise the page holds all of its texts itself.\n"
)


def main() -> None:
    """Write report.html from the tables, the figures and the provenance record.

    With two or more processes, a separate one reads the corpus."""
    paths = ("tables", "figures", "provenance", "settings", "output")
    arguments = path_options(main.__doc__, *paths, numbers=["processes"])
    folder = arguments.output.parent / FOLDER
    provenance = json.loads(arguments.provenance.read_text(encoding="utf-8"))
    options = run_options(
        read_settings(arguments.settings),
        read_own_style(arguments.settings),
        processes=arguments.processes,
        beside=(folder, folder.with_suffix(".kept"), arguments.settings.read_bytes()),
    )
    report = render_report(arguments.tables, arguments.figures, provenance, options)
    begin_own(folder, [_ABOUT, *(Path(name).name for name in report.files), *report.written])
    write_text(folder / _ABOUT, _ABOUT_FOLDER)
    for name, text in report.files.items():
        write_text(arguments.output.parent / name, text)
    write_text(arguments.output, report.page)
