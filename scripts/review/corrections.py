"""A reader's decisions applied to the tables of a document: attributions, mentions of names, cues of frames.

Each function takes rows of a table (dicts of its columns) and decisions on them, and returns the rows as corrected,
with `corrected_by` naming the sheet's row, and the fate of each decision. A decision whose place or old value is no
longer there is stale and changes nothing.
"""

import re
from collections.abc import Iterable, Sequence
from typing import Any

from scripts.core.annotation import Doc
from scripts.core.statements import ATTITUDE
from scripts.quotes.marks import quotations
from scripts.quotes.silence import NO_COMMENT
from scripts.review.decisions import ON_NAMES, ON_QUOTES, Decision, Outcome

Row = dict[str, Any]
Span = tuple[int, int]
_SPANS = re.compile(r"\d{1,9}-\d{1,9}(?: \d{1,9}-\d{1,9})*")
_ENDS = ("start", "end")
_ALIKE = 0.5  # least share of characters in common for two spans to be the same attribution


def jaccard(a: Span, b: Span) -> float:
    """Return the share of the characters of two spans that they have in common."""
    common = min(a[1], b[1]) - max(a[0], b[0])
    return max(0, common) / (a[1] - a[0] + b[1] - b[0] - max(0, common))


def _hull(row: Row) -> Span:
    """Return the first and the last character of what is attributed; of the cue for a refusal, which has no words."""
    if not row["content_spans"]:
        return row["cue_start"], row["cue_end"]
    return row["content_spans"][0][0], row["content_spans"][-1][1]


def _nearest(rows: Sequence[Row], spans: Sequence[Span], span: Span, *, attitudes: bool) -> Row | None:
    """Return the row whose span has most in common with `span`, the first of equals; None below half.

    One of speech goes before one of an attitude; without `attitudes` these are not looked at.
    """
    overlaps = [jaccard(each, span) for each in spans]
    for is_attitude in (False, True) if attitudes else (False,):
        own = [at for at, row in enumerate(rows) if (row["type"] == ATTITUDE) == is_attitude]
        best = max(own, key=lambda at: overlaps[at], default=None)
        if best is not None and overlaps[best] >= _ALIKE:
            return rows[best]
    return None


def _same(a: str, b: str) -> bool:
    return " ".join(a.split()) == " ".join(b.split())


def _is_form_of(a: str, b: str) -> bool:
    """Return True if all words of the one name are words of the other, as of Trump and Donald Trump."""
    words = [{*name.casefold().split()} for name in (a, b)]
    return all(words) and (words[0] <= words[1] or words[1] <= words[0])


def _checked(decision: Decision, value: str) -> Outcome | None:
    """Return the fate of a decision if the value it replaces does not let it be applied, else None.

    The old speaker may be a longer or shorter form of the name in the document: the tables have the name over all
    documents too.
    """
    is_speaker = decision.what in {"speaker", "reject_quote"}
    if _same(value, decision.old) or (is_speaker and _is_form_of(value, decision.old)):
        return None
    if _same(value, decision.new) and decision.new:
        return Outcome(decision, "agreed", "the machine says the same now")
    return Outcome(decision, "stale", f"the value is now {value[:200]!r}, not {decision.old[:200]!r}")


def _applied(decision: Decision, row: Row) -> Outcome:
    row["corrected_by"] = "; ".join(filter(None, [row["corrected_by"], decision.place]))
    return Outcome(decision, "applied", "")


def parse_spans(text: str, *, length: int) -> list[Span]:
    """Return the spans in "12-34 40-61", in order and apart. Raises ValueError if they are no spans of the text."""
    if not _SPANS.fullmatch(text):
        raise ValueError(f"{text[:80]!r} are no spans: write first-last characters, such as 12-34 40-61")
    spans = [(int(start), int(end)) for start, end in (part.split("-") for part in text.split())]
    bounds = [bound for span in spans for bound in span]
    if bounds != sorted(set(bounds)) or bounds[-1] > length:
        raise ValueError(f"{text[:80]!r}: spans must be in order, apart, and within the text's {length} characters")
    return spans


def _count_words(doc: Doc, spans: Iterable[Span]) -> int:
    return sum(
        any(map(str.isalnum, word))
        for start, end, word in zip(doc.start, doc.end, doc.word, strict=True)
        if any(first <= start and end <= last for first, last in spans)
    )


def content_columns(doc: Doc, spans: Sequence[Span]) -> Row:
    """Return the columns of an attribution that follow from the spans of its content."""
    quoted = [
        (max(start, quotation.start), min(end, quotation.end))
        for start, end in spans
        for quotation in quotations(doc)
        if not quotation.nested and max(start, quotation.start) < min(end, quotation.end)
    ]
    words, n_quoted = _count_words(doc, spans), _count_words(doc, quoted)
    return {
        "sentence": next((n for n, sentence in enumerate(doc.sentences) if sentence.end > spans[0][0]), 0),
        "content_spans": [list(span) for span in spans],
        "content": " ... ".join(doc.text[start:end] for start, end in spans),
        "n_words": words,
        "n_quoted": n_quoted,
        "type": "indirect" if not n_quoted else "direct" if n_quoted == words else "mixed",
    }


