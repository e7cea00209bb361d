"""Entities: the right label and one name for one thing. Takes parsed documents and the model's raw mentions.

Mentions are repaired (`spans`), labelled (`labels`), named (`names`), linked over documents (`linking`), counted.
Its tables: entities, entity_*, entities_corpus, entities_documents, cooccurrence, speaker_entity.
"""

from scripts.core.annotation import Doc, Mention
from scripts.entities.labels import labelled
from scripts.entities.names import named


def find_entities(doc: Doc) -> list[Mention]:
    """The mentions of a parsed document, sorted, none over another: label as in OntoNotes, `entity` the canonical name.

    Dates, amounts and the like are the model's own; people, places, organisations and groups are relabelled, added and
    left out as the document's evidence says.
    """
    return named(doc, labelled(doc))
