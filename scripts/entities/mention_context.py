"""The context of a mention of a person: titles and roles, and the gender of titles and pronouns.

Gender is never guessed from a name. Title, role and gender are evidence for the person that a short name means.
"""

from collections.abc import Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from scripts.core.annotation import Doc, Mention
from scripts.core.lexicons import LEXICONS
from scripts.core.storage import read_yaml
from scripts.entities.context_evidence import main_token
from scripts.entities.knowledge import entries

# Titles that are written in several ways, each mapped to one word.
_SAME = {
    "sen": "senator", "sens": "senator", "senators": "senator", "rep": "representative",
    "reps": "representative", "congressman": "representative", "congresswoman": "representative",
    "gov": "governor", "pres": "president", "pm": "minister", "premier": "minister", "prof": "professor",
    "gen": "general", "cm": "minister", "lt": "lieutenant", "col": "colonel", "capt": "captain",
    "sgt": "sergeant", "rev": "reverend",
}  # fmt: skip
# Honorifics that convey nothing but gender, and words around a role that convey nothing.
_PLAIN = frozenset(
    ("mr", "mrs", "ms", "miss", "mx", "sir", "madam", "madame", "monsieur", "the", "a", "an", "of", "'s", "former")
)
# Plural titles that are listed; of other titles only the singular is listed: Presidents.
_PLURALS = frozenset(("sens", "senators", "reps"))
# Bodies called by the surname of who leads them: the Lee [administration]. They count as one role, `LEADS`.
_LED = frozenset(("administration", "cabinet", "government", "presidency"))
LEADS = "leads"
_BEFORE, _CLAUSE = 3, 25
_HE, _SHE = frozenset(("he", "his", "him")), frozenset(("she", "her", "hers"))


class Context(NamedTuple):
    """The context of a mention: roles (words joined by spaces), gender of the title, gender of a pronoun."""

    roles: str = ""
    title_gender: str = ""
    pronoun: str = ""

    @property
    def role_words(self) -> frozenset[str]:
        """Return the words of the roles."""
        return _words(self.roles)


@lru_cache(maxsize=1 << 16)
def _words(roles: str) -> frozenset[str]:
    return frozenset(roles.split())


NO_CONTEXT = Context()


@cache
def _gendered() -> dict[str, str]:
    """Return {noun: "he" or "she"} for the nouns that imply a gender."""
    words = read_yaml(LEXICONS / "speakers.yaml")
    sides = (("she", "female", "her"), ("he", "male", "his"))
    return {word: pronoun for pronoun, kind, possessive in sides for word in words[kind] if word != possessive}


def _beside(doc: Doc, mention: Mention, head: int) -> list[str]:
    """Return the words just before a person's name that may be titles or roles, and the noun in apposition to it.

    `head` is the main token of the name.
    """
    first = mention.first
    begin = max(doc.sentences[doc.sentence[first]].first, first - _BEFORE)
    words = []
    for at in range(first - 1, begin - 1, -1):
        word = doc.norm[at].rstrip(".")
        if word and word not in entries("titles.txt") and not (doc.tag[at] in ("NN", "JJ") and doc.word[at].islower()):
            break
        if word and doc.tag[at] != "JJ":
            words.append(word)
    end = min(doc.sentences[doc.sentence[first]].last, mention.last + 8)
    for at in range(mention.last, end):
        if doc.dep[at] == "appos" and doc.head[at] == head and doc.tag[at] == "NN":
            words.append(doc.norm[at])
    if doc.dep[head] == "appos" and doc.tag[doc.head[head]] == "NN":
        words.append(doc.norm[doc.head[head]])
    is_surname = mention.last - mention.first == 1
    return [*words, LEADS] if is_surname and not _LED.isdisjoint(doc.norm[mention.last : end][:1]) else words


def _title_of_several(doc: Doc, first: int) -> list[str]:
    """Return the title before token `first` that the names after it share: [Senators] Ann Lee and Bo Ray."""
    if not first or doc.word[first - 1].islower():
        return []
    word, titles = doc.norm[first - 1].rstrip("."), entries("titles.txt")
    singular = word.removesuffix("s")
    return [singular] if word in _PLURALS or (word not in titles and singular in titles) else []


def _pronoun(doc: Doc, mention: Mention, head: int, persons: set[int]) -> str:
    """Return "he" or "she" if the person's next clause has that pronoun: "Lee said she", "Lee left. She".

    `head` is the main token of the name, `persons` are the tokens of all persons' names.
    """
    if doc.dep[head] not in ("nsubj", "nsubjpass"):
        return ""
    sentence = doc.sentence[mention.first]
    last = doc.sentences[sentence].last
    if persons.intersection(range(doc.sentences[sentence].first, mention.first)):
        return ""
    for at in range(mention.last, min(last, mention.last + _CLAUSE)):
        if at in persons or doc.word[at] in ('"', "'"):
            return ""
        if doc.norm[at] in _HE or doc.norm[at] in _SHE:
            return "he" if doc.norm[at] in _HE else "she"
    if sentence + 1 < len(doc.sentences) and not persons.intersection(range(mention.last, last)):
        opening = doc.norm[last] if last < len(doc.norm) else ""
        return opening if opening in ("he", "she") else ""
    return ""


def contexts_of(doc: Doc, mentions: Sequence[Mention]) -> list[Context]:
    """Return the context of each mention; it is empty if the mention is not of a person."""
    persons = {at for mention in mentions if mention.label == "PERSON" for at in range(mention.first, mention.last)}
    shared: dict[int, list[str]] = {}
    contexts = []
    for mention in mentions:
        if mention.label != "PERSON":
            contexts.append(NO_CONTEXT)
            continue
        head = main_token(doc, mention.first, mention.last)
        title = shared.get(doc.head[head], []) if doc.dep[head] == "conj" else _title_of_several(doc, mention.first)
        shared |= dict.fromkeys(range(mention.first, mention.last), title)
        words = _beside(doc, mention, head) or title
        genders = {_gendered()[word] for word in words if word in _gendered()}
        roles = sorted({_SAME.get(word, word) for word in words if word.isalpha()} - _PLAIN)
        gender = genders.pop() if len(genders) == 1 else ""
        contexts.append(Context(" ".join(roles), gender, _pronoun(doc, mention, head, persons)))
    return contexts
