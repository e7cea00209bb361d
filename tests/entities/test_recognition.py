"""Tests of the entities of documents, a few documents at a time."""

from scripts.entities import recognition
from scripts.entities.recognition import decided_entities, find_entities, raw_blocks
from scripts.parsing.parses import annotate

TEXTS = {
    "a": "Ann Smith met Bo Ray of Acme Inc. in Oslo on Monday. Smith paid $5 million.",
    "b": "",
    "c": "The Bank of Ghana (BoG) wrote to Mr. Ray. The BoG lent more.",
}


def test_documents_read_together_have_the_entities_of_each_alone(nlp, monkeypatch):
    docs = list(annotate(nlp, TEXTS.items()))
    for tokens, lengths in ((0, [1, 2]), (10**6, [3])):
        monkeypatch.setattr(recognition, "_TOKENS", tokens)
        blocks = list(raw_blocks(docs))
        assert [len(block) for block in blocks] == lengths
        together = [decided_entities(doc) for block in blocks for doc in block]
        assert together == [find_entities(doc) for doc in docs]
        assert len(together[0]) > 4 and "Bank of Ghana" in {mention.entity for mention in together[2]}
