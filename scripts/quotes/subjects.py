"""The subject of a cue that is a verb: its own, or that of the verbs above it where it has none."""

from scripts.core.annotation import Doc
from scripts.quotes.kinds import kinds
from scripts.quotes.lexicon import verb_classes
from scripts.quotes.tree import Tree

_NOUNS, _VERBS = ("NOUN", "PROPN", "PRON"), ("VERB", "AUX")
_FINITE = ("VBD", "VBZ", "VBP")
_SUBJECTS = ("nsubj", "csubj", "expl")
# How many verbs above a cue may lend it their subject.
_MOST_LENDERS = 6
# Dependencies of a verb on a word above it that lends its subject.
_LENDING = frozenset(
    (
        *("conj", "xcomp", "advcl", "pcomp", "prep", "ccomp", "dep", "parataxis"),
        *("acl", "relcl", "dobj", "attr", "pobj", "oprd", "acomp"),
    )
)


def subject(doc: Doc, tree: Tree, verb: int) -> int | None:
    """Return the subject of a verb: of several before it the nearest, since a dateline may be taken for one, too."""
    subjects = [child for child in tree.children[verb] if doc.dep[child] in _SUBJECTS]
    before = [child for child in subjects if child < verb]
    return next(iter(before[-1:] or subjects), None)


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


def _is_participle(doc: Doc, tree: Tree, verb: int) -> bool:
    """Return True for a past participle without auxiliary or subject, which is passive: "asked about it, he ..."."""
    alone = not any(doc.dep[child] in ("aux", "nsubj") for child in tree.children[verb])
    return doc.tag[verb] == "VBN" and doc.dep[verb] in ("advcl", "acl") and alone


def verb_source(doc: Doc, tree: Tree, verb: int) -> tuple[int, str] | None:
    """Return (head noun, how) of the subject or agent of a verb, borrowed from the verbs above it where it has none.

    Of "the bank issued a statement saying ..." it is the bank; so on from document to document.
    """
    documents: list[int] = []
    while True:
        lent, modified = _nearest_subject(doc, tree, verb)
        if modified is not None and doc.dep[modified] == "dobj" and doc.lemma[modified] in kinds()["document"]:
            documents.append(modified)
            verb = doc.head[modified]
            continue
        if modified is not None:
            lent = modified, "modified"
        if not documents:
            return lent
        if lent is None:
            lent = documents.pop(), "modified"
        return (lent[0], "issuer") if documents else lent


def _nearest_subject(doc: Doc, tree: Tree, verb: int) -> tuple[tuple[int, str] | None, int | None]:
    """Return ((head noun, how), None) of the subject or agent nearest above a verb, or (None, the noun it modifies)."""
    step, how = verb, "subject"
    modified: int | None = None
    for _ in range(_MOST_LENDERS):
        if is_passive(doc, tree, step) or _is_participle(doc, tree, step):
            return _of_passive(doc, tree, verb, step), None
        own = subject(doc, tree, step)
        if own is not None and not (doc.dep[own] == "expl" and modified is not None):
            reporter = None if step == verb else _reporter(doc, tree, verb, step)
            return (own if reporter is None else reporter, how), None
        dep, above = doc.dep[step], doc.head[step]
        if dep in ("acl", "relcl") and doc.pos[above] in _NOUNS:
            modified = above
            if not _is_apart(doc, tree, step):
                break
        if above == step or not (dep in _LENDING or (dep == "aux" and doc.pos[above] in _VERBS)):
            break
        step, how = above, "inherited"
    return None, modified


def _of_passive(doc: Doc, tree: Tree, verb: int, lender: int) -> tuple[int, str] | None:
    """Return the source of a verb that is passive or goes on from a passive one: Lee of "Lee was stopped and said"."""
    passive = next((child for child in tree.children[lender] if doc.dep[child] == "nsubjpass"), None)
    if lender == verb or doc.tag[verb] == "VBN" or passive is None:
        agent = _agent(doc, tree, lender)
        if agent is not None:
            return agent, "agent"
    quoted = lender != verb or doc.lemma[lender] in ("quote", "cite", "hear", "record")
    return (passive, "passive") if quoted and passive is not None else None


def _reporter(doc: Doc, tree: Tree, verb: int, lender: int) -> int | None:
    """Return the reporter where the parse ties a verb to the words reported: he of "he said it hurt and added".

    None where the verb that lends its subject is one of speech itself.
    """
    report, classes = doc.head[lender], verb_classes()
    is_report = doc.dep[lender] == "ccomp" and report < lender and doc.lemma[report] in classes
    if not is_report or doc.lemma[verb] not in classes or doc.lemma[lender] in classes:
        return None
    goes_on = doc.dep[verb] == "conj" and doc.tag[verb] in _FINITE and doc.tag[verb] == doc.tag[report]
    follows = doc.dep[verb] == "advcl" and doc.tag[verb] == "VBG" and doc.word[verb - 1] == ","
    return subject(doc, tree, report) if goes_on or follows else None


def _is_apart(doc: Doc, tree: Tree, verb: int) -> bool:
    """Return True for a verb that describes no noun: a participle after a comma, or an infinitive ("pains to say")."""
    first = verb
    while first > 0 and doc.pos[first - 1] == "ADV":
        first -= 1
    if doc.tag[verb] in ("VBG", "VBN") and doc.dep[verb] == "acl":
        return first > 0 and doc.word[first - 1] == ","
    return doc.tag[verb] == "VB" and any(doc.tag[child] == "TO" for child in tree.children[verb])
