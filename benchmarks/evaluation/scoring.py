"""Scores of attributions against gold data.

Only letters and digits count, so quotation marks, commas and spaces at the edges never matter. J is the Jaccard
coefficient of two contents; gold and predicted attributions are paired one to one, best J first. An attribution is
right ("att") if J is 0.5 or more and the sources overlap, or neither has one. Gold marked `ignore` (attitudes that are
not speech) is neither rewarded nor penalised. Unit `quoted` cuts contents to their stretches of three words or more in
double quotation marks.

Published systems were measured on PolNeAR with the same definitions (Newell, Margolin & Ruths 2018).
"""

import random
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

Span = tuple[int, int]
Row = Mapping[str, Any]

_OPENING, _CLOSING = ("“", "„", "«", "``"), ("”", "‟", "»")
_MARK = re.compile("[“„«”‟»\"\n]|``|(?<!')''(?!')")
_RESUMES = re.compile("\\s{0,99}(?:[“„«\"]|``|'')")
_WORD = re.compile(r"\w+(?:['’]\w+)*")
_ARTICLES = ("the ", "a ", "an ")
_LEAST_WORDS = 3
GOOD, FAIR = 0.8, 0.5


class Item(NamedTuple):
    """An attribution as sets of counted characters, and the row it came from."""

    content: frozenset[int]
    source: frozenset[int]
    source_core: frozenset[int]
    kind: str
    ignored: bool
    referents: tuple[frozenset[int], ...]
    reference: frozenset[int]
    row: Row


class Scored(NamedTuple):
    """The counts of one document; `verdicts` has each counted prediction and whether it is right, `pairs` (J, gold,
    prediction), `missed` the gold without a partner of J 0.5 or more, `spurious` the predictions without one.
    """

    counts: Counter[str]
    verdicts: list[tuple[Row, bool]]
    pairs: list[tuple[float, Item, Item]]
    missed: list[Item]
    spurious: list[Item]


def spans_of(row: Row, role: str = "") -> list[Span]:
    """Return the spans of a row's content (role "") or of its "speaker", "cue" or "ref"."""
    many = row.get(f"{role}_spans" if role else "spans")
    if many:
        return [(start, end) for start, end in many]
    start, end = (row.get(f"{role}_{edge}" if role else edge) for edge in ("start", "end"))
    return [] if start is None or end is None or end <= start else [(start, end)]


def characters(text: str, spans: Iterable[Span]) -> frozenset[int]:
    """Return the positions of letters and digits in spans."""
    return frozenset(at for start, end in spans for at in range(start, min(end, len(text))) if text[at].isalnum())


def double_quoted(text: str) -> list[Span]:
    """Return the stretches in double quotation marks, as the measure defines them.

    The end of a line closes an open stretch, which counts only if the next line begins with a mark.
    """
    stretches, opened = [], None
    for match in _MARK.finditer(text):
        mark = match.group()
        if mark == "\n":
            if opened is not None and _RESUMES.match(text, match.start()):
                stretches.append((opened, match.start()))
            opened = None
        elif mark in _OPENING or (opened is None and mark not in _CLOSING):
            opened = match.start()
        elif opened is not None:
            stretches.append((opened, match.end()))
            opened = None
    return stretches


def kind_of(text: str, spans: Iterable[Span], quoted: Iterable[Span]) -> str:
    """Return "direct" (at least nine tenths in quotation marks), "indirect" (nothing in them) or "mixed"."""
    content = characters(text, spans)
    marked = len(content & characters(text, quoted))
    return "indirect" if not marked else "direct" if marked >= 0.9 * len(content) else "mixed"


def _without_article(text: str, spans: list[Span]) -> list[Span]:
    if not spans:
        return spans
    start, end = spans[0]
    lead = next((len(article) for article in _ARTICLES if text[start:end].lower().startswith(article)), 0)
    return [(start + lead, end), *spans[1:]]


