"""The persons of a document: where each is named, their roles, and their gender if the text itself shows it.

Gender counts only where the text shows it (Mrs., spokesman, her husband, "Ms. Lee said she"); it is never guessed from
a name.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from scripts.attribution.lexicon import speaker_nouns
from scripts.attribution.marked import MarkedDoc
from scripts.attribution.role_nouns import bare, body_nouns, describing_words, role_weight
from scripts.attribution.role_words import mention_at
from scripts.attribution.roles import entity_name, head_of, role_of
from scripts.core.annotation import Mention

HE, SHE = frozenset(("he", "him", "his", "himself")), frozenset(("she", "her", "hers", "herself"))
# How many tokens into a clause to look for a pronoun that means its subject.
_CLAUSE = 60
_PARTS = frozenset(("nsubj", "nsubjpass", "dobj", "pobj"))
_TITLE, _CLAUSE_PRONOUN, _NEXT_SENTENCE = 2.0, 1.0, 0.5


class People(NamedTuple):
    """The persons of a document, and the words that tell a name from a word that merely opens a sentence.

    `mentions` are those of persons, `in_sentence` the same by sentence. `gender` sums the evidence by name, positive
    for she, negative for he; `roles` has by name the most telling role (`role_weight`). `by_word` has by word, in the
    order of the text, the mentions of persons with that word in a role, and of bodies with it in their name. `names`
    has by word the names of which it is the first or last. `inner_words` are the words inside sentences. `introduced`
    has by noun the tokens that introduce somebody without a name: "a police official".
    """

    mentions: list[Mention]
    in_sentence: dict[int, list[Mention]]
    gender: dict[str, float]
    roles: dict[str, str]
    by_word: dict[str, list[Mention]]
    names: dict[str, set[str]]
    inner_words: set[str]
    introduced: dict[str, list[int]]


def find_people(marked: MarkedDoc) -> People:
    """Return the persons that a document names."""
    doc = marked.doc
    mentions = [mention for mention in doc.mentions if mention.label == "PERSON"]
    in_sentence: dict[int, list[Mention]] = defaultdict(list)
    for mention in mentions:
        in_sentence[doc.sentence[mention.first]].append(mention)
    in_each = {number: {entity_name(doc, mention) for mention in named} for number, named in in_sentence.items()}
    with_one_name = {number for number, named in in_each.items() if len(named) == 1}
    names: dict[str, set[str]] = defaultdict(set)
    gender: dict[str, float] = defaultdict(float)
    roles: dict[str, str] = {}
    weights: dict[str, tuple[int, ...]] = {}
    described: dict[str, set[str]] = defaultdict(set)
    for mention in mentions:
        name = entity_name(doc, mention)
        for word in (*name.split()[:1], *name.split()[-1:]):
            names[word].add(name)
        gender[name] += _evidence_of_gender(marked, mention, with_one_name)
        if role := role_of(doc, marked.tree, mention):
            described[name].update(describing_words(role))
            weight = role_weight(role, is_quoted=marked.quotation_at[mention.first] >= 0)
            if weight > weights.get(name, ()):
                roles[name], weights[name] = role, weight
    opening = {sentence.first for sentence in doc.sentences}
    inner_words = {word for token, word in enumerate(doc.word) if token not in opening}
    by_word = _by_word(marked, described)
    return People(
        mentions, dict(in_sentence), dict(gender), roles, by_word, dict(names), inner_words, _introduced(marked)
    )


def _introduced(marked: MarkedDoc) -> dict[str, list[int]]:
    """Return by noun the tokens of subjects and objects with "a" or "another" and without a name beside them."""
    doc, children = marked.doc, marked.tree.children
    introduced: dict[str, list[int]] = defaultdict(list)
    for token, noun in enumerate(doc.norm):
        if doc.tag[token] != "NN" or doc.dep[token] not in _PARTS or doc.norm[doc.head[token]] == "as":
            continue
        is_new = any(doc.norm[child] in ("a", "an", "another") for child in children[token])
        if is_new and not any(doc.dep[child] == "appos" and mention_at(doc, child) for child in children[token]):
            introduced[noun].append(token)
    return dict(introduced)


def _by_word(marked: MarkedDoc, described: Mapping[str, set[str]]) -> dict[str, list[Mention]]:
    """Return the mentions by the words that describe them: roles of persons, names of bodies and nouns for these."""
    doc = marked.doc
    by_word: dict[str, list[Mention]] = defaultdict(list)
    for mention in doc.mentions:
        if mention.label == "PERSON":
            words = described.get(entity_name(doc, mention), set())
        elif mention.label in ("ORG", "FAC"):
            role = role_of(doc, marked.tree, mention).lower().split()
            words = {*doc.norm[mention.first : mention.last], *body_nouns().intersection(role)}
        else:
            continue
        for name in {bare(word) for word in words}:
            by_word[name].append(mention)
    return dict(by_word)


def _evidence_of_gender(marked: MarkedDoc, mention: Mention, with_one_name: set[int]) -> float:
    """Return the evidence of gender in the words around a mention: positive for she, negative for he.

    `with_one_name` are the sentences that name one person.
    """
    doc, tree = marked.doc, marked.tree
    female, male = speaker_nouns()["female"], speaker_nouns()["male"]
    head = head_of(doc, mention)
    near = [doc.norm[token].rstrip(".") for token in range(max(0, mention.first - 1), mention.last)]
    near += [doc.norm[child] for child in tree.children[head] if doc.dep[child] in ("appos", "compound", "nmod")]
    if doc.dep[head] == "appos":
        near.append(doc.norm[doc.head[head]])
    evidence = _TITLE * (
        any(word in female and word != "her" for word in near) - any(word in male and word != "his" for word in near)
    )
    if doc.dep[head] == "nsubj":
        # Lee said she would
        end = min(tree.right[doc.head[head]] + 1, mention.last + _CLAUSE)
        evidence += _CLAUSE_PRONOUN * _first_pronoun(marked, head, range(mention.last, end))
        number = doc.sentence[head]
        for following in doc.sentences[number + 1 : number + 2] if number in with_one_name else ():
            # Lee resigned. On Monday she ...
            evidence += _NEXT_SENTENCE * _first_pronoun(marked, head, range(following.first, following.last))
    return evidence


def _first_pronoun(marked: MarkedDoc, head: int, tokens: Iterable[int]) -> float:
    """Return 1.0 for she and -1.0 for he as the first subject or owner among tokens; 0.0 if a person is named before.

    Only tokens in the same quotation as the token `head` count, or outside all quotations if that is.
    """
    doc = marked.doc
    for token in tokens:
        if marked.labels.get(token) == "PERSON":
            return 0.0
        if marked.quotation_at[token] != marked.quotation_at[head]:
            continue
        if doc.dep[token] in ("nsubj", "nsubjpass", "poss") and doc.norm[token] in SHE | HE:
            return 1.0 if doc.norm[token] in SHE else -1.0
    return 0.0
