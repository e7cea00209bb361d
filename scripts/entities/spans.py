"""Spans that may be names: the model's own, repaired, and proposals for names that the model left out."""

from collections.abc import Iterator

from scripts.core.annotation import Doc, Mention
from scripts.entities.datelines import datelines
from scripts.entities.kinds import NAMES
from scripts.entities.knowledge import demonyms, entries, known_phrases

_AT_NO_END = frozenset(
    ("'", '"', "(", ")", "[", "]", "-", "--", ",", ":", ";", "/", "&", "and", "of", "the", "'s", "``", "''")
)
_AT_NO_START = _AT_NO_END | {".", "a", "an"}
_AT_NO_LAST = _AT_NO_END | {"?", "!", "...", "…", "*"}

SMALL_WORDS = frozenset(("of", "for", "and", "the", "&", "in", "on", "de", "la", "del", "des", "to", "'s", "-"))

Range = tuple[int, int]


def is_name_word(word: str) -> bool:
    """Return True if a token can be the main word of a name: it begins with a capital letter."""
    return word[0].isupper()


def _trim(doc: Doc, first: int, last: int) -> Range:
    """Return a span without articles, marks and small words at its ends; an empty one if nothing is left."""
    while first < last and doc.norm[first] in _AT_NO_START:
        first += 1
    while first < last and doc.norm[last - 1] in _AT_NO_LAST:
        last -= 1
    return first, last


def title_length(doc: Doc, first: int, last: int) -> int:
    """Return the number of tokens from `first` on that are titles of a name which ends before `last`."""
    titles, at = entries("titles.txt"), first
    while at < last - 1:
        for size in (3, 2, 1):
            phrase = " ".join(doc.norm[at : at + size]).rstrip(".")
            if at + size < last and phrase in titles:
                at += size + (at + size < last - 1 and doc.word[at + size] == ".")
                break
        else:
            break
    return at - first


def _touches(doc: Doc, index: int) -> bool:
    """Return True if a token follows the one before it without a space."""
    return 0 < index < len(doc.word) and doc.start[index] == doc.end[index - 1]


def _gap(doc: Doc, index: int) -> str:
    """Return the text between a token and the one before it."""
    return doc.text[doc.end[index - 1] : doc.start[index]]


def _headline_verbs(doc: Doc, known: dict[int, int]) -> set[int]:
    """Return the verbs of speech in headlines that write every long word with a capital: Smith [Says] Plan Works."""
    listed = {index for first, last in known.items() for index in range(first, last)}
    headline_verbs: set[int] = set()
    for _, _, _, first, last in doc.sentences:
        long = [word for word in doc.word[first:last] if len(word) > 3 and word.isalpha()]
        if len(long) > 2 and all(map(is_name_word, long)):
            verbs = (at for at in range(first + 1, last - 1) if doc.norm[at][-1] == "s" and at not in listed)
            headline_verbs.update(at for at in verbs if doc.norm[at].removesuffix("s") in entries("speech_verbs.txt"))
    return headline_verbs


def _opening_verbs(doc: Doc, known: dict[int, int]) -> set[int]:
    """Return the verbs with a capital that open a sentence before a name: [Asking] Zameer, [Banning] Huawei.

    A participle that the tagger took for a name is a verb if the name stands without it elsewhere.
    """
    opening_verbs: set[int] = set()
    for _, _, _, first, last in doc.sentences:
        if last - first < 2 or first in known or not is_name_word(doc.word[first + 1]):
            continue
        participle = doc.tag[first] == "NNP" and doc.norm[first].endswith("ing")
        if doc.tag[first].startswith("VB") or (participle and _stands_alone(doc, first)):
            opening_verbs.add(first)
    return opening_verbs


def _stands_alone(doc: Doc, index: int) -> bool:
    """Return True if the token after this one also stands without it, and this one nowhere else with a capital."""
    word, name = doc.word[index : index + 2]
    alone = any(doc.word[at] == name and doc.word[at - 1] != word for at in range(1, len(doc.word)))
    return alone and doc.word.count(word) == 1


def _is_money(doc: Doc, last: int) -> bool:
    """Return True if the token before `last` belongs to a sum of money: US$5, HK$30, US $5."""
    following = doc.word[last] if last < len(doc.word) else ""
    return following.startswith("$") and (_touches(doc, last) or doc.word[last - 1] == "US")


