"""Tests in processes of their own, forked from one that has loaded the libraries and holds the parses of the documents.

The quick tests come first, and each is stopped where it takes far longer than it took without a fault.
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

# Loaded before the processes are forked: loading takes longer than most of the tests.
LIBRARIES = (
    "jinja2", "matplotlib.backends.backend_agg", "matplotlib.backends.backend_svg", "matplotlib.figure",
    "nltk.tokenize.punkt", "numpy", "openpyxl", "pandas", "pyarrow.compute", "pyarrow.parquet", "snakemake.api",
)  # fmt: skip
# Bytes that may be written to. Node sets aside more of the address space than it ever uses.
MEMORY = 8 * 2**30
# Output of the last run, in the project.
OUTPUT = "pytest.out"
# CPU seconds: a test of more comes after the others of its file; one of far more is left out.
SLOW, LONG = 0.3, 1.0
# Property tests draw the same examples each time and shorten none.
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
    """Import the libraries that are installed."""
    for name in LIBRARIES:
        with suppress(ImportError):
            importlib.import_module(name)


def cpu_seconds() -> float:
    """Return the CPU seconds of this process and of its children that have ended."""
    return sum(os.times()[:4])


def remember_parses(parses: dict[Any, bytes]) -> None:
    """Let spaCy parse only documents that are not among the parses, and add them there."""
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
    """Plugin of pytest that notes the CPU seconds of tests and files and the parses, and orders the tests by them.

    Both come back in a file, since the tests run in a process of their own.
    """

    def __init__(self, file: Path) -> None:
        self._file = file
        self.seconds: dict[str, float] = {}  # of a run before, by test and by file
        self._new: dict[str, float] = {}
        self.parses: dict[Any, bytes] = {}
        self.first: Collection[str] = ()

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Put the files that come first there, quick ones before others, and slow tests at the end of their file."""
        items[:] = [item for item in items if self.seconds.get(item.nodeid, 0) <= LONG]

        def place(item: pytest.Item) -> tuple[bool, float, bool]:
            file = item.nodeid.partition("::")[0]
            return file not in self.first, self.seconds.get(file, 0), self.seconds.get(item.nodeid, 0) > SLOW

        items.sort(key=place)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        """Stop the process where a test takes far longer than its file took, or hangs; add up the file's seconds."""
        file, begin = item.nodeid.partition("::")[0], cpu_seconds()
        usual = self.seconds.get(file, 60)
        signal.setitimer(signal.ITIMER_PROF, 3 + 3 * usual)
        signal.setitimer(signal.ITIMER_REAL, 120 + 100 * usual)
        outcome = yield
        self._new[file] = self._new.get(file, 0) + cpu_seconds() - begin
        return outcome

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_call(self, item: pytest.Item) -> Iterator[None]:
        """Record the CPU seconds of a test, without what is made for it before."""
        begin = cpu_seconds()
        try:
            return (yield)
        finally:
            self._new[item.nodeid] = cpu_seconds() - begin

    def pytest_sessionfinish(self) -> None:
        """Leave seconds and parses in the file."""
        if not self._file.exists():
            self._file.write_bytes(pickle.dumps((self._new, self.parses)))

    def read(self) -> None:
        """Take over the seconds and parses that a run has left in the file."""
        self.seconds, self.parses = pickle.loads(self._file.read_bytes())


def run_tests(project: Path, arguments: list[str], costs: Costs, *, parsing: bool) -> int:
    """Return the status of pytest in a forked process; a status below 0 is a signal.

    With `parsing` all documents are parsed anew.
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
