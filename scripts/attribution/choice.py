"""Choose the best content for every cue, one cue for every content, and a weaker cue for quotations left over."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from scripts.attribution.candidates import Candidate, Rated
from scripts.attribution.described_cues import Cue
from scripts.attribution.headings import opens_with
from scripts.attribution.lexicon import speech_verbs
from scripts.attribution.marked import MARKS, MarkedDoc, Piece, strip
from scripts.attribution.marks import Quotation
from scripts.attribution.sources import Source
from scripts.attribution.tree import FINITE_OR_MODAL
from scripts.core.annotation import Doc

# Candidates with a lower score (log-odds) are not chosen.
LEAST_SCORE = -2.0
# Added to the log-odds of a cue beside a sentence in quotation marks, which is nearly always somebody's words.
_QUOTED_ALLOWANCE = 3.0
# Contents with this share of their letters in common (Jaccard coefficient) are rivals: the better one is chosen.
SAME = 0.25
# The most pieces that a content is expected to have; hardly any has more.
_PIECES = 4
# A nearer cue wins if its score is at most this much lower.
_YIELD = 1.0
# A cue that lost its best content takes the next one only if that scores this much above the least score.
_SURER = 0.7
_RELATIVE = frozenset(("WDT", "WP"))
_STOPS = frozenset((".", "?", "!", ",", "…", "..."))
NEW_SENTENCE = "before a new sentence"
ACCORDING = "according to"
_PLACES = {"R": "before its content", "L": "after its content", "M": "inside its content", "N": NEW_SENTENCE}


class Attribution(NamedTuple):
    """A chosen candidate: cue token, content pieces (token ranges), source, score (log-odds) and construction."""

    cue: int
    pieces: tuple[Piece, ...]
    source: Source | None
    score: float
    rule: str


def choose_speech(
    marked: MarkedDoc,
    rated: Iterable[Rated],
    *,
    least: float = LEAST_SCORE,
    is_probable: Callable[[Attribution], bool] = lambda _: True,
) -> list[Attribution]:
    """Return the attributions of a document, in the order of their content.

    A candidate is not chosen if its score is below `least` or its content overlaps a better one's by `SAME`. A cue that
    loses its best content to another cue takes its next one, if no other cue has any of it. A candidate that is not
    `is_probable` takes nothing away from others.
    """
    ranked = [_ranked(marked, *of_cue) for of_cue in rated if of_cue.candidates]
    ranked = _leave_to_tags(marked, _give_way(marked, ranked))
    selection = _Selection(marked.doc)
    lost = []
    for of_cue in sorted(ranked, key=lambda of_cue: (-of_cue[0].score, of_cue[0].cue)):
        if of_cue[0].score >= least and is_probable(of_cue[0]) and not selection.take(of_cue[0]):
            lost += of_cue[1:]
    used = {item.cue for item in selection.items}
    for item in sorted(lost, key=lambda item: (-item.score, item.cue, item.pieces)):
        is_sure = item.score >= least + _SURER
        if is_sure and item.cue not in used and selection.is_free(item) and is_probable(item):
            selection.take(item)
            used.add(item.cue)
    unused = (item for of_cue in ranked if of_cue[0].cue not in used for item in of_cue)
    weaker = _beside_quotations(marked, unused, least)
    for number in uncovered(marked, selection.items):
        opens_sentence = is_sentence(marked, number)
        if opens_sentence or _is_introduced(marked, number):
            for item in sorted(weaker[number], key=lambda item: (-item.score, item.pieces)):
                if (opens_sentence or _is_plain(marked.doc, item)) and item.cue not in used and selection.take(item):
                    used.add(item.cue)
                    break
    return sorted(selection.items, key=lambda item: (item.pieces, item.cue))


def _ranked(marked: MarkedDoc, cue: Cue, candidates: Sequence[Candidate], scores: Sequence[float]) -> list[Attribution]:
    """Return the candidates of a cue as attributions, best first."""
    bounded = (_with_own_halves(marked, cue, candidate) for candidate in candidates)
    items = [
        Attribution(cue.token, candidate.pieces, cue.source, score, construction(marked, candidate))
        for candidate, score in zip(bounded, scores, strict=True)
    ]
    return sorted(items, key=lambda item: (-item.score, item.pieces))


def _with_own_halves(marked: MarkedDoc, cue: Cue, candidate: Candidate) -> Candidate:
    """Return a candidate with both halves of a clause that its cue interrupts, or without a half that is not content.

    The first half is added: "[By then], he said, the mill was shut", "a mill [that] he said was shut", "[what] he
    called a mill". The second is dropped after a quotation unless it is quoted or begins with "that": "It hurt," he
    said, leaving.
    """
    (start, end), *rest = candidate.pieces
    if candidate.shape == "M" and min(marked.quotation_at[start], marked.quotation_at[end - 1]) >= 0:
        goes_on = any(marked.doc.norm[first] == "that" for first, _ in rest[:1])
        goes_on = goes_on or any(marked.quotation_at[token] >= 0 for piece in rest for token in range(*piece))
        return candidate if goes_on else candidate._replace(pieces=((start, end),), shape="L")
    if candidate.shape != "R" or cue.group == cue.begin or marked.quotation_at[start] >= 0:
        return candidate
    half = _first_half(marked.doc, cue, start)
    if half is None or marked.quotation_at[half[1] - 1] >= 0:
        return candidate
    return candidate._replace(pieces=(half, *candidate.pieces), shape="M")


def _first_half(doc: Doc, cue: Cue, start: int) -> Piece | None:
    """Return the relative pronoun, or the words up to a comma, before a cue that interrupts its clause; else None.

    The second half of the clause begins with token `start`.
    """
    token, before = cue.token, cue.group - 1
    if doc.tag[before] in _RELATIVE:
        is_half = doc.tag[start] in FINITE_OR_MODAL or doc.norm[start] == "as" or doc.norm[before] == "what"
        return (before, cue.group) if is_half else None
    is_after = doc.word[token + 1] == "," or (start - 1 > token and doc.word[start - 1] == ",")
    is_participle = doc.tag[token] == "VBG" and doc.norm[token] != "according"
    is_clause = doc.tag[cue.group] in _RELATIVE or any(tag.startswith("VB") for tag in doc.tag[token + 2 : start])
    is_between = doc.word[before] == "," and is_after and not is_participle and not is_clause
    first, last = strip(doc, cue.begin, before)
    return (first, last) if is_between and first < last and doc.pos[last - 1] != "CCONJ" else None


def construction(marked: MarkedDoc, candidate: Candidate) -> str:
    """Return the name of a candidate's construction, the value of the column `rule`."""
    doc, cue = marked.doc, candidate.cue
    if doc.pos[cue] == "PUNCT":
        return "colon" if doc.word[cue] == ":" else "signature"
    if doc.norm[cue] == "according":
        return ACCORDING
    part_of_speech = {"NOUN": "noun", "ADJ": "adjective"}.get(doc.pos[cue], "verb")
    return f"{part_of_speech} {_PLACES[candidate.shape]}"


