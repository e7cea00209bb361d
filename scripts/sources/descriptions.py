"""Descriptions of persons anywhere in a text: a title before the name, an apposition, a party, an age.

A role in table quotes comes from the parse around one mention of a name. This module reads the text around every
occurrence of the surname, so that "Smith said" in one paragraph can use "Ann Smith (D-N.Y.)" from another. The order
is: a party, a phrase that gives a kind, one that says for whom somebody speaks, an age or a doctor's title.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache

from scripts.core.lexicons import word_list
from scripts.sources.kind_phrases import head_of_phrase, is_neutral, listed, phrase_kind
from scripts.sources.source_kinds import PARTISAN

AGED, DOCTOR = WEAK = ("year-old", "Dr.")
# Characters read before and after a name.
_BEFORE, _AFTER = 90, 140
# Characters searched for the word before a name.
_WORD = 32
_NAME_ENDS = frozenset(("jr", "jr.", "sr", "sr.", "ii", "iii", "iv"))
_PARTY = re.compile(
    r"(?:,? \(|, )(?:R|D|I|Rep|Dem|Ind|Lab|Labour|Con|Lib ?Dem|Lib|SNP|Plaid|DUP|Green|ALP|LNP|NDP|BJP|Cong|Congress|"
    r"ANC|DA|EFF|Republican|Democrat|Conservative|Liberal)\.?(?:[-–—/,] ?[^\W\d_][^)\n]{0,30}\)|[-–—][A-Z][a-z.]|\))"
)
_AGED = re.compile(r",? \(?(?:aged )?\d\d(?:,| ?\)|\.)")
_APPOSITION = re.compile(
    r", (?:\d\d, )?(?:who (?:is|was|serves|served|works|worked) (?:as )?)?"
    r"(?:now |then |currently |formerly |once |also )?([^\W\d_][^,.;:()\n“”\"]{3,90})"
)
_COPULA = re.compile(
    r" (?:is|was|became|serves|served|works|worked) (?:now |then |currently |formerly |once |also )?(?:as )?"
    r"((?:an?|the|one of) [^,.;:()\n“”\"]{3,90})"
)
# A role with a determiner ("a pilot"), or one without: "president of", "Oxfam's director".
_DETERMINED = re.compile(
    r"(?:an?|the|one of|another|his|her|its|their|our)\b|[\w’' -]{0,40}(?:['’]s? | (?:of|for|at|in|with) )",
    re.IGNORECASE,
)
# A participle or verb before the head makes a phrase a clause: "the court murdered the son of".
_CLAUSE = re.compile(r"\b(?!retired|appointed|elected|renowned|respected|united|accused|convicted)[a-z]{3,}ed\b")
# Nouns for groups, which are not titles: "the party Ann Lee".
_GROUPS = frozenset(("family", "public", "couple", "crowd", "children", "party"))
_STUDIES = re.compile(r", (?:\d\d, )?who (?:studies|studied|researches|teaches|taught)\b")
# Ends of a clause, except the full stop, which also ends these titles.
_CLAUSE_ENDS = (*';:!?()“”"\n–—', " - ")
_ABBREVIATED = frozenset(("sen", "sens", "rep", "reps", "gov", "gen", "col", "maj", "capt", "lt", "sgt", "dr", "prof",
                          "rev", "mr", "ms", "mrs"))  # fmt: skip
_BEFORE_COMMA = (
    re.compile(
        r"(?:\A|, |\b)((?:[Tt]he|[Aa]n?|[Ii]ts|[Hh]is|[Hh]er|[Tt]heir|[Oo]ur|[\w.-]{1,30}['’]s)\s[^,]{3,90}), \Z"
    ),
    re.compile(r"\A([A-Z][^,]{3,90}), \Z"),
)
_OPENING = "(“”‘’\"'[—–"
_INITIAL = re.compile(r"[a-z]\.")
_ACRONYM = re.compile(r"\b[A-Z]{3,8}\b")
_BODY = re.compile(
    r",? (?:of|from|at|with) ((?:the )?[A-Z][\w’'-]*(?: (?:(?:of|for|and|on) (?:the )?)?[A-Z][\w’'-]*){0,7})"
)
_TITLE = re.compile(r"((?:[\w.&/’'-]{1,30} ){1,5})\Z")
_OFFICE = re.compile(r"([A-Z][\w-]{1,30}(?: [\w-]{1,30})? of (?:the )?[A-Z][\w-]{1,30}) \Z")
_LINK = re.compile(
    r"\A.{0,90}\b(?:of|to|by|with|from|and|that|as|when|but|for|in|on|at|told|said|says)\s", re.IGNORECASE
)


def surname(name: str) -> str:
    """Return the last word of a name, ignoring a suffix such as "Jr." or "III".

    >>> surname("Ann de Lee Jr."), surname("Lee")
    ('Lee', 'Lee')
    """
    words = [word for word in name.split() if word.lower() not in _NAME_ENDS]
    return words[-1] if words else ""


@cache
def _titles() -> frozenset[str]:
    """Return titles used before names, in lower case without the full stop."""
    return frozenset(word_list("titles.txt"))


def _occurrences(text: str, name: str, *, alone: bool) -> Iterator[tuple[int, int]]:
    """Yield (start, end) of each occurrence of a person's surname, with the given names before it.

    A surname after another first name is somebody else's; one without a first name counts if the person is `alone`.
    """
    last = surname(name)
    own = {word.lower() for word in name.split()}
    at = text.find(last)
    while at >= 0:
        end = at + len(last)
        if not text[at - 1 : at].isalnum() and not text[end : end + 1].isalnum():
            start = _with_own_names(text, at, own)
            if len(own) == 1:
                yield _with_given_names(text, start), end
            elif start < at or (alone and not _has_another_name(text, at)):
                yield start, end
        at = text.find(last, end)


def _word_before(text: str, start: int) -> str:
    """Return the word before a place in a text if only a space is between them, else "".

    >>> _word_before("Mr. Ann Lee", 4), _word_before("(Ann Lee", 5), _word_before("42 Lee", 3)
    ('Mr.', 'Ann', '')
    """
    if text[start - 1 : start] != " ":
        return ""
    word = text[max(0, start - _WORD) : start - 1].rpartition(" ")[2].rpartition("\n")[2].lstrip(_OPENING)
    return word if word[:1].isalpha() else ""


def _with_own_names(text: str, start: int, own: set[str]) -> int:
    """Return where a person's own names before the surname begin; initials between them may be skipped."""
    first = start
    while word := _word_before(text, first).lower():
        if word not in own and not _INITIAL.fullmatch(word):
            break
        first -= len(word) + 1
        start = first if word in own else start
    return start


