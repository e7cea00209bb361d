"""Constructions of blame: "X accuses Y", "Y must act", "Y is responsible", "Y's failure", "Y caused the crisis".

Each rule looks at one token of a parsed document and yields the findings that have this token as their cue or trigger.
The verbs and nouns are in workflow/lexicons/blame.yaml.
"""

from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any, NamedTuple

from scripts.core.lexicons import LEXICONS
from scripts.core.storage import read_yaml
from scripts.framing.syntax import MentionTree

PLURAL = frozenset(["they", "them", "their"])
IMPERSONAL = frozenset(["it", "its"]) | PLURAL
_PLACES = ("on", "onto", "upon", "to", "at")


class Finding(NamedTuple):
    """A cue and its target, as tokens of a document.

    `kind` is "causal", "moral" or "treatment"; `accuser` is the head of the accuser's noun phrase, if the syntax
    provides one; `rejected` is True if the construction itself denies the statement ("not Y's"), `is_act` if the cue
    reports an act of blaming or demanding ("accused", "urged").
    """

    cue: int
    target: int
    kind: str
    accuser: int | None = None
    rejected: bool = False
    is_act: bool = False


@cache
def _blame() -> Any:  # noqa: ANN401
    """Return the content of blame.yaml."""
    return read_yaml(LEXICONS / "blame.yaml")


@cache
def lemmas(*keys: str) -> frozenset[str]:
    """Return the set of lemmas in blame.yaml at these keys, outermost key first.

    >>> "accuse" in lemmas("blaming", "causal") | lemmas("blaming", "moral")
    True
    """
    content = _blame()
    for key in keys:
        content = content[key]
    return frozenset(content)


def _is_event(tree: MentionTree, token: int) -> bool:
    """Return True if a noun is a storm or another event: it may slam a country, but blames nobody."""
    event = token in tree.mention and tree.mention[token].label == "EVENT"
    return event or not lemmas("weather").isdisjoint(tree.name(token).lower().split())


def _each(
    targets: Iterable[int], cue: int, kind: str, accuser: int | None = None, *, is_act: bool = False
) -> Iterator[Finding]:
    """Yield a finding for each target of a cue."""
    return (Finding(cue, target, kind, accuser, is_act=is_act) for target in targets)


def _blaming(tree: MentionTree, verb: int) -> Iterator[Finding]:
    """Yield findings of "X accuses Y", "Y was criticized by X", "X blames the fire on Y", "X attacked Y for it"."""
    for kind in ("causal", "moral"):
        if tree.doc.lemma[verb] in lemmas("blaming", kind):
            passive = tree.dependents(verb, "nsubjpass")
            accusers = [noun for agent in tree.dependents(verb, "agent") for noun in tree.dependents(agent, "pobj")]
            accuser = next(iter(accusers), None) if passive else tree.subject(verb)
            storm = accuser is not None and _is_event(tree, accuser)
            carriers = tree.objects(verb, "on", "upon") if tree.doc.lemma[verb] == "blame" else []
            targets = [] if storm else carriers or passive or tree.dependents(verb, "dobj")
            yield from _each(targets, verb, kind, accuser, is_act=True)
    if tree.doc.lemma[verb] in lemmas("striking") and tree.objects(verb, "for", "over", clauses=True):
        yield from _each(tree.dependents(verb, "dobj"), verb, "moral", tree.subject(verb), is_act=True)
    if tree.doc.lemma[verb] == "hold":
        accuser = None if tree.dependents(verb, "nsubjpass") else tree.subject(verb)
        for predicate in tree.dependents(verb, "oprd", "acomp", "xcomp", "ccomp"):
            if tree.doc.lemma[predicate] in lemmas("answerable"):
                targets = tree.dependents(verb, "dobj", "nsubjpass") or tree.dependents(predicate, "nsubj")
                yield from _each(targets, predicate, "causal", accuser, is_act=True)


def _demanding(tree: MentionTree, verb: int) -> Iterator[Finding]:
    """Yield findings of "X urges Y to act", "X demands that Y act", "X calls on Y to act", "Y must act"."""
    doc, lemma = tree.doc, tree.doc.lemma[verb]
    to_act = [each for each in tree.dependents(verb, "xcomp", "ccomp", "advcl") if has_to(tree, each)]
    if lemma in lemmas("demanding") and to_act:
        urged = tree.dependents(verb, "dobj") or tree.dependents(to_act[0], "nsubj")
        yield from _each(urged, verb, "treatment", tree.subject(verb), is_act=True)
    if lemma == "demand":
        for act in tree.dependents(verb, "ccomp"):
            yield from _each(tree.dependents(act, "nsubj"), verb, "treatment", tree.subject(verb), is_act=True)
    if lemma in lemmas("calling") and to_act:
        called = tree.objects(verb, "on", "upon", "to")
        yield from _each(called, verb, "treatment", tree.subject(verb), is_act=True)
    if lemma in lemmas("modals") and doc.dep[verb] == "aux":
        act = doc.head[verb]
        # No demands: a possibility ("should be able to"), a habit ("judges often must"), a question ("how we should").
        around = {doc.norm[each] for each in tree.dependents(act, "acomp", "advmod", "attr", "dobj")} | {doc.lemma[act]}
        obliged = [] if around & lemmas("no_demand") else tree.dependents(act, "nsubj")
        # "Should they win" is no demand.
        yield from _each((target for target in obliged if target < verb), verb, "treatment")


