"""What big and odd seeds cost: `python -m benchmarks.odd_input [MEGABYTES] [--parse]`.

For each kind of seed, the seconds of CPU time and the peak memory of the steps that read, segment and (with --parse)
parse it, each in a process of its own, as in the pipeline. The bound `longest_text` is lifted for it.
"""

import argparse
import json
import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from scripts.documents.seeds import find_seeds
from scripts.plan.prepare import set_environment
from scripts.plan.settings import check

_SENTENCE = "China maintains that enforcement alone cannot solve the crisis, a spokesperson said on Thursday. "
_PARAGRAPH = _SENTENCE * 4 + "\n\n"


def kinds(megabytes: float) -> Iterator[tuple[str, dict[str, bytes]]]:
    """Each kind of seed: (what it is, {name: content})."""
    size = int(megabytes * 1_000_000)

    def filled(unit: str) -> bytes:
        return (unit * (size // len(unit.encode()) + 1)).encode()[:size]

    rows = (f'"{number} {_PARAGRAPH * 12}"\n' for number in range(size // (12 * len(_PARAGRAPH))))
    yield f"a text of {megabytes:g} MB, in paragraphs", {"a.txt": filled(_PARAGRAPH)}
    yield f"a text of {megabytes:g} MB, in one paragraph", {"a.txt": filled(_SENTENCE)}
    yield f"a table of {megabytes:g} MB, 4,700 characters a row", {"a.csv": ("text\n" + "".join(rows)).encode()}
    sentence = "It is said that " + "the harbour and the city " * 39_999 + "will close."
    yield "one sentence of 200,000 words", {"a.txt": sentence.encode()}
    yield "10,000 empty files", dict.fromkeys((f"{number}.txt" for number in range(10_000)), b"")
    yield "10,000 short files", {f"{number}.txt": _SENTENCE.encode() for number in range(10_000)}
    yield "1 MB of emoji", {"a.txt": "👩‍👩‍👧 👍🏽 ".encode() * 30_000}
    yield "1 MB of right-to-left text", {"a.txt": "قال الوزير يوم الخميس إن المحادثات ستستمر. ".encode() * 13_000}
    yield "1 MB of NULs", {"a.txt": b"\0" * 1_000_000}
    yield "1 MB of letters without a space", {"a.txt": b"x" * 1_000_000}
    yield "1 MB of letters with 100 marks each", {"a.txt": ("a" + "\u0301" * 100).encode() * 5_000}


def measure(*command: str) -> tuple[float, float]:
    """Seconds of CPU time and peak megabytes of a command. Raises RuntimeError if it fails."""
    child = os.spawnv(os.P_NOWAIT, sys.executable, [sys.executable, "-m", *command])
    _, status, usage = os.wait4(child, 0)
    if status:
        raise RuntimeError(f"{' '.join(command)} failed")
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def main() -> None:
    """Print a table in Markdown."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("megabytes", type=float, nargs="?", default=50)
    parser.add_argument("--parse", action="store_true")
    options = parser.parse_args()
    set_environment()
    steps = ["documents", "tokens", *(["parses"] if options.parse else [])]
    print("| seed | " + " | ".join(f"{step}: s | MB" for step in steps) + " |")
    print("|---" * (1 + 2 * len(steps)) + "|")
    for kind, files in kinds(options.megabytes):
        with tempfile.TemporaryDirectory() as place:
            folder = Path(place)
            (folder / "seeds").mkdir()
            for name, content in files.items():
                (folder / "seeds" / name).write_bytes(content)
            manifest = "".join(
                json.dumps(seed._asdict()) + "\n" for seed in find_seeds(folder / "seeds", largest=100)[0]
            )
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
