"""A made-up corpus of hostile documents, as the tables that a run writes."""

from pathlib import Path

import pytest

from scripts.core.csv_tables import write_csv
from scripts.core.storage import read_parquet
from scripts.report.exports.descriptions import Described, describe
from tests.report.corpus import HOSTILE, NAMES, row, write_corpus, write_tables


@pytest.fixture(scope="session")
def tables(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder results/tables of the corpus, Parquet and CSV."""
    folder = write_corpus(tmp_path_factory.mktemp("results") / "tables", [*NAMES, *HOSTILE])
    group = row("document_groups", doc_id="a", group="b")
    write_tables(folder, document_groups=[group])
    coded = row("project_codings", file="study.qdpx", text="the whole of an article")
    write_tables(folder, project_codings=[coded])
    write_tables(folder, entity_mentions=[])
    for path in folder.glob("*.parquet"):
        write_csv(path.with_suffix(".csv"), read_parquet(path))
    return folder


@pytest.fixture(scope="session")
def names(tables: Path) -> list[str]:
    """Return the names of the tables."""
    return sorted(path.stem for path in tables.glob("*.parquet"))


@pytest.fixture(scope="session")
def described(tables: Path, names: list[str]) -> list[Described]:
    """Return the descriptions of the tables."""
    return describe(tables, names, csv_max_rows=1_000_000)
