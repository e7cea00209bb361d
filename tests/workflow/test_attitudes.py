"""With `quotes.attitudes` quotes has more rows, which statement_totals counts, and no other table another byte."""

import re

import pyarrow.parquet as pq
import pytest

from scripts.core.statements import ATTITUDE
from tests.attribution.test_attitudes import ATTITUDES
from tests.workflow.project import SEEDS as SPEECH
from tests.workflow.project import copy_project, run

SEEDS = {**SPEECH, "hopes.txt": " ".join(ATTITUDES) + "\n\nThe union said the council wants a new mill.\n"}
HEADING = "Attitudes: what somebody is said to want"


@pytest.mark.slow
def test_only_quotes_and_the_totals_of_statements_have_attitudes(tmp_path):
    project = copy_project(tmp_path, seeds=SEEDS)
    targets = ("results/report.html", "results/tables/quotes.parquet")
    assert run(project, *targets).code == 0
    assert HEADING not in (project / "results" / "report.html").read_text(encoding="utf-8")
    tables = {path.name: path.read_bytes() for path in (project / "results" / "tables").glob("*.parquet")}
    speech = pq.read_table(project / "results" / "tables" / "quotes.parquet").to_pylist()
    config = project / "config.yaml"
    config.write_text(
        re.sub(r"attitudes: false", "attitudes: true", config.read_text(encoding="utf-8")), encoding="utf-8"
    )
    done = run(project, *targets)
    assert done.code == 0, done.output
    after = {path.name: path.read_bytes() for path in (project / "results" / "tables").glob("*.parquet")}
    changed = {name for name in tables.keys() | after.keys() if tables.get(name) != after.get(name)}
    assert changed == {"quotes.parquet", "statement_totals.parquet"}
    rows = pq.read_table(project / "results" / "tables" / "quotes.parquet").to_pylist()
    assert [row for row in rows if row["type"] != ATTITUDE] == speech
    assert {row["cue_lemma"] for row in rows if row["type"] == ATTITUDE} >= {"believe", "fear", "want"}
    assert HEADING in (project / "results" / "report.html").read_text(encoding="utf-8")