def has_to(tree: MentionTree, verb: int) -> bool:
    """Return True for an infinitive with "to"."""
    return any(tree.doc.norm[child] == "to" for child in tree.dependents(verb, "aux"))


def _answerable(tree: MentionTree, token: int) -> Iterator[Finding]:
    """Yield findings of "Y is responsible", "Y bears the blame", "the blame lies with Y", "put the blame on Y"."""
    doc, lemma, verb = tree.doc, tree.doc.lemma[token], tree.doc.head[token]
    to_blame = lemma == "blame" and doc.dep[token] == "xcomp" and doc.lemma[verb] == "be" and has_to(tree, token)
    is_told = doc.dep[token] in ("acomp", "attr") and doc.lemma[verb] != "plead"
    if to_blame or (lemma in lemmas("answerable") and is_told):
        yield from _each(tree.dependents(verb, "nsubj"), token, "causal")
    if lemma in lemmas("burden") and doc.dep[token] == "dobj":
        if doc.lemma[verb] in lemmas("bearing"):
            yield from _each(tree.dependents(verb, "nsubj"), token, "causal")
        burdened = tree.objects(verb, *_PLACES) + tree.objects(token, *_PLACES)
        if doc.lemma[verb] in lemmas("deflecting"):
            yield from (Finding(token, target, "causal", rejected=True) for target in burdened)
        elif doc.lemma[verb] in lemmas("putting"):
            yield from _each(burdened, token, "causal", tree.subject(verb), is_act=True)
    sources = [each for each in tree.dependents(token, "nsubj") if doc.lemma[each] in lemmas("source")]
    if lemma in lemmas("lying") and sources:
        yield from _each(tree.objects(token, "with", "within", "in", "on", "upon", "to"), token, "causal")


def _failing(tree: MentionTree, noun: int) -> Iterator[Finding]:
    """Yield findings of "Y's own failures", "the failure of Y", "it is Y's problem, not Z's"."""
    doc, lemma, owners = tree.doc, tree.doc.lemma[noun], tree.dependents(noun, "poss")
    if lemma in lemmas("failing"):
        yield from _each(owners + tree.objects(noun, "of"), noun, "causal")
    elif lemma in lemmas("trouble") and doc.dep[noun] == "attr":
        yield from _each(owners, noun, "causal")
    else:
        return
    after = noun + 1
    while after < len(doc.norm) - 1 and doc.norm[after] in (",", "and", "but", "-"):
        after += 1
    if owners and after < len(doc.norm) and doc.norm[after] in ("not", "n't"):
        near = range(after + 1, min(after + 5, len(doc.norm) - 1))
        next_owner = next((each for each in near if doc.norm[each + 1] == "'s"), 0)
        if next_owner and doc.sentence[next_owner] == doc.sentence[noun]:
            yield Finding(noun, next_owner, "causal", rejected=True)


def _causing(tree: MentionTree, verb: int) -> Iterator[Finding]:
    """Yield findings of "Y caused the crisis", "a crisis caused by Y"."""
    doc = tree.doc
    if doc.lemma[verb] not in lemmas("causing"):
        return
    if any(doc.lemma[each] in lemmas("harm") for each in tree.dependents(verb, "dobj")):
        subject = tree.subject(verb)
        if subject is not None and doc.dep[subject] != "nsubjpass" and doc.norm[subject] not in IMPERSONAL:
            yield Finding(verb, subject, "causal")
    harmed = [doc.head[verb]] if doc.dep[verb] == "acl" else tree.dependents(verb, "nsubjpass")
    if any(doc.lemma[each] in lemmas("harm") for each in harmed):
        for agent in tree.dependents(verb, "agent"):
            yield from _each(tree.dependents(agent, "pobj"), verb, "causal")


_RULES = (_blaming, _demanding, _answerable, _failing, _causing)
_LISTS = (
    "striking", "demanding", "calling", "modals", "answerable", "burden", "lying", "failing", "trouble",
    "causing",
)  # fmt: skip


@cache
def trigger_lemmas() -> frozenset[str]:
    """Return the lemmas of the tokens at which some rule may find something."""
    return frozenset(["hold", "demand"]).union(
        lemmas("blaming", "causal"), lemmas("blaming", "moral"), *map(lemmas, _LISTS)
    )


def findings(tree: MentionTree, token: int) -> Iterator[Finding]:
    """Yield the findings of all rules at a token, in the order of the rules."""
    for rule in _RULES:
        yield from rule(tree, token)
