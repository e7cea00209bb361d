"""Who a source is: the name, its kind and the role the text gives, with pronouns and descriptions resolved.

Sources are read in the order of the text. A pronoun goes to the person who is most present before it: the one just
quoted, the subject of the sentence before, the one named last. Gender counts only where the text itself tells it
(Mrs., spokesman, her husband, "Ms. Lee said she"); it is never guessed from a name.
"""

import math
from bisect import bisect_left
from collections import defaultdict
from typing import NamedTuple

from scripts.core.annotation import Doc, Mention
from scripts.quotes.context import Context
from scripts.quotes.kinds import kinds
from scripts.quotes.roles import bare, cleaned, entity_name, head_of, kind_of, role_of
from scripts.quotes.sources import Source
from scripts.quotes.tree import Tree

_HE, _SHE = frozenset(("he", "him", "his", "himself")), frozenset(("she", "her", "hers", "herself"))
_RELATIVE = frozenset(("who", "which", "that", "whom"))
# Where one of these stands for nobody that the text shows, it is no name: "it" of one text is not "it" of the next.
_PRONOUNS = (
    _HE
    | _SHE
    | _RELATIVE
    | frozenset(("i", "me", "we", "us", "you", "they", "them", "it", "this", "these", "those", "one", "what"))
)
_NAMES = frozenset(("PERSON", "ORG", "GPE", "NORP", "FAC", "LOC"))
_SUBJECT = frozenset(("nsubj", "nsubjpass"))
# How far back, in sentences, a pronoun may reach.
_REACH = 12
# How far into a clause, in tokens, its subject's pronoun is looked for.
_CLAUSE = 60
# What makes a person present: being the subject of the sentence or of a clause in it, having just been quoted, being
# named again; being named only inside a quotation takes away, and so does every sentence in between.
_MAIN_SUBJECT, _SUBORDINATE, _QUOTED, _REPEATED = 1.5, 0.5, 0.8, 0.3
_INSIDE, _DISTANCE = -3.0, 0.75
_SAME_GENDER, _OTHER_GENDER = 0.7, -4.0


class Speaker(NamedTuple):
    """A resolved source: canonical name, kind, role, and the tokens of the mention that names it (or None)."""

    name: str
    kind: str
    role: str
    reference: tuple[int, int] | None


NOBODY = Speaker("", "unnamed", "", None)