def items(text: str, rows: Iterable[Row], *, unit: str = "whole") -> list[Item]:
    """Return the attributions of a document; unit "quoted" gives one for each quoted stretch."""
    quoted = double_quoted(text)
    attributions = []
    for row in rows:
        content = spans_of(row)
        if unit == "quoted":
            cuts = [(max(a, c), min(b, d)) for a, b in content for c, d in quoted if max(a, c) < min(b, d)]
            contents = [[cut] for cut in cuts if len(_WORD.findall(text[slice(*cut)])) >= _LEAST_WORDS]
        else:
            contents = [content]
        speaker = spans_of(row, "speaker")
        for cut in contents:
            letters = characters(text, cut)
            if letters:
                attributions.append(
                    Item(
                        letters,
                        characters(text, speaker),
                        characters(text, _without_article(text, speaker)),
                        row.get("type") or kind_of(text, content, quoted),
                        bool(row.get("ignore")),
                        tuple(characters(text, [tuple(span)]) for span in row.get("referents", [])),
                        characters(text, spans_of(row, "ref")),
                        row,
                    )
                )
    return attributions


def jaccard(a: frozenset[int], b: frozenset[int]) -> float:
    """Return the Jaccard coefficient; 0 for two empty sets."""
    shared = len(a & b)
    return shared / (len(a) + len(b) - shared) if shared else 0.0


def paired(gold: Sequence[Item], predicted: Sequence[Item]) -> list[tuple[float, int, int]]:
    """Return (J, gold, prediction) of a one-to-one pairing, greedily by J; the earlier wins a tie."""
    possible = [
        (-value, g, p)
        for g, gold_item in enumerate(gold)
        for p, predicted_item in enumerate(predicted)
        if (value := jaccard(gold_item.content, predicted_item.content)) > 0
    ]
    taken_gold: set[int] = set()
    taken_predicted: set[int] = set()
    pairs = []
    for value, g, p in sorted(possible):
        if g not in taken_gold and p not in taken_predicted:
            taken_gold.add(g)
            taken_predicted.add(p)
            pairs.append((-value, g, p))
    return pairs


def _counted(gold: list[Item], predicted: list[Item]) -> tuple[list[Item], list[Item]]:
    """Return the gold that is not ignored, and the predictions that do not match ignored gold best."""
    ignored = [item for item in gold if item.ignored]
    speech = [item for item in gold if not item.ignored]

    def explained(item: Item) -> bool:
        best = max((jaccard(spoken.content, item.content) for spoken in speech), default=0.0)
        if not ignored or best >= FAIR:
            return False
        inside = max(len(skipped.content & item.content) for skipped in ignored) / len(item.content)
        return inside >= 0.5 and max(jaccard(skipped.content, item.content) for skipped in ignored) >= best

    return speech, [item for item in predicted if not explained(item)]


def agree(a: Item, b: Item) -> bool:
    """Return True if two attributions have overlapping sources, or neither has one."""
    return bool(a.source & b.source) or not (a.source or b.source)


def score_document(text: str, gold_rows: Iterable[Row], rows: Iterable[Row], *, unit: str = "whole") -> Scored:
    """Return the counts, pairs and errors of one document."""
    gold, predicted = _counted(items(text, gold_rows, unit=unit), items(text, rows, unit=unit))
    pairs = paired(gold, predicted)
    counts: Counter[str] = Counter(gold=len(gold), predicted=len(predicted))
    fair = [(value, gold[g], predicted[p]) for value, g, p in pairs if value >= FAIR]
    counts["exact"] = sum(value == 1 for value, _, _ in fair)
    counts["good"] = sum(value >= GOOD for value, _, _ in fair)
    counts["fair"] = len(fair)
    counts["right"] = sum(agree(gold_item, predicted_item) for _, gold_item, predicted_item in fair)
    for _, gold_item, predicted_item in fair:
        if gold_item.source:
            counts["sources"] += 1
            counts["source_exact"] += gold_item.source_core == predicted_item.source_core
            counts["source_overlap"] += bool(gold_item.source & predicted_item.source)
        if gold_item.referents:
            counts["pronouns"] += 1
            counts["resolved"] += any(predicted_item.reference & mention for mention in gold_item.referents)
    gold_cues, cues = (_cues(text, each) for each in (gold, predicted))
    counts.update({"gold cues": len(gold_cues), "predicted cues": len(cues), "same cues": len(gold_cues & cues)})
    with_partner = {g for value, g, _ in pairs if value >= FAIR}, {p for value, _, p in pairs if value >= FAIR}
    for number, item in enumerate(gold):
        counts[f"gold {item.kind}"] += 1
        counts[f"recalled {item.kind}"] += number in with_partner[0]
    for number, item in enumerate(predicted):
        counts[f"predicted {item.kind}"] += 1
        counts[f"precise {item.kind}"] += number in with_partner[1]
    right = {p for value, g, p in pairs if value >= FAIR and agree(gold[g], predicted[p])}
    return Scored(
        counts,
        [(item.row, number in right) for number, item in enumerate(predicted)],
        [(value, gold[g], predicted[p]) for value, g, p in pairs],
        [item for number, item in enumerate(gold) if number not in with_partner[0]],
        [item for number, item in enumerate(predicted) if number not in with_partner[1]],
    )


