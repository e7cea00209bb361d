import pyarrow as pa
import pytest

from scripts.words.concordance import concordance_table
from tests import references

NO_ENTITIES = pa.table(
    {
        "doc_id": pa.array([], pa.string()),
        "first": pa.array([], pa.int64()),
        "last": pa.array([], pa.int64()),
        "entity": pa.array([], pa.string()),
    }
)


def tables(sentences, lemmas=None):
    """Return the tables of (doc_id, tokens) sentences, whose text is the tokens with a space between them."""
    texts, rows = {}, []
    for number, (doc_id, tokens) in enumerate(sentences):
        for token in tokens:
            start = len(texts.get(doc_id, ""))
            texts[doc_id] = texts.get(doc_id, "") + token + " "
            rows.append((doc_id, number, start, start + len(token), token))
    columns = zip(*rows, strict=True)
    names = ("doc_id", "sentence", "start", "end", "word")
    tokens = pa.table({**dict(zip(names, map(list, columns), strict=True)), "lemma": lemmas or [""] * len(rows)})
    documents = pa.table({"doc_id": list(texts), "text": list(texts.values())})
    return documents, tokens


def test_quanteda():
    table = concordance_table(
        *tables(references.sentences()), NO_ENTITIES, terms=["america", "freedom", "immigra*"], context=5
    )
    lines = {}
    for row in table.to_pylist():
        lines.setdefault((row["term"], row["doc_id"]), []).append((row["left"], row["keyword"], row["right"]))
    for row in references.rows("quanteda/kwic.csv"):
        assert (row["pre"], row["keyword"], row["post"]) in lines[row["pattern"], row["docname"]]
    terms = table["term"].to_pylist()
    assert all(terms.count(word) == sum(references.frequency_by_address()[word]) for word in ("america", "freedom"))


def test_terms_are_split_as_texts_are():
    documents, tokens = tables([("a", ["A", "long", "-", "term", "plan", "wo", "n't", "do", "."])])
    terms = ["long-term", "won’t", "LONG - TERM"]
    rows = concordance_table(documents, tokens, NO_ENTITIES, terms=terms, context=1).to_pylist()
    assert [row["keyword"] for row in rows] == ["long - term", "wo n't", "long - term"]


def test_terms_of_words_lemmas_and_entities():
    documents, tokens = tables(
        [("a", ["Mr.", "Lin", "says", "no"]), ("b", ["They", "said", "so", ".", "Lin", "said"])],
        ["Mr.", "Lin", "say", "no", "they", "say", "so", ".", "Lin", "say"],
    )
    entities = pa.table({"doc_id": ["b", "a"], "first": [4, 1], "last": [5, 2], "entity": ["Lin Ji'an", "Lin Ji'an"]})
    terms = ["lin said", "lemma:say", "entity:Lin Ji’an", "no they"]
    rows = concordance_table(documents, tokens, entities, terms=terms, context=2).to_pylist()
    assert [(row["term"], row["doc_id"], row["left"], row["keyword"], row["right"]) for row in rows] == [
        ("lin said", "b", "so .", "Lin said", ""),
        ("lemma:say", "a", "Mr. Lin", "says", "no"),
        ("lemma:say", "b", "They", "said", "so ."),
        ("lemma:say", "b", ". Lin", "said", ""),
        ("entity:Lin Ji’an", "b", "so .", "Lin", "said"),
        ("entity:Lin Ji’an", "a", "Mr.", "Lin", "says no"),
    ]
    texts = dict(zip(documents["doc_id"].to_pylist(), documents["text"].to_pylist(), strict=True))
    assert all(texts[row["doc_id"]][row["start"] : row["end"]] == row["keyword"] for row in rows)


@pytest.mark.parametrize("terms", [[], ["nowhere"], ["a b c d e f g"], ["lemma:", "lemma: ", "entity:", " "]])
def test_nothing_found(terms):
    assert concordance_table(*tables([("a", ["One", "two"])]), NO_ENTITIES, terms=terms, context=3).num_rows == 0
