"""Reviewers' answers as numbers: their judgements of attributions, of names, and of what is missing in sentences."""

import unicodedata
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cache, partial
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from scripts.core.annotation import Doc
from scripts.core.sheets import NO, YES
from scripts.framing.people_sheets import SheetProblem, letters
from scripts.parsing.tokens import segmented_doc
from scripts.review.filled import Checked, yes_or_no
from scripts.review.people import NOBODY_WORDS, Answer, KnownNames, folded
from scripts.review.quote_columns import content_columns
from scripts.review.units import CHECKED_LABELS, ReviewUnits

MISSED_NAMES = "missed names"
_NOTHING = NO | {"none", "nothing", "-"}


def _is_nothing(answer: str) -> bool:
    """Return True for an answer that says that nothing is missing, however it is spelt: no, "No.", None."""
    return not _NOTHING.isdisjoint([answer.lower(), folded(answer)])


class Missed(NamedTuple):
    """A statement that the machine missed: its number of words, of quoted words, its speaker, its span in the text."""

    words: int
    quoted: int
    speaker: str
    start: int
    end: int


class Content(NamedTuple):
    """The right content of an attribution: its number of words, of quoted words, its spans in the text."""

    words: int
    quoted: int
    spans: tuple[tuple[int, int], ...]


class Present(NamedTuple):
    """A statement that the machine has: its speaker and the spans of its content."""

    speaker: str
    spans: Sequence[tuple[int, int]]

    def characters(self, spans: Iterable[tuple[int, int]]) -> set[int]:
        """Return the offsets of the statement's characters that lie in these spans."""
        pairs = ((own, span) for own in self.spans for span in spans)
        return {at for (start, end), (first, last) in pairs for at in range(max(start, first), min(end, last))}


def statements_in(present: Iterable[Present], spans: Sequence[tuple[int, int]], speaker: str) -> list[Present]:
    """Return the machine's statements that already have the words a reviewer gives, so that these would count twice.

    They are the statements whose characters in common with the given spans are at least half of all characters of both.
    For statements of the same speaker, or of anybody if the speaker is unknown, half of the shorter one is enough. If
    there are none, they are all statements that lie mostly in the given spans, if together these cover most of them.
    """
    size = sum(end - start for start, end in spans)
    twins, inside = [], []
    for each in present:
        own, common = sum(end - start for start, end in each.spans), len(each.characters(spans))
        is_speakers = speaker in {"", each.speaker}
        if 2 * common >= size + own - common or (is_speakers and 2 * common >= min(size, own)):
            twins.append(each)
        if 2 * common >= own:
            inside.append(each)
    covered = set().union(*(each.characters(spans) for each in inside))
    return twins or (inside if 2 * len(covered) >= size else [])


class MissedName(NamedTuple):
    """A name that the machine missed: its label, its span in the text."""

    label: str
    start: int
    end: int


class Judgement(NamedTuple):
    """A reviewer's judgement on a unit; `about` is the sheet, or MISSED_NAMES for names in the sheet of sentences.

    `right` is 1 if the unit really is an attribution or a name; `exact` is 1 if its speaker or label is right too.
    `truth` is the right speaker or label, or "" if it is unknown or there is none. `content` is the right content of an
    attribution, None if the machine's is right. `missed` and `missed_names` are for sentences. `is_whole` is False if a
    part of the answer cannot be used, such as an unknown name or words that are not in the text.
    """

    about: str
    reviewer: str
    row: Checked
    unit: int
    right: float = np.nan
    exact: float = np.nan
    truth: str = ""
    content: Content | None = None
    missed: tuple[Missed, ...] = ()
    missed_names: tuple[MissedName, ...] = ()
    is_whole: bool = True


def _pieces(cell: str) -> list[str]:
    return [piece.strip() for piece in cell.split("|") if piece.strip()]