def _pieces(doc: Doc, mention: Mention, known: dict[int, int], verbs: set[int]) -> Iterator[Range]:
    """Yield the parts of a span cut at brackets, dashes, tabs, line ends and verbs; of a person's also at `and`."""
    cuts = {"(", ")", ";", "--"} | ({",", "and", "&", "/"} if mention.label in ("PERSON", "GPE") else set())
    first = mention.first
    for index in range(mention.first, mention.last):
        word = doc.norm[index]
        dash = word == "-" and not (_touches(doc, index) and _touches(doc, index + 1))
        # A listed name next to a hyphen or comma stands for itself: EU-Nigeria, Haryana, Bihar.
        apart = word in ("-", ",") and (known.get(first) == index or known.get(index + 1) == mention.last)
        if word in cuts or dash or apart or index in verbs:
            yield first, index
            first = index + 1
        elif index > first and any(space in "\t\n" for space in _gap(doc, index)):
            yield first, index
            first = index
    yield first, mention.last


def _repaired(doc: Doc, known: dict[int, int], verbs: set[int]) -> Iterator[Mention]:
    """Yield the model's mentions cut into names and trimmed."""
    heads = entries("organisation_heads.txt")
    for mention in doc.mentions:
        if mention.label not in NAMES:
            yield from _without_names(mention, known)
            continue
        for first, last in _pieces(doc, mention, known, verbs):
            first, last = _trim(doc, first, last)
            if first == last:
                continue
            personal = doc.norm[first].rstrip(".") in entries("honorifics.txt")
            if mention.label == "PERSON" or (personal and not heads.intersection(doc.norm[first:last])):
                first += title_length(doc, first, last)
            if any(map(is_name_word, doc.word[first:last])):
                yield Mention(first, last, mention.label)


def _without_names(mention: Mention, known: dict[int, int]) -> Iterator[Mention]:
    """Yield a date or amount without a listed name at its start or end: Montevideo next month."""
    first, last = mention.first, mention.last
    first = known.get(first, first)
    last = next((start for start in range(first, last) if known.get(start) == last), last)
    if first < last:
        yield mention._replace(first=first, last=last)


def _completed(doc: Doc, first: int, last: int) -> Range:
    """Return a span with the rest of a hyphenated name: Moon Jae-in, Hlubi-Majola."""
    known = known_phrases()
    if (
        last + 1 < len(doc.word)
        and doc.word[last] == "-"
        and _touches(doc, last)
        and _touches(doc, last + 1)
        and doc.word[last + 1].isalpha()
        and doc.norm[last + 1] not in entries("after_hyphen.txt")
        and (is_name_word(doc.word[last + 1]) or last - first > 1)
        and not (known.get(doc.word[last - 1]) or known.get(doc.word[last + 1]))
    ):
        return first, last + 2
    if (
        first > 1
        and doc.word[first - 1] == "-"
        and _touches(doc, first)
        and _touches(doc, first - 1)
        and is_name_word(doc.word[first - 2])
        and not (known.get(doc.word[first]) or known.get(doc.word[first - 2]))
    ):
        return first - 2, last
    return first, last


def _known(doc: Doc) -> dict[int, int]:
    """Return the listed names in a document, the longest at each place: {first token: after the last token}."""
    phrases, words, at = known_phrases(), doc.word, 0
    spans: dict[int, int] = {}
    while at < len(words):
        for name in phrases.get(words[at], ()):
            if tuple(words[at : at + len(name)]) == name and not (
                _touches(doc, at + len(name)) and words[at + len(name)] == "$"
            ):
                spans[at] = at + len(name)
                at += len(name) - 1
                break
        at += 1
    return spans


def _runs(doc: Doc, verbs: set[int]) -> Iterator[Range]:
    """Yield runs of proper nouns in one sentence that begin with a capital letter, over particles and hyphens too."""
    particles, last = entries("particles.txt"), 0
    first: int | None = None
    for index, tag in enumerate([*doc.tag, ""]):
        inside = tag in ("NNP", "NNPS") and is_name_word(doc.word[index]) and index not in verbs
        if first is not None:
            joint = index < len(doc.word) and (
                doc.word[index] in particles
                or (doc.word[index] == "-" and _touches(doc, index) and _touches(doc, index + 1))
            )
            if index >= len(doc.word) or doc.sentence[index] != doc.sentence[first] or not (inside or joint):
                yield first, last
                first = None
        if inside:
            first, last = index if first is None else first, index + 1