class People:
    """The persons of a document: where each is named, of what gender the text shows them, and their roles.

    And, to tell a name from a word that opens a sentence, the words that stand inside sentences.
    """

    def __init__(self, ctx: Context) -> None:
        doc = ctx.doc
        self.ctx = ctx
        self.mentions = [mention for mention in doc.mentions if mention.label == "PERSON"]
        self.in_sentence: dict[int, list[Mention]] = defaultdict(list)
        for mention in self.mentions:
            self.in_sentence[doc.sentence[mention.first]].append(mention)
        opening = {sentence.first for sentence in doc.sentences}
        self.inner_words = {word for token, word in enumerate(doc.word) if token not in opening}
        self.at = {token: mention for mention in doc.mentions for token in range(mention.first, mention.last)}
        self.gender: dict[str, float] = {}
        self.roles: dict[str, str] = {}
        for mention in self.mentions:
            name = entity_name(doc, mention)
            self._note_gender(name, mention)
            role = role_of(doc, ctx.tree, mention)
            if role and len(role) > len(self.roles.get(name, "")):
                self.roles[name] = role
        self.by_word: dict[str, list[Mention]] = defaultdict(list)
        for mention in doc.mentions:
            if mention.label == "PERSON":
                words = self.roles.get(entity_name(doc, mention), "").lower().split()
            else:
                words = doc.norm[mention.first : mention.last] if mention.label in ("ORG", "FAC") else []
            for word in {bare(word) for word in words}:
                self.by_word[word].append(mention)

    def _note_gender(self, name: str, mention: Mention) -> None:
        """Add what the words around a mention tell: positive for she, negative for he."""
        doc, tree = self.ctx.doc, self.ctx.tree
        female, male = kinds()["female"], kinds()["male"]
        head = head_of(doc, mention)
        near = [doc.norm[token].rstrip(".") for token in range(max(0, mention.first - 1), mention.last)]
        near += [doc.norm[child] for child in tree.children[head] if doc.dep[child] in ("appos", "compound", "nmod")]
        if doc.dep[head] == "appos":
            near.append(doc.norm[doc.head[head]])
        vote = 2.0 * (
            any(word in female and word != "her" for word in near)
            - any(word in male and word != "his" for word in near)
        )
        vote += self._next_sentence(mention, head)
        if doc.dep[head] == "nsubj":
            # "Lee said she would": the first pronoun under the verb that Lee is the subject of.
            verb = doc.head[head]
            for token in range(mention.last, min(tree.right[verb] + 1, mention.last + _CLAUSE)):
                if token in self.at and self.at[token].label == "PERSON":
                    break
                if self.ctx.inside[token] != self.ctx.inside[head]:
                    continue
                if doc.dep[token] in ("nsubj", "nsubjpass", "poss") and doc.norm[token] in _SHE | _HE:
                    vote += 1.0 if doc.norm[token] in _SHE else -1.0
                    break
        if vote:
            self.gender[name] = self.gender.get(name, 0.0) + vote

    def _next_sentence(self, mention: Mention, head: int) -> float:
        """ "Lee resigned. She ...": half a vote, if Lee alone is named in the sentence."""
        doc = self.ctx.doc
        number = doc.sentence[head] + 1
        if doc.dep[head] != "nsubj" or number >= len(doc.sentences):
            return 0.0
        named = {entity_name(doc, other) for other in self.in_sentence[number - 1]}
        opening = doc.norm[doc.sentences[number].first]
        if len(named) > 1 or opening not in ("he", "she"):
            return 0.0
        return 0.5 if opening == "she" else -0.5

    def antecedent(self, token: int, last: tuple[Mention, int] | None) -> Mention | None:
        """The mention that he or she at `token` stands for.

        `last` is the person quoted before: a mention of them, and the token of their latest source.
        """
        ctx, doc = self.ctx, self.ctx.doc
        here = doc.sentence[token]
        presence: dict[str, float] = {}
        latest: dict[str, Mention] = {}
        repeated: set[str] = set()

        def note(mention: Mention, at: int, bonus: float) -> None:
            name = entity_name(doc, mention)
            score = bonus - _DISTANCE * (here - doc.sentence[at])
            if ctx.inside[at] >= 0 and ctx.inside[at] != ctx.inside[token]:
                score += _INSIDE
            repeated.update({name} & presence.keys())
            presence[name] = max(presence.get(name, -math.inf), score)
            latest[name] = mention

        topic = -1
        for number in range(max(0, here - _REACH), here + 1):
            for mention in self.in_sentence.get(number, []):
                if mention.first < token:
                    prominence = self._prominence(head_of(doc, mention))
                    note(mention, mention.first, prominence)
                    if prominence == _MAIN_SUBJECT and ctx.inside[mention.first] < 0:
                        topic = mention.first
        if last is not None and last[1] < token and here - doc.sentence[last[1]] <= _REACH:
            # Who was quoted is less present once another person has become the subject.
            note(last[0], last[1], _MAIN_SUBJECT + (_QUOTED if topic <= last[1] else 0.0))
        if not presence:
            following = [*self.in_sentence.get(here, []), *self.in_sentence.get(here + 1, [])]
            return next((mention for mention in following if mention.first > token), None)
        wanted = 1.0 if doc.norm[token] in _SHE else -1.0
        for name in presence:
            vote = self.gender.get(name, 0.0) * wanted
            presence[name] += _REPEATED if name in repeated else 0.0
            presence[name] += _SAME_GENDER if vote > 0 else _OTHER_GENDER if vote < 0 else 0.0
        return latest[max(presence, key=lambda name: (presence[name], latest[name].first))]

    def _prominence(self, head: int) -> float:
        """How much the place of a name in its sentence makes it the topic."""
        doc = self.ctx.doc
        if doc.dep[head] not in _SUBJECT:
            return 0.0
        verb = doc.head[head]
        while doc.dep[verb] == "conj":
            verb = doc.head[verb]
        # A clause before its head is the content of a cue that follows it ("Lee waved, she said"), and main itself.
        return _MAIN_SUBJECT if doc.head[verb] == verb or doc.head[verb] > verb else _SUBORDINATE