def _attribution(
    row: Checked, doc_id: str, speaker: str, names: KnownNames, faults: list[Answer]
) -> tuple[float, float, str]:
    """Return `right`, `exact` and `truth` of the judgement on an attribution. Raises Answer if it cannot be used."""
    cells = row.answers
    right, named = yes_or_no(cells.get("right", "")), yes_or_no(cells.get("speaker_right", ""))
    whose = cells.get("whose", "")
    if whose and folded(whose) not in YES | NO and right == 1 and np.isnan(named):
        named = 0.0
    if np.isnan(right) or (right == 1 and np.isnan(named)):
        raise Answer("half-filled", "right or speaker_right is empty, so the row does not count. Fill in both.")
    if right == 0:
        return 0.0, 0.0, ""
    truth = names.speaker(doc_id, whose, faults) if whose or named == 0 else ""
    if named == 1 and whose and truth != speaker:
        message = f"speaker_right says yes, but whose names {whose[:80]!r}: the row does not count. Empty one of them."
        raise Answer("contradiction", message)
    if named == 0 and truth and truth == speaker:
        message = f"speaker_right says no, whose is the same speaker, {speaker[:80]!r}: no answer. Empty one of them."
        raise Answer("contradiction", message)
    return 1.0, named, _same_person(row, doc_id, speaker, names, faults) if named == 1 else truth


def _same_person(row: Checked, doc_id: str, speaker: str, names: KnownNames, faults: list[Answer]) -> str:
    """Return the name for a speaker judged right: the one in same_as, or the machine's if same_as says no."""
    asked = _pieces(row.cells.get("may_be", ""))
    answer = row.answers.get("same_as", "")
    if folded(answer) in NO | NOBODY_WORDS:
        if asked and not answer:
            message = (
                f"same_as is empty: is {speaker[:80]!r} {' or '.join(asked)[:200]}? Write the name, yes if there is "
                "one only, or no. The words count under the name that the machine has."
            )
            faults.append(Answer("same-as", message))
        return speaker
    if folded(answer) in YES:
        if len(asked) != 1:
            message = f"same_as says yes, but may_be has {len(asked)} names. Write the one that is meant, or no."
            faults.append(Answer("same-as", message))
            return speaker
        answer = asked[0]
    return names.speaker(doc_id, answer, faults) or speaker


def _content(row: Checked, doc: Doc, others: Iterable[Present], speaker: str, faults: list[Answer]) -> Content | None:
    """Return the content in content_should_be, or None if it is empty or, which adds a fault, cannot be used.

    Its pieces must be in the text and must not overlap, and must not be the words of another statement. `others` are
    the statements that share no characters with the machine's content.
    """
    answer = row.answers.get("content_should_be", "")
    pieces = _pieces(answer)
    located = [] if folded(answer) in YES | NO else [locate(doc.text, piece, row.start) for piece in pieces]
    spans = sorted(span for span in located if span is not None)
    apart = all(end <= start for (_, end), (start, _) in pairwise(spans))
    if len(spans) < len(pieces) or not apart:
        message = (
            f"content_should_be has words that are not in the text, or occur there twice: "
            f"{' | '.join(pieces)[:80]!r}. Paste them as they are in the text; the machine's words count until then."
        )
        faults.append(Answer("not-in-text", message))
        return None
    if not spans:
        return None
    twins = statements_in(others, spans, speaker)
    if twins:
        first, last = twins[0].spans[0][0], twins[0].spans[-1][1]
        message = (
            f"content_should_be has words from another of the machine's statements, {doc.text[first:last][:80]!r} by "
            f"{twins[0].speaker[:80] or 'nobody'!r}: they would count twice. Leave them out; the machine's words count "
            "until then."
        )
        faults.append(Answer("contradiction", message))
        return None
    columns = content_columns(doc, spans)
    return Content(columns["n_words"], columns["n_quoted"], tuple(spans))


def _name(cells: Mapping[str, str], label: str) -> tuple[float, float, str]:
    """Return `right`, `exact` and `truth` of the judgement on a name. Raises Answer if it cannot be used."""
    right, cell = yes_or_no(cells.get("right", "")), cells.get("label_should_be", "")
    should_be = "" if folded(cell) in NOBODY_WORDS else unicodedata.normalize("NFKC", cell).strip().upper()
    if right == 1 and should_be in {"", label}:
        return 1.0, 1.0, label
    if right == 1:
        message = "right says yes, but label_should_be names another label: the row does not count. Empty one."
        raise Answer("contradiction", message)
    if np.isnan(right) and not should_be:
        message = (
            "label_should_be says that it is not a name, but right is empty: the row does not count. Write no there."
        )
        raise Answer("contradiction", message)
    if should_be:
        _label(should_be, "label_should_be")
    return float(bool(should_be)), 0.0, should_be


def _is_inside_word(text: str, at: int) -> bool:
    """Return True if the place is inside a word, with a letter or digit on either side."""
    return 0 < at < len(text) and text[at - 1].isalnum() and text[at].isalnum()


