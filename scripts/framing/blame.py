"""Blame statements (table blame): who holds whom answerable, as the cause, as morally at fault, or as obliged to act.

The kinds are Entman's (1993): causal interpretation, moral evaluation and treatment recommendation. The speaker of a
statement either accepts or rejects it. The table reports what people say; it does not judge whether they are right.
"""

from bisect import bisect_left
from collections.abc import Sequence
from typing import Any

from scripts.attribution.speakerhood import is_thing_noun
from scripts.core.annotation import Doc
from scripts.core.stand_ins import NARRATOR
from scripts.framing.blame_rules import IMPERSONAL, PLURAL, Finding, findings, has_to, lemmas, trigger_lemmas
from scripts.framing.coding import NOT_NAMED, Voice, negates, voice_at, voices_by_sentence
from scripts.framing.syntax import MentionTree

_SINGULAR = frozenset(["he", "she", "him", "her", "his", "hers"])
_PLURAL_TAGS = frozenset(["NNS", "NNPS"])
_SPEAKING = frozenset(["i", "we", "me", "us", "my", "our"])
_OWN = _SPEAKING | {"you", "one"}
# A denial carries over from a word to a dependent with one of these labels.
_GOVERNED = ("xcomp", "ccomp", "acomp", "attr", "oprd", "dobj", "acl", "advmod", "prep", "pcomp")


def _is_negated(tree: MentionTree, head: int, cue: int) -> bool:
    """Return True if a negation before the cue belongs to a word or its subject: "X is not", "no agency is"."""
    doc = tree.doc
    near = (head, *tree.dependents(head, "nsubj", "nsubjpass"))
    # A comma separates the negation from the verb: "Congress, not the court, is responsible".
    return any(
        negates(doc, token) and token < cue and "," not in doc.norm[token:head]
        for each in near
        for token in (each, *tree.children[each])
    )


def _is_denied(tree: MentionTree, finding: Finding) -> bool:
    """Return True if words above the cue deny the statement ("deny that X is") or avoid the act ("refuse to").

    Two such words cancel each other out: "do not refuse to". "X should not" is a demand just as "X should" is.
    """
    doc, cue = tree.doc, finding.cue
    denying = lemmas("denying") | lemmas("avoiding") if finding.is_act else lemmas("denying")
    below = doc.head[cue] if doc.dep[cue] == "aux" else cue
    denied = below == cue and _is_negated(tree, cue, cue)
    for token in tree.ancestors(below):
        if doc.norm[below] == "for" or not (doc.dep[below] in _GOVERNED or has_to(tree, below)):
            break
        above = {token, *tree.dependents(token, "acomp", "dobj")} - {below}
        denies = any(each < cue and doc.lemma[each] in denying for each in above)
        denied ^= denies ^ _is_negated(tree, token, cue)
        below = token
    return denied


def _verb(tree: MentionTree, cue: int) -> int:
    """Return the verb of an act of blaming: its cue, or the "hold" of "hold X responsible"."""
    return cue if tree.doc.tag[cue].startswith("VB") else tree.doc.head[cue]


def _is_own(tree: MentionTree, finding: Finding) -> bool:
    """Return True if the speaker blames somebody ("X should be blamed", "blame X") and does not only report blame."""
    if not finding.is_act:
        return True
    if finding.accuser is not None and tree.doc.norm[finding.accuser] not in _OWN:
        return False
    verb = _verb(tree, finding.cue)
    is_modal = any(tree.doc.tag[each] == "MD" for each in tree.dependents(verb, "aux"))
    return is_modal or (tree.doc.tag[verb] == "VB" and not has_to(tree, verb))


def _is_open(tree: MentionTree, token: int) -> bool:
    """Return True if a token stands in a clause that asks or supposes: "whether X should", "if X is to blame"."""
    for each in (token, *tree.ancestors(token)):
        if any(tree.doc.norm[mark] in ("if", "whether") for mark in tree.dependents(each, "mark")):
            return True
        if tree.doc.pos[each] in ("VERB", "AUX") and tree.dependents(each, "nsubj", "nsubjpass"):
            return False
    return False


