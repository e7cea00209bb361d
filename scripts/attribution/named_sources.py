"""The mention that names a source: around its head, in apposition to it, after its possessive or title, at its end."""

from bisect import bisect_left

from scripts.attribution.marked import MarkedDoc
from scripts.attribution.people import People
from scripts.attribution.role_words import is_listed, mention_at
from scripts.attribution.roles import head_of
from scripts.attribution.sources import Source
from scripts.attribution.unnamed import missed_name
from scripts.core.annotation import Doc, Mention
from scripts.entities.knowledge import entries


def mention_of(marked: MarkedDoc, people: People, source: Source) -> Mention | None:
    """Return the mention that names a source: around its head, in apposition to it, or after its possessive."""
    doc = marked.doc
    named = mention_at(doc, source.head)
    # [United States] Senator Ann Lee, [Mill Chairman], Ann Lee
    is_title = named is None or named.label in ("GPE", "LOC") or is_listed(doc.norm[source.head])
    if is_title and (person := person_in_apposition(marked, source)):
        return person
    at = bisect_left(people.mentions, source.first, key=lambda mention: mention.first)
    first = next((each for each in people.mentions[at : at + 1] if each.last <= source.last), None)
    is_described = first is not None and first.last < source.head and doc.word[first.last] == ","
    if first is not None and is_described and (first.first <= source.first or doc.tag[first.last + 1] == "WP"):
        return first  # Ban Ki-moon, the secretary general; diplomat Ban Ki-moon, who advised Ann Lee
    if named is None and doc.pos[source.head] == "PROPN":
        is_another = first is not None and first.first > source.head and doc.pos[first.first - 1] == "ADP"
        return None if is_another else first  # the Member for Lee
    last = mention_at(doc, source.last - 1)
    if last is None or last.label != "PERSON" or last.first < source.first:
        return named
    if named is None:
        return last if doc.dep[head_of(doc, last)] == "appos" or doc.word[last.first - 1] == "," else None
    # The Institute of Mills' [Ann Lee], the Institute of Mills chief scientist [Ann Lee]
    is_owned = last.first == named.last + 1 and doc.tag[named.last] == "POS"
    between = {*doc.pos[named.last : last.first]}
    return last if is_owned or (between and between <= {"ADJ", "NOUN"}) else named


def person_in_apposition(marked: MarkedDoc, source: Source) -> Mention | None:
    """Return the person in apposition to the head of a source: "a Republican, Mark Lee"."""
    doc = marked.doc
    of_children = ((child, mention_at(doc, child)) for child in marked.tree.children[source.head])
    named = (each for child, each in of_children if each is not None and doc.dep[child] == "appos")
    return next((mention for mention in named if mention.label == "PERSON"), None)


def mention_after_title(doc: Doc, source: Source) -> Mention | None:
    """Return the mention of a person after a source that is only a title: [SEN.] DODD ISSUES STATEMENT."""
    head = source.head
    mention = mention_at(doc, head + 1) if source.last == head + 1 else None
    is_title = doc.norm[head].rstrip(".") in entries("titles.txt") and doc.word[head][0].isupper()
    return mention if is_title and mention is not None and mention.label == "PERSON" else None


def named_at_end(doc: Doc, people: People, source: Source) -> Mention | None:
    """Return the mention at the end of a source, after its title: "then envoy to the United Nations Ann Lee".

    A name after a preposition is somebody else's: "a spokesman for Mr. Lee", "the widow of the late Ann Lee".
    """
    mention = mention_at(doc, source.last - 1)
    if mention is None:
        return missed_name(doc, people, source.last - 1) if source.last - 1 > source.head else None
    before = mention.first - 1
    titles = entries("honorifics.txt") | entries("titles.txt")
    parts = {"DET", "ADJ"}
    while before > source.head and (doc.pos[before] in parts or doc.norm[before].rstrip(".") in titles):
        if doc.norm[before].rstrip(".") in titles:
            parts |= {"NOUN", "PROPN", "PART"}  # for [Mali's Health] Minister Lee
            before -= doc.word[before - 1] == "-" and doc.end[before - 1] == doc.start[before]  # [Secretary-]General
        before -= 1
    is_own = mention.label == "PERSON" and mention.first > source.head and doc.pos[before] != "ADP"
    return mention if is_own else None
