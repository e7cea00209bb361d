"""The batch step: frame codes of a batch of documents."""

import argparse
import json
from collections.abc import Iterable, Mapping
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

import pyarrow as pa

from scripts.annotation import Doc, read_docs
from scripts.framing.coding import code_document, voices
from scripts.framing.matching import Matcher
from scripts.framing.schemes import Scheme, load_schemes, scheme_folders
from scripts.storage import read_parquet, rows_to_table, write_parquet


def quotes_by_document(quotes: pa.Table) -> dict[str, list[dict[str, Any]]]:
    """Rows of a quotes table, sorted by document, under their documents."""
    return {doc_id: list(rows) for doc_id, rows in groupby(quotes.to_pylist(), key=itemgetter("doc_id"))}


def code_batch(docs: Iterable[Doc], quotes: Mapping[str, list[dict[str, Any]]], schemes: Iterable[Scheme]) -> pa.Table:
    """The frame_codes table of documents, in their order."""
    matchers = [Matcher(scheme) for scheme in schemes]
    rows = (row for doc in docs for row in code_document(doc, voices(quotes.get(doc.doc_id, [])), matchers))
    return rows_to_table("frame_codes", rows)


def main() -> None:
    """Read the tables of a batch, write its frame codes."""
    parser = argparse.ArgumentParser(prog="scripts.framing", description=main.__doc__)
    for name in ("documents", "sentences", "tokens", "parses", "entities", "quotes", "settings", "output"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    options = parser.parse_args()
    settings = json.loads(options.settings.read_text(encoding="utf-8"))["settings"]["framing"]
    schemes = load_schemes(settings["schemes"], scheme_folders(settings["folder"]))
    docs = read_docs(options.documents, options.sentences, options.tokens, options.parses, options.entities)
    quotes = quotes_by_document(read_parquet(options.quotes))
    write_parquet(options.output, code_batch(docs, quotes, schemes))


if __name__ == "__main__":
    main()
