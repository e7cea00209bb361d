"""Write the report: `python -m scripts.report --tables results/tables --output results/report.html`."""

import argparse
import json
from pathlib import Path

from scripts.report.page import Options, Sources, render_report
from scripts.storage import write_text

SECTIONS = ("sources", "entities", "words", "framing", "documents", "problems", "methods", "provenance")


def main() -> None:
    """Write report.html from the tables, the figures and the provenance record."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--tables", type=Path, required=True, help="folder of the Parquet tables")
    parser.add_argument("--figures", type=Path, required=True, help="folder of the SVG figures")
    parser.add_argument("--provenance", type=Path, help="provenance.json")
    parser.add_argument("--settings", type=Path, help="JSON file whose `report` holds the settings of the report")
    parser.add_argument("--output", type=Path, required=True)
    given = parser.parse_args()
    settings = json.loads(given.settings.read_text(encoding="utf-8"))["report"] if given.settings else {}
    provenance = json.loads(given.provenance.read_text(encoding="utf-8")) if given.provenance else {}
    css = settings.get("css", "")
    options = Options(
        title=settings.get("title", "News report"),
        sections=tuple(settings.get("sections", SECTIONS)),
        max_bytes=int(1_000_000 * settings.get("megabytes", 1)),
        css=Path(css).read_text(encoding="utf-8") if css else "",
        pages="",
    )
    write_text(given.output, render_report(Sources(given.tables, given.figures, provenance, []), options))


if __name__ == "__main__":
    main()
