"""Legends that figures share: of groups that differ, and of key words."""

from typing import Literal

from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from scripts.report.figures.style import BLUE, MUTED, PAPER, VERMILLION

# False discovery rate below which a difference counts as one.
ALPHA = 0.05


def difference_legend(figure: Figure) -> None:
    """Add the legend of a comparison of groups: all documents, a group that differs, one that may not."""
    differs = f"differs from the others, adjusted p < {ALPHA}"
    handles = [
        Line2D([], [], ls="", marker="|", color=MUTED, markersize=9, label="all documents"),
        Line2D([], [], ls="", marker="o", color=BLUE, markersize=4.5, label=differs),
        Line2D([], [], ls="", marker="o", color=BLUE, mfc=PAPER, markersize=4.5, label="not shown to differ"),
    ]
    figure.legend(handles=handles, loc="outside upper right", ncols=3)


def keyness_legend(figure: Figure, *, loc: Literal["outside upper right", "outside lower right"]) -> None:
    """Add the legend of key words, above or below the axes."""
    handles = [
        Line2D([], [], ls="", marker="D", color=VERMILLION, markersize=4, label=f"adjusted p < {ALPHA}"),
        Line2D([], [], ls="", marker="o", color=MUTED, mfc=PAPER, markersize=4, label="does not survive correction"),
    ]
    figure.legend(handles=handles, loc=loc, ncols=2)