def _cue(doc: Doc, row: Row, new: str) -> Row:
    """Return the columns of a cue that is given by its span, or by its words in the paragraph of the content.

    Raises ValueError if the words do not stand there exactly once.
    """
    if _SPANS.fullmatch(new):
        start, end = parse_spans(new, length=len(doc.text))[0]
    else:
        paragraph = doc.sentences[row["sentence"]].paragraph
        sentences = [sentence for sentence in doc.sentences if sentence.paragraph == paragraph]
        matches = list(re.compile(re.escape(new)).finditer(doc.text, sentences[0].start, sentences[-1].end))
        if len(matches) != 1:
            raise ValueError(f"{new[:80]!r} is {len(matches)} times in the paragraph: give its characters, as 12-34")
        start, end = matches[0].span()
    tokens = [token for token in range(len(doc.word)) if start <= doc.start[token] and doc.end[token] <= end]
    return {"cue": doc.text[start:end], "cue_start": start, "cue_end": end, **_cue_head(doc, row, tokens)}


def _cue_head(doc: Doc, row: Row, tokens: Sequence[int]) -> Row:
    """Return the columns of the head of a corrected cue: the one it had, else the first token under no other of it."""
    had = row["cue_head_start"]
    heads = [token for token in tokens if doc.start[token] == had]
    heads += [token for token in tokens if doc.head[token] == token or doc.head[token] not in tokens]
    if not heads:
        return {"cue_lemma": "", "cue_head_start": None, "cue_head_end": None}
    head = heads[0]
    return {
        "cue_lemma": doc.lemma[head] or doc.norm[head],
        "cue_head_start": doc.start[head],
        "cue_head_end": doc.end[head],
    }


def _new_quote(doc: Doc, decision: Decision) -> Row:
    """Return an attribution that a reader added: its content is the decision's span, its speaker the new value."""
    missing = dict.fromkeys(
        f"{place}_{side}" for place in ("cue", "cue_head", "source", "ref") for side in ("start", "end")
    )
    empty = dict.fromkeys(("cue", "cue_lemma", "source", "speaker_type", "role"), "")
    content = content_columns(doc, [(decision.start, decision.end)])
    return {
        "doc_id": doc.doc_id, "quote": -1, **content, **empty, **missing, "speaker": decision.new,
        "speaker_in_document": decision.new, "rule": "reader", "confidence": 1.0, "corrected_by": "",
    }  # fmt: skip


def _type(row: Row, new: str) -> Row:
    """Return the columns that follow from a type; a refusal to speak has no words. Raises ValueError if words lack."""
    if new == NO_COMMENT:
        if row["cue_start"] is None:
            raise ValueError("a refusal to speak stands at its cue, and there is none: give the cue first")
        return {"type": new, "content_spans": [], "content": "", "n_words": 0, "n_quoted": 0}
    if not row["content_spans"]:
        raise ValueError(f"there are no words that could be {new}: give the content, from which the type follows")
    return {"type": new}


def _change_quote(doc: Doc, row: Row, decision: Decision) -> None:
    """Write the new value of a decision into an attribution. Raises ValueError if the value cannot be taken."""
    field, new = decision.what, decision.new
    if field == "content":
        kind = {"type": ATTITUDE} if row["type"] == ATTITUDE else {}
        row |= content_columns(doc, parse_spans(new, length=len(doc.text))) | kind
    elif field == "cue":
        row |= _cue(doc, row, new)
    elif field == "type":
        row |= _type(row, new)
    else:
        row[field] = new
    if field == "speaker":
        row |= {"speaker_in_document": new, "role": ""}  # the role is the other speaker's


def correct_quotes(doc: Doc, quotes: Iterable[Row], decisions: Iterable[Decision]) -> tuple[list[Row], list[Outcome]]:
    """Return the attributions of a document as corrected and the fate of each decision.

    They are numbered anew in the order of the text, those of attitudes after those of speech.
    """
    rows = [{**row} for row in quotes]
    places = [_hull(row) for row in rows]
    outcomes, rejected, added = [], set(), []
    # Additions come last, so that a correction beside one still meets the machine's attribution.
    for decision in sorted(decisions, key=lambda decision: (decision.what == "add_quote", decision.file, decision.row)):
        if decision.what not in ON_QUOTES:
            continue
        span = (decision.start, decision.end)
        row = _nearest(rows, places, span, attitudes=decision.what != "add_quote")
        if decision.what == "add_quote":
            if decision.end > len(doc.text):
                outcomes.append(Outcome(decision, "invalid", f"the text has {len(doc.text)} characters"))
            elif row is not None and id(row) not in rejected and row["speaker"] == decision.new:
                outcomes.append(Outcome(decision, "agreed", "the machine says the same now"))
            else:
                added.append(_new_quote(doc, decision))
                outcomes.append(_applied(decision, added[-1]))
        elif row is None:
            outcomes.append(Outcome(decision, "stale", "no attribution stands there now"))
        elif decision.what == "reject_quote":
            outcome = _checked(decision, row["speaker"])
            if outcome is None:
                rejected.add(id(row))
                outcome = Outcome(decision, "applied", "")
            outcomes.append(outcome)
        else:
            outcome = _checked(decision, row[decision.what])
            try:
                if outcome is None:
                    _change_quote(doc, row, decision)
                    outcome = _applied(decision, row)
            except ValueError as error:
                outcome = Outcome(decision, "invalid", str(error))
            outcomes.append(outcome)
    corrected = [row for row in rows if id(row) not in rejected] + added
    corrected.sort(key=lambda row: (row["type"] == ATTITUDE, _hull(row), row["quote"] < 0))
    return [{**row, "quote": number} for number, row in enumerate(corrected)], outcomes


