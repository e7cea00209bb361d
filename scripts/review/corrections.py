"""Applies a reader's decisions to the tables of a document: attributions, mentions of names, cues of frames.

Each function takes rows of a table (dicts by column) and decisions on them, and returns the corrected rows and the fate
of each decision. `corrected_by` in a corrected row names the row of the sheet. A decision whose place or old value is
no longer there is stale and changes nothing.
"""

from collections.abc import Iterable, Sequence

from scripts.core.annotation import Doc
from scripts.core.types import Row, Span
from scripts.review.conflicts import final_names
from scripts.review.decisions import ON_NAMES, ON_QUOTES, Decision, Outcome
from scripts.review.quote_columns import change_quote, content_columns, is_form_of, may_be_same, new_quote, who_is

_ENDS = ("start", "end")
ALIKE = 0.5  # least Jaccard index of two spans that count as the same passage


def jaccard(a: Span, b: Span) -> float:
    """Return the Jaccard index of two spans: the characters in both over the characters in either."""
    common = min(a[1], b[1]) - max(a[0], b[0])
    return max(0, common) / (a[1] - a[0] + b[1] - b[0] - max(0, common))


def _hull(row: Row) -> Span:
    """Return the span from the start to the end of the content, or the cue's span for a refusal, which has no words."""
    if not row["content_spans"]:
        return row["cue_start"], row["cue_end"]
    return row["content_spans"][0][0], row["content_spans"][-1][1]


def _nearest(rows: Sequence[Row], spans: Sequence[Span], span: Span) -> Row | None:
    """Return the row whose span is most similar to `span` (`jaccard`), in a tie the first; None below ALIKE."""
    overlaps = [jaccard(each, span) for each in spans]
    best = max(range(len(rows)), key=lambda at: overlaps[at], default=None)
    return rows[best] if best is not None and overlaps[best] >= ALIKE else None


def _same(a: str, b: str) -> bool:
    return " ".join(a.split()) == " ".join(b.split())


def _checked(decision: Decision, value: str) -> Outcome | None:
    """Return the fate of a decision that cannot be applied because its old value is not the present `value`, else None.

    The old speaker may be a longer or shorter form of the name in the document, since tables also show the name over
    all documents.
    """
    is_speaker = decision.what in {"speaker", "reject_quote"}
    if _same(value, decision.old) or (is_speaker and is_form_of(value, decision.old)):
        return None
    if _same(value, decision.new) and decision.new:
        return Outcome(decision, "agreed", "the machine says the same now")
    return Outcome(decision, "stale", f"the value is now {value[:200]!r}, not {decision.old[:200]!r}")


def _applied(decision: Decision, row: Row) -> Outcome:
    row["corrected_by"] = "; ".join(filter(None, [row["corrected_by"], decision.place]))
    return Outcome(decision, "applied", "")


def _fate(decision: Decision, corrected: object, stale: str) -> Outcome:
    """Return the fate "applied" if anything was corrected, else "stale" with the reason `stale`."""
    return Outcome(decision, "applied", "") if corrected else Outcome(decision, "stale", stale)


def correct_quotes(
    doc: Doc, quotes: Iterable[Row], decisions: Iterable[Decision], entities: Sequence[Row] = ()
) -> tuple[list[Row], list[Outcome]]:
    """Return the corrected attributions of a document, numbered anew in text order, and the fate of each decision.

    A statement is removed if all its words are also in the corrected content of another one by the same speaker, as
    they would count twice. `entities` are the document's mentions of names, which give a corrected speaker's type and
    role.
    """
    rows = [{**row} for row in quotes]
    roles = {id(row): row["role"] for row in rows}
    places = [_hull(row) for row in rows]
    outcomes, rejected = [], set()
    added: list[Row] = []
    redrawn: list[Row] = []
    # Roles come after speakers, since a new speaker brings a role; additions last, to be compared with corrected rows.
    for decision in sorted(decisions, key=lambda each: (each.what == "add_quote", each.what == "role", *each[:2])):
        if decision.what not in ON_QUOTES:
            continue
        row = _nearest(rows, places, (decision.start, decision.end))
        if decision.what == "add_quote":
            nearest_first = sorted([*rows, *added], key=lambda each: each is not row)
            remaining = (each for each in nearest_first if id(each) not in rejected)
            own = [each for each in remaining if _is_of_addition(doc, each, decision, nearest=row)]
            outcome = _unfit(doc, decision, own[0] if own else None)
            if outcome is None and own:
                own[0] |= content_columns(doc, [(decision.start, decision.end)])
                rejected |= {id(each) for each in own[1:]}
                outcome = _applied(decision, own[0])
            elif outcome is None:
                added.append(new_quote(doc, decision, who_is(doc, entities, decision.new)))
                outcome = _applied(decision, added[-1])
        elif row is None:
            outcome = Outcome(decision, "stale", "there is no attribution there now")
        else:
            outcome = _changed(doc, row, decision, entities, role=roles[id(row)])
            if decision.what == "reject_quote" and outcome.status == "applied":
                rejected.add(id(row))
            elif decision.what == "content" and outcome.status == "applied":
                redrawn.append(row)
        outcomes.append(outcome)
    for row in redrawn:
        if id(row) not in rejected:
            named = [each for each in rows if may_be_same(each["speaker_in_document"], row["speaker_in_document"])]
            within = (each for each in named if each is not row and _is_within(doc, each, row["content_spans"]))
            rejected |= {id(each) for each in within}
    corrected = [row for row in [*rows, *added] if id(row) not in rejected]
    corrected.sort(key=_hull)
    return [{**row, "quote": number} for number, row in enumerate(corrected)], outcomes