def _cues(text: str, attributions: Iterable[Item]) -> set[frozenset[int]]:
    """Return the distinct cues of attributions, as positions of letters and digits."""
    return {characters(text, spans_of(item.row, "cue")) for item in attributions} - {frozenset()}


def score_documents(gold: Sequence[Row], predictions: Sequence[Sequence[Row]], *, unit: str = "whole") -> list[Scored]:
    """Return the scores of documents; `predictions` has the rows for each document of `gold`, in the same order."""
    return [
        score_document(row["text"], row["quotes"], rows, unit=unit) for row, rows in zip(gold, predictions, strict=True)
    ]


def f_score(right: float, predicted: float, gold: float) -> tuple[float, float, float]:
    """Return precision, recall and F1, in percent."""
    precision, recall = (100 * right / n if n else 0.0 for n in (predicted, gold))
    return precision, recall, 2 * precision * recall / (precision + recall) if right else 0.0


def measures(counts: Mapping[str, int]) -> dict[str, float]:
    """Return the measures of summed counts, in percent; shares and cue scores without cases are left out."""
    scores: dict[str, float] = {}
    for name, key in (("exact", "exact"), ("J>=0.8", "good"), ("J>=0.5", "fair"), ("att", "right")):
        values = f_score(counts[key], counts["predicted"], counts["gold"])
        scores |= {f"{name} {part}": value for part, value in zip("PRF", values, strict=True)}
    if counts["gold cues"]:
        values = f_score(counts["same cues"], counts["predicted cues"], counts["gold cues"])
        scores |= {f"cue {part}": value for part, value in zip("PRF", values, strict=True)}
    shares = [("source exact", "source_exact", "sources"), ("source overlap", "source_overlap", "sources")]
    shares.append(("pronouns resolved", "resolved", "pronouns"))
    for kind in ("direct", "indirect", "mixed"):
        shares.append((f"recall {kind}", f"recalled {kind}", f"gold {kind}"))
        shares.append((f"precision {kind}", f"precise {kind}", f"predicted {kind}"))
    return scores | {name: 100 * counts[part] / counts[of] for name, part, of in shares if counts[of]}


def total(scored: Iterable[Scored]) -> Counter[str]:
    """Return the summed counts of several documents."""
    counts: Counter[str] = Counter()
    for item in scored:
        counts.update(item.counts)
    return counts


def intervals(scored: Sequence[Scored], *, resamples: int) -> dict[str, tuple[float, float]]:
    """Return the 95 % percentile interval of each measure, drawing documents with replacement."""
    draw = random.Random(0)
    values: dict[str, list[float]] = {}
    for _ in range(resamples):
        for name, value in measures(total(draw.choices(scored, k=len(scored)))).items():
            values.setdefault(name, []).append(value)
    limits = {}
    for name, drawn in values.items():
        drawn.sort()
        limits[name] = drawn[int(0.025 * len(drawn))], drawn[min(len(drawn) - 1, int(0.975 * len(drawn)))]
    return limits


def difference(
    ours: Sequence[Scored], theirs: Sequence[Scored], name: str, *, resamples: int
) -> tuple[float, float, float]:
    """Return our measure minus theirs over the same documents, with the 95 % interval of a paired bootstrap."""
    draw = random.Random(0)

    def minus(at: Sequence[int]) -> float:
        our_score, their_score = (
            measures(total(side[number] for number in at)).get(name, 0.0) for side in (ours, theirs)
        )
        return our_score - their_score

    everything = range(len(ours))
    drawn = sorted(minus(draw.choices(everything, k=len(ours))) for _ in range(resamples))
    return minus(everything), drawn[int(0.025 * resamples)], drawn[min(resamples - 1, int(0.975 * resamples))]


def headline(scored: Iterable[Scored]) -> str:
    """Return the main measures on one line."""
    values = measures(total(scored))
    names = ("att F", "att P", "att R", "J>=0.8 F", "recall indirect", "source exact", "source overlap")
    return ", ".join(f"{name} {values[name]:.1f}" for name in names if name in values)
