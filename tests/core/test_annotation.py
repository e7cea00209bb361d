"""Documents read back from the tables of their batch: which tokens, sentences and mentions are whose."""

import hashlib

import pyarrow as pa
import pytest

from scripts.core.annotation import Mention, Sentence, beginnings, docs_of, read_annotations, text_sha256
from scripts.core.storage import write_parquet

TEXTS = {"a": "Ann left. It rained.", "b": "", "c": "Il pleut.", "d": "Bo Lee sat."}
SENTENCES = {"a": [(0, 0, 9, 0, 3), (1, 10, 20, 3, 6)], "c": [(0, 0, 9, 0, 3)], "d": [(0, 0, 11, 0, 4)]}
# Word, first character, lemma and head; the French text was not parsed.
TOKENS = {
    "a": [("Ann", 0, "Ann", 1), ("left", 4, "leave", 1), (".", 8, ".", 1),
          ("It", 10, "it", 4), ("rained", 13, "rain", 4), (".", 19, ".", 4)],
    "c": [("Il", 0, "", 0), ("pleut", 3, "", 1), (".", 8, "", 2)],
    "d": [("Bo", 0, "Bo", 1), ("Lee", 3, "Lee", 2), ("sat", 7, "sit", 2), (".", 10, ".", 2)],
}  # fmt: skip
MENTIONS = [("a", 0, 1, "PERSON", "Ann"), ("d", 0, 2, "PERSON", "Bo Lee"), ("d", 3, 4, "ORG", "x")]


@pytest.fixture
def paths(tmp_path):
    """Return the paths of the tables documents, sentences, tokens, parses and entities of a batch."""
    rows = [(doc_id, *token) for doc_id, tokens in TOKENS.items() for token in tokens]
    lemmas = [row[3] for row in rows]
    tables = {
        "documents": {"doc_id": [*TEXTS], "text": [*TEXTS.values()]},
        "sentences": {
            "doc_id": [doc_id for doc_id, of in SENTENCES.items() for _ in of],
            **{
                name: [each[at] for of in SENTENCES.values() for each in of]
                for at, name in enumerate(Sentence._fields)
            },
        },
        "tokens": {
            "doc_id": [row[0] for row in rows],
            "gap": [int(row[2] > 0 and row[1] != ".") for row in rows],
            "word": [row[1] for row in rows],
        },
        "parses": {
            "lemma": lemmas, "symbols": [" ".join([lemma] * 3) for lemma in lemmas],
            "to_head": [head - at for tokens in TOKENS.values() for at, (*_, head) in enumerate(tokens)],
        },
        "entities": {
            name: [row[at] for row in MENTIONS] for at, name in enumerate(("doc_id", *Mention._fields))
        },
    }  # fmt: skip
    for name, columns in tables.items():
        write_parquet(tmp_path / f"{name}.parquet", pa.table(columns))
    return [tmp_path / f"{name}.parquet" for name in tables]


def test_documents_that_were_parsed_have_their_tokens_sentences_and_mentions(paths):
    annotations = read_annotations(*paths)
    assert annotations.doc_ids == [*TEXTS]
    docs = {doc.doc_id: doc for doc in docs_of(annotations)}
    assert [*docs] == ["a", "b", "d"]  # one without words stays, one that was not parsed is left out
    for doc_id, doc in docs.items():
        tokens = TOKENS.get(doc_id, [])
        assert doc.text == TEXTS[doc_id] and doc.sentences == SENTENCES.get(doc_id, [])
        assert [*zip(doc.word, doc.start, doc.lemma, doc.head, strict=True)] == tokens
        assert doc.lemma == doc.pos == doc.tag == doc.dep
        assert [*doc.end] == [start + len(word) for word, start, *_ in tokens]
        assert doc.mentions == [Mention(*row[1:]) for row in MENTIONS if row[0] == doc_id]
    assert docs["a"].norm == ["ann", "left", ".", "it", "rained", "."]
    assert [*docs["a"].sentence] == [0, 0, 0, 1, 1, 1]
    assert docs["a"].slice(3, 5) == "It rained"
    assert docs["d"].slice(0, 2) == "Bo Lee"


def test_without_a_parse_each_token_is_its_own_head(paths):
    docs = {doc.doc_id: doc for doc in docs_of(read_annotations(*paths[:3]))}
    assert [*docs] == [*TEXTS]
    assert [*docs["c"].head] == [0, 1, 2] and docs["c"].lemma == ["", "", ""] and docs["d"].mentions == []
    assert docs["d"].word == ["Bo", "Lee", "sat", "."]


def test_the_beginnings_of_a_text_end_beside_white_space():
    text = "One  two\nthree"
    parts = ["One", "One  ", "One  two", "One  two\n", text]
    others = ["", "One ", "One  tw", "two"]
    assert beginnings(text, {text_sha256(part) for part in parts + others}) == {
        text_sha256(part): len(part) for part in parts
    }
    assert text_sha256("é\ud800") == hashlib.sha256(b"\xc3\xa9\xed\xa0\x80").hexdigest()
