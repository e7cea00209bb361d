"""The same bytes from a Slurm cluster as from this machine, and after the main process was killed.

    sudo tests/cluster/slurm_up.sh && python -m tests.cluster.compare [--articles 24] [--folder DIRECTORY]

Three runs of the same articles, in a folder that all nodes see: local; on Slurm; on Slurm with the main process killed
by SIGKILL while a job runs, and started again at once, so that the orphan and its twin write the same files. Exits
with 1 unless all outputs have the same SHA-256 and no partial file is left.
"""

import argparse
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.articles import writer
from tests.workflow.project import copy_project, outputs

PROFILE = ("--profile", "workflow/profiles/slurm", "--slurm-init-seconds-before-status-checks", "2")


def _snakemake(project: Path, *arguments: str) -> subprocess.Popen:
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    with (project / "run.log").open("a", encoding="utf-8") as log:
        command = [sys.executable, "-m", "snakemake", *arguments]
        return subprocess.Popen(command, cwd=project, env={**os.environ, "PATH": path}, stdout=log, stderr=log)


def _finished(project: Path, process: subprocess.Popen) -> dict[str, str]:
    if process.wait():
        sys.exit((project / "run.log").read_text(encoding="utf-8")[-4000:] + f"\n{project}: the run failed")
    return outputs(project)


def _running() -> str:
    """Return the identifiers of the Slurm jobs that run now."""
    return subprocess.run(["squeue", "-h", "-t", "R", "-o", "%i"], capture_output=True, text=True, check=True).stdout


def _killed_and_rerun(project: Path) -> dict[str, str]:
    process = _snakemake(project, *PROFILE)
    while not list(project.glob("results/batches/*/tokens.parquet")):
        if process.poll() is not None:
            sys.exit(f"{project}: ended before it could be killed")
        time.sleep(0.2)
    process.send_signal(signal.SIGKILL)
    process.wait()
    orphans = _running()
    if not orphans.strip():
        sys.exit(f"{project}: no job outlived the main process, so nothing is proven")
    print(f"main process killed; jobs that live on: {' '.join(orphans.split())}", flush=True)
    return _finished(project, _snakemake(project, *PROFILE))


def main() -> None:
    """Run, compare, say what differs."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--articles", type=int, default=24)
    parser.add_argument("--batch-size", type=int, default=12)
    parser.add_argument("--folder", type=Path, help="where to work; all nodes must see it")
    options = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="cluster-", dir=options.folder))
    article = writer(1)
    seeds = {f"{number:04}.txt": article(number) for number in range(options.articles)}
    projects = {name: copy_project(folder / name, seeds=seeds) for name in ("local", "slurm", "killed")}
    for project in projects.values():
        config = project / "config.yaml"
        config.write_text(re.sub(r"batch_size: \d+", f"batch_size: {options.batch_size}", config.read_text()))
    outputs_of = {"local": _finished(projects["local"], _snakemake(projects["local"], "--cores", "2"))}
    outputs_of["slurm"] = _finished(projects["slurm"], _snakemake(projects["slurm"], *PROFILE))
    outputs_of["killed"] = _killed_and_rerun(projects["killed"])
    parts = [path for path in folder.rglob("*.part") if not _running().strip()]
    for name, hashes in outputs_of.items():
        differ = sorted(
            key for key in outputs_of["local"].keys() | hashes if outputs_of["local"].get(key) != hashes.get(key)
        )
        print(f"{name}: {len(hashes)} outputs, {len(differ)} differ from the local run", *differ, sep="\n  ")
    print(f"partial files left: {len(parts)}")
    sys.exit(any(hashes != outputs_of["local"] for hashes in outputs_of.values()) or bool(parts))


if __name__ == "__main__":
    main()