def spans_of_words(text: str, words: str) -> list[tuple[int, int]]:
    """Return the spans at which words occur in a text as whole words; case, spaces and punctuation do not count.

    >>> spans_of_words("He said: “We\\nwill pay.” We will pay!", "we will pay")
    [(10, 21), (24, 35)]
    >>> spans_of_words("National news", "n/a")
    []
    """
    pairs = [(letter, at) for at, char in enumerate(text) for letter in letters(char)]
    folded_text, at = "".join(letter for letter, _ in pairs), [at for _, at in pairs]
    folded_words = letters(words)
    spans, first = [], folded_text.find(folded_words) if folded_words else -1
    while first >= 0:
        span = at[first], at[first + len(folded_words) - 1] + 1
        if not _is_inside_word(text, span[0]) and not _is_inside_word(text, span[1]):
            spans.append(span)
        first = folded_text.find(folded_words, first + 1)
    return spans


def locate(text: str, words: str, near: int) -> tuple[int, int] | None:
    """Return the span at which words occur in a text, the nearest to an offset; None if they do not occur."""
    return min(spans_of_words(text, words), key=lambda span: abs(span[0] - near), default=None)


def _missed(
    row: Checked, names: KnownNames, doc: Doc, present: Sequence[Present], faults: list[Answer]
) -> tuple[Missed, ...]:
    """Return the missed statements of a sentence; `present` are the machine's statements in the document.

    Raises Answer if the reviewer's answer cannot be used.
    """
    cells = row.answers
    answer = cells.get("missed", "")
    if not answer:
        raise Answer("half-filled", "missed is empty, so the row does not count. Paste the words, or write no.")
    if _is_nothing(answer):
        return ()
    if answer.lower() in YES:
        raise Answer("half-filled", "missed says yes: paste the words that are missing. The row does not count yet.")
    pieces = _pieces(answer)
    whose = [name.strip() for name in cells.get("whose", "").split("|")]
    if len(whose) == 1:
        whose *= len(pieces)
    if len(whose) != len(pieces):
        message = (
            f"missed has {len(pieces)} statements, whose {len(whose)} names: the row does not count. Write one each."
        )
        raise Answer("half-filled", message)
    statements: list[Missed] = []
    for piece, name in zip(pieces, whose, strict=True):
        taken = {(each.start, each.end) for each in statements}
        start, end = _in_sentence(row, doc.text, piece, taken)
        content = content_columns(doc, [(start, end)])
        speaker = names.speaker(doc.doc_id, name, faults)
        if twins := statements_in(present, [(start, end)], speaker):
            message = (
                f"The machine has {piece[:80]!r} already, or a part of it, as said by "
                f"{twins[0].speaker[:80] or 'nobody'!r}: that is not missing (a wrong speaker is for the sheet of "
                "attributions). Take it out; the row does not count."
            )
            raise Answer("contradiction", message)
        statements.append(Missed(content["n_words"], content["n_quoted"], speaker, start, end))
    return tuple(statements)


def _in_sentence(row: Checked, text: str, piece: str, taken: Collection[tuple[int, int]]) -> tuple[int, int]:
    """Return the first span of a piece that begins in the row's sentence and is not taken. Raises Answer for none."""
    inside = [span for span in spans_of_words(text, piece) if row.start <= span[0] < row.end]
    free = [span for span in inside if span not in taken]
    if free:
        return free[0]
    if inside:
        raise Answer("contradiction", f"missed has {piece[:80]!r} twice. Delete one of them.")
    span = locate(text, piece, row.start)
    if span is None:
        message = f"{piece[:80]!r} is not in the text. Paste the words as they are in the text; the row does not count."
        raise Answer("not-in-text", message)
    message = (
        f"{piece[:80]!r} does not begin in the sentence of the row, but at character {span[0]}: only statements that "
        "begin in it count. Take it out, or paste its words from here; the row does not count."
    )
    raise Answer("other-sentence", message)


def _label(cell: str, column: str) -> str:
    """Return the label in a cell, in capitals. Raises Answer if it is not in CHECKED_LABELS."""
    label = unicodedata.normalize("NFKC", cell).strip().upper()
    if label not in CHECKED_LABELS:
        unknown = f"{column} has {cell.strip()[:40]!r}, which is none of {', '.join(sorted(CHECKED_LABELS))}"
        raise Answer("label", f"{unknown}: write one of these. It does not count.")
    return label


