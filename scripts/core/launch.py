"""Run a step without the packages that Arrow and spaCy import whether or not the step uses them.

    python -m scripts.core.launch [--no-numpy | --spacy] scripts.quotes --documents ...

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
    """Run the step that the command line names as the main program."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--no-numpy", action="store_true", help="the step does not use NumPy")
    parser.add_argument("--spacy", action="store_true", help="the step uses spaCy, and not its command line")
    parser.add_argument("module")
    parser.add_argument("arguments", nargs=argparse.REMAINDER)
    options = parser.parse_args()
    import_arrow(numpy=not options.no_numpy)
    if options.spacy:
        leave_out_spacy_commands()
    sys.argv[1:] = options.arguments
    runpy.run_module(options.module, run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()
