"""Authors of the documents that a text mentions: Trump in "Trump's statement", the WHO in "a report by the WHO"."""

from functools import cache

from scripts.attribution.lexicon import speaker_nouns, speech_verbs
from scripts.attribution.marked import MarkedDoc
from scripts.attribution.people import HE, SHE
from scripts.attribution.role_words import mention_at
from scripts.attribution.sources import OF_SPEAKER
from scripts.attribution.subjects import is_passive, subject, verb_source
from scripts.attribution.tree import Tree, objects_of
from scripts.core.annotation import Doc, Mention
from scripts.entities.date_words import WEEKDAYS

# Documents whose author is not the noun before them: a Senate bill, Smith's indictment, a Times video.
_UNSIGNED = frozenset([
    "bill", "banner", "biography", "census", "constitution", "indictment", "law", "letterhead", "order", "placard",
    "platform", "record", "recording", "resolution", "ruling", "script", "sign", "tape", "transcript", "treaty",
    "video",
])  # fmt: skip
# Documents whose author is not the body named before them: GOP figures, FEC filings.
_OF_OTHERS = frozenset(("figure", "filing"))
_AUTHORS = frozenset(("PERSON", "ORG", "GPE"))
# Verbs whose subject is the author of their object.
_ISSUING = frozenset([
    "address", "air", "author", "circulate", "conduct", "cosign", "deliver", "distribute", "draft", "email", "file",
    "give", "issue", "launch", "make", "pen", "post", "prepare", "produce", "publish", "put", "release", "run", "send",
    "share", "sign", "submit", "unveil", "write",
])  # fmt: skip
# Verbs whose agent is not the author: a letter seen by Reuters.
_READING = frozenset(("obtain", "read", "receive", "review", "see", "view"))
_DEFINITE = frozenset(("that", "the", "this"))
# Documents in which people other than the author speak, and documents that nobody issues.
_OF_MANY = frozenset(("article", "book", "report", "story"))
_STANDING = frozenset(("site", "website"))
# How many sentences back to look for the introduction of a document.
_REACH = 40


def author_of(doc: Doc, tree: Tree, head: int) -> Mention | int | None:
    """Return the mention of the author of a document, or the token of "his" or "her"; None if the text names none.

    `head` is the token of the document's noun. The author owns the document, stands after "by" or "from", or is a body
    right before the noun: the NATO press release.
    """
    lemma = doc.lemma[head].lower()
    if lemma not in speaker_nouns()["document"] or lemma in _UNSIGNED or doc.pos[head] not in ("NOUN", "PROPN"):
        return None
    for child in tree.children[head]:
        named = mention_at(doc, child)
        if doc.dep[child] == "poss":
            if doc.tag[child] == "PRP$":
                return child if doc.norm[child] in HE | SHE else None
            return named if named is not None and named.label in _AUTHORS else None
        if doc.dep[child] in ("compound", "nmod") and named is not None and named.last <= head:
            return named if named.label == "ORG" and lemma not in _OF_OTHERS else None
    return _after(doc, tree, head)


def _after(doc: Doc, tree: Tree, head: int) -> Mention | None:
    """Return the mention of the author after "by" or "from", or after a participle: "released by"; None otherwise."""
    released = [child for child in tree.children[head] if doc.dep[child] == "acl" and doc.tag[child] == "VBN"]
    released = [verb for verb in released if doc.lemma[verb] not in _READING]
    by_whom = (token for verb in released for token in objects_of(doc, tree, verb, ("by",)))
    named = (mention_at(doc, token) for token in (*objects_of(doc, tree, head, OF_SPEAKER), *by_whom))
    return next((mention for mention in named if mention is not None and mention.label in _AUTHORS), None)


