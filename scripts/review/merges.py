"""Decisions that make two names one or keep them apart, as a graph: what contradicts, and what each name becomes.

A merge is an edge from the old name to the new one. All names that hang together become the one that is merged into no
other. There must be one such name of each, and none that is kept apart may hang together.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping
from typing import Protocol, TypeVar


class OnNames(Hashable, Protocol):
    """A decision on two names: `what` is merge or apart."""

    @property
    def what(self) -> str:
        """Return merge or apart."""

    @property
    def old(self) -> str:
        """Return the name that is merged, or kept apart."""

    @property
    def new(self) -> str:
        """Return the name that it becomes, or is kept apart from."""


Each = TypeVar("Each", bound=OnNames)
Edges = Mapping[str, Mapping[str, list[Each]]]


def _edges(merges: Iterable[Each]) -> Edges[Each]:
    edges: dict[str, dict[str, list[Each]]] = defaultdict(lambda: defaultdict(list))
    for decision in merges:
        edges[decision.old][decision.new].append(decision)
    return edges


def _reached(edges: Edges[Each], name: str) -> set[str]:
    """Return the names that a name becomes on its way, itself among them."""
    reached, waiting = {name}, [name]
    while waiting:
        for other in edges.get(waiting.pop(), ()):
            if other not in reached:
                reached.add(other)
                waiting.append(other)
    return reached


def _ends(edges: Edges[Each], names: Iterable[str]) -> set[str]:
    return {name for name in names if not edges.get(name)}


def _steps(edges: Edges[Each], names: Iterable[str]) -> list[Each]:
    return [decision for name in names for same in edges.get(name, {}).values() for decision in same]


def contradictions(decisions: Iterable[Each]) -> list[list[list[Each]]]:
    """Return the sides of each contradiction among merges and separations of one document, or of all.

    Decisions of different sides contradict each other; those of a ring of merges each make a side.

    A ring is named first, then two ends of one name, then names kept apart that still become one.
    """
    decisions = list(decisions)
    merges = [decision for decision in decisions if decision.what == "merge"]
    found: list[list[list[Each]]] = []
    edges = _edges(merges)
    reached = {name: _reached(edges, name) for name in list(edges)}
    ring = [each for each in merges if each.old in reached.get(each.new, ())]
    for decision in ring:
        others = [each for each in ring if each.old != decision.old and each.old in reached[decision.old]]
        found.append([[decision], others])
    edges = _edges(each for each in merges if each not in set(ring))
    split: list[Each] = []
    for old in list(edges):
        sides: dict[frozenset[str], list[Each]] = defaultdict(list)
        for new, same in edges[old].items():
            sides[frozenset(_ends(edges, _reached(edges, new)))] += same
        if len(sides) > 1 and not _is_below_split(sides):
            found.append(list(sides.values()))
            split += _steps(edges, [old])
    edges = _edges(each for each in merges if each not in {*ring, *split})
    for decision in decisions:
        if decision.what == "apart":
            one, other = (_reached(edges, name) for name in (decision.old, decision.new))
            if _ends(edges, one) & _ends(edges, other):
                found.append([[decision], _steps(edges, sorted(one ^ other))])
    return found


def _is_below_split(sides: Mapping[frozenset[str], object]) -> bool:
    """Return True if the ends of one side are among those of another: the contradiction is further on."""
    return any(one < other for one in sides for other in sides)


def final_names(merges: Iterable[Each]) -> dict[str, str]:
    """Return what each old name becomes by merges without contradictions.

    That of a name which is merged in a chain is the last one.
    """
    edges = _edges(merges)
    return {old: min(_ends(edges, _reached(edges, old)), default=old) for old in list(edges)}
