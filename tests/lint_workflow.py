"""`snakemake --lint`, without its demand for conda or a container in every rule: the lock file fixes the software."""

import json
import subprocess
import sys

ASKED_IN_VAIN = "No conda environment or container"


def complaints(report: dict) -> list[str]:
    """What the linter says, but for the one demand."""
    lints = [("Snakefile", lint) for part in report.get("snakefiles", []) for lint in part["lints"]]
    lints += [(rule["for"]["rule"], lint) for rule in report.get("rules", []) for lint in rule["lints"]]
    return [f"{where}: {lint['title']}" for where, lint in lints if not lint["title"].startswith(ASKED_IN_VAIN)]


def main() -> None:
    """Print the complaints; exit with 1 if there is one."""
    command = ["snakemake", "--lint", "json"]
    answer = subprocess.run(command, capture_output=True, text=True)
    start = answer.stdout.find("{")
    if start < 0:
        sys.exit(f"snakemake --lint gave no report:\n{answer.stdout}{answer.stderr}")
    found = complaints(json.loads(answer.stdout[start:]))
    print("\n".join(found) or "snakemake --lint: clean")
    sys.exit(bool(found))


if __name__ == "__main__":
    main()