def _has_another_name(text: str, start: int) -> bool:
    """Return True if the word before a surname is capitalised and not a title."""
    word = _word_before(text, start)
    return word[:1].isupper() and word[-1] != "." and word.lower() not in _titles()


def _with_given_names(text: str, start: int) -> int:
    """Return where the given names before a surname begin."""
    while (word := _word_before(text, start))[:1].isupper():
        if word.lower().rstrip(".") in _titles() or head_of_phrase(word):
            break
        start -= len(word) + 1
    return start


def _phrases(text: str, start: int, end: int) -> Iterator[str]:
    """Yield the phrases beside a name that may describe the person, the most informative first."""
    after = text[end : end + _AFTER]
    if (match := _APPOSITION.match(after)) and _DETERMINED.match(match[1]):
        yield match[1]
    before = _clause_before(text, start)
    # All patterns for the words before a name end with a comma or a space, so these checks save most searches.
    if before.endswith(", "):
        yield from (match[1] for pattern in _BEFORE_COMMA if (match := pattern.search(before)))
    elif before.endswith(" "):
        if " of " in before and (match := _OFFICE.search(before)):
            yield match[1]
        if match := _TITLE.search(before):
            yield _LINK.sub("", match[1]).strip()
    if match := _COPULA.match(after):
        yield match[1]
    if (match := _BODY.match(after)) and listed(match[1]):
        yield f"member of {match[1]}"
    if _STUDIES.match(after):
        yield "expert"
    if _AGED.match(after):
        yield AGED


