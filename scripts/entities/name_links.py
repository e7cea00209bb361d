"""Whom the open short forms of persons' names mean: the probability of each candidate, and what is made of it.

A conditional logit over the evidence of `person_links` (with "nobody of the corpus" as one more alternative) gives the
probabilities. From `LINKED` on a short form is linked; from `OPEN` on it is shown as who it may be, "Clinton (Hillary
or Bill)"; below, it stands for itself. "President Bush" is linked from `OPEN` on where one Bush of the
corpus is president.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from scripts.entities.bearers import shares, weights_of
from scripts.entities.corpus_entities import CorpusEntity
from scripts.entities.corpus_persons import Person, Short
from scripts.entities.person_links import Weighed

LINK_WEIGHTS = "name_link_weights.csv"
# The least probability of a link; the least of all candidates together for a form to be shown with them, and of each.
LINKED, OPEN, SHOWN = 0.75, 0.5, 0.1
# The least weight of evidence that is put into words, and how many kinds of it are.
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
    """Return the probability of each candidate of a short form, rounded, so that no processor decides otherwise."""
    return [round(odds, 3) for odds in shares([{}, *each.strengths], weights_of(LINK_WEIGHTS))[1:]]


def least(each: Weighed) -> float:
    """Return the least probability from which a short form is linked."""
    return OPEN if each.holds_office else LINKED


def in_words(strengths: dict[str, float]) -> str:
    """Return the evidence for a candidate that weighs most, with its sign, the weightiest first.

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
    """Yield the decision on each short form that is linked or open between persons, with its likely candidates."""
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
    """Return the entity of a short form that means one of several persons, or one or nobody of the corpus."""
    return short._replace(of=" | ".join(person.entity.name for person in persons))


def is_open(entity: CorpusEntity) -> bool:
    """Return True for an entity of `open_entity`."""
    return entity.kind == "PER" and bool(entity.of)


def open_name(short: str, persons: Sequence[str]) -> str:
    """Return the name of a short form whose person is open.

    >>> open_name("Clinton", ["Hillary Clinton", "Bill Clinton"]), open_name("Hillary", ["Hillary Clinton"])
    ('Clinton (Hillary or Bill)', 'Hillary (Hillary Clinton or another)')
    """
    firsts = [name.removesuffix(f" {short}") for name in persons]
    others = firsts if len(firsts) > 1 else [*firsts, "another"]
    return f"{short} ({' or '.join(others)})"