def _widened(doc: Doc, mentions: list[Mention], known: dict[int, int], verbs: set[int]) -> Iterator[Mention]:
    """Yield the mentions, names with the proper nouns that follow and belong to no other mention: Han [Ji-woo]."""
    inside = verbs | {index for mention in mentions for index in range(mention.first, mention.last)}
    inside |= {index for first, last in known.items() for index in range(first, last)}
    for mention in mentions:
        first, last, label = mention[:3]
        if label in NAMES and first not in known:
            while (
                last < len(doc.word)
                and last not in inside
                and doc.sentence[last] == doc.sentence[first]
                and doc.tag[last] == "NNP"
                and is_name_word(doc.word[last])
                and "\n" not in _gap(doc, last)
            ):
                last += 1
            wide = _completed(doc, first, last)
            # "Washington Post-Kaiser Family Foundation": the hyphen joins two names, it does not belong to the second.
            if inside.isdisjoint(range(wide[0], first)) and inside.isdisjoint(range(last, wide[1])):
                first, last = wide
        yield Mention(first, last, label)


def may_be_acronym(word: str) -> bool:
    """Return True for a word of letters with two capitals or more: EACC, BoG.

    >>> [word for word in ("EACC", "BoG", "Bog", "G7") if may_be_acronym(word)]
    ['EACC', 'BoG']
    """
    return word.isalpha() and sum(map(str.isupper, word)) > 1


def may_be_short_word(word: str) -> bool:
    """Return True for a word that may be made of first letters, as Unesco is."""
    return word.isalpha() and word.istitle() and len(word) > 3


def _spelled_out(doc: Doc) -> Iterator[Range]:
    """Yield names that a bracketed acronym follows: Ethics and Anti-Corruption Commission (EACC)."""
    for bracket, word in enumerate(doc.word[:-1]):
        acronym = doc.word[bracket + 1]
        if word == "(" and (may_be_acronym(acronym) or may_be_short_word(acronym)):
            begin = doc.sentences[doc.sentence[bracket]].first
            at, letters = bracket, list(acronym.upper())
            while letters and at > begin:
                at -= 1
                initial = doc.word[at][0]
                # A small word may have a letter (Bank of Ghana, BoG), but the name does not begin with it.
                if initial.upper() == letters[-1] and (initial.isupper() or len(letters) > 1):
                    letters.pop()
                elif doc.word[at][0].isupper() or doc.norm[at] not in SMALL_WORDS:
                    break
            if not letters:
                yield at, bracket


def _bodies_of_places(doc: Doc, known: dict[int, int]) -> Iterator[Range]:
    """Yield listed names of places with the head of a body that follows, as one name: [Dubai Police]."""
    heads = entries("organisation_heads.txt")
    for first, last in known.items():
        if (
            last < len(doc.word)
            and last not in known
            and doc.sentence[last] == doc.sentence[first]
            and doc.tag[last] in ("NNP", "NNPS")
            and is_name_word(doc.word[last])
            and doc.norm[last] in heads
            and doc.word[first] not in demonyms()
        ):
            yield first, last + 1


def candidates(doc: Doc) -> list[Mention]:
    """Return spans that may be names, sorted, none over another: the model's, repaired, and proposals with label ""."""
    known = _known(doc)
    verbs = _headline_verbs(doc, known) | _opening_verbs(doc, known)
    spans: dict[int, Mention] = {}
    taken = [-1] * len(doc.word)

    def add(mention: Mention) -> None:
        for start in {taken[index] for index in range(mention.first, mention.last)} - {-1}:
            old = spans.pop(start)
            taken[old.first : old.last] = [-1] * (old.last - old.first)
        taken[mention.first : mention.last] = [mention.first] * (mention.last - mention.first)
        spans[mention.first] = mention

    for mention in _widened(doc, list(_repaired(doc, known, verbs)), known, verbs):
        add(mention)
    for first, last in (*_spelled_out(doc), *_bodies_of_places(doc, known)):
        if all(start < 0 or (start >= first and spans[start].last <= last) for start in taken[first:last]):
            add(Mention(first, last, "ORG"))
    for first, last in datelines(doc):
        add(Mention(first, last, "GPE"))
    for first, last in known.items():
        inside = {taken[index] for index in range(first, last)}
        covers = all(start < 0 or (start >= first and spans[start].last <= last) for start in inside)
        if covers and not (inside == {first} and spans[first].last == last):
            labels = [spans[start].label for start in sorted(inside) if start >= 0 and spans[start].label in NAMES]
            if inside == {-1} or labels:
                add(Mention(first, last, labels[-1] if labels else ""))
    for first, last in _runs(doc, verbs):
        first, last = _completed(doc, first + title_length(doc, first, last), last)
        if all(start < 0 for start in taken[first:last]):
            add(Mention(first, last, ""))
    names = {"", *NAMES}
    return sorted(
        mention for mention in spans.values() if mention.label not in names or not _is_money(doc, mention.last)
    )
