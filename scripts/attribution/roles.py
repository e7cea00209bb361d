"""Name, role and kind of a source as the text gives them: role is the title or affiliation that stands with a name."""

import re
from collections.abc import Sequence
from itertools import pairwise

from scripts.attribution.lexicon import speaker_nouns
from scripts.attribution.marked import closed
from scripts.attribution.role_nouns import body_nouns, is_of_body
from scripts.attribution.role_phrases import is_in_short, is_in_tag, phrase_beside
from scripts.attribution.role_words import HONORIFICS, body_before, is_listed, may_be_somebody, mention_at, role_in
from scripts.attribution.tree import Tree
from scripts.core.annotation import Doc, Mention
from scripts.entities.date_words import WEEKDAYS
from scripts.entities.knowledge import entries
from scripts.entities.name_words import before_ticker
from scripts.sources.kind_lists import kind_lists

_TITLE_DEPS = frozenset(("compound", "nmod", "amod", "poss", "case", "punct", "nummod"))
_TITLE_POS = frozenset(("NOUN", "PROPN", "ADJ", "PART"))
# Dependencies that end the role in an apposition. After a noun for a thing "and" does not, since the thing alone is no
# role: "security research and communications manager".
_ENDS = frozenset(("relcl", "acl", "advcl", "appos", "punct", "conj", "cc"))
_CANDIDATES = frozenset(("candidate", "contender", "hopeful", "nominee"))
_OFFICE = 10  # the most tokens after the title in the name of an office
_MINISTERS = frozenset(("minister", "secretary"))
_YEAR = re.compile("(?:19|20)[0-9]{2}")
# Words before a noun that does not mean the known person after it: [a] Republican fundraiser Trump appointed.
_ANOTHER = frozenset(("a", "an", "most"))
# Titles that say less than the name of an office beside them.
_WEAK_TITLES = frozenset(("dr", "doctor", "prof", "professor"))
# Words of a name that stay in lower case.
PARTICLES = frozenset(
    ("de", "da", "del", "di", "van", "von", "der", "den", "bin", "al", "el", "la", "le", "and", "of", "the")
)
# Bodies of a state where they stand before "of"; a council or a commission of something may be a private one.
_OFFICES_OF = frozenset(("bureau", "court", "department", "directorate", "embassy", "house", "ministry", "parliament"))


def entity_name(doc: Doc, mention: Mention) -> str:
    """Return the canonical name of a mention, or its text if it has none."""
    return mention.entity or " ".join(doc.slice(mention.first, mention.last).split())


def head_of(doc: Doc, mention: Mention) -> int:
    """Return the head of a mention: the token on which its other tokens depend."""
    for token in range(mention.first, mention.last):
        if not mention.first <= doc.head[token] < mention.last or doc.head[token] == token:
            return token
    return mention.last - 1


def role_of(doc: Doc, tree: Tree, mention: Mention) -> str:
    """Return the title or affiliation that stands with a name: nouns before it, or the apposition after or before it.

    Adjectives alone ("a different Ed Schultz") are no role. In "Dr Ann Lee, the coroner" the role is "coroner".
    """
    if role := body_before(doc, mention.first) or _office_around(doc, tree, mention):
        return role
    title = _title_before(doc, tree, mention)
    if title and title.rstrip(".").lower() not in _WEAK_TITLES:
        return title
    beside = _apposition_after(doc, tree, mention) or _noun_before(doc, tree, mention) or title
    return beside or (phrase_beside(doc, mention) if mention.label == "PERSON" else "")


def _title_before(doc: Doc, tree: Tree, mention: Mention) -> str:
    """Return the role in the words before a name; "" if they include no noun or describe somebody else."""
    head = head_of(doc, mention)
    first = mention.first
    start = doc.sentences[doc.sentence[head]].first
    while first > start and (_in_title(doc, tree, first - 1, head) or _in_compound(doc, first)):
        first -= 1
    first = _office(doc, start, first, mention.first)
    is_another = is_in_short(mention) and first > start and doc.norm[first - 1] in _ANOTHER
    has_noun = any(doc.pos[token] in ("NOUN", "PROPN") for token in range(first, mention.first))
    return role_in(doc, first, mention.first) if has_noun and not is_another else ""