def introduced_by(marked: MarkedDoc, head: int) -> Mention | int | None:
    """Return the author of "the letter" from where the text introduced it: the token of Lee in "Lee sent a letter".

    The last occurrence of the noun before token `head` that has an author, or says more than "the letter", decides.
    "This report" may be the article itself and has no author.
    """
    doc, tree = marked.doc, marked.tree
    if doc.norm[head] not in _documents() or not _is_bare(marked, head):
        return None
    before = {doc.norm[child] for child in tree.children[head] if child < head}
    is_article = "this" in before and doc.norm[head] in _OF_MANY
    is_told = any(doc.dep[child] in ("acl", "relcl") and doc.lemma[child] in _ISSUING for child in tree.children[head])
    if is_article or is_told:
        return None
    first = doc.sentences[max(0, doc.sentence[head] - _REACH)].first
    for noun in range(head - 1, first - 1, -1):
        is_inside = marked.quotation_at[noun] not in (-1, marked.quotation_at[head])
        if doc.word[noun] != doc.word[head] or doc.pos[noun] != "NOUN" or doc.dep[noun] == "compound" or is_inside:
            continue
        author = author_of(doc, tree, noun)
        author = _issuer(doc, tree, noun) if author is None else author
        if author is not None or not _is_bare(marked, noun):
            own = before - _DEFINITE - WEEKDAYS - {"same"}
            return author if own <= {doc.norm[child] for child in tree.children[noun]} else None
    return None


@cache
def _documents() -> frozenset[str]:
    """Return the nouns for documents that somebody issues."""
    return speaker_nouns()["document"] - _UNSIGNED - _STANDING


def _is_bare(marked: MarkedDoc, noun: int) -> bool:
    """Return True for "the letter" or "Friday's letter", without an owner or name to tell it from others."""
    doc, children = marked.doc, marked.tree.children[noun]
    dated = {child for child in children if doc.dep[child] == "poss" and doc.norm[child] in WEEKDAYS}
    is_definite = bool(dated) or any(doc.norm[child] in _DEFINITE for child in children if child < noun)
    return is_definite and not any(
        doc.dep[child] == "poss" or (child < noun and mention_at(doc, child)) or doc.norm[child] in (*OF_SPEAKER, "of")
        for child in set(children) - dated
    )


def _issuer(doc: Doc, tree: Tree, noun: int) -> int | None:
    """Return the token of a document's issuer: Lee in "Lee issued the letter", "issued by Lee", "said Lee in a letter".

    For a person who speaks in an article, book, report or story, return None: others may have written it.
    """
    is_owned = any(doc.dep[child] == "poss" and doc.tag[child] != "PRP$" for child in tree.children[noun])
    if is_owned or next(objects_of(doc, tree, noun, OF_SPEAKER), None) is not None:
        return None
    verb = doc.head[noun]
    clauses = [child for child in tree.children[noun] if doc.dep[child] in ("acl", "relcl")]
    for clause in (*clauses, *([verb] if doc.dep[noun] == "nsubjpass" else [])):
        if doc.lemma[clause] in _ISSUING:
            agent = next(objects_of(doc, tree, clause, ("by",)), None)
            agent = subject(doc, tree, clause) if agent is None and doc.dep[clause] == "relcl" else agent
            if agent is not None:
                return agent
    is_within = doc.dep[noun] == "pobj" and doc.norm[verb] == "in"
    if is_within:
        verb = doc.head[verb]
        is_issued = doc.lemma[verb] in speech_verbs() | {"join"}
    else:
        is_issued = doc.dep[noun] == "dobj" and doc.lemma[verb] in _ISSUING
    lent = verb_source(doc, tree, verb) if is_issued and not is_passive(doc, tree, verb) else None
    if lent is None or (doc.tag[verb] == "VB" and lent[1] != "subject"):
        return None
    named = mention_at(doc, lent[0])
    is_person = doc.norm[lent[0]] in HE | SHE or (named is not None and named.label == "PERSON")
    is_guest = is_within and is_person and doc.norm[noun] in _OF_MANY and doc.lemma[verb] != "write"
    return None if is_guest else lent[0]
