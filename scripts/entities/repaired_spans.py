"""The model's spans repaired: cut at marks and verbs, trimmed, and widened to words that are joined to them."""

import re
from collections.abc import Iterator

from scripts.core.annotation import Doc, Mention
from scripts.entities.kinds import NAMES
from scripts.entities.knowledge import capitals, country_names, entries, given_names
from scripts.entities.name_words import (
    TokenRange,
    completed,
    gap,
    is_joined,
    is_name_word,
    title_length,
    tokens_of_words,
)

_AT_NO_END = frozenset(
    ("'", '"', "(", ")", "[", "]", "-", "--", ",", ":", ";", "/", "&", "and", "of", "the", "'s", "``", "''")
)
_AT_NO_START = _AT_NO_END | {".", "a", "an"}
_AT_NO_LAST = _AT_NO_END | {"?", "!", "...", "…", "*"}
QUOTATION_MARKS = frozenset(("``", "''", '"', "'", "`"))
_INITIALS = re.compile(r"(?:[A-Z]\.){1,3}")
_WITH_INITIAL = re.compile(r"[A-Z]\.[A-Z][a-z]")
# Tokens at which every span is cut, and those at which spans of persons and places (each names just one) are cut.
_CUTS = frozenset(("(", ")", ";", "--", "/"))
_CUTS_OF_SINGLE = _CUTS | {",", "and", ":"}
_DASHES = frozenset(("-", "--"))
_VERB = re.compile("[A-Z][a-z]{2,}s")
# Capitalized words of headings that follow a person's name: Chafee [Statement] on the Budget.
_AFTER_PERSONS = frozenset(("statement", "statements", "remarks"))
# Words between the fields of an office.
_IN_FIELDS = frozenset(("and", ",", "the"))


def _trim(doc: Doc, first: int, last: int) -> TokenRange:
    """Return a span without articles, marks and small words at its ends; it is empty if nothing remains."""
    while first < last and doc.norm[first] in _AT_NO_START:
        first += 1
    while first < last and doc.norm[last - 1] in _AT_NO_LAST:
        last -= 1
    return first, last


def persons_apart(doc: Doc, mentions: list[Mention]) -> Iterator[Mention]:
    """Yield labelled mentions, with persons' names cut at the verbs of headlines: Pope Francis [Calls] for Response.

    Such a verb is a word in -s after a last name, among capitalized words, and occurs just once in the document; the
    last name must also end another person's name.
    """
    persons = [mention for mention in mentions if mention.label == "PERSON"]
    last_names = {doc.word[mention.last - 1] for mention in persons}
    for mention in mentions:
        if mention.label != "PERSON":
            yield mention
            continue
        first = mention.first
        for at in range(first + 1, mention.last):
            word = doc.word[at]
            is_verb = _VERB.fullmatch(word) and doc.word.count(word) == 1
            if is_verb and doc.word[at - 1] in last_names and _among_capitals(doc, at):
                yield Mention(first, at, mention.label)
                first = at + 1
        if first < mention.last:
            yield Mention(first, mention.last, mention.label)


def _among_capitals(doc: Doc, at: int) -> bool:
    """Return True if the three long words before and after a token in its sentence are all capitalized."""
    sentence = doc.sentences[doc.sentence[at]]
    tokens = range(sentence.first, sentence.last)
    long = [token for token in tokens if len(doc.word[token]) > 3 and doc.word[token].isalpha()]
    place = long.index(at)
    near = long[max(0, place - 3) : place + 4]
    return len(near) > 4 and all(is_name_word(doc.word[token]) for token in near)


def opening_verbs(doc: Doc, known: dict[int, int]) -> set[int]:
    """Return the capitalized verbs that open a sentence before a name: [Asking] Zameer, "[Send] Zameer home".

    A participle that was tagged as a name counts as a verb if the name occurs elsewhere without it.
    """
    openers: set[int] = set()
    for _, _, _, first, last in doc.sentences:
        while first < last and doc.norm[first] in QUOTATION_MARKS:
            first += 1
        if last - first < 2 or first in known or not is_name_word(doc.word[first + 1]):
            continue
        as_name = doc.tag[first] == "NNP" and doc.norm[first].endswith("ing")
        if doc.tag[first].startswith("VB") or (as_name and _stands_alone(doc, first)):
            openers.add(first)
    return openers