def _apposition_after(doc: Doc, tree: Tree, mention: Mention) -> str:
    """Return the role in the apposition after a name: Ann Lee, [the mayor]; "" if there is none."""
    for child in tree.children[head_of(doc, mention)]:
        if (
            child >= mention.last
            and doc.dep[child] == "appos"
            and doc.pos[child] in ("NOUN", "PROPN")
            and doc.word[tree.left[child] - 1] == ","
            and doc.norm[tree.left[child]] != "whose"
            and not _beside_another(doc, tree, mention, child)
            and ((own := mention_at(doc, child)) is None or own.first >= tree.left[child])  # no end of a body's name
        ):
            last = tree.right[child] + 1
            ends = _ENDS if may_be_somebody(doc.lemma[child].lower()) else _ENDS - {"conj", "cc"}
            for inner in tree.children[child]:
                if inner > child and doc.dep[inner] in ends:
                    last = min(last, tree.left[inner])
            first = tree.left[child]
            role, before = role_in(doc, first, last), mention_at(doc, first - 2)
            # Ann Lee of Greenpeace, a group; Ann Lee, who met Bo Ray, the mayor; not: Ann Lee and Bo Ray, mayors
            is_of_another = before not in (None, mention) and (
                is_of_body(role) or (before.label == "PERSON" and doc.dep[head_of(doc, before)] != "conj")
            )
            # Mr Lee, [the mayor, Mrs] Ray
            upto = min(last, len(doc.word) - 2)
            is_of_next = any(doc.word[at] == "," and doc.norm[at + 1] in HONORIFICS for at in range(first, upto))
            return "" if is_of_another or is_of_next else role
    return ""


def _noun_before(doc: Doc, tree: Tree, mention: Mention) -> str:
    """Return the role to which a name is the apposition: [the mayor], Ann Lee; "" if there is none."""
    head = head_of(doc, mention)
    noun = doc.head[head]
    # Two of them, Ann Lee and Bo Ray.
    is_of_several = any(doc.dep[child] == "conj" and mention_at(doc, child) for child in tree.children[head])
    is_title = doc.tag[noun] == "NNP" and doc.norm[noun] in entries("titles.txt")
    is_noun = is_title or doc.tag[noun] == "NN" or (doc.tag[noun] == "NNS" and is_of_several)
    if doc.dep[head] == "appos" and is_noun:
        joints = ("of", "for", "and") if "," in doc.word[noun : mention.first] else ("of", "for")
        goes_on = noun + 1 < mention.first and doc.norm[noun + 1] in joints
        last = mention.first if goes_on else min(noun + 1, mention.first)
        is_another = is_in_short(mention) and last == mention.first and doc.norm[tree.left[noun]] in _ANOTHER
        if is_another or is_in_tag(doc, mention):
            return ""
        return role_in(doc, tree.left[noun], last)
    return ""


def _office_around(doc: Doc, tree: Tree, mention: Mention) -> str:
    """Return the office whose phrase, in the parse, includes a name: [the head of the Mill Board], Ann Lee; or ""."""
    head = head_of(doc, mention)
    inner = doc.head[head] if doc.dep[head] == "appos" else head
    preposition = doc.head[inner]
    noun = doc.head[preposition]
    has_comma = doc.word[mention.first - 1] == ","
    last = mention.first - has_comma
    body = mention_at(doc, last - 1)
    if body is not None and body.first <= noun and doc.dep[noun] == "pobj":
        preposition, noun = doc.head[noun], doc.head[doc.head[noun]]  # [President of] the Mill Society of Linden
    is_inside = doc.dep[inner] == "pobj" and doc.dep[preposition] == "prep" and noun < preposition < last - 1
    is_inside = is_inside and doc.pos[last - 1] in ("NOUN", "PROPN")
    if not is_inside or doc.tag[noun] not in ("NN", "NNP") or doc.norm[noun] in body_nouns():
        return ""
    is_body = doc.norm[last - 1] in body_nouns() if body is None else body.label in ("ORG", "GPE", "FAC")
    is_for_another = has_comma and doc.norm[preposition] in ("for", "to")  # a spokesman for the mayor, Ann Lee
    return role_in(doc, tree.left[noun], last) if (is_body or is_for_another) and is_listed(doc.norm[noun]) else ""


def _office(doc: Doc, start: int, first: int, last: int) -> int:
    """Return where a title before token `last` begins: at its office, [Secretary of] State, or else at `first`.

    If the words after "of" include a title, only that counts ("friend of [President] Obama"), except after "candidate
    for".
    """
    titles = entries("titles.txt")
    at = of = last
    has_title = is_office = False
    while not is_office:
        named = at
        while named > start and last - named < _OFFICE and _is_in_office(doc, named - 1):
            named -= 1
        of = named - 1 - (doc.norm[named - 1] == "the")
        if named == at or of <= start or doc.norm[of] not in ("of", "for", "to"):
            return first
        is_minister = doc.norm[of - 1] in _MINISTERS  # Minister for Justice
        has_title |= not is_minister and any(doc.norm[token].rstrip(".") in titles for token in range(named, at))
        is_candidate = doc.norm[of] == "for" and doc.norm[of - 1] in _CANDIDATES
        is_office = has_title if is_candidate else doc.word[of - 1][0].isupper() and doc.norm[of - 1] in titles
        if has_title and not is_candidate:
            return first
        at = of
    first = of - 1
    while first > start and doc.dep[first - 1] in _TITLE_DEPS and doc.pos[first - 1] in ("NOUN", "PROPN", "ADJ"):
        first -= 1
    return first


