"""Check all results without writing: `snakemake verify`, or `python -m scripts.plan.verify results`."""

import argparse
import sys
from pathlib import Path

from scripts.core.cells import some
from scripts.core.recorded import advice, deviations, read_record
from scripts.core.seals import is_sound
from scripts.plan.record import final_files, is_sheet

_NAMED = 3  # how many files that were not checked to name


def verify(results: Path) -> tuple[list[str], int]:
    """Return a line for each file that is not as it was written, a summary, and 1 if there are such files, else 0.

    The final files are compared with the record, the tables of batches and groups with the seals in them.
    """
    record = read_record(results)
    recorded = [name for name in record.files if not is_sheet(name)]
    faults = [advice(results, each) for each in deviations(results, record, recorded, read_all=True)]
    sealed = [path for folder in ("batches", "groups") for path in sorted((results / folder).rglob("[!.]*.parquet"))]
    faults += [f"{path} was damaged on the disk. Remove it and run again." for path in sealed if not is_sound(path)]
    unknown = [name for name in final_files(results) if name not in record.files]
    about = [record.fault] if record.fault else []
    if unknown:
        about.append(f"Files not checked, since no finished run recorded them: {some(unknown, most=_NAMED)}.")
    checked = f"{results}: final files checked: {len(recorded):,}, tables of batches: {len(sealed):,}"
    verdict = f"not as they were written: {len(faults):,}" if faults else "all are sound"
    about.append(f"{checked}; {verdict}.")
    return faults + about, int(bool(faults))


def main() -> None:
    """Print the faults of the results and what to do about each; exit code 1 if there are any."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("results", type=Path, help="the results folder")
    lines, code = verify(parser.parse_args().results)
    print("\n".join(lines))
    sys.exit(code)
