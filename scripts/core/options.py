"""The command line of a step: files and folders, each named and each required."""

import argparse
from pathlib import Path


def path_options(description: str | None, *names: str) -> argparse.Namespace:
    """Return the paths given as --NAME PATH, one for each of `names`; if one is missing, usage and exit code 2."""
    parser = argparse.ArgumentParser(description=description)
    for name in names:
        parser.add_argument(f"--{name}", type=Path, required=True)
    return parser.parse_args()
