"""A reader's corrections on the real DAG: what reruns, what they survive, and what becomes of those in vain."""

import csv
import io
import shutil

import pyarrow.parquet as pq

from scripts.core.annotation import text_sha256
from scripts.review.decisions import COLUMNS
from tests.workflow.project import SEEDS, batch_of, run

TARGETS = (
    "results/tables/quotes.parquet",
    "results/tables/corrections_applied.parquet",
    "results/tables/problems.parquet",
    "results/tables/frame_codes.parquet",
)

# Tables that are made of quotes.parquet, speaker by speaker.
OF_SPEAKERS = tuple(
    f"results/tables/{name}.parquet" for name in ("quote_sources", "source_shares", "quote_families", "quote_reuse")
)


def table(project, name):
    return pq.read_table(project / "results" / "tables" / f"{name}.parquet").to_pylist()


def is_of_party(row) -> bool:
    """Return whether a row of source_shares is of all statements of the corpus by party."""
    place = row["attribute"], row["group"], row["origin"], row["measure"]
    return place == ("party", "(all)", "(all)", "statements")


def sheet(rows) -> str:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    writer.writerows([row[name] for name in COLUMNS] for row in rows)
    return out.getvalue()


def correction(quote, texts, **values) -> dict:
    spans = quote["content_spans"]
    empty = dict.fromkeys(COLUMNS, "")
    place = {"doc_id": quote["doc_id"], "start": spans[0][0], "end": spans[-1][1]}
    return {**empty, **place, "text_sha256": text_sha256(texts[quote["doc_id"]]), "who": "cm", **values}


def test_a_correction_redoes_its_batch_only_and_survives_a_new_name_of_the_file(project) -> None:
    texts = {row["doc_id"]: row["text"] for row in table(project, "documents")}
    (quote,) = [row for row in table(project, "quotes") if row["doc_id"] == "school.txt" and row["type"] == "direct"]
    assert (quote["speaker"], quote["corrected_by"]) == ("Omar Haddad", "")
    (project / "review").mkdir()
    (project / "sources.csv").write_text("name,party\nAmal Haddad,Green\n", encoding="utf-8")
    rows = [
        correction(quote, texts, what="speaker", old="Omar Haddad", new="Amal Haddad"),
        correction(quote, texts, what="type", old="mixed", new="indirect"),
        correction(quote, texts, what="speaker", old="A", new="B", doc_id="gone.txt", text_sha256="0" * 64),
        correction(quote, texts, what="spaeker"),
    ]
    (project / "review" / "corrections.csv").write_text(sheet(rows), encoding="utf-8")
    done = run(project, *TARGETS, *OF_SPEAKERS)
    assert done.code == 0, done.output
    assert {"quote_sources", "quote_families"} <= done.rules
    sources = {(row["doc_id"], row["quote"]): row["speaker"] for row in table(project, "quote_sources")}
    assert sources["school.txt", quote["quote"]] == "Amal Haddad"
    party = {row["value"]: row["n"] for row in table(project, "source_shares") if is_of_party(row)}
    assert party == {"Green": 1, "unknown": len(sources) - 1}
    reused = {row["doc_id"]: row["speaker"] for row in table(project, "quote_reuse")}
    assert reused == {"school.txt": "Amal Haddad", "harbour.txt": "Omar Haddad"}
    (family,) = table(project, "quote_families")
    assert {*family["speakers"].split("; ")} == {"Amal Haddad", "Omar Haddad"}
    assert done.batches("corrections") == {batch_of(name) for name in SEEDS}  # gone.txt may be any of them
    assert not done.rules & {"documents", "tokens", "parses", "entities", "quotes", "counts"}
    corrected = {row["doc_id"]: row for row in table(project, "quotes") if row["type"] == "direct"}["school.txt"]
    assert (corrected["speaker"], corrected["corrected_by"]) == ("Amal Haddad", "corrections.csv, row 2")
    fates = {row["row"]: row["status"] for row in table(project, "corrections_applied")}
    assert fates == {2: "applied", 3: "stale", 4: "unknown document"}
    problems = [row["message"] for row in table(project, "problems") if row["stage"] == "corrections"]
    assert [message.split(":")[0] for message in problems] == ["Row 5", "Row 3", "Row 4"]

    (project / "seeds" / "school.txt").rename(project / "seeds" / "college.txt")
    assert run(project, *TARGETS).code == 0
    corrected = {row["doc_id"]: row for row in table(project, "quotes") if row["type"] == "direct"}["college.txt"]
    assert corrected["speaker"] == "Amal Haddad"

    shutil.rmtree(project / "review")
    done = run(project, *TARGETS[:1], *OF_SPEAKERS)
    assert done.code == 0 and {"quote_sources", "quote_families"} <= done.rules
    assert {row["speaker"] for row in table(project, "quote_reuse")} == {"Omar Haddad"}
    assert {row["value"] for row in table(project, "source_shares") if is_of_party(row)} == {"unknown"}
    assert "Omar Haddad" in {row["speaker"] for row in table(project, "quotes")}


def test_one_changed_row_redoes_one_batch(project) -> None:
    texts = {row["doc_id"]: row["text"] for row in table(project, "documents")}
    quotes = table(project, "quotes")
    rows = [correction(quote, texts, what="speaker", old=quote["speaker"], new="Jo Gray") for quote in quotes]
    (project / "review").mkdir()
    (project / "review" / "corrections.csv").write_text(sheet(rows), encoding="utf-8")
    assert run(project, *TARGETS).code == 0
    changed = [{**row, "new": "Al Gray"} if row["doc_id"] == "river.txt" else row for row in rows]
    (project / "review" / "corrections.csv").write_text(sheet(changed), encoding="utf-8")
    done = run(project, *TARGETS)
    assert done.batches("corrections") == {batch_of("river.txt")}
    assert done.batches("frame_codes") == {batch_of("river.txt")}


def test_a_document_is_left_out_with_a_reason(project) -> None:
    texts = {row["doc_id"]: row["text"] for row in table(project, "documents")}
    (quote,) = [row for row in table(project, "quotes") if row["doc_id"] == "river.txt"]
    row = {**correction(quote, texts, what="reject_document", note="satire"), "start": "", "end": ""}
    (project / "review").mkdir()
    (project / "review" / "left out.csv").write_text(sheet([row]), encoding="utf-8")
    assert run(project, *TARGETS).code == 0
    assert "river.txt" not in {row["doc_id"] for row in table(project, "documents")}
    (problem,) = [row for row in table(project, "problems") if row["seed"] == "river.txt"]
    assert "satire" in problem["message"]
    assert [row["status"] for row in table(project, "corrections_applied")] == ["applied"]
