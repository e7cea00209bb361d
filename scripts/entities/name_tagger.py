"""Raw mentions of names, dates and amounts: spans and OntoNotes labels, from two small networks of the project's own.

Each token begins as a sum of vectors: for the word (from the network of `light`), its last letters, its shape, the
lists that it is on, its tag and its dependency. Each layer adds information from a window of three tokens (Collobert
et al. 2011; residual, with maxout, as in spaCy's models). The last layer scores each label, once for the first token of
a mention and once for the tokens after it. Where the first network is unsure of the kind of name, at one token in
twenty-five, the second, which was trained longer, is asked too, and the mean of both counts. `training.name_tagger`
learns the weights.
"""

import zlib
from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

import numpy as np

from scripts.core.annotation import Doc, Mention
from scripts.core.arrays import Floats, Floats32, Ints
from scripts.core.storage import WORKFLOW
from scripts.entities.kinds import NAME_KINDS, NAMES, ONTONOTES, fold
from scripts.entities.knowledge import capitals, country_names, demonyms, entries
from scripts.entities.name_evidence import ENDINGS, has_ending
from scripts.entities.name_words import lower_words, tokens_of_words
from scripts.entities.proposed_spans import listed_names
from scripts.parsing.base_encoder import checked, unpacked
from scripts.parsing.light_words import light_words

# The files of the first and of the second network, with their SHA-256.
TAGGERS = {
    "name_tagger.npz": "04db3d8dc89ccf2fc1cdf47ccc913b937935ac5751d2c1c53f9e1a461d773ced",
    "name_tagger_second.npz": "5f5fb914f51fb375877fcdbf175120f009d1fb8fa7dc20e9f403a632a6e01a7a",
}
# The first network is unsure of a token if no kind of name, nor none, is at least this likely.
_SURE = 0.9
# Number of vectors of last letters; number of last letters; number of tokens that are computed together.
_ENDINGS, _LETTERS, _BLOCK = 1024, 3, 512
# Lower bound on the divisor of label chances: their sum may be 0 for a token outside of names.
_TINY = np.float32(1e-30)
# Log-odds are rounded before any decision, as processors differ in the seventh decimal.
_DECIMALS = 2
# Lists of lower-case words that suggest names, each with a row of vectors; the endings of `ENDINGS` come next.
_LISTS = (
    ("titles.txt", "honorifics.txt"),
    ("organisation_heads.txt",),
    ("place_heads_natural.txt", "place_heads_areas.txt", "place_heads_built.txt"),
    ("event_heads.txt",),
    ("speech_verbs.txt",),
)
# Order of rows: the lists of whole names, given names, the lists and endings above, and last the mark of a word that
# the document also has in lower case.
_FIRST_LIST = 5
_LOWER = _FIRST_LIST + 1 + len(_LISTS) + len(ENDINGS)
N_LISTS = _LOWER + 1


class Layer(NamedTuple):
    """The weights of a layer: a map of a window of three (3 widths x 2 widths) with bias, and the normalization."""

    window: Floats32
    window_bias: Floats32
    gain: Floats32
    bias: Floats32


class Tagger(NamedTuple):
    """Numbers of tags and dependencies, arrays by name (vectors of a token's properties, the label layer), layers."""

    tags: dict[str, int]
    dependencies: dict[str, int]
    arrays: dict[str, Floats32]
    layers: list[Layer]


def tagger_files() -> list[Path]:
    """Return the paths of the shipped weights. Raises ValueError if a file differs from the published one."""
    return [checked(WORKFLOW / "models" / name, sha256) for name, sha256 in TAGGERS.items()]


@cache
def taggers(folder: Path | None) -> list[Tagger]:
    """Return both networks from a folder, or the shipped ones. Raises ValueError as `tagger_files` does."""
    return [_read_tagger(file) for file in ([folder / name for name in TAGGERS] if folder else tagger_files())]


def _read_tagger(file: Path) -> Tagger:
    """Return the weights in a file."""
    with np.load(file, allow_pickle=False) as stored:
        tags, dependencies = (
            {name: number for number, name in enumerate(stored[of].tolist())} for of in ("tags", "dependencies")
        )
        arrays = {name: unpacked(stored, name) for name in stored.files if name not in ("tags", "dependencies")}
    n_layers = sum(name.endswith(".window") for name in arrays)
    layers = [Layer(*(arrays.pop(f"{number}.{part}") for part in Layer._fields)) for number in range(n_layers)]
    return Tagger(tags, dependencies, arrays, layers)


