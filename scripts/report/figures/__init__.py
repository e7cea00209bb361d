"""What the figures share with the report, which has no use for matplotlib: colours, names, labels."""

from collections.abc import Iterable

from scripts.core.visible import shortened

# Okabe & Ito 2008, Color Universal Design: eight colours that the colour-blind can tell apart.
BLACK, ORANGE, SKY, GREEN = "#000000", "#e69f00", "#56b4e9", "#009e73"
YELLOW, BLUE, VERMILLION, PURPLE = "#f0e442", "#0072b2", "#d55e00", "#cc79a7"
PALETTE = (BLUE, ORANGE, GREEN, VERMILLION, SKY, PURPLE, YELLOW)
# The second channel, in step with PALETTE: what differs in colour differs in hatch and marker too. Dots and circles
# would cost 60 KB of SVG a pattern.
HATCHES = ("", "////", "\\\\\\\\", "xxxx", "----", "||||", "++++")
MARKERS = ("o", "s", "^", "D", "v", "P", "X")
# Ink, muted ink, grid and paper follow the page's theme in the report. Text on a coloured cell must not: it takes
# ON_LIGHT or ON_DARK.
INK, MUTED, GRID, PAPER = "#1b1f24", "#59636e", "#d8dce0", "#ffffff"
ON_LIGHT, ON_DARK = "#000001", "#fffffe"

WIDTH = 7.2
NOTHING = "nothing"
_LABEL = 44


def label(text: str, width: int = _LABEL) -> str:
    """Text from data as an axis label: control characters made visible, cut after `width` characters."""
    return shortened(text, width)


def row_name(key: Iterable[str]) -> str:
    """The name of a row that has these values."""
    return " · ".join(key)