def _missed_names(row: Checked, text: str, named: Collection[tuple[int, int]]) -> tuple[MissedName, ...]:
    """Return the names that the machine missed in a sentence, from "Ann Lee = PERSON | Derry = GPE".

    `named` are the spans of the machine's names in the document. Raises Answer if the answer cannot be used.
    """
    answer = row.answers["missed_names"]
    if _is_nothing(answer):
        return ()
    missed: list[MissedName] = []
    for piece in _pieces(answer):
        words, _, label = piece.rpartition("=")
        if not words:
            message = f"missed_names has {piece[:80]!r} without a label: write Ann Lee = PERSON. It does not count yet."
            raise Answer("half-filled", message)
        spans = [span for span in spans_of_words(text, words) if row.start <= span[0] < row.end]
        if not spans:
            raise Answer(
                "not-in-text", f"{words.strip()[:80]!r} is not in the sentence. Paste the name as it is in the text."
            )
        taken = {*named, *((name.start, name.end) for name in missed)}
        free = [span for span in spans if span not in taken]
        if not free:
            message = (
                f"The machine has {words.strip()[:80]!r}: it is not missing. Take it out; missed_names does not count."
            )
            raise Answer("contradiction", message)
        missed.append(MissedName(_label(label, "missed_names"), *free[0]))
    return tuple(missed)


def answered_subjects(row: Checked) -> list[str]:
    """Return the subjects on which a row has an answer: its sheet, or for sentences also MISSED_NAMES."""
    if row.kind != "sentences":
        return [row.kind] if row.answers else []
    columns = {"sentences": ("missed", "whose"), MISSED_NAMES: ("missed_names",)}
    return [about for about, names in columns.items() if any(name in row.answers for name in names)]


def judge(
    reviewers: Mapping[str, Iterable[tuple[Checked, int]]], units: ReviewUnits, known: KnownNames
) -> tuple[list[Judgement], list[SheetProblem]]:
    """Return the judgement of each reviewer on each unit, and a problem for each answer that cannot be used."""
    doc = cache(lambda doc_id: segmented_doc(doc_id, units.texts[doc_id]))
    names, attributions = units.by_sheet["names"], units.by_sheet["attributions"]
    named: dict[str, set[tuple[int, int]]] = defaultdict(set)
    for doc_id, start, end in zip(names["doc_id"], names["start"], names["end"], strict=True):
        named[doc_id].add((start, end))
    present: dict[str, list[Present]] = defaultdict(list)
    columns = (attributions[name] for name in ("doc_id", "speaker", "content_spans"))
    for doc_id, speaker, spans in zip(*columns, strict=True):
        present[doc_id].append(Present(speaker, spans))

    def judgement(about: str, reviewer: str, row: Checked, number: int, faults: list[Answer]) -> Judgement:
        unit, made = units.by_sheet[row.kind].iloc[number], partial(Judgement, about, reviewer, row, number)
        doc_id = unit["doc_id"]
        if about == MISSED_NAMES:
            return made(missed_names=_missed_names(row, units.texts[doc_id], named[doc_id]))
        if about == "sentences":
            return made(missed=_missed(row, known, doc(doc_id), present[doc_id], faults))
        if about == "names":
            return made(*_name(row.answers, unit["label"]))
        right, exact, truth = _attribution(row, doc_id, unit["speaker"], known, faults)
        if not right:
            return made(right, exact, truth)
        others = [each for each in present[doc_id] if not each.characters(unit["content_spans"])]
        return made(right, exact, truth, _content(row, doc(doc_id), others, truth, faults))

    judgements, problems = [], []
    for reviewer, rows in reviewers.items():
        for row, number, about in ((*each, about) for each in rows for about in answered_subjects(each[0])):
            faults: list[Answer] = []
            try:
                made = judgement(about, reviewer, row, number, faults)
                judgements.append(made._replace(is_whole=not faults))
                problems += [SheetProblem(row.file, row.row, fault.code, fault.message) for fault in faults]
            except Answer as error:
                problems.append(SheetProblem(row.file, row.row, error.code, str(error)))
            except ValueError as error:
                message = f"{error}, so the row does not count. Write yes or no (a formula is not an answer)."
                problems.append(SheetProblem(row.file, row.row, "answer", message))
    return judgements, problems
