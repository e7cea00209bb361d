"""Where names begin and end: the model's spans repaired, and names proposed that the model left out."""

from collections.abc import Iterator

from scripts.annotation import Doc, Mention
from scripts.entities.knowledge import entries, phrase_starts

NAMES = frozenset(("PERSON", "ORG", "GPE", "LOC", "FAC", "NORP", "EVENT", "LAW", "PRODUCT", "WORK_OF_ART", "LANGUAGE"))
_OPEN = frozenset(
    ("the", "a", "an", "'", '"', "(", "[", "-", ",", ".", ":", ";", "/", "&", "and", "of", "'s", "``", "''")
)
_CLOSE = frozenset(
    ("'s", "'", '"', "(", ")", "[", "]", "-", ",", ":", ";", "/", "&", "and", "of", "the", "``", "''", "?", "!", "...")
)
_JOINTS = frozenset(("-", "/", "(", ")", "&", "and", ",", ";", ":"))


def is_name_word(word: str) -> bool:
    """Whether a token can be the main word of a name: it begins with a capital letter."""
    return word[0].isupper()


def _trim(doc: Doc, first: int, last: int) -> tuple[int, int]:
    while first < last and doc.norm[first] in _OPEN:
        first += 1
    while first < last and doc.norm[last - 1] in _CLOSE:
        last -= 1
    return first, last


def title_length(doc: Doc, first: int, last: int) -> int:
    """How many tokens from `first` are titles that stand before a name which ends before `last`."""
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


def _pieces(doc: Doc, mention: Mention) -> Iterator[tuple[int, int]]:
    """The parts of a span that runs over a bracket, and of a person's over a comma or `and`."""
    cuts = {"(", ")", ";"} | ({",", "and", "&", "/"} if mention.label in ("PERSON", "GPE") else set())
    first = mention.first
    for index in range(mention.first, mention.last):
        if doc.norm[index] in cuts:
            yield first, index
            first = index + 1
    yield first, mention.last


def _repaired(doc: Doc) -> Iterator[Mention]:
    for mention in doc.mentions:
        if mention.label not in NAMES:
            yield mention
            continue
        for first, last in _pieces(doc, mention):
            first, last = _trim(doc, first, last)
            if mention.label == "PERSON" or (first < last and doc.norm[first].rstrip(".") in _HONORIFICS):
                first += title_length(doc, first, last)
            if first < last and any(map(is_name_word, doc.word[first:last])):
                yield Mention(first, last, mention.label)


_HONORIFICS = frozenset(("mr", "mrs", "ms", "dr", "prof", "gen", "col", "sen", "gov", "rep", "pm", "lt", "capt", "sgt"))


def _known(doc: Doc) -> Iterator[tuple[int, int]]:
    """Spans of listed names, the longest at each place."""
    starts, words, at = phrase_starts(), doc.word, 0
    while at < len(words):
        for name in starts.get(words[at], ()):
            if tuple(words[at : at + len(name)]) == name:
                yield at, at + len(name)
                at += len(name) - 1
                break
        at += 1


def _runs(doc: Doc) -> Iterator[tuple[int, int]]:
    """Runs of proper nouns in one sentence that begin with a capital letter."""
    first = None
    for index, tag in enumerate([*doc.tag, ""]):
        inside = tag in ("NNP", "NNPS") and is_name_word(doc.word[index])
        if first is not None and (not inside or doc.sentence[index] != doc.sentence[first]):
            yield first, index
            first = None
        if inside and first is None:
            first = index


def candidates(doc: Doc) -> list[Mention]:
    """Spans that may be names, sorted, none over another: the model's own, repaired, then proposals with label ""."""
    found = list(_repaired(doc))
    taken = bytearray(len(doc.word))
    for mention in found:
        taken[mention.first : mention.last] = b"\1" * (mention.last - mention.first)
    for spans in (_known(doc), _runs(doc)):
        for first, last in spans:
            if not any(taken[first:last]):
                begin = first + title_length(doc, first, last)
                found.append(Mention(begin, last, ""))
                taken[first:last] = b"\1" * (last - first)
    return sorted(found)
