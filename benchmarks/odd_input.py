"""The cost of big and odd seeds: `python -m benchmarks.odd_input [MEGABYTES] [--only WORD]`.

Runs the whole pipeline on each kind of seed and prints the steps that are 5 s slower than on an ordinary article,
with their seconds on the clock and their peak memory, as Snakemake's benchmark files have them. The bound
`longest_text` is lifted for it.
"""

import argparse
import csv
import io
import json
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from scripts.core.storage import ROOT

_SENTENCE = "China maintains that enforcement alone cannot solve the crisis, a spokesperson said on Thursday. "
_PARAGRAPH = _SENTENCE * 4 + "\n\n"
_PAGE = "<html><head><title>T</title></head><body><article><p>{}</p></article></body></html>"
_SLOWER = 5.0  # seconds beyond an ordinary article


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
    yield "2,000 empty files", dict.fromkeys((f"{number}.txt" for number in range(2_000)), b"")
    yield "2,000 short files", {f"{number}.txt": _SENTENCE.encode() for number in range(2_000)}
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


def measure(files: Mapping[str, bytes]) -> tuple[float, dict[str, tuple[float, float]]]:
    """Return the seconds of a whole run on these seeds, and (seconds, peak megabytes) of each step.

    Of a step's jobs the slowest counts. Raises RuntimeError if the run fails.
    """
    with tempfile.TemporaryDirectory() as place:
        seeds, results = Path(place) / "seeds", Path(place) / "results"
        seeds.mkdir()
        for name, content in files.items():
            (seeds / name).write_bytes(content)
        settings = {"seeds": str(seeds), "results": str(results), "input": {"longest_text": 1_000_000_000}}
        config = Path(place) / "config.yaml"
        config.write_text(json.dumps(settings), encoding="utf-8")  # JSON is YAML
        command = [sys.executable, "-m", "snakemake", "--cores", "1", "--configfile", str(config)]
        begin = time.monotonic()
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
        seconds = time.monotonic() - begin
        if done.returncode:
            raise RuntimeError("the run failed:\n" + done.stderr[-2_000:])
        steps: dict[str, tuple[float, float]] = {}
        for path in sorted((results / "benchmarks").rglob("*.tsv")):
            step = path.relative_to(results / "benchmarks").parts[0].removesuffix(".tsv")
            with path.open(encoding="utf-8") as lines:
                for row in csv.DictReader(lines, delimiter="\t"):
                    memory = 0.0 if row["max_rss"] in ("-", "NA") else float(row["max_rss"])
                    steps[step] = max(steps.get(step, (0.0, 0.0)), (float(row["s"]), memory))
        return seconds, steps


def main() -> None:
    """Print a table in Markdown."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("megabytes", type=float, nargs="?", default=5)
    parser.add_argument("--only", default="", help="only kinds whose description has this in it")
    options = parser.parse_args()
    ordinary: dict[str, tuple[float, float]] = {}
    print("| seed | whole run: s | steps 5 s slower than with an ordinary article: s (MB) |\n|---|---|---|")
    for kind, files in kinds(options.megabytes):
        if ordinary and options.only not in kind:
            continue
        seconds, steps = measure(files)
        ordinary = ordinary or steps
        slow = [
            f"{step} {taken:.1f} ({memory:,.0f})"
            for step, (taken, memory) in sorted(steps.items(), key=lambda item: -item[1][0])
            if taken > ordinary.get(step, (0.0, 0.0))[0] + _SLOWER
        ]
        print(f"| {kind} | {seconds:.0f} | {', '.join(slow) or 'none'} |", flush=True)


if __name__ == "__main__":
    main()
