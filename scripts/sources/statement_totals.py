"""The table statement_totals: how all rows of the table quotes narrow down to the statements that each share counts."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from scripts.core.arrays import Mask
from scripts.core.options import path_options
from scripts.core.statements import BOILERPLATE, NO_COMMENT
from scripts.core.storage import first_seen, read_by_document, read_parquet, read_settings, rows_to_table
from scripts.core.tables import write_table
from scripts.core.text_values import looked_up
from scripts.documents.origins import WIRE
from scripts.sources.source_counts import counts_sources

ROWS, REFUSALS, SPEECH = "rows", "refusals", "statements"
REPEATED_PARAGRAPHS = "boilerplate"
UNSOURCED, SOURCED, NAMED = "without a source", "with a source", "with a speaker"
UNNAMED, REPEATED, COUNTED = "without a speaker", "repeated", "of kinds"
WIRE_COPY, OWN_REPORTING, TOLD_REFUSALS = "wire copy", "own reporting", "refusals listed"
_TEXTS = ["doc_id", "type", "speaker", "source"]


class _Step(NamedTuple):
    """A step from all rows to the rows counted: the step it is part of, its meaning, and the results that use it."""

    part_of: str
    meaning: str
    counted_by: str = ""


TOTAL_STEPS = {
    ROWS: _Step("", "all rows of quotes.csv"),
    REPEATED_PARAGRAPHS: _Step(
        ROWS, "in a paragraph that its outlet repeats (boilerplate: drop)", "the list of boilerplate"
    ),
    REFUSALS: _Step(ROWS, "a source would not speak or did not answer: no words"),
    TOLD_REFUSALS: _Step(REFUSALS, "of these, in documents that do not repeat another", "the list of refusals"),
    SPEECH: _Step(
        ROWS, "speech, whoever says it", "review sheets and accuracy of attributions; words in quotation marks"
    ),
    UNNAMED: _Step(SPEECH, "speech whose speaker is not known", "the list of statements without a speaker"),
    NAMED: _Step(SPEECH, "attributed to a speaker", "the first screen, groups side by side, speakers and their shares"),
    UNSOURCED: _Step(SPEECH, "in quotation marks, without a source as probable as quotes.min_confidence"),
    SOURCED: _Step(
        SPEECH,
        "with words and a source, even if the source is a pronoun and nobody is named",
        "the list by kind of source",
    ),
    REPEATED: _Step(SOURCED, "in documents that repeat an earlier one, or could not be parsed"),
    COUNTED: _Step(SOURCED, "in all other documents", "shares and contrasts of kinds of source"),
    WIRE_COPY: _Step(COUNTED, "credited to a news agency, or shared by outlets", "shares of kinds in wire copy"),
    OWN_REPORTING: _Step(COUNTED, "in all other documents", "shares of kinds in own reporting"),
}


def masks_of(quotes: pa.Table, counts: Mask, is_wire: Mask) -> dict[str, Mask]:
    """Return the rows of each step as masks over the given rows of the table quotes.

    `counts` and `is_wire` are masks of the rows whose document counts for kinds of source, and is wire copy.
    """
    texts = {name: pc.fill_null(quotes[name], "") for name in ("type", "speaker", "source")}
    repeated, refusal = (pc.equal(texts["type"], kind).to_numpy() for kind in (BOILERPLATE, NO_COMMENT))
    has_speaker, has_source = (pc.not_equal(texts[name], "").to_numpy() for name in ("speaker", "source"))
    speech = ~repeated & ~refusal
    sourced = speech & (has_speaker | has_source) & (quotes["n_words"].to_numpy() > 0)
    return {
        ROWS: np.ones(len(quotes), bool),
        REPEATED_PARAGRAPHS: repeated,
        REFUSALS: refusal,
        TOLD_REFUSALS: refusal & counts,
        SPEECH: speech,
        UNNAMED: speech & ~has_speaker,
        UNSOURCED: speech & ~sourced,
        NAMED: speech & has_speaker,
        SOURCED: sourced,
        REPEATED: sourced & ~counts,
        COUNTED: sourced & counts,
        WIRE_COPY: sourced & counts & is_wire,
        OWN_REPORTING: sourced & counts & ~is_wire,
    }


def total_rows(quotes: pa.Table, counts: dict[str, bool], wire: set[str]) -> Iterator[dict[str, Any]]:
    """Yield the rows of statement_totals, in the order of the steps.

    `counts` says by doc_id whether a document counts for kinds of source; `wire` has the doc_ids of wire copy.
    """
    counted = looked_up(quotes["doc_id"], lambda doc_id: counts.get(doc_id, False), bool)
    masks = masks_of(quotes, counted, looked_up(quotes["doc_id"], wire.__contains__, bool))
    for step, about in TOTAL_STEPS.items():
        rows = quotes.select(["doc_id", "n_words"]).filter(pa.array(masks[step]))
        words, documents = pc.sum(rows["n_words"]).as_py() or 0, len(first_seen(rows["doc_id"]).unique())
        yield {"step": step, **about._asdict(), "statements": len(rows), "words": words, "documents": documents}


def main() -> None:
    """Write the table statement_totals from the tables in a folder."""
    options = path_options(main.__doc__, "settings", "folder")
    folder: Path = options.folder
    documents = read_parquet(folder / "documents.parquet", ["doc_id", "parsed", "duplicate_of"])
    own = counts_sources(documents["parsed"].to_numpy(), documents["duplicate_of"].to_pylist())
    counts = dict(zip(documents["doc_id"].to_pylist(), own.tolist(), strict=True))
    origins = read_by_document(folder / "document_origins.parquet", "origin")
    wire = {doc_id for doc_id, origin in origins.items() if origin == WIRE}
    quotes = read_parquet(folder / "quotes.parquet", [*_TEXTS, "n_words"], dictionaries=_TEXTS)
    table = rows_to_table("statement_totals", total_rows(quotes, counts, wire))
    csv_max_rows = read_settings(options.settings)["tables"]["csv_max_rows"]
    write_table(folder, "statement_totals", table, csv_max_rows=csv_max_rows)
