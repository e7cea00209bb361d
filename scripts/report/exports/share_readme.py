"""The README of a shared copy: what is what, and how to cite it."""

from collections.abc import Iterable, Mapping
from typing import Any

_TEXTS = {
    False: """The articles are not in here, and no twelve words in a row of any. The report has its figures and the
first rows of its tables; quotations in the tables are cut after their first eight words, marked by …, as is any other
passage of an article; in the tables of documents, sentences and codings the column `text` is empty, there is no table
of tokens, and sheets are without their columns of text. Offsets and counts are of the whole texts that the run was made
from, in characters (Unicode code points); the SHA-256 of each file of them is in `provenance.json`.""",
    True: """The articles are in here in full, in the report and in the tables. Whether you may pass them on depends on
their publishers.""",
}
_PARTS = (
    ("report.html", "the report: open it in a browser, no network needed"),
    ("report-data/", "texts of the report, read from here when they are asked for"),
    ("tables/", "every table, as CSV and Parquet; `datapackage.json` says what each column is"),
    ("figures/", "the figures, as SVG and PNG"),
    ("provenance.json", "versions, settings, model, the SHA-256 of every article, counts"),
    ("config.yaml", "the settings of the run"),
    ("review/", "corrections and filled review sheets"),
    ("coding/", "codes of people"),
    ("frames/", "frame schemes of one's own"),
    ("sources/", "the table of known sources"),
    ("topics/", "topics and their words, and the hits that people judged"),
    ("views/", "views saved from the report"),
    ("workflow/", "the Snakefile of the run"),
    ("datapackage.json", "the tables as a Frictionless Data Package"),
    ("ro-crate-metadata.json", "the whole as an RO-Crate (Workflow Run Crate)"),
    ("CITATION.cff", "how to cite Newsloom"),
)


def readme(names: Iterable[str], provenance: Mapping[str, Any], left_out: list[str], *, texts: bool) -> str:
    """Return the README of a copy with these members; `left_out` are files of the user that are not in it."""
    inside = [*names, "ro-crate-metadata.json"]
    parts = [
        f"| `{part}` | {about} |"
        for part, about in _PARTS
        if any(name == part or (part.endswith("/") and name.startswith(part)) for name in inside)
    ]
    missing = f"\nLeft out, since they cannot be read without their texts: {', '.join(left_out)}.\n" if left_out else ""
    newsloom, counts = provenance["newsloom"], provenance["counts"]
    return f"""# Results of a run of Newsloom

{counts["documents"]:,} documents, {counts["words"]:,} words. {_TEXTS[texts]}
{missing}
| | |
| --- | --- |
{chr(10).join(parts)}

## How to cite

The Newsloom authors: Newsloom, version {newsloom["version"]}, commit {newsloom["commit"]};
Python {provenance["python"]}, model {provenance["model"]["name"]}. `CITATION.cff` is for a reference manager.
Name the articles too: who published them, which dates, how they were chosen.

## How to redo it

Get Newsloom of that commit, put the articles into `seeds/`, the folders of this copy beside it, and the reference texts
and articles, if `config.yaml` names any, into their folders. Then run `snakemake --cores 4 --configfile config.yaml`:
the same files, settings and package versions give the same tables.
"""