def _named(doc: Doc, tree: Tree, people: People, source: Source) -> Mention | None:
    """The mention that names a source: around its head, or in apposition to it."""
    if source.head in people.at:
        return people.at[source.head]
    for child in tree.children[source.head]:
        if doc.dep[child] == "appos" and child in people.at and people.at[child].label == "PERSON":
            return people.at[child]
    inner = [m for m in people.mentions if source.first <= m.first and m.last <= source.last]
    if inner and doc.pos[source.head] != "PROPN" and head_of(doc, inner[-1]) != source.head:
        head = head_of(doc, inner[-1])
        if doc.dep[head] in ("appos", "conj") and inner[-1].last >= source.last:
            return inner[-1] if doc.dep[head] == "appos" else None
        return None
    return inner[0] if inner and doc.pos[source.head] == "PROPN" else None


def _described(doc: Doc, people: People, source: Source) -> Mention | None:
    """ "the president", "the ministry": the last one before it whose role, or whose name, has that word."""
    if doc.norm[source.first] != "the" or doc.tag[source.head] != "NN" or source.last - source.first > 3:
        return None
    bearers = people.by_word.get(bare(doc.norm[source.head]), [])
    position = bisect_left(bearers, source.first, key=lambda mention: mention.first)
    return bearers[position - 1] if position else None


def resolve(ctx: Context, people: People, source: Source | None, before: tuple[Speaker, int] | None) -> Speaker:
    """The speaker that a source stands for; `before` is the speaker of the attribution before it, and the token that
    was its source.
    """
    doc = ctx.doc
    if source is None:
        return NOBODY
    word = doc.norm[source.head]
    if word in _RELATIVE and doc.pos[source.head] in ("PRON", "DET", "SCONJ"):
        verb = doc.head[source.head]
        while doc.dep[verb] != "relcl" and doc.head[verb] != verb:
            verb = doc.head[verb]
        if doc.dep[verb] == "relcl" and doc.head[verb] < source.head:
            noun = doc.head[verb]
            return resolve(ctx, people, Source(ctx.tree.left[noun], source.first, noun, source.how), before)
    if word in _HE or word in _SHE:
        last = people.at.get(before[0].reference[0]) if before and before[0].reference else None
        person = last if last is not None and last.label == "PERSON" else None
        mention = people.antecedent(source.head, (person, before[1]) if before and person else None)
        return _of_mention(ctx, people, mention) if mention else NOBODY
    if word in ("they", "it", "their", "its") and before is not None and before[0].kind != "person":
        return before[0]
    described = _described(doc, people, source)
    mention = _named(doc, ctx.tree, people, source)
    if described is not None and mention is None:
        return _of_mention(ctx, people, described)
    whole = mention is not None and (mention.last >= source.last or doc.pos[source.head] == "PROPN")
    if mention is not None and mention.label in _NAMES and (mention.label == "PERSON" or whole):
        return _of_mention(ctx, people, mention)
    if word in _PRONOUNS:
        return NOBODY
    return Speaker(_description(doc, people, source), kind_of(doc, source.head, ""), "", None)


def _description(doc: Doc, people: People, source: Source) -> str:
    """The words of a source that is not named: "Experts" at the start of a sentence are the experts of its middle.

    A head that opens a sentence is no name if inside sentences it is in small letters only, or never there and a noun
    of `kinds`.
    """
    name, head = cleaned(doc, source.first, source.last), source.head
    word, small = doc.word[head], doc.norm[head]
    opens = source.first == head == doc.sentences[doc.sentence[head]].first and head not in people.at
    common = small in people.inner_words or any(small in nouns for nouns in kinds().values())
    return small[0] + name[1:] if opens and common and word not in people.inner_words else name


def _of_mention(ctx: Context, people: People, mention: Mention) -> Speaker:
    doc = ctx.doc
    name = entity_name(doc, mention)
    kind = kind_of(doc, mention.last - 1, mention.label)
    role = people.roles.get(name, "") if kind == "person" else ""
    return Speaker(name, kind, role, (mention.first, mention.last))
