"""A reader's corrections on the real DAG: what reruns, what they survive, and what becomes of those in vain."""

import csv
import io
import shutil
from collections import Counter

import pyarrow.parquet as pq

from scripts.core.annotation import text_sha256
from scripts.core.schemas import entries, steps, tables_of
from scripts.review.decisions import DECISION_COLUMNS
from tests.workflow.project import SEEDS, batch_of, run

TARGETS = (
    "results/tables/quotes.parquet",
    "results/tables/corrections_applied.parquet",
    "results/tables/problems.parquet",
    "results/tables/frame_codes.parquet",
)

# Tables that are made of quotes.parquet, speaker by speaker.
OF_SPEAKERS = tuple(
    f"results/tables/{name}.parquet"
    for name in ("speakers", "sources", "quote_sources", "source_shares", "quote_families", "quote_reuse")
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
    writer.writerow(DECISION_COLUMNS)
    writer.writerows([row[name] for name in DECISION_COLUMNS] for row in rows)
    return out.getvalue()


def correction(quote, texts, **values) -> dict:
    spans = quote["content_spans"]
    empty = dict.fromkeys(DECISION_COLUMNS, "")
    place = {"doc_id": quote["doc_id"], "start": spans[0][0], "end": spans[-1][1]}
    return {**empty, **place, "text_sha256": text_sha256(texts[quote["doc_id"]]), "who": "cm", **values}


def counts(rows, words="words"):
    """Return the statements and words of each speaker in rows that are statements."""
    statements, total = Counter(), Counter()
    for row in rows:
        if row["speaker"]:
            statements[row["speaker"]] += row.get("n_quotes", 1)
            total[row["speaker"]] += row[words]
    return {name: (n, total[name]) for name, n in statements.items()}


def test_a_correction_redoes_its_batch_only_and_survives_a_new_name_of_the_file(project) -> None:
    texts = {row["doc_id"]: row["text"] for row in table(project, "documents")}
    (river,) = [row for row in table(project, "quotes") if row["doc_id"] == "river.txt"]
    (quote,) = [row for row in table(project, "quotes") if row["doc_id"] == "school.txt" and row["type"] == "direct"]
    assert (quote["speaker"], quote["corrected_by"]) == ("Omar Haddad", "")
    (project / "review").mkdir()
    (project / "sources.csv").write_text("name,party,qid\nAmal Haddad,Green,Q1\n", encoding="utf-8")
    rows = [
        correction(quote, texts, what="speaker", old="Omar Haddad", new="Amal Haddad"),
        correction(quote, texts, what="type", old="mixed", new="indirect"),
        correction(quote, texts, what="speaker", old="A", new="B", doc_id="gone.txt", text_sha256="0" * 64),
        correction(quote, texts, what="spaeker"),
    ]
    (project / "review" / "corrections.csv").write_text(sheet(rows), encoding="utf-8")
    done = run(project, *TARGETS, *OF_SPEAKERS)
    assert done.code == 0, done.output
    assert {"speakers", "quote_families"} <= done.rules
    sources = {(row["doc_id"], row["quote"]): row["speaker"] for row in table(project, "quote_sources")}
    assert sources["school.txt", quote["quote"]] == "Amal Haddad"
    # Each table has the id beside the name, wherever it stands.
    made = [name for rule in done.rules & steps().keys() for name in tables_of(rule)]
    for name in [*made, "quotes", "frame_codes", "blame"]:
        for column, beside in entries()[name].get("names", {}).items():
            named = table(project, name)
            assert [row[beside] for row in named] == ["qid: Q1" * (row[column] == "Amal Haddad") for row in named], name
    party = {row["value"]: row["n"] for row in table(project, "source_shares") if is_of_party(row)}
    assert party == {"Green": 1, "unknown": len(sources) - 1}
    reused = {row["doc_id"]: row["speaker"] for row in table(project, "quote_reuse")}
    assert reused == {"school.txt": "Amal Haddad", "harbour.txt": "Omar Haddad"}
    (family,) = table(project, "quote_families")
    assert {*family["speakers"].split("; ")} == {"Amal Haddad", "Omar Haddad"}
    assert done.batches("corrections") == {batch_of(name) for name in SEEDS}  # gone.txt may be any of them
    assert not done.rules & {"documents", "parses", "quotes", "counts"}
    corrected = {row["doc_id"]: row for row in table(project, "quotes") if row["type"] == "direct"}["school.txt"]
    assert (corrected["speaker"], corrected["corrected_by"]) == ("Amal Haddad", "corrections.csv, row 2")
    fates = {row["row"]: row["status"] for row in table(project, "corrections_applied")}
    assert fates == {2: "applied", 3: "stale", 4: "unknown document"}
    problems = [row["message"] for row in table(project, "problems") if row["stage"] == "corrections"]
    assert [message.split(":")[0] for message in problems] == ["Row 5", "Row 3", "Row 4"]

    # Corrections made at random, with merges of names, are slow: test_one_identity.py.
    spoken = counts([row for row in table(project, "quotes") if row["n_words"]], "n_words")
    assert spoken["Amal Haddad"][0] == 1 and spoken["Omar Haddad"][0] == 1
    for name in ("speakers", "sources", "quote_sources"):
        assert {speaker: n for speaker, n in counts(table(project, name)).items() if n[1]} == spoken, name

    # A changed row redoes its batch alone.
    changed = [*rows, {**correction(river, texts, what="speaker", old=river["speaker"], new="Al Gray")}]
    (project / "review" / "corrections.csv").write_text(sheet(changed), encoding="utf-8")
    planned = run(project, *TARGETS, "--dry-run").planned
    assert planned["corrections"] == planned["frame_codes"] == 1

    # Another name of the file is no matter, and a document is left out with a reason.
    rejected = {**correction(river, texts, what="reject_document", note="satire"), "start": "", "end": ""}
    (project / "review" / "corrections.csv").write_text(sheet(rows), encoding="utf-8")
    (project / "review" / "left out.csv").write_text(sheet([rejected]), encoding="utf-8")
    (project / "seeds" / "school.txt").rename(project / "seeds" / "college.txt")
    assert run(project, *TARGETS).code == 0
    corrected = {row["doc_id"]: row for row in table(project, "quotes") if row["type"] == "direct"}["college.txt"]
    assert corrected["speaker"] == "Amal Haddad"
    assert "river.txt" not in {row["doc_id"] for row in table(project, "documents")}
    (problem,) = [row for row in table(project, "problems") if row["seed"] == "river.txt"]
    assert "satire" in problem["message"]
    fates = [row["status"] for row in table(project, "corrections_applied") if row["file"] == "left out.csv"]
    assert fates == ["applied"]

    shutil.rmtree(project / "review")
    planned = run(project, *OF_SPEAKERS, "--dry-run").planned
    assert {"speakers", "quote_families"} <= planned.keys() and "corrections" not in planned