class _Reader:
    """Resolver of tokens in a document to the names of actors and speakers."""

    def __init__(self, tree: MentionTree, voices: Sequence[Voice], sources: dict[int, str]) -> None:
        doc = tree.doc
        self.tree, self.voices, self.sources = tree, voices_by_sentence(doc, voices), sources
        self.subjects = [token for token, dep in enumerate(doc.dep) if dep == "nsubj" and self._is_plain_actor(token)]

    def _is_plain_actor(self, token: int) -> bool:
        return self.tree.is_named(token) or self.tree.doc.lemma[token].lower() in lemmas("actors")

    def actor(self, token: int, *, voice: str | None = None) -> str | None:
        """Return the name of the actor that a token refers to, or None if it refers to none.

        "I" and "we" refer to `voice`. Any other pronoun refers to the speaker of the attribution whose source begins
        with it, or else to the last preceding subject that is an actor of fitting kind and number, in the same sentence
        or the one before.
        """
        doc = self.tree.doc
        norm = doc.norm[token]
        if norm in _SPEAKING:
            return voice
        if norm not in _SINGULAR and norm not in IMPERSONAL:
            return self.tree.name(token) if self._is_plain_actor(token) else None
        if token in self.sources:
            return self.sources[token]
        for at in range(bisect_left(self.subjects, token) - 1, -1, -1):
            subject = self.subjects[at]
            if doc.sentence[token] - doc.sentence[subject] > 1:
                return None
            person = subject in self.tree.mention and self.tree.mention[subject].label == "PERSON"
            is_plural = doc.tag[subject] in _PLURAL_TAGS or bool(self.tree.dependents(subject, "conj"))
            if person == (norm in _SINGULAR) and is_plural == (norm in PLURAL):
                return self.tree.name(subject)
        return None

    def speaker(self, finding: Finding) -> str:
        """Return the maker of a statement: the accuser, else the voice around the cue, else a voicing verb's subject.

        Returns NOT_NAMED if a thing is the accuser, such as somebody's vote, and no voice is around the cue, and for a
        passive without an agent ("Y was accused").
        """
        doc, tree = self.tree.doc, self.tree
        around = voice_at(self.voices[doc.sentence[finding.cue]], doc.start[finding.cue], doc.end[finding.cue])
        voice = around.speaker if around else None
        if finding.accuser is not None:
            pronoun = doc.pos[finding.accuser] == "PRON"
            if not pronoun and finding.accuser not in tree.mention and is_thing_noun(doc.lemma[finding.accuser]):
                return voice or NOT_NAMED
            accuser = self.actor(finding.accuser, voice=voice)
            return accuser or (voice if pronoun and voice else tree.name(finding.accuser))
        own = _is_own(tree, finding)
        if not own and tree.dependents(_verb(tree, finding.cue), "nsubjpass"):
            return NOT_NAMED
        if voice:
            return voice
        for token in tree.ancestors(finding.cue):
            if doc.lemma[token] in lemmas("voicing"):
                subject = tree.subject(token)
                if subject is not None and subject != finding.target:
                    return self.actor(subject) or tree.name(subject)
        return NARRATOR if own else NOT_NAMED


def blame_statements(doc: Doc, voices: Sequence[Voice], sources: dict[int, str]) -> list[dict[str, Any]]:
    """Return the rows of the table blame for a parsed document, in text order.

    `voices` are the attributions as returned by `coding.voices`; `sources` maps the first token of an attribution's
    source to the speaker's name. Left out are targets that are no actor or are the speaker (who reports an accusation
    or takes credit), clauses with "if" or "whether", acts that were avoided ("refused to condemn"), and the narrator's
    "must", which more often describes a rule or a plight.
    """
    tree = MentionTree(doc)
    reader = _Reader(tree, voices, sources)
    rows: dict[tuple[int, int], dict[str, Any]] = {}
    triggers = trigger_lemmas()
    for token in (token for token, lemma in enumerate(doc.lemma) if lemma in triggers and not _is_open(tree, token)):
        for finding in findings(tree, token):
            denied = finding.rejected or _is_denied(tree, finding)
            speaker = reader.speaker(finding)
            if (denied and not _is_own(tree, finding)) or (speaker == NARRATOR and doc.norm[token] == "must"):
                continue
            for target in tree.joined(finding.target):
                name = reader.actor(target)
                if name and name != speaker:
                    rows.setdefault((token, target), _row(tree, finding, target, (speaker, name), denied))
    return [{**row, "statement": number} for number, (_, row) in enumerate(sorted(rows.items()))]


def _row(tree: MentionTree, finding: Finding, target: int, names: tuple[str, str], denied: bool) -> dict[str, Any]:
    """Return the row of the table blame for a finding and a target; `names` are those of the speaker and the target."""
    doc = tree.doc
    first, last = tree.span(target)
    return {
        "doc_id": doc.doc_id,
        "sentence": doc.sentence[finding.cue],
        "speaker": names[0],
        "target": names[1],
        "kind": finding.kind,
        "stance": "rejected" if denied else "accepted",
        "cue": doc.word[finding.cue],
        "start": doc.start[finding.cue],
        "end": doc.end[finding.cue],
        "target_start": doc.start[first],
        "target_end": doc.end[last - 1],
    }
