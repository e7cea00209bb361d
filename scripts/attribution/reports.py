"""The reporting verb to which a later verb is joined, where the parse joins it to what was reported.

In "he said it hurt and added ..." the parse may join "added" to "hurt", whose subject says nothing.
"""

from scripts.attribution.lexicon import speech_verbs
from scripts.attribution.marked import MARKS
from scripts.attribution.tree import Tree
from scripts.core.annotation import Doc

VERBS = ("VERB", "AUX")
# How many words above a verb to look at.
MOST_ABOVE = 9


def report_above(doc: Doc, tree: Tree, verb: int, lender: int) -> int | None:
    """Return the reporting verb to which a verb is really joined, if `lender`, above it, is in what was reported."""
    clause = _above(doc, lender, ("conj",))
    joint = _above(doc, verb, ("xcomp",))
    report = _reported_by(doc, tree, clause)
    if report is None or not report < clause < joint:
        return None
    form = _form(doc, tree, joint)
    if doc.dep[joint] == "conj":
        if form != _form(doc, tree, report):
            return None
        if form != _form(doc, tree, doc.head[joint]):
            return report
    elif form != "VBG" or not follows_comma(doc, joint):
        return None
    # The form fits both: the verb is likelier joined to a verb of speech.
    spoken = speech_verbs()
    return report if doc.lemma[report] in spoken and doc.lemma[clause] not in spoken else None


def _above(doc: Doc, token: int, links: tuple[str, ...]) -> int:
    """Return the word above a token that these dependencies lead to, or the token itself."""
    for _ in range(MOST_ABOVE):
        if doc.dep[token] not in links:
            break
        token = doc.head[token]
    return token


def _reported_by(doc: Doc, tree: Tree, clause: int) -> int | None:
    """Return the verb that reports a clause, directly or through a noun or preposition: "denied the idea that ..."."""
    has_mark = any(doc.dep[child] == "mark" for child in tree.children[clause])
    if doc.dep[clause] == "ccomp":
        verb = doc.head[clause]
    elif doc.dep[clause] in ("acl", "pcomp") and has_mark:
        verb = _above(doc, doc.head[clause], ("dobj", "pobj", "prep"))
    else:
        return None
    return verb if doc.pos[verb] in VERBS else None


def _form(doc: Doc, tree: Tree, verb: int) -> str:
    """Return the tag of a verb or of its first auxiliary, in which joined verbs agree."""
    auxiliaries = (child for child in tree.children[verb] if child < verb and doc.dep[child] in ("aux", "auxpass"))
    tag = doc.tag[next(auxiliaries, verb)]
    return "VBP" if tag in ("VB", "VBZ") else tag


def follows_comma(doc: Doc, token: int) -> bool:
    """Return True for a token after a comma; quotation marks may stand between them."""
    before = token - 1
    while before > 0 and doc.word[before] in MARKS:
        before -= 1
    return doc.word[before] == ","
