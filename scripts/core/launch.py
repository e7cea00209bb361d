"""Run the steps of one job in one process, each with its own arguments, without packages that none of them uses.

    python -m scripts.core.launch STAGE scripts.words.ngrams --folder ... -- scripts.words.collocations --folder ...

The stage is the fingerprint of the job (`scripts.plan.stages`), which names the packages that its modules import. Steps
that are always redone together are the job of one rule: they run one after another, with `--` between, and the start of
a process is paid once.

Arrow imports NumPy when it is imported, and pandas at the first list that it turns into a column, however late our own
code imports them: a fifth of the CPU time of a small run (docs/performance.md). It does without either where it is not
installed. spaCy imports its command line, and with it a client of the web: 0.15 of the 0.39 CPU s of its import. NLTK
imports SciPy and scikit-learn where they are installed, for the classifier alone: 1.4 CPU s.
"""

import json
import runpy
import sys
import warnings
from itertools import groupby
from pathlib import Path
from types import ModuleType


def import_arrow(*, numpy: bool) -> None:
    """Import Arrow, and have it take pandas for too old to be used; with numpy=False, NumPy for absent.

    Arrow looks for pandas once, at the first list. Converting a table to a data frame later makes it look again. NumPy
    is never looked for again, so importing it fails from here on.
    """
    if not numpy:
        sys.modules["numpy"] = None  # type: ignore[assignment]  # documented: importing it raises ModuleNotFoundError
    old = ModuleType("pandas")
    old.__version__ = "0"  # type: ignore[attr-defined]
    # Arrow also looks for cloudpickle, which only functions defined in Python need: 0.01 s of each step.
    sys.modules |= {"pandas": old, "cloudpickle": None}  # type: ignore[dict-item]  # as for NumPy
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import pyarrow as pa

        pa.array([None])
    del sys.modules["pandas"], sys.modules["cloudpickle"]


def leave_out_spacy_commands() -> None:
    """Put an empty module in the place of spaCy's command line, of which spaCy imports one function and uses none."""
    info = ModuleType("spacy.cli.info")
    info.info = None  # type: ignore[attr-defined]
    sys.modules |= {"spacy.cli": ModuleType("spacy.cli"), "spacy.cli.info": info}


def main() -> None:
    """Run the steps that the command line names, each as the main program."""
    stage, *steps = sys.argv[1:]
    packages = json.loads(Path(stage).read_bytes())["packages"]
    if "pandas" not in packages:
        import_arrow(numpy="numpy" in packages)
    if "spacy" in packages:
        leave_out_spacy_commands()
    if "scikit-learn" not in packages:
        sys.modules |= {"scipy": None, "sklearn": None}  # type: ignore[dict-item]  # as for NumPy
    for between, step in groupby(steps, "--".__eq__):
        if not between:
            module, *sys.argv[1:] = step
            runpy.run_module(module, run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()
