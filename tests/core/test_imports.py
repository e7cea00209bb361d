"""Modules of a package without the rest of it, and jobs without packages that they do not use."""

import subprocess
import sys

import pytest

from scripts.core.imports import bare_package, stand_in
from scripts.core.storage import ROOT

CODE = """
import sys
import scripts.parsing.tokens
assert "nltk" not in sys.modules and "scipy" not in sys.modules and "sklearn" not in sys.modules
import nltk.tokenize
assert nltk.tokenize.NLTKWordTokenizer is not scripts.parsing.tokens.NLTKWordTokenizer
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


def test_a_stand_in_is_there_only_within_its_block_and_never_for_what_is_imported() -> None:
    sys.modules.pop("colorsys", None)
    with stand_in("colorsys", answer=42), stand_in("json", answer=42):
        assert __import__("colorsys").answer == 42
        assert not hasattr(__import__("json"), "answer")
    assert not hasattr(__import__("colorsys"), "answer")
