"""Entities: people, places, organisations and groups. In: parsed documents with the model's raw mentions.
Out: mentions with corrected spans and labels and one name for one entity, in a document and over the corpus.
Tables: entities, entity_mentions, entities_corpus, entities_documents, cooccurrence, speaker_entity, entity_network.
"""
