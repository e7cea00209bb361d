"""The pages of the docs: short enough to be read, each in the index, their pictures made by scripts."""

import re
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from docs.make_study import FIGURES
from tests.browser.screenshots import SHOTS

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


def test_each_picture_is_made_by_a_script_and_stands_on_a_page() -> None:
    made = {f"{name}.png" for name in SHOTS} | {f"study-{name}.svg" for name in FIGURES}
    assert {path.name for path in (DOCS / "images").iterdir()} == made
    texts = "".join((DOCS / name).read_text(encoding="utf-8") for name in PAGES)
    assert [name for name in sorted(made) if f"images/{name})" not in texts] == []


def test_the_first_screen_has_no_more_than_150_words() -> None:
    first = (DOCS.parent / "README.md").read_text(encoding="utf-8").partition("\n## ")[0]
    assert len(first.split()) <= 150


@pytest.mark.parametrize("name", [*PAGES, "../README.md", "../CONTRIBUTING.md"])
def test_no_row_stands_outside_a_table(name: str) -> None:
    text = (DOCS / name).read_text(encoding="utf-8")
    assert "<p>|" not in MarkdownIt().enable("table").render(text)
