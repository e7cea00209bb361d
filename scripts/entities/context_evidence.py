"""Evidence in the context of a mention: the words beside it and its place in the sentence."""

from functools import cache

from scripts.core.annotation import Doc, Mention
from scripts.entities.knowledge import entries
from scripts.entities.name_evidence import HEADS
from scripts.entities.name_words import is_name_word

_PLACE_PREPOSITIONS = frozenset(("in", "at", "near", "across", "outside", "around", "throughout", "inside"))
_NEIGHBOURS = dict(
    zip(
        *[("of", "from", "to", "by", "with", "for", "and", "on", "against", "between", "in", "at", "a")] * 2,
        strict=True,
    )
)
_NEIGHBOURS |= {",": "comma", "(": "bracket", ")": "closing-bracket", "-": "hyphen", '"': "quotation-mark"}
# The number of tokens after a name in which a pronoun is sought.
_CLAUSE = 15
_PRONOUNS = dict.fromkeys(("he", "she", "him", "her", "his", "himself", "herself"), "then-he")
_PRONOUNS |= {"it": "then-it", "its": "then-its", "itself": "then-its"}
_DEPENDENCIES = frozenset(
    ("nsubj", "nsubjpass", "pobj", "dobj", "poss", "compound", "appos", "conj", "ROOT")
    + ("attr", "npadvmod", "amod", "nmod", "agent")
)


def _before(doc: Doc, first: int, begin: int) -> list[str]:
    """Return the evidence in the words before token `first` of a sentence that opens with token `begin`."""
    at = first - 1
    if at < begin:
        return ["opens-sentence"]
    word = doc.norm[at]
    if word == doc.norm[at - 1] == "(":  # ((Ann Lee)) Yes.
        return ["opens-sentence"]
    kinds = []
    if word == "the":
        kinds.append("after-the")
        at -= 1
    elif word in _PLACE_PREPOSITIONS:
        return ["after-in"]
    elif word.rstrip(".") in entries("titles.txt"):
        return ["after-title" if is_name_word(doc.word[at]) else "after-role"]
    if at >= begin:
        word = doc.norm[at]
        if word in _PLACE_PREPOSITIONS:
            kinds.append("after-in")
        elif word in _NEIGHBOURS:
            kinds.append("after-" + _NEIGHBOURS[word])
        elif doc.tag[at] in ("NN", "NNS"):
            kinds.append("after-noun")
        elif doc.tag[at] in ("NNP", "NNPS"):
            kinds.append("after-name")
        elif doc.tag[at][:2] == "VB":
            kinds.append("after-verb")
        elif doc.tag[at] == "JJ":
            kinds.append("after-adjective")
    return kinds


def _after(doc: Doc, last: int, end: int) -> list[str]:
    """Return the evidence in the words from token `last` on in a sentence that closes before token `end`."""
    if last >= end:
        return ["ends-sentence"]
    word, following = doc.norm[last], doc.norm[last + 1] if last + 1 < end else ""
    if word == following == ")":
        return ["ends-sentence"]
    if word == "'s" or word == "'":
        return ["before-'s"]
    if word == ",":
        if following.isdigit() and len(following) < 3:
            return ["before-age"]
        if following in ("who", "whose"):
            return ["before-who"]
        if following in ("a", "an", "the"):
            return ["before-apposition"]
        return ["before-comma-name" if following and is_name_word(doc.word[last + 1]) else "before-comma"]
    if word == "(":
        return ["before-bracket"]
    if word == "-":
        return ["before-based" if following in ("based", "born", "led", "backed") else "before-hyphen"]
    if word == "who":
        return ["before-who"]
    if doc.lemma[last] in entries("speech_verbs.txt") and doc.pos[last] == "VERB":
        return ["before-speech"]
    if word in entries("after_states.txt"):
        return ["before-official"]
    if word in entries("after_bodies.txt"):
        return ["before-member"]
    if word in _place_heads():
        return ["before-place-head"]
    if word in entries("organisation_heads.txt"):
        return ["before-body-head"]
    if word in entries("titles.txt"):
        return ["before-title"]
    tag = doc.tag[last]
    if tag in ("NNP", "NNPS"):
        return ["before-name"]
    if tag[:2] == "NN":
        return ["before-noun"]
    if tag[:2] == "VB" or tag == "MD":
        return ["before-verb"]
    return ["before-" + _NEIGHBOURS[word]] if word in _NEIGHBOURS else []


@cache
def _place_heads() -> frozenset[str]:
    """Return the head nouns of place names."""
    return frozenset().union(*(entries(listed) for kind, listed in HEADS if kind == "place"))


def _pronouns(doc: Doc, last: int, end: int) -> list[str]:
    """Return the evidence in the first pronoun from token `last` on, unless another name comes before it.

    A person is followed by "he" and "her", a firm by "it" and "its".
    """
    end = min(end, last + _CLAUSE)
    for tag, word in zip(doc.tag[last:end], doc.norm[last:end], strict=True):
        if tag in ("NNP", "NNPS"):
            return []
        if word in _PRONOUNS:
            return [_PRONOUNS[word]]
    return []


def main_token(doc: Doc, first: int, last: int) -> int:
    """Return the token on which the rest of a span depends: the last one whose head is outside the span or itself."""
    tokens = range(last - 1, first - 1, -1)
    for index in tokens:
        if not first <= doc.head[index] < last:
            return index
    return next(index for index in tokens if doc.head[index] == index)


def _syntax(doc: Doc, first: int, last: int) -> list[str]:
    """Return the evidence in the dependency of a span and in the tags of its tokens."""
    index = main_token(doc, first, last)
    head, dep = doc.head[index], doc.dep[index]
    kinds = ["dep=" + dep] if dep in _DEPENDENCIES else []
    if dep in ("nsubj", "nsubjpass") and doc.lemma[head] in entries("speech_verbs.txt"):
        kinds.append("speaks")
    elif dep == "compound" and not first <= head < last:
        kinds.append("compound-of-" + ("name" if is_name_word(doc.word[head]) else "noun"))
    tags = doc.tag[first:last]
    if "NNP" not in tags and "NNPS" not in tags:
        kinds.append("no-proper-noun:" + ("JJ" if tags[-1] == "JJ" else "NN" if tags[-1][:2] == "NN" else "other"))
    if tags[-1] == "NNPS":
        kinds.append("plural")
    if "IN" in tags or "DT" in tags:
        kinds.append("preposition-inside")
    return kinds


def _after_letters(doc: Doc, last: int, end: int) -> int:
    """Return the token after the post-nominal letters of a name: Ann Lee QC [said]; but Labour [MP] Ann Lee."""
    at = last
    while at < end and doc.word[at] in entries("post_nominals.txt"):
        at += 1
    return last if at < end and is_name_word(doc.word[at]) else at


def context_evidence(doc: Doc, mention: Mention) -> list[str]:
    """Return the kinds of evidence in the context of a mention."""
    sentence = doc.sentences[doc.sentence[mention.first]]
    first, last = mention.first, _after_letters(doc, mention.last, sentence.last)
    return [
        *_before(doc, first, sentence.first),
        *_after(doc, last, sentence.last),
        *_syntax(doc, first, last),
        *_pronouns(doc, last, sentence.last),
    ]
