"""The worker of a run: jobs that it does in place of their launchers, and what becomes of them when one of all dies."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from scripts.core import worker
from scripts.core.launch import WORKER
from scripts.core.schemas import steps
from scripts.core.storage import ROOT
from scripts.plan.prepare import set_environment

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="there is no worker")

MAIN = """
import os, signal, sys
from scripts.core import worker
worker.start_worker()
signal.signal(signal.SIGINT, lambda *_: None)  # as Snakemake, which waits for its jobs
print(os.environ["NEWSLOOM_WORKER"], flush=True)
sys.stdin.read()
"""
# Says what it sees of the world, and whether another process imported it.
STEP = """
import os, sys
IMPORTED_BY = os.getpid()

def main():
    mask = os.umask(0)
    print(sys.argv[1:], os.getcwd(), os.environ["COLOUR"], mask, sys.stdin.read(), IMPORTED_BY != os.getpid())
    print("to the log", file=sys.stderr)
"""
WAITING = """
import os, time

def main():
    print(os.getpid(), flush=True)
    time.sleep(60)
"""


@pytest.fixture
def main(tmp_path, monkeypatch):
    """Start a process with a worker, in a group of its own; both find steps in a folder."""
    with monkeypatch.context() as changed:
        changed.setattr(os, "environ", os.environ.copy())
        set_environment()
        environment = {**os.environ, "PYTHONPATH": f"{tmp_path}:{ROOT}"}
    process = subprocess.Popen(
        [sys.executable, "-c", MAIN],
        cwd=tmp_path,
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        encoding="utf-8",
        process_group=0,
    )
    monkeypatch.setenv("PYTHONPATH", f"{tmp_path}:{ROOT}")
    monkeypatch.setenv(WORKER, process.stdout.readline().strip())
    yield process
    process.kill()
    process.communicate()


def write_step(folder: Path, name: str, code: str) -> None:
    (folder / f"{name}.py").write_text(code, encoding="utf-8")


def launch(*arguments: str, **options) -> subprocess.Popen:
    command = [sys.executable, "-m", "scripts.core.launch", *arguments]
    return subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8", **options
    )


def is_alive(process: int) -> bool:
    """Return True if a process runs; one that is dead and not waited for does not."""
    try:
        return Path(f"/proc/{process}/stat").read_text("utf-8").rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def wait_for_end(process: int) -> None:
    while is_alive(process):
        time.sleep(0.01)


def children(process: int) -> list[int]:
    return [int(each) for each in Path(f"/proc/{process}/task/{process}/children").read_text("utf-8").split()]


def outcome(process: subprocess.Popen) -> tuple[int, str, str]:
    """Return the exit code of a launcher, its output and its log."""
    output, log = process.communicate("a question")
    return process.returncode, output, log


def test_a_job_has_the_arguments_folder_environment_and_streams_of_its_launcher(main, tmp_path):
    write_step(tmp_path, "step", STEP)
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    world = {"cwd": folder, "umask": 0o27}
    colour = {**os.environ, "COLOUR": "green"}
    lines = [f"['a b'] {folder} green 23 a question {{}}\n", f"['c'] {folder} green 0 \u0020{{}}\n"]
    for environment, handed_over in ((colour, True), ({**colour, WORKER: "nobody"}, False)):
        done = outcome(launch("step", "a b", "--", "step", "c", env=environment, **world))
        assert done == (0, "".join(lines).format(handed_over, handed_over), "to the log\n" * 2)


@pytest.mark.parametrize("address", [None, "nobody"])
def test_a_job_ends_as_its_steps_do_with_a_worker_and_without(main, tmp_path, monkeypatch, address):
    if address:
        monkeypatch.setenv(WORKER, address)
    for name, code, end in (
        ("message", "import sys; sys.exit('no seeds')", (1, "", "no seeds\n")),
        ("number", "import sys; print(1); sys.exit(3)", (3, "1\n", "")),
        ("killed", "import os; os.kill(os.getpid(), 9)", (-9, "", "")),
        ("atexit", "import atexit; atexit.register(print, 'last')", (0, "last\n", "")),
    ):
        write_step(tmp_path, f"{name}_step", f"def main():\n    {code}\n")
        assert outcome(launch(f"{name}_step", "--", "number_step" if end[0] else f"{name}_step"))[::2] == end[::2], name
    write_step(tmp_path, "faulty", "import a_package_that_is_not_here\n\ndef main(): ...\n")
    code, _, log = outcome(launch("faulty"))
    assert code == 1
    assert log.endswith("ModuleNotFoundError: No module named 'a_package_that_is_not_here'\n")


def started(main: subprocess.Popen, folder: Path, **options) -> tuple[subprocess.Popen, int, int]:
    """Start a job that waits; return its launcher, its own process and the worker."""
    write_step(folder, "waiting", WAITING)
    launcher = launch("waiting", **options)
    job = int(launcher.stdout.readline())
    (server,) = children(main.pid)
    assert children(server) == [job]
    return launcher, job, server


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL])
def test_a_job_dies_with_its_launcher(main, tmp_path, number):
    launcher, job, server = started(main, tmp_path)
    launcher.send_signal(number)
    wait_for_end(job)
    assert launcher.wait() == -number
    write_step(tmp_path, "next", "def main(): print('served')")
    assert is_alive(server)
    assert outcome(launch("next"))[1] == "served\n"


def test_a_job_dies_with_its_worker_and_its_launcher_says_so(main, tmp_path):
    launcher, job, server = started(main, tmp_path)
    os.kill(server, signal.SIGKILL)
    wait_for_end(job)
    assert outcome(launcher)[::2] == (1, "The worker of this run ended before the job was done. Run it again.\n")


def test_worker_and_jobs_die_with_the_main_process(main, tmp_path):
    launcher, job, server = started(main, tmp_path)
    main.kill()
    wait_for_end(server)
    wait_for_end(job)
    assert outcome(launcher)[0] == 1


def test_the_worker_ends_with_a_run_that_ends(main):
    (server,) = children(main.pid)
    assert main.communicate()[0] == ""
    assert main.returncode == 0
    assert not is_alive(server)


def test_an_interrupt_of_the_whole_group_reaches_the_job_and_not_the_worker(main, tmp_path):
    launcher, _, server = started(main, tmp_path, process_group=main.pid)
    assert os.getpgid(server) == main.pid
    os.killpg(main.pid, signal.SIGINT)
    code, _, log = outcome(launcher)
    assert code == -signal.SIGINT
    assert log.endswith("\nKeyboardInterrupt\n")
    assert log.count("Traceback") == 1


def test_what_a_step_makes_before_the_fork_is_made_once_and_shared(main, tmp_path):
    code = """
