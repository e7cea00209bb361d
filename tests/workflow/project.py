"""A copy of the project in a folder of its own, run for real."""

import atexit
import hashlib
import json
import os
import re
import shutil
import socket
import subprocess
import sys
from functools import cache
from pathlib import Path
from tempfile import TemporaryFile
from typing import NamedTuple

from scripts.plan.batches import split

ROOT = Path(__file__).resolve().parents[2]
# The seeds of the run that several files share (`finished`); two documents have one quotation.
QUOTATION = "Our pupils deserve better schools, smaller classes and warmer rooms"
SEEDS = {
    "harbour.txt": "The harbour will close, Mayor Ann Smith said on Monday.\n\n“We have no choice,” Smith said.\n\n"
    f"“{QUOTATION},” Omar Haddad said again.\n",
    "school.txt": f"Teachers blamed the government for the cuts.\n\n“{QUOTATION},” said Omar Haddad.\n",
    "river.txt": "---\ndate: 2024-05-01\noutlet: The Example\n---\n"
    "According to the Environment Agency, the river rose by two metres.\n",
}


def batch_of(name: str) -> str:
    """Return the batch of a seed where a batch has one."""
    return next(batch for batch, members in split(SEEDS, size=1).items() if name in members)


SNAKEMAKE = (sys.executable, str(Path(__file__).with_name("start.py")))


class Run(NamedTuple):
    """Outcome of a run: exit code, the rules that ran (each with its message) and all of its output."""

    code: int
    jobs: list[tuple[str, str]]
    output: str

    @property
    def rules(self) -> set[str]:
        return {rule for rule, _ in self.jobs}

    @property
    def planned(self) -> dict[str, int]:
        """Return how many jobs of each rule were planned, but for `all`; a run that is dry plans and runs none."""
        _, _, table = self.output.partition("Job stats:")
        counts = re.findall(r"^(\w+) +(\d+)$", table.partition("\ntotal ")[0], re.MULTILINE)
        return {rule: int(number) for rule, number in counts if rule != "all"}

    def batches(self, rule: str) -> set[str]:
        return {message.split("batch ")[1].split()[0] for name, message in self.jobs if name == rule}


def copy_project(folder: Path, *, seeds: dict[str, str]) -> Path:
    """Copy the code and settings of the project to `folder`, with these seeds (name: text)."""
    (folder / "seeds").mkdir(parents=True)
    for name in ("Snakefile", "config.yaml", "pyproject.toml", "CITATION.cff"):
        shutil.copy(ROOT / name, folder / name)
    for name in ("scripts", "workflow"):
        # With what is compiled, but for what another process is just compiling.
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("*.pyc.*"))
    (folder / "profiles").symlink_to("workflow/profiles")
    for name, text in seeds.items():
        (folder / "seeds" / name).write_text(text, encoding="utf-8")
    return folder


def set_batches(project: Path, *, size: int, group: int) -> None:
    """Let a batch of the project have so many documents at most, and a group of batches so many."""
    config = project / "config.yaml"
    text = re.sub(r"(?m)^batch_size: \d+", f"batch_size: {size}", config.read_text("utf-8"))
    config.write_text(re.sub(r"(?m)^batch_group_size: \d+", f"batch_group_size: {group}", text), encoding="utf-8")


def environment() -> dict[str, str]:
    """Return the environment of Snakemake: in UTF-8, as it starts itself anew unless another program runs it."""
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    return {**os.environ, "PATH": path, "PYTHONUTF8": "1"}


@cache
def _forking() -> socket.socket:
    """Return the socket of a process that runs Snakemake for this process of pytest, and ends with it."""
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    with theirs:
        process = subprocess.Popen(SNAKEMAKE, stdin=theirs, env=environment())
    atexit.register(process.wait)
    atexit.register(ours.close)
    return ours


def snakemake(folder: Path, *arguments: str, **changed: str) -> subprocess.CompletedProcess[str]:
    """Run Snakemake in a folder; in a process that begins with its imports where its environment is to be changed."""
    command = [*SNAKEMAKE, *arguments]
    variables = environment() | changed
    if changed or sys.platform != "linux":
        return subprocess.run(command, cwd=folder, env=variables, capture_output=True, encoding="utf-8")
    with Path(os.devnull).open() as nothing, TemporaryFile() as output, TemporaryFile() as errors:
        request = json.dumps([str(folder), arguments, variables]).encode()
        socket.send_fds(_forking(), [request], [nothing.fileno(), output.fileno(), errors.fileno()])
        code = int(_forking().recv(16))
        texts = [os.pread(file.fileno(), os.fstat(file.fileno()).st_size, 0).decode() for file in (output, errors)]
    return subprocess.CompletedProcess(command, code, *texts)


def run(project: Path, *arguments: str, cores: int = 2, **changed: str) -> Run:
    """Run snakemake in `project`; its own account says what it ran."""
    plain = ("--workflow-profile", "workflow/profiles/plain")
    done = snakemake(project, "--cores", str(cores), *plain, *arguments, **changed)
    output = done.stdout + done.stderr
    messages = dict(re.findall(r"^Job (\d+): (.+)$", output, re.MULTILINE))
    finished = re.findall(r"^Finished jobid: (\d+) \(Rule: (\w+)\)$", output, re.MULTILINE)
    return Run(done.returncode, [(rule, messages.get(number, "")) for number, rule in finished], output)


def outputs(project: Path) -> dict[str, str]:
    """Return the SHA-256 of every file that the reader gets."""
    results = project / "results"
    files = [*results.glob("tables/**/*"), *results.glob("figures/*"), *results.glob("report.html")]
    return {
        str(file.relative_to(results)): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in sorted(files)
        if file.is_file()
    }
