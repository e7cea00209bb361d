"""Labels of names, from all the evidence in a document: a linear model over kinds of evidence.

All mentions of a name in a document get the label with the highest score, the sum of the weights of its evidence
(multinomial logistic regression; training/entity_labels.py fits the weights in workflow/lexicons/entity_weights.csv).
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from operator import add

from scripts.core.annotation import Doc, Mention
from scripts.core.lexicons import comma_rows
from scripts.entities.bodies_told import bodies_told, of_somebody
from scripts.entities.datelines import datelines
from scripts.entities.evidence import document_evidence, name_key
from scripts.entities.introduced import introduced
from scripts.entities.kinds import LABELS, NAMES, fold
from scripts.entities.knowledge import capitals, country_names, entries
from scripts.entities.name_words import tokens_of_words
from scripts.entities.person_names import parted, without_brackets
from scripts.entities.repaired_spans import persons_apart
from scripts.entities.spans import candidates

LabelWeights = dict[str, tuple[float, ...]]
Model = tuple[tuple[str, ...], LabelWeights]
# A function from the names of a document to additional log-odds of each label for each of them, by `name_key`.
Read = Callable[[Doc, Sequence[Mention]], Mapping[str, Sequence[float]]]
LABEL_WEIGHTS = "entity_weights.csv"
# If the chance of a kind of name is at least this, the other evidence cannot make the label `none`.
_SURE, _RATHER_SURE = 0.8, 0.5


@cache
def learned_weights() -> Model:
    """Return the labels and the weight of each kind of evidence for each label, from workflow/lexicons."""
    header, *rows = comma_rows(LABEL_WEIGHTS)
    return tuple(header[1:]), {evidence: tuple(map(float, weights)) for evidence, *weights in rows}


def best_label(
    evidence: dict[str, float], labels: tuple[str, ...], weights: LabelWeights, read: Sequence[float] = ()
) -> str:
    """Return the label with the highest score, the first on a tie; `none` for a word listed as never a name.

    `read` has log-odds of each label that are added to the scores.
    """
    if "name:never" in evidence:
        return "none"
    scores = list(map(add, weights["bias"], read)) if read else list(weights["bias"])
    for kind, strength in evidence.items():
        if kind in weights:
            of_kind = weights[kind] if strength == 1.0 else [strength * weight for weight in weights[kind]]
            scores = list(map(add, scores, of_kind))
    return labels[scores.index(max(scores))]


def _place_label(words: list[str]) -> str:
    """Return the OntoNotes label (GPE, FAC, LOC) of a place's name."""
    name, ends = " ".join(words), {words[0].lower(), words[-1].lower()}
    if name in country_names() or name in capitals():
        return "GPE"
    if ends & entries("place_heads_built.txt"):
        return "FAC"
    return "LOC" if ends & entries("place_heads_natural.txt") else "GPE"


def _ontonotes_label(doc: Doc, mention: Mention, label: str) -> str:
    """Return the OntoNotes label of a mention, the model's own if it agrees with `label`; empty if it is no name."""
    if doc.norm[mention.last - 1].endswith(_OF_SITES):
        return "ORG"
    text = doc.slice(mention.first, mention.last)
    if _AFTER_NAMES.fullmatch(text) or _is_party_and_place(doc, mention, text):
        return ""
    if label == "none" and (_is_chamber(doc, mention) or _is_listed_acronym(doc, mention)):
        return "ORG"
    if label in ("none", "MISC"):
        return mention.label if fold(mention.label) == "MISC" else ""
    if label == "PER" and _is_common(doc, mention):
        return ""
    if label == "PER" and _is_called_after(doc, mention):
        return "ORG"
    if label == fold(mention.label):
        return mention.label
    if label == "LOC":
        return _place_label(doc.word[mention.first : mention.last])
    return "PERSON" if label == "PER" else label


# An abbreviation (Ariz.), which is never the full name of a person.
_ABBREVIATION = re.compile(r"[A-Z][a-z]+\.")
# Additions to a name: a degree, a generation; a politician's party, alone or with the state (R-Ariz.).
_AFTER_NAMES = re.compile(r"Ph\.?D\.?|[MJ]\.?D\.?|Esq\.?|[JS]r\.?")
_PARTY = re.compile(r"[DRI](?:\s?-\s?([A-Z][\w. ]*))?")
_OF_SITES = (".com", ".org", ".net")


def _is_listed_acronym(doc: Doc, mention: Mention) -> bool:
    """Return True for the initials of a listed body with full stops: F.A.A."""
    word = doc.word[mention.first]
    initials = mention.last == mention.first + 1 and word.count(".") > 1
    return initials and word.replace(".", "") in entries("organisations.txt")


