"""Entities: people, places, organisations and groups. Takes parsed documents with the model's raw mentions.

Gives mentions with corrected spans and labels, and one name per entity, within a document and across the corpus.
Its tables: entities, entity_mentions, entities_*, entity_network, cooccurrence, speaker_entity.
"""