def _stands_alone(doc: Doc, index: int) -> bool:
    """Return True if the token after this one occurs elsewhere without it, and this one just once with a capital."""
    word, name = doc.word[index : index + 2]
    alone = any(doc.word[at] == name and doc.word[at - 1] != word for at in range(1, len(doc.word)))
    return alone and doc.word.count(word) == 1


def _between_persons(doc: Doc) -> set[int]:
    """Return the ampersands as in "Ann & Bo": after a given name, or after a word that occurs elsewhere without one."""
    marks = [at for at in tokens_of_words(doc, {"&"}) if at]
    beside = {at for mark in marks for at in (mark - 1, mark + 1)}
    apart = {word for at, word in enumerate(doc.word) if at not in beside} if marks else set()
    return {mark for mark in marks if (name := doc.word[mark - 1]) in apart or name.casefold() in given_names()}


def _pieces(
    doc: Doc, mention: Mention, known: dict[int, int], verbs: set[int], ampersands: set[int]
) -> Iterator[TokenRange]:
    """Yield the parts of a span cut at brackets, semicolons, dashes, slashes, tabs and verbs.

    Spans of persons and places are also cut at commas, colons, "and" and the `ampersands`.
    """
    is_single = mention.label in ("PERSON", "GPE")
    cuts, first = _CUTS_OF_SINGLE if is_single else _CUTS, mention.first
    for index in range(mention.first, mention.last):
        word = doc.norm[index]
        dash = word == "-" and not is_joined(doc, index)
        # A listed name next to a hyphen or comma is a name of its own: EU-Nigeria, Haryana, Bihar; but not in Al-Sabah.
        apart = word in ("-", ",") and doc.norm[index - 1] not in ("al", "el")
        apart = apart and (known.get(first) == index or known.get(index + 1) == mention.last)
        if word in cuts or dash or apart or index in verbs or (is_single and index in ampersands):
            yield first, index
            first = index + 1
        elif index > first and ("\t" in gap(doc, index) or _opens_person(doc, index, known.get(first))):
            yield first, index
            first = index
    yield first, mention.last


def _opens_person(doc: Doc, index: int, end_of_listed: int | None) -> bool:
    """Return True at a name with its initials that follows a listed name: President of Mongolia [U.Khurelsukh]."""
    return end_of_listed == index and _WITH_INITIAL.match(doc.word[index]) is not None


def _rejoined(doc: Doc) -> Iterator[Mention]:
    """Yield the model's mentions, rejoining persons' names cut after a hyphen or initial: [D] [K Shivakumar]."""
    first: Mention | None = None
    for mention in doc.mentions:
        if first is not None and first.label == mention.label == "PERSON" and _is_cut(doc, first, mention):
            mention = first._replace(last=mention.last)
        elif first is not None:
            yield first
        first = mention
    if first is not None:
        yield first


def _is_cut(doc: Doc, mention: Mention, following: Mention) -> bool:
    """Return True if a mention ends with a hyphen or is an initial and comes just before the following one."""
    first, last, word = mention.first, mention.last, doc.word[mention.last - 1]
    is_beside = last == following.first and doc.sentence[first] == doc.sentence[last]
    is_initial = last == first + 1 and (bool(_INITIALS.fullmatch(word)) or (len(word) == 1 and word.isupper()))
    return is_beside and (is_initial or (last > first + 1 and is_joined(doc, last - 1)))


