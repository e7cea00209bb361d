"""Weights of readable evidence, from the lists that training/name_links.py fits."""

import csv
from functools import cache

from scripts.core.lexicons import LEXICONS


@cache
def weights_of(name: str) -> dict[str, float]:
    """Return {kind of evidence: weight} from a file of workflow/lexicons."""
    with (LEXICONS / name).open(encoding="utf-8", newline="") as handle:
        _, *rows = csv.reader(line for line in handle if not line.startswith("#"))
    return {kind: float(weight) for kind, weight in rows}
