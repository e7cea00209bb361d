"""Make file names UTF-8 in a run, whatever the user's locale.

Python takes the encoding of file names from the locale when it starts, and cannot change it later. In ISO-8859-1 the
manifest would have two other letters for the last one of `café`, and no job would find the file, as jobs run in UTF-8.
"""

import os
import sys
from pathlib import Path


def start_in_utf8() -> None:
    """Start Snakemake anew in Python's UTF-8 mode if file names are read in another encoding.

    Raises SystemExit, with advice, if that is not possible: another program runs the workflow, or Snakemake has changed
    to another folder (`--directory`), where its arguments would name other files.
    """
    if sys.getfilesystemencoding() == "utf-8":
        return
    program = Path(sys.argv[0])
    is_snakemake = "snakemake" in (program.name, program.parent.name)
    moved = any(each.startswith(("-d", "--dir")) for each in sys.argv)
    if not is_snakemake or moved or os.environ.get("PYTHONUTF8") == "1":
        raise SystemExit(
            f"The names of files are read as {sys.getfilesystemencoding()} here, not as UTF-8. Set the variable "
            "PYTHONUTF8=1 (or LC_ALL=C.UTF-8) and run again."
        )
    os.environ["PYTHONUTF8"] = "1"
    sys.stdout.flush()
    sys.stderr.flush()
    os.execv(sys.executable, [sys.executable, *sys.orig_argv[1:]])
