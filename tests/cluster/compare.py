"""The same bytes from a Slurm cluster as from this machine, and after the main process or a node was killed.

    sudo tests/cluster/slurm_up.sh && sudo python -m tests.cluster.compare [--articles 24] [--folder DIRECTORY]

Five runs of the same articles, in a folder that all nodes see, each batch in submissions of its own, and two batches a
group of those whose counts are added up before the corpus:

- `local`, without Slurm.
- `slurm`, with temporary files in the folder that Slurm gives to each job.
- `main`: the main process is killed by SIGKILL while a job runs, and started again at once, so that the orphan and its
  twin write the same files.
- `requeued`: the daemon of a node and all processes of its jobs are killed by SIGKILL, and Slurm, told that the node is
  down, runs the jobs on the other one.
- `retried`: the same where Slurm sends no job again (`--slurm-no-requeue`), so that Snakemake does.

Exits with 1 unless all outputs have the same SHA-256 and no partial file is left. Killing a node needs root.
"""

import argparse
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.articles import writer
from tests.workflow.project import copy_project, outputs, set_batches

PROFILE = (
    *("--profile", "workflow/profiles/slurm", "--slurm-init-seconds-before-status-checks", "2"),
    *("--group-components", "reading=1", "batches=1", "corpus=1"),
    *("--default-resources", "mem_mb=1000", "runtime=30", "tmpdir=$SLURM_TMPDIR"),
)
SCRATCH = Path("/tmp/slurm")  # where the cluster of slurm_up.sh has the folders of jobs


def _snakemake(project: Path, *arguments: str) -> subprocess.Popen:
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    with (project / "run.log").open("a", encoding="utf-8") as log:
        command = [sys.executable, "-m", "snakemake", *arguments]
        return subprocess.Popen(command, cwd=project, env={**os.environ, "PATH": path}, stdout=log, stderr=log)


def _finished(project: Path, process: subprocess.Popen) -> dict[str, str]:
    if process.wait():
        sys.exit((project / "run.log").read_text(encoding="utf-8")[-4000:] + f"\n{project}: the run failed")
    return outputs(project)


def _running() -> list[tuple[str, str]]:
    """Return the identifiers of the Slurm jobs that run now, each with its node."""
    command = ["squeue", "-h", "-t", "R", "-o", "%i %N"]
    lines = subprocess.run(command, capture_output=True, encoding="utf-8", check=True).stdout.splitlines()
    return [(job, node) for job, node in map(str.split, lines)]


def _wait_for_tokens(project: Path, process: subprocess.Popen) -> None:
    """Wait until the first tokens are written: then a job runs that has more to do."""
    while not list(project.glob("results/batches/*/tokens.parquet")):
        if process.poll() is not None:
            sys.exit((project / "run.log").read_text(encoding="utf-8")[-4000:] + f"\n{project}: ended too early")
        time.sleep(0.1)


def _main_killed(project: Path) -> dict[str, str]:
    process = _snakemake(project, *PROFILE)
    _wait_for_tokens(project, process)
    process.send_signal(signal.SIGKILL)
    process.wait()
    orphans = _running()
    if not orphans:
        sys.exit(f"{project}: no job outlived the main process, so nothing is proven")
    print(f"main process killed; jobs that live on: {orphans}", flush=True)
    return _finished(project, _snakemake(project, *PROFILE))


def _family(pid: int) -> list[int]:
    """Return a process and all that descend from it."""
    children = subprocess.run(["ps", "-o", "pid=", "--ppid", str(pid)], capture_output=True, encoding="utf-8").stdout
    return [pid, *(each for child in children.split() for each in _family(int(child)))]


def _kill_node(node: str, jobs: list[str]) -> int:
    """Stop the daemon of a node and every process of its jobs by SIGKILL; return how many there were."""
    daemon = int(Path(f"/run/slurmd.{node}.pid").read_text(encoding="utf-8"))
    steps = [
        int(pid)
        for job in jobs
        for pid in subprocess.run(
            ["pgrep", "-f", rf"^slurmstepd: \[{job}\."], capture_output=True, encoding="utf-8"
        ).stdout.split()
    ]
    processes = {each for pid in [daemon, *steps] for each in _family(pid)}
    for pid in processes:
        os.kill(pid, signal.SIGSTOP)  # or a parent would see its child fail, and say so
    for pid in processes:
        os.kill(pid, signal.SIGKILL)
    # As Slurm finds by itself when the node has not answered for SlurmdTimeout, five minutes by default.
    subprocess.run(["scontrol", "update", f"nodename={node}", "state=down", "reason=killed"], check=True)
    return len(processes)


def _node_killed(project: Path, *arguments: str) -> dict[str, str]:
    process = _snakemake(project, *PROFILE, *arguments)
    _wait_for_tokens(project, process)
    running = _running()
    node = running[0][1]
    jobs = [job for job, its_node in running if its_node == node]
    number = _kill_node(node, jobs)
    partial = [path.name for path in project.rglob("*.part")]
    print(f"{node} killed with jobs {jobs}, {number} processes; partial files: {partial}", flush=True)
    hashes = _finished(project, process)
    subprocess.run(["slurmd", "-N", node], check=True)
    subprocess.run(["scontrol", "update", f"nodename={node}", "state=resume"], check=True)
    return hashes


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
    runs: dict[str, Callable[[Path], dict[str, str]]] = {
        "local": lambda project: _finished(project, _snakemake(project, "--cores", "2")),
        "slurm": lambda project: _finished(project, _snakemake(project, *PROFILE)),
        "main": _main_killed,
        "requeued": lambda project: _node_killed(project),
        "retried": lambda project: _node_killed(project, "--slurm-no-requeue"),
    }
    faults = 0
    expected: dict[str, str] = {}
    projects = {name: copy_project(folder / name, seeds=seeds) for name in runs}
    for name, project in projects.items():
        set_batches(project, size=options.batch_size, group=2 * options.batch_size)
        hashes = runs[name](project)
        expected = expected or hashes
        while _running():  # of an orphan
            time.sleep(1)
        differ = sorted(key for key in expected.keys() | hashes if expected.get(key) != hashes.get(key))
        parts = [str(path) for path in project.rglob("*.part")]
        print(f"{name}: {len(hashes)} outputs, {len(differ)} differ from the local run, {len(parts)} partial files")
        print(*(f"  {each}" for each in differ + parts), sep="\n", end="", flush=True)
        faults += len(differ) + len(parts)
    jobs = [path for path in SCRATCH.glob("*") if path.is_dir()]
    print(f"jobs with a folder of their own for temporary files: {len(jobs)}")
    sys.exit(bool(faults) or not jobs)


if __name__ == "__main__":
    main()
