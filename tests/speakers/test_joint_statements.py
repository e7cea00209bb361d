"""Statements that several say together: a row for each further speaker, under their name over all documents."""

from scripts.core.storage import rows_to_table
from scripts.speakers.joint_statements import joint_statements, read_joint, read_named
from tests.report.corpus import row, write_tables

NAMED = {("a", 8): ("Bo Lee", "person"), ("a", 15): ("Mill Board", "organisation"), ("a", 20): ("Peru", "place"),
         ("a", 30): ("Ann Ray", "person")}  # fmt: skip


def statement(number, starts, **columns):
    spans = {"content_spans": [[40, 60]], "joint_spans": [[start, start + 5] for start in starts]}
    place = {"doc_id": "a", "quote": number, "sentence": number + 3}
    return row("quotes", **place, **spans, **({"speaker": "Ann Ray", "n_words": 7, "type": "indirect"} | columns))


def rows(*statements):
    return joint_statements(rows_to_table("quotes", statements), NAMED).to_pylist()


def test_a_row_for_each_further_speaker():
    first, second, third = rows(statement(0, [8, 15, 20]), statement(1, []))
    assert [first[name] for name in ("doc_id", "quote", "sentence", "speaker", "speaker_type", "n_words")] == [
        "a", 0, 3, "Bo Lee", "person", 7,
    ]  # fmt: skip
    assert (second["quote"], second["speaker"], second["speaker_type"]) == (0, "Mill Board", "organisation")
    assert (third["speaker"], third["speaker_type"]) == ("Peru", "government")


def test_nobody_says_a_statement_twice():
    assert [made["speaker"] for made in rows(statement(0, [8, 30, 8]))] == ["Bo Lee"]


def test_a_mention_that_has_no_name_over_all_documents_is_nobody():
    assert rows(statement(0, [99])) == []


def test_joint_mentions_are_found_by_document_and_place(tmp_path):
    quotes = [statement(0, [15]), statement(1, []), statement(2, [8], type="no comment")]
    places = [("a", 0, 8, "Gray"), ("a", 1, 15, "Lee"), ("b", 0, 15, "Ray")]
    entities = [{"doc_id": doc_id, "mention": at, "start": start} for doc_id, at, start, _ in places]
    names = [{"doc_id": doc_id, "mention": at, "name": name, "kind": "person"} for doc_id, at, _, name in places]
    write_tables(tmp_path, quotes=quotes, entities=entities, entity_mentions=names)
    joint = read_joint(tmp_path / "quotes.parquet")
    assert joint["quote"].to_pylist() == [0]
    assert read_named(tmp_path, joint) == {("a", 15): ("Lee", "person")}