import functools, os, sys
maker = functools.cache(lambda name: os.getpid())
before_fork = lambda arguments: maker(arguments[0])
main = lambda: print(maker(sys.argv[1]), os.getppid())
"""
    write_step(tmp_path, "step", code)
    made = [outcome(launch("step", "a"))[1].split() for _ in range(2)]
    (server,) = children(main.pid)
    assert made == [[str(server)] * 2] * 2


def test_the_modules_of_the_rules_that_will_run_are_imported_while_no_job_comes(tmp_path):
    code = "import os\nopen('imported', 'a').write(f'{__name__} {os.getpid()} ')\n"
    for name in ("early", "late"):
        write_step(tmp_path, name, code)
    write_step(tmp_path, "broken", "raise ValueError")
    ours, theirs = socket.socketpair()
    script = f"import sys, os; sys.path.insert(0, {str(ROOT)!r}); from scripts.core import worker; worker.main()"
    with ours, theirs:
        command = [sys.executable, "-c", script, str(os.getpid()), "early", "broken", "late"]
        process = subprocess.Popen(command, cwd=tmp_path, stdin=theirs)
        for _ in range(100):
            if (tmp_path / "imported").exists() and "late" in (tmp_path / "imported").read_text():
                break
            time.sleep(0.1)
        process.kill()
        process.wait()
    assert (tmp_path / "imported").read_text() == f"early {process.pid} late {process.pid} "


def test_two_jobs_run_at_a_time(main, tmp_path):
    early, early_job, server = started(main, tmp_path)
    late = launch("waiting")
    late_job = int(late.stdout.readline())
    assert children(server) == [early_job, late_job]
    os.kill(early_job, signal.SIGTERM)
    assert outcome(early)[0] == -signal.SIGTERM
    assert is_alive(late_job)
    late.kill()
    outcome(late)


def test_where_no_socket_is_to_be_had_the_run_goes_on_without_a_worker(monkeypatch):
    def refused(_family):
        raise PermissionError

    monkeypatch.delenv(WORKER, raising=False)
    monkeypatch.setattr(worker.socket, "socket", refused)
    worker.start_worker()
    assert WORKER not in os.environ


def test_another_user_is_not_served(monkeypatch):
    ours, theirs = socket.socketpair()
    with ours, theirs:
        socket.send_fds(theirs, [json.dumps([[], "/", {}, 0]).encode() + b"\n"], [0, 1, 2])
        user = os.getuid()
        monkeypatch.setattr(worker.os, "getuid", lambda: user + 1)
        assert worker.read_job(ours) is None
        monkeypatch.undo()
        job = worker.read_job(ours)
        assert (job.steps, job.folder, len(job.streams)) == ([], "/", 3)
        worker.close_all(job.streams)


def test_half_a_request_is_none():
    ours, theirs = socket.socketpair()
    with ours:
        with theirs:
            socket.send_fds(theirs, [b"[[]"], [0])
        assert worker.read_job(ours) is None


def test_importing_every_step_starts_no_thread(main, tmp_path):
    """A fork has none of the threads, and waits for ever where one of them held a lock."""
    names = [name for step in steps().values() for name in step.modules]
    write_step(tmp_path, "all_steps", f"from scripts.core.launch import import_step\n[*map(import_step, {names})]\n")
    assert "has no attribute 'main'" in outcome(launch("all_steps"))[2]
    (server,) = children(main.pid)
    assert len(list(Path(f"/proc/{server}/task").iterdir())) == 1
