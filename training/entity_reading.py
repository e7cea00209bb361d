"""Names as the published encoder reads them: the teacher of labels for the texts without gold labels.

Three heads, a matrix each, read the vectors of the words before a name, in it and after it; their sum, averaged over
the mentions of the name in a document, is added to the scores of the other evidence. Heads and weights are fitted
together (`train`). `training.name_windows` uses this to teach the network of names, to which it would add nothing if it
were run beside it (docs/history.md).
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Container, Iterator, Mapping, Sequence
from functools import partial
from itertools import chain
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from scripts.core.annotation import Doc, Mention
from scripts.core.arrays import Floats32
from scripts.entities.evidence import name_key
from scripts.entities.kinds import NAMES
from scripts.entities.knowledge import country_names
from scripts.entities.labels import Model
from scripts.entities.spans import candidates
from scripts.parsing.base_encoder import Encoder, encode_windows
from scripts.parsing.word_pieces import Window, windows
from training.entity_gold import Gold
from training.entity_labels import INVERSE_PENALTY, as_weights, cases, evidence_matrix

N_LAYERS = 3
BEFORE, INSIDE, AFTER = range(3)
# The vectors are scaled to this standard deviation, so that the penalty shrinks their many weights more than the rest.
_SPREAD = 0.1
Vectors = Mapping[str, Mapping[str, Floats32]]


class Reading(NamedTuple):
    """Labels and weights of the evidence, with the heads (3 widths x labels) and bias that were fitted together."""

    model: Model
    heads: Floats32
    bias: Floats32


def vectors_of(doc: Doc, network: Encoder) -> dict[str, Floats32]:
    """Return, for each name that is read, the mean vectors of the words before it, in it and after it (3 widths)."""
    all_names = [mention for mention in candidates(doc) if mention.label in NAMES or not mention.label]
    names = without_countries(doc, all_names)
    width = network.pieces.shape[1]
    each = np.eye(3 * width, dtype=np.float32).reshape(3, width, 3 * width)
    return {name: values.astype(np.float32) for name, values in name_sums(doc, names, network, each).items()}


def train(docs: Sequence[Doc], gold: dict[str, Gold], vectors: Vectors) -> Reading:
    """Return weights and heads fitted together by multinomial logistic regression, as in `entity_labels`.

    `vectors` are from `vectors_of`, by document.
    """
    of_all = cases(docs, gold)
    matrix, kinds = evidence_matrix(of_all)
    is_read = np.array([case.name in vectors[case.doc_id] for case in of_all])
    dense = np.stack([vectors[case.doc_id][case.name] for case in of_all if case.name in vectors[case.doc_id]])
    mean, spread = dense.mean(0), dense.std(0) / _SPREAD
    both = np.hstack([matrix.toarray(), np.zeros((len(of_all), len(mean)))]).astype(np.float32)
    both[is_read, len(kinds) :] = (dense - mean) / spread
    fitted = LogisticRegression(C=INVERSE_PENALTY, max_iter=1000, tol=1e-3).fit(both, [case.label for case in of_all])
    heads = fitted.coef_[:, len(kinds) :] / spread
    weights = as_weights(fitted.coef_[:, : len(kinds)], kinds, fitted.intercept_)
    return Reading((tuple(map(str, fitted.classes_)), weights), heads.T, -heads @ mean)


def as_read(learned: Reading, vectors: Mapping[str, Floats32]) -> dict[str, list[float]]:
    """Return the log-odds of each label for the names of a document by the learned heads, in two decimals."""
    return {name: np.round(vector @ learned.heads + learned.bias, 2).tolist() for name, vector in vectors.items()}


def without_countries(doc: Doc, names: Sequence[Mention]) -> list[Mention]:
    """Return the names that are read: all but listed countries, which need no reading.

    The gold has "Doha, Qatar" as one place, from which the reader would learn that Qatar is not a place.
    """
    return [mention for mention in names if " ".join(doc.word[mention.first : mention.last]) not in country_names()]


def name_sums(doc: Doc, names: Sequence[Mention], network: Encoder, heads: Floats32) -> dict[str, NDArray[np.float64]]:
    """Return the output of the heads (3 x width x columns) for each name, by `name_key`, as the mean over its mentions.

    For each mention, the first head reads the word before it, the second the mean of its own words, the third the word
    after it. Only words of its sentence count.
    """
    times = Counter(name_key(doc, mention) for mention in names)
    sums = {key: np.zeros(heads.shape[2]) for key in times}
    uses: dict[int, list[tuple[str, int, float]]] = defaultdict(list)
    for mention in names:
        key = name_key(doc, mention)
        sentence, share = doc.sentences[doc.sentence[mention.first]], 1.0 / times[key]
        for token in range(mention.first, mention.last):
            uses[token].append((key, INSIDE, share / (mention.last - mention.first)))
        if mention.first > sentence.first:
            uses[mention.first - 1].append((key, BEFORE, share))
        if mention.last < sentence.last:
            uses[mention.last].append((key, AFTER, share))
    for token, vector in _word_vectors(doc, uses, network):
        for key, part, share in uses[token]:
            sums[key] += share * (vector @ heads[part])
    return sums


def _word_vectors(doc: Doc, asked: Collection[int], network: Encoder) -> Iterator[tuple[int, Floats32]]:
    """Yield each token in `asked` with its vector: the mean over its word pieces."""
    paragraphs = {doc.sentences[doc.sentence[token]].paragraph for token in asked}
    pieces_of = partial(_pieces_of, asked=asked, end=network.vocabulary.end)
    of_document = windows(doc, network.vocabulary, paragraphs=paragraphs)
    of_names = ((window, list(chain.from_iterable(of.values()))) for window in of_document if (of := pieces_of(window)))
    for window, vectors in encode_windows(of_names, network):
        at = 0
        for token, pieces in pieces_of(window).items():
            yield token, vectors[at : at + len(pieces)].mean(0)
            at += len(pieces)


def _pieces_of(window: Window, asked: Container[int], end: int) -> dict[int, range]:
    """Return the places of the pieces of each token in `asked` that this window owns."""
    ends = [*window.places[1:], len(window.pieces)]
    return {
        token: range(first, last - (window.pieces[last - 1] == end))
        for token, own, first, last in zip(window.tokens, window.own, window.places, ends, strict=True)
        if own and token in asked
    }
