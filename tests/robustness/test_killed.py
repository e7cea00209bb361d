"""Runs that are killed, find no room, may not write, or meet another: for real, in a copy of the project.

Its batches are so small that there are groups of them: counts are added up, and tokens are a file of each group.
"""

import hashlib
import os
import random
import shutil
import signal
import subprocess
import sys
import time

import pytest

from tests.workflow.project import SNAKEMAKE, copy_project, environment, run

pytestmark = pytest.mark.slow

_TRIES = 5
_KILLS = int(os.environ.get("NEWSLOOM_KILLS", "16"))
_BATCHES = ("--config", "batch_size=1", "batch_group_size=2")
_SEEDS = {
    f"{number}.txt": f"Mayor Ann Smith said the harbour number {number} will close.\n\n“We have no choice,” she said. "
    "Critics, according to Tom Berg of the Port Union, disagree.\n"
    for number in range(3)
}


def made(project):
    """Return the SHA-256 of every file that is there under its final name, logs and the like aside."""
    results = project / "results"
    files = (
        file
        for folder in ("batches", "groups", "stages", "tables", "figures")
        for file in (results / folder).rglob("*")
        if file.is_file() and not file.name.startswith(".")
    )
    files = [*files, *(file for name in ("report.html", "provenance.json") if (file := results / name).exists())]
    return {str(file.relative_to(results)): hashlib.sha256(file.read_bytes()).hexdigest() for file in files}