def _give_way(marked: MarkedDoc, ranked: list[list[Attribution]]) -> list[list[Attribution]]:
    """Leave a content that several cues claim to the nearest that scores nearly best, with the best of their scores.

    In "issued a statement saying that ..." the clause goes to "saying".
    """
    rivals: dict[tuple[Piece, ...], list[list[Attribution]]] = defaultdict(list)
    for of_cue in ranked:
        rivals[of_cue[0].pieces].append(of_cue)
    winners = []
    for pieces, claims in rivals.items():
        claims.sort(key=lambda of_cue: (marked.doc.pos[of_cue[0].cue] == "PUNCT", abs(pieces[0][0] - of_cue[0].cue)))
        best = max(of_cue[0].score for of_cue in claims)
        nearest = next(of_cue for of_cue in claims if of_cue[0].score >= best - _YIELD)
        winners.append([nearest[0]._replace(score=best), *nearest[1:]])
    return winners


def _leave_to_tags(marked: MarkedDoc, ranked: list[list[Attribution]]) -> list[list[Attribution]]:
    """Leave a quotation to its speaker if a report of it is named too: "It burned," Lee said, according to the Post.

    The cue "according to" keeps only candidates without the quotation.
    """
    tags = {of_cue[0].cue: of_cue[0] for of_cue in ranked if _is_tag(marked, of_cue[0])}
    cues = sorted(tags)
    left = []
    for of_cue in ranked:
        remaining = of_cue
        at = bisect_left(cues, of_cue[0].cue) - 1
        if of_cue[0].rule == ACCORDING and at >= 0 and any(_includes(item, cues[at]) for item in of_cue):
            remaining = [item for item in of_cue if not _includes(item, tags[cues[at]].pieces[0][0])]
        if remaining:
            left.append(remaining)
    return left


def _is_tag(marked: MarkedDoc, item: Attribution) -> bool:
    """Return True for a verb of speech after a quotation that is its content."""
    doc, is_after = marked.doc, item.cue > item.pieces[0][0]
    speaks = doc.pos[item.cue] == "VERB" and doc.lemma[item.cue] in speech_verbs() and item.source is not None
    return speaks and is_after and marked.quotation_at[item.cue] < 0 and mostly_quoted(marked, item.pieces)


def _includes(item: Attribution, token: int) -> bool:
    return any(first <= token < last for first, last in item.pieces)


