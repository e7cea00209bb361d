"""The readers `light` and `encoder`: candidates rated by what a small neural network reads in them.

The network gives every token probabilities (`encoding`), by which a cue may have another source or content than the
parse's (`encoder_spans`). Numbers that sum them up over a candidate (`encoder_features`) are weighed by a logistic
model, whose weights for each shape of content are in workflow/lexicons: for either network one table for speech, one
for attitudes. docs/how-quotes-are-found.md compares the two.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from operator import mul

import numpy as np

from scripts.attribution.candidates import Candidate, Rated, propose
from scripts.attribution.described_cues import Cue, describe_cues
from scripts.attribution.encoder_features import FEATURES, features, seen_words
from scripts.attribution.encoder_spans import better_source, seen_contents
from scripts.attribution.encoder_weights import reader_network
from scripts.attribution.encoding import ATTITUDE_CUE, CUE, Encoding, encoding
from scripts.attribution.lexicon import cue_lexicon, speech_verbs
from scripts.attribution.marked import MarkedDoc, paragraph_of
from scripts.attribution.sources import find_sources
from scripts.core.annotation import Doc
from scripts.core.lexicons import tab_rows
from scripts.parsing.base_encoder import Encoder

# The tables of weights of each reader: for speech, and for attitudes that are no speech ("believes", "is expected").
WEIGHTS = {
    "light": {CUE: "light_weights.tsv", ATTITUDE_CUE: "light_attitude_weights.tsv"},
    "encoder": {CUE: "encoder_weights.tsv", ATTITUDE_CUE: "encoder_attitude_weights.tsv"},
}
FeatureWeights = Mapping[str, Sequence[float]]
SHAPES = ("R", "L", "M", "N")
# A token that is a cue with a smaller probability is hardly ever chosen.
LEAST_CUE = 0.02
# The least probability of an unlisted word as a cue of an attitude, and the parts of speech that it may have.
_ATTITUDE, _PARTS_OF_SPEECH = 0.2, frozenset(("VERB", "NOUN", "ADJ", "ADP"))
# A paragraph without a quotation is not read unless a word of it is a cue of speech more often than this, or a verb of
# the lists that was seen less often than `_RARE` times.
_SPEECH, _RARE = 0.1, 5
# Scores are rounded before anything is decided by them.
_DECIMALS = 2


@cache
def weights(reader: str, label: int = CUE) -> FeatureWeights:
    """Return {shape: weights of `bias` and of each feature} of a reader from workflow/lexicons, for a label."""
    header, *rows = tab_rows(WEIGHTS[reader][label])
    table = {name: list(map(float, numbers)) for name, *numbers in rows}
    return {shape: [table[name][at] for name in ("bias", *FEATURES)] for at, shape in enumerate(header[1:])}


def rate(marked: MarkedDoc, cues: Sequence[Cue], *, reader: str) -> list[Rated]:
    """Return the cues that have a chance, each with its source, its candidates and their log-odds, by `reader`.

    Raises LookupError if its network is not installed.
    """
    return rate_as_read(marked, cues, read_document(marked, cues, reader_network(reader)), weights(reader))


def rate_both(
    marked: MarkedDoc, cues: Sequence[Cue], attitude_cues: Sequence[Cue], *, reader: str
) -> tuple[list[Rated], list[Rated]]:
    """Return the rated cues of speech, as `rate`, and the cues of attitudes, rated by the weights learned for these.

    To `attitude_cues` are added the words that the network takes for one.
    """
    encoder = reader_network(reader)
    read = read_document(marked, cues, encoder, attitudes=True)
    attitudes = with_attitudes(marked, cues, read, encoder)
    all_cues = with_seen_cues(marked, attitude_cues, attitudes)
    return (
        rate_as_read(marked, cues, read, weights(reader)),
        rate_as_read(marked, all_cues, attitudes, weights(reader, ATTITUDE_CUE), label=ATTITUDE_CUE),
    )


def read_document(marked: MarkedDoc, cues: Sequence[Cue], encoder: Encoder, *, attitudes: bool = False) -> Encoding:
    """Return the encoder's reading of the paragraphs with a quotation, or with a cue that is often one of speech."""
    asked = {CUE: {cue.token for cue in cues}}
    if attitudes:
        asked[ATTITUDE_CUE] = _words(marked.doc)
    return encoding(marked, asked, encoder, least=LEAST_CUE, paragraphs=paragraphs_of_speech(marked, cues))


