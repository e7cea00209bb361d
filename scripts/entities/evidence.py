"""What speaks for a name being a person, a place or an organisation: the kinds of evidence, as short names.

Three sources: the name itself (its words, its shape, the lists), the place where it stands (titles, prepositions,
verbs of speech), and the model's label. No word of a text is evidence by itself, only its kind, so that what is learned
on one outlet holds for others.
"""

from collections.abc import Iterable, Sequence
from functools import lru_cache

from scripts.core.annotation import Doc, Mention
from scripts.entities.knowledge import capitals, country_names, demonyms, entries

LABELS = ("PER", "LOC", "ORG", "NORP", "MISC")
_FOLD = {"PERSON": "PER", "GPE": "LOC", "LOC": "LOC", "FAC": "LOC", "ORG": "ORG", "NORP": "NORP", "": "none"}


def fold(label: str) -> str:
    """A label of the model as one of `LABELS`, or `none` for a candidate that the model left out."""
    return _FOLD.get(label, "MISC")


_PLACE_PREPOSITIONS = frozenset(("in", "at", "near", "across", "outside", "around", "throughout", "inside"))
_NEIGHBOURS = dict(
    zip(
        *[("of", "from", "to", "by", "with", "for", "and", "on", "against", "between", "in", "at", "a")] * 2,
        strict=True,
    )
)
_NEIGHBOURS |= {",": "comma", "(": "bracket", ")": "closing-bracket", "-": "hyphen", '"': "quotation-mark"}
_SHAPE_JOINTS = frozenset(("of", "for", "and", "&"))


def _shape(words: list[str]) -> list[str]:
    found = ["words=" + str(min(len(words), 4))]
    letters = "".join(words)
    if letters.isupper():
        found.append("capitals" if len(words) == 1 and len(letters) < 7 else "shouted")
    elif len(words) == 1 and any(map(str.isupper, words[0][1:])):
        found.append("inner-capital")
    if any(map(str.isdigit, letters)):
        found.append("digit")
    if words[0].islower():
        found.append("lower-first")
    if any(word in _SHAPE_JOINTS for word in words[1:]):
        found.append("joint")
    if "-" in letters:
        found.append("hyphen")
    if "." in letters:
        found.append("stop")
    if not letters.isascii():
        found.append("foreign-letter")
    return found


@lru_cache(maxsize=1 << 14)
def _endings(word: str) -> list[str]:
    return [
        f"{kind}-ending"
        for kind, listing in _ENDINGS
        if any(word.endswith(ending) and len(word) > len(ending) + 2 for ending in entries(listing))
    ]


def of_name(words: list[str]) -> list[str]:
    """Evidence in the name itself."""
    name, lower = " ".join(words).replace(" - ", "-").replace(" 's", "'s"), [word.lower().rstrip(".") for word in words]
    found = _shape(words)
    if name in country_names():
        found.append("country")
    elif name in capitals():
        found.append("capital")
    elif name in entries("places.txt"):
        found.append("listed-place")
    if name in demonyms():
        found.append("demonym")
    if name in entries("organisations.txt"):
        found.append("listed-organisation")
    if " ".join(lower) in entries("commons.txt"):
        found.append("common")
    if name.lower() in entries("never_names.txt"):
        found.append("never")
    found += _endings(lower[-1])
    several = len(words) > 1
    for kind, listing in _HEADS:
        heads = entries(listing)
        if lower[-1] in heads:
            found.append(f"{kind}-last" if several else f"{kind}-alone")
        elif several and any(word in heads for word in lower[:-1]):
            found.append(f"{kind}-inside")
    if several:
        if words[0] in demonyms() or words[0] in country_names():
            found.append("country-first")
        if words[-1] in country_names() or words[-1] in entries("places.txt"):
            found.append("place-last")
        if words[0] in entries("given_names.txt"):
            found.append("given-first")
    elif words[0] in entries("given_names.txt"):
        found.append("given-alone")
    return found


