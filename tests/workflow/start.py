"""Snakemake as tests start it: `python start.py ARGUMENTS` runs it once, and `python start.py` for many tests.

Its imports are more than half of the CPU seconds of a run that finds little to do. So one process imports them, and
forks for each run that it is asked for at its standard input, a socket. It has nothing of the project: a run reads the
code in its own folder.
"""

import atexit
import gc
import json
import os
import pkgutil
import socket
import sys
import tempfile
import warnings
from typing import NoReturn

_MOST_BYTES = 1 << 20


def leave_out_slurm() -> None:
    """Leave out the plug-in for Slurm, which brings pandas, and waits for Slurm where that is installed."""
    modules = pkgutil.iter_modules
    pkgutil.iter_modules = lambda *path: (each for each in modules(*path) if not each.name.endswith("_plugin_slurm"))


def serve(requests: socket.socket) -> None:
    """Run Snakemake in a fork for each request and send its exit code, until the other end is closed."""
    import pandas  # noqa: F401  # Snakemake asks whether a parameter is one of its tables
    from snakemake.cli import get_argument_parser

    get_argument_parser()  # imports the plug-ins
    gc.freeze()
    while True:
        request, streams, _, _ = socket.recv_fds(requests, _MOST_BYTES, 3)
        if not request:
            return
        with warnings.catch_warnings(action="ignore"):  # of threads: that of Arrow's memory has done nothing yet
            process = os.fork()
        if not process:
            run(*json.loads(request), streams)
        for stream in streams:
            os.close(stream)
        _, status = os.waitpid(process, 0)
        requests.send(str(os.waitstatus_to_exitcode(status)).encode())


def run(folder: str, arguments: list[str], environment: dict[str, str], streams: list[int]) -> NoReturn:
    """Run Snakemake in a fork, with a folder, environment and standard streams of its own."""
    from snakemake.cli import main

    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    sys.argv[1:] = arguments
    tempfile.tempdir = None  # to be looked up in that environment
    for number, stream in enumerate(streams):
        os.dup2(stream, number)
        os.close(stream)
    try:
        main()
    except SystemExit as end:
        code = end.code or 0
        if isinstance(code, str):
            print(code, file=sys.stderr)
            code = 1
        # As in a fork by multiprocessing. To take apart all that is imported would cost 0.15 CPU s.
        atexit._run_exitfuncs()
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


if __name__ == "__main__":
    del sys.path[0]  # the folder of this file
    leave_out_slurm()
    if len(sys.argv) == 1:
        serve(socket.socket(fileno=0))
    else:
        from snakemake.cli import main

        main()
