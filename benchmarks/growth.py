"""Cost against the size of the corpus: full runs, one article added, edited, removed, nothing to do, memory, disk.

    python -m benchmarks.growth [--sizes 100 1000 10000] [--cores 2]

CPU seconds of Snakemake and all jobs; the peak memory is that of the largest process so far.
Nothing is repeated, since a full run at the largest size takes minutes: compare shares and slopes, not seconds.
Each run is a line on standard error when it ends.
"""

import argparse
import resource
import sys
import tempfile
from pathlib import Path

from benchmarks.articles import write, writer
from benchmarks.run import Cost, machine, measure, pipeline


def _megabytes(folder: Path) -> float:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6


def _measured(change: str, seeds: Path, results: Path, *, cores: int) -> Cost:
    """Run the pipeline after a change of the seeds and report what it cost."""
    cost = measure(pipeline(seeds, results, cores=cores))
    print(f"{seeds.parent.name}, {change}: {cost}", file=sys.stderr, flush=True)
    return cost


def main() -> None:
    """Run each size from nothing, then the changes, and print a row each."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sizes", nargs="+", type=int, default=[100, 1000, 10000])
    parser.add_argument("--cores", type=int, default=2)
    options = parser.parse_args()
    print(machine())
    print(
        "| articles | seconds | CPU seconds | CPU ms an article | largest process, MB | results, MB |"
        " nothing to do, s | add one, CPU s (share) | edit one | remove one |\n"
        "|---|---|---|---|---|---|---|---|---|---|"
    )
    for size in options.sizes:
        with tempfile.TemporaryDirectory(prefix=f"articles-{size}-") as temporary:
            seeds, results = Path(temporary) / "seeds", Path(temporary) / "results"
            write(seeds, size)
            full = _measured("all", seeds, results, cores=options.cores)
            peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
            disk = _megabytes(results)
            idle = _measured("nothing", seeds, results, cores=options.cores)
            added = seeds / "added.txt"
            shares = []
            for change in ("add", "edit", "remove"):
                if change == "remove":
                    added.unlink()
                else:
                    added.write_text(writer(2)(0 if change == "add" else 1), encoding="utf-8")
                cpu = _measured(change, seeds, results, cores=options.cores).cpu
                shares.append(f"{cpu:.1f} ({100 * cpu / full.cpu:.1f} %)")
            print(
                f"| {size:,} | {full.wall:.0f} | {full.cpu:.0f} | {1000 * full.cpu / size:.1f} | {peak:.0f} |"
                f" {disk:.0f} | {idle.wall:.1f} | {' | '.join(shares)} |",
                flush=True,
            )


if __name__ == "__main__":
    main()
