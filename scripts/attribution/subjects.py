"""The subject of a cue that is a verb: its own, or if it has none, that of a verb above it."""

from collections.abc import Sequence

from scripts.attribution.adjacent import before_group
from scripts.attribution.lexicon import speaker_nouns
from scripts.attribution.reports import MOST_ABOVE, VERBS, follows_comma, report_above
from scripts.attribution.tree import FINITE_OR_MODAL, Tree
from scripts.core.annotation import Doc

_NOUNS = ("NOUN", "PROPN", "PRON")
_SUBJECTS = ("nsubj", "csubj", "expl")
# Occasions on which the subject of the verb beside them speaks: "she opened a rally blasting ...".
_OCCASIONS = frozenset([
    "address", "appearance", "briefing", "ceremony", "conference", "debate", "dinner", "event", "forum", "hearing",
    "interview", "lecture", "meeting", "rally", "session", "speech", "visit",
])  # fmt: skip
# Verbs whose object is the subject of their infinitive: "the win led her to declare ...".
_CONTROLLING = frozenset([
    "allow", "ask", "bring", "cause", "compel", "convince", "drive", "enable", "encourage", "expect", "force", "get",
    "help", "inspire", "invite", "lead", "leave", "oblige", "order", "permit", "persuade", "press", "pressure",
    "prompt", "push", "require", "spur", "tell", "urge", "want",
])  # fmt: skip
_QUOTING = ("quote", "cite")
# Verbs whose subject speaks, though they are passive: "Lee was quoted as saying ...".
_QUOTED = frozenset(("quote", "cite", "hear", "record"))
# `Source.how` for Lee in "the paper quoted Lee as saying".
QUOTED = "quoted"
# Dependencies of a verb on a word above it that lends it its subject.
_LENDING = frozenset([
    "conj", "xcomp", "advcl", "pcomp", "prep", "ccomp", "dep", "parataxis", "acl", "relcl", "dobj", "attr", "pobj",
    "oprd", "acomp",
])  # fmt: skip


def subject(doc: Doc, tree: Tree, verb: int) -> int | None:
    """Return the subject of a verb, or None; of several before it the nearest, since one may really be a dateline."""
    subjects = [child for child in tree.children[verb] if doc.dep[child] in _SUBJECTS]
    before = [child for child in subjects if child < verb]
    if subjects and not before:
        return _after_hyphen(doc, subjects)
    return before[-1] if subjects else _joined_to_noun(doc, verb)


def _after_hyphen(doc: Doc, subjects: Sequence[int]) -> int:
    """Return the subject after a verb, even if the parse split it at a hyphen: Lee in "said co-author Ann Lee"."""
    first, hyphen = subjects[0], subjects[0] + 1
    is_joined = hyphen < len(doc.word) and doc.word[hyphen] == "-" and doc.end[first] == doc.start[hyphen]
    return next((child for child in subjects if child > hyphen), first) if is_joined else first


def _joined_to_noun(doc: Doc, verb: int) -> int | None:
    """Return the subject that the parse joins to a noun before it: Kim in "Lee met the mayor and Kim will ask"."""
    noun = before_group(doc, verb)
    is_joined = noun > 0 and doc.dep[noun] == "conj" and doc.pos[noun] in _NOUNS
    return noun if is_joined and FINITE_OR_MODAL & {doc.tag[verb], doc.tag[noun + 1]} else None


def _agent(doc: Doc, tree: Tree, verb: int) -> int | None:
    for child in tree.children[verb]:
        if doc.dep[child] == "agent" or (doc.dep[child] == "prep" and doc.norm[child] == "by"):
            for inner in tree.children[child]:
                if doc.dep[inner] == "pobj":
                    return inner
    return None


def is_passive(doc: Doc, tree: Tree, verb: int) -> bool:
    """Return True for a verb with a passive subject or auxiliary."""
    return any(doc.dep[child] in ("nsubjpass", "auxpass") for child in tree.children[verb])


def is_addressed(doc: Doc, tree: Tree, verb: int, noun: int) -> bool:
    """Return True for one to whom something is said: Lee in "Lee was asked whether ..." and "asked why, Lee ..."."""
    if doc.lemma[verb] in _QUOTED or doc.tag[verb] not in ("VBN", "VBD"):
        return False
    if any(doc.dep[child] == "auxpass" for child in tree.children[verb]):
        return doc.head[noun] == verb and doc.dep[noun] == "nsubjpass"
    opens = verb == doc.sentences[doc.sentence[verb]].first or doc.norm[verb - 1] == "when"
    if doc.lemma[verb] == "ask" and opens and _is_alone(doc, tree, verb):
        return noun != _agent(doc, tree, verb)  # whatever its tag
    return _is_participle(doc, tree, verb) and doc.head[noun] == doc.head[verb] and doc.dep[noun] in _SUBJECTS


def _is_alone(doc: Doc, tree: Tree, verb: int) -> bool:
    """Return True for a verb below another, without auxiliary or subject."""
    is_below = doc.dep[verb] in ("advcl", "acl", "relcl")
    return is_below and not any(doc.dep[child] in ("aux", "nsubj") for child in tree.children[verb])