def shape_of(word: str) -> int:
    """Return the number of a word's shape: its pattern of capitals, lower case, digits and marks.

    >>> [shape_of(word) for word in ("A", "UN", "UNESCO", "McCain", "Ann", "19th", "said", "iPad", ",")]
    [1, 2, 3, 4, 5, 6, 7, 8, 9]
    """
    if word.isupper():
        return 1 if len(word) == 1 else 2 if len(word) < 6 else 3
    if word[0].isupper():
        return 4 if any(map(str.isupper, word[1:])) else 5
    if word[0].isdigit():
        return 6
    return 7 if word.islower() else 8 if any(map(str.isupper, word)) else 9


def ending_of(word: str) -> int:
    """Return the number of a word's last letters (a hash below `_ENDINGS`)."""
    return zlib.crc32(word[-_LETTERS:].lower().encode()) % _ENDINGS


@lru_cache(maxsize=1 << 16)
def lists_of_word(word: str) -> tuple[int, ...]:
    """Return the numbers of the lists that a word is on by itself."""
    lower = word.lower().rstrip(".")
    on = [word in entries("given_names.txt")]
    on += [any(lower in entries(name) for name in names) for names in _LISTS]
    on += [has_ending(lower, name) for _, name in ENDINGS]
    return tuple(number for number, is_on in enumerate(on, _FIRST_LIST) if is_on)


@lru_cache(maxsize=1 << 14)
def lists_of_name(name: str) -> tuple[int, ...]:
    """Return the numbers of the lists that a listed name is on."""
    lists = (country_names(), capitals(), entries("places.txt"), demonyms(), entries("organisations.txt"))
    return tuple(number for number, names in enumerate(lists) if name in names)


def lists_of(doc: Doc) -> Iterator[tuple[int, int]]:
    """Yield (token, list number) for lists of whole names, and for words that the document also has in lower case."""
    lower = lower_words(doc)
    twice = {word for word in doc.vocabulary - lower if word.lower() in lower}
    yield from ((token, _LOWER) for token in tokens_of_words(doc, twice))
    for first, last in listed_names(doc).items():
        name = doc.slice(first, last).replace("\n", " ")
        plain = " ".join(doc.word[first:last]).replace(" - ", "-").replace(" 's", "'s")
        for number in lists_of_name(name) or lists_of_name(plain):
            yield from ((token, number) for token in range(first, last))


@lru_cache(maxsize=1 << 16)
def _vector(word: str) -> Floats32:
    """Return the vector of a word, which both networks read."""
    return light_words().vector(word)


@lru_cache(maxsize=1 << 16)
def _of_word(word: str, folder: Path | None, network: int) -> Floats32:
    """Return the part of a token's first vector that depends on its word alone."""
    arrays = taggers(folder)[network].arrays
    vector = _vector(word) @ arrays["word"]
    if lists := lists_of_word(word):
        vector += arrays["list"][list(lists)].sum(0)
    return vector + arrays["shape"][shape_of(word)] + arrays["ending"][ending_of(word)]


def _normalized(x: Floats32, gain: Floats32, bias: Floats32) -> Floats32:
    """Return rows normalized in place to mean 0 and variance 1, times `gain` plus `bias`."""
    x -= x.mean(1, keepdims=True)
    x /= np.sqrt(np.einsum("ij,ij->i", x, x)[:, None] / np.float32(x.shape[1]) + np.float32(1e-6))
    x *= gain
    x += bias
    return x


def _list_mask(doc: Doc) -> Floats32:
    """Return the mask of the lists that each token is on as in `lists_of` (tokens x lists)."""
    mask = np.zeros((len(doc.word), N_LISTS), np.float32)
    tokens, lists = np.array([*lists_of(doc)], int).reshape(-1, 2).T
    mask[tokens, lists] = 1
    return mask


def _begins(doc: Doc, tokens: Ints, lists: Floats32, folder: Path | None, network: int) -> Floats32:
    """Return the first vectors of some tokens of a document in a network (0 or 1); `lists` is the document's mask."""
    weights = taggers(folder)[network]
    arrays, chosen = weights.arrays, tokens.tolist()
    words = [doc.word[token] for token in chosen]
    place = {word: at for at, word in enumerate(dict.fromkeys(words))}
    x = np.array([_of_word(word, folder, network) for word in place])[[place[word] for word in words]]
    x += arrays["tag"][[weights.tags.get(doc.tag[token], 0) for token in chosen]]
    x += arrays["dependency"][[weights.dependencies.get(doc.dep[token], 0) for token in chosen]]
    x += lists[tokens] @ arrays["list"]
    return _normalized(x, arrays["gain"], arrays["bias"])


