"""Evidence in a name itself that it is a person, a place or an organisation: words, shape, lists."""

import re

from scripts.core.lexicons import word_list
from scripts.entities.knowledge import capitals, country_names, demonyms, entries

# Each kind of evidence with a list of the words that give it.
HEADS = (
    ("organisation", "organisation_heads.txt"),
    ("place", "place_heads_natural.txt"),
    ("place", "place_heads_areas.txt"),
    ("place", "place_heads_built.txt"),
    ("event", "event_heads.txt"),
    ("title", "titles.txt"),
)
ENDINGS = (
    ("place", "place_endings.txt"),
    ("person", "person_endings.txt"),
    ("organisation", "organisation_endings.txt"),
)
# George H.W. Bush
_INITIAL = re.compile(r"(?:[A-Z]\.){1,2}")
_SHAPE_JOINTS = frozenset(("of", "for", "and", "&"))


def _shape(words: tuple[str, ...]) -> list[str]:
    """Return the evidence in the number of words, the letters and the marks of a name."""
    kinds = ["words=" + str(min(len(words), 4))]
    letters = "".join(words)
    if letters.isupper():
        kinds.append("capitals" if len(words) == 1 and len(letters) < 7 else "shouted")
    elif len(words) == 1 and any(map(str.isupper, words[0][1:])):
        kinds.append("inner-capital")
    if any(map(str.isdigit, letters)):
        kinds.append("digit")
    if words[0].islower():
        kinds.append("lower-first")
    if not _SHAPE_JOINTS.isdisjoint(words[1:]):
        kinds.append("joint")
    if "-" in letters:
        kinds.append("hyphen")
    if "." in letters and any("." in word and not _INITIAL.fullmatch(word) for word in words):
        kinds.append("stop")
    if not letters.isascii():
        kinds.append("foreign-letter")
    return kinds


def has_ending(word: str, name: str) -> bool:
    """Return True for a word in lower case that has one of the listed endings after three letters or more.

    >>> [has_ending(word, "place_endings.txt") for word in ("marville", "maville")]
    [True, False]
    """
    return word[3:].endswith(word_list(name))


def name_evidence(words: tuple[str, ...]) -> list[str]:
    """Return the kinds of evidence in the words of a name.

    >>> name_evidence(("Kenya", "Bank"))
    ['words=2', 'organisation-last', 'country-first']
    """
    name, lower = " ".join(words).replace(" - ", "-").replace(" 's", "'s"), [word.lower().rstrip(".") for word in words]
    kinds = _shape(words)
    if name in country_names():
        kinds.append("country")
    elif name in capitals():
        kinds.append("capital")
    elif name in entries("places.txt"):
        kinds.append("listed-place")
    if name in demonyms():
        kinds.append("demonym")
    if name in entries("organisations.txt"):
        kinds.append("listed-organisation")
    if " ".join(lower) in entries("commons.txt"):
        kinds.append("common")
    if name.lower() in entries("never_names.txt"):
        kinds.append("never")
    kinds += [f"{kind}-ending" for kind, endings in ENDINGS if has_ending(lower[-1], endings)]
    several = len(words) > 1
    for kind, listed in HEADS:
        heads = entries(listed)
        if lower[-1] in heads:
            kinds.append(f"{kind}-last" if several else f"{kind}-alone")
        elif several and not heads.isdisjoint(lower[:-1]):
            kinds.append(f"{kind}-inside")
    if several:
        if words[0] in demonyms() or words[0] in country_names():
            kinds.append("country-first")
        if words[-1] in country_names() or words[-1] in entries("places.txt"):
            kinds.append("place-last")
        if words[0] in entries("given_names.txt"):
            kinds.append("given-first")
    elif words[0] in entries("given_names.txt"):
        kinds.append("given-alone")
    return kinds
