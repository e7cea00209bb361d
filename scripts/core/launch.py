"""Run steps in one process, without the packages that Arrow and spaCy import whether or not a step uses them.

    python -m scripts.core.launch [--no-numpy | --pandas | --spacy] scripts.attribution --documents ...
    python -m scripts.core.launch scripts.words.ngrams,scripts.words.collocations --batches ...

Steps that are always redone together are the job of one rule, which names them with commas between: they run one after
another, with the same options, and the start of a process is paid once.

Arrow imports NumPy when it is imported, and pandas at the first list that it turns into a column, so that no late
import of ours keeps them out: a fifth of the CPU time of a small run (docs/performance.md). It does without either
where it is not installed. The rules name the steps that use neither.

spaCy imports its command line, and with it a client of the web: 0.15 of the 0.39 CPU s of its import.
"""

import argparse
import runpy
import sys
import warnings
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
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--no-numpy", action="store_true", help="no step uses NumPy")
    parser.add_argument("--pandas", action="store_true", help="a step uses pandas")
    parser.add_argument("--spacy", action="store_true", help="a step uses spaCy, and not its command line")
    parser.add_argument("modules")
    parser.add_argument("arguments", nargs=argparse.REMAINDER)
    options = parser.parse_args()
    if not options.pandas:
        import_arrow(numpy=not options.no_numpy)
    if options.spacy:
        leave_out_spacy_commands()
    sys.argv[1:] = options.arguments
    for module in options.modules.split(","):
        runpy.run_module(module, run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()
