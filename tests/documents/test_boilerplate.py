"""Paragraphs that an outlet repeats: what is found, what stays, and what is left out of counts."""

import numpy as np
import pyarrow as pa
import pytest

from scripts.core.storage import rows_to_table, write_parquet
from scripts.documents.boilerplate import (
    Document,
    additions,
    boilerplate_rows,
    find_boilerplate,
    is_repeated,
    paragraph_key,
    places_table,
    read_documents,
    read_paragraphs,
)

NOTE = "Editor's note: the mayor is a rampant liar, critics say."
DAYS = ["2024-01-01", "2024-01-02", "2024-01-03"]


def corpus(articles: list[list[str]]):
    """Return the paragraphs of articles d0, d1 ..., each given by its paragraphs of one sentence."""
    doc_ids = [f"d{number}" for number in range(len(articles))]
    sentences: list[dict[str, object]] = []
    for doc_id, paragraphs in zip(doc_ids, articles, strict=True):
        start = 0
        for number, text in enumerate(paragraphs):
            place = {"paragraph": number, "sentence": number, "start": start, "end": start + len(text)}
            sentences.append({"doc_id": doc_id, **place})
            start += len(text) + 2
    texts = pa.table({"doc_id": doc_ids, "text": ["\n\n".join(article) for article in articles]})
    return read_paragraphs([{"documents": texts, "sentences": pa.Table.from_pylist(sentences)}])


def published(outlets: list[str], days: list[str] | None = None, stories: list[str] | None = None) -> list[Document]:
    days = days or [DAYS[at % 3] for at in range(len(outlets))]
    stories = stories or [f"d{at}" for at in range(len(outlets))]
    return [*map(Document, outlets, days, stories)]


def noted(n: int) -> list[list[str]]:
    return [[f"News of day {at}.", NOTE if at % 2 else f"  {NOTE.upper()} "] for at in range(n)]


def test_what_an_outlet_repeats_is_found_whatever_its_case_and_white_space():
    (note,) = find_boilerplate(corpus(noted(5)), published(["Globe"] * 5))
    assert (note.publisher, note.rows) == ("Globe", (1, 3, 5, 7, 9))


@pytest.mark.parametrize(
    ("documents", "expected"),
    [
        (published(["Globe"] * 4), False),
        (published(["Globe"] * 5), True),
        (published(["Globe"] * 5, ["2024-01-01"] * 3 + ["2024-01-02"] * 2), False),
        (published(["Globe"] * 5, [""] * 5), True),  # no dates: articles alone are asked for
        (published(["Globe"] * 6, ["", *["2024-01-01"] * 5]), False),
        (published(["Globe"] * 5, stories=["d0", "d0", "d2", "d3", "d4"]), False),  # versions of one story
    ],
)
def test_so_many_articles_on_so_many_days(documents, expected):
    assert is_repeated(documents) is expected


def test_a_paragraph_that_other_outlets_print_as_well_is_news():
    articles = [*noted(5), ["Other news.", NOTE]]
    assert find_boilerplate(corpus(articles), published(["Globe"] * 5 + ["Post"])) == []
    twice = find_boilerplate(corpus(noted(10)), published(["Globe"] * 5 + ["Post"] * 5))
    assert [each.publisher for each in twice] == ["Globe", "Post"]
    most = find_boilerplate(corpus([*noted(10), ["Other news.", NOTE]]), published(["Globe"] * 10 + ["Post"]))
    assert [each.publisher for each in most] == ["Globe"]
    # A tenth of the documents with it may be of others, not more.
    for of_globe, publishers in ((9, ["Globe"]), (8, [])):
        articles = [*noted(of_globe), ["Other news.", NOTE]]
        passages = find_boilerplate(corpus(articles), published(["Globe"] * of_globe + ["Post"]))
        assert [each.publisher for each in passages] == publishers


def test_quotations_and_what_leads_to_a_statement_stay():
    assert paragraph_key("“We will not close this harbour while I am mayor,” Smith said.") is None
    assert paragraph_key("The mayor made the following statement:") is None
    assert paragraph_key("***") is None
    assert paragraph_key("The so-called “mayor” will not reply.") is not None


def test_the_same_paragraph_twice_in_an_article_counts_once():
    articles = [["News.", NOTE, NOTE], *noted(6)[1:]]
    assert find_boilerplate(corpus(articles[:4]), published(["Globe"] * 4)) == []
    (note,) = find_boilerplate(corpus(articles), published(["Globe"] * 6))
    assert (note.n_documents, len(note.rows)) == (6, 7)


def test_rows_say_what_it_adds_and_where_it_stands():
    paragraphs, documents = corpus(noted(5)), published(["Globe"] * 5)
    passages = find_boilerplate(paragraphs, documents)
    places = places_table(passages, paragraphs, [f"d{at}" for at in range(5)], left_out=True)
    assert places["doc_id"].to_pylist() == ["d0", "d1", "d2", "d3", "d4"]
    assert {(row["sentence"], row["last"], row["boilerplate"]) for row in places.to_pylist()} == {(1, 2, 1)}
    quotes = pa.table({"doc_id": ["d0", "d1", "d1"], "sentence": [0, 1, 1], "n_words": [9, 4, 3]})
    n, words = additions([quotes], places)
    assert (n.tolist(), words.tolist()) == ([0, 2, 0, 0, 0], [0, 7, 0, 0, 0])
    added = {"statements": np.array([2]), "all_words": np.array([45])}
    (row,) = boilerplate_rows(passages, paragraphs, documents, [NOTE], added)
    assert row == {
        "boilerplate": 1, "outlet": "Globe", "documents": 5, "days": 3, "first": "2024-01-01", "last": "2024-01-03",
        "statements": 2, "all_words": 45, "text": NOTE,
    }  # fmt: skip


def test_the_publisher_is_the_outlet_or_else_the_folder(tmp_path):
    rows = [
        {"doc_id": "globe/a.txt", "seed": "globe/a.txt", "outlet": "", "date": "2024-05-01T10:00:00"},
        {"doc_id": "x.csv#1", "seed": "x.csv", "outlet": "Post", "date": "2024"},
    ]
    columns = {"doc_id": "", "seed": "", "date": "", "outlet": ""}
    write_parquet(tmp_path / "documents.parquet", pa.Table.from_pylist([columns | row for row in rows]))
    write_parquet(tmp_path / "near_duplicates.parquet", rows_to_table("near_duplicates", []))
    assert read_documents(tmp_path) == [Document("globe", "2024-05-01", "globe/a.txt"), Document("Post", "", "x.csv#1")]
