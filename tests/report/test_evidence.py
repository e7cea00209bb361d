"""The lists of sentences behind numbers: titles, places, and what the page then cites."""

import json

import pytest

from scripts.core.anchors import document_anchor, sentence_anchor
from scripts.core.storage import rows_to_table, write_parquet
from scripts.report.evidence import Evidence
from scripts.report.index import Index, SentenceList
from scripts.report.words import IN_GROUP, NEAR
from tests.report.corpus import row


@pytest.fixture
def index(tmp_path):
    def of(*doc_ids):
        rows = [row("documents", doc_id=doc_id, title=f"On {doc_id}") for doc_id in doc_ids]
        write_parquet(tmp_path / "documents.parquet", rows_to_table("documents", rows))
        quotes = [row("quotes", doc_id="a", sentence=at, speaker="Lin") for at in range(30)]
        write_parquet(tmp_path / "quotes.parquet", rows_to_table("quotes", quotes))
        return Index(tmp_path, {"unit": "lemma", "window": 5})

    return of


def test_a_list_has_its_first_places_and_how_many_there_are(index):
    evidence = Evidence(index("a", "b"), most=2)
    first, none = evidence.links("quotes", ("speaker",), [("Lin",), ("Wang",)])
    (hits,) = evidence.lists.values()
    assert (first, none) == ("#" + hits.anchor, "")
    assert (hits.title, hits.places, hits.total) == ("Statements of Lin", [("a", 0), ("a", 1)], 30)
    assert json.loads(hits.key) == ["quotes", ["speaker"], ["Lin"]]
    assert evidence.cited == {"a": {0, 1}}
    assert len(Evidence(index("a"))._index.find("quotes", ("speaker",), [("Lin",)])[0].places) == 20


def test_a_document_or_a_sentence_of_it_is_cited(index):
    evidence = Evidence(index("a"))
    assert evidence.cite("a") == "#" + document_anchor("a")
    assert evidence.cited == {"a": set()}
    assert evidence.cite("a", 0) == "#" + sentence_anchor("a", 0)
    assert evidence.cited == {"a": {0}}
    assert evidence.titles == {"a": "On a"}
    assert evidence.one_document and not Evidence(index("a", "b")).one_document


@pytest.mark.parametrize(
    ("table", "key", "title"),
    [
        ("frame_codes", ("generic", "conflict"), "Cues of generic · conflict"),
        ("tokens", ("tax",), "Sentences with “tax”"),
        (NEAR, ("tax", "law"), "Sentences with tax · law near each other"),
        (IN_GROUP, ("tax", "outlet", "Globe", "target"), "Sentences with “tax” in Globe"),
        (IN_GROUP, ("tax", "outlet", "Globe", "reference"), "Sentences with “tax” in all groups but Globe"),
    ],
)
def test_the_title_says_what_is_listed(index, table, key, title):
    evidence = Evidence(index("a"))
    evidence.add(SentenceList([("a", 3)], 1), table, (), key)
    assert [hits.title for hits in evidence.lists.values()] == [title]


def test_a_list_has_the_key_by_which_the_page_finds_its_rows_and_no_rows_have_no_list(index):
    evidence, columns = Evidence(index("a")), ("attribute", "value", "group")
    assert evidence.add(SentenceList([("a", 3)], 1), "quote_sources", columns, ("kind", "expert", "(all)"))[:2] == "#e"
    assert [(hits.title, hits.key) for hits in evidence.lists.values()] == [
        ("Statements: expert", '["quote_sources", ["attribute", "value", "group"], ["kind", "expert", "(all)"]]'),
    ]
    assert evidence.add(SentenceList([], 0), "entities", ("kind",), ("citizen",)) == "" and len(evidence.lists) == 1


def test_the_first_twenty_places_of_a_list_are_cited(index):
    evidence = Evidence(index("a"))
    evidence.add(SentenceList([("a", at) for at in range(25)], 25), "quotes", (), ("Lin",))
    assert evidence.cited == {"a": set(range(20))}
