"""Tables of a test's own rows, and the made-up corpus of choices as a folder of tables and as choices take it."""

import pytest

from scripts.report.choices.corpus import read_choice_corpus
from scripts.report.store import Store
from tests.report.blocks import WORDS
from tests.report.choices.made import write_made
from tests.report.corpus import write_tables


@pytest.fixture
def store(tmp_path):
    """Return a function that writes tables of rows and returns the store of all that were written."""

    def of(**tables):
        write_tables(tmp_path, **tables)
        return Store(tmp_path)

    return of


@pytest.fixture(scope="session")
def made_tables(tmp_path_factory):
    """Return the folder of the tables, which tests only read."""
    return write_made(tmp_path_factory.mktemp("made"))


@pytest.fixture(scope="session")
def made_corpus(made_tables):
    """Return the corpus in the tables."""
    return read_choice_corpus(made_tables, WORDS)
