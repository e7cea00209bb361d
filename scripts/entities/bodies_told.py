"""Names of bodies that were mistaken for persons' names but that the document itself identifies as bodies.

A text may shorten a firm's name to its first word (Duke Energy, Duke) or describe the body: the gas producer Energean.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache

from scripts.core.annotation import Doc, Mention
from scripts.entities.context_evidence import main_token
from scripts.entities.evidence import name_key
from scripts.entities.knowledge import entries
from scripts.entities.names import bare_name
from scripts.entities.proposed_spans import linked_names, spelled_out
from scripts.entities.repaired_spans import QUOTATION_MARKS

# Bodies named after a person: the Hillary Clinton Foundation is not her.
_OF_PERSONS = frozenset(
    ("foundation", "campaign", "administration", "institute", "library", "fund", "trust", "committee")
)
_PERSONAL = frozenset(f"place:{kind}" for kind in ("after-title", "after-role", "before-who", "before-age"))
_BESIDE = frozenset(("compound", "nmod", "amod", "appos", "nn"))


@cache
def _heads() -> frozenset[str]:
    """Return last words of names that are shortened to their first word: Duke Energy; not the Obama White House."""
    listed = entries("organisation_heads.txt") | entries("legal_forms.txt") | {"air", "investment", "motor"}
    listed |= {"construction", "engineering", "resources"}
    return listed - _OF_PERSONS - {"house", "government", "cabinet", "team", "office", "coalition", "movement"}


@cache
def _organisations() -> frozenset[str]:
    """Return the listed names of organisations without case."""
    return frozenset(name.casefold() for name in entries("organisations.txt"))


def _first_words(names: Mapping[str, str]) -> set[str]:
    """Return first words of bodies' names that may stand for the whole name; `names` has the labels by `name_key`."""
    bodies = [name for name, label in names.items() if label == "ORG" and " " in name and " - " not in name]
    return {name.split()[0] for name in bodies if name.split()[-1].rstrip(".") in _heads() or name in _organisations()}


def bodies_told(
    doc: Doc, names: Sequence[Mention], decided: Mapping[str, str], evidence: Mapping[str, Mapping[str, float]]
) -> Iterator[str]:
    """Yield the keys of bodies' names mistaken for persons': the text describes the body or has its longer name.

    Words of other persons' names are left out, as are names that begin with a given name, and names that a title, an
    age or a pronoun beside them shows to be a person's.
    """
    persons = {name for name, label in decided.items() if label == "PER"}
    bodies = _tokens_of_bodies(doc)
    keyed = ((name_key(doc, mention), mention) for mention in names)
    described = {key for key, mention in keyed if key in persons and _is_told(doc, mention, bodies)}
    described |= {" ".join(doc.word[first:last]).casefold() for first, last in (*spelled_out(doc), *linked_names(doc))}
    listed = (name.rstrip(".").split() for name, label in decided.items() if label == "ORG")
    described |= {" ".join(bare_name(tuple(words))) for words in listed}  # Acme Works Ltd.
    parts = _parts(persons)
    introduced = {name for name in described & persons - parts if not of_somebody(evidence[name])}
    yield from sorted(introduced)
    persons -= introduced
    first_words = _first_words(decided) | {name.split()[0] for name in introduced}
    parts = _parts(persons)
    yield from sorted(name for name in first_words & persons - parts if not of_somebody(evidence[name]))


def _parts(names: Iterable[str]) -> set[str]:
    """Return the words of names of several words, and the ends of such names."""
    several = [name.split() for name in names if " " in name]
    ends = {" ".join(words[at:]) for words in several for at in range(1, len(words))}
    return ends | {word for words in several for word in words}


def of_somebody(kinds: Mapping[str, float]) -> bool:
    """Return True for evidence that a name is a person's: it begins with a given name or its context shows a person."""
    is_he = kinds.get("place:then-he", 0.0) > kinds.get("place:then-its", 0.0)
    return is_he or not _PERSONAL.isdisjoint(kinds) or "name:given-first" in kinds


def _tokens_of_bodies(doc: Doc) -> set[int]:
    """Return the tokens that are common nouns for bodies; the parser mistakes "daily" for other parts of speech."""
    nouns = entries("body_nouns.txt")
    return {
        token
        for token, lemma in enumerate(doc.lemma)
        if lemma in nouns and (doc.tag[token] in ("NN", "NNS") or doc.word[token] in ("daily", "weekly"))
    }


def _is_told(doc: Doc, mention: Mention, bodies: set[int]) -> bool:
    """Return True if a noun for a body precedes a name, or is its apposition or predicate, or if "which" follows it.

    The daily Népszava; the chains Woolworths and Coles; groups such as Magen; Mazars, a firm; Platzi is a platform.
    `bodies` are the tokens of the document that are nouns for bodies.
    """
    name = main_token(doc, mention.first, mention.last)
    begin, before = doc.sentences[doc.sentence[name]].first, mention.first - 1
    while before > begin and doc.word[before] in QUOTATION_MARKS:
        before -= 1
    such = doc.norm[before - 1 : before + 1] == ["such", "as"]
    if before >= begin and (such or doc.norm[before] in ("like", "including")):
        noun = before - 1 - such
        noun -= doc.word[noun] == ","
        return noun >= begin and doc.tag[noun] == "NNS" and noun in bodies
    if begin <= before < mention.first - 1 and before in bodies:  # the organisation "Odhikar"
        return True
    joined = doc.dep[name] == "conj"  # the chains Woolworths and [Coles]
    first = doc.head[name] if joined else name
    nouns = [doc.head[first]] if doc.dep[first] in _BESIDE else []
    nouns += [before] if before >= begin and doc.head[before] == name and doc.dep[before] in _BESIDE else []
    nouns = [noun for noun in nouns if doc.tag[noun] == "NNS" or not joined]
    is_beside = any(begin <= noun < mention.first for noun in bodies.intersection(nouns))
    return is_beside or _is_predicate(doc, name, bodies)


def _is_predicate(doc: Doc, name: int, bodies: set[int]) -> bool:
    """Return True if a noun for a body is a name's predicate or apposition, or if ", which" follows a subject."""
    near = range(name, min(name + 12, doc.sentences[doc.sentence[name]].last))
    subject = doc.dep[name] in ("nsubj", "nsubjpass")
    if subject and doc.norm[name + 1 : name + 3] == [",", "which"]:
        return True
    return any(
        (doc.dep[noun] == "appos" and doc.head[noun] == name)
        or (subject and doc.dep[noun] == "attr" and doc.head[noun] == doc.head[name])
        for noun in bodies.intersection(near)
    )
