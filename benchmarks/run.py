"""The whole pipeline and its peers on the same made-up articles, in turn: times, ratios, spread.

    python -m benchmarks.run [--articles 2000] [--repeats 3] [--output FILE.json]

Makes the corpus (benchmarks/articles.py) and the peers' environment (benchmarks/peers.lock, from the package registry),
then runs everything once per repeat, in the same order, on two cores. A ratio is taken within a repeat, so what else
the machine does at that time falls on both sides; the median and the range over the repeats are printed as a Markdown
table. CPU seconds are those of a run and all of its processes.
"""

import argparse
import json
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

PEERS = ("spacy_pipe", "spacy_halves", "textacy", "nltk")
REFERENCE = "spacy_pipe"


class Cost(NamedTuple):
    """Seconds on the clock, and CPU seconds of a command and its children."""

    wall: float
    cpu: float


def measure(command: list[str | Path], *, cwd: Path = ROOT) -> Cost:
    """Run a command to its end. Raises RuntimeError with its last lines if it fails."""
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    with tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace") as log:
        begin = time.monotonic()
        process = subprocess.Popen(command, cwd=cwd, env={**os.environ, "PATH": path}, stdout=log, stderr=log)
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.monotonic() - begin
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            log.seek(0)
            raise RuntimeError(f"{command}: exit code {process.returncode}\n{log.read()[-3000:]}")
    return Cost(wall, usage.ru_utime + usage.ru_stime)


def pipeline(seeds: Path, results: Path, *, cores: int = 2) -> list[str | Path]:
    """Return the command that runs the pipeline on a folder of seeds."""
    return [
        sys.executable,
        "-m",
        "snakemake",
        "--cores",
        str(cores),
        "--config",
        f"seeds={seeds}",
        f"results={results}",
    ]


def environment(folder: Path, lock: Path) -> Path:
    """Return the interpreter of an environment made from a lock; make the environment if it is not there."""
    python = folder / "bin" / "python"
    if not (folder / "done").exists():
        subprocess.run([sys.executable, "-m", "venv", folder], check=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", "--require-hashes", "-r", lock], check=True)
        (folder / "done").touch()
    return python


def machine() -> dict[str, str]:
    """Return the machine and the versions that a measurement was made with."""
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
    for field in Cost._fields:
        values = [getattr(cost, field) for cost in costs]
        ratios = [value / getattr(base, field) for value, base in zip(values, reference, strict=True)]
        cells.append(f"{statistics.median(values):.1f}")
        cells.append(f"{statistics.median(ratios):.2f} ({min(ratios):.2f} to {max(ratios):.2f})")
    return "| " + " | ".join(cells) + " |"


def main() -> None:
    """Measure, print the table and write the measurements."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--articles", type=int, default=2000)
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument(
        "--peers", nargs="+", choices=PEERS, default=PEERS, help=f"fewer of them; {REFERENCE} is needed"
    )
    parser.add_argument("--environment", type=Path, help="folder of the peers' environment, to keep it")
    parser.add_argument("--output", type=Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        python = environment((options.environment or folder / "peers").absolute(), ROOT / "benchmarks" / "peers.lock")
        seeds = folder / "seeds"
        write(seeds, options.articles)
        costs: dict[str, list[Cost]] = {"newsloom": [], **{peer: [] for peer in options.peers}}
        for repeat in range(options.repeats):
            for name, measured in costs.items():
                command = [python, ROOT / "benchmarks" / "peers.py", name, seeds]
                measured.append(measure(pipeline(seeds, folder / f"r{repeat}") if name == "newsloom" else command))
                print(
                    f"repeat {repeat + 1} {name}: {measured[-1].wall:.1f} s, CPU {measured[-1].cpu:.1f} s", flush=True
                )
    print(f"\n{options.articles} articles, {options.repeats} repeats; ratios to {REFERENCE}; {machine()}\n")
    print("| | seconds | ratio (range) | CPU seconds | ratio (range) |\n|---|---|---|---|---|")
    for name, measured in costs.items():
        print(_row(name, measured, costs[REFERENCE]))
    if options.output:
        report = {"articles": options.articles, "machine": machine(), "costs": costs}
        options.output.write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
