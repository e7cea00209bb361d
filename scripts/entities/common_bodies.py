"""Mentions of bodies by a common noun alone: "the Department" of one article is not that of the next."""

from collections.abc import Sequence

from scripts.core.annotation import Doc, Mention
from scripts.entities.knowledge import entries


def bodies_meant(doc: Doc, mentions: Sequence[Mention]) -> dict[Mention, Mention | None]:
    """Return the mention of a body that each one by a common noun alone means, None if the document names none.

    A body has the noun in its name. Of several the one named last before is meant; of those that all come later none.
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
