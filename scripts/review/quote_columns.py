"""The columns of an attribution that change when a reader corrects or adds it: content, cue, type, speaker, role."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from scripts.attribution.marks import quotations
from scripts.attribution.roles import kind_of_name, role_of
from scripts.attribution.tree import build_tree
from scripts.core.annotation import Doc, Mention
from scripts.core.statements import NO_COMMENT, content_of
from scripts.core.types import Row, Span
from scripts.review.decisions import Decision

# Spans of characters as written in a cell, such as "12-34 40-61".
SPANS = re.compile(r"\d{1,9}-\d{1,9}(?: \d{1,9}-\d{1,9})*")
_Row = Mapping[str, Any]


def parse_spans(text: str, *, length: int) -> list[Span]:
    """Return the spans in "12-34 40-61". Raises ValueError unless they are in order, apart, and within the text."""
    if not SPANS.fullmatch(text):
        raise ValueError(f"{text[:80]!r} are not spans: write first-last characters, such as 12-34 40-61")
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
    overlaps = [(max(start, each.start), min(end, each.end)) for start, end in spans for each in quotations(doc)]
    quoted = [(start, end) for start, end in overlaps if start < end]
    words, n_quoted = _count_words(doc, spans), _count_words(doc, quoted)
    return {
        "sentence": next((n for n, sentence in enumerate(doc.sentences) if sentence.end > spans[0][0]), 0),
        "content_spans": [list(span) for span in spans],
        "content": content_of(doc.text, spans),
        "n_words": words,
        "n_quoted": n_quoted,
        "type": "indirect" if not n_quoted else "direct" if n_quoted == words else "mixed",
    }


def _cue(doc: Doc, row: Row, new: str) -> Row:
    """Return the columns of a cue that is given by its span, or by its words in the paragraph of the content.

    Raises ValueError if the words do not occur there exactly once.
    """
    if SPANS.fullmatch(new):
        start, end = parse_spans(new, length=len(doc.text))[0]
    else:
        paragraph = doc.sentences[row["sentence"]].paragraph
        sentences = [sentence for sentence in doc.sentences if sentence.paragraph == paragraph]
        matches = list(re.compile(re.escape(new)).finditer(doc.text, sentences[0].start, sentences[-1].end))
        if len(matches) != 1:
            raise ValueError(
                f"{new[:80]!r} is {len(matches)} times in the paragraph: give its characters, such as 12-34"
            )
        start, end = matches[0].span()
    tokens = [token for token in range(len(doc.word)) if start <= doc.start[token] and doc.end[token] <= end]
    return {"cue": doc.text[start:end], "cue_start": start, "cue_end": end, **_cue_head(doc, row, tokens)}


def _cue_head(doc: Doc, row: Row, tokens: Sequence[int]) -> Row:
    """Return the columns of a corrected cue's head: the old one if inside, else the first token with a head outside."""
    had = row["cue_head_start"]
    heads = [token for token in tokens if doc.start[token] == had]
    heads += [token for token in tokens if doc.head[token] == token or doc.head[token] not in tokens]
    if not heads:
        return {"cue_lemma": "", "cue_head_start": None, "cue_head_end": None}
    lemma = doc.lemma[heads[0]] or doc.norm[heads[0]]
    return {"cue_lemma": lemma, "cue_head_start": doc.start[heads[0]], "cue_head_end": doc.end[heads[0]]}


def is_form_of(a: str, b: str) -> bool:
    """Return True if all words of one name are words of the other, as in Trump and Donald Trump."""
    words = [{*name.casefold().split()} for name in (a, b)]
    return all(words) and (words[0] <= words[1] or words[1] <= words[0])


def may_be_same(a: str, b: str) -> bool:
    """Return True if one name may be a form of the other, or both end alike, as in Bernie and Bernard Sanders."""
    return is_form_of(a, b) or a.casefold().split()[-1:] == b.casefold().split()[-1:] != []


def _mentions(doc: Doc, rows: Iterable[_Row]) -> list[Mention]:
    """Return the mentions in rows of the table entities, as tokens."""
    first = {start: token for token, start in enumerate(doc.start)}
    last = {end: token + 1 for token, end in enumerate(doc.end)}
    return [
        Mention(first[row["start"]], last[row["end"]], row["label"], row["entity"])
        for row in rows
        if row["start"] in first and row["end"] in last
    ]


