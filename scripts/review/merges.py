"""Decisions that make two names one or keep them apart, as a graph: what contradicts, and what each name becomes.

A merge is an edge from the old name to the new one. All connected names become the one that is merged into no other.
Each set of connected names must have exactly one such name, and names kept apart must not be connected.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from scripts.review.decisions import Decision

Edges = Mapping[str, Mapping[str, list[Decision]]]


def _edges(merges: Iterable[Decision]) -> Edges:
    edges: dict[str, dict[str, list[Decision]]] = defaultdict(lambda: defaultdict(list))
    for decision in merges:
        edges[decision.old][decision.new].append(decision)
    return edges


def _reached(edges: Edges, name: str) -> set[str]:
    """Return a name and all names that it becomes in turn."""
    reached, waiting = {name}, [name]
    while waiting:
        for target in edges.get(waiting.pop(), ()):
            if target not in reached:
                reached.add(target)
                waiting.append(target)
    return reached


def _ends(edges: Edges, names: Iterable[str]) -> set[str]:
    return {name for name in names if not edges.get(name)}


def _steps(edges: Edges, names: Iterable[str]) -> list[Decision]:
    return [decision for name in names for same in edges.get(name, {}).values() for decision in same]


def contradictions(merges: Sequence[Decision], separations: Iterable[Decision]) -> list[list[list[Decision]]]:
    """Return the sides of each contradiction among merges and separations of one document, or of all.

    Decisions of different sides contradict each other; each merge of a ring is a side of its own. Rings come first,
    then names that would become two, then names kept apart that would still become one.
    """
    sides_of_each: list[list[list[Decision]]] = []
    edges = _edges(merges)
    reached = {name: _reached(edges, name) for name in list(edges)}
    ring = [each for each in merges if each.old in reached.get(each.new, ())]
    for decision in ring:
        others = [each for each in ring if each.old != decision.old and each.old in reached[decision.old]]
        sides_of_each.append([[decision], others])
    edges = _edges(each for each in merges if each not in set(ring))
    split: list[Decision] = []
    for old in list(edges):
        sides: dict[frozenset[str], list[Decision]] = defaultdict(list)
        for new, same in edges[old].items():
            sides[frozenset(_ends(edges, _reached(edges, new)))] += same
        if len(sides) > 1 and not _is_below_split(sides):
            sides_of_each.append(list(sides.values()))
            split += _steps(edges, [old])
    edges = _edges(each for each in merges if each not in {*ring, *split})
    for decision in separations:
        of_old, of_new = (_reached(edges, name) for name in (decision.old, decision.new))
        if _ends(edges, of_old) & _ends(edges, of_new):
            sides_of_each.append([[decision], _steps(edges, sorted(of_old ^ of_new))])
    return sides_of_each


def _is_below_split(sides: Mapping[frozenset[str], object]) -> bool:
    """Return True if the ends of one side are among those of another: the contradiction is further on."""
    return any(ends < further for ends in sides for further in sides)


def final_names(merges: Iterable[Decision]) -> dict[str, str]:
    """Return the name that each old one becomes by merges without contradictions.

    A chain of merges ends at its last name; if there are several, at the first in the alphabet.
    """
    edges = _edges(merges)
    return {old: min(_ends(edges, _reached(edges, old)), default=old) for old in list(edges)}
