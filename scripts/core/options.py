"""The command line of a step: files and folders, each named."""

import argparse
from collections.abc import Sequence
from pathlib import Path


def path_options(
    description: str | None,
    *names: str,
    optional: Sequence[str] = (),
    lists: Sequence[str] = (),
    several: Sequence[str] = (),
    numbers: Sequence[str] = (),
) -> argparse.Namespace:
    """Return the paths given as --NAME PATH, one for each of `names`; if one is missing, print usage and exit with 2.

    Options in `optional` are paths too, or None if absent. Options in `lists` take any number of texts after --NAME,
    options in `several` at least one. Options in `numbers` take an integer and are required.
    """
    parser = argparse.ArgumentParser(description=description)
    for name in (*names, *optional):
        parser.add_argument(f"--{name.replace('_', '-')}", type=Path, required=name in names)
    for name in lists:
        parser.add_argument(f"--{name}", nargs="*", default=[])
    for name in several:
        parser.add_argument(f"--{name}", nargs="+", required=True)
    for name in numbers:
        parser.add_argument(f"--{name}", type=int, required=True)
    return parser.parse_args()