def _clause_before(text: str, start: int) -> str:
    """Return the part of a clause that is before a place in a text.

    >>> text = "It rained. Yes, Sen. Ann Lee"
    >>> _clause_before(text, text.index("Ann"))
    'Yes, Sen. '
    """
    before = text[max(0, start - _BEFORE) : start]
    for end in _CLAUSE_ENDS:
        before = before.rpartition(end)[2]
    stop = before.rfind(".")
    while stop > 0:
        word = before[:stop].rpartition(" ")[2]
        if len(word) > 1 and word.lower() not in _ABBREVIATED:
            return before[stop + 1 :].lstrip()
        stop = before.rfind(".", 0, stop)
    return before.lstrip()


def _says(phrase: str) -> bool:
    """Return True if the head of a phrase, not just a name in it, says what a person is or for whom they speak."""
    head = head_of_phrase(phrase)
    is_clause = _CLAUSE.search(phrase[: phrase.lower().find(head)]) is not None
    return (
        bool(head)
        and not is_clause
        and head not in _GROUPS
        and (is_neutral(phrase) or phrase_kind(phrase) != "document")
    )


def description(text: str, name: str, *, alone: bool = True) -> str:
    """Return the first phrase that says what a person is, or "" if the text never says.

    `alone` is True if nobody else in the text has the surname.

    >>> description("Ann Lee (D-N.Y.) spoke. “Yes,” Lee said.", "Lee")
    'party'
    >>> description("Oxfam spokeswoman Ann Lee came. Bo Lee, a pilot, went.", "Ann Lee")
    'Oxfam spokeswoman'
    >>> description("Ann Lee, 32, came. Lee laughed.", "Ann Lee"), description("Lee laughed.", "Ann Lee")
    ('year-old', '')
    """
    weak, neutral = "", ""
    places = list(_occurrences(text, name, alone=alone))
    if any(_PARTY.match(text, end) for _, end in places):
        return PARTISAN
    for start, end in places:
        for phrase in _phrases(text, start, end):
            is_weak = phrase == AGED or phrase.lower().rstrip(".") in ("dr", "doctor")
            if is_weak:
                weak = weak or (AGED if phrase == AGED else DOCTOR)
            elif not _says(phrase):
                continue
            elif phrase_kind(phrase := _with_spelled_out(text, phrase)):
                return phrase
            else:
                neutral = neutral or phrase
    return neutral or weak


def name_before_acronym(text: str, acronym: str) -> str:
    """Return the last words before an acronym in brackets, enough to cover its name; "" if the text has none.

    >>> name_before_acronym("In Riyadh the Transport General Authority (TGA) said no.", "TGA")
    'Riyadh the Transport General Authority'
    """
    at = text.find(f" ({acronym})")
    words = text[max(0, at - _BEFORE) : at].rsplit("\n", 1)[-1].split() if at > 0 else []
    return " ".join(words[-len(acronym) - 2 :])


def _with_spelled_out(text: str, phrase: str) -> str:
    """Return a phrase with its acronyms spelled out, as in "chairman of the TGA, Transport General Authority"."""
    names = (name_before_acronym(text, acronym) for acronym in _ACRONYM.findall(phrase))
    return ", ".join([phrase, *filter(None, names)])


def descriptions(text: str, speakers: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return the text's description of each speaker that is a person or an acronym.

    `speakers` has the name and type of the speaker of each attribution, as in table quotes.
    """
    names: dict[str, bool] = {}
    for speaker, kind in speakers:
        if kind == "person" or (speaker.isupper() and speaker.isalpha()):
            names[speaker] = kind == "person"
    surnames = Counter(surname(speaker) for speaker, is_person in names.items() if is_person)
    described = {}
    for speaker, is_person in names.items():
        if is_person and (last := surname(speaker)):
            described[speaker] = description(text, speaker, alone=surnames[last] == 1)
        elif speaker:
            described[speaker] = name_before_acronym(text, speaker)
    return described
