"""Answers of reviewers as numbers: what they say of an attribution, of a name, and of what is missing in a sentence."""

import unicodedata
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import NamedTuple

import numpy as np

from scripts.core.annotation import Doc
from scripts.framing.coder_sheets import NO, YES, Problem, letters
from scripts.parsing.tokens import segmented_doc
from scripts.review.corrections import content_columns
from scripts.review.filled import Checked, verdict
from scripts.review.people import KnownNames, folded
from scripts.review.places import MatchedRow
from scripts.review.units import LABELS, Units

_NONE = frozenset(["-", "none", "nobody", "unknown", "?"])


class Missed(NamedTuple):
    """A statement that the machine missed: its words, those in quotation marks, its speaker, its span in the text."""

    words: int
    quoted: int
    speaker: str
    start: int
    end: int


class Judgement(NamedTuple):
    """Judgement of a reviewer on a unit.

    `right` is 1 if the attribution is one, or the name is one; `exact` is 1 if its speaker, or its label, is right too.
    `truth` is the right speaker or label, empty where it is not known or there is none. `missed` is for sentences.
    """

    reviewer: str
    row: Checked
    unit: int
    right: float
    exact: float
    truth: str
    missed: tuple[Missed, ...] = ()


class Answer(ValueError):
    """An answer that cannot be used; the message says why, `code` names the kind."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


def _attribution(cells: Mapping[str, str], doc_id: str, speaker: str, known: KnownNames) -> tuple[float, float, str]:
    """Return whether an attribution is one, whether its speaker is right, and the right speaker."""
    right, named = verdict(cells.get("right", "")), verdict(cells.get("speaker_right", ""))
    whose = cells.get("whose", "")
    if whose and right == 1 and np.isnan(named):
        named = 0.0
    if np.isnan(right) or (right == 1 and np.isnan(named)):
        raise Answer("half-filled", "right or speaker_right is empty, so the row does not count. Fill both.")
    if right == 0:
        return 0.0, 0.0, ""
    truth = known.resolve(doc_id, whose) if whose and folded(whose) not in _NONE else ""
    if named == 1 and whose and truth != speaker:
        message = f"speaker_right says yes, and whose names {whose[:80]!r}: the row does not count. Empty one of them."
        raise Answer("contradiction", message)
    if named == 0 and truth and truth == speaker:
        message = f"speaker_right says no, whose is the same speaker, {speaker[:80]!r}: no answer. Empty one of them."
        raise Answer("contradiction", message)
    return 1.0, named, speaker if named == 1 else truth


def _name(cells: Mapping[str, str], label: str) -> tuple[float, float, str]:
    """Return whether a mention is a name, whether its label is right, and the right label."""
    should_be = unicodedata.normalize("NFKC", cells.get("label_should_be", "")).strip().upper()
    right = verdict(cells.get("right", ""))
    if should_be.lower() in _NONE:
        should_be = ""
    if right == 1 and should_be in {"", label}:
        return 1.0, 1.0, label
    if right == 1 or (np.isnan(right) and not should_be):
        raise Answer(
            "contradiction", "right says yes, and label_should_be names another: the row does not count. Empty one."
        )
    if should_be and should_be not in LABELS:
        known = ", ".join(sorted(LABELS))
        raise Answer(
            "label",
            f"label_should_be = {should_be[:40]!r} is none of {known}: write one of these. The row does not count.",
        )
    return float(bool(should_be)), 0.0, should_be


def _letters_at(text: str) -> tuple[str, list[int]]:
    """Return the letters and digits of a text in small letters, and where each stands."""
    pairs = [(letter, at) for at, char in enumerate(text) for letter in letters(char)]
    return "".join(letter for letter, _ in pairs), [at for _, at in pairs]


def locate(text: str, words: str, near: int) -> tuple[int, int] | None:
    """Return the span of words in a text, the one nearest to a character; case, spaces and punctuation do not count.

    >>> locate("He said: “We\\nwill pay.” We will pay!", "we will pay", 0)
    (10, 21)
    """
    folded_text, at = _letters_at(text)
    folded_words = letters(words)
    starts, first = [], folded_text.find(folded_words) if folded_words else -1
    while first >= 0:
        starts.append(first)
        first = folded_text.find(folded_words, first + 1)
    if not starts:
        return None
    best = min(starts, key=lambda start: abs(at[start] - near))
    return at[best], at[best + len(folded_words) - 1] + 1


def _missed(row: Checked, known: KnownNames, doc: Doc) -> tuple[Missed, ...]:
    """Return the statements that the machine missed in a sentence."""
    cells = row.answers
    answer = cells.get("missed", "")
    if not answer:
        raise Answer("half-filled", "missed is empty, so the row does not count. Paste the words, or write no.")
    if answer.lower() in NO | {"none", "nothing", "-"}:
        return ()
    if answer.lower() in YES:
        raise Answer("half-filled", "missed says yes: paste the words that are missing. The row does not count yet.")
    pieces = [piece.strip() for piece in answer.split("|") if piece.strip()]
    names = [name.strip() for name in cells.get("whose", "").split("|")]
    if len(names) == 1:
        names *= len(pieces)
    if len(names) != len(pieces):
        message = (
            f"missed has {len(pieces)} statements, whose {len(names)} names: the row does not count. Write one each."
        )
        raise Answer("half-filled", message)
    statements = []
    for piece, name in zip(pieces, names, strict=True):
        span = locate(doc.text, piece, row.start)
        if span is None:
            message = f"{piece[:80]!r} is not in the text. Paste the words as they stand; the row does not count."
            raise Answer("not-in-text", message)
        content = content_columns(doc, [span])
        speaker = known.resolve(doc.doc_id, name) if name and folded(name) not in _NONE else ""
        statements.append(Missed(content["n_words"], content["n_quoted"], speaker, *span))
    return tuple(statements)


def _judgement(
    reviewer: str, matched: MatchedRow, units: Units, known: KnownNames, doc: Callable[[str], Doc]
) -> Judgement | None:
    """Return what a reviewer says in a row, None if it is not filled. Raises ValueError if it cannot be used."""
    row, unit = matched.row, units.by_sheet[matched.row.kind].iloc[matched.unit]
    if not row.answers:
        return None
    if row.kind == "sentences":
        return Judgement(reviewer, row, matched.unit, np.nan, np.nan, "", _missed(row, known, doc(unit["doc_id"])))
    if row.kind == "names":
        return Judgement(reviewer, row, matched.unit, *_name(row.answers, unit["label"]))
    return Judgement(reviewer, row, matched.unit, *_attribution(row.answers, unit["doc_id"], unit["speaker"], known))


def judge(
    reviewers: Mapping[str, Iterable[MatchedRow]], units: Units, known: KnownNames
) -> tuple[list[Judgement], list[Problem]]:
    """Return what each reviewer says of each unit, and a problem for each answer that cannot be used."""
    doc = cache(lambda doc_id: segmented_doc(doc_id, units.texts[doc_id]))
    judgements, problems = [], []
    for reviewer, rows in reviewers.items():
        for matched in rows:
            try:
                judgement = _judgement(reviewer, matched, units, known, doc)
            except Answer as error:
                problems.append(Problem(matched.row.file, matched.row.row, error.code, str(error)))
            except ValueError as error:
                message = f"{error}, so the row does not count. Write yes or no (a formula is no answer)."
                problems.append(Problem(matched.row.file, matched.row.row, "answer", message))
            else:
                judgements += [judgement] if judgement else []
    return judgements, problems
