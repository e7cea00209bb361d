"""The cost of a run of the pipeline, or of any command, and the machine that it was measured on."""

import os
import platform
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

from scripts.core.storage import ROOT


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