def _is_party_and_place(doc: Doc, mention: Mention, text: str) -> bool:
    """Return True for a politician's party in brackets, (D), and with a state, D-Mich.; not D-Link."""
    party = _PARTY.fullmatch(text)
    if party is None:
        return False
    if party[1] is None:
        return doc.word[max(0, mention.first - 1)] == "(" and doc.word[mention.last : mention.last + 1] == [")"]
    return party[1].replace(".", "").casefold() in entries("us_states.txt")


def _is_called_after(doc: Doc, mention: Mention) -> bool:
    """Return True for a body named after a person: Ann Lee Center; not Frank Church."""
    return mention.last - mention.first > 2 and doc.norm[mention.last - 1] in entries("organisation_heads.txt")


_CHAMBERS = frozenset(("house", "senate", "congress", "parliament"))


def _is_chamber(doc: Doc, mention: Mention) -> bool:
    """Return True for a chamber by its common name: "the House", but not in "the House of Cards"."""
    is_after_the = mention.last == mention.first + 1 and mention.first > 0 and doc.norm[mention.first - 1] == "the"
    is_whole = doc.norm[mention.last : mention.last + 1] != ["of"]
    return is_after_the and doc.norm[mention.first] in _CHAMBERS and is_whole


def _is_common(doc: Doc, mention: Mention) -> bool:
    """Return True for a plural that only ever opens sentences (Rabbis said so), and for an abbreviation (Ariz.)."""
    word = doc.word[mention.first]
    if mention.last > mention.first + 1:
        return False
    if doc.tag[mention.first] not in ("NNS", "NNPS"):
        # A name may also be followed by a full stop at the end of a sentence.
        return bool(_ABBREVIATION.fullmatch(word)) and word[:-1] not in doc.vocabulary
    places = (at for at, token in enumerate(doc.word) if token == word)
    return all(at == doc.sentences[doc.sentence[at]].first for at in places)


def _vessels_and_storms(doc: Doc, names: Sequence[Mention]) -> Iterator[str]:
    """Yield the keys of the names of ships and storms: INS Mysore, Mysore, Hurricane Sandy."""
    titles = entries("vessels_and_storms.txt")
    for mention in names:
        is_titled = doc.norm[mention.first] in titles
        before = doc.norm[mention.first - 1] if mention.first and doc.word[mention.first - 1] != "storm" else ""
        if is_titled or before in titles:
            yield name_key(doc, mention)
            yield " ".join(doc.word[mention.first + is_titled : mention.last]).casefold()


@cache
def _titles() -> frozenset[str]:
    """Return titles and honorifics without full stops."""
    return entries("titles.txt") | frozenset(word.rstrip(".") for word in entries("honorifics.txt"))


def _joint_bills(doc: Doc, names: Sequence[Mention], decided: Mapping[str, str]) -> Iterator[str]:
    """Yield the keys of names that join the last names of two persons: the Lugar-Obama bill, the Nunn-Lugar program.

    The document must name both, or name one in full and never put a title or forename before the joint name.
    """
    parts = ((mention, doc.slice(mention.first, mention.last).split("-")) for mention in names)
    pairs = {mention: pair for mention, pair in parts if len(pair) == 2 and " " not in pair[0]}
    if not pairs:
        return
    persons = [mention for mention in names if decided[name_key(doc, mention)] == "PER"]
    last_names = {doc.word[each.last - 1] for each in persons if doc.word[each.last - 2] != "-"}
    full_names = {doc.word[each.last - 1] for each in persons if each.last > each.first + 1} & last_names
    hyphenated = {doc.slice(each.last - 3, each.last) for each in persons if each.last > each.first + 3}
    titled = {"-".join(pair) for each, pair in pairs.items() if doc.norm[each.first - 1].rstrip(".") in _titles()}
    apart = hyphenated | titled
    for mention, pair in pairs.items():
        if last_names.issuperset(pair) or (not full_names.isdisjoint(pair) and "-".join(pair) not in apart):
            yield name_key(doc, mention)


def _sure_kind(kinds: Mapping[str, float]) -> str:
    """Return the kind of name of which the network is very sure, as in [Florida] Gov. Ann Lee, or else `none`.

    For a listed place it is enough that the network is rather sure.
    """
    is_listed = "name:country" in kinds or "name:capital" in kinds or "name:listed-place" in kinds
    if "name:never" in kinds:
        return "none"
    if is_listed and kinds["place:model=LOC"] >= _RATHER_SURE:
        return "LOC"
    return next((kind for kind in LABELS if kinds[f"place:model={kind}"] >= _SURE), "none")


