"""Display of groups in a view: which are hidden, and their names, colours and order (js/groups.js).

This changes only the display: a hidden group stays in every total and every correction of p.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from scripts.report.figures.style import COLOURS

KEY = "groups_shown"
LONGEST_NAME = 80
_KEYS: dict[str, type] = {"hidden": list, "names": dict, "colours": dict, "order": list}


class ViewError(ValueError):
    """A file of a view that cannot be used; the message says why, and what to do."""


class GroupsShown(NamedTuple):
    """Hidden groups; pairs of group and shown name; pairs of group and colour (of `COLOURS`); groups to put first."""

    hidden: tuple[str, ...] = ()
    names: tuple[tuple[str, str], ...] = ()
    colours: tuple[tuple[str, str], ...] = ()
    order: tuple[str, ...] = ()

    def name(self, group: str) -> str:
        """Return the name by which a group is shown.

        >>> GroupsShown(names=(("gu", "Guardian"),)).name("gu"), GroupsShown().name("gu")
        ('Guardian', 'gu')
        """
        return dict(self.names).get(group, group)

    def in_order(self, groups: Iterable[str]) -> list[str]:
        """Return groups in the order of the view; groups that it does not order come last.

        >>> GroupsShown(order=("b", "a")).in_order(["x", "a", "b"])
        ['b', 'a', 'x']
        """
        return sorted(groups, key=lambda group: self.order.index(group) if group in self.order else len(self.order))

    def every(self) -> list[str]:
        """Return all groups that the view names, each once."""
        return list(dict.fromkeys([*self.hidden, *dict(self.names), *dict(self.colours), *self.order]))


AS_THEY_ARE = GroupsShown()


def text_at(value: object, place: str) -> str:
    """Return the text at a place in a file; raise ViewError for a list, a mapping, a bare yes or no, or nothing."""
    if value is None or isinstance(value, list | dict | bool):
        raise ViewError(f"{place} is not text. Write some, in quotation marks.")
    return str(value)


def groups_shown(content: object) -> GroupsShown:
    """Return how groups are shown, from the content of the key in a file; raise ViewError if it cannot be used."""
    if not isinstance(content, dict):
        raise ViewError(f"{KEY} has no keys. Write {', '.join(_KEYS)} below it.")
    content = {str(key): value for key, value in content.items() if value is not None}
    if unknown := [key for key in content if key not in _KEYS]:
        raise ViewError(f"{KEY}: {unknown[0][:80]}? It can have {', '.join(_KEYS)}.")
    for key, kind in _KEYS.items():
        if not isinstance(content.get(key, kind()), kind):
            example = "[Globe]" if kind is list else "{Globe: blue}" if key == "colours" else "{Globe: The Globe}"
            raise ViewError(f"{KEY}.{key} has to be written as {example}, with your groups.")
    lists = {
        key: tuple(dict.fromkeys(text_at(group, f"{KEY}.{key}") for group in content.get(key, [])))
        for key in ("hidden", "order")
    }
    names = tuple(
        (str(group), text_at(name, f"{KEY}.names").strip()) for group, name in content.get("names", {}).items()
    )
    colours = tuple((str(group), str(colour)) for group, colour in content.get("colours", {}).items())
    for group, name in names:
        if not 0 < len(name) <= LONGEST_NAME:
            raise ViewError(f"{KEY}.names: write from 1 to {LONGEST_NAME} characters for {group[:80]}.")
    for group, colour in colours:
        if colour not in COLOURS:
            raise ViewError(f"{KEY}.colours: {colour[:80]} for {group[:80]}? Write one of {', '.join(COLOURS)}.")
    return GroupsShown(names=names, colours=colours, **lists)


def side_colours(groups: Sequence[str], shown: GroupsShown) -> list[str]:
    """Return a colour for each side: that of its single group ("" in `groups` if it has none), or else a free one.

    >>> side_colours(["", "Post"], GroupsShown(colours=(("Post", "blue"),)))
    ['#d55e00', '#0072b2']
    """
    colours = dict(shown.colours)
    own = [COLOURS.get(colours.get(group, ""), "") for group in groups]
    own = [colour if colour not in own[:at] else "" for at, colour in enumerate(own)]
    free = (colour for colour in COLOURS.values() if colour not in own)
    return [colour or next(free) for colour in own]
