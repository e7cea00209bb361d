"""Persons' full names recognized by their short form: "the Republic Pedro Castillo" if Castillo is a person.

A text introduces a person once and goes on with the family name. A full name that was mistaken for something else, or
joined to the words before it, is a person's if the short form is a person's and belongs to no other full name.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from scripts.core.annotation import Doc, Mention
from scripts.entities.evidence import name_key
from scripts.entities.knowledge import demonyms, entries, given_names, known_phrases
from scripts.entities.name_evidence import HEADS
from scripts.entities.name_words import SMALL_WORDS, is_name_word
from scripts.entities.person_names import is_family_first

# Most words of a family name, and most forenames before it.
_SURNAMES, _FORENAMES = 3, 2
_LABELS = frozenset(("none", "ORG", "LOC", "MISC"))


@cache
def _others() -> frozenset[str]:
    """Return the words, without case, that cannot be forenames: heads, titles, peoples, words of listed names."""
    phrases = (names for by_length in known_phrases().values() for names in by_length.values())
    listed = {word for names in phrases for name in names for word in name}
    heads = {head for _, word_list in HEADS for entry in entries(word_list) for head in entry.split()}
    words = {word.casefold() for word in (*listed, *heads, *demonyms(), *entries("honorifics.txt"))}
    return frozenset(words - given_names())


def _goes_on(doc: Doc, first: int) -> bool:
    """Return True if the token before `first` may belong to the name that begins there, as a forename or part of one.

    Before a listed given name only another given name, an initial or a hyphen may.
    """
    word, name = doc.word[first - 1], doc.norm[first - 1].rstrip(".")
    if word == "-" or (len(word) == 2 and word[1] == "."):
        return True
    is_word = (
        is_name_word(word) and not word.isupper() and doc.tag[first - 1] in ("NNP", "NN") and name not in _others()
    )
    return is_word and (name in given_names() or doc.norm[first] not in given_names())


def _short_forms(decided: Mapping[str, str]) -> set[tuple[str, ...]]:
    """Return the words of persons' names that may be the family names of full names not yet recognized."""
    persons = [tuple(name.split()) for name, label in decided.items() if label == "PER"]
    short = {words for words in persons if len(words) == 1 or words[0] in entries("particles.txt")}
    ends = {end for words in persons for size in range(1, len(words)) for end in (words[-size:], words[:size])}
    return {words for words in short - ends if len(words[-1]) > 1 and words[-1] not in _others()}


def _begin(doc: Doc, mention: Mention, family: int) -> int:
    """Return the first token of the full name whose family name begins at `family`; `family` if it has no forename."""
    first = family
    if doc.word[family - 1] != "-":
        n_words = 0
        while first > mention.first and n_words < _FORENAMES and _goes_on(doc, first):
            first -= 1
            n_words += doc.word[first] != "-"
    return first


def introduced(doc: Doc, names: Sequence[Mention], decided: Mapping[str, str]) -> Iterator[tuple[Mention, Mention]]:
    """Yield the names not labelled as persons' that end with a person's full name, each with this full name.

    `decided` has the labels of names by `name_key`. A full name does not begin with a word that the text also has in
    lower case.
    """
    shorts = _short_forms(decided)
    for mention in names if shorts else ():
        if decided[name_key(doc, mention)] not in _LABELS:
            continue
        words = tuple(word.casefold() for word in doc.word[mention.first : mention.last])
        size = next((size for size in range(_SURNAMES, 0, -1) if words[-size:] in shorts), 0)
        first = _begin(doc, mention, mention.last - size) if size else mention.last
        if words[-4:-3] in shorts and is_family_first(doc.slice(mention.last - 4, mention.last)):
            first = mention.last - 4  # Health [Lo Chung-mau]
        elif first == mention.last - size or (doc.norm[first].islower() and doc.norm[first] in doc.vocabulary):
            continue
        if first == mention.first or doc.norm[first - 1] not in SMALL_WORDS:
            yield mention, Mention(first, mention.last, "PERSON")
