"""Bearers of a name: decide, mention by mention, which person of an article a surname or given name means.

A person is ruled out if the mention's title contradicts the gender or office that the article gives that person. If
several remain, points go to the person introduced first, named most, named last, or of the same role and gender; the
weights are in workflow/lexicons/bearer_weights.csv (from training/name_links.py). A mention without a clear answer
stays open, unless all mentions of the name favour one person.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from scripts.core.lexicons import comma_rows
from scripts.entities.knowledge import entries
from scripts.entities.mention_context import Context
from scripts.entities.person_names import Words

BEARER_WEIGHTS = "bearer_weights.csv"
# The lowest probability at which a mention is assigned to a bearer.
SURE = 0.6
_TITLE, _PRONOUN = 2, 1
_SIDES = {"she": 1, "he": -1, "": 0}
# Offices with one holder at a time: a person whom all articles name without such an office does not hold it.
SOLE = frozenset(
    ("president", "governor", "king", "queen", "pope", "prince", "princess")
    + ("emperor", "empress", "sultan", "chancellor", "justice")
)
# Offices and kinship by which news tells bearers of the same name apart.
_HIGH = SOLE | {"senator", "representative", "mayor", "minister", "secretary", "ambassador", "lady"}
_KIN = frozenset(("wife", "husband", "son", "daughter", "brother", "sister", "mother", "father", "widow", "widower"))


@cache
def weights_of(name: str) -> dict[str, float]:
    """Return {kind of evidence: weight} from a file of workflow/lexicons that training/name_links.py fits."""
    _, *rows = comma_rows(name)
    return {kind: float(weight) for kind, weight in rows}


class Sight(NamedTuple):
    """A mention of a person: its words (`person_key`), the number of its sentence, and its context."""

    key: Words
    sentence: int
    context: Context


class Bearer:
    """A person of an article: roles and gender beside the `total` full names in it, and the mentions read so far.

    `first` is the first mention in full, `last` the last mention, in `sentence`; `seen` is the number of mentions.
    """

    __slots__ = ("first", "gender", "last", "roles", "seen", "sentence", "total")

    def __init__(self) -> None:
        self.first, self.last, self.sentence, self.seen, self.total = math.inf, -math.inf, -math.inf, 0, 0
        self.gender, self.roles = 0, frozenset[str]()


def gender_of(context: Context) -> int:
    """Return the evidence of gender in the context of a mention: positive for she, negative for he."""
    return _TITLE * _SIDES[context.title_gender] + _PRONOUN * _SIDES[context.pronoun]


def offices(roles: frozenset[str]) -> frozenset[str]:
    """Return the roles that are titles of an office or rank."""
    return roles & entries("titles.txt")


def other_gender(context: Context, gender: int) -> bool:
    """Return True if the title of a mention implies another gender than the person's (as in `Bearer`).

    >>> other_gender(Context("", "he", ""), 1), other_gender(Context("", "he", ""), 0)
    (True, False)
    """
    return _SIDES[context.title_gender] * gender < 0


def contradicts(context: Context, gender: int, roles: frozenset[str], *, introduced: bool = True) -> bool:
    """Return True if the title of a mention cannot belong to a person with a gender (as in `Bearer`) and these roles.

    A high office that is not among the roles contradicts them if they include another high office or kinship, or if the
    mention comes before the person is `introduced`.
    """
    if other_gender(context, gender):
        return True
    own = context.role_words & _HIGH
    if not own or own & roles:
        return False
    return bool((_HIGH | _KIN) & roles) or not introduced


def other_office(context: Context, roles: Mapping[str, int], articles: int) -> bool:
    """Return True if none of a person's `articles` gives the high office of a mention and at least half give another.

    `roles` has the number of articles that give each role.

    >>> [other_office(Context("secretary"), roles, 4) for roles in ({"senator": 2}, {"senator": 1}, {"author": 4})]
    [True, False, False]
    """
    own = context.role_words & _HIGH
    return bool(own) and not own & roles.keys() and 2 * max(roles.get(role, 0) for role in _HIGH) >= articles


def sole_offices(context: Context) -> frozenset[str]:
    """Return the roles of a mention that are offices with one holder at a time.

    >>> sole_offices(Context("president senator")), sole_offices(Context("senator"))
    (frozenset({'president'}), frozenset())
    """
    return context.role_words & SOLE


def may_hold_too(context: Context, roles: Iterable[str]) -> bool:
    """Return True if a person with these roles may also hold a mention's office, though no full name comes with it.

    >>> [may_hold_too(Context("president"), [role]) for role in ("author", "senator", "wife")]
    [True, False, False]
    >>> [may_hold_too(Context("minister"), [role]) for role in ("senator", "lady")]
    [True, False]
    """
    return (_HIGH | _KIN if sole_offices(context) else {"lady"}).isdisjoint(roles)


def evidence(context: Context, sentence: int, bearer: Bearer, others: Sequence[Bearer]) -> dict[str, float]:
    """Return the strength of each kind of evidence for one of several bearers of a name."""
    rivals = [rival for rival in others if rival is not bearer]
    own = gender_of(context)
    n_mentions = sum(rival.seen for rival in others)
    return {
        "introduced": float(bearer.first < math.inf),
        "introduced first": float(all(bearer.first < rival.first for rival in rivals)),
        "share of mentions before": bearer.seen / n_mentions if n_mentions else 0.0,
        "share of full names": bearer.total / sum(rival.total for rival in others),
        "named last": float(all(bearer.last > rival.last for rival in rivals)),
        "near": 1 / (1 + sentence - bearer.sentence) if bearer.seen else 0.0,
        "same role": float(bool(context.role_words & bearer.roles)),
        "same gender": float(own * bearer.gender > 0),
        "other gender": float(own * bearer.gender < 0),
    }


def shares(strengths: Sequence[Mapping[str, float]], weights: Mapping[str, float]) -> list[float]:
    """Return the probability of each of several bearers (softmax of the weighted evidence)."""
    points = [sum(weights[kind] * strength for kind, strength in each.items()) for each in strengths]
    top = max(points)
    exponentials = [math.exp(point - top) for point in points]
    total = sum(exponentials)
    return [value / total for value in exponentials]


def full_names(sights: Sequence[Sight], full: Mapping[Words, Words]) -> dict[Words, Bearer]:
    """Return the bearers in an article by the key of their full name; `full` maps each full name to that key."""
    bearers: dict[Words, Bearer] = {}
    for sight in sights:
        if sight.key in full:
            _name(bearers.setdefault(full[sight.key], Bearer()), sight.context)
    return bearers


def _name(bearer: Bearer, context: Context) -> None:
    """Count a mention that introduces a bearer, with the gender and roles of its context."""
    bearer.total += 1
    bearer.gender += gender_of(context)
    bearer.roles |= context.role_words


def see(bearer: Bearer, at: int, sentence: int, *, named: bool) -> None:
    """Count a mention of a bearer, by full name (`named`) or by a short form that means the bearer."""
    if named:
        bearer.first = min(bearer.first, at)
    bearer.last, bearer.sentence = at, sentence
    bearer.seen += 1


def meant(
    sights: Sequence[Sight], full: Mapping[Words, Words], fitting: Mapping[Words, Sequence[Words]]
) -> list[Words]:
    """Return the key of the person that each mention means: that of a full name, or the mention's own if this is open.

    `full` maps each full name to the key of its person, `fitting` each short form to the full names it may stand for.
    """
    bearers = full_names(sights, full)
    titled = _titled(sights, bearers, full, fitting)
    for sight in (sights[at] for at in sorted(titled)):
        _name(bearers.setdefault(sight.key, Bearer()), sight.context)
    weights = weights_of(BEARER_WEIGHTS)
    keys = []
    likely: dict[Words, list[Words]] = defaultdict(list)  # by short form, mention by mention
    titles: dict[Words, set[str]] = defaultdict(set)
    for at, sight in enumerate(sights):
        key = full.get(sight.key)
        if key is None:
            key, best = sight.key, sight.key
            if at not in titled:
                key, best = _bearer_meant(sight, bearers, fitting.get(sight.key, ()), weights)
            if best in bearers and bearers[best].seen:
                likely[sight.key].append(best)
                titles[sight.key].add(sight.context.title_gender)
        if key in bearers:
            see(bearers[key], at, sight.sentence, named=sight.key in full or at in titled)
            if sight.key not in full and at not in titled:
                bearers[key].gender += gender_of(sight.context)
        keys.append(key)
    # If all mentions of a short form favour one bearer, even weakly, they all mean that bearer, unless their titles
    # include a man's and a woman's. Mentions before the bearer's first, as in a headline, favour nobody yet.
    agreed = {
        short: best[0]
        for short, best in likely.items()
        if len(best) > 1 and len(set(best)) == 1 and not {"he", "she"} <= titles[short]
    }
    return [key if at in titled else agreed.get(key, key) for at, key in enumerate(keys)]


def _titled(
    sights: Sequence[Sight],
    bearers: Mapping[Words, Bearer],
    full: Mapping[Words, Words],
    fitting: Mapping[Words, Sequence[Words]],
) -> set[int]:
    """Return the short forms whose title contradicts every person of the article: President Obama beside Michelle."""
    introduced: set[Words] = set()
    titled = set()
    for at, sight in enumerate(sights):
        if sight.key in full:
            introduced.add(full[sight.key])
        elif fitting.get(sight.key) and all(
            contradicts(sight.context, bearers[key].gender, bearers[key].roles, introduced=key in introduced)
            for key in fitting[sight.key]
        ):
            titled.add(at)
    return titled


def _bearer_meant(
    sight: Sight, bearers: Mapping[Words, Bearer], fitting: Sequence[Words], weights: Mapping[str, float]
) -> tuple[Words, Words]:
    """Return the key of the bearer that a short form means (its own if this is open) and the key of the likeliest."""
    possible = [key for key in fitting if not contradicts(sight.context, bearers[key].gender, bearers[key].roles)]
    if fitting and sight.key in bearers and not contradicts(
        sight.context, bearers[sight.key].gender, bearers[sight.key].roles
    ):  # fmt: skip
        possible.append(sight.key)
    if len(possible) < 2:
        return (possible[0], possible[0]) if possible else (sight.key, sight.key)
    group = [bearers[key] for key in possible]
    odds = shares([evidence(sight.context, sight.sentence, bearer, group) for bearer in group], weights)
    best = possible[odds.index(max(odds))]
    return (best if max(odds) >= SURE else sight.key), best
