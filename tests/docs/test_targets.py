"""Targets that the README and the pages name: each is a rule, and `snakemake --list` says what it makes."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGES = [ROOT / "README.md", *sorted(ROOT.glob("docs/*.md")), *sorted(ROOT.glob("docs/questions/*.md"))]
RULES = "\n".join(path.read_text(encoding="utf-8") for path in [ROOT / "Snakefile", *ROOT.glob("workflow/rules/*.smk")])
DESCRIBED = dict(re.findall(r'^(?:rule|checkpoint) (\w+):\n(?:    """(.+)""")?', RULES, re.MULTILINE))
_WITH_VALUE = re.compile(r"--(?:cores|directory|configfile|config|profile|workflow-profile|report|forcerun) \S+")


def named_targets(text: str) -> set[str]:
    """Return the rules in the commands of Snakemake in a page.

    >>> sorted(named_targets("`snakemake --cores 4 share` or `snakemake qdpx all`, `snakemake -n`"))
    ['all', 'qdpx', 'share']
    """
    commands = re.findall(r"`snakemake ([^`\n]*)`|^    snakemake ([^#\n]*)", text, re.MULTILINE)
    words = (word for pair in commands for word in _WITH_VALUE.sub("", "".join(pair)).split())
    return {word for word in words if re.fullmatch(r"[a-z_]+", word)}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_target_that_a_page_names_is_a_rule_with_a_description(page: Path) -> None:
    missing = {target for target in named_targets(page.read_text(encoding="utf-8")) if not DESCRIBED.get(target)}
    assert missing == set()


def test_every_rule_has_a_description() -> None:
    assert [rule for rule, text in DESCRIBED.items() if not text.endswith(".")] == []
    assert len(DESCRIBED) > 40
