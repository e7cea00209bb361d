"""The study, docs/study.md, with the rows of its numbers in docs/study-numbers.md: `make study`.

It fills docs/study.md.j2 from the results of `snakemake --cores 4 --configfile examples/senate/config.yaml`, and copies
its figures. A sentence that the results no longer bear out ends it.
"""

import json
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import jinja2
import pandas as pd

from scripts.core.storage import ROOT
from scripts.report.methods import paragraph
from scripts.report.store import Store

DOCS = ROOT / "docs"
RESULTS = ROOT / "results" / "senate"
ALPHA = 0.05
FIGURES = ("kinds", "frames_by_group")
_HEAD = """# The numbers of the study, and their rows

Made by `make study`: where each number of [the study](study.md) is in the tables of `results/senate/`. A row is
identified by its values; the ends of an interval are beside its column.

| table | row | columns and numbers |
| --- | --- | --- |
"""


class Cited(NamedTuple):
    """A number of the study: as it is shown, its table, what its row has, and the columns that it stands in."""

    shown: str
    table: str
    row: dict[str, str]
    columns: tuple[str, ...]


class Source(NamedTuple):
    """The folder of the results, and the numbers that were taken from it, in the order of the text."""

    results: Path
    cited: list[Cited]

    def table(self, name: str) -> pd.DataFrame:
        """Return a table; one of a view has the name of the view before a slash."""
        view, _, table = name.rpartition("/")
        return pd.read_parquet(self.results / (f"views/{view}" if view else "tables") / f"{table}.parquet")

    def row(self, name: str, keys: dict[str, str]) -> dict[str, Any]:
        """Return the only row of a table that has these values. Raises ValueError if it is none, or one of several."""
        rows = self.table(name).fillna(dict.fromkeys(keys, ""))
        for key, value in keys.items():
            rows = rows[rows[key] == value]
        if len(rows) != 1:
            raise ValueError(f"{name} has {len(rows)} rows with {keys}, not one")
        return {str(key): value for key, value in rows.iloc[0].items()}

    def link(self, shown: str, table: str, row: dict[str, str], *columns: str) -> str:
        """Return a number as a link to its row, which is noted once."""
        cited = Cited(shown, table, row, columns)
        if cited not in self.cited:
            self.cited.append(cited)
        return f"[{shown}](study-numbers.md#n{self.cited.index(cited) + 1})"

    def number(self, table: str, column: str, **keys: str) -> str:
        """Return a number, of whole ones with commas, of others with two digits."""
        value = self.row(table, keys)[column]
        return self.link(f"{value:,.0f}" if float(value).is_integer() else f"{value:.2f}", table, keys, column)

    def share(
        self,
        table: str,
        column: str = "estimate",
        *,
        ends: tuple[str, ...] = ("lo", "hi"),
        unit: str = " %",
        **keys: str,
    ) -> str:
        """Return a share in percent, with its interval where there are ends."""
        values = [100 * self.row(table, keys)[name] for name in (column, *ends)]
        shown = f"{values[0]:.0f}{unit}" + (f" ({values[1]:.0f} to {values[2]:.0f})" if ends else "")
        return self.link(shown, table, keys, column, *ends)

    def count(self, table: str, column: str = "", **keys: str) -> str:
        """Return the number of rows with these values, or of different values of a column."""
        rows = self.table(table).fillna(dict.fromkeys(keys, ""))
        for key, value in keys.items():
            rows = rows[rows[key] == value]
        return self.link(f"{rows[column].nunique() if column else len(rows):,}", table, keys, column or "rows")