def _persons_short_names(decided: dict[str, str], evidence: dict[str, dict[str, float]]) -> dict[str, str]:
    """Return the label PER for unlisted words that are the first or last word of a person's name.

    A place name counts too if it is a person's last name and the text uses it of a person and never after a preposition
    of place: Gordon England, then "England said he".
    """
    persons = [name.split() for name, label in decided.items() if label == "PER" and " " in name]
    ends = {word for words in persons for word in (words[0], words[-1])}
    unlisted = {name for name in decided if name in ends and not _LISTED.intersection(evidence[name])}
    places = {words[-1] for words in persons if decided.get(words[-1]) == "LOC"}
    called = {name for name in places if of_somebody(evidence[name]) and "place:after-in" not in evidence[name]}
    return dict.fromkeys(unlisted | called, "PER")


_LISTED = frozenset(
    ("name:country", "name:capital", "name:listed-place", "name:listed-organisation", "name:demonym", "name:common")
) | {"name:never", "name:organisation-alone", "name:place-alone", "name:title-alone", "name:event-alone"}


def _repeated(doc: Doc, mentions: list[Mention]) -> Iterator[Mention]:
    """Yield names of one word that the tagger mistook for ordinary words: [Trump] unloaded on him.

    Such a word is a name at least twice elsewhere in the document, and not part of a longer name here.
    """
    alone = [mention for mention in mentions if mention.last - mention.first == 1 and mention.label in NAMES]
    times = Counter(doc.word[mention.first] for mention in alone)
    repeated = {word for word, n in times.items() if n > 1}
    label = {doc.word[mention.first]: mention.label for mention in alone}
    taken = {at for mention in mentions for at in range(mention.first, mention.last)}
    for at in tokens_of_words(doc, repeated):
        following = doc.tag[at + 1] if at + 1 < len(doc.tag) else ""
        if at not in taken and doc.tag[at] in _MISTAKEN and following not in ("NNP", "NNPS"):
            yield Mention(at, at + 1, label[doc.word[at]])


# Tags of open word classes, for which a name at the start of a sentence may be mistaken.
_MISTAKEN = frozenset(("NN", "NNS", "VB", "VBP", "VBD", "VBN", "VBG", "JJ", "RB", "UH", "FW"))


def label_mentions(doc: Doc, model: Model | None = None, read: Read | None = None) -> list[Mention]:
    """Return the document's mentions with repaired spans and final labels, sorted; dates and amounts stay as they are.

    Labels are scored with the weights of `model` (by default the shipped ones) and the log-odds that `read` adds.
    """
    spans = candidates(doc)
    names = [mention for mention in spans if mention.label in NAMES or not mention.label]
    labels, weights = model or learned_weights()
    mentions = [mention for mention in spans if mention.label and mention.label not in NAMES]
    evidence = document_evidence(doc, names)
    readings = read(doc, names) if read else {}
    decided = {key: best_label(kinds, labels, weights, readings.get(key, ())) for key, kinds in evidence.items()}
    if doc.chances is not None:
        decided |= {key: _sure_kind(evidence[key]) for key, label in decided.items() if label == "none"}
    decided |= _persons_short_names(decided, evidence)
    decided |= dict.fromkeys([*bodies_told(doc, names, decided, evidence)], "ORG")
    vessels = {*_vessels_and_storms(doc, names)}
    decided |= {key: "none" for key in vessels if decided.get(key) in ("PER", "ORG")}
    keyed = [(name_key(doc, mention), mention) for mention in names]
    persons = {key for key, mention in keyed if mention.label == "PERSON"}
    dates = {each.first for each in doc.mentions if each.label not in NAMES}
    decided |= {key: "PER" for key, mention in keyed if mention.label == "PERSON" and mention.first in dates}
    decided |= {key: "PER" for key in persons if parted(key)[1] or without_brackets([key]) != tuple(key.split())}
    decided |= dict.fromkeys(_joint_bills(doc, names, decided), "none")
    places = set(datelines(doc))
    decided |= {key: "LOC" for key, mention in keyed if mention[:2] in places}
    full = dict(introduced(doc, names, decided))
    mentions += full.values()
    for key, mention in keyed:
        if mention in full:
            continue
        label = _ontonotes_label(doc, mention, decided[key])
        if label:
            mentions.append(Mention(mention.first, mention.last, label))
    return sorted(persons_apart(doc, [*mentions, *_repeated(doc, mentions)]))