def with_attitudes(marked: MarkedDoc, cues: Sequence[Cue], read: Encoding, encoder: Encoder) -> Encoding:
    """Return a reading with the other paragraphs for attitudes; these are read apart and change nothing in it."""
    doc = marked.doc
    others = {sentence.paragraph for sentence in doc.sentences} - paragraphs_of_speech(marked, cues)
    more = encoding(marked, {ATTITUDE_CUE: _words(doc)}, encoder, least=LEAST_CUE, paragraphs=others)
    return Encoding(np.maximum(read.tokens, more.tokens), read.of_cues | more.of_cues)


def with_seen_cues(marked: MarkedDoc, attitude_cues: Sequence[Cue], read: Encoding) -> list[Cue]:
    """Return cues of attitudes with the words that the network takes for one, in the order of the text."""
    likely = set(np.flatnonzero(read.tokens[:, ATTITUDE_CUE] >= _ATTITUDE).tolist()) & _words(marked.doc)
    tokens = sorted(likely - {cue.token for cue in attitude_cues})
    unlisted = describe_cues(marked, tokens, find_sources(marked, tokens))
    return sorted([*attitude_cues, *unlisted], key=lambda cue: cue.token)


def _words(doc: Doc) -> set[int]:
    """Return the tokens that may be the head of a cue of an attitude."""
    return {token for token, pos in enumerate(doc.pos) if pos in _PARTS_OF_SPEECH}


def paragraphs_of_speech(marked: MarkedDoc, cues: Sequence[Cue]) -> set[int]:
    """Return the numbers of the paragraphs with a quotation, or with a cue that is often one of speech."""
    doc = marked.doc
    quoted = {paragraph_of(doc, quotation.first) for quotation in marked.quotations}
    return quoted | {paragraph_of(doc, cue.token) for cue in cues if _may_speak(doc, cue)}


def _may_speak(doc: Doc, cue: Cue) -> bool:
    """Return True for a word that was a cue of speech often enough, a rare verb of the lists, a mark, "according"."""
    token = cue.token
    speech, _, total = cue_lexicon().get(f"{doc.lemma[token]}/{doc.pos[token]}", (0, 0, 1))
    is_listed = total < _RARE and doc.lemma[token] in speech_verbs()
    return is_listed or doc.pos[token] == "PUNCT" or doc.norm[token] == "according" or speech > _SPEECH * total


def rate_as_read(
    marked: MarkedDoc, cues: Sequence[Cue], read: Encoding, table: FeatureWeights, *, label: int = CUE
) -> list[Rated]:
    """Return the cues with candidates and log-odds, by what the encoder reads and by the weights of each shape."""
    rated = []
    for cue, candidates, values in weighable(marked, cues, read, label=label):
        of_candidates = zip(candidates, values, strict=True)
        scores = [_score(table[candidate.shape], own) for candidate, own in of_candidates]
        rated.append(Rated(cue, candidates, scores))
    return rated


def weighable(
    marked: MarkedDoc, cues: Sequence[Cue], read: Encoding, *, label: int = CUE
) -> Iterator[tuple[Cue, list[Candidate], list[list[float]]]]:
    """Yield each cue that has a chance with its better source, its candidates and the features of each."""
    for cue in cues:
        is_likely = read.tokens[cue.token, label] >= LEAST_CUE or marked.doc.pos[cue.token] == "PUNCT"
        if is_likely and cue.token in read.of_cues:
            better = cue._replace(source=better_source(marked, read, cue))
            proposed = {candidate.pieces: candidate for candidate in seen_contents(marked, read, better)}
            candidates = list(
                (proposed | {candidate.pieces: candidate for candidate in propose(marked, better)}).values()
            )
            view = seen_words(marked, read, better.token, better.source)
            yield better, candidates, [features(marked, candidate, view) for candidate in candidates]


def _score(weights: Sequence[float], values: Sequence[float]) -> float:
    """Return the log-odds of a candidate, rounded; the first weight is the bias."""
    return round(weights[0] + sum(map(mul, weights[1:], values)), _DECIMALS)
