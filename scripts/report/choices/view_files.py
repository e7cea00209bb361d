"""Files of views: a reader's choice on the page, and what it is compared with, as YAML in the folder `views`.

"Save view" on the page makes such a file. It has `choose`, the conditions of a choice. It may have `against`: `others`,
or the conditions of another choice; `curves` over time: a list of `words`, `name`, `speaker`, `kind` or `frame`, each
with a value; and `groups_shown`: how groups are shown (groups_shown.py).
"""

import json
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from scripts.core.known_sources import is_reversed
from scripts.core.limits import Budget, LimitError
from scripts.core.planned import entries_of, manifest, read_manifest, read_planned
from scripts.core.user_yaml import read_user_yaml
from scripts.core.visible import shortened
from scripts.documents.origins import OWN, WIRE
from scripts.report.choices.groups_shown import AS_THEY_ARE, KEY, GroupsShown, ViewError, groups_shown, text_at

_OTHERS = "others"
# File names that are also valid names of a folder of results.
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]*")
_RENAME = "The name of a view has letters, digits, - and _ and no other characters. Rename the file."
_LISTS = ("topics", "stories", "groups", "outlets")
_TEXTS = ("words", "naming", "from", "to", "speaker", "kind", "origin", "take")
SENTENCES, STATEMENTS = "sentences", "statements"
CURVES = ("words", "name", "speaker", "kind", "frame")
_MOST_CURVES = 6
_DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")


class Choice(NamedTuple):
    """The conditions of a choice, "" or () for any value; dates are as in the table documents, or beginnings of these.

    A choice takes documents; with `take`, it takes only the sentences or statements that have the words, names, topics,
    speaker and kind; without any of these, it takes all statements of the documents. `naming` and `speaker` are parts
    of names. Stories are given by their names, which are doc_ids. `kind` is a kind of source, or a value of an
    attribute in the table of known sources: "gender: woman".
    """

    words: str = ""
    naming: str = ""
    topics: tuple[str, ...] = ()
    stories: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    outlets: tuple[str, ...] = ()
    start: str = ""
    end: str = ""
    speaker: str = ""
    kind: str = ""
    origin: str = ""
    take: str = ""

    @property
    def has_parts(self) -> bool:
        """Return True if there is a condition on sentences or statements."""
        return bool(self.words or self.naming or self.topics or self.speaker or self.kind)

    @property
    def source(self) -> tuple[str, str]:
        """Return the attribute of sources, and its value, that `kind` names.

        >>> Choice(kind="expert").source, Choice(kind="gender: woman").source
        (('kind', 'expert'), ('gender', 'woman'))
        """
        attribute, is_own, value = self.kind.partition(": ")
        return (attribute, value) if is_own else ("kind", self.kind)

    def text(self, titles: Mapping[str, str], shown: GroupsShown = AS_THEY_ARE) -> str:
        """Return the choice in the words of the page, with the titles of stories and the shown names of groups.

        >>> Choice(words="tax*", groups=("A", "B"), start="2024").text({})
        'Documents with tax*, of A or B, from 2024'
        """
        texts = [f"with {self.words}"] if self.words else []
        texts += [f"naming {self.naming}"] if self.naming else []
        texts += [f"about {' or '.join(self.topics)}"] if self.topics else []
        if self.speaker or self.kind:
            relation = "of the kind" if self.source[0] == "kind" else "with"
            of_kind = f"sources {relation} {self.kind}" if self.kind else ""
            texts.append(f"quoting {' among '.join(filter(None, (self.speaker, of_kind)))}")
        texts += (
            [f"of the story {' or '.join(titles.get(each, each) for each in self.stories)}"] if self.stories else []
        )
        if self.groups or self.outlets:
            texts.append(f"of {' or '.join((*map(shown.name, shown.in_order(self.groups)), *self.outlets))}")
        ends = [f"{name} {value}" for name, value in (("from", self.start), ("to", self.end)) if value]
        texts += [" ".join(ends)] if ends else []
        texts += ["of wire copy" if self.origin == WIRE else "of own reporting"] if self.origin else []
        unit = self.take.capitalize() or "Documents"
        return shortened(f"{unit} {', '.join(texts)}" if texts else f"All {unit.lower()}", 300)


class Curve(NamedTuple):
    """A curve over time: one of `CURVES`, and the words, name, speaker, kind or frame that it counts."""

    what: str
    value: str


class SavedView(NamedTuple):
    """A view: the name of its file, its choice, what this is compared with, its curves, and how groups are shown."""

    name: str
    choose: Choice
    against: Choice | str | None
    curves: tuple[Curve, ...] = ()
    groups: GroupsShown = AS_THEY_ARE

    def side_groups(self) -> list[str]:
        """Return for each side the only group of its documents, or "" if they may be of several."""
        sides = [self.choose]
        if self.against is not None:
            sides.append(self.against if isinstance(self.against, Choice) else Choice())
        return [side.groups[0] if len(side.groups) == 1 else "" for side in sides]


