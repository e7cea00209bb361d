"""A made-up corpus of hostile documents, as the tables that a run writes."""

from pathlib import Path

import pytest

from tests.report.corpus import write_hostile_corpus


@pytest.fixture(scope="session")
def tables(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder results/tables of the corpus, Parquet and CSV."""
    return write_hostile_corpus(tmp_path_factory.mktemp("results") / "tables")
