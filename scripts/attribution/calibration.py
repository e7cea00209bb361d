"""Calibration: the log-odds, and hence the probability, that a chosen attribution is right.

The log-odds are a weighted sum of a few terms and rise with the score. The weights are fitted to predictions for world
news and for outlets from which the weights of the score were not learned (`training.quote_calibration`).
"""

import math
from collections.abc import Sequence
from functools import cache
from operator import mul

from scripts.attribution.choice import Attribution
from scripts.attribution.lexicon import cue_lexicon
from scripts.attribution.marked import MarkedDoc, content_kind
from scripts.core.lexicons import tab_rows

# The file of weights for each reader.
CALIBRATION = {"light": "light_calibration.tsv", "encoder": "encoder_calibration.tsv"}
TERMS = (
    "constant",
    "score",
    "according to",
    "verb after its content",
    "source by the network or by its place",
    "source of another verb",
    "cue is one of speech",
    "content is quoted",
)
# Values of `Source.how` for sources that the syntax does not show.
_GUESSED = frozenset(("network", "adjacent"))


def terms(marked: MarkedDoc, item: Attribution) -> tuple[float, ...]:
    """Return the terms of an attribution in the order of TERMS.

    Those after the score are 0 or 1, but "cue is one of speech" is the log-odds that the cue's lemma introduces speech.
    """
    doc, how = marked.doc, item.source.how if item.source else ""
    speech, _, total = cue_lexicon().get(f"{doc.lemma[item.cue]}/{doc.pos[item.cue]}", (0, 0, 0))
    kind, _ = content_kind(marked, item.pieces)
    return (
        1.0,
        item.score,
        float(item.rule == "according to"),
        float(item.rule == "verb after its content"),
        float(how in _GUESSED),
        float(how == "inherited"),
        math.log((speech + 0.5) / (total - speech + 0.5)),
        float(kind == "direct"),
    )


@cache
def calibration(reader: str) -> tuple[float, ...]:
    """Return the weights of TERMS for the scores of a reader, from workflow/lexicons."""
    weights = dict(tab_rows(CALIBRATION[reader])[1:])
    return tuple(float(weights[term]) for term in TERMS)


def calibrated_log_odds(of: Sequence[float], weights: Sequence[float]) -> float:
    """Return the log-odds of an attribution: the sum of its terms times their weights."""
    return sum(map(mul, of, weights))


def confidence(log_odds: float) -> float:
    """Return the probability with these log-odds.

    >>> confidence(0.0), round(confidence(2.0), 3)
    (0.5, 0.881)
    """
    return 1.0 / (1.0 + math.exp(-log_odds))
