"""Parts of persons' names in brackets or quotation marks: nicknames, and words that an editor added.

Nicknames: John D. (Jay) Moss IV, Edward "Ted" Kennedy; added words: [Hillary] Clinton.
"""

from collections.abc import Container, Iterable, Iterator, Mapping
from functools import cache

from scripts.core.annotation import Doc, Mention
from scripts.entities.knowledge import entries, given_names
from scripts.entities.name_words import TokenRange, is_name_word, tokens_of_words
from scripts.entities.person_names import Words, generation, parted, person_key

_CLOSING = {"(": ")", '"': '"', "'": "'"}
_BRACKETS = {"(": ")", "[": "]"}
# Most words of a nickname or of an addition.
_MOST = 2


def also_called(name: str) -> dict[Words, Words]:
    """Return {other name: full name} for a nickname inside a person's name: with the family name, and alone.

    >>> [" ".join(called) for called in also_called("John D. (Jay) Rockefeller IV")]
    ['jay', 'jay rockefeller', 'jay rockefeller iv']
    """
    full, nickname = parted(name)
    if not nickname:
        return {}
    key, called = (person_key(words.replace("-", " ").split()) for words in (full, nickname))
    base, _ = generation(key)
    return dict.fromkeys([called, (*called, base[-1]), (*called, *key[len(base) - 1 :])], key)


def _forename(doc: Doc, last: int, spans: Mapping[int, Mention], last_words: Container[str]) -> int:
    """Return the first token of the forenames that end before token `last`; `last` if there are none.

    Forenames are given names and initials, or one word that is labelled as a person's name and is not among the
    `last_words` of longer names.
    """
    first = last
    while first > 0 and (doc.word[first - 1] == "." or len(doc.word[first - 1].rstrip(".")) == 1):
        first -= 1
    begin = first
    while begin > 0 and doc.norm[begin - 1] in given_names() and is_name_word(doc.word[begin - 1]):
        begin -= 1
    if begin < first or not first:
        return begin
    mention = spans.get(first - 1)
    is_person = mention is not None and mention.label == "PERSON" and is_name_word(doc.word[first - 1])
    word = doc.word[first - 1]
    return first - 1 if is_person and word not in last_words else last


def nicknamed(doc: Doc, spans: Mapping[int, Mention], known: Mapping[int, int]) -> Iterator[TokenRange]:
    """Yield the spans of persons' names with a nickname inside: forename, nickname of one or two words, family name.

    `spans` has the candidate names and `known` the listed names, each by first token. Headlines, where every long word
    is capitalized, are skipped.
    """
    closed = {at: _nickname_end(doc, at, known) for at in tokens_of_words(doc, _CLOSING.keys()) if at}
    marks = [(at, close) for at, close in closed.items() if close]
    if not marks:
        return
    span_at = {token: span for span in spans.values() for token in range(span.first, span.last)}
    last_words = {doc.word[span.last - 1] for span in spans.values() if span.last - span.first > 1}

    @cache
    def is_headline(number: int) -> bool:
        own = doc.sentences[number]
        return not any(len(word) > 4 and word.islower() for word in doc.word[own.first : own.last])

    for at, close in marks:
        first = _forename(doc, at, spans, last_words)
        is_inside = doc.sentences[doc.sentence[at]].first <= first < at
        if is_headline(doc.sentence[at]) or not is_inside or doc.word[close - 1].isupper():
            continue
        family = span_at.get(close + 1)
        if _is_family_name(doc, family) if family else doc.tag[close + 1] == "NNP":
            yield first, family.last if family else close + 2


def _is_family_name(doc: Doc, span: Mention) -> bool:
    """Return True if a span after a nickname may be a family name: Moss; Moss IV, whatever the model's label."""
    return span.label in ("PERSON", "") or generation(person_key(doc.word[span.first : span.last]))[1] != ""


def _nickname_end(doc: Doc, at: int, known: Mapping[int, int]) -> int:
    """Return the token of the mark that closes a possible nickname opened at token `at`; 0 if there is none."""
    close = _closing_mark(doc, at, _CLOSING[doc.word[at]])
    is_inside = close and close + 1 < doc.sentences[doc.sentence[at]].last
    return close if is_inside and _may_be_names(doc, [*range(at + 1, close), close + 1], known) else 0


def with_added_words(doc: Doc, spans: Mapping[int, Mention]) -> Iterator[TokenRange]:
    """Yield the spans of persons' names, brackets included, to which an editor added a given or a family name.

    [Hillary] Clinton, (Richard) Lugar, Ben [Stephenson]; `spans` has the candidate names by first token.
    """
    ends = {span.last: span for span in spans.values()}
    for at in tokens_of_words(doc, _BRACKETS.keys()):
        word = doc.word[at]
        close = _closing_mark(doc, at, _BRACKETS[word])
        if not close or not all(map(is_name_word, doc.word[at + 1 : close])):
            continue
        before = ends.get(at)
        after = next((span for span in map(spans.get, (at + 1, close + 1)) if span and span.last > close + 1), None)
        is_given = doc.norm[close - 1] in given_names() and doc.sentence[close] == doc.sentence[at]
        is_apart = word == "[" or doc.norm[at - 1].rstrip(".") in entries("titles.txt")
        if is_given and is_apart and after and after.label == "PERSON" and doc.norm[close + 1] not in given_names():
            yield at, after.last
        elif word == "[" and before and before.label == "PERSON" and doc.norm[at - 1] in given_names():
            yield before.first, close + 1


def _closing_mark(doc: Doc, at: int, mark: str) -> int:
    """Return the token of the mark that closes one or two words opened by the mark at token `at`; 0 if none does."""
    begin, end = at + 2, at + _MOST + 2
    return doc.word.index(mark, begin, end) if mark in doc.word[begin:end] else 0


def _may_be_names(doc: Doc, tokens: Iterable[int], known: Mapping[int, int]) -> bool:
    """Return True if every token is capitalized and none is a title or the start of a listed name."""
    titles = entries("titles.txt")
    return all(is_name_word(doc.word[at]) and at not in known and doc.norm[at] not in titles for at in tokens)
