"""Run tests in processes forked from one that has loaded the libraries and holds the parses of the documents.

Quick tests come first, and a test is stopped if it takes far longer than it did without a fault.
"""

import importlib
import os
import pickle
import resource
import shutil
import signal
import sys
from collections.abc import Collection, Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from spacy.language import Language
from spacy.tokens import Doc

# Loaded before the processes are forked, since loading takes longer than most tests.
LIBRARIES = (
    "jinja2", "matplotlib.backends.backend_agg", "matplotlib.backends.backend_svg", "matplotlib.figure",
    "nltk.tokenize.punkt", "numpy", "openpyxl", "pandas", "pyarrow.compute", "pyarrow.parquet", "snakemake.api",
)  # fmt: skip
# Limit on bytes of data, not of address space, of which Node reserves more than it ever uses.
MEMORY = 8 * 2**30
# File in the project for the output of the last run.
OUTPUT = "pytest.out"
# CPU seconds: a test above SLOW comes after the others of its file; one above LONG is left out.
SLOW, LONG = 0.3, 1.0
# Property tests draw the same examples each time and do not shrink them.
PROFILE = "faults"
hypothesis.settings.register_profile(
    PROFILE,
    phases=[hypothesis.Phase.explicit, hypothesis.Phase.generate],
    database=None,
    deadline=None,
    derandomize=True,
    max_examples=50,
    suppress_health_check=[*hypothesis.HealthCheck],
)


def load_libraries() -> None:
    """Import the `LIBRARIES` that are installed."""
    for name in LIBRARIES:
        with suppress(ImportError):
            importlib.import_module(name)


def cpu_seconds() -> float:
    """Return the CPU seconds of this process and its finished children."""
    return sum(os.times()[:4])


def remember_parses(parses: dict[Any, bytes]) -> None:
    """Let spaCy parse only documents that are not yet in `parses`, and add these to it."""
    parse = Language.pipe

    def remembered(nlp: Language, texts: Iterable[Doc], **options: object) -> Iterator[Doc]:
        docs = list(texts)
        model = nlp.meta["name"], *nlp.pipe_names
        keys = [(model, doc.text, *(token.idx for token in doc), doc.to_array("SENT_START").tobytes()) for doc in docs]
        if not parses.keys() >= set(keys):
            parses.update(zip(keys, (doc.to_bytes() for doc in parse(nlp, docs, **options)), strict=True))
        for key in keys:
            yield Doc(nlp.vocab).from_bytes(parses[key])

    Language.pipe = remembered


class Costs:
    """Pytest plugin that records CPU seconds of tests and files, and the parses, and orders the tests by the seconds.

    Seconds and parses come back in a file, since the tests run in a separate process.
    """

    def __init__(self, file: Path) -> None:
        self._file = file
        self.seconds: dict[str, float] = {}  # from an earlier run, by test and by file
        self._new: dict[str, float] = {}
        self.parses: dict[Any, bytes] = {}
        self.first: Collection[str] = ()

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Put tests in order: files in `first`, then quick files, slow tests last in their file; drop long tests."""
        items[:] = [item for item in items if self.seconds.get(item.nodeid, 0) <= LONG]

        def place(item: pytest.Item) -> tuple[bool, float, bool]:
            file = item.nodeid.partition("::")[0]
            return file not in self.first, self.seconds.get(file, 0), self.seconds.get(item.nodeid, 0) > SLOW

        items.sort(key=place)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        """Stop the process if a test takes far longer than its file did, or hangs; add up the file's seconds."""
        file, begin = item.nodeid.partition("::")[0], cpu_seconds()
        usual = self.seconds.get(file, 60)
        signal.setitimer(signal.ITIMER_PROF, 3 + 3 * usual)
        signal.setitimer(signal.ITIMER_REAL, 120 + 100 * usual)
        outcome = yield
        self._new[file] = self._new.get(file, 0) + cpu_seconds() - begin
        return outcome

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_call(self, item: pytest.Item) -> Iterator[None]:
        """Record the CPU seconds of a test, without its setup."""
        begin = cpu_seconds()
        try:
            return (yield)
        finally:
            self._new[item.nodeid] = cpu_seconds() - begin

    def pytest_sessionfinish(self) -> None:
        """Write seconds and parses to the file, unless it exists."""
        if not self._file.exists():
            self._file.write_bytes(pickle.dumps((self._new, self.parses)))

    def read(self) -> None:
        """Load the seconds and parses that a run has written to the file."""
        self.seconds, self.parses = pickle.loads(self._file.read_bytes())


def run_tests(project: Path, arguments: list[str], costs: Costs, *, parsing: bool) -> int:
    """Return the exit status of pytest in a forked process; a negative status is a signal.

    With `parsing`, all documents are parsed anew.
    """
    process = os.fork()
    if process == 0:
        os.setpgid(0, 0)
        resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))
        output = os.open(project / OUTPUT, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        os.dup2(output, 1)
        os.dup2(output, 2)
        os.chdir(project)
        sys.path[0] = str(project)
        signal.setitimer(signal.ITIMER_PROF, 60)  # until the first test begins
        status = 3
        try:
            if not parsing:
                remember_parses(costs.parses)
            status = int(pytest.main([*arguments, "--hypothesis-profile", PROFILE], [costs]))
        finally:
            os._exit(status)
    _, status = os.waitpid(process, 0)
    with suppress(ProcessLookupError):
        os.killpg(process, signal.SIGKILL)
    shutil.rmtree(project / ".hypothesis", ignore_errors=True)
    return os.waitstatus_to_exitcode(status)
