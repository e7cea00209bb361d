"""Colours, names and labels shared by the figures and the report; this module must not import matplotlib."""

from math import isfinite

from scripts.core.visible import shortened

# Okabe & Ito 2008, Color Universal Design: colours that colour-blind readers can tell apart.
ORANGE, SKY, GREEN = "#e69f00", "#56b4e9", "#009e73"
YELLOW, BLUE, VERMILLION, PURPLE = "#f0e442", "#0072b2", "#d55e00", "#cc79a7"
PALETTE = (BLUE, ORANGE, GREEN, VERMILLION, SKY, PURPLE, YELLOW)
# Colours of sides, curves and groups, by their names in files of views and on the page. Each is visible on a white and
# on a dark background, unlike orange and yellow.
COLOURS = {"blue": BLUE, "vermillion": VERMILLION, "green": GREEN, "purple": PURPLE, "olive": "#8a6d00", "sky": SKY}
# A second channel, parallel to PALETTE: shapes that differ in colour also differ in hatch and marker. Hatches of dots
# or circles would cost 60 KB of SVG per pattern.
HATCHES = ("", "////", "\\\\\\\\", "xxxx", "----", "||||", "++++")
MARKERS = ("o", "s", "^", "D", "v", "P", "X")
# The report replaces ink, muted ink, grid and paper by the colours of the page's theme. Text on a coloured cell must
# keep its colour in every theme, so it is written in ON_LIGHT or ON_DARK.
INK, MUTED, GRID, PAPER = "#1b1f24", "#59636e", "#d8dce0", "#ffffff"
ON_LIGHT, ON_DARK = "#000001", "#fffffe"

# Width of every figure, in inches.
WIDTH = 7.2
# Identifier in the SVG of the sentence that a figure shows when it has no data.
NO_DATA = "nothing"
# Prefixes of identifiers: of a group's panel, of an axis that panels share, and of a text that stands for a row of the
# figure's table.
GROUP_PANEL, COMMON_AXIS, ROW = "group:", "common-", "row:"
# Most characters of a group's name in such an identifier.
GROUP_LABEL = 80
# Most characters of a group that an axis or a legend names.
GROUP_IN_TEXT = 22
# Identifier in the SVG of a comparison for which there are no two groups: the report leaves it out.
NO_GROUPS = "no-groups"
NOT_ESTIMABLE = "not estimable"
# The false discovery rate: at most this share of the marked differences is expected to be false (Benjamini-Hochberg).
ALPHA = 0.05
# Proportions of at least these are shown as percentages without decimals, and with one.
WHOLE_PERCENT, TENTHS_OF_PERCENT = 0.0995, 0.00995


def label(text: str, width: int = 44) -> str:
    """Return text from data as an axis label: with control characters made visible, and cut to `width` characters.

    >>> label("Organisation for the Prohibition of Chemical Weapons", 20)
    'Organisation for th…'
    """
    return shortened(text, width)


def frame_name(name: str) -> str:
    """Return a frame's name as it is shown to readers.

    >>> frame_name("human_interest")
    'human interest'
    """
    return name.replace("_", " ")


def percent(share: float | None, *, decimals: int | None = None) -> str:
    """Return a proportion as a percentage, by default with one decimal below 10%, and two below 1%.

    >>> percent(0.5), percent(0.051), percent(-0.0004), percent(None)
    ('50%', '5.1%', '−0.04%', 'not estimable')
    """
    if share is None or not isfinite(share):
        return NOT_ESTIMABLE
    decimals = percent_decimals(share) if decimals is None else decimals
    digits = f"{100 * share:.{decimals}f}"
    return digits.replace("-", "\N{MINUS SIGN}" if float(digits) else "") + "%"


def tick(value: float, _: float = 0) -> str:
    """Return a tick's value with all of its digits, so that an axis with steps of 2.5 shows them.

    >>> tick(2.5), tick(1_000_000.0)
    ('2.5', '1,000,000')
    """
    return f"{value:,.10g}".replace("-", "\N{MINUS SIGN}")


def percent_tick(value: float, _: float = 0) -> str:
    """Return a tick's proportion as a percentage with all of its digits.

    >>> percent_tick(0.025), percent_tick(0.07)
    ('2.5%', '7%')
    """
    return f"{tick(100 * value)}%"


def percent_decimals(share: float) -> int:
    """Return the decimals of a proportion as a percentage: two below 1%, one below 10%, none otherwise or for 0."""
    return sum(0 < abs(share) < least for least in (WHOLE_PERCENT, TENTHS_OF_PERCENT))
