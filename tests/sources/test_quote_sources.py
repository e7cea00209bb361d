"""Attributions with their place and row of the user's table, and the status of a speaker over all documents."""

import pyarrow as pa
import pytest

from scripts.core.known_sources import parse_known
from scripts.core.storage import rows_to_table
from scripts.sources.batch_sources import joined_sources
from scripts.sources.quote_sources import collected, quote_sources, sources
from tests.report.corpus import row

# Cy is an alias of one row, until 2020, and the name of another.
KNOWN = parse_known("s.csv", b"name,aliases,to\nAnn Lee,,2020\nBo Day,Cy,2020\nCy,,\nDi Fox,,\n").rows
COLUMNS = ("doc_id", "quote", "sentence", "speaker", "n_words", "n_quoted", "type")
QUOTES = [
    ("a", 0, 1, "Ann Lee", 5, 2, "direct"),
    ("a", 1, 0, "Cy", 4, 4, "direct"),
    ("a", 2, 3, "Bo Day", 0, 0, "no comment"),
    ("b", 0, 1, "Ann Lee", 3, 0, "indirect"),
    ("b", 1, 2, "", 7, 7, "direct"),
    ("b", 2, 4, "Ed Ray", 6, 0, "boilerplate"),
    ("b", 3, 4, "Di Fox", 6, 0, "indirect"),
    ("b", 4, 4, "Cy", 1, 0, "indirect"),
]
DOCUMENTS = [("a", "2019-05-01", 4), ("b", "2021-05-01", 5)]


def ranges():
    """Return the tables documents and quotes, a document at a time."""
    of_all = {"speaker_type": "person", "source": "", "role": "", "cue_lemma": "say", "corrected_by": ""}
    quotes = [
        {**of_all, **dict(zip(COLUMNS, each, strict=True)), "speaker_in_document": each[3], "cue_head_end": 4}
        | ({"role": "mayor"} if each[3] == "Di Fox" else {})
        for each in QUOTES
    ]
    documents = [{"doc_id": doc_id, "date": date, "n_sentences": n, "text": "Said"} for doc_id, date, n in DOCUMENTS]
    return [
        (
            pa.Table.from_pylist([each for each in documents if each["doc_id"] == doc_id]),
            pa.Table.from_pylist([each for each in quotes if each["doc_id"] == doc_id]),
        )
        for doc_id in "ab"
    ]


@pytest.fixture(scope="module")
def attributions():
    return collected(ranges(), joined_sources([], {}), KNOWN)


def test_a_corpus_that_quotes_nobody_has_no_rows():
    of_nobody = ((documents, quotes.slice(0, 0)) for documents, quotes in ranges())
    assert quote_sources(collected(of_nobody, joined_sources([], {}), KNOWN), slice(None)).num_rows == 0


def test_attributions_with_a_source_and_words_stand_in_the_order_of_the_text(attributions):
    table = quote_sources(attributions, slice(None)).to_pydict()
    places = [*zip(table["doc_id"], table["quote"], table["speaker"], table["words"], strict=True)]
    in_b = [("b", 0, "Ann Lee", 3), ("b", 3, "Di Fox", 6), ("b", 4, "Cy", 1)]
    assert places == [("a", 1, "Cy", 4), ("a", 0, "Ann Lee", 5), *in_b]
    assert table["words_direct"] == [4, 2, 0, 0, 0]
    assert table["first"] == [True, False, True, False, False]
    # The first quarter has the first of four sentences, and two of five.
    assert table["early"] == [True, False, True, False, False]


def test_a_document_has_a_first_source_even_if_the_one_before_it_has_none():
    of_b = ((documents, quotes if at else quotes.slice(0, 0)) for at, (documents, quotes) in enumerate(ranges()))
    table = quote_sources(collected(of_b, joined_sources([], {}), KNOWN), slice(None))
    assert table["first"].to_pylist() == [True, False, False]


def test_a_row_of_the_users_table_holds_on_the_date_of_the_document(attributions):
    table = quote_sources(attributions, slice(None)).to_pydict()
    assert table["status"] == ["ambiguous", "matched", "outside", "matched", "matched"]
    assert table["row"] == [None, 2, None, 5, 4]
    assert table["known"] == ["", "Ann Lee", "", "Di Fox", "Cy"]
    assert quote_sources(attributions, slice(1, 2)).to_pydict()["row"] == [2]


def test_a_speaker_has_the_status_that_most_needs_a_look_and_the_row_that_matches(attributions):
    names = ("Ann Lee", "Nobody", "Cy", "Di Fox")
    listed = rows_to_table("speakers", [row("speakers", speaker=name) for name in names])
    columns = ["speaker", "speaker_type", "role", "n_quotes", "n_documents", "words"]
    table = sources(attributions, listed.select(columns)).to_pydict()
    assert table["speaker"] == [*names]
    assert table["status"] == ["matched", "unmatched", "ambiguous", "matched"]
    assert table["known"] == ["Ann Lee", "", "Cy", "Di Fox"]
    assert table["kind"] == ["unknown", "unknown", "unknown", "politician"]
