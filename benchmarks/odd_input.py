"""The cost of big and odd seeds: `python -m benchmarks.odd_input [MEGABYTES] [--only WORD ...] [--reader encoder]`.

Runs the whole pipeline on each kind of seed and prints the steps that take over 3 s of CPU time more than with an
ordinary article, with their CPU seconds and peak memory. Each step records both as it ends, so that other work on the
machine does not count. A seed that gives neither a document nor a row in problems is an error. The limit `longest_text`
is raised for these runs.
"""

import argparse
import io
import json
import os
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from scripts.attribution.readers import DEFAULT_READER, READERS
from scripts.core.storage import ROOT, read_parquet

_SENTENCE = "China maintains that enforcement alone cannot solve the crisis, a spokesperson said on Thursday. "
_PARAGRAPH = _SENTENCE * 4 + "\n\n"
_PAGE = "<html><head><title>T</title></head><body><article><p>{}</p></article></body></html>"
_SLOWER = 3.0  # seconds beyond an ordinary article
# Source of sitecustomize.py, which Python imports at its start: records the CPU seconds of a job, named after its last
# step, and of the processes that it waited for, and the job's peak memory.
_METER = """
import atexit, os, resource, sys

def write_down():
    module = sys.argv[0].rpartition("scripts/")[2].removesuffix(".py").removesuffix("/__main__").replace("/", ".")
    if module == "core.launch":
        return
    seconds, memory = sum(os.times()[:4]), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    with open(os.environ["METER"], "a") as file:
        file.write(f"{module}\\t{seconds}\\t{memory}\\n")

if any(name.startswith("scripts.") for name in sys.orig_argv):
    atexit.register(write_down)
"""


