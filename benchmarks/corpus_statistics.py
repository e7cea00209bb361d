"""Cost of the statistics rules on a synthetic corpus: CPU seconds beyond start-up and peak memory of each.

    python benchmarks/corpus_statistics.py [--documents 10000] [--tokens 340] [--folder DIRECTORY]

Beside them, in the same run, a plain pandas group-by of the whole token table (count of each word in each document).
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import pyarrow as pa

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from scripts.core.lexicons import word_list  # noqa: E402
from scripts.core.schemas import arrow_schema, steps  # noqa: E402
from scripts.core.storage import rows_to_table, write_parquet, write_text  # noqa: E402
from scripts.documents.signatures import signature_table  # noqa: E402
from scripts.plan.batches import split  # noqa: E402
from scripts.plan.settings import check  # noqa: E402
from scripts.plan.stages import fingerprint, selected  # noqa: E402

BATCH_TABLES = ("vocabulary", "word_counts", "ngram_counts", "collocate_counts", "document_counts")
VOCABULARY = 80_000


def _arrow(columns: dict, table: str) -> pa.Table:
    schema = arrow_schema(table)
    return pa.table({name: pa.array(columns[name], schema.field(name).type) for name in schema.names})


def _zipf(size: int, offset: float) -> np.ndarray:
    weights = (np.arange(size) + offset) ** -1.15
    return weights / weights.sum()


def make_corpus(folder: Path, documents: int, tokens: int) -> None:
    """Write batches of made-up documents: half stop words, half others by Zipf's law and topic; one mark in nine."""
    random = np.random.default_rng(1)
    stop = np.array([word for word in word_list("stopwords.txt") if word.isalpha()], object)
    names = np.r_[stop, np.array([f"w{number:x}" for number in range(VOCABULARY)], object)]
    weights = np.r_[_zipf(len(stop), 1.0) / 2, _zipf(VOCABULARY, 20.0) / 2]
    doc_ids = [f"article {number:05d}.txt" for number in range(documents)]
    outlets = [f"outlet {number}" for number in range(8)]
    for batch, members in split(doc_ids, size=256).items():
        lengths = np.maximum(20, random.lognormal(np.log(tokens) - 0.125, 0.5, len(members)).astype(int))
        total = int(lengths.sum())
        owner = np.repeat(np.arange(len(members)), lengths)
        word = random.choice(len(names), total, p=weights)
        topical = (random.random(total) < 0.2) & (word >= len(stop))
        topic = np.repeat(random.integers(len(stop), len(names) - 40, len(members)), lengths)
        word[topical] = topic[topical] + random.integers(0, 40, int(topical.sum()))
        is_word = random.random(total) > 1 / 9
        at = np.arange(total) - np.repeat(np.cumsum(lengths) - lengths, lengths)
        text = np.where(is_word, names[word], ",")
        base = folder / "batches" / batch
        blank = dict.fromkeys(arrow_schema("batch_documents").names, "")
        rows = [
            {
                **blank,
                "doc_id": doc_id,
                "seed": doc_id,
                "date": f"2025-{random.integers(1, 13):02d}-10",
                "outlet": outlets[random.integers(8)],
                "metadata": "{}",
                "language": "en",
            }
            for doc_id in members
        ]
        write_text(base / "manifest.jsonl", "")
        write_parquet(base / "documents.parquet", rows_to_table("batch_documents", rows))
        write_parquet(base / "signatures.parquet", signature_table(rows))
        write_parquet(base / "problems.parquet", arrow_schema("problems").empty_table())
        owners = np.array(members, object)[owner]
        columns = {"doc_id": owners, "sentence": at // 22, "token": at, "start": at * 6, "end": at * 6 + 5}
        columns |= {"text": text, "word": text, "is_word": is_word, "is_stop": np.zeros(total, bool)}
        write_parquet(base / "tokens.parquet", _arrow(columns, "batch_tokens"))
        empty = np.full(total, "", object)
        write_parquet(
            base / "parses.parquet",
            _arrow({"lemma": text, "pos": empty, "tag": empty, "dep": empty, "head": at}, "batch_parses"),
        )
        write_parquet(base / "sentences.parquet", arrow_schema("sentences").empty_table())


def measured(command: list[str]) -> tuple[float, float]:
    """Return the CPU seconds and peak megabytes of a command; raises CalledProcessError if it fails."""
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


PANDAS = """
import sys, pandas as pd
paths = sys.argv[1:]
whole = pd.concat([pd.read_parquet(path, columns=["doc_id", "word", "is_word"]) for path in paths])
counts = whole[whole.is_word].groupby(["doc_id", "word"]).size()
print(len(counts))
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=10_000)
    parser.add_argument("--tokens", type=int, default=340, help="mean tokens of a document")
    parser.add_argument("--folder", type=Path, help="keep the corpus here, and use the one that is here")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = (options.folder or Path(temporary)).resolve()
        if not (folder / "batches").is_dir():
            make_corpus(folder, options.documents, options.tokens)
        run(folder)


def run(folder: Path) -> None:
    os.environ |= {"PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    config = check({"keyness": {"groups": ["outlet", "doc_id"]}})
    for name, step in steps().items():
        if step.settings != ("*",):
            write_text(folder / "stages" / f"{name}.json", fingerprint(step.modules, selected(config, step.settings)))
    batches = sorted(path.parent for path in (folder / "batches").glob("*/manifest.jsonl"))
    python = [sys.executable, "-m"]
    print(f"{'rule':<14}{'CPU s':>8}{'start-up':>10}{'beyond':>8}{'MB':>7}   load {os.getloadavg()[0]:.1f}")

    def show(rule: str, module: str, commands: list[list[str]]) -> None:
        start = min(measured([*python, module, "--help"])[0] for _ in range(3))
        costs = [measured([*python, module, *command]) for command in commands]
        cpu, peak = sum(cost[0] for cost in costs), max(cost[1] for cost in costs)
        jobs = len(commands)
        name = f"{rule} x{jobs}" if jobs > 1 else rule
        print(f"{name:<14}{cpu:>8.2f}{start * jobs:>10.2f}{cpu - start * jobs:>8.2f}{peak:>7.0f}", flush=True)

    def stage(name: str) -> list[str]:
        return ["--settings", str(folder / "stages" / f"{name}.json")]

    refused = folder / "stages" / "refused.jsonl"
    write_text(refused, "")
    corpus_options = ["--batches", str(folder / "batches"), "--folder", str(folder / "tables")]
    documents = ["--documents", str(folder / "tables" / "documents.parquet")]
    show("counts", "scripts.words.counts", [_counts(batch) + stage("counts") for batch in batches])
    duplicates = folder / "batches" / "duplicates.parquet"
    show(
        "duplicates",
        "scripts.documents.duplicates",
        [corpus_options + stage("duplicates") + ["--output", str(duplicates)]],
    )
    listed = ["--refused", str(refused), "--duplicates", str(duplicates)]
    show("corpus", "scripts.documents.corpus", [corpus_options + listed + stage("corpus")])
    for name in ("frequencies", "readability", "similarity"):
        show(name, f"scripts.words.{name}", [corpus_options + stage("words")])
    for name in ("ngrams", "collocations"):
        show(name, f"scripts.words.{name}", [corpus_options + stage("phrases")])
    show("rates", "scripts.words.rates", [corpus_options + documents + stage("rates")])
    show("keyness", "scripts.words.keyness", [corpus_options + documents + stage("keyness")])
    begin = time.perf_counter()
    cpu, peak = measured([sys.executable, "-c", PANDAS, *(str(batch / "tokens.parquet") for batch in batches)])
    start = measured([sys.executable, "-c", "import pandas"])[0]
    print(f"{'pandas':<14}{cpu:>8.2f}{start:>10.2f}{cpu - start:>8.2f}{peak:>7.0f}   a group-by of all tokens")
    print(json.dumps({"batches": len(batches), "seconds": round(time.perf_counter() - begin, 1)}))


def _counts(batch: Path) -> list[str]:
    inputs = {name: batch / f"{name}.parquet" for name in ("documents", "tokens", "parses")}
    outputs = {name.replace("_", "-"): batch / f"{name}.parquet" for name in BATCH_TABLES}
    outputs["problems"] = batch / "counts_problems.parquet"
    return [part for name, path in (inputs | outputs).items() for part in (f"--{name}", str(path))]


if __name__ == "__main__":
    main()
