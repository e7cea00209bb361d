"""Newsloom: from news text to a report on who is quoted, on what, and in whose frame."""

import gc
import sys

from scripts.imports import absent, hide

# The jobs whose own modules use neither NumPy nor pandas.
LISTS_ALONE = {
    "scripts.tokens",
    "scripts.entities",
    "scripts.quotes",
    "scripts.framing",
    "scripts.framing.vader",
    "scripts.tables",
    "scripts.corpus",
    "scripts.provenance",
}

# Jobs are short and hardly leave cycles of objects behind. To search for them after every 2,000 new objects takes a
# fifth of a job that makes many, such as rows of names.
gc.set_threshold(100_000)

# Arrow imports NumPy at once (0.1 s of a job), and pandas (0.2 s) when it is first given a list to convert. It does
# without either, and looks for pandas again when it is asked for a data frame.
if LISTS_ALONE.intersection(sys.orig_argv):
    hide("numpy", "pandas")
else:
    with absent("pandas"):
        import pyarrow

        pyarrow.array([])
