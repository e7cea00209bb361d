"""The entities of a parsed document: mentions with corrected spans, labels and canonical names."""

from dataclasses import replace
from pathlib import Path

from scripts.core.annotation import Doc, Mention
from scripts.entities.labels import label_mentions
from scripts.entities.name_tagger import raw_mentions
from scripts.entities.names import name_mentions


def with_raw_mentions(doc: Doc, file: Path | None = None) -> Doc:
    """Return a parsed document with the mentions of names, dates and amounts as the project's network finds them.

    `file` has other weights than those that ship.
    """
    return replace(doc, mentions=raw_mentions(doc, file))


def find_entities(doc: Doc) -> list[Mention]:
    """Return the mentions of a parsed document, sorted, none over another.

    `label` is one of OntoNotes's, `entity` the canonical name within the document. Mentions of dates, amounts and the
    like are the network's; names are relabelled, added and left out by the evidence in the document.
    """
    return name_mentions(doc, label_mentions(with_raw_mentions(doc)))