def who_is(doc: Doc, entities: Sequence[_Row], name: str) -> Row:
    """Return the columns speaker_type and role, from the document's mentions of the name, or else of a form of it.

    A speaker who only shares the surname of a person in the document is a person without a role. Both columns are empty
    if the document does not name the speaker, or names several of such a form; other documents then tell the type.
    """
    named = [row for row in entities if row["entity"] == name]
    if not named and name:
        named = [row for row in entities if is_form_of(row["entity"], name)]
        if len({row["entity"] for row in named}) > 1:
            return {"speaker_type": "", "role": ""}
    mentions = _mentions(doc, named)
    if not mentions:
        surnames = {row["entity"].split()[-1] for row in entities if row["label"] == "PERSON" and row["entity"].split()}
        return {"speaker_type": "person" if surnames.intersection(name.split()[-1:]) else "", "role": ""}
    tree = build_tree(doc)
    types = [kind_of_name(doc, mention) for mention in mentions]
    speaker_type = max(sorted({*types}), key=types.count)
    persons = (mention for mention in mentions if mention.label == "PERSON" and speaker_type == "person")
    role = max((role_of(doc, tree, mention) for mention in persons), key=len, default="")
    return {"speaker_type": speaker_type, "role": role}


def new_quote(doc: Doc, decision: Decision, who: Row) -> Row:
    """Return an attribution that a reader added, with the decision's span as content and its new value as speaker."""
    missing = dict.fromkeys(
        f"{place}_{side}" for place in ("cue", "cue_head", "source", "ref") for side in ("start", "end")
    )
    empty = dict.fromkeys(("cue", "cue_lemma", "source"), "")
    content = content_columns(doc, [(decision.start, decision.end)])
    return {
        "doc_id": doc.doc_id, "quote": -1, **content, **empty, **missing, **who, "speaker": decision.new,
        "speaker_in_document": decision.new, "ids": "", "joint_spans": [], "rule": "reader", "confidence": 1.0,
        "corrected_by": "",
    }  # fmt: skip


def _type(doc: Doc, row: Row, new: str) -> Row:
    """Return the columns that follow from a type: all words of direct speech count as quoted, none of indirect speech.

    For mixed speech they are counted in the text; a refusal to speak has no words. Raises ValueError if a refusal has
    no cue, or any other type no words.
    """
    if new == NO_COMMENT:
        if row["cue_start"] is None:
            raise ValueError("a refusal to speak is marked by its cue, and there is none: give the cue first")
        return {"type": new, "content_spans": [], "content": "", "n_words": 0, "n_quoted": 0}
    if not row["content_spans"]:
        raise ValueError(f"there are no words that could be {new}: give the content, from which the type follows")
    quoted = {"direct": row["n_words"], "indirect": 0}
    if new == "mixed" and not 0 < row["n_quoted"] < row["n_words"]:
        quoted["mixed"] = content_columns(doc, row["content_spans"])["n_quoted"]
    return {"type": new, "n_quoted": quoted.get(new, row["n_quoted"])}


def _speaker(row: Row, new: str, who: Row) -> Row:
    """Return the columns for a new speaker: name, type and role.

    If the words of the source do not name the new speaker, they are cleared: the kind of a source follows from them,
    and would be the old speaker's.
    """
    columns = {"speaker": new, "speaker_in_document": new, **who}
    if is_form_of(row["source"] or "", new):
        return columns
    nowhere = dict.fromkeys(("source_start", "source_end", "ref_start", "ref_end"))
    return {**columns, "source": "", **nowhere, "joint_spans": []}


def change_quote(doc: Doc, row: Row, decision: Decision, who: Row) -> None:
    """Write the new value of a decision into an attribution. Raises ValueError if the value is not usable.

    `who` has the columns of `who_is` for the decision's new value, which are used if that is a speaker.
    """
    field, new = decision.what, decision.new
    if field == "content":
        row |= content_columns(doc, parse_spans(new, length=len(doc.text)))
    elif field == "cue":
        row |= _cue(doc, row, new)
    elif field == "type":
        row |= _type(doc, row, new)
    elif field == "speaker":
        row |= _speaker(row, new, who)
    else:
        row[field] = new
