"""Sources that no mention names: somebody's bodies ("her campaign"), kinds of people ("officials"), missed names.

People of a kind are one class over all documents, "unnamed officials", since the officials of one article are not those
of the next.
"""

from collections.abc import Iterator

from scripts.attribution.people import HE, SHE, People
from scripts.attribution.role_words import mention_at
from scripts.attribution.roles import entity_name, kind_of
from scripts.attribution.tree import Tree
from scripts.core.annotation import Doc, Mention
from scripts.core.lexicons import word_list
from scripts.core.statements import UNNAMED
from scripts.entities.knowledge import country_adjectives, demonyms, entries

# Nouns whose plural has the same form, and nouns with an irregular plural.
_SAME = frozenset(
    ("police", "people", "media", "press", "staff", "data", "personnel", "public", "military", "opposition")
    + ("leadership", "research", "evidence", "polling", "legislation", "series", "information", "intelligence")
    + ("guidance", "television")
)
_IRREGULAR = {"man": "men", "woman": "women", "person": "people", "child": "children"}
# Members of parties whose names are no common nouns.
PARTISANS = frozenset(("democrat", "libertarian", "republican"))
# Words before "general" in offices that are no military ranks; the plural ending goes to them: attorneys general.
_BEFORE_GENERAL = frozenset(
    ("adjutant", "advocate", "attorney", "auditor", "comptroller", "consul", "director", "governor", "inspector")
    + ("postmaster", "secretary", "solicitor", "surgeon")
)
# Words that turn one office into another: a vice president.
_OTHER_OFFICE = frozenset(("prime", "vice"))
_OWNERS = frozenset(("PERSON", "GPE", "NORP", "ORG"))
# Words of "who declined to be named", and the most tokens to look through for them.
_NAMELESS = frozenset(("anonymity", "anonymous", "identified", "named"))
_ASKING = frozenset(("asked", "asks", "declined", "insisted", "preferred", "refused", "requested", "spoke", "wished"))
_CLAUSE = 8


def plural_noun(noun: str) -> str:
    """Return the plural of a noun.

    >>> [plural_noun(noun) for noun in ("spokesman", "official", "authority", "boss", "midwife", "police", "MP")]
    ['spokesmen', 'officials', 'authorities', 'bosses', 'midwives', 'police', 'MPs']
    """
    if noun in _SAME or noun in _IRREGULAR:
        return _IRREGULAR.get(noun, noun)
    if noun.endswith("man"):
        return f"{noun[:-2]}en"
    if noun.endswith("wife"):
        return f"{noun[:-2]}ves"
    if noun.endswith("y") and noun[-2:-1] not in "aeiou":
        return f"{noun[:-1]}ies"
    if noun.endswith("is"):
        return f"{noun[:-2]}es"
    return f"{noun}es" if noun.endswith(("s", "x", "z", "ch", "sh")) else f"{noun}s"


def class_of(doc: Doc, head: int) -> str:
    """Return the class of a source by its head noun, "unnamed officials", or "unnamed people" if that is no noun."""
    noun = doc.norm[head]
    office = doc.norm[head - 1 - (doc.word[head - 1] == "-")].removesuffix("s") if head > 1 else ""
    if noun == "general" and office in _BEFORE_GENERAL:
        return f"{UNNAMED}{plural_noun(office)} general"
    if doc.pos[head] not in ("NOUN", "PROPN") or noun == "old" or not noun.isalpha():
        return f"{UNNAMED}people"
    word = doc.word[head].removesuffix("s")
    if word.isupper() and len(word) < 4:
        return f"{UNNAMED}{word}s"  # an MP, two MPs
    if noun.removesuffix("s") in PARTISANS or word in demonyms():
        noun = noun.capitalize()
    is_plural = doc.tag[head] in ("NNS", "NNPS")
    before = f"{office} " if office in _OTHER_OFFICE else ""
    if not before and doc.word[head].islower() and doc.text[doc.start[head] - 1 : doc.start[head]] == "-":
        is_joined = doc.end[head - 2] == doc.start[head] - 1 and doc.pos[head - 2] in ("ADJ", "NOUN", "PROPN")
        before = f"{doc.norm[head - 2]}-" if is_joined else ""  # the front-runner
    return UNNAMED + before + (noun if is_plural else plural_noun(noun))


def owner_of(doc: Doc, tree: Tree, head: int) -> Mention | int | None:
    """Return the owner of a body: the mention, or the token of "his" or "her"; None if it is nobody's."""
    if doc.norm[head] not in word_list("owned_bodies.txt"):
        return None
    inner = (token for child in tree.children[head] if doc.norm[child] == "of" for token in tree.children[child])
    # The nearest first: in "Lagos - The Lee administration" the dateline may hang on the noun, too.
    before = [child for child in tree.children[head] if child < head]
    for token in (*reversed(before), *inner):
        if doc.tag[token] == "PRP$" and doc.norm[token] in HE | SHE:
            return token
        mention = mention_at(doc, token)
        if mention is not None and mention.label in _OWNERS:
            return mention
    return None


def owned_body(doc: Doc, owner: Mention, head: int) -> str:
    """Return the name of a body, made from its owner's: Bernie Sanders campaign, Egyptian government."""
    name = entity_name(doc, owner)
    country = demonyms().get(name, name)
    return f"{country_adjectives().get(country, country)} {doc.norm[head]}"


def name_before(doc: Doc, head: int) -> Iterator[int]:
    """Yield the tokens of a name that ends at `head`, capitalised or particles, from its last to its first."""
    start = doc.sentences[doc.sentence[head]].first
    for at in range(head, start - 1, -1):
        word = doc.word[at]
        joint = word == "-" or word in entries("particles.txt")
        if not joint and not (word[0].isupper() and word[-1].isalpha()):
            break
        opens = at == start and doc.tag[at] not in ("NNP", "NNPS")
        of_office = at < head - 1 and at > start and doc.norm[at - 1] in ("of", "for", "to")
        if opens or of_office or doc.norm[at] in entries("titles.txt") or word in demonyms():
            break
        yield at


def missed_name(doc: Doc, people: People, head: int) -> Mention | None:
    """Return a mention for a name that ends at `head` and has none: "Council spokesperson [Barend Leyts]"; else None.

    A single word is a name after a title ("Speaker Pelosi"), or if it is the first or last word of only one person in
    the document, whose name the mention then has.
    """
    if not doc.word[head][0].isupper() or mention_at(doc, head):
        return None
    full = people.names.get(doc.word[head], set())
    if len(full) == 1 and not doc.word[head - 1 if head else 0].istitle():
        return Mention(head, head + 1, "PERSON", *full)
    if doc.pos[head] != "PROPN" or kind_of(doc, head, "") != "person":
        return None
    tokens = [*name_before(doc, head)]
    if not tokens or any(mention_at(doc, token) for token in tokens):
        return None
    name = Mention(tokens[-1], head + 1, "PERSON")
    if len(tokens) > 1:
        return name
    return name if head and doc.norm[head - 1].rstrip(".") in entries("titles.txt") else None


def is_anonymous(doc: Doc, head: int) -> bool:
    """Return True for a noun before "who asked not to be named", whatever the parse attaches the clause to."""
    stop = min(head + 1 + _CLAUSE, doc.sentences[doc.sentence[head]].last)
    who = next((token for token in range(head + 1, stop) if doc.norm[token] == "who" or doc.pos[token] == "VERB"), stop)
    clause = doc.norm[who : who + _CLAUSE]
    return clause[:1] == ["who"] and not (_NAMELESS.isdisjoint(clause) or _ASKING.isdisjoint(clause))
