"""`snakemake --lint`, without its demand for conda or a container in every rule: the lock file fixes the software."""

import re
import subprocess
import sys

ASKED_IN_VAIN = "Specify a conda environment or container for each rule."
_HEADING = re.compile(r"^(Lints for .*?):$|^    \* (.+?):?$", re.MULTILINE)


def complaints(report: str) -> list[str]:
    """Return the linter's complaints, but for the one demand."""
    lines, where = [], ""
    for heading, complaint in _HEADING.findall(report):
        where = heading or where
        if complaint and complaint != ASKED_IN_VAIN:
            lines.append(f"{where}: {complaint}")
    return lines


def main() -> None:
    """Print the complaints; exit with 1 if there is one, or if the linter did not get as far as the rules."""
    answer = subprocess.run([sys.executable, "-m", "snakemake", "--lint"], capture_output=True, encoding="utf-8")
    report = answer.stdout + answer.stderr
    if "Lints for rule" not in report:
        sys.exit(f"snakemake --lint gave no report:\n{report}")
    lines = complaints(report)
    print("\n".join(lines) or "snakemake --lint: clean but for conda")
    sys.exit(bool(lines))


if __name__ == "__main__":
    main()