def _is_participle(doc: Doc, tree: Tree, verb: int) -> bool:
    """Return True for a past participle without auxiliary or subject, which is passive: "asked about it, he ..."."""
    return doc.tag[verb] == "VBN" and doc.dep[verb] != "relcl" and _is_alone(doc, tree, verb)


def verb_source(doc: Doc, tree: Tree, verb: int) -> tuple[int, str] | None:
    """Return (head noun, how) of the subject or agent of a verb, borrowed from the verbs above it where it has none.

    In "the bank issued a statement saying ..." it is the bank; the search goes on from document to document.
    """
    documents: list[int] = []
    while True:
        lent, modified = _nearest_subject(doc, tree, verb)
        issued = None if modified is None else _issued(doc, tree, modified)
        if issued is not None:
            documents.append(issued)
            verb = doc.head[issued]
            continue
        if modified is not None:
            lent = modified, "modified"
        if not documents:
            return lent
        if lent is None:
            lent = documents.pop(), "modified"
        return (lent[0], "issuer") if documents else lent


def _issued(doc: Doc, tree: Tree, noun: int) -> int | None:
    """Return the document that a verb issues: the noun, or the object that is sent "to supporters"; else None."""
    verb = doc.head[doc.head[noun]]
    is_recipient = doc.dep[noun] == "pobj" and doc.norm[doc.head[noun]] == "to"
    sent = (child for child in tree.children[verb] if is_recipient and verb < child < noun)
    documents = speaker_nouns()["document"]
    return next((at for at in (noun, *sent) if doc.dep[at] == "dobj" and doc.lemma[at] in documents), None)


def _nearest_subject(doc: Doc, tree: Tree, verb: int) -> tuple[tuple[int, str] | None, int | None]:
    """Return ((head noun, how), None) of the subject or agent nearest above a verb, or (None, the noun it modifies)."""
    step, how = verb, "subject"
    modified: int | None = None
    for _ in range(MOST_ABOVE):
        report = None if step == verb else report_above(doc, tree, verb, step)
        if report is not None:
            step, how = report, "inherited"
            continue
        if is_passive(doc, tree, step) or _is_participle(doc, tree, step):
            return _of_passive(doc, tree, verb, step), None
        if (lent := quoted_source(doc, tree, step)) is not None:
            return (lent, QUOTED), None
        if (controller := _controller(doc, tree, verb, step)) is not None:
            return (controller, how), None
        own = subject(doc, tree, step)
        if own is not None and not (doc.dep[own] == "expl" and modified is not None):
            return (own, how), None
        dep, above = doc.dep[step], doc.head[step]
        if dep in ("acl", "relcl") and doc.pos[above] in _NOUNS:
            modified = above
            if not _is_apart(doc, tree, step) and doc.lemma[above] not in _OCCASIONS:
                break
        if above == step or not (dep in _LENDING or (dep == "aux" and doc.pos[above] in VERBS)):
            break
        step, how = above, "inherited"
    return None, modified


def quoted_source(doc: Doc, tree: Tree, verb: int) -> int | None:
    """Return the object that is quoted as saying something: Lee in "the paper quoted Lee as saying"."""
    joint = doc.head[verb]
    above = doc.head[joint]
    if doc.norm[joint] != "as" or doc.lemma[above] not in _QUOTING:
        return None
    return next((child for child in tree.children[above] if doc.dep[child] == "dobj" and child < joint), None)


def _controller(doc: Doc, tree: Tree, verb: int, step: int) -> int | None:
    """Return the object that is the subject of a verb: her in "it led her to say", some in "it left some saying"."""
    above = doc.head[step]
    is_controlled = doc.dep[step] == "xcomp" or (doc.dep[step] == "advcl" and doc.lemma[above] == "leave")
    is_joined = doc.tag[verb] == doc.tag[step] and not follows_comma(doc, step)
    if doc.lemma[above] not in _CONTROLLING or not is_controlled or not is_joined:
        return None
    objects = (child for child in tree.children[above] if above < child < step and doc.dep[child] == "dobj")
    return next(objects, None)


def _of_passive(doc: Doc, tree: Tree, verb: int, lender: int) -> tuple[int, str] | None:
    """Return the source of a verb that is passive or joined to a passive one: Lee in "Lee was stopped and said"."""
    passive = next((child for child in tree.children[lender] if doc.dep[child] == "nsubjpass"), None)
    if lender == verb or doc.tag[verb] == "VBN" or passive is None:
        agent = _agent(doc, tree, lender)
        if agent is not None:
            return agent, "agent"
    quoted = lender != verb or doc.lemma[lender] in _QUOTED
    return (passive, "passive") if quoted and passive is not None else None


def _is_apart(doc: Doc, tree: Tree, verb: int) -> bool:
    """Return True for a verb not describing its noun: a participle after a comma, or an infinitive ("pains to say")."""
    first = verb
    while first > 0 and doc.pos[first - 1] == "ADV":
        first -= 1
    if doc.tag[verb] in ("VBG", "VBN") and doc.dep[verb] == "acl":
        return first > 0 and doc.word[first - 1] == ","
    return doc.tag[verb] == "VB" and any(doc.tag[child] == "TO" for child in tree.children[verb])
