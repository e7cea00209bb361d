"""Type and role of a speaker whom a reader names, as the document has them."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from scripts.attribution.roles import kind_of, role_of
from scripts.attribution.tree import build_tree
from scripts.core.annotation import Doc, Mention

_Row = Mapping[str, Any]


class Who(NamedTuple):
    """Type and role of a speaker, as the table quotes has them."""

    speaker_type: str
    role: str


def is_form_of(a: str, b: str) -> bool:
    """Return True if all words of the one name are words of the other, as of Trump and Donald Trump."""
    words = [{*name.casefold().split()} for name in (a, b)]
    return all(words) and (words[0] <= words[1] or words[1] <= words[0])


def may_be_same(a: str, b: str) -> bool:
    """Return True if one name may be a form of the other, or both end alike, as Bernie and Bernard Sanders."""
    return is_form_of(a, b) or a.casefold().split()[-1:] == b.casefold().split()[-1:] != []


def _mentions(doc: Doc, rows: Iterable[_Row]) -> list[Mention]:
    """Return the mentions of rows of table entities by their tokens."""
    first = {start: token for token, start in enumerate(doc.start)}
    last = {end: token + 1 for token, end in enumerate(doc.end)}
    return [
        Mention(first[row["start"]], last[row["end"]], row["label"], row["entity"])
        for row in rows
        if row["start"] in first and row["end"] in last
    ]


def who_is(doc: Doc, entities: Sequence[_Row], name: str) -> Who:
    """Return type and role of a speaker by the document's mentions of the name, or of the one form of it.

    A speaker with the surname of a person in the document is a person without a known role. Both are empty if the
    document does not name the speaker at all; then other documents tell the kind.
    """
    named = [row for row in entities if row["entity"] == name]
    if not named and name:
        named = [row for row in entities if is_form_of(row["entity"], name)]
        if len({row["entity"] for row in named}) > 1:
            return Who("", "")
    mentions = _mentions(doc, named)
    if not mentions:
        surnames = {row["entity"].split()[-1] for row in entities if row["label"] == "PERSON" and row["entity"].split()}
        return Who("person" if name.split()[-1:] and name.split()[-1] in surnames else "", "")
    tree = build_tree(doc)
    types = [kind_of(doc, mention.last - 1, mention.label) for mention in mentions]
    speaker_type = max(sorted({*types}), key=types.count)
    persons = (mention for mention in mentions if mention.label == "PERSON" and speaker_type == "person")
    return Who(speaker_type, max((role_of(doc, tree, mention) for mention in persons), key=len, default=""))
