"""Submissions of a run of so many articles on a cluster, with a profile as it is shipped.

    python -m benchmarks.submissions [--articles 1000000] [--profile slurm] [snakemake's options]

Snakemake plans them in a dry run and tells of each. The articles are names only; nothing is read, written or submitted.
"""

import argparse
import logging
import resource
import tempfile
from collections import Counter
from pathlib import Path
from unittest.mock import patch

from snakemake.cli import main as snakemake
from snakemake.logging import logger

from benchmarks.run import machine
from scripts.core.storage import ROOT
from scripts.documents.seeds import Refused, Seed


class Submissions(logging.Handler):
    """Counts submissions and their jobs as Snakemake tells of them, by group, or by rule where a job is in none."""

    def __init__(self) -> None:
        """Begin with none."""
        super().__init__()
        self.number: Counter[str] = Counter()
        self.jobs: Counter[str] = Counter()
        self.minutes: Counter[str] = Counter()  # that one asks for at most

    def emit(self, record: logging.LogRecord) -> None:
        """Count the submission of which a record tells, if it does."""
        fields = record.__dict__
        if fields.get("event") == "group_info":
            job = next(iter(fields["jobs"]))
            self._count(job.group, len(fields["jobs"]), job.dag.get_job_group(job).resources["runtime"])
        elif fields.get("event") == "job_info" and not fields["indent"] and fields["shellcmd"]:
            self._count(fields["rule_name"], 1, fields["resources"]["runtime"])

    def _count(self, name: str, jobs: int, minutes: int) -> None:
        self.number[name] += 1
        self.jobs[name] += jobs
        self.minutes[name] = max(self.minutes[name], minutes)


def main() -> None:
    """Plan the submissions and print how many there are."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--articles", type=int, default=1_000_000)
    parser.add_argument("--profile", default="slurm")
    options, others = parser.parse_known_args()
    seeds = [Seed(name, name, "", {}) for name in (f"{number}.txt" for number in range(options.articles))]
    submissions = Submissions()

    def made_up(folder: Path, *, largest: int) -> tuple[list[Seed], list[Refused]]:
        # Snakemake has no handlers yet when it is started, but has them when it asks for the seeds.
        logger.handlers[:] = [submissions]
        return seeds, []

    with tempfile.TemporaryDirectory() as temporary, patch("scripts.plan.prepare.find_seeds", made_up):
        Path(temporary, "seeds").mkdir()
        profile = ROOT / "workflow" / "profiles" / options.profile
        call = [
            "--snakefile",
            str(ROOT / "Snakefile"),
            "--directory",
            temporary,
            "--dry-run",
            "--profile",
            str(profile),
        ]
        try:
            snakemake([*call, *others])
        except SystemExit as end:
            if end.code:
                raise
    print(f"{options.articles:,} articles, profile {options.profile}, {machine()}")
    for name, number in submissions.number.items():
        asked = f"which ask for {submissions.minutes[name]:,} minutes at most each"
        print(f"{number:6,} submissions of {submissions.jobs[name]:7,} jobs: {name}, {asked}")
    usage = resource.getrusage(resource.RUSAGE_SELF)
    cost = f"planned in {usage.ru_utime:.0f} CPU s and {usage.ru_maxrss / 1e3:.0f} MB"
    print(f"{submissions.number.total():6,} submissions of {submissions.jobs.total():7,} jobs, {cost}")


if __name__ == "__main__":
    main()
