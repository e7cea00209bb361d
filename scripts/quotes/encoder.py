"""The reader `encoder`: candidates rated by what a small neural network reads in them (docs/attribution.md).

The network gives every token probabilities (`encoding`); numbers that sum them up over a candidate (`encoder_features`)
are weighed by a logistic model, whose weights for each shape of content are in workflow/lexicons.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from operator import mul

import numpy as np

from scripts.core.annotation import Doc
from scripts.core.lexicons import tab_rows
from scripts.quotes.candidates import Candidate, Rated, propose
from scripts.quotes.described_cues import Cue
from scripts.quotes.encoder_features import FEATURES, features, sight, source_seen
from scripts.quotes.encoder_weights import encoder
from scripts.quotes.encoding import SEEN_SOURCE, Encoding, encoding
from scripts.quotes.lexicon import cue_lexicon, verb_classes
from scripts.quotes.marked import MarkedDoc, paragraph_of, strip
from scripts.quotes.sources import Source

WEIGHTS = "encoder_weights.tsv"
Weights = Mapping[str, Sequence[float]]
SHAPES = ("R", "L", "M", "N")
# A token that is a cue with a smaller probability is hardly ever chosen.
LEAST_CUE = 0.02
# A paragraph without a quotation is not read unless a word of it is a cue of speech more often than this, or a verb of
# the lists that was seen less often than `_RARE` times.
_SPEECH, _RARE = 0.1, 5
# A token is surely part of a source from `_SURE` on, a run of them goes on over `_GAP` - 1 others between; the parse's
# source gives way to another from `_DOUBTED` down.
_SURE, _DOUBTED, _GAP = 0.5, 0.4, 2
# Contents with this share of their letters in common are rivals: the encoder sees where one ends and the next begins.
SAME = 0.25
# Scores are rounded before anything is decided by them.
_DECIMALS = 2


@cache
def weights() -> Weights:
    """Return {shape: weights of `bias` and of each feature} from workflow/lexicons."""
    header, *rows = tab_rows(WEIGHTS)
    table = {name: list(map(float, numbers)) for name, *numbers in rows}
    return {shape: [table[name][at] for name in ("bias", *FEATURES)] for at, shape in enumerate(header[1:])}


def rate(marked: MarkedDoc, cues: Sequence[Cue]) -> list[Rated]:
    """Return the cues that have a chance, each with its source, its candidates and their log-odds.

    Raises LookupError if the encoder is not installed.
    """
    return rate_as_read(marked, cues, read_document(marked, cues), weights())


def read_document(marked: MarkedDoc, cues: Sequence[Cue]) -> Encoding:
    """Return what the encoder reads in the paragraphs that have a quotation, or a cue that is often one of speech."""
    doc = marked.doc
    paragraphs = {paragraph_of(doc, quotation.first) for quotation in marked.quotations}
    paragraphs |= {paragraph_of(doc, cue.token) for cue in cues if _may_speak(doc, cue)}
    tokens = [cue.token for cue in cues]
    return encoding(doc, tokens, encoder(), least=LEAST_CUE, paragraphs=paragraphs)


def _may_speak(doc: Doc, cue: Cue) -> bool:
    """Return True for a word that was a cue of speech often enough, a rare verb of the lists, a mark, "according"."""
    speech, _, total = cue_lexicon().get(cue.key, (0, 0, 1))
    is_listed = total < _RARE and doc.lemma[cue.token] in verb_classes()
    return is_listed or doc.pos[cue.token] == "PUNCT" or doc.norm[cue.token] == "according" or speech > _SPEECH * total


def rate_as_read(marked: MarkedDoc, cues: Sequence[Cue], read: Encoding, table: Weights) -> list[Rated]:
    """Return the cues with candidates and log-odds, by what the encoder reads and by the weights of each shape."""
    rated = []
    for cue, candidates, values in weighable(marked, cues, read):
        of_candidates = zip(candidates, values, strict=True)
        scores = [_score(table[candidate.shape], own) for candidate, own in of_candidates]
        rated.append(Rated(cue, candidates, scores))
    return rated


def weighable(
    marked: MarkedDoc, cues: Sequence[Cue], read: Encoding
) -> Iterator[tuple[Cue, list[Candidate], list[list[float]]]]:
    """Yield each cue that has a chance with its better source, its candidates and the features of each."""
    for cue in cues:
        if cue.token in read.of_cues:
            better = cue._replace(source=better_source(marked, read, cue))
            candidates = propose(marked, better)
            view = sight(marked, read, better.token, better.source)
            yield better, candidates, [features(marked, candidate, view) for candidate in candidates]


def _score(weights: Sequence[float], values: Sequence[float]) -> float:
    """Return the log-odds of a candidate, rounded; the first weight is the bias."""
    return round(weights[0] + sum(map(mul, weights[1:], values)), _DECIMALS)


def better_source(marked: MarkedDoc, read: Encoding, cue: Cue) -> Source | None:
    """Return the source of a cue: the parse's, unless the cue surely sees another, or other bounds of the same."""
    own, parsed = _seen_source(marked, read, cue.token), cue.source
    if own is None or parsed is None:
        return own or parsed
    if own.first <= parsed.head < own.last:
        return own._replace(head=parsed.head, how=parsed.how)
    return own if source_seen(read, cue.token, parsed) < _DOUBTED else parsed


def _seen_source(marked: MarkedDoc, read: Encoding, cue: int) -> Source | None:
    """Return the run of tokens that a cue surely sees as its source, the heaviest of several; else None.

    Its head is the first noun or pronoun that depends on no other of its tokens.
    """
    first, of_tokens = read.of_cues[cue]
    sure = np.flatnonzero(of_tokens[:, SEEN_SOURCE] > _SURE)
    if not len(sure):
        return None
    runs = np.split(sure, np.flatnonzero(np.diff(sure) > _GAP) + 1)
    heaviest = max(runs, key=lambda run: float(of_tokens[run, SEEN_SOURCE].sum()))
    doc = marked.doc
    begin, end = strip(doc, first + int(heaviest[0]), first + int(heaviest[-1]) + 1)
    if begin == end:
        return None
    heads = [token for token in range(begin, end) if not begin <= doc.head[token] < end or doc.head[token] == token]
    nouns = [token for token in heads if doc.pos[token] in ("NOUN", "PROPN", "PRON")]
    return Source(begin, end, (nouns or heads)[0], "encoder")
