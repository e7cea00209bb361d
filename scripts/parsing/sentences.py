"""Sentences of a paragraph: NLTK's Punkt with the project's abbreviations, and what it misses in untidy text."""

import re
from collections.abc import Iterator
from functools import cache
from itertools import product
from string import ascii_lowercase

from nltk import redos
from nltk.tokenize.punkt import PunktLanguageVars, PunktParameters, PunktSentenceTokenizer

from scripts.core.lexicons import word_list
from scripts.core.types import Span

# NLTK stops a pattern after five seconds of wall-clock time, so a slow machine might get another result. Its patterns
# are tested to be linear, and the length of texts is bounded before they reach them.
redos.DEFAULT_TIMEOUT = None


def plain_pattern(pattern: redos.TimedPattern) -> re.Pattern[str]:
    """Return an NLTK pattern for Python's own engine, which is several times as fast as NLTK's with its timer."""
    return re.compile(pattern.pattern, pattern.flags & re.VERBOSE)


@cache
def abbreviations() -> frozenset[str]:
    """Return the listed abbreviations, in lower case without their last stop."""
    return frozenset(word_list("abbreviations.txt"))


@cache
def _punkt() -> PunktSentenceTokenizer:
    """Return NLTK's sentence tokenizer with the project's abbreviations and plain patterns."""
    parameters = PunktParameters()
    # Two initials seldom end a sentence: A.J. Smith, George H.W. Bush.
    initials = map(".".join, product(ascii_lowercase, repeat=2))
    parameters.abbrev_types = {*abbreviations(), *initials}
    parameters.collocations = {("s", "##number##")}  # a bill of the US Senate: S. 1639
    variables = PunktLanguageVars()
    variables._re_period_context = plain_pattern(variables.period_context_re())
    variables._re_word_tokenizer = plain_pattern(variables._word_tokenizer_re())
    return PunktSentenceTokenizer(parameters, lang_vars=variables)


# Punkt takes quadratic time on a stretch of full stops that end nothing. No sentence of news comes near this length.
_LONGEST = 50_000


# Characters before the end of a sentence that are searched for the joints below.
_LONGEST_NAME = 60
# No sentence ends between a forename with an initial and a nickname followed by a capital letter, between an initial
# and a name that ends a quotation, between "no." and a number (but one ends after "He said no."), or at the stops of an
# ellipsis with spaces.
_JOINTS = (
    (re.compile(r"[A-Z][a-z]+(?: [A-Z]\.)+\Z"), re.compile(r"""(?:\([A-Z][a-z]+\)|"[A-Z][a-z]+") [A-Z]""")),
    (re.compile(r"[A-Z][a-z.]+ [A-Z]\.\Z"), re.compile(r"""[A-Z][\w'-]{1,40}[.?!]["')]""")),
    (re.compile(r"\b[Nn]os?\.\Z"), re.compile(r"\d")),
    (re.compile(r"(?<!\w)\.\Z"), re.compile(r"\.(?![\w.])")),
    (re.compile(r"(?<!\w)\. \. \.\Z"), re.compile(r"\S")),
)
# No sentence ends before such a sign without a space: (D-Mass.), who; a novel called "Why?": it.
_GOES_ON = re.compile(r"[.,;:]|-{1,9}[a-z]")
_SHORT_LAST = re.compile(r"(?<![\w.&])(?P<short>(?:[A-Za-z]\.)*[A-Za-z]+)\.\Z")
# Ends of sentences that Punkt does not see: the space was lost ("said.The mayor", but not "Booking.Com"), or an
# abbreviation is the last word.
_END = re.compile(
    r"""\b(?P<jammed>[A-Za-z]*[a-z]{2})[.?!](?=(?!(?:Com|Net|Org)\b)[A-Z][a-z]+[\s,':])"""
    r"""|(?<![\w.&])(?P<short>(?:[A-Za-z]\.)*[A-Za-z]+)\.["')\]]*(?P<gap> +)(?=["'(\[]*[A-Z])"""
)
# A sign that every such end has within the sentence, and that most sentences have only at their own end.
_STOP = re.compile(r"[.?!]")
# Words with which a sentence surely begins after an abbreviation; words in lower case that are no abbreviations; and
# abbreviations, besides titles, that end no sentence.
_STARTER = re.compile(
    r"""[ "'(\[]{0,9}"""
    r"(?:But|He|Her|His|If|In|Its?|Now|Our|She|That|The|Their|There|These|They|This|Those|We|When|While)\b"
)
_WORDS = frozenset(("ark", "ill", "mass", "miss", "ore", "wash"))
_VERSUS = frozenset(("v", "vs"))


