"""Blame statements: who holds whom answerable, for a cause, by a moral judgement or by a duty to act.

The kinds are Entman's (1993): causal interpretation, moral evaluation, treatment recommendation. A statement is
accepted or rejected by its speaker. The table says what is said, never who is right.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any, NamedTuple

from scripts.core.annotation import Doc
from scripts.core.lexicons import LEXICONS
from scripts.core.storage import read_yaml
from scripts.framing.coding import NARRATOR, Voice, is_negated, voice_at
from scripts.framing.syntax import Tree

_SINGULAR = frozenset(["he", "she", "him", "her", "his", "hers"])
_PLURAL = frozenset(["they", "them", "their"])
_IMPERSONAL = frozenset(["it", "its"]) | _PLURAL
_PLURAL_TAGS = frozenset(["NNS", "NNPS"])
_SPEAKING = frozenset(["i", "we", "me", "us", "my", "our"])


class Finding(NamedTuple):
    """Tokens of the cue, the head of the target and the accuser, where the grammar gives one; whether rejected."""

    cue: int
    target: int
    kind: str
    accuser: int | None
    rejected: bool


@cache
def _lemmas(*keys: str) -> frozenset[str]:
    content = read_yaml(LEXICONS / "blame.yaml")
    for key in keys:
        content = content[key]
    return frozenset(content)


def _is_event(tree: Tree, token: int) -> bool:
    """Whether a noun is a storm or another event, which slams a country and condemns nobody."""
    event = token in tree.mention and tree.mention[token].label == "EVENT"
    return event or not _lemmas("weather").isdisjoint(tree.name(token).lower().split())


def _blaming(tree: Tree, verb: int) -> Iterator[Finding]:
    """ "X accuses Y", "Y was criticized by X", "X blames the fire on Y", "X attacked Y for its failures"."""
    for kind in ("causal", "moral"):
        if tree.doc.lemma[verb] in _lemmas("blaming", kind):
            passive = tree.dependents(verb, "nsubjpass")
            accusers = [noun for agent in tree.dependents(verb, "agent") for noun in tree.dependents(agent, "pobj")]
            accuser = (accusers or [None])[0] if passive else tree.subject(verb)
            storm = accuser is not None and _is_event(tree, accuser)
            carriers = tree.objects(verb, "on", "upon") if tree.doc.lemma[verb] == "blame" else []
            for target in [] if storm else carriers or passive or tree.dependents(verb, "dobj"):
                yield Finding(verb, target, kind, accuser, False)
    if tree.doc.lemma[verb] in _lemmas("striking") and tree.objects(verb, "for", "over", clauses=True):
        for target in tree.dependents(verb, "dobj"):
            yield Finding(verb, target, "moral", tree.subject(verb), False)
    if tree.doc.lemma[verb] == "hold":
        for predicate in tree.dependents(verb, "oprd", "acomp", "xcomp", "ccomp"):
            if tree.doc.lemma[predicate] in _lemmas("answerable"):
                for target in tree.dependents(verb, "dobj", "nsubjpass") or tree.dependents(predicate, "nsubj"):
                    accuser = None if tree.dependents(verb, "nsubjpass") else tree.subject(verb)
                    yield Finding(predicate, target, "causal", accuser, False)


def _demanding(tree: Tree, verb: int) -> Iterator[Finding]:
    """ "X urges Y to act", "X demands that Y act", "X calls on Y to act", "Y must act"."""
    lemma = tree.doc.lemma[verb]
    to_act = [each for each in tree.dependents(verb, "xcomp", "ccomp", "advcl") if _has_to(tree, each)]
    if lemma in _lemmas("demanding") and to_act:
        for target in tree.dependents(verb, "dobj") or tree.dependents(to_act[0], "nsubj"):
            yield Finding(verb, target, "treatment", tree.subject(verb), False)
    if lemma == "demand":
        for act in tree.dependents(verb, "ccomp"):
            for target in tree.dependents(act, "nsubj"):
                yield Finding(verb, target, "treatment", tree.subject(verb), False)
    if lemma in _lemmas("calling") and to_act:
        for target in tree.objects(verb, "on", "upon", "to"):
            yield Finding(verb, target, "treatment", tree.subject(verb), False)
    doc = tree.doc
    if lemma in _lemmas("needs") and doc.tag[verb] in ("VBP", "VBZ", "VB") and doc.dep[verb] != "relcl":
        obliges = verb + 2 < len(doc.norm) and doc.norm[verb + 1] == "to" and doc.lemma[verb + 2] != "say"
        for target in tree.dependents(verb, "nsubj") if obliges else []:
            yield Finding(verb, target, "treatment", None, False)
    if lemma in _lemmas("modals") and doc.dep[verb] == "aux":
        act = doc.head[verb]
        # "They should be able to", "judges often must": a possibility, a habit.
        around = {doc.norm[each] for each in tree.dependents(act, "acomp", "advmod")}
        for target in [] if around & _lemmas("no_demand") else tree.dependents(act, "nsubj"):
            # "Should they win" is no demand.
            if target < verb:
                yield Finding(verb, target, "treatment", None, False)


def _has_to(tree: Tree, verb: int) -> bool:
    return any(tree.doc.norm[child] == "to" for child in tree.dependents(verb, "aux"))


def _answerable(tree: Tree, token: int) -> Iterator[Finding]:
    """ "Y is responsible", "Y bears the responsibility", "the blame lies with Y", "put the blame on Y"."""
    doc, lemma = tree.doc, tree.doc.lemma[token]
    if lemma in _lemmas("answerable") and doc.dep[token] in ("acomp", "attr"):
        for target in tree.dependents(doc.head[token], "nsubj"):
            yield Finding(token, target, "causal", None, False)
    if lemma == "blame" and doc.dep[token] == "xcomp" and doc.lemma[doc.head[token]] == "be" and _has_to(tree, token):
        for target in tree.dependents(doc.head[token], "nsubj"):
            yield Finding(token, target, "causal", None, False)
    if lemma in _lemmas("burden") and doc.dep[token] == "dobj":
        verb = doc.head[token]
        if doc.lemma[verb] in _lemmas("bearing"):
            for target in tree.dependents(verb, "nsubj"):
                yield Finding(token, target, "causal", None, False)
        deflecting = doc.lemma[verb] in _lemmas("deflecting")
        if deflecting or doc.lemma[verb] in _lemmas("putting"):
            places = ("on", "onto", "upon", "to", "at")
            for target in tree.objects(verb, *places) + tree.objects(token, *places):
                yield Finding(token, target, "causal", None if deflecting else tree.subject(verb), deflecting)
    sources = [each for each in tree.dependents(token, "nsubj") if doc.lemma[each] in _lemmas("source")]
    if lemma in _lemmas("lying") and sources:
        for target in tree.objects(token, "with", "within", "in", "on", "upon", "to"):
            yield Finding(token, target, "causal", None, False)


def _failing(tree: Tree, noun: int) -> Iterator[Finding]:
    """ "Y's own failures", "the failure of Y", "it is Y's problem, not Z's"."""
    doc, lemma = tree.doc, tree.doc.lemma[noun]
    if lemma in _lemmas("failing"):
        for target in tree.dependents(noun, "poss") + tree.objects(noun, "of"):
            yield Finding(noun, target, "causal", None, False)
    elif lemma in _lemmas("trouble") and doc.dep[noun] == "attr":
        for target in tree.dependents(noun, "poss"):
            yield Finding(noun, target, "causal", None, False)
    else:
        return
    other = noun + 1
    while other < len(doc.norm) - 1 and doc.norm[other] in (",", "and", "but", "-"):
        other += 1
    if tree.dependents(noun, "poss") and doc.norm[other] in ("not", "n't"):
        owner = next(
            (each for each in range(other + 1, min(other + 5, len(doc.norm) - 1)) if doc.norm[each + 1] == "'s"), 0
        )
        if owner and doc.sentence[owner] == doc.sentence[noun]:
            yield Finding(noun, owner, "causal", None, True)


def _causing(tree: Tree, verb: int) -> Iterator[Finding]:
    """ "Y caused the crisis", "a crisis caused by Y"."""
    doc = tree.doc
    if doc.lemma[verb] not in _lemmas("causing"):
        return
    if any(doc.lemma[each] in _lemmas("harm") for each in tree.dependents(verb, "dobj")):
        subject = tree.subject(verb)
        if subject is not None and doc.dep[subject] != "nsubjpass" and doc.norm[subject] not in _IMPERSONAL:
            yield Finding(verb, subject, "causal", None, False)
    harmed = [doc.head[verb]] if doc.dep[verb] == "acl" else tree.dependents(verb, "nsubjpass")
    if any(doc.lemma[each] in _lemmas("harm") for each in harmed):
        for agent in tree.dependents(verb, "agent"):
            for target in tree.dependents(agent, "pobj"):
                yield Finding(verb, target, "causal", None, False)


_TRIGGERS = (
    "striking",
    "demanding",
    "calling",
    "modals",
    "needs",
    "answerable",
    "burden",
    "lying",
    "failing",
    "trouble",
    "causing",
)
_RULES = (_blaming, _demanding, _answerable, _failing, _causing)


def _rejected(tree: Tree, finding: Finding, first: int) -> bool:
    """Whether the statement is denied: by a negation of its cue, or by a verb such as "rejects" above it."""
    doc, cue = tree.doc, finding.cue
    heads = [cue, doc.head[cue]] if doc.dep[cue] in ("acomp", "attr", "dobj", "aux") else [cue]
    for head in heads:
        for token in tree.dependents(head, "neg"):
            # "Congress, not the court, is responsible": the comma keeps the negation from the verb.
            if token < max(heads) and "," not in doc.norm[token:head]:
                return True
    if is_negated(doc, cue, first):
        return True
    if finding.accuser is not None:
        return False
    for token in (cue, *tree.ancestors(cue)):
        if doc.lemma[token] in _lemmas("rejecting"):
            return True
        if token not in heads and doc.lemma[token] in _lemmas("voicing") and tree.dependents(token, "neg"):
            return True
        if doc.dep[token] in ("conj", "advcl"):
            return False
    return False


def _is_open(tree: Tree, token: int) -> bool:
    """Whether a token stands in a clause that asks or supposes: "whether X should", "if X is to blame"."""
    for each in (token, *tree.ancestors(token)):
        if any(tree.doc.norm[mark] in ("if", "whether") for mark in tree.dependents(each, "mark")):
            return True
        if tree.doc.pos[each] in ("VERB", "AUX") and tree.dependents(each, "nsubj", "nsubjpass"):
            return False
    return False


class _Reader:
    """Resolves the tokens of a document to names of actors."""

    def __init__(self, tree: Tree, found: Sequence[Voice], sources: dict[int, str]) -> None:
        self.tree, self.found, self.sources = tree, found, sources
        doc = tree.doc
        self.subjects = [token for token, dep in enumerate(doc.dep) if dep == "nsubj" and self._is_plain_actor(token)]

    def _is_plain_actor(self, token: int) -> bool:
        return self.tree.is_named(token) or self.tree.doc.lemma[token].lower() in _lemmas("actors")

    def actor(self, token: int, *, voice: str | None = None) -> str | None:
        """The name of the actor that a token stands for, or none if it is no actor.

        A pronoun is the speaker of the attribution whose source it is, or the last actor before it that was a subject,
        in its sentence or the one before.
        """
        doc = self.tree.doc
        norm = doc.norm[token]
        if norm in _SPEAKING:
            return voice
        if norm not in _SINGULAR and norm not in _IMPERSONAL:
            return self.tree.name(token) if self._is_plain_actor(token) else None
        if token in self.sources:
            return self.sources[token]
        for at in range(bisect_left(self.subjects, token) - 1, -1, -1):
            subject = self.subjects[at]
            if doc.sentence[token] - doc.sentence[subject] > 1:
                return None
            person = subject in self.tree.mention and self.tree.mention[subject].label == "PERSON"
            many = doc.tag[subject] in _PLURAL_TAGS or bool(self.tree.dependents(subject, "conj"))
            if person == (norm in _SINGULAR) and many == (norm in _PLURAL):
                return self.tree.name(subject)
        return None

    def speaker(self, finding: Finding) -> str:
        """Who makes a statement: the grammar's accuser, else the voice around the cue, else whom a verb has say it."""
        doc, tree = self.tree.doc, self.tree
        around = voice_at(self.found, doc.start[finding.cue], doc.end[finding.cue])
        voice = around.speaker if around else None
        if finding.accuser is not None:
            pronoun = doc.pos[finding.accuser] == "PRON"
            accuser = self.actor(finding.accuser, voice=voice)
            return accuser or (voice if pronoun and voice else tree.name(finding.accuser))
        if voice:
            return voice
        for token in tree.ancestors(finding.cue):
            if doc.lemma[token] in _lemmas("voicing") or doc.lemma[token] in _lemmas("rejecting"):
                subject = tree.subject(token)
                if subject is not None and subject != finding.target:
                    return self.actor(subject) or tree.name(subject)
        return NARRATOR