def claims(source: Source) -> Iterator[tuple[str, bool]]:
    """Yield what the study says in words about its numbers, and whether the results bear it out."""

    def frame(group: str, name: str) -> dict[str, Any]:
        return source.row("frame_corrected", {"group": group, "frame": name})

    politicians = source.row("corrected_shares", {"share": "kind", "group": "(all)", "value": "politician"})
    is_below = politicians["machine"] < politicians["lo"]
    yield "the machine's share of politicians is below the interval of the corrected one", is_below
    stories = source.row("story_contrasts", {"group": "Democratic", "other": "Republican"})["stories"]
    yield "the parties share one story", stories == 1
    kinds = source.table("source_contrasts").query(
        "attribute == 'kind' and measure == 'words' and group != 'Independent'"
    )
    yield "no kind of source is shown to differ between the parties", not (kinds["q"] < ALPHA).any()
    women = {"attribute": "gender", "value": "f", "measure": "first", "group": "Democratic"}
    yield "women come first more often in Democratic releases", source.row("source_contrasts", women)["q"] < ALPHA
    frames = source.table("frame_contrasts").query("scheme == 'generic'")
    yield "no difference of frames stands", not (frames["q"] < ALPHA).any()
    conflict = frames[(frames["frame"] == "conflict") & (frames["group"] == "Democratic")]
    yield "alone, the difference of conflict would stand", bool((conflict["p"] < ALPHA).all())
    republican, democratic = (frame(group, "conflict") for group in ("Republican", "Democratic"))
    yield "by the codes both have about as much conflict", abs(democratic["estimate"] - republican["estimate"]) < 0.03
    yield "the intervals of conflict overlap", democratic["lo"] < republican["hi"]
    economic = frame("(all)", "economic")
    yield "the machine sees the economic frame too often", economic["machine"] > economic["hi"]
    alphas = source.table("frame_reliability").query("measure == 'alpha, machine'").set_index("frame")["estimate"]
    yield "alpha is highest for the economic frame", alphas.idxmax() == "economic"
    recall = source.row("frame_reliability", {"frame": "responsibility", "measure": "recall"})["estimate"]
    yield "the machine misses most of responsibility", recall < 0.5
    word = source.row("keyness", {"target": "Democratic", "word": "undocumented"})
    yield "undocumented is some eight times as often", 7 < 2 ** word["estimate"] < 9.5 and word["boot_lo"] > 0
    illegal = source.row("keyness", {"target": "Republican", "word": "illegal"})
    yield "illegal is the Republicans' word", illegal["boot_lo"] > 0


def study(results: Path) -> tuple[str, str]:
    """Return the study, and the page with the rows of its numbers."""
    source = Source(results, [])
    if untrue := [sentence for sentence, is_true in claims(source) if not is_true]:
        raise ValueError(f"The study says what these results do not: {'; '.join(untrue)}")
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(DOCS), undefined=jinja2.StrictUndefined, keep_trailing_newline=True
    )
    record = json.loads((results / "provenance.json").read_text(encoding="utf-8"))
    record["newsloom"]["commit"] = "that of this page"
    text = environment.get_template("study.md.j2").render(
        **{name: getattr(source, name) for name in ("number", "share", "count")},
        methods=" ".join(paragraph(record, Store(results / "tables"))),
        version=record["newsloom"]["version"],
    )
    return text, _HEAD + "".join(_rows(source.cited))


def _rows(cited: list[Cited]) -> Iterator[str]:
    """Yield a line for each row of a table, with its columns and the numbers that the study takes from them."""
    rows: dict[tuple[str, str], list[str]] = {}
    for place, each in enumerate(cited, 1):
        row = "; ".join(f"{key}: {value}" for key, value in each.row.items()) or "all"
        number = f'<a id="n{place}"></a>{each.columns[0]}: {each.shown}'
        rows.setdefault((each.table, row), []).append(number)
    for (table, row), numbers in rows.items():
        yield f"| `{table}` | {row} | {'; '.join(numbers)} |\n"


def main() -> None:
    """Write both pages, and copy the figures."""
    if not (RESULTS / "report.html").is_file():
        sys.exit("There are no results: snakemake --cores 4 --configfile examples/senate/config.yaml")
    for name, text in zip(("study.md", "study-numbers.md"), study(RESULTS), strict=True):
        (DOCS / name).write_text(text, encoding="utf-8")
    for name in FIGURES:
        shutil.copyfile(RESULTS / "figures" / f"{name}.svg", DOCS / "images" / f"study-{name}.svg")


if __name__ == "__main__":
    main()
