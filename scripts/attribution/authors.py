"""The author that a document names: Trump of "Trump's statement", the WHO of "a report by the WHO"."""

from scripts.attribution.lexicon import speaker_nouns
from scripts.attribution.people import HE, SHE
from scripts.attribution.role_words import mention_at
from scripts.attribution.sources import OF_SPEAKER
from scripts.attribution.tree import Tree, objects_of
from scripts.core.annotation import Doc, Mention

# Documents of which the noun before them is no author: a Senate bill, Smith's indictment, a Times video.
_UNSIGNED = frozenset([
    "bill", "banner", "biography", "census", "constitution", "indictment", "law", "letterhead", "order", "placard",
    "platform", "record", "recording", "resolution", "ruling", "script", "sign", "tape", "transcript", "treaty",
    "video",
])  # fmt: skip
# Of these a body before the noun is no author: GOP figures, FEC filings.
_OF_OTHERS = frozenset(("figure", "filing"))
_AUTHORS = frozenset(("PERSON", "ORG", "GPE"))


def author_of(doc: Doc, tree: Tree, head: int) -> Mention | int | None:
    """Return the mention of the author of a document, or the token of "his" or "her"; None if the text tells none.

    `head` is the token of the noun. It is whose the document is, whom it is by or from, or a body right before it: the
    NATO press release.
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
    """Return the mention of whom a document is by or from, or released by."""
    released = [child for child in tree.children[head] if doc.dep[child] == "acl" and doc.tag[child] == "VBN"]
    by_whom = (token for verb in released for token in objects_of(doc, tree, verb, ("by",)))
    named = (mention_at(doc, token) for token in (*objects_of(doc, tree, head, OF_SPEAKER), *by_whom))
    return next((mention for mention in named if mention is not None and mention.label in _AUTHORS), None)
