"""Constants that both Python and the page's script need: defined in Python, and written out before the script.

The script (workflow/templates/report/js) uses each by its name and has no copy of it.
"""

import json
from collections.abc import Mapping
from types import ModuleType
from typing import Any

import numpy as np

from scripts.core import csv_tables, stand_ins, statements, visible
from scripts.core.sheets import NO, YES
from scripts.documents.origins import OWN, WIRE
from scripts.entities import cooccurrence
from scripts.framing import places
from scripts.framing.sampling import SHEET_COLUMNS as CODING_COLUMNS
from scripts.maths import bootstrap, document_shares, intervals, keyness, permutation
from scripts.report import markup, payload, reading
from scripts.report.choices import counts, groups_shown
from scripts.report.corpus import layout
from scripts.report.figures import style
from scripts.review import decisions
from scripts.review.shown_cells import FILLED
from scripts.review.units import CHECKED_LABELS
from scripts.sources import cue_stances, source_counts

# Constants by the modules that define them; they have the same names in the script, and sets become sorted lists.
_SAME_NAMES: Mapping[ModuleType, tuple[str, ...]] = {
    # Blocks of data.
    payload: ("SIGNS_85", "MISSING"),
    layout: ("USES", "FLAGS", "PATTERN_FIELDS", "LABEL_FIELDS", "BETWEEN_FIELDS"),
    # Placeholders for speakers, groups and values, and the values of sources.
    stand_ins: ("NARRATOR", "OTHERS"),
    statements: ("UNNAMED", "BETWEEN_PIECES"),
    source_counts: ("UNKNOWN", "OWN_TOTALS"),
    cue_stances: ("STANCES",),
    places: ("ACTORS",),
    # Statistics of a choice of documents.
    cooccurrence: ("PAIRED_KINDS",),
    counts: ("BETWEEN_NAMES", "OF_DOCUMENTS"),
    intervals: ("ENOUGH", "LEVEL", "CENTRE", "NO_SKEW", "SKEW"),
    bootstrap: ("RESAMPLES", "LEAST_WIDTH"),
    document_shares: ("UNEVEN", "UNSEEN", "OWN_PRIOR"),
    permutation: ("DRAWS",),
    keyness: ("SMALLEST", "VARIES"),
    # The reading view, cells of tables, and numbers.
    reading: ("MAX_SCHEMES", "LAYERS"),
    markup: (
        *("NUMBER_KINDS", "ENDS_KINDS", "CELL_LENGTH", "TITLE_LENGTH", "LABEL_LENGTH", "HINT_LENGTH"),
        *("NARROW", "NO_DECIMALS", "TWO_DECIMALS", "LEAST_PROBABILITY"),
    ),
    # Colours by their names, and how groups are shown.
    style: ("COLOURS", "GROUP_LABEL", "GROUP_IN_TEXT", "NOT_ESTIMABLE", "WHOLE_PERCENT", "TENTHS_OF_PERCENT"),
    groups_shown: ("LONGEST_NAME",),
    # Text, and files that spreadsheets open.
    visible: ("HIDDEN", "WHITE_SPACE"),
    csv_tables: ("FORMULA_SIGNS",),
    # Corrections.
    decisions: ("DECISION_COLUMNS", "DECISION_KINDS", "PER_VALUE", "ON_CORPUS", "ON_QUOTES", "ON_NAMES"),
}


def page_constants() -> dict[str, Any]:
    """Return the constants of the page's script as JSON values, by name."""
    same = {name: getattr(module, name) for module, names in _SAME_NAMES.items() for name in names}
    # The state of the random generator that deals documents, as 32-bit words, the lowest first.
    start: Any = np.random.PCG64(1).state["state"]
    dealing = {name: [start[key] >> 32 * at & 0xFFFFFFFF for at in range(4)]
               for name, key in (("DEAL_STATE", "state"), ("DEAL_INCREMENT", "inc"))}  # fmt: skip
    return {
        **{name: sorted(value) if isinstance(value, frozenset) else value for name, value in same.items()},
        **dealing,
        "QUOTE_COLUMNS": ("pieces", *layout.QUOTE_NUMBERS, *layout.QUOTE_OFFSETS, *layout.QUOTE_LENGTHS),
        "MENTION_COLUMNS": ("first", *layout.MENTION_NUMBERS),
        "CODE_COLUMNS": ("first", *layout.CODE_NUMBERS),
        "VALUE_COLUMN": layout.VALUE,
        "EVERY": stand_ins.ALL,
        "OWN_ORIGIN": OWN,
        "WIRE_ORIGIN": WIRE,
        "NORMAL_QUANTILE": intervals.NORMAL_QUANTILE,
        "POISSON_BOUNDS": bootstrap.poisson_bounds(),
        "FIRST_DRAWS": permutation.FIRST,
        # Most documents that the page deals; it does so as NumPy does up to 10,000, so a choice has the p of its view.
        "MOST_DEALT": 1_000,
        "NAME_KINDS": reading.KINDS,
        "DECIDED_COLUMNS": decisions.DECIDED,
        "OFFSET_COLUMNS": decisions.OFFSETS,
        "STATEMENT_TYPES": decisions.TYPES,
        # Sheets to fill.
        "REVIEW_COLUMNS": FILLED,
        "REVIEW_LABELS": sorted(CHECKED_LABELS),
        "CODING_COLUMNS": " ".join(sorted({column for columns in CODING_COLUMNS.values() for column in columns})),
        "YES": " ".join(sorted(YES)),
        "NO": " ".join(sorted(NO)),
    }


def constants_script() -> str:
    """Return the constants as JavaScript, one per line."""
    return "".join(f"const {name} = {json.dumps(value)};\n" for name, value in page_constants().items())