_HEADS = (
    ("organisation", "organisation_heads.txt"),
    ("place", "place_heads_natural.txt"),
    ("place", "place_heads_areas.txt"),
    ("place", "place_heads_built.txt"),
    ("event", "event_heads.txt"),
    ("title", "titles.txt"),
)
_ENDINGS = (
    ("place", "place_endings.txt"),
    ("person", "person_endings.txt"),
    ("organisation", "organisation_endings.txt"),
)


def _before(doc: Doc, first: int, begin: int) -> list[str]:
    at = first - 1
    if at < begin:
        return ["opens-sentence"]
    word = doc.norm[at]
    found = []
    if word == "the":
        found.append("after-the")
        at -= 1
    elif word in _PLACE_PREPOSITIONS:
        return ["after-in"]
    elif word == "." and at > begin and doc.norm[at - 1] in entries("titles.txt"):
        return ["after-title"]
    elif word.rstrip(".") in entries("titles.txt"):
        return ["after-title" if is_capital(doc.word[at]) else "after-role"]
    if at >= begin:
        word = doc.norm[at]
        if word in _PLACE_PREPOSITIONS:
            found.append("after-in")
        elif word in _NEIGHBOURS:
            found.append("after-" + _NEIGHBOURS[word])
        elif doc.tag[at] in ("NN", "NNS"):
            found.append("after-noun")
        elif doc.tag[at] in ("NNP", "NNPS"):
            found.append("after-name")
        elif doc.tag[at][:2] == "VB":
            found.append("after-verb")
        elif doc.tag[at] == "JJ":
            found.append("after-adjective")
    return found


def is_capital(word: str) -> bool:
    """Whether the word begins with a capital letter."""
    return word[0].isupper()


def _after(doc: Doc, last: int, end: int) -> list[str]:
    if last >= end:
        return ["ends-sentence"]
    word, following = doc.norm[last], doc.norm[last + 1] if last + 1 < end else ""
    if word == "'s" or word == "'":
        return ["before-'s"]
    if word == ",":
        if following.isdigit() and len(following) < 3:
            return ["before-age"]
        if following in ("who", "whose"):
            return ["before-who"]
        if following in ("a", "an", "the"):
            return ["before-apposition"]
        return ["before-comma-name" if following and is_capital(doc.word[last + 1]) else "before-comma"]
    if word == "(":
        return ["before-bracket"]
    if word == "-":
        return ["before-based" if following in ("based", "born", "led", "backed") else "before-hyphen"]
    if word == "who":
        return ["before-who"]
    if doc.lemma[last] in entries("speech_verbs.txt") and doc.pos[last] == "VERB":
        return ["before-speech"]
    if word in entries("after_states.txt"):
        return ["before-official"]
    if word in entries("after_bodies.txt"):
        return ["before-member"]
    if any(word in entries(listing) for kind, listing in _HEADS if kind == "place"):
        return ["before-place-head"]
    if word in entries("organisation_heads.txt"):
        return ["before-body-head"]
    if word in entries("titles.txt"):
        return ["before-title"]
    tag = doc.tag[last]
    if tag in ("NNP", "NNPS"):
        return ["before-name"]
    if tag[:2] == "NN":
        return ["before-noun"]
    if tag[:2] == "VB" or tag == "MD":
        return ["before-verb"]
    return ["before-" + _NEIGHBOURS[word]] if word in _NEIGHBOURS else []


def main_token(doc: Doc, first: int, last: int) -> int:
    """The token of a span on which the others depend: the last one whose head lies outside, or is itself."""
    return next(
        (index for index in range(last - 1, first - 1, -1) if not first <= doc.head[index] < last),
        next((index for index in range(last - 1, first - 1, -1) if doc.head[index] == index), last - 1),
    )


def _syntax(doc: Doc, first: int, last: int) -> list[str]:
    index = main_token(doc, first, last)
    head, dep = doc.head[index], doc.dep[index]
    found = ["dep=" + dep] if dep in _DEPS else []
    if dep in ("nsubj", "nsubjpass") and doc.lemma[head] in entries("speech_verbs.txt"):
        found.append("speaks")
    elif dep == "compound" and not first <= head < last:
        found.append("compound-of-" + ("name" if is_capital(doc.word[head]) else "noun"))
    tags = doc.tag[first:last]
    if "NNP" not in tags and "NNPS" not in tags:
        found.append("no-proper-noun:" + ("JJ" if tags[-1] == "JJ" else "NN" if tags[-1][:2] == "NN" else "other"))
    if tags[-1] == "NNPS":
        found.append("plural")
    if "IN" in tags or "DT" in tags:
        found.append("preposition-inside")
    return found


