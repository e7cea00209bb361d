"""What big and odd seeds cost: `python -m benchmarks.odd_input [MEGABYTES]`.

For each kind of seed, the seconds and the peak memory of the steps that read, segment and (with --parse) parse it, each
in a process of its own, as in the pipeline.
"""

import argparse
import json
import os
import sys
import tempfile
import time
from pathlib import Path

from scripts.seeds import find_seeds
from scripts.settings import check

_SENTENCE = "China maintains that enforcement alone cannot solve the crisis, a spokesperson said on Thursday. "


def kinds(megabytes: float) -> dict[str, list[bytes]]:
    """The files of each kind of seed."""
    size = int(megabytes * 1_000_000)

    def filled(unit: str) -> list[bytes]:
        return [(unit * (size // len(unit.encode()) + 1)).encode()[:size]]

    return {
        f"a text of {megabytes:g} MB, in paragraphs": filled(_SENTENCE * 4 + "\n\n"),
        f"a text of {megabytes:g} MB, in one paragraph": filled(_SENTENCE),
        "one sentence of 200,000 words": [b"It is said that " + b"the harbour and the city " * 39_999 + b"will close."],
        "10,000 empty files": [b""] * 10_000,
        "10,000 short files": [_SENTENCE.encode()] * 10_000,
        "1 MB of emoji": ["👩‍👩‍👧 👍🏽 ".encode() * 30_000],
        "1 MB of right-to-left text": ["قال الوزير يوم الخميس إن المحادثات ستستمر. ".encode() * 13_000],
        "1 MB of NULs": [b"\0" * 1_000_000],
        "1 MB of letters without a space": [b"x" * 1_000_000],
        "1 MB of letters with 100 marks each": [("a" + "\u0301" * 100).encode() * 5_000],
    }


def measure(*command: str) -> tuple[float, float]:
    """Seconds and peak megabytes of a command. Raises RuntimeError if it fails."""
    begin = time.perf_counter()
    child = os.spawnv(os.P_NOWAIT, sys.executable, [sys.executable, "-m", *command])
    _, status, usage = os.wait4(child, 0)
    if status:
        raise RuntimeError(f"{' '.join(command)} failed")
    return time.perf_counter() - begin, usage.ru_maxrss / 1024


def main() -> None:
    """Print a table in Markdown."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("megabytes", type=float, nargs="?", default=50)
    parser.add_argument("--parse", action="store_true")
    options = parser.parse_args()
    steps = ["documents", "tokens", *(["parses"] if options.parse else [])]
    print("| seed | " + " | ".join(f"{step}: s | MB" for step in steps) + " |")
    print("|---" * (1 + 2 * len(steps)) + "|")
    for kind, files in kinds(options.megabytes).items():
        with tempfile.TemporaryDirectory() as place:
            folder = Path(place)
            (folder / "seeds").mkdir()
            for number, content in enumerate(files):
                (folder / "seeds" / f"{number}.txt").write_bytes(content)
            manifest = "".join(json.dumps(seed._asdict()) + "\n" for seed in find_seeds(folder / "seeds")[0])
            (folder / "manifest.jsonl").write_text(manifest)
            (folder / "stage.json").write_text(
                json.dumps({"settings": check({"input": {"longest_text": 1_000_000_000}})})
            )

            def run(step: str, *names: str, folder: Path = folder) -> str:
                ways = {"manifest": "manifest.jsonl", "settings": "stage.json", "seeds": "seeds"}
                arguments = (part for n in names for part in (f"--{n}", str(folder / ways.get(n, f"{n}.parquet"))))
                return "{:.1f} | {:,.0f}".format(*measure(f"scripts.{step}", *arguments))

            cells = [run("documents", "manifest", "seeds", "settings", "documents", "problems")]
            cells.append(run("tokens", "documents", "sentences", "tokens"))
            if options.parse:
                cells.append(run("parses", "documents", "sentences", "tokens", "settings", "parses", "mentions"))
            print(f"| {kind} | " + " | ".join(cells) + " |", flush=True)


if __name__ == "__main__":
    main()
