"""Labels of turns in transcripts and interviews: "PENCE:", "WALLACE (voice-over):", "Q.", "((Ann Lee))"."""

import re
from collections import defaultdict
from collections.abc import Sequence, Set
from functools import cache
from typing import NamedTuple

from scripts.attribution.marked import Piece
from scripts.attribution.role_words import is_listed
from scripts.attribution.roles import PARTICLES
from scripts.attribution.speakerhood import is_capital_noun
from scripts.core.annotation import Doc
from scripts.core.lexicons import LEXICONS
from scripts.core.storage import read_yaml

# A label, perhaps after a time: "((Ann Lee))", "[Ann Lee]:", "Q.", "ANN LEE (voice-over), in Rye:"; or a Q whose space
# was lost: "QWhy did you?".
_LABEL = re.compile(
    r"(?:[\[(]?\d\d?(?::\d\d){1,2}[\])]?\s{0,9})?\*{0,9}(?P<mark>[\"“])?"
    r"(?:(?:\(\((?P<double>[^\W\d_][^:\n\[\]()“”\"]{0,60}?)\)\)\s{0,9}:?"
    r"|\[(?P<square>[^\W\d_][^:\n\[\]()“”\"]{0,60}?)\]\s{0,9}:"
    r"|(?P<letter>[QA])(?:\d\d?)?\s?[.:–—-]"
    r"|(?P<name>[^\W\d_][^:\n\[\]()“”\"]{0,60}?)\s{0,9}(?:\([^()\n]{1,40}\)(?:,[^:\n]{1,40})?\s{0,9})?:)"
    r"\*{0,9}(?=\s|$)|(?P<glued>Q)(?=[A-Z][a-z]))"
)
_TITLE = re.compile(
    r"\b(?:(?:the|Former|Fmr|Mr|Mrs|Ms|Miss|Dr|Prof|Sen|Senator|Rep|Gov|Gen|Col|Lt|Sec|Usec|Amb|Sir|Dame"
    r"|(?:Vice )?President|Chief|Judge|Justice|Chairman|Secretary(?: of [A-Z]\w+)?)\b\.?\s*)+",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_][\w.'’-]*")
_CLOSING = frozenset(("''", '"'))
# Tags of words that open a sentence but no label: "But, Mr. President: ..."
_JOINTS = frozenset(("CC", "IN"))


class Label(NamedTuple):
    """A label at the head of a paragraph: its name, the name's tokens, and the paragraph's tokens after the label.

    `is_double` is True for a name in double brackets, which no ordinary text has, `is_glued` for a Q without a space.
    Labels of one speaker share a `key`.
    """

    name: str
    tokens: Piece
    speech: Piece
    paragraph: int
    is_double: bool
    key: str
    is_glued: bool


@cache
def label_words() -> dict[str, frozenset[str]]:
    """Return {name: words} for each set of label words in workflow/lexicons/transcripts.yaml."""
    read = read_yaml(LEXICONS / "transcripts.yaml")
    flat = [word for line in read.pop("not_speakers") for word in line]
    return {"not_speakers": frozenset(flat), **{name: frozenset(words) for name, words in read.items()}}


def labelled_paragraphs(doc: Doc) -> list[Piece]:
    """Return the token range of each paragraph, cut wherever a line opens with a label.

    Short lines may have been read as one paragraph, so each line may have a label.
    """
    pieces: list[Piece] = []
    paragraph: int | None = None
    for sentence in doc.sentences:
        if sentence.first == sentence.last:
            continue
        opens_line = "\n" in doc.text[doc.end[sentence.first - 1] : sentence.start] if sentence.first else True
        if sentence.paragraph != paragraph or (opens_line and _LABEL.match(doc.text, sentence.start)):
            pieces.append((sentence.first, sentence.last))
        else:
            pieces[-1] = (pieces[-1][0], sentence.last)
        paragraph = sentence.paragraph
    return pieces


def find_labels(doc: Doc, paragraphs: Sequence[Piece]) -> list[Label]:
    """Return the labels at the heads of paragraphs that may be speakers', with their keys."""
    last_names = {doc.norm[mention.last - 1] for mention in doc.mentions if mention.label == "PERSON"}
    labels = [label for number, piece in enumerate(paragraphs) if (label := _label(doc, number, piece, last_names))]
    answered = any(label.key in label_words()["answering"] for label in labels)
    labels = [label for label in labels if answered or not label.is_glued]
    return _with_keys(_of_speakers(labels[_is_headline(labels) :]))


def _label(doc: Doc, number: int, piece: Piece, last_names: Set[str]) -> Label | None:
    """Return the label of a paragraph, if it has one that may be a speaker's."""
    match = _LABEL.match(doc.text, doc.start[piece[0]], doc.end[piece[1] - 1])
    if match is None:
        return None
    group = next(name for name in ("double", "square", "letter", "name", "glued") if match[name])
    name = match[group]
    if group in ("square", "name") and not _may_name(name):
        return None
    first, last, begin = (_token_at(doc, piece, at) for at in (match.start(group), match.end(group), match.end()))
    if first == piece[1] or doc.tag[first] in _JOINTS or _is_heading(name, last_names):
        return None
    # "LEE: Did you?": where a mark opens before the label, the one that closes it is no part of the speech.
    end = piece[1] - (match["mark"] is not None and begin < piece[1] and doc.norm[piece[1] - 1] in _CLOSING)
    return Label(
        name, (first, max(last, first + 1)), (begin, end), number, group == "double", _key(name), group == "glued"
    )


def _is_heading(name: str, last_names: Set[str]) -> bool:
    """Return True for a label that is only a noun ("Problem #1") and nobody's last name."""
    words = [word.lower() for word in own_words(name)]
    return len(words) < 2 and all(is_capital_noun(word) and word not in last_names for word in words)


def _token_at(doc: Doc, piece: Piece, at: int) -> int:
    """Return the first token of a piece that begins at a character or after it."""
    return next((token for token in range(*piece) if doc.start[token] >= at), piece[1])


def _may_name(name: str) -> bool:
    """Return True for a clip in capitals, and for one to six capitalised words that are not among `not_speakers`."""
    before_comma = name.partition(",")[0]
    words = own_words(name)
    small = " ".join(_WORD.findall(before_comma)).lower().rstrip(".")
    banned = label_words()["not_speakers"]
    if name.isupper() and small in label_words()["clips"]:
        return True
    if not words or small in banned or small.split()[0] in banned or len(words) > 6:
        return False
    return all(word[0].isupper() or word.lower() in PARTICLES for word in words) and words[0][0].isupper()


def _key(name: str) -> str:
    """Return the family name of a label, in lower case, which all labels of its speaker share.

    >>> _key("SEN. TIM KAINE"), _key("SEC. KAINE"), _key("Chris Wallace, host"), _key("Q")
    ('kaine', 'kaine', 'wallace', 'q')
    """
    words = own_words(name)
    return words[-1].lower() if words else name.lower()


def own_words(name: str) -> list[str]:
    """Return the words of a name before a comma, without titles."""
    before_comma = name.partition(",")[0]
    words = _WORD.findall(before_comma)
    return _WORD.findall(_TITLE.sub("", before_comma)) or words[words[:1] in (["the"], ["The"], ["THE"]) :]


def _is_headline(labels: Sequence[Label]) -> bool:
    """Return True where the first label opens a headline: "Quill: We Knew" above "VANCE: ..." and "QUILL: ..."."""
    if len(labels) < 2 or labels[0].paragraph > 0 or labels[0].name.isupper():
        return False
    return all(len(label.name) > 1 and label.name.isupper() for label in labels[1:])


def _of_speakers(labels: Sequence[Label]) -> list[Label]:
    """Return only labels in double brackets if these are the majority, and clips ("VIDEO:") only between speakers."""
    double = [label for label in labels if label.is_double]
    among = double if 2 * len(double) > len(labels) else labels
    between = [label.paragraph for label in among if not is_clip(label)] or [0]
    return [label for label in among if not is_clip(label) or between[0] < label.paragraph < between[-1]]


def is_clip(label: Label) -> bool:
    """Return True for the label of a clip: "VIDEO:"."""
    return label.name.lower() in label_words()["clips"]


def _with_keys(labels: Sequence[Label]) -> list[Label]:
    """Return the labels with keys: family names, or the whole names of several who share one ("BILL CLINTON").

    A family name alone, perhaps with a title, then means the last of them named before it, or else the first.
    """
    names = [_without_titles(own_words(label.name)) for label in labels]
    full: dict[str, list[str]] = defaultdict(list)
    for name in names:
        if len(name) > 1:
            full[name[-1]].append(" ".join(name))
    last = {family: several[0] for family, several in full.items() if len({name[0] for name in several}) > 1}
    with_keys = []
    for label, name in zip(labels, names, strict=True):
        if len(name) > 1 and name[-1] in last:
            last[name[-1]] = " ".join(name)
        with_keys.append(label._replace(key=last.get(label.key, label.key)))
    return with_keys


def _without_titles(words: Sequence[str]) -> list[str]:
    """Return the words of a name in lower case, without particles and titles such as "prime minister"."""
    small = [word.lower() for word in words if word.lower() not in PARTICLES]
    return small[max((at + 1 for at, word in enumerate(small[:-1]) if is_listed(word)), default=0) :]
