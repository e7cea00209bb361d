"""The judgement of a candidate by gold data: how right it is, and how much that counts."""

from collections import defaultdict
from collections.abc import Callable
from typing import Any, NamedTuple

from scripts.attribution.candidates import Candidate
from scripts.attribution.described_cues import Cue
from scripts.core.annotation import Doc
from training.quote_counts import tokens_of

Gold = dict[str, Any]

# An attitude ("believes") is not speech, but close to it: it counts as a negative case with this weight.
_ATTITUDE = 0.3


class GoldTokens(NamedTuple):
    """A gold attribution in tokens."""

    content: set[int]
    source: set[int]
    cue: set[int]
    ignored: bool


class Judgement(NamedTuple):
    """The rightness of a candidate (0, 0.5 or 1), and its weight."""

    right: float
    weight: float


def gold_tokens(row: Gold, doc: Doc) -> list[GoldTokens]:
    """Return the attributions of a gold document in tokens."""
    return [
        GoldTokens(
            set().union(*(tokens_of(doc, *span) for span in quote.get("spans") or [[quote["start"], quote["end"]]])),
            tokens_of(doc, quote["speaker_start"], quote["speaker_end"]),
            tokens_of(doc, quote["cue_start"], quote["cue_end"]),
            bool(quote.get("ignore")),
        )
        for quote in row["quotes"]
    ]


def judge_of(row: Gold, doc: Doc) -> Callable[[Cue, Candidate], Judgement]:
    """Return a function that judges a candidate of a cue by its overlap with the gold.

    An attitude counts as a negative case of low weight.
    """
    gold = gold_tokens(row, doc)
    letters = [sum(map(str.isalnum, word)) for word in doc.word]
    attributions_at: dict[int, set[int]] = defaultdict(set)
    for number, item in enumerate(gold):
        for token in item.content:
            attributions_at[token].add(number)

    def judge(cue: Cue, candidate: Candidate) -> Judgement:
        source = set(range(cue.source.first, cue.source.last)) if cue.source else set()
        content = {token for first, last in candidate.pieces for token in range(first, last)}
        best, best_gold, certain = 0.0, None, False
        for number in sorted(set().union(*(attributions_at[token] for token in content if token in attributions_at))):
            item = gold[number]
            shared = sum(letters[token] for token in content & item.content)
            jaccard = shared / max(1, sum(letters[token] for token in content | item.content))
            agrees = cue.token in item.cue or bool(source & item.source)
            if jaccard * (1.0 if agrees else 0.5) > best * (1.0 if certain else 0.5):
                best, best_gold, certain = jaccard, item, agrees
        if best_gold is not None and best >= 0.3 and best_gold.ignored:
            return Judgement(0.0, _ATTITUDE)
        return Judgement(((best >= 0.5) + (best >= 0.8)) / 2 if certain else 0.0, 1.0)

    return judge
