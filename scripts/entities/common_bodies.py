"""Mentions of bodies by a common noun alone: "the Department" means another body in the next article."""

from collections.abc import Sequence

from scripts.core.annotation import Doc, Mention
from scripts.entities.knowledge import entries


def bodies_meant(doc: Doc, mentions: Sequence[Mention]) -> dict[Mention, Mention | None]:
    """Return, for each mention that is a common noun alone, the full mention that it means; None if there is none.

    The noun must be part of the body's name. Of several bodies, the last one named before is meant; if all come later,
    the mention means the only one, or None if their names differ.
    """
    nouns = {
        mention: entries("common_bodies.txt").intersection(doc.norm[mention.first : mention.last])
        for mention in mentions
        if mention.label == "ORG"
    }
    full = [mention for mention in nouns if mention.last > mention.first + 1]
    meant: dict[Mention, Mention | None] = {}
    for alone in (mention for mention in nouns if nouns[mention] and mention.last == mention.first + 1):
        named = [mention for mention in full if nouns[alone] <= nouns[mention]]
        before = [mention for mention in named if mention.first < alone.first]
        names = {tuple(doc.norm[mention.first : mention.last]) for mention in named}
        meant[alone] = before[-1] if before else named[0] if len(names) == 1 else None
    return meant
