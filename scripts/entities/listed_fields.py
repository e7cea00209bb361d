"""Names of bodies that list their fields: the Committee on Banking and Housing, the Commerce and Science Committee."""

import re
from collections.abc import Iterator, Mapping

from scripts.core.annotation import Doc, Mention
from scripts.entities.knowledge import country_names, demonyms, entries
from scripts.entities.name_words import TokenRange, tokens_of_words

# Government bodies, whose fields may be separated by commas, and others, which have two fields: Research and Policy.
_GOVERNMENT = frozenset(("bureau", "committee", "department", "ministry", "subcommittee"))
_OTHERS = frozenset(("board", "center", "centers", "centre", "centres", "commission", "council", "institute", "office"))
_BODIES = _GOVERNMENT | _OTHERS
# Words that belong to another body's name. A chamber does not: it may precede the fields of its committee.
_APART = _BODIES | {"agency", "bank", "congress", "university"}
_CHAMBERS = frozenset(("house", "senate"))
_PREPOSITIONS = frozenset(("for", "of", "on"))
_FIELD = re.compile("[A-Z][a-z]+(?:-[A-Z][a-z]+)*")
_MOST_WORDS = 4  # of a field
_LONGEST = 12  # tokens of a name before its fields


def with_listed_fields(doc: Doc, spans: Mapping[int, Mention]) -> Iterator[TokenRange]:
    """Yield the names of bodies extended to all fields that follow; `spans` (by first token) may end at fewer.

    The last field follows "and" or "&"; no field may have a span of its own as a place, date or person of several
    words.
    """
    for first, last, label, _ in spans.values():
        if label == "ORG" and (end := _end_of_fields(doc, first, last)) > last:
            inner = [span for token in range(last, end) if (span := spans.get(token)) is not None]
            if all(span.last <= end and _may_be_field(span) for span in inner):
                yield first, end


def with_fields_before(doc: Doc, spans: Mapping[int, Mention]) -> Iterator[TokenRange]:
    """Yield the names of committees with all fields before them: the Commerce, Science, and Transportation Committee.

    No field may have a span of its own except as a body: not Marsh and the Budget Committee.
    """
    for head in tokens_of_words(doc, {"Committee", "Subcommittee"}):
        first = _start_of_fields(doc, head)
        before = next((spans[token] for token in range(first, first - _LONGEST, -1) if token in spans), None)
        if before is not None and before.last > first:
            first = before.first  # [U.S.] Senate Commerce
        inner = [span for token in range(first, head) if (span := spans.get(token)) is not None]
        is_whole = bool(inner) and inner[0].last > head
        if first < head and not is_whole and all(span.label in ("", "ORG") and span.last <= head + 1 for span in inner):
            yield first, head + 1


def _start_of_fields(doc: Doc, head: int) -> int:
    """Return the first token of the fields before a committee (the last after "and" or "&"); `head` without several."""
    first, n_fields, at = head, 0, head
    begin = doc.sentences[doc.sentence[head]].first
    while (start := _start_of_field(doc, at)) < at:
        first, n_fields = start, n_fields + 1
        if start == begin:
            break
        if n_fields == 1 and doc.norm[start - 1] in ("and", "&"):
            at = start - 1 - (doc.word[start - 2] == ",")
        elif n_fields > 1 and doc.word[start - 1] == ",":
            at = start - 1
        else:
            break
    return first if n_fields > 1 else head


def _start_of_field(doc: Doc, last: int) -> int:
    """Return the first of the capitalized words of a field that ends before `last`; `last` if there is no field."""
    first, stop = last, max(doc.sentences[doc.sentence[last]].first, last - _MOST_WORDS)
    while first > stop and _may_be_in_field(doc, first - 1):
        first -= 1
    return first


def _may_be_in_field(doc: Doc, token: int) -> bool:
    is_word = _FIELD.fullmatch(doc.word[token]) is not None and doc.tag[token].startswith(("NN", "JJ", "VB"))
    return is_word and doc.norm[token] not in _APART


def _may_be_field(span: Mention) -> bool:
    """Return True if a span has a label that a field may get by mistake."""
    return span.label in ("", "ORG", "NORP") or (span.label == "PERSON" and span.last == span.first + 1)


def _end_of_fields(doc: Doc, first: int, last: int) -> int:
    """Return the token after the last field of a body's name; `last` if no list of fields continues there."""
    bodies = (at for at in range(first, last - 2) if doc.norm[at] in _BODIES)
    at = next((at for at in bodies if doc.norm[at + 1] in _PREPOSITIONS), None)
    end, sentence = last, doc.sentences[doc.sentence[first]].last
    while at is not None and end < sentence - 1:
        has_comma = doc.word[end] == ","
        is_last = doc.norm[end + has_comma] in ("and", "&")
        if (has_comma and doc.norm[at] in _OTHERS) or not (has_comma or is_last):
            return last
        field = end + has_comma + is_last
        end = _end_of_field(doc, field, min(sentence, field + _MOST_WORDS))
        if end == field:
            return last
        if is_last:
            return end
    return last


def _end_of_field(doc: Doc, first: int, stop: int) -> int:
    """Return the token after a field's words; `first` if they are a place, a people, another body or an office."""
    last = next((at for at in range(first, stop) if not _FIELD.fullmatch(doc.word[at])), stop)
    words = doc.word[first:last]
    apart = _APART | _CHAMBERS | entries("titles.txt")
    is_other = not apart.isdisjoint(doc.norm[first : last + 1])
    return first if is_other or " ".join(words) in country_names() or not demonyms().keys().isdisjoint(words) else last
