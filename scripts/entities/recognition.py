"""The entities of a parsed document: mentions with corrected spans, labels and canonical names."""

from scripts.core.annotation import Doc, Mention
from scripts.entities.labels import label_mentions
from scripts.entities.names import name_mentions


def find_entities(doc: Doc) -> list[Mention]:
    """Return the mentions of a parsed document, sorted, none over another.

    `label` is one of OntoNotes's, `entity` the canonical name within the document. Mentions of dates, amounts and the
    like are the model's; names are relabelled, added and left out by the evidence in the document.
    """
    return name_mentions(doc, label_mentions(doc))
