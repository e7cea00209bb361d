"""Subjects, objects, conjuncts and names in the dependency tree of a parsed document."""

from collections.abc import Iterator

from scripts.core.annotation import Doc
from scripts.framing.places import ACTORS

_OF_NOUN = frozenset(["det", "amod", "compound", "nmod", "nummod", "poss", "case", "punct"])
_SUBJECTS = ("nsubj", "nsubjpass", "csubj")
_RELATIVE = frozenset(["WP", "WDT"])
# A verb with one of these labels and no subject of its own takes its governor's: "he blamed X, accusing Y", "wants to
# blame", "saw and blamed".
_INHERITING = frozenset(["xcomp", "advcl", "conj", "pcomp", "prep", "pobj", "ccomp", "acomp"])


class MentionTree:
    """A parsed document with the children of every token and the mention, if any, that each token belongs to."""

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        self.children: list[list[int]] = [[] for _ in doc.head]
        for token, head in enumerate(doc.head):
            if token != head:
                self.children[head].append(token)
        self.mention = {token: each for each in doc.mentions for token in range(each.first, each.last)}

    def dependents(self, token: int, *labels: str) -> list[int]:
        """Return the children of a token that have one of these dependency labels, in the order of the text."""
        return [child for child in self.children[token] if self.doc.dep[child] in labels]

    def ancestors(self, token: int) -> Iterator[int]:
        """Yield the governors of a token, nearest first."""
        while self.doc.head[token] != token:
            token = self.doc.head[token]
            yield token

    def is_named(self, token: int) -> bool:
        """Return True if a token is part of the name of a person, an organisation, a place or a people."""
        return token in self.mention and self.mention[token].label in ACTORS

    def subject(self, verb: int) -> int | None:
        """Return the subject of a verb: its own, that of a verb above it, or the noun that its clause modifies."""
        for token in (verb, *self.ancestors(verb)):
            own = [each for each in self.dependents(token, *_SUBJECTS) if self.doc.tag[each] not in _RELATIVE]
            if own:
                return own[0]
            if self.doc.dep[token] in ("relcl", "acl"):
                return self.doc.head[token]
            if self.doc.dep[token] not in _INHERITING:
                return None
        return None

    def objects(self, verb: int, *prepositions: str, clauses: bool = False) -> list[int]:
        """Return the objects of these prepositions below a verb or noun; with `clauses`, gerunds as well."""
        labels = ("pobj", "pcomp") if clauses else ("pobj",)
        through = [child for child in self.children[verb] if self.doc.norm[child] in prepositions]
        return [noun for preposition in through for noun in self.dependents(preposition, *labels)]

    def joined(self, noun: int) -> list[int]:
        """Return a noun and the nouns coordinated with it, as in "China, Mexico and Canada"."""
        nouns, waiting = [], [noun]
        while waiting:
            conjunct = waiting.pop()
            nouns.append(conjunct)
            waiting += reversed(self.dependents(conjunct, "conj"))
        return nouns

    def span(self, noun: int) -> tuple[int, int]:
        """Return the token span (last exclusive) of a noun's mention, else of its phrase up to it; without article."""
        if noun in self.mention:
            first, last = self.mention[noun].first, self.mention[noun].last
        else:
            first = last = noun
            while first > 0 and self.doc.head[first - 1] in range(first - 1, noun + 1):
                if self.doc.dep[first - 1] not in _OF_NOUN or self.doc.sentence[first - 1] != self.doc.sentence[noun]:
                    break
                first -= 1
            last = noun + 1
        while first < last - 1 and self.doc.norm[first] in ("the", "a", "an", '"', "'"):
            first += 1
        return first, last

    def name(self, noun: int) -> str:
        """Return the canonical name of the entity that a noun belongs to, else the words of its noun phrase."""
        if noun in self.mention and self.mention[noun].entity:
            return self.mention[noun].entity
        return " ".join(self.doc.slice(*self.span(noun)).split())
