"""The readers `light` and `encoder`: candidates rated by what a small neural network reads in them.

The network gives every token probabilities (`encoding`), by which a cue may have another source or content than the
parse's (`encoder_spans`). Numbers that sum them up over a candidate (`encoder_features`) are weighed by a logistic
model, whose weights for each shape of content are in workflow/lexicons, a table for either network.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import islice
from operator import mul

from scripts.attribution.candidates import Candidate, Rated, propose
from scripts.attribution.described_cues import Cue
from scripts.attribution.encoder_features import FEATURES, features, seen_words
from scripts.attribution.encoder_spans import better_source, seen_contents, trimmed
from scripts.attribution.encoder_weights import reader_network
from scripts.attribution.encoding import CUE, Encoding, encoding
from scripts.attribution.lexicon import cue_lexicon, speech_verbs
from scripts.attribution.marked import MarkedDoc, opens, paragraph_of
from scripts.attribution.sources import with_name
from scripts.core.annotation import Doc
from scripts.core.lexicons import tab_rows
from scripts.parsing.base_encoder import Encoder

# The table of weights of each reader.
WEIGHTS = {"light": "light_weights.tsv", "encoder": "encoder_weights.tsv"}
FeatureWeights = Mapping[str, Sequence[float]]
SHAPES = ("R", "L", "M", "N")
# A token that is a cue with a smaller probability is hardly ever chosen.
LEAST_CUE = 0.02
# A token that is a cue with this probability reports the quotation before it.
_LIKELY_CUE = 0.5
# A paragraph without a quotation is not read unless a word of it is a cue of speech more often than this, or a verb of
# the lists that was seen less often than `_RARE` times.
_SPEECH, _RARE = 0.1, 5
# Scores are rounded before anything is decided by them.
_DECIMALS = 2


@cache
def weights(reader: str) -> FeatureWeights:
    """Return {shape: weights of `bias` and of each feature} of a reader from workflow/lexicons."""
    header, *rows = tab_rows(WEIGHTS[reader])
    table = {name: list(map(float, numbers)) for name, *numbers in rows}
    return {shape: [table[name][at] for name in ("bias", *FEATURES)] for at, shape in enumerate(header[1:])}


def rate(marked: MarkedDoc, cues: Sequence[Cue], *, reader: str) -> list[Rated]:
    """Return the likely cues, each with its source, its candidates and their log-odds, by `reader`.

    Raises LookupError if its network is not installed.
    """
    return rate_as_read(marked, cues, read_document(marked, cues, reader_network(reader)), weights(reader))


def read_document(marked: MarkedDoc, cues: Sequence[Cue], encoder: Encoder) -> Encoding:
    """Return the encoder's reading of the paragraphs with a quotation, or with a cue that is often one of speech."""
    asked = {cue.token for cue in cues}
    read = encoding(marked, asked, encoder, least=LEAST_CUE, paragraphs=paragraphs_of_speech(marked, cues))
    return without_next_quotation(marked, read)


def without_next_quotation(marked: MarkedDoc, read: Encoding) -> Encoding:
    """Return a reading in which no cue sees the quotation that opens the next sentence and has a likely cue of its own.

    "Lee says it rained. 'I have seen it,' he said." In one paragraph the first cue may take what the second reports.
    A quotation that is left open has the cue of the one that takes it up in its paragraph.
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
    """Return the token after a quotation, or after those of its paragraph that take it up while it is left open."""
    paragraph = paragraph_of(marked.doc, marked.quotations[number].first)
    following = islice(marked.quotations, number, None)
    ends = (each for each in following if not each.open_ended or paragraph_of(marked.doc, each.last) != paragraph)
    return next(ends, marked.quotations[-1]).last


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


def rate_as_read(marked: MarkedDoc, cues: Sequence[Cue], read: Encoding, table: FeatureWeights) -> list[Rated]:
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
    """Yield each likely cue with its better source, its candidates and the features of each."""
    for cue in cues:
        is_likely = read.tokens[cue.token, CUE] >= LEAST_CUE or marked.doc.pos[cue.token] == "PUNCT"
        if is_likely and cue.token in read.of_cues:
            source = better_source(marked, read, cue)
            source = source and trimmed(marked, source)
            is_according = marked.doc.norm[cue.token] == "according"
            better = cue._replace(source=with_name(marked.doc, source) if is_according else source)
            candidates = propose(marked, better, seen_contents(marked, read, better))
            view = seen_words(marked, read, better.token, better.source)
            yield better, candidates, [features(marked, candidate, view) for candidate in candidates]


def _score(weights: Sequence[float], values: Sequence[float]) -> float:
    """Return the log-odds of a candidate, rounded; the first weight is the bias."""
    return round(weights[0] + sum(map(mul, weights[1:], values)), _DECIMALS)
