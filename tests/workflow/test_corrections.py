"""A reader's corrections on the real DAG: what reruns, what they survive, and what becomes of those in vain."""

import csv
import io
import shutil
from collections import Counter
from pathlib import Path
from typing import NamedTuple

import pyarrow.parquet as pq
import pytest

from scripts.core.annotation import text_sha256
from scripts.core.schemas import entries, steps, tables_of
from scripts.review.decisions import DECISION_COLUMNS
from tests.workflow.project import SEEDS, Run, batch_of, run

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


def texts_of(project) -> dict[str, str]:
    return {row["doc_id"]: row["text"] for row in table(project, "documents")}


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


class Corrected(NamedTuple):
    """A project that ran with corrections, only to be looked at; its run, the sheet's rows, the quote put right."""

    project: Path
    done: Run
    rows: list[dict]
    quote: dict


@pytest.fixture(scope="module")
def corrected(finished, tmp_path_factory) -> Corrected:
    project = shutil.copytree(finished, tmp_path_factory.mktemp("corrected") / "project", symlinks=True)
    texts = texts_of(project)
    (quote,) = [row for row in table(project, "quotes") if row["doc_id"] == "school.txt" and row["type"] == "direct"]
    assert (quote["speaker"], quote["corrected_by"]) == ("Omar Haddad", "")
    rows = [
        correction(quote, texts, what="speaker", old="Omar Haddad", new="Amal Haddad"),
        correction(quote, texts, what="type", old="mixed", new="indirect"),
        correction(quote, texts, what="speaker", old="A", new="B", doc_id="gone.txt", text_sha256="0" * 64),
        correction(quote, texts, what="spaeker"),
    ]
    (project / "sources.csv").write_text("name,party,qid\nAmal Haddad,Green,Q1\n", encoding="utf-8")
    (project / "review").mkdir()
    (project / "review" / "corrections.csv").write_text(sheet(rows), encoding="utf-8")
    done = run(project, *TARGETS, *OF_SPEAKERS)
    assert done.code == 0, done.output
    return Corrected(project, done, rows, quote)


def test_corrections_redo_what_is_made_of_speakers_alone(corrected) -> None:
    done = corrected.done
    assert {"speakers", "quote_families"} <= done.rules
    assert not done.rules & {"documents", "parses", "quotes", "counts"}
    assert done.batches("corrections") == {batch_of(name) for name in SEEDS}  # gone.txt may be any of them


def test_another_party_of_a_known_source_links_no_names_again(corrected) -> None:
    sources = corrected.project / "sources.csv"
    before = sources.read_text(encoding="utf-8")
    sources.write_text(before.replace("Green", "Red"), encoding="utf-8")
    planned = run(corrected.project, *TARGETS, *OF_SPEAKERS, "--dry-run").planned
    sources.write_text(before, encoding="utf-8")
    assert "speakers" in planned and not planned.keys() & {"entity_statistics", "quote_families", "token_table"}


def test_each_row_of_the_sheet_has_its_fate_and_those_in_vain_are_problems(corrected) -> None:
    fates = {row["row"]: row["status"] for row in table(corrected.project, "corrections_applied")}
    assert fates == {2: "applied", 3: "stale", 4: "unknown document"}
    problems = [row["message"] for row in table(corrected.project, "problems") if row["stage"] == "corrections"]
    assert [message.split(":")[0] for message in problems] == ["Row 5", "Row 3", "Row 4"]


def test_a_corrected_speaker_is_the_same_in_every_table(corrected) -> None:
    """Corrections made at random, with merges of names, are slow: test_one_identity.py."""
    project = corrected.project
    direct = {row["doc_id"]: row for row in table(project, "quotes") if row["type"] == "direct"}["school.txt"]
    assert (direct["speaker"], direct["corrected_by"]) == ("Amal Haddad", "corrections.csv, row 2")
    sources = {(row["doc_id"], row["quote"]): row["speaker"] for row in table(project, "quote_sources")}
    assert sources["school.txt", corrected.quote["quote"]] == "Amal Haddad"
    party = {row["value"]: row["n"] for row in table(project, "source_shares") if is_of_party(row)}
    assert party == {"Green": 1, "unknown": len(sources) - 1}
    reused = {row["doc_id"]: row["speaker"] for row in table(project, "quote_reuse")}
    assert reused == {"school.txt": "Amal Haddad", "harbour.txt": "Omar Haddad"}
    (family,) = table(project, "quote_families")
    assert {*family["speakers"].split("; ")} == {"Amal Haddad", "Omar Haddad"}
    spoken = counts([row for row in table(project, "quotes") if row["n_words"]], "n_words")
    assert spoken["Amal Haddad"][0] == 1 and spoken["Omar Haddad"][0] == 1
    for name in ("speakers", "sources", "quote_sources"):
        assert {speaker: n for speaker, n in counts(table(project, name)).items() if n[1]} == spoken, name


def test_each_table_has_the_id_beside_the_name_wherever_it_stands(corrected) -> None:
    made = [name for rule in corrected.done.rules & steps().keys() for name in tables_of(rule)]
    for name in [*made, "quotes", "frame_codes", "blame"]:
        for column, beside in entries()[name].get("names", {}).items():
            named = table(corrected.project, name)
            assert [row[beside] for row in named] == ["qid: Q1" * (row[column] == "Amal Haddad") for row in named], name


@pytest.mark.slow
def test_a_changed_row_redoes_its_batch_alone_and_a_new_name_of_the_file_is_no_matter(corrected, tmp_path) -> None:
    project = shutil.copytree(corrected.project, tmp_path / "project", symlinks=True)
    texts = texts_of(project)
    (river,) = [row for row in table(project, "quotes") if row["doc_id"] == "river.txt"]
    changed = [*corrected.rows, correction(river, texts, what="speaker", old=river["speaker"], new="Al Gray")]
    (project / "review" / "corrections.csv").write_text(sheet(changed), encoding="utf-8")
    planned = run(project, *TARGETS, "--dry-run").planned
    assert planned["corrections"] == planned["frame_codes"] == 1

    rejected = {**correction(river, texts, what="reject_document", note="satire"), "start": "", "end": ""}
    (project / "review" / "corrections.csv").write_text(sheet(corrected.rows), encoding="utf-8")
    (project / "review" / "left out.csv").write_text(sheet([rejected]), encoding="utf-8")
    (project / "seeds" / "school.txt").rename(project / "seeds" / "college.txt")
    assert run(project, *TARGETS).code == 0
    speakers = {row["doc_id"]: row["speaker"] for row in table(project, "quotes") if row["type"] == "direct"}
    assert speakers["college.txt"] == "Amal Haddad"
    assert "river.txt" not in texts_of(project)
    (problem,) = [row for row in table(project, "problems") if row["seed"] == "river.txt"]
    assert "satire" in problem["message"]
    fates = [row["status"] for row in table(project, "corrections_applied") if row["file"] == "left out.csv"]
    assert fates == ["applied"]

    shutil.rmtree(project / "review")
    planned = run(project, *OF_SPEAKERS, "--dry-run").planned
    assert {"speakers", "quote_families"} <= planned.keys() and "corrections" not in planned