def repaired(doc: Doc, known: dict[int, int], verbs: set[int]) -> Iterator[Mention]:
    """Yield the model's mentions cut into names and trimmed."""
    heads, ampersands = entries("organisation_heads.txt"), _between_persons(doc)
    for mention in _rejoined(doc):
        if mention.label not in NAMES:
            yield from _without_names(doc, mention, known)
            continue
        for first, last in _pieces(doc, mention, known, verbs, ampersands):
            first, last = _trim(doc, first, last)
            if first == last:
                continue
            label, personal = mention.label, doc.norm[first].rstrip(".") in entries("honorifics.txt")
            if mention.label == "PERSON":
                end = next((at for at in range(first + 1, last) if doc.norm[at] in _AFTER_PERSONS), last)
                first, last = _trim(doc, first, end)
            if mention.label == "PERSON" or (personal and not heads.intersection(doc.norm[first:last])):
                first = _after_office(doc, first + title_length(doc, first, last), last)
            elif mention.label in ("ORG", "GPE") and not heads.intersection(doc.norm[first:last]):
                begin, first = first, _after_office(doc, first, last)
                label = label if first == begin else "PERSON"
            if any(map(is_name_word, doc.word[first:last])):
                yield Mention(first, last, label)


def _after_office(doc: Doc, first: int, last: int) -> int:
    """Return the first token of a person's name after the rest of an office: "Secretary of" Agriculture [Ann Lee]."""
    of = first - 1 - (doc.norm[first - 1] == "the")
    has_fields = doc.norm[of] == "and" and last - first > 2
    if has_fields:  # Minister for Public Works and Reform [Ann Lee]
        while of > 0 and (doc.word[of].istitle() or doc.norm[of] in _IN_FIELDS):
            of -= 1
    is_office = of > 0 and doc.norm[of] in ("of", "for", "to") and doc.norm[of - 1] in entries("titles.txt")
    if is_office and last - first > 2 and (doc.word[first] in capitals() or doc.word[first] in country_names()):
        return first + 1  # Mayor of London [Sadiq Khan]
    if is_office and doc.norm[first] not in given_names():
        names = (at for at in range(first + 1, last - 1) if doc.norm[at] in given_names())
        return next(names, first + has_fields)
    return first


def _without_names(doc: Doc, mention: Mention, known: dict[int, int]) -> Iterator[Mention]:
    """Yield a date or amount without a listed name at its start or end, and without a name after a number and a dash.

    Montevideo [next month]; [00:00] - Bingaman.
    """
    first, last = known.get(mention.first, mention.first), mention.last
    last = next((start for start in range(first, last) if known.get(start) == last), last)
    if not _DASHES.isdisjoint(doc.word[first:last]):
        word = next((at for at in range(first, last) if any(map(str.isalpha, doc.word[at]))), last)
        if first + 1 < word < last and doc.word[word - 1] in _DASHES and is_name_word(doc.word[word]):
            last = word - 1
    if first < last:
        yield Mention(first, last, mention.label)


def _over_particles(doc: Doc, first: int, last: int) -> int:
    """Return the end of a person's name extended by particles and a capitalized word: Ursula [von der Leyen].

    The end is unchanged if either is missing.
    """
    particles, end = entries("particles.txt"), last
    while end < len(doc.word) and doc.word[end] in particles:
        end += 1
    is_open = end > last or (last - first > 1 and doc.word[last - 1] in particles)
    goes_on = end < len(doc.word) and doc.sentence[end] == doc.sentence[first] and is_name_word(doc.word[end])
    return end + 1 if is_open and goes_on and doc.word[end][0].isupper() else last


def widened(doc: Doc, mentions: list[Mention], known: dict[int, int], verbs: set[int]) -> Iterator[Mention]:
    """Yield the mentions, with names extended over what is joined to them unless another mention has it: Moon Jae-[in].

    A person's name takes in the word after particles, even if that word is a mention of its own.
    """
    listed = {index for first, last in known.items() for index in range(first, last)}
    inside = verbs | listed | {index for mention in mentions for index in range(mention.first, mention.last)}
    end = 0
    for mention in mentions:
        first, last, label = mention[:3]
        if first < end:
            continue
        if label == "PERSON":
            end = last = _over_particles(doc, first, last)
        if label in NAMES and first not in listed:
            wide = completed(doc, first, last)
            # "Washington Post-Kaiser Family Foundation": the hyphen joins two names and does not belong to the second.
            if inside.isdisjoint(range(wide[0], first)) and inside.isdisjoint(range(last, wide[1])):
                first, last = wide
        yield Mention(first, last, label)
