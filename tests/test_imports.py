"""Modules of a package without the rest of it."""

import subprocess
import sys

import pytest

from scripts.imports import bare_package
from scripts.storage import ROOT

CODE = """
import sys
import scripts.tokens
assert "nltk" not in sys.modules and "scipy" not in sys.modules and "sklearn" not in sys.modules
import nltk.tokenize
assert nltk.tokenize.NLTKWordTokenizer is not scripts.tokens.NLTKWordTokenizer
assert nltk.FreqDist("aab")["a"] == 2
"""


def test_the_tokens_step_brings_two_modules_of_nltk_and_leaves_the_package_whole() -> None:
    subprocess.run([sys.executable, "-c", CODE], cwd=ROOT, check=True)


def test_a_package_that_is_not_there() -> None:
    with (
        pytest.raises(ModuleNotFoundError, match="no package nowhere_to_be_found"),
        bare_package("nowhere_to_be_found"),
    ):
        pass
