"""Decisions come to the document that they are on: by its name, by its text, or by the sentence in a changed text."""

import json
from argparse import Namespace

from scripts.core.annotation import text_sha256
from scripts.core.schemas import arrow_schema
from scripts.core.storage import read_parquet, rows_to_table, write_parquet
from scripts.review.apply import correct_attributions, correct_codes, decisions_by_document
from scripts.review.decisions import Decision
from tests.review import test_corrections

TEXT = "The port will close. He said no. All left."


def decide(doc_id: str, text: str = TEXT, *, row: int = 2, new: str = "Bo Lee", context: str = "") -> Decision:
    """Return a decision on the words "no" of a text."""
    start = text.index("no")
    place = ("c.csv", row, doc_id, text_sha256(text), start, start + 2)
    return Decision(*place, "speaker", "Ann Smith", new, "cm", "2025-01-01", "", context)


def test_of_copies_of_a_text_the_one_that_the_decision_names_is_corrected() -> None:
    texts = dict.fromkeys(("a.txt", "b.txt", "c.txt"), TEXT)
    for doc_id in texts:
        assert decisions_by_document([decide(doc_id)], texts) == ({doc_id: [decide(doc_id)]}, [])


def test_a_renamed_document_is_known_by_its_text_and_so_are_all_copies_of_it_in_whatever_batch() -> None:
    texts = {"x.txt": "Another.", "b.txt": TEXT, "c.txt": TEXT}
    assigned, outcomes = decisions_by_document([decide("old.txt")], texts)
    assert (assigned, outcomes) == ({"b.txt": [decide("old.txt")], "c.txt": [decide("old.txt")]}, [])
    for batch in ("b.txt", "c.txt"):
        assert decisions_by_document([decide("old.txt")], {batch: TEXT})[0] == {batch: assigned[batch]}


def test_a_name_that_has_another_text_now_goes_to_the_document_with_the_old_text() -> None:
    assigned, outcomes = decisions_by_document([decide("a.txt")], {"a.txt": "Another text.", "b.txt": TEXT})
    assert (list(assigned), outcomes) == (["b.txt"], [])


def test_in_a_text_that_changed_a_decision_is_moved_with_its_sentence_or_stale() -> None:
    changed = f"Monday. {TEXT}"
    context = "The port will close. ‖ He said ⟦no⟧. ‖ All left."
    assigned, outcomes = decisions_by_document(
        [decide("a.txt", context=context), decide("a.txt", row=3, new="Cy Dunn")], {"a.txt": changed}
    )
    (moved,) = assigned["a.txt"]
    assert changed[moved.start : moved.end] == "no" and moved.text_sha256 == text_sha256(changed)
    assert [(outcome.decision.row, outcome.status) for outcome in outcomes] == [(3, "stale")]
    assert "not found again by its sentence" in outcomes[0].detail


def test_a_decision_on_a_document_of_another_batch_is_left_to_it() -> None:
    assert decisions_by_document([decide("elsewhere.txt")], {"a.txt": "Another text."}) == ({}, [])


def test_decisions_that_contradict_each_other_are_none_applied() -> None:
    texts = {"a.txt": TEXT}
    assigned, outcomes = decisions_by_document([decide("a.txt"), decide("a.txt", row=3, new="Cy Dunn")], texts)
    assert not assigned
    assert [(outcome.status, outcome.detail) for outcome in outcomes] == [
        ("conflicting", "it contradicts c.csv, row 3"),
        ("conflicting", "it contradicts c.csv, row 2"),
    ]
    agreeing, outcomes = decisions_by_document([decide("a.txt"), decide("a.txt", row=3)], texts)
    assert ([each.row for each in agreeing["a.txt"]], outcomes) == ([2, 3], [])