def _zip(members: Mapping[str, str]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return packed.getvalue()


def kinds(megabytes: float) -> Iterator[tuple[str, dict[str, bytes]]]:
    """Yield each kind of seed as (description, {name: content}); the first is an ordinary article."""
    size = int(megabytes * 1_000_000)

    def filled(unit: str, most: int = size) -> bytes:
        return (unit * (most // len(unit.encode()) + 1)).encode()[:most]

    rows = (f'"{number} {_PARAGRAPH * 12}"\n' for number in range(size // (12 * len(_PARAGRAPH))))
    yield "an ordinary article", {"a.txt": (_PARAGRAPH * 8).encode()}
    yield f"a text of {megabytes:g} MB, in paragraphs", {"a.txt": filled(_PARAGRAPH)}
    yield f"a text of {megabytes:g} MB, in one paragraph", {"a.txt": filled(_SENTENCE)}
    yield f"a table of {megabytes:g} MB, 4,700 characters a row", {"a.csv": ("text\n" + "".join(rows)).encode()}
    sentence = "It is said that " + "the harbour and the city " * 39_999 + "will close."
    yield "one sentence of 200,000 words", {"a.txt": sentence.encode()}
    clause = "and Mayor Ann Smith said that the old harbour, which the sea had taken, would be rebuilt "
    yield "a paragraph of 10,000 words", {"a.txt": (clause * 600 + ".").encode()}
    yield "100,000 cues in a paragraph", {"a.txt": filled("he said she said ", 850_000)}
    n_files = min(2_000, int(2_000 * megabytes))
    yield f"{n_files:,} empty files", dict.fromkeys((f"{number}.txt" for number in range(n_files)), b"")
    yield f"{n_files:,} short files", {f"{number}.txt": _SENTENCE.encode() for number in range(n_files)}
    yield "1 MB of emoji", {"a.txt": "👩‍👩‍👧 👍🏽 ".encode() * 30_000}
    yield "1 MB of right-to-left text", {"a.txt": "قال الوزير يوم الخميس إن المحادثات ستستمر. ".encode() * 13_000}
    yield "1 MB of NULs", {"a.txt": b"\0" * 1_000_000}
    yield "1 MB of letters without a space", {"a.txt": b"x" * 1_000_000}
    yield "1 MB of letters with 100 marks each", {"a.txt": ("a" + "\u0301" * 100).encode() * 5_000}
    yield "0.2 MB of opening quotation marks", {"a.txt": filled("“Lin said ", 200_000)}
    yield "0.2 MB of quotation marks that stand for both", {"a.txt": filled('" ', 200_000)}
    yield "0.2 MB of closing quotation marks", {"a.txt": filled("a” said Lin. ", 200_000)}
    names = ", ".join(f"Ann Smith{'abcdefghij'[n % 10]}{'klmnopqrst'[n // 10 % 10]}" for n in range(1_200))
    yield "a sentence that blames 1,200 names", {"a.txt": f"The mayor blamed {names} for the crisis.".encode()}
    yield "a name 20,000 times", {"a.txt": b"Mayor Ann Smith met Tom Berg. " * 20_000}
    yield (
        "300 small web pages in a ZIP",
        {"a.zip": _zip({f"{n}.html": _PAGE.format(f"It is {n}.") for n in range(300)})},
    )
    yield "a web page nested 1,000 deep", {"a.html": _PAGE.format("<div>" * 1_000 + _SENTENCE * 3).encode()}
    yield "JSON nested 600 deep", {"a.jsonl": b'{"text": "Smith said so.", "x": ' + b"[" * 600 + b"]" * 600 + b"}"}
    sheet = f"path,title\n{'#1' * 40_000},x\n{'/' * 200_000},x\n".encode()
    yield "a sheet with endless paths", {"a.txt": _SENTENCE.encode(), "metadata.csv": sheet}
    dates = {f"{year}.txt": f"---\ndate: {year}\n---\n{_SENTENCE}".encode() for year in ("0001", "0205-05-01", "9999")}
    yield "dates of the years 1, 205 and 9999", dates


class Measured(NamedTuple):
    """The CPU seconds of a whole run, (CPU seconds, peak megabytes) of each step's slowest job, and the lost seeds.

    A lost seed gave neither a document nor a row in problems.
    """

    seconds: float
    steps: dict[str, tuple[float, float]]
    lost: list[str]


def measure(files: Mapping[str, bytes], *, reader: str) -> Measured:
    """Return the cost of a whole run on these seeds, with `reader` as the setting `quotes.reader`.

    Raises RuntimeError if the run fails.
    """
    with tempfile.TemporaryDirectory() as place:
        seeds, meter = Path(place) / "seeds", Path(place) / "meter.tsv"
        seeds.mkdir()
        for name, content in files.items():
            (seeds / name).parent.mkdir(exist_ok=True)
            (seeds / name).write_bytes(content)
        (Path(place) / "sitecustomize.py").write_text(_METER, encoding="utf-8")
        settings = {
            **{"seeds": str(seeds), "results": f"{place}/results", "input": {"longest_text": 1_000_000_000}},
            "quotes": {"reader": reader},
        }
        config = Path(place) / "config.yaml"
        config.write_text(json.dumps(settings), encoding="utf-8")  # JSON is YAML
        command = [sys.executable, "-m", "snakemake", "--cores", "1", "--configfile", str(config)]
        before = sum(os.times()[2:4])
        paths = os.pathsep.join(filter(None, (place, os.environ.get("PYTHONPATH"))))
        environment = {**os.environ, "PYTHONPATH": paths, "METER": str(meter)}
        done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, encoding="utf-8")
        if done.returncode:
            raise RuntimeError("the run failed:\n" + done.stderr[-2_000:])
        steps: dict[str, tuple[float, float]] = {}
        for line in meter.read_text(encoding="utf-8").splitlines():
            step, *numbers = line.split("\t")
            seconds, memory = map(float, numbers)
            steps[step] = max(steps.get(step, (0.0, 0.0)), (seconds, memory))
        taken = sum(os.times()[2:4]) - before
        return Measured(taken, steps, _lost(files, Path(place) / "results" / "tables"))


def _lost(files: Iterable[str], tables: Path) -> list[str]:
    """Return the seeds, except a metadata sheet, of which no part appears in documents or problems."""
    names = set(read_parquet(tables / "documents.parquet", ["doc_id"])["doc_id"].to_pylist())
    names |= set(read_parquet(tables / "problems.parquet", ["seed"])["seed"].to_pylist())
    names |= {name.split("#")[0] for name in names} | {name.split(".zip/")[0] + ".zip" for name in names}
    return sorted(set(files) - names - {"metadata.csv"})


def main() -> None:
    """Print the costs as a table in Markdown."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("megabytes", type=float, nargs="?", default=5)
    parser.add_argument("--only", nargs="+", default=[""], help="only kinds whose description has one of these in it")
    parser.add_argument("--reader", default=DEFAULT_READER, choices=READERS, help="quotes.reader")
    options = parser.parse_args()
    ordinary: dict[str, tuple[float, float]] = {}
    failed = False
    print("| seed | whole run: CPU s | steps that take 3 s more than with an ordinary article: CPU s (MB) |")
    print("|---|---|---|")
    for kind, files in kinds(options.megabytes):
        if ordinary and not any(words in kind for words in options.only):
            continue
        try:
            seconds, steps, lost = measure(files, reader=options.reader)
        except RuntimeError as error:
            print(f"| {kind} | failed | |\n{error}", file=sys.stderr, flush=True)
            failed = True
            continue
        ordinary = ordinary or steps
        slow = [
            f"{step} {taken:.1f} ({memory:,.0f})"
            for step, (taken, memory) in sorted(steps.items(), key=lambda item: -item[1][0])
            if taken > ordinary.get(step, (0.0, 0.0))[0] + _SLOWER
        ]
        print(f"| {kind} | {seconds:.0f} | {', '.join(slow) or 'none'} |", flush=True)
        if lost:
            print(f"lost: {lost}", file=sys.stderr, flush=True)
            failed = True
    sys.exit(failed)


if __name__ == "__main__":
    main()
