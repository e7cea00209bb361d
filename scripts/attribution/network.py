"""The readers `light` and `encoder`, which rate candidates with a small neural network.

The network gives every token probabilities (`encoding`), from which a cue may get a source or contents other than the
parse's (`network_spans`). Features sum the probabilities up over a candidate (`network_features`), and a logistic model
weighs them. Its weights for each shape of content are in workflow/lexicons, one table for each network.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import islice
from operator import mul

from scripts.attribution.candidates import Candidate, Rated, propose
from scripts.attribution.cues import find_cues
from scripts.attribution.described_cues import Cue, described_cue
from scripts.attribution.encoding import CUE, Encoding, encoding
from scripts.attribution.lexicon import cue_lexicon, speech_verbs
from scripts.attribution.marked import MarkedDoc, opens, paragraph_of
from scripts.attribution.network_features import FEATURES, WindowWords, features, seen_words, window_words
from scripts.attribution.network_spans import better_source, seen_contents, trimmed
from scripts.attribution.network_weights import reader_network
from scripts.attribution.sources import with_name
from scripts.attribution.speakerhood import stands_for_nobody
from scripts.core.annotation import Doc
from scripts.core.lexicons import tab_rows
from scripts.parsing.base_encoder import Encoder

# The table of weights of each reader.
WEIGHTS = {"light": "light_weights.tsv", "encoder": "encoder_weights.tsv"}
FeatureWeights = Mapping[str, Sequence[float]]
SHAPES = ("R", "L", "M", "N")
# A token with a smaller probability of being a cue is hardly ever chosen.
LEAST_CUE = 0.02
# A token with at least this probability of being a cue reports the quotation before it.
_LIKELY_CUE = 0.5
# A paragraph without a quotation is read only for a word that is a cue of speech in more than this share of its
# occurrences in the training data, or for a listed verb with fewer than `_RARE` occurrences.
_SPEECH, _RARE = 0.1, 5
# Scores are rounded before anything is decided from them.
_DECIMALS = 2


@cache
def weights(reader: str) -> FeatureWeights:
    """Return {shape: weights of `bias` and of each feature} of a reader from workflow/lexicons."""
    header, *rows = tab_rows(WEIGHTS[reader])
    table = {name: list(map(float, numbers)) for name, *numbers in rows}
    return {shape: [table[name][at] for name in ("bias", *FEATURES)] for at, shape in enumerate(header[1:])}


def rate(marked: MarkedDoc, *, reader: str) -> list[Rated]:
    """Return the likely cues, each with its source, its candidates and their log-odds, by `reader`.

    Raises LookupError if its network is not installed.
    """
    return rate_as_read(marked, read_document(marked, reader_network(reader)), weights(reader))


def read_document(marked: MarkedDoc, encoder: Encoder) -> Encoding:
    """Return the network's reading of the paragraphs with a quotation, or with a cue that is often one of speech.

    It has the likely cues: those with a probability of at least `LEAST_CUE`, and punctuation marks.
    """
    cues = find_cues(marked)
    read = encoding(marked, {*cues}, encoder, least=LEAST_CUE, paragraphs=paragraphs_of_speech(marked, cues))
    return without_next_quotation(marked, read)


def without_next_quotation(marked: MarkedDoc, read: Encoding) -> Encoding:
    """Return a reading in which no cue sees a quotation that opens the next sentence and has a likely cue of its own.

    In "Lee says it rained. 'I have seen it,' he said." the first cue could otherwise take what the second reports. The
    cue of a quotation that is left open follows the last quotation that takes it up in its paragraph.
    """
    doc, of_cues = marked.doc, dict(read.of_cues)
    for cue, (first, probabilities) in read.of_cues.items():
        after = doc.sentences[doc.sentence[cue]].last
        if after < len(doc.word) and opens(marked, after) and marked.quotation_at[after] != marked.quotation_at[cue]:
            last = _end_taken_up(marked, marked.quotation_at[after])
            rest = slice(last, doc.sentences[doc.sentence[last - 1]].last)
            if max(read.tokens[rest, CUE], default=0.0) >= _LIKELY_CUE:
                hidden = probabilities.copy()
                hidden[after - first : last - first] = 0
                of_cues[cue] = first, hidden
    return read._replace(of_cues=of_cues)


def _end_taken_up(marked: MarkedDoc, number: int) -> int:
    """Return the token after a quotation, or if it is left open, after the last that takes it up in its paragraph."""
    paragraph = paragraph_of(marked.doc, marked.quotations[number].first)
    following = islice(marked.quotations, number, None)
    ends = (each for each in following if not each.open_ended or paragraph_of(marked.doc, each.last) != paragraph)
    return next(ends, marked.quotations[-1]).last


def paragraphs_of_speech(marked: MarkedDoc, cues: Iterable[int]) -> set[int]:
    """Return the numbers of the paragraphs with a quotation, or with a cue that is often one of speech."""
    doc = marked.doc
    quoted = {paragraph_of(doc, quotation.first) for quotation in marked.quotations}
    return quoted | {paragraph_of(doc, cue) for cue in cues if _may_speak(doc, cue)}


def _may_speak(doc: Doc, token: int) -> bool:
    """Return True for a word that is often a cue of speech, a rare listed verb, a punctuation mark, or "according"."""
    speech, _, total = cue_lexicon().get(f"{doc.lemma[token]}/{doc.pos[token]}", (0, 0, 1))
    is_listed = total < _RARE and doc.lemma[token] in speech_verbs()
    return is_listed or doc.pos[token] == "PUNCT" or doc.norm[token] == "according" or speech > _SPEECH * total


def rate_as_read(marked: MarkedDoc, read: Encoding, table: FeatureWeights) -> list[Rated]:
    """Return the cues with candidates and log-odds, from the network's reading and the weights of each shape."""
    rated = []
    for cue, candidates, values in weighable(marked, read):
        if cue.source is not None and stands_for_nobody(marked.doc, cue.source, cue.token):
            continue
        of_candidates = zip(candidates, values, strict=True)
        scores = [_score(table[candidate.shape], own) for candidate, own in of_candidates]
        rated.append(Rated(cue, candidates, scores))
    return rated


def weighable(marked: MarkedDoc, read: Encoding) -> Iterator[tuple[Cue, list[Candidate], list[list[float]]]]:
    """Yield each likely cue with the source chosen by `better_source`, its candidates, and the features of each."""
    window: WindowWords | None = None
    for token in sorted(read.of_cues):
        if window is None or window.first != read.of_cues[token][0]:
            window = window_words(marked, read, token)
        cue = described_cue(marked, token)
        source = better_source(marked, read, cue)
        source = source and trimmed(marked, source)
        better = cue._replace(source=with_name(marked.doc, source) if marked.doc.norm[token] == "according" else source)
        candidates = propose(marked, better, seen_contents(marked, read, better))
        view = seen_words(marked, read, window, better)
        yield better, candidates, [features(marked, candidate, view) for candidate in candidates]


def _score(weights: Sequence[float], values: Sequence[float]) -> float:
    """Return the log-odds of a candidate, rounded; the first weight is the bias."""
    return round(weights[0] + sum(map(mul, weights[1:], values)), _DECIMALS)
