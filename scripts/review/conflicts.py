"""Decisions that contradict each other: none of them may be applied."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from itertools import islice

from scripts.review.decisions import ON_CORPUS, ON_NAMES, ON_QUOTES, PER_VALUE, Decision
from scripts.review.merges import contradictions

_MOST_RIVALS = 20  # places of decisions that contradict one, as they are listed


def conflicts(decisions: Iterable[Decision]) -> dict[Decision, str]:
    """Return the decisions that contradict others, each with the places of those; none of them may be applied.

    Two contradict if they give the same value two new ones, if one rejects what the other changes, or if one of two
    merges, alone or with others, makes one name of two that the other keeps apart or gives another name.
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
    """Add to each decision of a group the places of the first ones on other sides, one more than is shown."""
    sides: dict[object, list[Decision]] = defaultdict(list)
    for decision in group:
        sides[side(decision)].append(decision)
    if len(sides) == 1:
        return
    firsts = {name: members[: _MOST_RIVALS + 1] for name, members in islice(sides.items(), _MOST_RIVALS + 2)}
    for decision in group:
        rivals = (rival.place for name, members in firsts.items() if name != side(decision) for rival in members)
        against[decision] |= dict.fromkeys(islice(rivals, _MOST_RIVALS + 1))
