"""The made-up corpus of choices, as a folder of tables and as choices take it."""

import pytest

from scripts.report.choices.corpus import read_choice_corpus
from tests.report.choices.made import write_made


@pytest.fixture(scope="session")
def made_tables(tmp_path_factory):
    """Return the folder of the tables, which tests only read."""
    return write_made(tmp_path_factory.mktemp("made"))


@pytest.fixture(scope="session")
def made_corpus(made_tables):
    """Return the corpus in the tables."""
    return read_choice_corpus(made_tables, unit="lemma", other_languages=False)
