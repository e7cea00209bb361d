"""The reading view: full texts of documents with quotes, entities and frame cues marked."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from operator import attrgetter
from typing import Any, NamedTuple

from markupsafe import Markup, escape

from scripts.core.anchors import document_anchor
from scripts.core.visible import shortened, visible
from scripts.report.figures.style import frame_name
from scripts.report.markup import HINT_LENGTH, LABEL_LENGTH, plural
from scripts.report.model import Reading
from scripts.report.store import Store, schemes

# Frame schemes with a layer of their own; the others share the last.
MAX_SCHEMES = 6
# Layers from the outermost to the innermost element. A span that crosses the bounds of an outer one is cut there.
LAYERS = ("quote", "source", "cue", *(f"frame{number + 1}" for number in range(MAX_SCHEMES)), "entity")


class Mark(NamedTuple):
    """A marked span: characters from `start` up to but not including `end`, its layer, its label and its tooltip."""

    start: int
    end: int
    layer: str
    label: str
    hint: str


_CLASSES = {layer: f"frame {layer}" for layer in LAYERS if layer.startswith("frame")}
# Kinds of names by their labels; names with other labels are not marked.
KINDS = {
    "PERSON": "person", "ORG": "organisation", "GPE": "place", "LOC": "place", "FAC": "place", "NORP": "group",
    "EVENT": "event", "LAW": "law", "WORK_OF_ART": "work", "PRODUCT": "product", "DATE": "date", "TIME": "time",
}  # fmt: skip


def _shown(text: str) -> str:
    """Return text from data as markup: escaped, its hidden characters made visible."""
    return str(escape(visible(text)))


def _correction(row: dict) -> str:
    """Return the part of a hint that names the sheet row by which people corrected a row; "" if none did."""
    return f"; corrected by {row['corrected_by']}" if row["corrected_by"] else ""


def quote_marks(quotes: Iterable[dict]) -> Iterator[Mark]:
    """Return marks of the content, source and cue of each attribution (rows of table quotes).

    A refusal to comment has no content; its cue has the hint that names the speaker.
    """
    for row in quotes:
        speaker = row["speaker"] or "no speaker found"
        role = f" ({row['role']})" if row["role"] else ""
        confidence = "" if row["confidence"] is None else f", confidence {row['confidence']:.2f}"
        hint = f"{speaker}{role}; {row['rule']}{confidence}{_correction(row)}"
        silent = not row["content_spans"]
        for start, end in row["content_spans"]:
            yield Mark(start, end, "quote", f"{row['type']}: {speaker}", hint)
        for layer in ("source", "cue"):
            if row[f"{layer}_start"] is not None:
                start, end = row[f"{layer}_start"], row[f"{layer}_end"]
                named = silent and layer == "cue"
                yield Mark(start, end, layer, row["type"] if named else layer, hint if named else "")


def entity_marks(entities: Iterable[dict]) -> Iterator[Mark]:
    """Return marks of people, places, organisations and dates (rows of table entities)."""
    for row in entities:
        if kind := KINDS.get(row["label"]):
            yield Mark(row["start"], row["end"], "entity", kind, row["entity"] + _correction(row))


def frame_layer(scheme: str, schemes: Sequence[str]) -> str:
    """Return the layer of a scheme: a number, since the style sheet cannot know the names of schemes."""
    return f"frame{min(schemes.index(scheme), MAX_SCHEMES - 1) + 1}"


def frame_marks(codes: Iterable[dict], schemes: Sequence[str]) -> Iterator[Mark]:
    """Return marks of the cues of frames (rows of table frame_codes), a layer for each of the `schemes`."""
    for row in codes:
        negated = ", negated" if row["negated"] else ""
        hint = f"{row['scheme']}: {row['term']}{negated}; {row['speaker']}"
        layer = frame_layer(row["scheme"], schemes)
        yield Mark(row["start"], row["end"], layer, frame_name(row["frame"]), hint)


def disjoint(marks: Sequence[Mark]) -> list[Mark]:
    """Return the marks of one layer, cut so that none overlap; where several overlap, they become one mark."""
    bounds = sorted({bound for mark in marks for bound in mark[:2]})
    ordered = sorted(marks)
    pieces: list[tuple[Mark, tuple[int, ...]]] = []
    active: list[int] = []
    at = 0
    for start, end in pairwise(bounds):
        while at < len(ordered) and ordered[at].start <= start:
            active.append(at)
            at += 1
        active = [index for index in active if ordered[index].end > start]
        if not active:
            continue
        over = [ordered[index] for index in active]
        labels, hints = (dict.fromkeys(getattr(mark, key) for mark in over) for key in ("label", "hint"))
        mark = Mark(start, end, over[0].layer, " + ".join(labels), "; ".join(filter(None, hints)))
        # Adjacent pieces of the same marks are joined.
        if pieces and pieces[-1][1] == tuple(active):
            pieces[-1] = (pieces[-1][0]._replace(end=end), tuple(active))
        else:
            pieces.append((mark, tuple(active)))
    return [mark for mark, _ in pieces]


def annotated(text: str, start: int, end: int, layers: Sequence[Sequence[Mark]]) -> str:
    """Return the characters of `text` from `start` to before `end` as markup, with the marks of `layers` nested."""
    if not layers:
        return _shown(text[start:end])
    marks, inner = layers[0], layers[1:]
    parts, at = [], start
    # Loop by index: slicing off the remaining marks for each sentence would take quadratic time.
    for index in range(bisect_right(marks, start, key=attrgetter("end")), len(marks)):
        mark = marks[index]
        if mark.start >= end:
            break
        left, right = max(mark.start, start), min(mark.end, end)
        parts.append(annotated(text, at, left, inner))
        # The label is at the beginning of the span; a piece that continues after a cut has none.
        label = f' data-l="{_shown(shortened(mark.label, LABEL_LENGTH))}"' if left == mark.start else ""
        hint = f' title="{_shown(shortened(mark.hint, HINT_LENGTH))}"' if mark.hint else ""
        body = annotated(text, left, right, inner)
        parts.append(f'<span class="m {_CLASSES.get(mark.layer, mark.layer)}"{label}{hint}>{body}</span>')
        at = right
    parts.append(annotated(text, at, end, inner))
    return "".join(parts)


def layered(marks: Iterable[Mark]) -> list[list[Mark]]:
    """Return marks by layer, the outermost first, made disjoint within each layer."""
    by_layer: dict[str, list[Mark]] = {layer: [] for layer in LAYERS}
    for mark in marks:
        by_layer[mark.layer].append(mark)
    return [disjoint(marks) for marks in by_layer.values() if marks]


def document_text(doc_id: str, text: str, sentences: Iterable[dict], layers: Sequence[Sequence[Mark]]) -> Markup:
    """Return a document as paragraphs of numbered, linkable sentences."""
    anchor = document_anchor(doc_id)
    paragraphs: dict[int, list[str]] = {}
    for row in sentences:
        number = row["sentence"]
        body = annotated(text, row["start"], row["end"], layers)
        link = f'<a class="n" href="#{anchor}-s{number}">{number + 1}</a>'
        paragraphs.setdefault(row["paragraph"], []).append(
            f'<span class="s" id="{anchor}-s{number}">{link}{body}</span>'
        )
    return Markup("\n".join(f"<p>{' '.join(lines)}</p>" for lines in paragraphs.values()))


_COLUMNS = {
    "documents": ["title", "outlet", "date", "n_sentences", "n_words", "text"],
    "sentences": ["sentence", "paragraph", "start", "end"],
    "quotes": ["type", "speaker", "role", "rule", "confidence", "corrected_by", "content_spans"]
    + ["source_start", "source_end", "cue_start", "cue_end"],
    "frame_codes": ["scheme", "frame", "start", "end", "term", "negated", "speaker"],
    "entities": ["start", "end", "label", "entity", "corrected_by"],
}
_AT_ONCE = 200


def readings(store: Store, doc_ids: Sequence[str]) -> Iterator[Reading]:
    """Yield documents in the reading view."""
    of_frames = schemes(store)
    rows: dict[str, dict[str, list[dict[str, Any]]]] = {}
    for number, doc_id in enumerate(doc_ids):
        if number % _AT_ONCE == 0:
            some = [*doc_ids[number : number + _AT_ONCE]]
            rows = {name: store.of_documents(name, some, columns) for name, columns in _COLUMNS.items()}
        quotes, codes, entities = (rows[name][doc_id] for name in ("quotes", "frame_codes", "entities"))
        marks = layered([*quote_marks(quotes), *frame_marks(codes, of_frames), *entity_marks(entities)])
        [about] = rows["documents"][doc_id]
        sizes = (plural(about["n_sentences"], "sentence"), plural(about["n_words"], "word"))
        yield Reading(
            document_anchor(doc_id),
            about["title"] or doc_id,
            " · ".join(filter(None, (about["outlet"], about["date"], *sizes))),
            document_text(doc_id, about["text"], rows["sentences"][doc_id], marks),
        )