def is_abbreviation(word: str) -> bool:
    """Return True for an abbreviation: one on the list, or initials of one case (F.B.I, a.k.a, but not C.D.O.s)."""
    return word.lower() in abbreviations() or (word[1:2] == "." and word in (word.lower(), word.upper()))


def _is_joint(text: str, start: int, end: int) -> bool:
    """Return True if no sentence may end at `end`; `start` is where the words to search begin."""
    if _GOES_ON.match(text, end):
        return True
    short = _SHORT_LAST.search(text, start, end)
    if short and is_abbreviation(short["short"]) and end < len(text):
        return not _STARTER.match(text, end)
    return any(after.match(text, end + 1) and before.search(text, start, end) for before, after in _JOINTS)


def _is_end(text: str, match: re.Match[str]) -> bool:
    """Return True if a sentence ends at a match of `_END`."""
    word = match["short"] or match["jammed"]
    if match["jammed"] or word in _WORDS:
        return word in _WORDS or word.lower() not in abbreviations()
    inside = word.lower() in _VERSUS or word.lower() in word_list("honorifics.txt")
    return is_abbreviation(word) and not inside and _STARTER.match(text, match.end()) is not None


def sentence_spans(text: str) -> Iterator[Span]:
    """Yield the spans of the sentences of a paragraph, none cut within "John D. (Jay) Smith" or "no. 5"."""
    spans = _closed_sentences(text)
    for start, end in spans:
        while end - start < _LONGEST and _is_joint(text, max(start, end - _LONGEST_NAME), end):
            _, end = next(spans, (end, len(text)))
        for match in _END.finditer(text, start, end) if _STOP.search(text, start, end - 2) else ():
            if _is_end(text, match):
                yield start, match.end() - len(match["gap"] or "")
                start = match.end()
        yield start, end


# A mark that opens or closes a quotation, or may do either where a space was lost: It burned."We ran.
_MARK = re.compile(
    r"""(?P<opens>(?<![^\s(\[])["'](?=\S))|(?P<jammed>(?<=[.?!"'])["'](?=[A-Z]))|(?P<closes>["'](?!\w))"""
)


def _closing(text: str) -> set[int]:
    """Return the positions of the marks that close a quotation in a paragraph, with or without a space after them.

    >>> sorted(_closing('"It burned."We ran."It burned."'))
    [11, 30]
    """
    opened, closing = set[str](), set[int]()
    for mark in _MARK.finditer(text):
        if mark["opens"] or (mark["jammed"] and mark.group() not in opened):
            opened.add(mark.group())
        else:
            opened.discard(mark.group())
            closing.add(mark.start())
    return closing


def _closed_sentences(text: str) -> Iterator[Span]:
    """Yield Punkt's sentences, each with the closing marks that Punkt left to the next: (It burned.)We ran."""
    closing: set[int] | None = None
    after = 0
    for start, end in _punkt_sentences(text):
        while (sign := text[end : end + 1]) and sign in ")]\"'":
            if closing is None:
                closing = _closing(text)
            if sign in "\"'" and end not in closing:
                break
            end += 1
        if end > after:
            yield max(start, after), end
            after = end


def _punkt_sentences(text: str) -> Iterator[Span]:
    """Yield the sentences of a paragraph from Punkt, one window at a time; one longer than that is cut at a space."""
    at = 0
    while len(text) - at > _LONGEST:
        spans = list(_punkt().span_tokenize(text[at : at + _LONGEST]))
        if len(spans) > 1:
            yield from ((at + start, at + end) for start, end in spans[:-1])
            at += spans[-1][0]
        else:
            cut = text.rfind(" ", at + 1, at + _LONGEST)
            end = cut if cut > 0 else at + _LONGEST
            yield at, end
            at = end
    yield from ((at + start, at + end) for start, end in _punkt().span_tokenize(text[at:]))