def log_odds(x: Floats32, weights: Tagger, distance: Ints | None = None) -> Floats32:
    """Return the log-odds of labels by token: none, each label as the first of a mention, each as a later token.

    With `distance`, the number of tokens from each to the nearest whose label is wanted, only those labels are
    returned, and each layer computes only what the next ones read.
    """
    width = x.shape[1]
    none = np.zeros((1, width), np.float32)
    for left, layer in zip(range(len(weights.layers))[::-1], weights.layers, strict=True):
        padded = np.concatenate([none, x, none])
        around = np.concatenate([padded[:-2], x, padded[2:]], axis=1)
        if distance is not None:
            rows = distance <= left
            x, around, distance = x[rows], around[rows], distance[rows]
        halves = around @ layer.window
        halves += layer.window_bias
        x = _normalized(x + np.maximum(halves[:, :width], halves[:, width:]), layer.gain, layer.bias)
    return np.round(x @ weights.arrays["label"] + weights.arrays["label_bias"], _DECIMALS)


def _as_chances(odds: Floats32) -> Floats:
    """Return the chances of labels (tokens x labels) from their log-odds."""
    chances = np.exp(odds.astype(np.float64) - odds.max(1, keepdims=True))
    return chances / chances.sum(1, keepdims=True)


def names_with_chances(doc: Doc, folder: Path | None = None) -> tuple[list[Mention], Floats32]:
    """Return a parsed document's mentions of names, dates and amounts, sorted and without overlap, and the chances.

    The chances are those of each kind of name, and of none, for each token (see `Doc.chances`). `folder` has networks
    to use instead of the shipped ones.
    """
    if not doc.word:
        return [], np.zeros((0, len(NAME_KINDS)), np.float32)
    n, lists, (first_weights, second_weights) = len(doc.word), _list_mask(doc), taggers(folder)
    margin = len(first_weights.layers)
    around = np.arange(-margin, margin + 1)
    of_labels, of_kinds = [], []
    for first in range(0, n, _BLOCK):
        begin, end = max(0, first - margin), min(n, first + _BLOCK + margin)
        odds = log_odds(_begins(doc, np.arange(begin, end), lists, folder, 0), first_weights)
        chances = _as_chances(odds[first - begin : first - begin + _BLOCK])
        unsure = np.flatnonzero((chances @ _of_kinds()).max(1) < _SURE)
        if unsure.size:
            near = np.unique(np.clip((first + unsure)[:, None] + around, 0, n - 1))
            distance = np.abs(near[:, None] - (first + unsure)).min(1)
            odds = log_odds(_begins(doc, near, lists, folder, 1), second_weights, distance)
            chances[unsure] = (chances[unsure] + _as_chances(odds)) / 2
        of_labels.append(chances.astype(np.float32))
        of_kinds.append((chances @ _of_kinds()).astype(np.float32))
    return list(_spans(doc, np.vstack(of_labels))), np.vstack(of_kinds)


@cache
def _of_kinds() -> Floats:
    """Return a matrix with a 1 for each label (row) in the column of its kind; dates and amounts count as none."""
    kinds = ["none", *2 * [fold(label) if label in NAMES else "none" for label in ONTONOTES]]
    return np.eye(len(NAME_KINDS))[[NAME_KINDS.index(kind) for kind in kinds]]


def _spans(doc: Doc, chances: Floats32) -> Iterator[Mention]:
    """Yield the spans of tokens that are more likely than not part of a mention, each with its likeliest label."""
    n = len(ONTONOTES)
    of_first, of_later = chances[:, 1 : n + 1], chances[:, n + 1 :]
    begins, goes_on = of_first.sum(1), of_later.sum(1)
    of_label = of_first + of_later
    log_share = np.log(of_label / np.maximum(of_label.sum(1, keepdims=True), _TINY) + 1e-9)

    def labelled(first: int, last: int) -> Mention:
        """Return a mention with the label that is likeliest over all its tokens."""
        return Mention(first, last, ONTONOTES[int(log_share[first:last].sum(0).argmax())])

    inside: Ints = np.flatnonzero(begins + goes_on > chances[:, 0])
    first = last = -1
    for token in inside.tolist():
        opens = token != last or doc.sentence[token] != doc.sentence[first] or begins[token] > goes_on[token]
        if opens and first >= 0:
            yield labelled(first, last)
        if opens:
            first = token
        last = token + 1
    if first >= 0:
        yield labelled(first, last)
