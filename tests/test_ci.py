"""The hosted tests run what the Makefile has, locks agree, and the docs name files that exist.

That the files for hosted tests and for pre-commit are what their tools expect is seen by `make lint`.
"""

import re
from pathlib import Path

import pytest

from scripts.core.schemas import table_schemas

ROOT = Path(__file__).resolve().parent.parent


def test_the_hosted_tests_run_what_the_makefile_has() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z-]+):", makefile, re.M))
    called = {
        target
        for path in ROOT.glob(".github/workflows/*.yml")
        for target in re.findall(r"run: make ([a-z-]+)", path.read_text(encoding="utf-8"))
    }
    assert {"lint", "test-slow"} <= called <= targets
    assert "requirements/%.lock" in makefile and (ROOT / "requirements" / "dev.lock").exists()


def test_the_locks_can_be_installed_one_above_the_other() -> None:
    run, *others = (
        set(re.findall(r"^[\w.-]+==[^\s;]+", (ROOT / lock).read_text(encoding="utf-8"), re.M))
        for lock in (
            *(f"requirements/{name}.lock" for name in ("run", "formats", "dev", "cluster")),
            "tests/cluster/bucket.lock",
        )
    )
    assert len(run) > 50 and [run - lock for lock in others] == [set()] * 4


def anchors(page: Path) -> set[str]:
    """Return the anchors of the headings of a page, as GitHub makes them."""
    headings = re.findall(r"^#+ (.*)$", page.read_text(encoding="utf-8"), re.M)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_each_question_of_a_newcomer_has_one_page_and_two_files() -> None:
    page = ROOT / "CONTRIBUTING.md"
    answers = page.read_text(encoding="utf-8").split("## Four questions of a newcomer")[1].split("\n## ")[0]
    rows = re.findall(r"^\| .*\? \| (.*) \| (.*) \|$", answers, re.M)
    assert len(rows) == 4
    for linked, named in rows:
        ((target, anchor),) = re.findall(r"\]\(([\w/.-]*)#?([\w-]*)\)", linked)
        assert not anchor or anchor in anchors(ROOT / target if target else page), linked
        files = re.findall(r"`([\w/.]+)`", named)
        assert len(files) == 2 and all((ROOT / file).is_file() for file in files), named
    functions = re.findall(r"`(\w+)`\s+(?:of|in)\s+`([\w/]+\.py)`", answers)
    assert len(functions) == 2
    for name, path in functions:
        assert f"def {name}(" in (ROOT / path).read_text(encoding="utf-8"), (name, path)
    assert {"speaker", "speaker_in_document", "corrected_by"} <= set(table_schemas()["quotes"])


@pytest.mark.parametrize(
    "path", ["README.md", "CONTRIBUTING.md", *sorted(path.name for path in ROOT.glob("docs/*.md"))]
)
def test_the_docs_name_files_that_exist(path: str) -> None:
    text = (ROOT / path if (ROOT / path).exists() else ROOT / "docs" / path).read_text(encoding="utf-8")
    in_tree = r"`((?:scripts|tests|workflow|benchmarks|training|examples)/[\w./-]*[\w/])`(?!\s+of\s+commit)"
    named = re.findall(in_tree, text)
    assert [name for name in named if not [*ROOT.glob(name.rstrip("/").replace("ROOM", "*"))]] == []
