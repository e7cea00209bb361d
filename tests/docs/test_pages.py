"""The pages of the docs: short enough to be read, and each in the index."""

import re
from pathlib import Path

import pytest

DOCS = Path(__file__).resolve().parents[2] / "docs"
# To look things up in, not to be read.
REFERENCE = {"tables.md", "statistics.md", "study-numbers.md", "robustness.md", "dependencies.md"}
PAGES = sorted(path.relative_to(DOCS).as_posix() for path in DOCS.rglob("*.md"))


@pytest.mark.parametrize("name", [name for name in PAGES if name not in REFERENCE])
def test_a_page_has_no_more_than_1500_words(name: str) -> None:
    text = re.sub(r"^>.*$|\(study-numbers[^)]*\)", "", (DOCS / name).read_text(encoding="utf-8"), flags=re.MULTILINE)
    assert len(text.split()) <= 1500


def test_each_page_is_in_the_index() -> None:
    index = (DOCS / "README.md").read_text(encoding="utf-8")
    assert [name for name in PAGES if f"]({name})" not in index] == ["README.md", "study-numbers.md"]


def test_the_first_screen_has_no_more_than_150_words() -> None:
    first = (DOCS.parent / "README.md").read_text(encoding="utf-8").partition("\n## ")[0]
    assert len(first.split()) <= 150
