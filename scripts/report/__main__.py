"""Write the report: `python -m scripts.report --tables results/tables --output results/report.html`."""

import argparse
import json
from pathlib import Path

from scripts.core.own_files import begin_own
from scripts.core.storage import read_settings, write_text
from scripts.report.data import FOLDER
from scripts.report.large.files import Beside
from scripts.report.page import Options, ReportSources, render_report
from scripts.report.rendering import read_own_style

# The folder is there even if the page holds all: Snakemake knows it as an output, and a bucket has no empty folders.
_ABOUT = "README.txt"
_ABOUT_FOLDER = (
    "Here are the texts of report.html, in .html or .js files, if the page says that they are. Then send this folder "
    "with it. "
    "Otherwise the page holds all of its texts itself.\n"
)


def main() -> None:
    """Write report.html from the tables, the figures and the provenance record."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--tables", type=Path, required=True, help="folder of the Parquet tables")
    parser.add_argument("--figures", type=Path, required=True, help="folder of the SVG figures")
    parser.add_argument("--provenance", type=Path, required=True, help="provenance.json")
    parser.add_argument("--settings", type=Path, required=True, help="the stage's fingerprint file")
    parser.add_argument("--output", type=Path, required=True)
    parser.add_argument("--processes", type=int, required=True, help="with two the corpus is read in one of its own")
    arguments = parser.parse_args()
    settings = read_settings(arguments.settings)
    folder = arguments.output.parent / FOLDER
    provenance = json.loads(arguments.provenance.read_text(encoding="utf-8"))
    words, statistics = settings["words"], {name: settings[name] for name in ("bootstrap", "keyness")}
    settings = settings["report"]
    options = Options(
        title=settings["title"],
        words=words,
        statistics=statistics,
        sections=tuple(settings["sections"]),
        max_bytes=int(1_000_000 * settings["megabytes"]),
        css=read_own_style(arguments.settings),
        processes=arguments.processes,
        beside=Beside(folder, folder.with_suffix(".kept"), arguments.settings.read_bytes()),
    )
    report = render_report(ReportSources(arguments.tables, arguments.figures, provenance), options)
    begin_own(folder, [_ABOUT, *(Path(name).name for name in report.files), *report.written])
    write_text(folder / _ABOUT, _ABOUT_FOLDER)
    for name, text in report.files.items():
        write_text(arguments.output.parent / name, text)
    write_text(arguments.output, report.page)


if __name__ == "__main__":
    main()
