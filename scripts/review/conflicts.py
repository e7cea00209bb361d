"""Decisions that contradict each other, so that none of them is applied, and the names that result from merges.

Decisions that merge names form a directed graph, in which a merge is an edge from the old name to the new one. All
connected names become the one that is merged into no other. There must be exactly one such name in each set of
connected names, and names that a decision keeps apart must not be connected.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import islice

from scripts.review.decisions import ON_CORPUS, ON_NAMES, ON_QUOTES, PER_VALUE, Decision

_MOST_RIVALS = 20  # the most contradicting decisions that are listed for a decision
Edges = Mapping[str, Mapping[str, list[Decision]]]


def conflicts(decisions: Iterable[Decision]) -> dict[Decision, str]:
    """Return the decisions that contradict others, none of which may be applied, with the places of those others.

    Two decisions contradict each other if they replace the same value by different ones, if one rejects what the other
    changes, or if one is a merge that, alone or with other merges, joins two names that the other keeps apart or merges
    into a different name.
    """
    by_target: dict[tuple[object, ...], list[Decision]] = defaultdict(list)
    by_span: dict[tuple[object, ...], list[Decision]] = defaultdict(list)
    on_names: dict[tuple[str, str], list[Decision]] = defaultdict(list)
    for decision in decisions:
        place = (decision.doc_id, decision.text_sha256, decision.start, decision.end)
        if decision.what in ON_CORPUS:
            on_names[decision.doc_id, decision.text_sha256].append(decision)
        else:
            by_target[*place, decision.what, decision.old if decision.what in PER_VALUE else ""].append(decision)
        if decision.what in ON_QUOTES | ON_NAMES:
            by_span[*place, decision.what in ON_QUOTES].append(decision)
    against: defaultdict[Decision, dict[str, None]] = defaultdict(dict)
    for group in by_target.values():
        _oppose(group, lambda decision: decision.new, against)
    for group in on_names.values():
        merges = [decision for decision in group if decision.what == "merge"]
        for sides in contradictions(merges, (decision for decision in group if decision.what == "apart")):
            side_of = {decision: number for number, side in enumerate(sides) for decision in side}
            _oppose([*side_of], side_of.__getitem__, against)
    for group in by_span.values():
        _oppose(group, lambda decision: decision.what.startswith("reject"), against)
    shown: dict[Decision, str] = {}
    for decision, places in against.items():
        more = ["and others"] if len(places) > _MOST_RIVALS else []
        shown[decision] = "; ".join([*sorted(places)[:_MOST_RIVALS], *more])
    return shown


def _oppose(
    group: Sequence[Decision], side: Callable[[Decision], object], against: defaultdict[Decision, dict[str, None]]
) -> None:
    """Add to `against`, for each decision of a group, the first places on other sides, one more than will be shown."""
    sides: dict[object, list[Decision]] = defaultdict(list)
    for decision in group:
        sides[side(decision)].append(decision)
    if len(sides) == 1:
        return
    firsts = {name: members[: _MOST_RIVALS + 1] for name, members in islice(sides.items(), _MOST_RIVALS + 2)}
    for decision in group:
        rivals = (rival.place for name, members in firsts.items() if name != side(decision) for rival in members)
        against[decision] |= dict.fromkeys(islice(rivals, _MOST_RIVALS + 1))


def _edges(merges: Iterable[Decision]) -> Edges:
    edges: dict[str, dict[str, list[Decision]]] = defaultdict(lambda: defaultdict(list))
    for decision in merges:
        edges[decision.old][decision.new].append(decision)
    return edges


def _reached(edges: Edges, name: str) -> set[str]:
    """Return a name and all names that it becomes, directly or through other names."""
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
    """Return the sides of each contradiction among merges and separations, of one document or of the corpus.

    Decisions on different sides contradict each other; each merge of a ring is a side of its own. Rings come first,
    then names that would become two names, then names kept apart that would nevertheless become one.
    """
    sides_of_each: list[list[list[Decision]]] = []
    edges = _edges(merges)
    reached = {name: _reached(edges, name) for name in list(edges)}
    ring = [each for each in merges if each.old in reached.get(each.new, ())]
    for decision in ring:
        others = [each for each in ring if each.old != decision.old and each.old in reached[decision.old]]
        sides_of_each.append([[decision], others])
    in_ring = set(ring)
    edges = _edges(each for each in merges if each not in in_ring)
    split: list[Decision] = []
    for old in list(edges):
        sides: dict[frozenset[str], list[Decision]] = defaultdict(list)
        for new, same in edges[old].items():
            sides[frozenset(_ends(edges, _reached(edges, new)))] += same
        # If the ends of one side are a subset of another's, the contradiction lies further along the chain.
        if len(sides) > 1 and not any(ends < further for ends in sides for further in sides):
            sides_of_each.append(list(sides.values()))
            split += _steps(edges, [old])
    opposed = in_ring.union(split)
    edges = _edges(each for each in merges if each not in opposed)
    for decision in separations:
        of_old, of_new = (_reached(edges, name) for name in (decision.old, decision.new))
        if _ends(edges, of_old) & _ends(edges, of_new):
            sides_of_each.append([[decision], _steps(edges, sorted(of_old ^ of_new))])
    return sides_of_each


def final_names(merges: Iterable[Decision]) -> dict[str, str]:
    """Return the final name of each old name, from merges without contradictions.

    That is the last name of a chain of merges; if there are several, the alphabetically first.
    """
    edges = _edges(merges)
    return {old: min(_ends(edges, _reached(edges, old)), default=old) for old in list(edges)}
