"""Statements that several say together: a row for each further speaker, under their name over all documents."""

from scripts.core.schemas import arrow_schema
from scripts.core.storage import rows_to_table, write_parquet
from scripts.speakers.joint_statements import joint_statements, read_joint, read_named

NAMED = {("a", 8): ("Bo Lee", "person"), ("a", 15): ("Mill Board", "organisation"), ("a", 30): ("Ann Ray", "person")}


def statement(number, starts, speaker="Ann Ray"):
    row = dict.fromkeys(arrow_schema("quotes").names, "")
    row |= dict.fromkeys(f"{at}_{end}" for at in ("cue", "cue_head", "source", "ref") for end in ("start", "end"))
    spans = {"content_spans": [[40, 60]], "joint_spans": [[start, start + 5] for start in starts]}
    return row | spans | {"doc_id": "a", "quote": number, "sentence": number + 3, "speaker": speaker,
                          "n_words": 7, "n_quoted": 0, "confidence": 0.9, "type": "indirect"}  # fmt: skip


def rows(*statements):
    return joint_statements(rows_to_table("quotes", statements), NAMED).to_pylist()


def test_a_row_for_each_further_speaker():
    first, second = rows(statement(0, [8, 15]), statement(1, []))
    assert [first[name] for name in ("doc_id", "quote", "sentence", "speaker", "speaker_type", "n_words")] == [
        "a", 0, 3, "Bo Lee", "person", 7,
    ]  # fmt: skip
    assert (second["quote"], second["speaker"], second["speaker_type"]) == (0, "Mill Board", "organisation")


def test_nobody_says_a_statement_twice():
    assert [row["speaker"] for row in rows(statement(0, [8, 30, 8]))] == ["Bo Lee"]


def test_a_mention_that_has_no_name_over_all_documents_is_nobody():
    assert rows(statement(0, [99])) == []


def test_joint_mentions_are_found_by_document_and_place(tmp_path):
    def write(table, *lines):
        empty = dict.fromkeys(arrow_schema(table).names)
        write_parquet(tmp_path / f"{table}.parquet", rows_to_table(table, [empty | line for line in lines]))

    write("quotes", statement(0, [15]), statement(1, []), statement(2, [8]) | {"type": "no comment"})
    joint = read_joint(tmp_path / "quotes.parquet")
    assert joint["quote"].to_pylist() == [0]
    places = [("a", 0, 8), ("a", 1, 15), ("b", 0, 15)]
    write("entities", *({"doc_id": doc_id, "mention": at, "start": start} for doc_id, at, start in places))
    names = [("a", 0, "Gray"), ("a", 1, "Lee"), ("b", 0, "Ray")]
    mentions = [{"doc_id": doc, "mention": at, "name": name, "kind": "person"} for doc, at, name in names]
    write("entity_mentions", *mentions)
    assert read_named(tmp_path, joint) == {("a", 15): ("Lee", "person")}
