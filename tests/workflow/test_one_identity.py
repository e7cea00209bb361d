"""Corrections made at random on the real DAG: every table has the same statements and words of each speaker."""

from random import Random

import pyarrow.parquet as pq
import pytest

from scripts.core.statements import ATTITUDE
from tests.workflow.project import run
from tests.workflow.test_corrections import correction, counts, sheet, table

TABLES = ("quotes", "speakers", "sources", "quote_sources", "documents", "corrections_applied", "corrected_shares")


def random_corrections(quotes, texts, random):
    """Return corrections of some statements, merges of names in a document and everywhere."""
    names = sorted({row["speaker"] for row in quotes if row["speaker"]})
    rows = []
    for quote in quotes:
        field, new = (
            random.choice(["speaker", "merge", "type", "reject_quote", "", ""]),
            random.choice([*names, "Jo Gray"]),
        )
        old = {"type": quote["type"]}.get(field, quote["speaker_in_document"])
        new = {"type": "indirect", "reject_quote": ""}.get(field, new)
        if field and (old != new) and (old or field != "merge"):
            place = {"start": "", "end": ""} if field == "merge" else {}
            rows.append(correction(quote, texts, what=field, old=old, new=new) | place)
    everywhere = dict.fromkeys(("text_sha256", "start", "end"), "")
    old, new = random.sample(names, 2)
    rows.append(correction(quotes[0], texts, what="merge", old=old, new=new) | everywhere | {"doc_id": "*"})
    return rows


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2])
def test_statements_and_words_of_a_speaker_are_the_same_everywhere(project, seed) -> None:
    """For a few chosen corrections the same is seen in test_corrections.py."""
    assert run(project, "review_sheet").code == 0
    texts = {row["doc_id"]: row["text"] for row in table(project, "documents")}
    rows = random_corrections(table(project, "quotes"), texts, Random(seed))
    (project / "review").mkdir()
    (project / "review" / "corrections.csv").write_text(sheet(rows), encoding="utf-8")
    drawn = (project / "results" / "review" / "attributions.csv").read_text(encoding="utf-8")
    (project / "review" / "ann_attributions.csv").write_text(drawn, encoding="utf-8")
    done = run(project, *(f"results/tables/{name}.parquet" for name in TABLES))
    assert done.code == 0, done.output
    assert "applied" in {row["status"] for row in table(project, "corrections_applied")}
    quotes = [row for row in table(project, "quotes") if row["type"] != ATTITUDE]
    spoken = [row for row in quotes if row["n_words"]]
    expected = counts(spoken, "n_words")
    assert expected == {name: n for name, n in counts(table(project, "speakers")).items() if n[1]}
    assert expected == {name: n for name, n in counts(table(project, "sources")).items() if n[1]}
    assert expected == counts(table(project, "quote_sources"))
    names = {row["speaker"] for row in spoken} | {row["new"] for row in rows}
    merged = {row["old"] for row in rows if row["what"] == "merge" and row["doc_id"] == "*"} - names
    shares = pq.read_table(project / "results" / "tables" / "corrected_shares.parquet").to_pylist()
    assert not merged & {row["value"] for row in shares if row["share"] == "speaker"}
