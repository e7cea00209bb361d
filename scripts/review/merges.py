"""Decisions that make two names one or keep them apart, as a graph: what contradicts, and what each name becomes.

A merge is an edge from the old name to the new one. All names that hang together become the one that is merged into no
other. There must be one such name of each, and none that is kept apart may hang together.
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
    """Return the names that a name becomes on its way, itself among them."""
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

    Decisions of different sides contradict each other; those of a ring of merges each make a side.

    A ring is named first, then two ends of one name, then names kept apart that still become one.
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

    That of a name which is merged in a chain is the last one; of several last ones it is the first in the alphabet.
    """
    edges = _edges(merges)
    return {old: min(_ends(edges, _reached(edges, old)), default=old) for old in list(edges)}
