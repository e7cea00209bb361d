"""Word lists for the kinds of source: heads, names of organisations, their endings, bodies, and neutral heads.

The lists and the literature behind the categories are in workflow/lexicons/source_kinds.yaml.
"""

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from scripts.core.lexicons import LEXICONS
from scripts.core.storage import read_yaml

UNKNOWN = "unknown"
# Start of the complement of a head: "chief of staff", "secretary for health".
COMPLEMENT = re.compile(r" (?:of|for) ")
# Headings in organisations.txt under which all names are of one kind.
_SECTIONS = {"# Parties": "politician", "# Media": "media", "# Companies": "business"}


class Lists(NamedTuple):
    """Kinds by head, name in lower case, acronym, end of a name, whole name and body; neutral and compound heads.

    A whole name is a single word that may also be a surname ("Fox"). A body is a common noun ("a charity"). A neutral
    head takes its kind from the organisation. A compound has "of" or "for" in it ("chief of staff").
    """

    heads: dict[str, str]
    names: dict[str, str]
    acronyms: dict[str, str]
    endings: dict[str, str]
    whole_names: dict[str, str]
    bodies: dict[str, str]
    neutral: frozenset[str]
    compounds: tuple[str, ...]


@cache
def kind_lists() -> Lists:
    """Return the word lists of source_kinds.yaml and organisations.txt; a word listed twice has its first kind."""
    heads: dict[str, str] = {}
    names: dict[str, str] = {}
    acronyms: dict[str, str] = {}
    endings: dict[str, str] = {}
    whole_names: dict[str, str] = {}
    bodies: dict[str, str] = {}
    content = read_yaml(LEXICONS / "source_kinds.yaml")
    neutral = frozenset(content.pop("neutral"))
    for kind, lists in content.items():
        for head in lists["heads"]:
            heads.setdefault(head, kind)
        for name in lists["names"]:
            (acronyms if name.isupper() else names).setdefault(name, kind)
        for name in lists.get("endings", ()):
            endings.setdefault(name, kind)
        for body in lists.get("bodies", ()):
            bodies.setdefault(body, kind)
    for name, kind in _well_known():
        if name.isupper() or " " in name:
            acronyms.setdefault(name, kind)
        else:
            whole_names.setdefault(name, kind)
    compounds = tuple(head for head in sorted(heads, key=len, reverse=True) if COMPLEMENT.search(head))
    return Lists(heads, names, acronyms, endings, whole_names, bodies, neutral, compounds)


def _well_known() -> Iterator[tuple[str, str]]:
    """Yield (name, kind) from the `_SECTIONS` of organisations.txt: names that do not themselves show their kind."""
    kind = ""
    for line in (LEXICONS / "organisations.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            kind = _SECTIONS.get(line, "")
        elif kind and line:
            yield line, kind


@cache
def kinds() -> tuple[str, ...]:
    """Return all kinds in the order of the lists, `unknown` last."""
    return (*(kind for kind in read_yaml(LEXICONS / "source_kinds.yaml") if kind != "neutral"), UNKNOWN)


def singular(word: str) -> str:
    """Return a word without its plural ending; "ies" becomes "y" and "men" becomes "man".

    >>> [singular(word) for word in ("mayors", "authorities", "bosses", "boss", "spokesmen")]
    ['mayor', 'authority', 'boss', 'boss', 'spokesman']
    """
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith("men"):
        return word[:-2] + "an"
    if word.endswith("sses"):
        return word[:-2]
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word
