"""The same bytes from a Slurm cluster as from this machine, and after the main process or a node was killed.

    sudo tests/cluster/slurm_up.sh && sudo python -m tests.cluster.compare [--articles 72] [--folder DIRECTORY]

Five runs of the same press releases (examples/senate), in a folder that all nodes see, each batch in submissions of its
own, and two batches a group of those whose counts are added up before the corpus:

- `local`, without Slurm.
- `slurm`, with temporary files in the folder that Slurm gives to each job.
- `killed`: all processes of a job are killed by SIGKILL while documents are read, while they are parsed and while the
  corpus is counted; then the main process while a job runs. It is started again at once, so that the orphan and its
  twin write the same files.
- `requeued`: the daemon of a node and all processes of its jobs are killed by SIGKILL, and Slurm, told that the node is
  down, runs the jobs on the other one.
- `retried`: the same where Slurm sends no job again (`--slurm-no-requeue`), so that Snakemake does.

Exits with 1 unless all outputs have the same SHA-256, and no partial file and no process is left. Killing a node needs
root.
"""

import argparse
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from tests.cluster.runs import copy_with_releases, kill, processes_in, started
from tests.workflow.project import outputs

PROFILE = (
    *("--profile", "workflow/profiles/slurm", "--slurm-init-seconds-before-status-checks", "2"),
    *("--group-components", "reading=1", "batches=1", "corpus=1"),
    *("--default-resources", "mem_mb=1000", "runtime=30", "tmpdir=$SLURM_TMPDIR"),
)
_LAUNCH = "^[^ ]*python -m scripts.core.launch "
SCRATCH = Path("/tmp/slurm")  # where the cluster of slurm_up.sh has the folders of jobs


def _finished(project: Path, process: subprocess.Popen) -> dict[str, str]:
    if process.wait():
        sys.exit((project / "run.log").read_text(encoding="utf-8")[-4000:] + f"\n{project}: the run failed")
    return outputs(project)


def _running() -> list[tuple[str, str]]:
    """Return the identifiers of the Slurm jobs that run now, each with its node."""
    command = ["squeue", "-h", "-t", "R", "-o", "%i %N"]
    lines = subprocess.run(command, capture_output=True, encoding="utf-8", check=True).stdout.splitlines()
    return [(job, node) for job, node in map(str.split, lines)]


def _wait_for(project: Path, pattern: str, process: subprocess.Popen) -> str:
    """Wait until a file of a pattern is written and a job works on more; return that job."""
    while not (list(project.glob(f"results/{pattern}")) and (jobs := _at_work())):
        if process.poll() is not None:
            sys.exit((project / "run.log").read_text(encoding="utf-8")[-4000:] + f"\n{project}: ended too early")
        time.sleep(0.1)
    return jobs[-1]


def _three_jobs_and_main_killed(project: Path, *arguments: str) -> dict[str, str]:
    process = started(project, *arguments)
    for pattern in ("batches/*/documents.parquet", "batches/*/tokens.parquet", "tables/*.parquet"):
        job = _wait_for(project, pattern, process)
        print(f"job {job} killed at the first of {pattern}: {kill(_below(job))} processes", flush=True)
    _wait_for(project, "tables/*.csv", process)
    process.send_signal(signal.SIGKILL)
    process.wait()
    print(f"main process killed; jobs that live on: {_running()}", flush=True)
    if not _running():
        sys.exit(f"{project}: no job outlived the main process, so nothing is proven")
    return _finished(project, started(project, *arguments))


def _family(pid: int) -> list[int]:
    """Return a process and all that descend from it."""
    children = subprocess.run(["ps", "-o", "pid=", "--ppid", str(pid)], capture_output=True, encoding="utf-8").stdout
    return [pid, *(each for child in children.split() for each in _family(int(child)))]


def _matching(pattern: str) -> list[int]:
    """Return the processes whose command line matches a regular expression."""
    listed = subprocess.run(["pgrep", "-f", pattern], capture_output=True, encoding="utf-8")
    return [int(pid) for pid in listed.stdout.split()]


def _steps(job: str) -> list[int]:
    """Return Slurm's own processes of a job, from which all others of it descend."""
    return _matching(rf"^slurmstepd: \[{job}\.")


def _below(job: str) -> set[int]:
    """Return the processes of a job that are not Slurm's own."""
    return {each for pid in _steps(job) for each in _family(pid)[1:]}


def _at_work() -> list[str]:
    """Return the jobs in which a step runs."""
    steps = set(_matching(_LAUNCH))
    return [job for job, _ in _running() if steps & _below(job)]


def _kill_node(node: str, jobs: list[str]) -> int:
    """Stop the daemon of a node and every process of its jobs by SIGKILL; return how many there were."""
    daemon = int(Path(f"/run/slurmd.{node}.pid").read_text(encoding="utf-8"))
    number = kill({each for pid in [daemon, *(step for job in jobs for step in _steps(job))] for each in _family(pid)})
    # As Slurm finds by itself when the node has not answered for SlurmdTimeout, five minutes by default.
    subprocess.run(["scontrol", "update", f"nodename={node}", "state=down", "reason=killed"], check=True)
    return number


def _node_killed(project: Path, *arguments: str) -> dict[str, str]:
    process = started(project, *arguments)
    _wait_for(project, "batches/*/tokens.parquet", process)
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
    parser.add_argument("--articles", type=int, default=72)
    parser.add_argument("--batch-size", type=int, default=24)
    parser.add_argument("--folder", type=Path, help="where to work; all nodes must see it")
    options = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="cluster-", dir=options.folder))
    size = options.batch_size
    settings = ("--config", "groups=party", f"batch_size={size}", f"batch_group_size={2 * size}")
    runs: dict[str, Callable[[Path], dict[str, str]]] = {
        "local": lambda project: _finished(project, started(project, "--cores", "2", *settings)),
        "slurm": lambda project: _finished(project, started(project, *PROFILE, *settings)),
        "killed": lambda project: _three_jobs_and_main_killed(project, *PROFILE, *settings),
        "requeued": lambda project: _node_killed(project, *PROFILE, *settings),
        "retried": lambda project: _node_killed(project, *PROFILE, *settings, "--slurm-no-requeue"),
    }
    faults = 0
    expected: dict[str, str] = {}
    projects = {name: copy_with_releases(folder / name, number=options.articles) for name in runs}
    for name, project in projects.items():
        start = time.monotonic()
        hashes = runs[name](project)
        seconds = time.monotonic() - start
        expected = expected or hashes
        while _running():  # of an orphan
            time.sleep(1)
        differ = sorted(key for key in expected.keys() | hashes if expected.get(key) != hashes.get(key))
        left = [str(path) for path in project.rglob("*.part")] + list(processes_in(project).values())
        print(
            f"{name}, {seconds:.0f} s: {len(hashes)} outputs, {len(differ)} differ from the local run, {len(left)} left"
        )
        print(*(f"  {each}" for each in differ + left), sep="\n", end="", flush=True)
        faults += len(differ) + len(left)
    jobs = [path for path in SCRATCH.glob("*") if path.is_dir()]
    print(f"jobs with a folder of their own for temporary files: {len(jobs)}")
    sys.exit(bool(faults) or not jobs)


if __name__ == "__main__":
    main()