_DEPS = frozenset(
    (
        "nsubj",
        "nsubjpass",
        "pobj",
        "dobj",
        "poss",
        "compound",
        "appos",
        "conj",
        "ROOT",
        "attr",
        "npadvmod",
        "amod",
        "nmod",
        "agent",
    )
)


def of_place(doc: Doc, mention: Mention) -> list[str]:
    """Evidence in the place where a mention stands, the model's label among it."""
    sentence = doc.sentences[doc.sentence[mention.first]]
    return [
        *_before(doc, mention.first, sentence.first),
        *_after(doc, mention.last, sentence.last),
        *_syntax(doc, mention.first, mention.last),
        f"model={fold(mention.label)}",
    ]


def of_document(doc: Doc, mentions: Sequence[Mention]) -> dict[str, dict[str, float]]:
    """The evidence for each name among the candidates, by `name_key`: {kind of evidence: strength from 0 to 1}.

    `name:` is in the name itself, `place:` the share of its mentions that stand so, `part:` the share among the longer
    names that hold this word, `surname:` the share among the mentions of the last word alone.
    """
    groups: dict[str, list[Mention]] = {}
    for mention in mentions:
        groups.setdefault(name_key(doc, mention), []).append(mention)
    shares = {key: _shares([of_place(doc, mention) for mention in group]) for key, group in groups.items()}
    longer = _longer_names(groups)
    lower = {word for word in doc.word if word.islower()}

    def of_group(key: str, group: list[Mention]) -> dict[str, float]:
        words, count = doc.word[group[0].first : group[0].last], len(group)
        found = {f"name:{kind}": 1.0 for kind in of_name(words)}
        found |= {f"place:{kind}": share for kind, share in shares[key].items()}
        found["count"] = min(count, _MANY) / _MANY
        if count == 1:
            found["single"] = 1.0
        if all(word.casefold() in lower for word in words):
            found["lower-elsewhere"] = 1.0
        if key in longer:
            total = sum(len(groups[name]) for name, _ in longer[key])
            for other, position in longer[key]:
                for kind, share in shares[other].items():
                    if kind in _PASSED_ON:
                        kind = f"part:{position}:{kind}"
                        found[kind] = found.get(kind, 0.0) + share * len(groups[other]) / total
        elif len(words) > 1 and (last := words[-1].casefold()) in shares:
            found |= {f"surname:{kind}": share for kind, share in shares[last].items()}
        return found

    return {key: of_group(key, group) for key, group in groups.items()}


def name_key(doc: Doc, mention: Mention) -> str:
    """What two mentions of the same name share: its words without case."""
    return " ".join(doc.word[mention.first : mention.last]).casefold()


_MANY = 5
_PASSED_ON = frozenset(("after-title", "speaks", "before-speech", *(f"model={label}" for label in (*LABELS, "none"))))


def _shares(occurrences: list[list[str]]) -> dict[str, float]:
    """The share of the occurrences that have each kind of evidence."""
    counts: dict[str, int] = {}
    for kinds in occurrences:
        for kind in dict.fromkeys(kinds):
            counts[kind] = counts.get(kind, 0) + 1
    return {kind: count / len(occurrences) for kind, count in counts.items()}


def _longer_names(keys: Iterable[str]) -> dict[str, list[tuple[str, str]]]:
    """For each word of a name of several words: those names, and whether it is their first, last or a middle word."""
    found: dict[str, list[tuple[str, str]]] = {}
    for key in keys:
        first, *rest = key.split()
        if rest:
            places = {**dict.fromkeys(rest, "middle"), first: "first", rest[-1]: "last"}
            for word, place in places.items():
                found.setdefault(word, []).append((key, place))
    return found
