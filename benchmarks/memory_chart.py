"""One chart of the memory of each job that joins the batches against the number of documents, up to a million.

    python -m benchmarks.corpus_jobs SEEDS RESULTS --copies 1 7 70 --write COSTS
    python -m benchmarks.memory_chart COSTS docs/images/memory.svg

Dots are measured peaks of the job's largest process, a hollow one of a job that failed for want of memory; the broken
line leads to a million documents, straight through the two largest numbers of them (both scales are logarithmic).
"""

import argparse
from collections.abc import Mapping
from pathlib import Path

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FixedLocator, FuncFormatter, NullLocator

from benchmarks.corpus_jobs import MILLION, Cost, line_through, read_costs
from scripts.report.figures.drawing import figure_style
from scripts.report.figures.style import INK, MARKERS, MUTED, PALETTE, WIDTH

LIMIT = 4000  # megabytes that a job should do with at a million documents
_NAMED = 7  # jobs with a colour and a name, those with the most memory at a million
_FAINT = "#b6bec6"
_FACTOR = 1.25  # between a name and the next below it


def _draw_job(axes: Axes, costs: Mapping[int, Cost], *, color: str, marker: str) -> None:
    """Draw the measured numbers of a job, and the line from the last of them to a million documents."""
    sizes = sorted(costs)
    axes.plot(sizes, [costs[size].megabytes for size in sizes], color=color, linewidth=1.1)
    for size in sizes:
        face = "none" if costs[size].code else color
        axes.plot(size, costs[size].megabytes, marker, color=color, markersize=4, markerfacecolor=face)
    ahead = [sizes[-1] + (MILLION - sizes[-1]) * step / 30 for step in range(31)]
    megabytes = [line_through(costs, size) for size in ahead]
    axes.plot(ahead, megabytes, color=color, linewidth=1.1, linestyle=(0, (4, 2)))


def draw(costs: Mapping[str, Mapping[int, Cost]]) -> Figure:
    """Return the chart of costs, {job: {documents: cost}}; jobs measured at fewer than two numbers are left out."""
    ends = {job: line_through(of_job, MILLION) for job, of_job in costs.items() if len(of_job) > 1}
    ranked = sorted(ends, key=lambda job: -ends[job])
    sizes = sorted({size for job in ends for size in costs[job]} | {MILLION})
    figure = Figure(figsize=(WIDTH, 4.6), layout="constrained")
    axes = figure.subplots()
    axes.set(xscale="log", yscale="log", xlabel="documents", ylabel="peak memory, GB")
    axes.axhline(LIMIT, color=INK, linewidth=0.9)
    axes.text(sizes[0], LIMIT * 1.06, f"{LIMIT // 1000} GB", color=INK, fontsize=8.5)
    place = float("inf")
    for job in ranked[_NAMED:]:
        _draw_job(axes, costs[job], color=_FAINT, marker=MARKERS[0])
    for job, color, marker in zip(ranked[:_NAMED], PALETTE, MARKERS, strict=False):
        _draw_job(axes, costs[job], color=color, marker=marker)
        place = min(ends[job], place / _FACTOR)
        name = f"{ends[job] / 1000:.1f}  {job.replace(' + ', ', ')}"
        axes.text(MILLION * 1.08, place, name, va="center", fontsize=7.5, color=INK)
    if others := len(ranked[_NAMED:]):
        text = f"{others} other jobs, at most {ends[ranked[_NAMED]] / 1000:.1f}"
        axes.text(MILLION * 1.08, place / _FACTOR, text, va="center", fontsize=7.5, color=MUTED)
    axes.xaxis.set_major_locator(FixedLocator(sizes))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:,.0f}"))
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value / 1000:g}"))
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_minor_locator(NullLocator())
    axes.grid(axis="y")
    axes.set_xlim(right=MILLION)
    return figure


def main() -> None:
    """Draw the chart of measured costs as SVG."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("costs", type=Path, help="JSON file of benchmarks.corpus_jobs --write")
    parser.add_argument("chart", type=Path, help="SVG file to write")
    options = parser.parse_args()
    with figure_style():
        draw(read_costs(options.costs)).savefig(options.chart, format="svg", metadata={"Date": None, "Creator": None})


if __name__ == "__main__":
    main()
