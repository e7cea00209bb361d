"""Time the whole pipeline and bare spaCy on the same articles, in turn: times, ratios and their range.

    python -m benchmarks.run [--articles 2000 | --seeds FOLDER] [--repeats 3]

Makes a corpus (benchmarks/articles.py) or takes a folder of .txt files, then runs both programs once per repeat, in the
same order, on two cores. Ratios are taken within a repeat, so that other work on the machine affects both sides; the
median and the range over the repeats are printed as a Markdown table. CPU seconds cover a run and all of its processes.
"""

import argparse
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

from benchmarks.articles import write
from scripts.core.storage import ROOT


class Cost(NamedTuple):
    """A command's peak megabytes (of its largest process), CPU seconds, clock seconds and exit code."""

    megabytes: float
    cpu: float
    wall: float
    code: int


def measure(command: list[str | Path], *, check: bool = True) -> Cost:
    """Run a command and return its cost. With `check`, raises RuntimeError with its last lines if it fails."""
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    with tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace") as log:
        begin = time.monotonic()
        process = subprocess.Popen(command, cwd=ROOT, env={**os.environ, "PATH": path}, stdout=log, stderr=log)
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.monotonic() - begin
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode and check:
            log.seek(0)
            raise RuntimeError(f"{command}: exit code {process.returncode}\n{log.read()[-3000:]}")
    return Cost(usage.ru_maxrss / 1000, usage.ru_utime + usage.ru_stime, wall, process.returncode)


def pipeline(seeds: Path, results: Path) -> list[str | Path]:
    """Return the command that runs the pipeline on a folder of seeds, on two cores."""
    command = [sys.executable, "-m", "snakemake", "--cores", "2"]
    return [*command, "--config", f"seeds={seeds}", f"results={results}"]


def machine() -> dict[str, str]:
    """Return the machine and the versions with which a measurement is made."""
    cpu = next(
        (line for line in Path("/proc/cpuinfo").read_text("utf-8").splitlines() if "model name" in line), "unknown"
    )
    listed = subprocess.run([sys.executable, "-m", "pip", "freeze"], capture_output=True, encoding="utf-8").stdout
    packages = ("spacy==", "thinc==", "blis==", "numpy==", "nltk==", "snakemake==", "pyarrow==")
    return {
        "cpu": cpu.split(":")[-1].strip(),
        "cores": str(os.cpu_count()),
        "python": platform.python_version(),
        "packages": " ".join(line for line in listed.splitlines() if line.startswith(packages)),
    }


def _row(name: str, costs: list[Cost], reference: list[Cost]) -> str:
    cells = [name]
    for field in ("wall", "cpu"):
        values = [getattr(cost, field) for cost in costs]
        ratios = [value / getattr(base, field) for value, base in zip(values, reference, strict=True)]
        cells.append(f"{statistics.median(values):.1f}")
        cells.append(f"{statistics.median(ratios):.2f} ({min(ratios):.2f} to {max(ratios):.2f})")
    return "| " + " | ".join(cells) + " |"


def main() -> None:
    """Measure both programs and print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--articles", type=int, default=2000)
    parser.add_argument("--seeds", type=Path, help="folder of .txt files, instead of made-up articles")
    parser.add_argument("--repeats", type=int, default=3)
    options = parser.parse_args()
    costs: dict[str, list[Cost]] = {"newsloom": [], "spaCy": []}
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        seeds = options.seeds or folder / "seeds"
        if not options.seeds:
            write(seeds, options.articles)
        for repeat in range(options.repeats):
            costs["newsloom"].append(measure(pipeline(seeds, folder / f"r{repeat}")))
            costs["spaCy"].append(measure([sys.executable, "-m", "benchmarks.bare_spacy", seeds]))
    print(f"{options.seeds or options.articles} articles, {options.repeats} repeats; ratios to spaCy; {machine()}\n")
    print("| | seconds | ratio (range) | CPU seconds | ratio (range) |\n|---|---|---|---|---|")
    for name, measured in costs.items():
        print(_row(name, measured, costs["spaCy"]))


if __name__ == "__main__":
    main()
