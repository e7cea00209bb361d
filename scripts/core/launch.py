"""Run the steps of one job, each with its own arguments: in the worker of the run or, if none listens, in this process.

    python -m scripts.core.launch scripts.words.ngrams --folder ... -- scripts.words.collocations --folder ...

Steps that are always redone together are the job of one rule: they run one after another and are separated by `--`. A
worker (`scripts.core.worker`) has already imported their modules. There is no worker for jobs on a cluster, for a step
run by hand, or on macOS. The steps write the same bytes either way.
"""

import importlib
import os
import sys
from collections.abc import Sequence
from itertools import groupby
from types import ModuleType

WORKER = "NEWSLOOM_WORKER"  # the environment variable with the address of the run's worker


def split_steps(arguments: Sequence[str]) -> list[list[str]]:
    """Return the steps of a command line, each as a module and its arguments.

    >>> split_steps(["scripts.a", "--n", "1", "--", "scripts.b"])
    [['scripts.a', '--n', '1'], ['scripts.b']]
    """
    return [list(step) for between, step in groupby(arguments, "--".__eq__) if not between]


def leave_out_unused() -> None:
    """Keep packages that no step uses out of later imports: spaCy's command line, SciPy and scikit-learn.

    spaCy imports one function of its command line, and with it a web client: 0.15 of the 0.39 CPU s of its import. NLTK
    tries to import SciPy and scikit-learn, which only developers have, for its classifier: 1.4 CPU s.
    """
    info = ModuleType("spacy.cli.info")
    info.info = None  # type: ignore[attr-defined]
    sys.modules |= {"spacy.cli": ModuleType("spacy.cli"), "spacy.cli.info": info}
    sys.modules |= {"scipy": None, "sklearn": None}  # type: ignore[dict-item]  # importing raises ModuleNotFoundError


def import_step(name: str) -> ModuleType:
    """Import the module of a step, or the `__main__` of a package, and return it."""
    module = importlib.import_module(name)
    return importlib.import_module(f"{name}.__main__") if hasattr(module, "__path__") else module


def run_steps(steps: Sequence[Sequence[str]]) -> None:
    """Call `main` of each step; a step is a module's name and its arguments, which are put in sys.argv."""
    for name, *arguments in steps:
        module = import_step(name)
        sys.argv = [str(module.__file__), *arguments]
        module.main()


def handed_over(address: str, steps: Sequence[Sequence[str]]) -> int | None:
    """Return the exit code of steps that the worker has run for this process, or None if no worker listens.

    The steps get the folder, environment, umask and standard streams of this process. The code is -N if signal N ended
    them.
    """
    import json
    import signal
    import socket
    from contextlib import suppress

    mask = os.umask(0)
    os.umask(mask)
    folder = os.getcwd()  # noqa: PTH109  # importing pathlib would take a quarter of the time of this process
    request = json.dumps([steps, folder, dict(os.environ), mask]).encode() + b"\n"
    with socket.socket(socket.AF_UNIX) as worker:
        try:
            worker.connect(f"\0{address}")
            socket.send_fds(worker, [request[:1]], [0, 1, 2])
            worker.sendall(request[1:])
        except OSError:
            return None
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # ctrl-C also reaches the steps: this process ends as they do
        answer = b""
        with suppress(ConnectionError):
            answer = worker.recv(16)
    if not answer:
        sys.exit("The worker of this run ended before the job was done. Run it again.")
    return int(answer)


def main() -> None:
    """Run the steps of the command line in the worker or, if none listens, in this process."""
    steps = split_steps(sys.argv[1:])
    code = handed_over(os.environ[WORKER], steps) if WORKER in os.environ else None
    if code is None:
        leave_out_unused()
        run_steps(steps)
        return
    if code < 0:  # end as the steps did: by signal -code
        import signal

        if -code != signal.SIGKILL:
            signal.signal(-code, signal.SIG_DFL)
        os.kill(os.getpid(), -code)
    sys.exit(code)


if __name__ == "__main__":
    main()