def _is_in_office(doc: Doc, token: int) -> bool:
    return doc.pos[token] in ("NOUN", "PROPN") or doc.word[token] in ("and", "&", "-")


def _beside_another(doc: Doc, tree: Tree, mention: Mention, child: int) -> bool:
    """Return True for an apposition to the last of several: Ann Lee and Bo Ray, [his wife]."""
    others = (token for token in tree.children[head_of(doc, mention)] if mention.last <= token < child)
    return doc.tag[child] in ("NN", "NNP") and any(doc.dep[token] == "conj" for token in others)


def _in_title(doc: Doc, tree: Tree, token: int, head: int) -> bool:
    if doc.pos[token] == "NUM" and _YEAR.fullmatch(doc.word[token]):
        return doc.dep[token] in _TITLE_DEPS and tree.left[head] < token  # Democratic 2020 hopeful
    if doc.word[token] == "-":
        return token > 0 and doc.pos[token - 1] in ("NOUN", "PROPN", "ADJ")
    return doc.dep[token] in _TITLE_DEPS and doc.pos[token] in _TITLE_POS and tree.left[head] <= token


def _in_compound(doc: Doc, token: int) -> bool:
    """Return True for a token joined by a hyphen: no title begins with the "old" of "16-year-old"."""
    joined = doc.end[token - 1] == doc.start[token] and doc.pos[token] not in ("PROPN", "PART")
    return joined and "-" in (doc.word[token - 1], doc.word[token])


def cleaned(doc: Doc, first: int, last: int) -> str:
    """Return the text of tokens `first` to before `last` or a ticker, without article, title, weekday and marks."""
    while first < last and (doc.pos[first] in ("DET", "PUNCT") or doc.norm[first] in HONORIFICS):
        first += 1
    while last > first and doc.pos[last - 1] == "PUNCT":
        last -= 1
    if last - first > 2 and doc.norm[last - 1] in WEEKDAYS and doc.norm[last - 2] in ("on", "last", "this"):
        last -= 2
    last = before_ticker(doc, first, last)
    return " ".join(doc.slice(first, closed(doc, first, last)).split()) if last > first else ""


def kind_of(doc: Doc, head: int, label: str) -> str:
    """Return person, organisation, government, group, document or unnamed, from an entity label and a head noun."""
    words = speaker_nouns()
    noun = doc.lemma[head].lower() or doc.norm[head]
    if label == "PERSON":
        return "person"
    if label in ("ORG", "FAC"):
        return "government" if noun in words["government"] else "organisation"
    if label in ("GPE", "LOC"):
        return "government"
    if label == "NORP":
        return "group"
    for kind in ("document", "government", "organisation", "group"):
        if noun in words[kind] or doc.norm[head] in words[kind]:
            return kind
    is_name = doc.pos[head] == "PROPN"
    if not is_name and "document" in (kind_lists().heads.get(noun), kind_lists().heads.get(doc.norm[head])):
        return "document"
    if doc.tag[head] in ("NNS", "NNPS"):
        return "group"
    return "person" if is_name else "unnamed"


def kind_of_name(doc: Doc, mention: Mention) -> str:
    """Return the kind of a named source, see `kind_of`: the SEC and a Ministry of Mines are governments."""
    kind = kind_of(doc, mention.last - 1, mention.label)
    words = entity_name(doc, mention).lower().split()
    offices = {word for word, after in pairwise(words) if after in ("for", "of")} & _OFFICES_OF
    is_of_state = bool(offices) or words[-1] in speaker_nouns()["government"]
    return "government" if kind == "organisation" and is_of_state else kind


def cased(words: Sequence[str]) -> str:
    """Return a name in capitals with the usual case; a single word of up to three letters is an abbreviation.

    >>> cased(["JAN", "VAN", "DER", "MEER"]), cased(["McCONNELL"]), cased(["O'BRIEN"]), cased(["BBC"])
    ('Jan van der Meer', 'McConnell', "O'Brien", 'BBC')
    """
    if len(words) == 1 and len(words[0]) < 4:
        return words[0]
    capitals = [word.removeprefix("Mc") for word in words]
    return " ".join(
        word
        if not letters.isupper()
        else letters.lower()
        if letters.lower() in PARTICLES
        else word[: len(word) - len(letters)] + letters.title()
        for word, letters in zip(words, capitals, strict=True)
    )
