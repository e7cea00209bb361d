"""The worker of a run: a process that imports the modules of the steps once, and forks for each job.

A small job spends most of its time on starting Python and on imports. So the main process of a run starts a worker, to
which the command of a rule, `python -m scripts.core.launch`, hands over its job. The worker imports the modules of the
steps, if it has not yet, forks, and answers with the exit code. While it waits for jobs, it imports the modules of the
rules that will run.

A job is in the process group of the run, so ctrl-C reaches it. It dies with its `launch`, with the worker and with the
main process, whatever signal kills them. The worker must not run anything that starts threads, since threads do not
survive a fork: it only imports modules, and loads the models for languages, parsing and names. It works only on Linux:
macOS cannot fork safely once system libraries are in use, and does not tell a process that its parent has died.
"""

import atexit
import ctypes
import gc
import json
import os
import secrets
import select
import signal
import socket
import struct
import subprocess
import sys
import tempfile
from collections import deque
from collections.abc import Collection, Sequence
from contextlib import suppress
from typing import NamedTuple

import pyarrow as pa

from scripts.core.launch import WORKER, import_step, leave_out_unused, run_steps
from scripts.core.schemas import arrow_schema, entries, steps

_PR_SET_PDEATHSIG = 1
_MOST_WAITING = 1024


class Job(NamedTuple):
    """Steps to run, and the folder, environment, umask and three standard streams to run them with."""

    steps: list[list[str]]
    folder: str
    environment: dict[str, str]
    mask: int
    streams: list[int]


def start_worker(rules: Collection[str] = ()) -> None:
    """Start the worker of a run of these rules, which ends with this process.

    On systems that cannot have a worker, return without one: jobs then take longer.
    """
    if sys.platform != "linux" or not hasattr(os, "fork"):
        return
    address = f"newsloom-{secrets.token_hex(8)}"  # an abstract socket: no file for a killed run to leave behind
    with suppress(OSError), socket.socket(socket.AF_UNIX) as listener:  # where the system forbids such a socket
        listener.bind(f"\0{address}")
        listener.listen(_MOST_WAITING)
        modules = [module for name, step in steps().items() if name in rules for module in step.modules]
        command = [sys.executable, "-m", __name__, str(os.getpid()), *modules]
        process = subprocess.Popen(command, stdin=listener.fileno())
        os.environ[WORKER] = address
        atexit.register(_end, process)


def _end(process: subprocess.Popen[bytes]) -> None:
    process.kill()
    process.wait()


def die_with(parent: int) -> None:
    """Ask the system to kill this process when its parent dies; end it now if the parent is already dead."""
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)


def read_job(client: socket.socket) -> Job | None:
    """Return the job that a client asks for, or None if the client has died or belongs to another user."""
    _, user, _ = struct.unpack("3i", client.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, struct.calcsize("3i")))
    if user != os.getuid():
        return None
    first, streams, _, _ = socket.recv_fds(client, 1, 3)
    with client.makefile("rb") as file:
        request = first + file.readline()
    if request.endswith(b"\n"):
        steps, folder, environment, mask = json.loads(request)
        return Job(steps, folder, environment, mask, streams)
    close_all(streams)
    return None


def close_all(streams: list[int]) -> None:
    """Close file descriptors."""
    for stream in streams:
        os.close(stream)


def become(job: Job) -> None:
    """Take over the folder, environment, umask and standard streams of a job."""
    os.chdir(job.folder)
    os.environ.clear()
    os.environ.update(job.environment)
    tempfile.tempdir = None  # to be looked up in that environment
    os.umask(job.mask)
    for number, stream in enumerate(job.streams):
        os.dup2(stream, number)
    close_all(job.streams)


def answer_ended(running: dict[int, socket.socket]) -> None:
    """Send the clients of ended jobs their exit codes: -N if signal N ended the job."""
    while running:
        process, status = os.waitpid(-1, os.WNOHANG)
        if not process:
            return
        with running.pop(process) as client, suppress(OSError):
            client.sendall(str(os.waitstatus_to_exitcode(status)).encode())


def begin(job: Job) -> int:
    """Import the steps of a job and fork; return the id of the new process or, in the new process, 0.

    A step may have a function `before_fork`, which is called in the worker with the arguments of the step.
    """
    for name, *arguments in job.steps:
        with suppress(Exception):  # the job will meet the error again, and has a log
            step = import_step(name)
            if hasattr(step, "before_fork"):
                step.before_fork(arguments)
    gc.freeze()  # a collection would write to the memory that all jobs share
    gc.set_threshold(50_000)  # rows and figures are many live objects with few cycles to collect
    worker = os.getpid()
    process = os.fork()
    if process:
        close_all(job.streams)
        return process
    signal.set_wakeup_fd(-1)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    die_with(worker)
    return 0


def serve(listener: socket.socket, modules: Sequence[str]) -> Job:
    """Return a job, in the process that was forked for it; in the worker itself this never returns.

    The worker imports the modules one by one while it has nothing else to do.
    """
    ahead = deque(modules)
    running: dict[int, socket.socket] = {}  # process ids and their clients
    woken, waking = socket.socketpair()  # woken when a process ends
    for end in (woken, waking):
        end.setblocking(False)
    signal.set_wakeup_fd(waking.fileno(), warn_on_full_buffer=False)
    for number in (signal.SIGCHLD, signal.SIGINT):
        signal.signal(number, lambda *_: None)
    while True:
        ready, _, _ = select.select([listener, woken, *running.values()], [], [], 0 if ahead else None)
        if not ready:
            with suppress(Exception):  # the job will meet the error again, and has a log
                import_step(ahead.popleft())
        for process, client in running.items():
            if client in ready:  # a client sends nothing after its request, so this is the end of its process
                os.kill(process, signal.SIGKILL)
        if woken in ready:
            woken.recv(_MOST_WAITING)
            answer_ended(running)
        if listener in ready:
            client, _ = listener.accept()
            job = read_job(client)
            if job is None:
                client.close()
            elif process := begin(job):
                running[process] = client
            else:
                for each in (listener, woken, waking, client, *running.values()):
                    each.close()
                return job


def main() -> None:
    """Serve the process with the given id on the socket at standard input; import the given modules."""
    die_with(int(sys.argv[1]))
    leave_out_unused()
    pa.array([None])  # Arrow imports pandas when it converts its first list
    for table in entries():
        arrow_schema(table)  # fills its cache
    job = serve(socket.socket(fileno=0), sys.argv[2:])
    become(job)
    run_steps(job.steps)
    # End as a fork by multiprocessing does: tearing down all imported modules would take 0.1 to 0.2 CPU s.
    atexit._run_exitfuncs()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(0)


if __name__ == "__main__":
    main()
