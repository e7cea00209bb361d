"""The label of a name, from all the evidence in its document: a linear model over kinds of evidence.

All mentions of a name in a document get one label. A label's score is the sum of the weights of the evidence for it
(multinomial logistic regression, weights in workflow/lexicons/entity_weights.csv, made by benchmarks/entities.py); the
label with the highest score wins.
"""

import csv
from collections import Counter
from collections.abc import Iterator
from functools import cache

from scripts.core.annotation import Doc, Mention
from scripts.core.lexicons import LEXICONS
from scripts.entities.evidence import fold, name_key, of_document
from scripts.entities.knowledge import capitals, country_names, entries
from scripts.entities.spans import NAMES, candidates

Weights = dict[str, tuple[float, ...]]
Model = tuple[tuple[str, ...], Weights]


@cache
def learned_weights() -> Model:
    """The labels, and for each kind of evidence its weight for each of them."""
    with (LEXICONS / "entity_weights.csv").open(encoding="utf-8", newline="") as handle:
        header, *rows = csv.reader(line for line in handle if not line.startswith("#"))
    return tuple(header[1:]), {evidence: tuple(map(float, weights)) for evidence, *weights in rows}


def best_label(evidence: dict[str, float], labels: tuple[str, ...], weights: Weights) -> str:
    """The label with the highest score, of two equal ones the first; `none` for what is never a name."""
    if "name:never" in evidence:
        return "none"
    scores = list(weights["bias"])
    for kind, strength in evidence.items():
        if kind in weights:
            for index, weight in enumerate(weights[kind]):
                scores[index] += strength * weight
    return labels[scores.index(max(scores))]


def _place_label(words: list[str]) -> str:
    name, ends = " ".join(words), {words[0].lower(), words[-1].lower()}
    if name in country_names() or name in capitals():
        return "GPE"
    if ends & entries("place_heads_built.txt"):
        return "FAC"
    return "LOC" if ends & entries("place_heads_natural.txt") else "GPE"


def _final(doc: Doc, mention: Mention, label: str) -> str:
    """The OntoNotes label of a mention, the model's own where it agrees; empty for no name."""
    if label in ("none", "MISC"):
        return mention.label if fold(mention.label) == "MISC" else ""
    if label == fold(mention.label):
        return mention.label
    if label == "LOC":
        return _place_label(doc.word[mention.first : mention.last])
    return "PERSON" if label == "PER" else label


def _persons_short_names(decided: dict[str, str], evidence: dict[str, dict[str, float]]) -> dict[str, str]:
    """The label PER for words that no list knows and that are the first or last word of a person's name."""
    persons = [name.split() for name, label in decided.items() if label == "PER" and " " in name]
    ends = {word for words in persons for word in (words[0], words[-1])}
    return {name: "PER" for name in decided if name in ends and not _LISTED.intersection(evidence[name])}


_LISTED = frozenset(
    ("name:country", "name:capital", "name:listed-place", "name:listed-organisation", "name:demonym", "name:common")
) | {"name:never", "name:organisation-alone", "name:place-alone", "name:title-alone", "name:event-alone"}


def _repeated(doc: Doc, found: list[Mention]) -> Iterator[Mention]:
    """Names of one word where the tagger, misled by the place, saw none: [Trump] unloaded on him.

    Such a word is a name at least twice elsewhere, and belongs to no longer one here.
    """
    alone = [mention for mention in found if mention.last - mention.first == 1 and mention.label in NAMES]
    times = Counter(doc.word[mention.first] for mention in alone)
    label = {doc.word[mention.first]: mention.label for mention in alone}
    taken = {at for mention in found for at in range(mention.first, mention.last)}
    for at, word in enumerate(doc.word):
        following = doc.tag[at + 1] if at + 1 < len(doc.tag) else ""
        if times[word] > 1 and at not in taken and doc.tag[at] in _MISTAKEN and following not in ("NNP", "NNPS"):
            yield Mention(at, at + 1, label[word])


# Tags of open classes, for which a name at the start of a sentence is taken.
_MISTAKEN = frozenset(("NN", "NNS", "VB", "VBP", "VBD", "VBN", "VBG", "JJ", "RB", "UH", "FW"))


def labelled(doc: Doc, model: Model | None = None) -> list[Mention]:
    """The document's mentions with repaired spans and decided labels, sorted; dates and numbers are the model's."""
    spans = candidates(doc)
    names = [mention for mention in spans if mention.label in NAMES or not mention.label]
    labels, weights = model or learned_weights()
    found = [mention for mention in spans if mention.label and mention.label not in NAMES]
    evidence = of_document(doc, names)
    decided = {key: best_label(kinds, labels, weights) for key, kinds in evidence.items()}
    decided |= _persons_short_names(decided, evidence)
    for mention in names:
        label = _final(doc, mention, decided[name_key(doc, mention)])
        if label:
            found.append(Mention(mention.first, mention.last, label))
    return sorted([*found, *_repeated(doc, found)])
