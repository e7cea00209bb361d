"""Modules of a package without the rest of it, and jobs without packages that they do not use."""

import subprocess
import sys

import pytest

from scripts import LISTS_ALONE
from scripts.imports import absent, bare_package, stand_in
from scripts.stages import closure
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


def test_what_is_absent_is_not_found_and_comes_back() -> None:
    sys.modules.pop("colorsys", None)
    with absent("colorsys"), pytest.raises(ModuleNotFoundError, match="colorsys"):
        __import__("colorsys")
    assert __import__("colorsys").rgb_to_hsv(0, 0, 0) == (0.0, 0.0, 0)


def test_a_stand_in_is_there_only_within_its_block_and_never_for_what_is_imported() -> None:
    sys.modules.pop("colorsys", None)
    with stand_in("colorsys", answer=42), stand_in("json", answer=42):
        assert __import__("colorsys").answer == 42
        assert not hasattr(__import__("json"), "answer")
    assert not hasattr(__import__("colorsys"), "answer")


@pytest.mark.parametrize("module", sorted(LISTS_ALONE))
def test_jobs_of_lists_alone_reach_neither_numpy_nor_pandas(module) -> None:
    assert {"numpy", "pandas"}.isdisjoint(closure(module)[1])


def test_a_job_of_lists_alone_imports_neither_numpy_nor_pandas() -> None:
    command = [sys.executable, "-X", "importtime", "-m", "scripts.tokens", "--help"]
    imported = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stderr
    assert "pyarrow.lib" in imported and "numpy." not in imported and "pandas." not in imported


FRAMES = """
from scripts.storage import to_table
import sys
table = to_table("vocabulary", {"word": ["a", "b"]})
assert "pandas" not in sys.modules
assert table.to_pandas()["word"].tolist() == ["a", "b"]
import pandas as pd
assert to_table("vocabulary", {"word": pd.Series(["a", None])})["word"].to_pylist() == ["a", None]
"""


def test_lists_bring_no_pandas_and_data_frames_do() -> None:
    subprocess.run([sys.executable, "-c", FRAMES], cwd=ROOT, check=True)
