"""Spans that may be names: the model's own, repaired, and proposals for names that the model missed."""

from scripts.core.annotation import Doc, Mention
from scripts.entities.date_words import surnames_for_dates
from scripts.entities.kinds import NAMES
from scripts.entities.listed_fields import with_fields_before, with_listed_fields
from scripts.entities.name_evidence import name_evidence
from scripts.entities.name_words import completed, is_ticker, title_length, touches, without_letters
from scripts.entities.nicknames import nicknamed, with_added_words
from scripts.entities.proposed_spans import bodies_of_places, linked_names, listed_names, runs, spelled_out
from scripts.entities.repaired_spans import opening_verbs, repaired, widened


def _is_money(doc: Doc, last: int) -> bool:
    """Return True if the token before `last` belongs to a sum of money: US$5, HK$30, US $5."""
    following = doc.word[last] if last < len(doc.word) else ""
    return following.startswith("$") and (touches(doc, last) or doc.word[last - 1] == "US")


def _is_of_somebody(doc: Doc, mention: Mention | None, last: int) -> bool:
    """Return True for a person's name that begins with a given name: Andrés Manuel López Obrador (AMLO)."""
    if mention is None or mention.label != "PERSON" or mention.last != last:
        return False
    return "given-first" in name_evidence(tuple(doc.word[mention.first : last]))


def candidates(doc: Doc) -> list[Mention]:
    """Return spans that may be names, sorted and without overlap: the model's, repaired, and proposals.

    Dates and amounts keep their labels; a proposal without a known label has the label "".
    """
    known = listed_names(doc)
    verbs = opening_verbs(doc, known)
    spans: dict[int, Mention] = {}
    taken = [-1] * len(doc.word)

    def add(mention: Mention) -> None:
        for start in set(taken[mention.first : mention.last]) - {-1}:
            old = spans.pop(start)
            taken[old.first : old.last] = [-1] * (old.last - old.first)
        taken[mention.first : mention.last] = [mention.first] * (mention.last - mention.first)
        spans[mention.first] = mention

    def may_cover(first: int, last: int) -> bool:
        """Return True for tokens that cut through no span."""
        return all(start < 0 or (start >= first and spans[start].last <= last) for start in taken[first:last])

    for mention in widened(doc, list(repaired(doc, known, verbs)), known, verbs):
        add(mention)
    for mention in surnames_for_dates(doc, list(spans.values())):
        add(mention._replace(label="PERSON"))
    for first, last in (*spelled_out(doc), *bodies_of_places(doc, known), *linked_names(doc)):
        if may_cover(first, last) and not _is_of_somebody(doc, spans.get(first), last):
            add(Mention(first, last, "ORG"))
    for first, last in known.items():
        inside = set(taken[first:last])
        if may_cover(first, last) and not (inside == {first} and spans[first].last == last):
            labels = [spans[start].label for start in sorted(inside) if start >= 0 and spans[start].label in NAMES]
            if inside == {-1} or labels:
                add(Mention(first, last, labels[-1] if labels else ""))
    for first, last in runs(doc, verbs):
        if taken[last - 1] >= 0:  # the run would still end there without its titles
            continue
        first, last = completed(doc, first + title_length(doc, first, last), last)
        if all(start < 0 for start in taken[first:last]):
            add(Mention(first, last, ""))
    for first, last in [*with_listed_fields(doc, spans), *with_fields_before(doc, spans)]:
        add(Mention(first, last, "ORG"))
    for first, last in [*nicknamed(doc, spans, known), *with_added_words(doc, spans)]:
        add(Mention(first, last, "PERSON"))
    names = {"", *NAMES}
    return sorted(
        Mention(first, without_letters(doc, first, last) if label in ("", "PERSON") else last, label)
        for first, last, label, _ in spans.values()
        if label not in names or not (_is_money(doc, last) or is_ticker(doc, max(0, first - 1)))
    )
