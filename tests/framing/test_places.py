"""Sentences of speakers and of names."""

import pandas as pd
import pyarrow as pa
import pytest

from scripts.framing.places import places


def test_sentences_are_found_by_their_documents(quoted):
    sentences, quotes, entities = quoted
    two = pd.concat([sentences, sentences.assign(doc_id="d1")], ignore_index=True)
    where = places(two, quotes.assign(doc_id="d1"), entities.assign(doc_id=["d0", "d1", "d1"]))
    named = where.mentioned.assign(name=where.names[where.mentioned["name"]])
    assert named.to_numpy().tolist() == [["A", 1], ["A", 6], ["A", 7]]
    voiced = where.voiced.assign(name=where.names[where.voiced["name"]]).groupby("name")["sentence"].agg(list)
    assert voiced.to_dict() == {"(narrator)": [0, 1, 2, 3, 7], "A": [4, 5], "B": [6]}
    with pytest.raises(KeyError, match="no sentences of document d2"):
        places(two, quotes.assign(doc_id="d2"), entities)


def test_a_quote_is_in_no_sentence_that_only_touches_it():
    """Nothing stands between the sentences, and the quote is the second of three."""
    sentences = pd.DataFrame({"doc_id": "d0", "sentence": range(3), "start": [0, 10, 20], "end": [10, 20, 30]})
    quotes = pd.DataFrame({"doc_id": ["d0"], "speaker": ["A"], "content_spans": [[[10, 20]]]})
    where = places(sentences, quotes, pd.DataFrame({"doc_id": [], "sentence": [], "label": [], "entity": []}))
    assert where.voiced["sentence"][where.names[where.voiced["name"]] == "A"].tolist() == [1]


@pytest.mark.parametrize("size", [1, 2, 3])
def test_quotes_may_be_read_in_several_pieces(quoted, size):
    sentences, quotes, entities = quoted
    expected = places(sentences, quotes, entities)
    spans = pa.array(quotes["content_spans"], pa.list_(pa.list_(pa.int64())))
    pieces = pa.chunked_array([spans[first : first + size] for first in range(0, len(spans), size)])
    where = places(sentences, quotes.assign(content_spans=pd.arrays.ArrowExtensionArray(pieces)), entities)
    pd.testing.assert_frame_equal(where.voiced, expected.voiced)


def test_no_quotes(quoted):
    sentences, quotes, entities = quoted
    none = pd.arrays.ArrowExtensionArray(pa.chunked_array([], pa.list_(pa.list_(pa.int64()))))
    where = places(sentences, quotes.iloc[:0].assign(content_spans=none), entities)
    assert set(where.names[where.voiced["name"]]) == {"(narrator)"}
