"""Evidence for each name of a document: in the name, in the contexts of its mentions, in longer names that contain it.

No word of a text is evidence by itself, only its kind, so that weights learned on one outlet hold for others.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from scripts.core.annotation import Doc, Mention
from scripts.entities.context_evidence import context_evidence
from scripts.entities.kinds import NAME_KINDS, fold
from scripts.entities.name_evidence import name_evidence
from scripts.entities.name_words import lower_words

# The number of mentions from which a name counts as frequent.
_MANY = 5
_OF_MODEL = [f"model={kind}" for kind in NAME_KINDS]
# Evidence for a longer name that is also evidence for each of its words.
_PASSED_ON = frozenset(("after-title", "speaks", "before-speech", *_OF_MODEL))


def name_key(doc: Doc, mention: Mention) -> str:
    """Return the words of a mention without case: the key that groups the mentions of one name."""
    return " ".join(doc.word[mention.first : mention.last]).casefold()


def _shares(occurrences: list[list[str]]) -> dict[str, float]:
    """Return the share of the occurrences that have each kind of evidence."""
    if len(occurrences) == 1:
        return dict.fromkeys(occurrences[0], 1.0)
    counts: dict[str, int] = {}
    for kinds in occurrences:
        for kind in dict.fromkeys(kinds):
            counts[kind] = counts.get(kind, 0) + 1
    return {kind: count / len(occurrences) for kind, count in counts.items()}


def _as_model_has_it(doc: Doc, mentions: Sequence[Mention]) -> dict[str, float]:
    """Return the model's chance of each kind of name, as the mean over the mentions of a name.

    If the document has no chances, it is the share of the mentions to which the model assigned the kind.
    """
    if doc.chances is None:
        return _shares([[f"model={fold(mention.label)}"] for mention in mentions])
    of_mentions = [doc.chances[first:last].sum(0) / (last - first) for first, last, *_ in mentions]
    chances = (sum(of_mentions[1:], of_mentions[0]) / len(of_mentions)).tolist()
    return {kind: round(chance, 2) for kind, chance in zip(_OF_MODEL, chances, strict=True)}


def _longer_names(keys: Iterable[str]) -> dict[str, list[tuple[str, str]]]:
    """Return, for each word, the names of several words that contain it, and its position: first, middle or last.

    >>> _longer_names(["ann lee", "lee"])
    {'lee': [('ann lee', 'last')], 'ann': [('ann lee', 'first')]}
    """
    names: dict[str, list[tuple[str, str]]] = {}
    for key in keys:
        first, *rest = key.split()
        if rest:
            positions = {**dict.fromkeys(rest, "middle"), first: "first", rest[-1]: "last"}
            for word, position in positions.items():
                names.setdefault(word, []).append((key, position))
    return names


@lru_cache(maxsize=1 << 14)
def _in_name(words: tuple[str, ...]) -> Mapping[str, float]:
    """Return the evidence in the words of a name."""
    return {f"name:{kind}": 1.0 for kind in name_evidence(words)}


def document_evidence(doc: Doc, mentions: Sequence[Mention]) -> dict[str, dict[str, float]]:
    """Return {kind of evidence: strength from 0 to 1} for each name among the candidates, by `name_key`.

    `name:` is evidence in the name itself; `place:` is the share of its mentions with this evidence in their context;
    `part:` that share for the longer names that contain the word; `surname:` that share for mentions of the last word.
    """
    groups: dict[str, list[Mention]] = {}
    for mention in mentions:
        groups.setdefault(name_key(doc, mention), []).append(mention)
    shares = {
        key: _shares([context_evidence(doc, mention) for mention in group]) | _as_model_has_it(doc, group)
        for key, group in groups.items()
    }
    longer = _longer_names(groups)
    lower = lower_words(doc)

    def of_group(key: str, group: list[Mention]) -> dict[str, float]:
        words, count = tuple(doc.word[group[0].first : group[0].last]), len(group)
        strengths = {**_in_name(words), **{f"place:{kind}": share for kind, share in shares[key].items()}}
        strengths["count"] = min(count, _MANY) / _MANY
        if count == 1:
            strengths["single"] = 1.0
        if lower.issuperset(map(str.casefold, words)):
            strengths["lower-elsewhere"] = 1.0
        if key in longer:
            total = sum(len(groups[name]) for name, _ in longer[key])
            for longer_name, position in longer[key]:
                for kind, share in shares[longer_name].items():
                    if kind in _PASSED_ON:
                        kind = f"part:{position}:{kind}"
                        strengths[kind] = strengths.get(kind, 0.0) + share * len(groups[longer_name]) / total
        elif len(words) > 1 and (last := words[-1].casefold()) in shares:
            strengths |= {f"surname:{kind}": share for kind, share in shares[last].items()}
        return strengths

    return {key: of_group(key, group) for key, group in groups.items()}
