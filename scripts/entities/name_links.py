"""Persons that open short forms of names mean: the probability of each candidate, and the decision that follows.

A conditional logit over the evidence of `person_links` (with "nobody of the corpus" as one more alternative) gives the
probabilities. A candidate with `LINKED` or more is linked; if all candidates together have `OPEN` or more, the form is
shown with the likely ones, "Clinton (Hillary or Bill)"; otherwise it keeps its own name. "President Bush" is already
linked at `OPEN` if just one Bush of the corpus is president.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from scripts.entities.bearers import shares, weights_of
from scripts.entities.corpus_entities import CorpusEntity
from scripts.entities.corpus_persons import Person, Short
from scripts.entities.person_links import Weighed

LINK_WEIGHTS = "name_link_weights.csv"
# Lowest probability of a link; lowest sum over all candidates for showing them beside the form, and lowest of each.
LINKED, OPEN, SHOWN = 0.75, 0.5, 0.1
# Lowest weight of the kinds of evidence that are put into words, and their highest number.
_WEIGHTY, _WORDS = 0.2, 5


class Link(NamedTuple):
    """A candidate of a short form in an article, its probability, and the evidence in words."""

    short: Short
    person: Person
    probability: float
    evidence: str


class Decision(NamedTuple):
    """The person whom a short form in an article means (`linked`), or the `persons` among whom that is open."""

    short: Short
    persons: list[Person]
    linked: bool


def probabilities(each: Weighed) -> list[float]:
    """Return the probability of each candidate of a short form, rounded so that decisions are the same on any CPU."""
    return [round(odds, 3) for odds in shares([{}, *each.strengths], weights_of(LINK_WEIGHTS))[1:]]


def least(each: Weighed) -> float:
    """Return the lowest probability at which a short form is linked."""
    return OPEN if each.holds_office else LINKED


def in_words(strengths: dict[str, float]) -> str:
    """Return the weightiest evidence for or against a candidate, with its sign, in descending order of weight.

    >>> in_words({"candidate": 1.0, "same role": 1.0, "other gender": 1.0, "given name": 0.0})
    '- other gender, + same role'
    """
    weights = weights_of(LINK_WEIGHTS)
    points = {kind: weights[kind] * strength for kind, strength in strengths.items() if kind != "candidate"}
    weighty = sorted(
        (kind for kind in points if abs(points[kind]) >= _WEIGHTY), key=lambda kind: (-abs(points[kind]), kind)
    )
    return ", ".join(f"{'+' if points[kind] > 0 else '-'} {kind}" for kind in weighty[:_WORDS])


def decided(weighed: Iterable[Weighed]) -> Iterator[tuple[Decision, list[Link]]]:
    """Yield the decision on each short form that is linked or open, with its likely candidates."""
    for each in weighed:
        odds = probabilities(each)
        best = max(range(len(odds)), key=lambda at: (odds[at], -at))
        is_linked = odds[best] >= least(each)
        office = "+ only holder of the office, " if each.holds_office else ""
        likely = [at for at in range(len(odds)) if odds[at] >= SHOWN]
        links = [
            Link(each.short, each.candidates[at], odds[at], office + in_words(each.strengths[at]))
            for at in sorted(likely, key=lambda at: (-odds[at], at))
        ]
        if is_linked:
            yield Decision(each.short, [each.candidates[best]], True), links
        elif sum(odds) >= OPEN and likely:
            yield Decision(each.short, [each.candidates[at] for at in likely], False), links


def open_entity(short: CorpusEntity, persons: Sequence[Person]) -> CorpusEntity:
    """Return the entity of a short form that may mean any of `persons`, or the only one of these or somebody else."""
    return short._replace(of=" | ".join(person.entity.name for person in persons))


def is_open(entity: CorpusEntity) -> bool:
    """Return True for an entity made by `open_entity`."""
    return entity.kind == "PER" and bool(entity.of)


def open_name(short: str, persons: Sequence[str]) -> str:
    """Return the name of a short form whose person is open.

    >>> open_name("Clinton", ["Hillary Clinton", "Bill Clinton"]), open_name("Hillary", ["Hillary Clinton"])
    ('Clinton (Hillary or Bill)', 'Hillary (Hillary Clinton or another)')
    """
    firsts = [name.removesuffix(f" {short}") for name in persons]
    others = firsts if len(firsts) > 1 else [*firsts, "another"]
    return f"{short} ({' or '.join(others)})"
