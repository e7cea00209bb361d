"""Draw all figures from the tables: `python -m scripts.report.figures --tables DIR --output DIR ...`."""

from scripts.core.options import path_options
from scripts.core.storage import read_settings
from scripts.report.figures.gallery import draw_all


def main() -> None:
    """Draw all figures; a missing table counts as empty."""
    options = path_options(main.__doc__, "tables", "output", "settings", numbers=["processes"])
    settings, fingerprint = read_settings(options.settings), options.settings.read_bytes()
    draw_all(options.tables, options.output, settings, fingerprint=fingerprint, processes=options.processes)