class _Selection:
    """The attributions chosen so far, no two with nearly the same content; `owners` has their numbers by token."""

    def __init__(self, doc: Doc) -> None:
        self.letters = [
            end - start if word[0].isalnum() else 0
            for word, start, end in zip(doc.word, doc.start, doc.end, strict=True)
        ]
        self.items: list[Attribution] = []
        self.contents: list[set[int]] = []
        self.sizes: list[int] = []
        self.owners: dict[int, list[int]] = defaultdict(list)

    def take(self, item: Attribution) -> bool:
        """Add an attribution and return True; if one with nearly the same content is there, return False."""
        content = {token for first, last in item.pieces for token in range(first, last)}
        size = sum(map(self.letters.__getitem__, content))
        rivals = {number for token in self._samples(content, size) for number in self.owners.get(token, ())}
        if any(self._overlap(content, size, number) >= SAME for number in rivals):
            return False
        for token in content:
            self.owners[token].append(len(self.items))
        self.items.append(item)
        self.contents.append(content)
        self.sizes.append(size)
        return True

    def is_free(self, item: Attribution) -> bool:
        """Return True for an attribution whose content shares no token with a chosen one."""
        return not any(self.owners.get(token) for first, last in item.pieces for token in range(first, last))

    def _samples(self, content: set[int], size: int) -> Iterator[int]:
        """Yield tokens of a content, a sixteenth of its letters apart.

        A rival that shares a quarter of the letters, in at most four pieces, has one of these tokens. Looking at all
        tokens would take quadratic time in a sentence with thousands of cues.
        """
        passed, step, n_samples = 0, 0, round(_PIECES / SAME)
        for token in sorted(content):
            passed += self.letters[token]
            if passed * n_samples >= step * size:
                yield token
                step = passed * n_samples // max(1, size) + 1

    def _overlap(self, content: set[int], size: int, number: int) -> float:
        """Return the Jaccard coefficient of a content and a chosen one, over the characters of words."""
        shared = sum(map(self.letters.__getitem__, content & self.contents[number]))
        return shared / max(1, size + self.sizes[number] - shared)


def _beside_quotations(marked: MarkedDoc, items: Iterable[Attribution], least: float) -> dict[int, list[Attribution]]:
    """Return {quotation: mostly quoted attributions that it begins or ends}, with the allowance added to their scores.

    A new sentence after a colon is left to `with_announced`: "Lee made the following statement on jobs lost:".
    """
    beside: dict[int, list[Attribution]] = defaultdict(list)
    for item in items:
        is_announced = item.rule.endswith(NEW_SENTENCE) and marked.doc.word[item.pieces[0][0] - 1] == ":"
        allowed = item.score + _QUOTED_ALLOWANCE >= least and not is_announced
        if allowed and marked.quotation_at[item.cue] < 0 and mostly_quoted(marked, item.pieces):
            edges = {token for first, last in item.pieces for token in (first, last - 1)}
            for number in {marked.quotation_at[token] for token in edges} - {-1}:
                beside[number].append(item._replace(score=item.score + _QUOTED_ALLOWANCE))
    return beside


def uncovered(marked: MarkedDoc, items: Iterable[Attribution]) -> list[int]:
    """Return the numbers of the quotations with at most half of their tokens in the contents of attributions.

    Content in the same quotation as its cue does not count, since it does not show who is quoted.
    """
    covered: set[int] = set()
    for item in items:
        own = quotation_around(marked, item.cue)
        inside = range(own.first, own.last) if own is not None else range(0)
        covered.update(token for piece in item.pieces for token in range(*piece) if token not in inside)
    numbers = []
    for number, quotation in enumerate(marked.quotations):
        tokens = range(quotation.first, quotation.last)
        if len(covered.intersection(tokens)) * 2 <= len(tokens):
            numbers.append(number)
    return numbers


def quotation_around(marked: MarkedDoc, cue: int) -> Quotation | None:
    """Return the quotation around a cue, or None; an unclosed one may have run on over the cue and does not count."""
    number = marked.quotation_at[cue]
    if number < 0:
        return None
    quotation = marked.quotations[number]
    return quotation if quotation.open_ended or marked.doc.word[quotation.last - 1] in MARKS else None


def is_sentence(marked: MarkedDoc, number: int) -> bool:
    """Return True for a quotation of five or more tokens that opens its sentence, and in single marks also ends one."""
    doc, quotation = marked.doc, marked.quotations[number]
    opening = opens_with(doc, doc.sentence[quotation.first], quotation.first)
    ends = not quotation.single or quotation.open_ended or doc.word[quotation.last - 2] in _STOPS
    return ends and opening and quotation.last - quotation.first >= 5


def _is_introduced(marked: MarkedDoc, number: int) -> bool:
    """Return True for a quotation of five or more tokens after a comma or colon that ends with a stop or stays open."""
    doc, quotation = marked.doc, marked.quotations[number]
    is_apart = quotation.first > 0 and doc.word[quotation.first - 1] in (",", ":")
    ends = quotation.open_ended or doc.word[quotation.last - 2] in _STOPS
    return is_apart and quotation.last - quotation.first >= 5 and ends


def _is_plain(doc: Doc, item: Attribution) -> bool:
    """Return True if the cue is a verb with a source, or a colon after a name."""
    if item.source is None:
        return False
    return doc.pos[item.cue] == "VERB" or (doc.word[item.cue] == ":" and doc.pos[item.source.head] == "PROPN")


def mostly_quoted(marked: MarkedDoc, pieces: Sequence[Piece]) -> bool:
    """Return True where at least four fifths of the tokens are in quotations."""
    size = sum(last - first for first, last in pieces)
    return size - sum(marked.quotation_at[first:last].count(-1) for first, last in pieces) >= 0.8 * size
