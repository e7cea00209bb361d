"""Counts of several batches as those of one: what `counts` makes of all their documents, in any order and grouping."""

import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from scripts.core.storage import read_parquet, write_parquet
from scripts.parsing.parses import parse_table
from scripts.parsing.tokens import segmented_doc, token_tables
from scripts.words import reduce
from scripts.words.counts import batch_counts
from scripts.words.reduce import merge
from tests.words.test_counts import batch
from tests.words.test_steps import SETTINGS, run

SENTENCE = st.lists(st.sampled_from(["Rain", "rain", "fell", "on", "the", "hill", ",", "ß"]), max_size=7)
# Documents of a corpus in alphabetical order, each a few sentences; and the batch of each.
CORPORA = st.lists(st.tuples(st.lists(SENTENCE, min_size=1, max_size=3), st.integers(0, 3)), min_size=1, max_size=7)
ORDERS = {**SETTINGS["words"], "n": [3, 5]}


def counted(documents):
    """Return the tables of counts of {doc_id: sentences}, as the step `counts` makes them."""
    sentences = [(doc_id, tokens) for doc_id, texts in documents.items() for tokens in texts]
    return batch_counts(batch(sentences, documents=[*documents]), ORDERS)


def batches_of(corpus):
    """Return the documents of all batches, and the counts of each."""
    documents = {f"d{at}": texts for at, (texts, _) in enumerate(corpus)}
    parts = [
        {doc_id: texts for (doc_id, texts), (_, of) in zip(documents.items(), corpus, strict=True) if of == number}
        for number in sorted({of for _, of in corpus})
    ]
    return documents, [counted(part) for part in parts]


@given(CORPORA, st.randoms())
def test_the_sum_of_batches_in_any_order_is_one_batch_of_all(corpus, random):
    documents, parts = batches_of(corpus)
    random.shuffle(parts)
    expected = counted(documents)
    merged = merge(parts)
    assert merged.keys() == expected.keys() == {*reduce.TABLES}
    assert {name for name in expected if merged[name] != expected[name]} == set()


@given(CORPORA, st.integers(0, 4))
def test_sums_of_sums_are_the_sum(corpus, first):
    _, parts = batches_of(corpus)
    halves = [merge(some) for some in (parts[:first], parts[first:]) if some]
    assert merge(halves) == merge(parts)


def test_a_group_takes_the_batches_that_begin_with_its_name(tmp_path, monkeypatch):
    texts = {"00": "Rain fell .", "01": "Rain fell again .", "1": "Tax fell ."}
    parts = {name: counted({f"d{name}": [text.split()]}) for name, text in texts.items()}
    for name, tables in parts.items():
        _, tokens = token_tables(pa.table({"doc_id": [f"d{name}"], "text": [texts[name]]}))
        parses = parse_table(segmented_doc(f"d{name}", texts[name]))
        for table, rows in (tables | {"tokens": tokens, "parses": parses}).items():
            write_parquet(tmp_path / "batches" / name / f"{table}.parquet", rows)
    tokens_file = tmp_path / "tables" / "tokens.parquet" / "0.parquet"
    folders = {"batches": tmp_path / "batches", "folder": tmp_path / "groups" / "0"}
    run(monkeypatch, reduce, **folders, group="0", tokens=tokens_file)
    joined = read_parquet(tokens_file)
    assert [joined[name].to_pylist() for name in ("doc_id", "norm")] == [
        ["d00"] * 3 + ["d01"] * 4,
        ["rain", "fell", ".", "rain", "fell", "again", "."],
    ]
    expected = merge([parts["01"], parts["00"]])
    assert sorted(path.stem for path in (tmp_path / "groups" / "0").iterdir()) == sorted(expected)
    for name, rows in expected.items():
        assert read_parquet(tmp_path / "groups" / "0" / f"{name}.parquet") == rows
    rain_fell = next(row for row in expected["ngram_counts"].to_pylist() if (row["word1"], row["word2"]) == (2, 1))
    assert expected["vocabulary"]["word"].to_pylist() == ["again", "fell", "rain"]
    assert (rain_fell["order"], rain_fell["count"], rain_fell["documents"]) == (2, 2, 2)
