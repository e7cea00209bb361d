"""Draw every figure of the project from the tables: `python -m scripts.report.figures --tables DIR --output DIR`."""

import argparse
import sys
from pathlib import Path

from scripts.core.storage import read_settings
from scripts.report.figures.gallery import draw_all


def main() -> None:
    """Draw the figures; a table that is missing counts as empty."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--tables", type=Path, required=True, help="folder of the Parquet tables")
    parser.add_argument("--output", type=Path, required=True, help="folder for NAME.svg and NAME.png")
    parser.add_argument("--settings", type=Path, required=True, help="the stage's fingerprint file")
    parser.add_argument("--processes", type=int, required=True, help="how many figures to draw at a time")
    options = parser.parse_args()
    settings = read_settings(options.settings)
    missing = draw_all(
        options.tables,
        options.output,
        settings["figures"]["fonts"],
        settings=settings,
        fingerprint=options.settings.read_bytes(),
        processes=options.processes,
    )
    if missing:
        advice = "the SVG files have them as text; set figures.fonts in config.yaml to an installed font that has them"
        print(f"figures: no glyph for {missing} in the PNG files: {advice}", file=sys.stderr)


if __name__ == "__main__":
    main()