def _is_within(doc: Doc, row: Row, spans: Iterable[Span]) -> bool:
    """Return True if all letters and digits of an attribution lie in the spans; False if it has no words."""
    letters = [at for start, end in row["content_spans"] for at in range(start, end) if doc.text[at].isalnum()]
    return bool(letters) and all(any(start <= at < end for start, end in spans) for at in letters)


def _is_of_addition(doc: Doc, row: Row, decision: Decision, *, nearest: Row | None) -> bool:
    """Return True if an attribution is by the speaker of an addition and shares its words, which would count twice.

    The addition may name the speaker by the name over all documents.
    """
    if not may_be_same(row["speaker_in_document"], decision.new):
        return False
    first, last = decision.start, decision.end
    is_around = any(start <= first and last <= end for start, end in row["content_spans"])
    return row is nearest or is_around or _is_within(doc, row, [(first, last)])


def _unfit(doc: Doc, decision: Decision, row: Row | None) -> Outcome | None:
    """Return the fate of an addition that cannot be made, or that the machine already has in `row`, else None.

    The machine does not have it if the addition begins before its words or ends after them.
    """
    if decision.end > len(doc.text):
        return Outcome(decision, "invalid", f"the text has {len(doc.text)} characters")
    if row is None:
        return None
    start, end = _hull(row)
    goes_on = any(map(str.isalnum, doc.text[decision.start : start] + doc.text[end : decision.end]))
    return None if goes_on else Outcome(decision, "agreed", "the machine says the same now")


def _changed(doc: Doc, row: Row, decision: Decision, entities: Sequence[Row], *, role: str) -> Outcome:
    """Apply a decision to an attribution and return its fate; a rejected attribution is left as it is.

    `role` is the machine's role, which a decision may replace even if a new speaker has already brought another.
    """
    is_rejected = decision.what == "reject_quote"
    field = "speaker" if is_rejected else decision.what
    is_description = field == "speaker" and not _same(row["speaker"], decision.old)
    value = row["speaker_in_document" if is_description else field]
    if decision.what == "role" and _same(role, decision.old):
        value = role
    outcome = _checked(decision, value)
    if outcome is not None or is_rejected:
        return outcome or Outcome(decision, "applied", "")
    try:
        change_quote(doc, row, decision, who_is(doc, entities, decision.new))
    except ValueError as error:
        return Outcome(decision, "invalid", str(error))
    return _applied(decision, row)


def correct_names(entities: Iterable[Row], decisions: Iterable[Decision]) -> tuple[list[Row], list[Outcome]]:
    """Return the corrected mentions of a document, with their old numbers, and the fate of each decision."""
    rows = [{**row} for row in entities]
    outcomes, rejected = [], set()
    at = {(row["start"], row["end"]): row for row in rows}
    for decision in decisions:
        if decision.what not in ON_NAMES:
            continue
        row = at.get((decision.start, decision.end))
        if row is None:
            outcome = Outcome(decision, "stale", "there is no name there now")
        elif fate := _checked(decision, row["label" if decision.what == "label" else "entity"]):
            outcome = fate
        elif decision.what == "reject_name":
            rejected.add(id(row))
            outcome = Outcome(decision, "applied", "")
        else:
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
    merges = [decision for decision in decisions if decision.what == "merge"]
    becomes = final_names(merges)
    for decision in merges:
        is_renamed = False
        for rows, columns in ((quotes, ("speaker", "speaker_in_document")), (entities, ("entity",))):
            for row in rows:
                if row[columns[-1]] == decision.old:
                    row |= dict.fromkeys(columns, becomes[decision.old])
                    _applied(decision, row)
                    is_renamed = True
        outcomes.append(_fate(decision, is_renamed, f"nobody is called {decision.old[:200]!r} there now"))
    return quotes, entities, outcomes


def part_names(
    doc: Doc, quotes: Iterable[Row], entities: Iterable[Row], decisions: Iterable[Decision]
) -> tuple[list[Row], list[Row], list[Outcome]]:
    """Return attributions and mentions of a document with names kept apart, and the fate of each decision.

    Mentions whose text is the old name, and statements whose source is such a mention, get the old name back. All
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
        outcomes.append(_fate(decision, mine, f"nobody is called {decision.old[:200]!r} there now"))
    return quotes, entities, outcomes


def correct_frames(codes: Iterable[Row], decisions: Iterable[Decision]) -> tuple[list[Row], list[Outcome]]:
    """Return the cues of frames that no decision rejects, and each decision's fate; its `old` is "scheme.frame"."""
    rows = list(codes)
    outcomes = []
    for decision in decisions:
        if decision.what != "reject_frame":
            continue
        cue = decision.start, decision.end, decision.old
        remaining = [row for row in rows if (row["start"], row["end"], f"{row['scheme']}.{row['frame']}") != cue]
        outcomes.append(_fate(decision, len(remaining) < len(rows), "there is no such cue there now"))
        rows = remaining
    return rows, outcomes