def test_the_step_corrects_one_document_and_leaves_the_rows_of_the_others(tmp_path) -> None:
    texts = {"a.txt": "All agreed.", "b.txt": TEXT, "c.txt": "No more."}
    files = ("documents", "codes", "decisions", "corrected_codes", "outcomes")
    options = Namespace(**{name: tmp_path / name for name in files})
    blank = dict.fromkeys(arrow_schema("documents").names)
    documents = [blank | {"doc_id": doc_id, "text": text} for doc_id, text in texts.items()]
    write_parquet(options.documents, rows_to_table("documents", documents))
    start = TEXT.index("no")
    cue = dict.fromkeys(arrow_schema("frame_codes").names) | {"scheme": "generic", "frame": "conflict"}
    codes = [cue | {"doc_id": doc_id, "start": start, "end": start + 2} for doc_id in texts]
    write_parquet(options.codes, rows_to_table("frame_codes", codes))
    decision = decide("b.txt")._replace(what="reject_frame", old="generic.conflict", new="")
    options.decisions.write_text(json.dumps(decision._asdict(), sort_keys=True) + "\n", encoding="utf-8")
    correct_codes(options)
    assert read_parquet(options.corrected_codes)["doc_id"].to_pylist() == ["a.txt", "c.txt"]
    (outcome,) = read_parquet(options.outcomes).to_pylist()
    assert (outcome["doc_id"], outcome["status"], outcome["what"]) == ("b.txt", "applied", "reject_frame")


def test_the_step_corrects_attributions_and_names_of_documents_that_were_analysed(tmp_path, monkeypatch) -> None:
    """Of two documents the second is in another language."""
    monkeypatch.setattr("scripts.review.apply.read_annotations", lambda *_: None)
    monkeypatch.setattr("scripts.review.apply.docs_of", lambda _: [test_corrections.DOC])
    files = ("documents", "sentences", "tokens", "parses", "quotes", "entities", "decisions", "outcomes")
    options = Namespace(**{name: tmp_path / name for name in (*files, "corrected_quotes", "corrected_entities")})
    texts = {"a.txt": test_corrections.TEXT, "b.txt": f"Nein. {test_corrections.TEXT}"}
    blank = dict.fromkeys(arrow_schema("documents").names)
    documents = [blank | {"doc_id": doc_id, "text": text} for doc_id, text in texts.items()]
    write_parquet(options.documents, rows_to_table("documents", documents))
    first, second = test_corrections.QUOTES
    write_parquet(options.quotes, rows_to_table("quotes", [first, second, first | {"doc_id": "b.txt"}]))
    mention = dict.fromkeys(arrow_schema("entities").names) | {"entity": "Bo Lee", "start": 0, "end": 1}
    write_parquet(options.entities, rows_to_table("entities", [mention | {"doc_id": doc_id} for doc_id in texts]))
    of_first = test_corrections.decide("speaker", old="Ann Smith", new="Jo Gray")
    of_second = of_first._replace(row=3, doc_id="b.txt", text_sha256=text_sha256(texts["b.txt"]))
    merged = of_first._replace(row=4, what="merge", old="Bo Lee", new="Robert Lee")
    on_frames = of_first._replace(row=5, what="reject_frame", old="generic.conflict", new="")
    lines = (json.dumps(each._asdict()) for each in (of_first, of_second, merged, on_frames))
    options.decisions.write_text("\n".join(lines), encoding="utf-8")
    correct_attributions(options)
    quotes = read_parquet(options.corrected_quotes, ["doc_id", "speaker"])
    assert [tuple(row.values()) for row in quotes.to_pylist()] == [
        ("a.txt", "Jo Gray"), ("a.txt", "Robert Lee"), ("b.txt", "Ann Smith")
    ]  # fmt: skip
    assert read_parquet(options.corrected_entities)["entity"].to_pylist() == ["Robert Lee", "Bo Lee"]
    outcomes = {row["row"]: row["status"] for row in read_parquet(options.outcomes).to_pylist()}
    assert outcomes == {2: "applied", 3: "stale", 4: "applied"}
