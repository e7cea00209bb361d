"""Blame statements (table blame): who holds whom answerable, for a cause, by a moral judgement or by a duty to act.

The kinds are Entman's (1993): causal interpretation, moral evaluation, treatment recommendation. A statement is
accepted or rejected by its speaker. The table reports what is said, and does not judge it.
"""

from bisect import bisect_left
from collections.abc import Sequence
from typing import Any

from scripts.attribution.speakerhood import is_thing_noun
from scripts.core.annotation import Doc
from scripts.core.stand_ins import NARRATOR
from scripts.framing.blame_rules import IMPERSONAL, PLURAL, Finding, findings, lemmas, trigger_lemmas
from scripts.framing.coding import NOT_NAMED, Voice, is_negated, voice_at, voices_by_sentence
from scripts.framing.syntax import MentionTree

_SINGULAR = frozenset(["he", "she", "him", "her", "his", "hers"])
_PLURAL_TAGS = frozenset(["NNS", "NNPS"])
_SPEAKING = frozenset(["i", "we", "me", "us", "my", "our"])


def _rejected(tree: MentionTree, finding: Finding, first: int) -> bool:
    """Return True if the statement is denied, by a negation of its cue or a verb such as "rejects" above it.

    `first` is the first token of the cue's sentence.
    """
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
        if doc.lemma[token] in lemmas("rejecting"):
            return True
        if token not in heads and doc.lemma[token] in lemmas("voicing") and tree.dependents(token, "neg"):
            return True
        if doc.dep[token] in ("conj", "advcl"):
            return False
    return False


def _is_open(tree: MentionTree, token: int) -> bool:
    """Return True if a token stands in a clause that asks or supposes: "whether X should", "if X is to blame"."""
    for each in (token, *tree.ancestors(token)):
        if any(tree.doc.norm[mark] in ("if", "whether") for mark in tree.dependents(each, "mark")):
            return True
        if tree.doc.pos[each] in ("VERB", "AUX") and tree.dependents(each, "nsubj", "nsubjpass"):
            return False
    return False


class _Reader:
    """Resolves the tokens of a document to names of actors."""

    def __init__(self, tree: MentionTree, voices: Sequence[Voice], sources: dict[int, str]) -> None:
        doc = tree.doc
        self.tree, self.voices, self.sources = tree, voices_by_sentence(doc, voices), sources
        self.subjects = [token for token, dep in enumerate(doc.dep) if dep == "nsubj" and self._is_plain_actor(token)]

    def _is_plain_actor(self, token: int) -> bool:
        return self.tree.is_named(token) or self.tree.doc.lemma[token].lower() in lemmas("actors")

    def actor(self, token: int, *, voice: str | None = None) -> str | None:
        """Return the name of the actor that a token stands for, or None if it stands for none.

        "I" and "we" are the `voice`. Another pronoun is the speaker of the attribution whose source it is, or the last
        actor before it that was a subject, in its sentence or the one before.
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
        """Return the maker of a statement: the accuser, else the voice around the cue, else a verb's subject.

        Whose vote or action accuses somebody is not named, if no voice is around it.
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
        if voice:
            return voice
        for token in tree.ancestors(finding.cue):
            if doc.lemma[token] in lemmas("voicing") or doc.lemma[token] in lemmas("rejecting"):
                subject = tree.subject(token)
                if subject is not None and subject != finding.target:
                    return self.actor(subject) or tree.name(subject)
        return NARRATOR


def blame_statements(doc: Doc, voices: Sequence[Voice], sources: dict[int, str]) -> list[dict[str, Any]]:
    """Return the rows of the table blame for a parsed document, in the order of the text.

    `voices` are the attributions as `coding.voices` gives them, `sources` the speaker's name for each token that lies
    in the source of one. Left out are targets that name no actor, demands of speakers on themselves, accusations by the
    accused (who only tells of them, or is taken for the accuser), and what follows "if" or "whether".
    """
    tree = MentionTree(doc)
    reader = _Reader(tree, voices, sources)
    rows: dict[tuple[int, int], dict[str, Any]] = {}
    triggers = trigger_lemmas()
    for token in (token for token, lemma in enumerate(doc.lemma) if lemma in triggers and not _is_open(tree, token)):
        for finding in findings(tree, token):
            speaker = reader.speaker(finding)
            for target in tree.joined(finding.target):
                name = reader.actor(target)
                if name and not (name == speaker and (finding.kind == "treatment" or finding.is_of_another)):
                    rows.setdefault((token, target), _row(tree, finding, target, name, speaker))
    return [{**row, "statement": number} for number, (_, row) in enumerate(sorted(rows.items()))]


def _row(tree: MentionTree, finding: Finding, target: int, name: str, speaker: str) -> dict[str, Any]:
    """Return the row of the table blame for a finding, a target by token and `name`, and who holds it answerable."""
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