def _choice(content: object, place: str) -> Choice:
    """Return the choice at a place in a file; raise ViewError if it is not one."""
    if not isinstance(content, dict):
        raise ViewError(f"{place} has no conditions. Write them below it, or {{}} for all documents.")
    known = [*_LISTS, *_TEXTS]
    if unknown := [str(name) for name in content if name not in known]:
        raise ViewError(f"{place}: {', '.join(unknown)[:200]}? The conditions are {', '.join(known)}.")
    texts: dict[str, Any] = {
        name: text_at(content[name], f"{place}.{name}").strip() for name in _TEXTS if content.get(name) is not None
    }
    lists: dict[str, Any] = {}
    for name in _LISTS:
        value = content.get(name) or []
        if not isinstance(value, list):
            raise ViewError(f"{place}.{name} is not a list. Write [{str(value)[:80]}].")
        lists[name] = tuple(text_at(each, f"{place}.{name}") for each in value)
    for name in ("from", "to"):
        if texts.get(name) and not _DATE.fullmatch(texts[name]):
            raise ViewError(f"{place}.{name}: {texts[name][:80]!r} is not a date. Write 2025, 2025-03 or 2025-03-31.")
    if texts.get("origin", OWN) not in (OWN, WIRE):
        raise ViewError(f"{place}.origin is {OWN} or {WIRE}, not {texts['origin'][:80]!r}.")
    take = texts.pop("take", "")
    if take not in ("", SENTENCES, STATEMENTS):
        raise ViewError(
            f"{place}.take is {SENTENCES} or {STATEMENTS}, not {take[:80]!r}; without it, whole documents are chosen."
        )
    start, end = texts.pop("from", ""), texts.pop("to", "")
    if is_reversed(start, end):
        raise ViewError(f"{place}: from {start} is after to {end}. Swap the two.")
    choice = Choice(**texts, **lists, start=start, end=end)
    return choice._replace(take=take if choice.has_parts or take == STATEMENTS else "")


def _curves(content: object) -> tuple[Curve, ...]:
    """Return the curves that a file asks for; raise ViewError if they are not a list of curves."""
    if not isinstance(content, list) or len(content) > _MOST_CURVES:
        raise ViewError(f"curves is not a list of at most {_MOST_CURVES}. Write - words: tax")
    curves = []
    for each in content:
        if not isinstance(each, dict) or len(each) != 1 or next(iter(each)) not in CURVES:
            raise ViewError(f"curves: {str(each)[:80]}? Write one of {', '.join(CURVES)}, and a value: - words: tax")
        [(kind, value)] = each.items()
        curves.append(Curve(kind, text_at(value, f"curves: {kind}").strip()))
    return tuple(curves)


def parse_view(path: str, data: bytes) -> SavedView:
    """Return the view in a file; raise ViewError if it cannot be used."""
    name = Path(path).stem
    try:
        content: Any = read_user_yaml(Path(path), data)
    except (LimitError, yaml.YAMLError) as error:
        raise ViewError(f"It cannot be read: {str(error)[:300]} Save the view again from the page.") from None
    if (
        not isinstance(content, dict)
        or not {*content} <= {"choose", "against", "curves", KEY}
        or "choose" not in content
    ):
        raise ViewError(
            f"It has to have `choose` and may have `against`, `curves`, `{KEY}`, and nothing else. "
            "Save it from the page."
        )
    against = content.get("against")
    against = against if against is None or against == _OTHERS else _choice(against, "against")
    shown = groups_shown(content.get(KEY) or {})
    curves = _curves(content.get("curves") or [])
    return SavedView(name, _choice(content["choose"], "choose"), against, curves, shown)


def views_manifest(folder: Path, budget: Budget) -> str:
    """Return the manifest of the files of views in a folder.

    Files that the budget leaves out are not in it, nor are files whose name cannot be that of a folder of results; the
    budget lists these too.
    """
    files = sorted(path for path in folder.glob("*.yaml") if path.is_file())
    named = [path for path in files if _NAME.fullmatch(path.stem)]
    budget.left_out |= {str(path): _RENAME for path in files if path not in named}
    return manifest(entries_of(named, budget))


def view_names(lines: Iterable[str]) -> list[str]:
    """Return the names of the views in the lines of a manifest.

    >>> view_names(['{"path": "views/tax.yaml"}'])
    ['tax']
    """
    return [Path(json.loads(line)["path"]).stem for line in lines]


def read_views(path: Path) -> tuple[list[tuple[str, SavedView]], list[tuple[str, str]]]:
    """Return pairs of file and view for a manifest, and pairs of file and reason for files that cannot be used.

    Raises SystemExit if a file has changed since it was planned.
    """
    views: list[tuple[str, SavedView]] = []
    faults = []
    for each in read_manifest(path):
        try:
            views.append((each["path"], parse_view(each["path"], read_planned(each["path"], each["sha256"]))))
        except ViewError as error:
            faults.append((each["path"], str(error)))
    return views, faults
