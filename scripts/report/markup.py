"""Numbers, names and anchors as the page shows them."""

from math import isfinite

from markupsafe import Markup

from scripts.core.visible import shortened, visible
from scripts.report.figures.style import NOT_ESTIMABLE, percent, percent_decimals

_LONGEST = 1000
# Kinds of numeric columns, by which the page formats their cells.
NUMBER_KINDS = ("int", "sentence", "share", "points", "probability", "number")
# The kind of a column that shows the two ends of an interval, by the kind of its numbers.
ENDS_KINDS = {"share": "share ends", "points": "points ends", "number": "ends"}
# Most characters of a cell, of a document's title in a cell, of the label of a mark, and of its tooltip.
CELL_LENGTH, TITLE_LENGTH, LABEL_LENGTH, HINT_LENGTH = 300, 48, 32, 240
# A narrower interval of proportions is shown with decimals.
NARROW = 0.05
# Numbers of at least NO_DECIMALS have no decimals, of at least TWO_DECIMALS two, and others one significant digit.
NO_DECIMALS, TWO_DECIMALS = 100, 0.005
# A smaller p or q value is shown as "< 0.001".
LEAST_PROBABILITY = 0.001


def interval(lo: float | None, hi: float | None, *, proportion: bool = True) -> str:
    """Return an interval as text, or "not estimable"; both ends of a proportion have a decimal if either needs one.

    Of other numbers neither end has decimals if one is large, unless the other is below 1.

    >>> interval(0.04, 0.31), interval(0.251, 0.262), interval(0.2, 0.31), interval(0.0004, 0.003)
    ('4.0% to 31.0%', '25.1% to 26.2%', '20% to 31%', '0.04% to 0.30%')
    """
    if lo is None or hi is None or not isfinite(hi - lo):
        return NOT_ESTIMABLE
    if not proportion:
        is_large = max(abs(lo), abs(hi)) >= NO_DECIMALS
        return " to ".join(number(round(end) if is_large and abs(end) >= 1 else end) for end in (lo, hi))
    decimals = max(int(hi - lo < NARROW), percent_decimals(max(abs(lo), abs(hi))), min(1, percent_decimals(lo)))
    return f"{percent(lo, decimals=decimals)} to {percent(hi, decimals=decimals)}"


def interval_in_words(lo: float, hi: float) -> str:
    """Return the interval of a share for use in a sentence; "" if it cannot be estimated or has no width.

    >>> interval_in_words(0.2, 0.31), interval_in_words(float("nan"), float("nan"))
    (' (95% interval 20% to 31%)', '')
    """
    return f" (95% interval {interval(lo, hi)})" if lo < hi else ""


def points(difference: float) -> str:
    """Return a difference of shares in percentage points; "not estimable" for NaN.

    >>> points(-0.031), points(0.25)
    ('−3.1 pp', '25 pp')
    """
    return percent(difference).replace("%", " pp")


def points_interval(lo: float | None, hi: float | None) -> str:
    """Return an interval of a difference of shares in percentage points.

    >>> points_interval(-0.02, 0.012)
    '−2.0 to 1.2 pp'
    """
    return interval(lo, hi).replace("%", "", 1).replace("%", " pp")


def number(value: float) -> str:
    """Return a number with commas between thousands; a fraction has two decimals unless it is large or tiny.

    >>> number(1234567), number(-0.125), number(float("-inf"))
    ('1,234,567', '−0.12', 'not estimable')
    """
    if not isfinite(value):
        return NOT_ESTIMABLE
    value += 0  # no -0.0
    if isinstance(value, int) or abs(value) >= NO_DECIMALS:
        shown = f"{value:,.0f}"
    else:
        shown = f"{value:.2f}" if abs(value) >= TWO_DECIMALS else f"{value:.1g}"
    return shown.replace("-", "\N{MINUS SIGN}", 1) if shown[0] == "-" else shown


def probability(value: float) -> str:
    """Return a p or q value as text; anything below a thousandth is "< 0.001"."""
    if not isfinite(value):
        return NOT_ESTIMABLE
    return f"< {LEAST_PROBABILITY}" if value < LEAST_PROBABILITY else f"{value:.3f}"


def plural(n: int, singular: str, plural_form: str = "") -> str:
    """Return a number and its noun: `3 documents`, `1 document`."""
    return f"{number(n)} {singular if n == 1 else plural_form or singular + 's'}"


def fit(text: str) -> str:
    """Return text from data as the page shows it: with hidden characters made visible, and shortened if very long."""
    return visible(text) if len(text) <= _LONGEST else shortened(text, _LONGEST)


def say(template: str, *parts: str | Markup) -> Markup:
    """Return a template filled with escaped parts from data, as markup."""
    return Markup(template).format(*(part if isinstance(part, Markup) else fit(part) for part in parts))