def correct_names(entities: Iterable[Row], decisions: Iterable[Decision]) -> tuple[list[Row], list[Outcome]]:
    """Return the mentions of a document as corrected, with their numbers kept, and the fate of each decision."""
    rows = [{**row} for row in entities]
    outcomes, rejected = [], set()
    at = {(row["start"], row["end"]): row for row in rows}
    for decision in decisions:
        if decision.what not in ON_NAMES:
            continue
        row = at.get((decision.start, decision.end))
        if row is None:
            outcomes.append(Outcome(decision, "stale", "no name stands there now"))
            continue
        outcome = _checked(decision, row["label" if decision.what == "label" else "entity"])
        if outcome is None and decision.what == "reject_name":
            rejected.add(id(row))
            outcome = Outcome(decision, "applied", "")
        elif outcome is None:
            row[decision.what] = decision.new
            outcome = _applied(decision, row)
        outcomes.append(outcome)
    return [row for row in rows if id(row) not in rejected], outcomes


def merge_names(
    quotes: Iterable[Row], entities: Iterable[Row], decisions: Iterable[Decision]
) -> tuple[list[Row], list[Row], list[Outcome]]:
    """Return attributions and mentions of a document with names merged, old into new, and the fate of each decision."""
    quotes, entities = [{**row} for row in quotes], [{**row} for row in entities]
    outcomes = []
    for decision in decisions:
        if decision.what != "merge":
            continue
        renamed = 0
        for rows, columns in ((quotes, ("speaker", "speaker_in_document")), (entities, ("entity",))):
            for row in rows:
                if row[columns[0]] == decision.old:
                    row |= dict.fromkeys(columns, decision.new)
                    _applied(decision, row)
                    renamed += 1
        stale = f"nobody is called {decision.old[:200]!r} there now"
        outcomes.append(Outcome(decision, "applied", "") if renamed else Outcome(decision, "stale", stale))
    return quotes, entities, outcomes


def part_names(
    doc: Doc, quotes: Iterable[Row], entities: Iterable[Row], decisions: Iterable[Decision]
) -> tuple[list[Row], list[Row], list[Outcome]]:
    """Return attributions and mentions of a document with names kept apart, and the fate of each decision.

    What the text calls by the old name is no longer the new one, nor are statements whose source is called so. All
    mentions of the old name are marked as corrected, so that they are not linked over all documents either.
    """
    quotes, entities = [{**row} for row in quotes], [{**row} for row in entities]
    outcomes = []
    for decision in decisions:
        if decision.what != "apart":
            continue
        mine = [
            row
            for row in entities
            if row["entity"] == decision.old
            or (row["entity"] == decision.new and _same(doc.text[row["start"] : row["end"]], decision.old))
        ]
        for row in mine:
            row["entity"] = decision.old
            _applied(decision, row)
        for row in quotes:
            start, end = (row[f"ref_{end}"] if row["ref_start"] is not None else row[f"source_{end}"] for end in _ENDS)
            is_named = start is not None and any(start < each["end"] and each["start"] < end for each in mine)
            if is_named and row["speaker_in_document"] == decision.new:
                row |= dict.fromkeys(("speaker", "speaker_in_document"), decision.old)
                _applied(decision, row)
        stale = f"nobody is called {decision.old[:200]!r} there now"
        outcomes.append(Outcome(decision, "applied", "") if mine else Outcome(decision, "stale", stale))
    return quotes, entities, outcomes


def correct_frames(codes: Iterable[Row], decisions: Iterable[Decision]) -> tuple[list[Row], list[Outcome]]:
    """Return the cues of frames that no decision rejects, and the fate of each; `old` is "scheme.frame"."""
    rows = list(codes)
    outcomes = []
    for decision in decisions:
        if decision.what != "reject_frame":
            continue
        rejected = [
            row
            for row in rows
            if (row["start"], row["end"], f"{row['scheme']}.{row['frame']}")
            == (decision.start, decision.end, decision.old)
        ]
        rows = [row for row in rows if row not in rejected]
        outcomes.append(
            Outcome(decision, "applied", "") if rejected else Outcome(decision, "stale", "no such cue stands there now")
        )
    return rows, outcomes
