"""Names of bodies that list their fields: the Committee on Banking, Housing, and Urban Affairs."""

import re
from collections.abc import Iterator, Mapping

from scripts.core.annotation import Doc, Mention
from scripts.entities.knowledge import country_names, demonyms, entries
from scripts.entities.name_words import TokenRange

# Bodies of government, whose fields may stand between commas, and others, which have two fields: Research and Policy.
_GOVERNMENT = frozenset(("bureau", "committee", "department", "ministry", "subcommittee"))
_OTHERS = frozenset(("board", "center", "centers", "centre", "centres", "commission", "council", "institute", "office"))
# Words that begin or end another body's name.
_APART = _GOVERNMENT | _OTHERS | {"agency", "bank", "congress", "house", "senate", "university"}
_PREPOSITIONS = frozenset(("for", "of", "on"))
_FIELD = re.compile("[A-Z][a-z]+(?:-[A-Z][a-z]+)*")
_MOST_WORDS = 4  # of a field


def with_listed_fields(doc: Doc, spans: Mapping[int, Mention]) -> Iterator[TokenRange]:
    """Yield the names of bodies with all fields that follow, of spans by their first tokens that have only some.

    The last field follows "and" or "&"; none has a span of its own as a place, date or person of several words.
    """
    for first, last, label, _ in spans.values():
        if label == "ORG" and (end := _end_of_fields(doc, first, last)) > last:
            inner = [span for token in range(last, end) if (span := spans.get(token)) is not None]
            if all(span.last <= end and _may_be_field(span) for span in inner):
                yield first, end


def _may_be_field(span: Mention) -> bool:
    """Return True for a span of a label that fields are mistaken for."""
    return span.label in ("", "ORG", "NORP") or (span.label == "PERSON" and span.last == span.first + 1)


def _end_of_fields(doc: Doc, first: int, last: int) -> int:
    """Return the token after the last field of a body's name, `last` if no list of fields goes on there."""
    bodies = (at for at in range(first, last - 2) if doc.norm[at] in _GOVERNMENT | _OTHERS)
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
    """Return the token after a field's words; `first` for a place, a people, another body or an office."""
    last = next((at for at in range(first, stop) if not _FIELD.fullmatch(doc.word[at])), stop)
    words = doc.word[first:last]
    is_other = any(word in _APART or word in entries("titles.txt") for word in doc.norm[first : last + 1])
    return first if is_other or " ".join(words) in country_names() or not demonyms().keys().isdisjoint(words) else last
