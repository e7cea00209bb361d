"""Entities: the right label and one name for one thing.

The model's mentions are repaired (`spans`), labelled from all the evidence in the document (`evidence`, `labels`) and
given one canonical name (`names`); across documents they are linked (`linking`) and counted (`statistics`).
"""

from scripts.annotation import Doc, Mention
from scripts.entities.labels import labelled
from scripts.entities.names import named


def find_entities(doc: Doc) -> list[Mention]:
    """The mentions of a parsed document, sorted, none over another: label as in OntoNotes, `entity` the canonical name.

    Dates, amounts and the like are the model's own; people, places, organisations and groups are relabelled, added and
    left out as the document's evidence says.
    """
    return named(doc, labelled(doc))