def start(project):
    """Return a run in a process group of its own."""
    return subprocess.Popen(
        [*SNAKEMAKE, "--cores", "2", *_BATCHES],
        cwd=project,
        env=environment(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


@pytest.fixture(scope="module")
def left_alone(tmp_path_factory):
    """Return a run that nobody disturbed: its project, its files and the seconds that it took."""
    project = copy_project(tmp_path_factory.mktemp("alone"), seeds=_SEEDS)
    begin = time.monotonic()
    done = run(project, *_BATCHES)
    assert done.code == 0, done.output
    assert len([*project.glob("results/tables/tokens.parquet/*.parquet")]) == 2
    return project, made(project), time.monotonic() - begin


def test_killed_at_random_moments(left_alone, tmp_path):
    """Every second kill takes the whole process group; the others take the main process, with which its jobs die."""
    _, expected, seconds = left_alone
    project = copy_project(tmp_path / "killed", seeds=_SEEDS)
    moments = random.Random(9)
    killed = finished = 0
    while killed < _KILLS:
        process = start(project)
        try:
            code = process.wait(moments.uniform(0.2, 0.6 * seconds))
        except subprocess.TimeoutExpired:
            kill = os.killpg if killed % 2 else os.kill
            kill(process.pid, signal.SIGKILL)
            process.wait()
            killed += 1
        else:
            assert code == 0
            assert made(project) == expected
            finished += 1
            shutil.rmtree(project / moments.choice(["results", ".snakemake"]), ignore_errors=True)
        assert made(project).items() <= expected.items()
    done = run(project, *_BATCHES)
    assert done.code == 0, done.output
    assert made(project) == expected
    print(f"{killed} kills, {finished + 1} runs to the end, a run alone takes {seconds:.0f} s")


def kill_at(project, pattern, *, whole_group):
    """Start a run, kill it as soon as there is a file of this pattern, and return whether it came to that."""
    process = start(project)
    while not (is_there := any(project.glob(pattern))) and process.poll() is None:
        pass  # without a pause: a file that is being written is there for milliseconds
    kill = os.killpg if whole_group else os.kill
    if process.poll() is None:
        kill(process.pid, signal.SIGKILL)
        process.wait()
    return is_there


@pytest.mark.parametrize(
    "pattern", ["logs/reduce/*.log", "groups/*/.*.part", "groups/*/*.parquet", "tables/tokens.parquet/.*.part"]
)
def test_killed_while_counts_are_added_up_and_tokens_are_written(left_alone, tmp_path, pattern):
    """Kill a run and all of its jobs at once, then the main process of one alone."""
    alone, expected, _ = left_alone
    project = shutil.copytree(alone, tmp_path / "killed", symlinks=True)
    results = project / "results"

    def kill_anew():
        for folder in ("groups", "tables/tokens.parquet", "logs/reduce"):
            shutil.rmtree(results / folder)
        return kill_at(project, f"results/{pattern}", whole_group=whole_group)

    for whole_group in (True, False):
        # On busy cores a file of milliseconds may be missed.
        assert any(kill_anew() for _ in range(_TRIES))
        assert made(project).items() <= expected.items()
        if whole_group:
            print("partial files:", [path.name for path in results.rglob(".*.part")])
    done = run(project, *_BATCHES)
    assert done.code == 0, done.output
    assert made(project) == expected
    assert [*results.rglob(".*.part")] == []


def in_namespace(project, script):
    """Run a shell script in `project` with mounts of its own, which end with it."""
    if subprocess.run(["unshare", "--mount", "true"], capture_output=True).returncode:
        pytest.skip("mounting needs the rights of root")
    path = os.pathsep.join([os.path.dirname(sys.executable), os.environ["PATH"]])  # noqa: PTH120
    command = ["unshare", "--mount", "bash", "-ec", f"exec 2>&1\n{script}"]
    done = subprocess.run(command, cwd=project, env={**os.environ, "PATH": path}, capture_output=True, encoding="utf-8")
    return done.returncode, done.stdout


def test_full_disk(left_alone, tmp_path):
    """The disk fills up at different points; each run says so, and the next one with room finishes."""
    alone, expected, _ = left_alone
    needed = sum(-(-file.stat().st_size // 4096) * 4 for file in (alone / "results").rglob("*"))
    sizes = " ".join(f"{int(share * needed)}k" for share in (0.05, 0.3, 0.6, 0.8))
    project = copy_project(tmp_path / "full", seeds=_SEEDS)
    (project / "results").mkdir()
    run_it = f"snakemake --cores 2 {' '.join(_BATCHES)}"
    code, output = in_namespace(
        project,
        "mount -t tmpfs -o size=20k none results\n"
        f"for size in {sizes}; do mount -o remount,size=$size results; {run_it} && exit 9; echo ROUND; done\n"
        f"mount -o remount,size=100m results; {run_it}; mkdir kept; cp -r results/. kept\n",
    )
    assert code == 0, output
    rounds = output.split("ROUND")
    assert len(rounds) == 5
    for text in rounds[:-1]:
        assert "No space left on device" in text or "MB are free on the disk of results" in text, text
    (project / "results").rmdir()
    (project / "kept").rename(project / "results")
    assert made(project) == expected


def test_read_only_results(left_alone):
    """A clear error and nothing lost."""
    project, expected, _ = left_alone
    (project / "seeds" / "new.txt").write_text("Mayor Smith said so.\n", encoding="utf-8")
    code, output = in_namespace(
        project,
        f"mount --bind results results; mount -o remount,ro,bind results; snakemake --cores 2 {' '.join(_BATCHES)}",
    )
    (project / "seeds" / "new.txt").unlink()
    assert code != 0
    assert "results" in output and "Read-only" in output
    assert "Traceback" not in output
    assert made(project) == expected


def test_a_second_run_is_told_so(tmp_path):
    project = copy_project(tmp_path / "two", seeds=_SEEDS)
    first = start(project)
    try:
        while not (project / "results" / "stages").exists():
            time.sleep(0.1)
        second = run(project)
        assert second.code != 0
        assert "another run is in progress" in second.output
        assert first.poll() is None
    finally:
        os.killpg(first.pid, signal.SIGKILL)
        first.wait()
    assert "another run is in progress" not in run(project, "--dry-run").output
