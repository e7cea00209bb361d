"""A made-up corpus of hostile documents, as the tables that a run writes."""

from pathlib import Path

import pytest

from scripts.report.exports.descriptions import Described, describe
from tests.report.corpus import write_hostile_corpus


@pytest.fixture(scope="session")
def tables(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder results/tables of the corpus, Parquet and CSV."""
    return write_hostile_corpus(tmp_path_factory.mktemp("results") / "tables")


@pytest.fixture(scope="session")
def names(tables: Path) -> list[str]:
    """Return the names of the tables."""
    return sorted(path.stem for path in tables.glob("*.parquet"))


@pytest.fixture(scope="session")
def described(tables: Path, names: list[str]) -> list[Described]:
    """Return the descriptions of the tables."""
    return describe(tables, names, csv_max_rows=1_000_000)
