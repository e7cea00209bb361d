"""Constants that Python and the page's script both need, written once in Python and put before the script.

The script (workflow/templates/report/js) uses each by its name and has no copy of it.
"""

import json
from typing import Any

import numpy as np

from scripts.core.csv_tables import FORMULA_SIGNS
from scripts.core.sheets import NO, YES
from scripts.core.stand_ins import ALL, NARRATOR, OTHERS
from scripts.core.statements import UNNAMED
from scripts.core.visible import HIDDEN, WHITE_SPACE
from scripts.documents.origins import OWN, WIRE
from scripts.framing.places import ACTORS
from scripts.framing.sampling import SHEET_COLUMNS as CODING_COLUMNS
from scripts.maths import intervals, permutation
from scripts.maths.bootstrap import LEAST_WIDTH, RESAMPLES, poisson_bounds
from scripts.maths.document_shares import UNEVEN
from scripts.maths.intervals import ENOUGH, LEVEL, normal_quantile
from scripts.maths.keyness import SMALLEST
from scripts.report import kinds
from scripts.report.choices.groups_shown import LONGEST_NAME
from scripts.report.corpus import layout
from scripts.report.figures.style import COLOURS, GROUP_LABEL, NOT_ESTIMABLE, WHOLE_PERCENT
from scripts.report.markup import LEAST_PROBABILITY, NARROW, NO_DECIMALS, TWO_DECIMALS
from scripts.report.payload import MISSING, SIGNS_85
from scripts.report.reading import KINDS, LAYERS, MAX_SCHEMES
from scripts.review import decisions
from scripts.review.shown_cells import FILLED
from scripts.review.units import CHECKED_LABELS
from scripts.sources.cue_stances import STANCES
from scripts.sources.source_counts import OWN_TOTALS, UNKNOWN
from scripts.words.keyness import VARIES


def page_constants() -> dict[str, Any]:
    """Return the constants of the page's script, each a value of JSON, by their names."""
    return {
        # Blocks of data.
        "SIGNS_85": SIGNS_85,
        "MISSING": MISSING,
        "USES": layout.USES,
        "FLAGS": layout.FLAGS,
        "QUOTE_COLUMNS": ("pieces", *layout.QUOTE_NUMBERS, *layout.QUOTE_OFFSETS, *layout.QUOTE_LENGTHS),
        "MENTION_COLUMNS": ("first", *layout.MENTION_NUMBERS),
        "CODE_COLUMNS": ("first", *layout.CODE_NUMBERS),
        "VALUE_COLUMN": layout.VALUE,
        "PATTERN_FIELDS": layout.PATTERN_FIELDS,
        "LABEL_FIELDS": layout.LABEL_FIELDS,
        "BETWEEN_FIELDS": layout.BETWEEN_FIELDS,
        # Names that stand for no single speaker, group or value, and the values of origins and sources.
        "NARRATOR": NARRATOR,
        "UNNAMED": UNNAMED,
        "EVERY": ALL,
        "OTHERS": OTHERS,
        "UNKNOWN": UNKNOWN,
        "OWN_ORIGIN": OWN,
        "WIRE_ORIGIN": WIRE,
        "STANCES": STANCES,
        "OWN_TOTALS": OWN_TOTALS,
        "ACTORS": ACTORS,
        # Statistics of a choice of documents.
        **_statistics(),
        # The reading view.
        "MAX_SCHEMES": MAX_SCHEMES,
        "LAYERS": LAYERS,
        "NAME_KINDS": KINDS,
        "LABEL_LENGTH": kinds.LABEL,
        "HINT_LENGTH": kinds.HINT,
        # Cells of tables, and numbers.
        "NUMBER_KINDS": kinds.NUMBER_KINDS,
        "ENDS_KINDS": kinds.ENDS_KINDS,
        "CELL_LENGTH": kinds.CELL,
        "TITLE_LENGTH": kinds.DOCUMENT_CELL,
        "NOT_ESTIMABLE": NOT_ESTIMABLE,
        "WHOLE_PERCENT": WHOLE_PERCENT,
        "NARROW": NARROW,
        "NO_DECIMALS": NO_DECIMALS,
        "TWO_DECIMALS": TWO_DECIMALS,
        "LEAST_PROBABILITY": LEAST_PROBABILITY,
        # Colours by their names, and how groups are shown.
        "COLOURS": COLOURS,
        "LONGEST_NAME": LONGEST_NAME,
        "GROUP_LABEL": GROUP_LABEL,
        # Text, and files that spreadsheets open.
        "HIDDEN": HIDDEN,
        "WHITE_SPACE": WHITE_SPACE,
        "FORMULA_SIGNS": FORMULA_SIGNS,
        # Corrections.
        "DECISION_COLUMNS": decisions.DECISION_COLUMNS,
        "DECIDED_COLUMNS": decisions.DECIDED,
        "OFFSET_COLUMNS": decisions.OFFSETS,
        "DECISION_KINDS": sorted(decisions.DECISION_KINDS),
        "PER_VALUE": sorted(decisions.PER_VALUE),
        "ON_CORPUS": sorted(decisions.ON_CORPUS),
        "ON_QUOTES": sorted(decisions.ON_QUOTES),
        "ON_NAMES": sorted(decisions.ON_NAMES),
        "STATEMENT_TYPES": decisions.TYPES,
        # Sheets to fill.
        "REVIEW_COLUMNS": FILLED,
        "REVIEW_LABELS": sorted(CHECKED_LABELS),
        "CODING_COLUMNS": " ".join(sorted({column for columns in CODING_COLUMNS.values() for column in columns})),
        "YES": " ".join(sorted(YES)),
        "NO": " ".join(sorted(NO)),
    }


def _statistics() -> dict[str, Any]:
    """Return the numbers in the formulas of scripts/maths, with the state of the generator that deals documents."""
    start: Any = np.random.PCG64(1).state["state"]
    return {
        "ENOUGH": ENOUGH,
        "LEVEL": LEVEL,
        "CENTRE": intervals.CENTRE,
        "NO_SKEW": intervals.NO_SKEW,
        "SKEW": intervals.SKEW,
        "SMALLEST": SMALLEST,
        "VARIES": VARIES,
        "NORMAL_QUANTILE": normal_quantile(LEVEL),
        "UNEVEN": UNEVEN,
        "POISSON_BOUNDS": poisson_bounds(),
        "RESAMPLES": RESAMPLES,
        "LEAST_WIDTH": LEAST_WIDTH,
        "DRAWS": permutation.DRAWS,
        "FIRST_DRAWS": permutation.FIRST,
        "MOST_DEALT": permutation.BLOCK,
        **{f"DEAL_{name}": [start[key] >> 32 * at & 0xFFFFFFFF for at in range(4)]
           for name, key in (("STATE", "state"), ("INCREMENT", "inc"))},
    }  # fmt: skip


def constants_script() -> str:
    """Return the constants as JavaScript, one a line."""
    return "".join(f"const {name} = {json.dumps(value)};\n" for name, value in page_constants().items())
