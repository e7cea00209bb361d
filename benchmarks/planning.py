"""CPU seconds that planning takes of many articles: names listed, contents hashed, manifests written.

    python -m benchmarks.planning [--articles 100000]

What a memory of sizes, dates and inodes could save is at most the hashing, which finds each change of a file's content.
"""

import argparse
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar
from unittest.mock import patch

from benchmarks.articles import writer
from benchmarks.run import machine
from scripts.documents import seeds
from scripts.plan.batches import manifests, split
from scripts.plan.files import PlanFiles

Made = TypeVar("Made")


def measured(name: str, make: Callable[[], Made]) -> Made:
    """Return the result of a function, and print its CPU seconds."""
    before = time.process_time()
    made = make()
    print(f"{time.process_time() - before:7.2f} s  {name}")
    return made


def main() -> None:
    """Write made-up articles, plan them, and print what each part costs."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--articles", type=int, default=100_000)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        (folder / "seeds").mkdir()
        text = writer(1)(0)
        for number in range(options.articles):
            (folder / "seeds" / f"{number}.txt").write_text(f"{text}\n{number}\n", encoding="utf-8")
        print(f"{options.articles:,} articles of {len(text):,} characters, {machine()}")
        with patch.object(seeds, "sha256", lambda path: ""):
            measured("names and sizes, contents not read", lambda: seeds.find_seeds(folder / "seeds", largest=50))
        listed, _ = measured("names, sizes and contents", lambda: seeds.find_seeds(folder / "seeds", largest=50))
        members = measured("names split into batches", lambda: split([seed.doc_id for seed in listed], size=256))
        texts = measured("manifests made", lambda: manifests(listed, members))
        for name in ("manifests written", "manifests that have not changed"):
            measured(name, PlanFiles(folder / "results", texts).write)


if __name__ == "__main__":
    main()