def blame_statements(doc: Doc, found: Sequence[Voice], sources: dict[int, str]) -> list[dict[str, Any]]:
    """Rows of the blame table for a parsed document, in the order of the text.

    `found` are the attributions as `coding.voices` gives them, `sources` the speaker's name for each token that lies in
    the source of one. A target that names no actor is left out, and so are what a speaker asks of himself and what
    follows "if" or "whether".
    """
    tree = Tree(doc)
    reader = _Reader(tree, found, sources)
    rows = {}
    triggers = frozenset(["hold", "demand"]).union(
        _lemmas("blaming", "causal"), _lemmas("blaming", "moral"), *map(_lemmas, _TRIGGERS)
    )
    for token in (token for token, lemma in enumerate(doc.lemma) if lemma in triggers):
        for rule in _RULES:
            for finding in rule(tree, token):
                for target in [] if _is_open(tree, token) else tree.joined(finding.target):
                    name, speaker = reader.actor(target), reader.speaker(finding)
                    if name and not (finding.kind == "treatment" and name == speaker):
                        rows.setdefault((token, target), _row(tree, finding, target, name, speaker))
    return [{**row, "statement": number} for number, (_, row) in enumerate(sorted(rows.items()))]


def _row(tree: Tree, finding: Finding, target: int, name: str, speaker: str) -> dict[str, Any]:
    doc = tree.doc
    number = doc.sentence[finding.cue]
    first, last = tree.span(target)
    rejected = finding.rejected or _rejected(tree, finding, doc.sentences[number].first)
    return {
        "doc_id": doc.doc_id,
        "sentence": number,
        "speaker": speaker,
        "target": name,
        "kind": finding.kind,
        "stance": "rejected" if rejected else "accepted",
        "cue": doc.word[finding.cue],
        "start": doc.start[finding.cue],
        "end": doc.end[finding.cue],
        "target_start": doc.start[first],
        "target_end": doc.end[last - 1],
    }
