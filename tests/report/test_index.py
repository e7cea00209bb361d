"""The sentences behind a number are those that it counts, wherever they are asked for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scripts.report.index import FIRST, Index
from scripts.storage import rows_to_table, write_parquet
from tests.report.corpus import row

RECORDS = st.lists(
    st.tuples(
        st.sampled_from("abc"),
        st.integers(0, 30),
        st.sampled_from(["conflict", "economic"]),
        st.sampled_from(["x", "Y", ""]),
    ),
    max_size=60,
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("tables")


@given(RECORDS)
def test_find_agrees_with_a_plain_search(folder, records):
    write_parquet(folder / "documents.parquet", rows_to_table("documents", [row("documents", doc_id="a")]))
    rows = [row("frame_codes", doc_id=d, sentence=s, frame=f, speaker=v) for d, s, f, v in records]
    write_parquet(folder / "frame_codes.parquet", rows_to_table("frame_codes", rows))
    keys = [("conflict", "x"), ("economic", ""), ("conflict", "nobody"), ("conflict", "x")]
    for key, found in zip(keys, Index(folder, "lemma").find("frame_codes", ("frame", "speaker"), keys), strict=True):
        places = sorted({(d, s) for d, s, f, v in records if (f, v) == key})
        assert found.places == places[:FIRST]
        assert found.total == len(places)


def test_words_are_found_as_they_were_counted_and_phrases_in_sentences(folder):
    write_parquet(folder / "documents.parquet", rows_to_table("documents", [row("documents", doc_id="a")]))
    tokens = [
        row("tokens", doc_id="a", sentence=n, token=n, norm=norm, lemma=lemma)
        for n, (norm, lemma) in enumerate([("says", "say"), ("china", "China")])
    ]
    write_parquet(folder / "tokens.parquet", rows_to_table("tokens", tokens))
    sentences = [row("sentences", doc_id="a", sentence=4, text="The Drug crisis.")]
    write_parquet(folder / "sentences.parquet", rows_to_table("sentences", sentences))
    by_lemma = Index(folder, "lemma").find("tokens", ("word",), [("say",), ("china",), ("says",)])
    assert [found.places for found in by_lemma] == [[("a", 0)], [("a", 1)], []]
    assert Index(folder, "form").find("tokens", ("word",), [("says",)])[0].places == [("a", 0)]
    assert Index(folder, "form").find("sentences", ("word1", "word2"), [("drug", "crisis")])[0].places == [("a", 4)]


def test_a_table_that_is_not_there_finds_nothing(tmp_path):
    write_parquet(tmp_path / "documents.parquet", rows_to_table("documents", []))
    assert Index(tmp_path, "lemma").find("quotes", ("speaker",), [("x",)])[0].total == 0
