"""The sections of the report: which tables and figures stand where, and what each of them says."""

from pathlib import Path
from typing import Any, NamedTuple

from scripts.report.evidence import Evidence
from scripts.report.model import Cell, Column, Figure, Prose, Section, Table
from scripts.report.svg import inline_svg
from scripts.report.tables import Link, Store, View, build


class Outline(NamedTuple):
    """A section before it is filled: figures and views by name, and what it says when it has neither."""

    anchor: str
    title: str
    lead: str
    figures: tuple[tuple[str, str], ...]
    views: tuple[View, ...]
    empty: str


OUTLINES = (
    Outline(
        "sources",
        "Sources and quotes",
        "Who is given a voice, how much of it is in their own words, and how the text introduces it.",
        (("speakers", "speakers"),),
        (
            View(
                "speakers",
                "Speakers, by words attributed to them",
                (
                    "speaker", "role=role in the text", "speaker_type=type", "n_quotes=statements", "words",
                    "words_direct=in quotation marks", "words_indirect=reported", "share~lo~hi=share of words",
                    "n_documents=documents", "doc_id=first document", "sentence=first sentence",
                ),
                Link("n_quotes", "quotes", ("speaker",)),
            ),
            View(
                "quotes",
                "Attributed statements, in the order of the text",
                (
                    "speaker", "type", "content=what was said", "cue", "source=source as written", "n_words=words",
                    "rule=found by", "confidence", "doc_id=document", "sentence",
                ),
            ),
        ),
        "No statement was attributed to anyone in these documents.",
    ),
    Outline("entities", "People, places, organisations", "Who and what is named, with one name for one thing.", (), (
            View(
                "entities",
                "Mentions, in the order of the text",
                ("entity=name", "text=as written", "label", "doc_id=document", "sentence"),
                Link("entity", "entities", ("entity",)),
            ),
        ),
        "No named entity was found in these documents.",
    ),
    Outline("words", "Words", "Which words are frequent, and how evenly they are spread over the documents.", (), (
            View(
                "frequencies",
                "Words, without stop words",
                (
                    "word", "count", "documents", "estimate~lo~hi=per million words", "dp=dispersion (DP)",
                    "dp_norm=DP, normalised",
                ),
                Link("count", "tokens", ("word",)),
                where="not is_stop",
            ),
            View(
                "ngrams",
                "Word sequences",
                ("ngram=sequence", "order=words", "count", "documents", "estimate~lo~hi=per million sequences"),
                Link("count", "sentences", ("ngram",)),
            ),
        ),
        "These documents hold no words.",
    ),
    Outline(
        "framing",
        "Framing",
        "Sentences with cues of a frame, and who voices them. A cue is a word and not yet a frame.",
        (("strip", "frame_codes"),),
        (
            View(
                "frame_prevalence",
                "Sentences with cues of a frame, not validated",
                (
                    "scheme", "frame", "n=sentences", "estimate~lo~hi=share of sentences", "documents",
                    "per_100_words=cues per 100 words",
                ),
                Link("n", "frame_codes", ("scheme", "frame")),
                ("scheme", "-n", "frame"),
                where="group == '(all)'",
            ),
            View(
                "blame",
                "Who holds whom answerable, in the order of the text; not a finding of who is",
                ("speaker", "stance", "target", "kind", "cue", "doc_id=document", "sentence"),
            ),
            View(
                "frame_codes",
                "Cues of frames, in the order of the text",
                ("scheme", "frame", "term=pattern", "negated", "speaker=voice", "doc_id=document", "sentence"),
                Link("speaker", "frame_codes", ("speaker", "scheme", "frame")),
            ),
        ),
        "No cue of a frame was found in these documents.",
    ),
    Outline(
        "documents",
        "Documents",
        "What was read; each name leads to the text with quotes, names and frames marked.",
        (("timeline", "documents"),),
        (
            View(
                "documents",
                "Documents",
                (
                    "doc_id=document", "title", "outlet", "date", "language", "n_paragraphs=paragraphs",
                    "n_sentences=sentences", "n_words=words", "encoding", "duplicate_of",
                ),
            ),
        ),
        "No document was read.",
    ),
    Outline(
        "problems",
        "Problems",
        "What was wrong with the seeds, and what to do about it. Everything else was analysed.",
        (),
        (
            View(
                "problems",
                "Problems",
                (
                    "seed", "severity", "code=kind", "message=what is wrong, what to do", "offset=at byte",
                    "stage=step",
                ),
            ),
        ),
        "Nothing was wrong with any seed.",
    ),
)  # fmt: skip


def build_section(outline: Outline, store: Store, figures: Path, evidence: Evidence, *, most: int) -> Section:
    """A section with the figures and tables that exist; where there is none, it says so in words."""
    views = [table for view in outline.views if (table := build(view, store, evidence, most=most))]
    blocks: list[Table | Figure | Prose] = []
    if views or not outline.views:
        for name, table in outline.figures:
            if (path := figures / f"{name}.svg").exists():
                title, description, svg, nothing = inline_svg(path)
                data = table if any(view.name == table for view in views) else ""
                blocks.append(
                    Prose([f"{title}: {nothing}"]) if nothing else Figure(name, title, description, svg, data)
                )
    blocks += views
    return Section(outline.anchor, outline.title, outline.lead, blocks or [Prose([outline.empty])])


METHODS = (
    "Text is split into paragraphs at blank lines, into sentences by Punkt with a list of abbreviations, and into "
    "tokens by the Treebank rules of NLTK. All tables share these sentences and tokens, "
    "so a count means the same everywhere.",
    "Parts of speech, lemmas, dependencies and raw names come from a spaCy model; rules then correct labels and merge "
    "the names of one thing. Statements are attributed by rules over quotation marks, cues and syntax.",
    "Frames are coded by dictionaries: a sentence has a frame if it holds one of its cues. Until coders have checked a "
    "sample, these are sentences with cues, not frames.",
    "Intervals come from drawing whole documents with replacement (95%, percentiles), because words and quotes cluster "
    "in documents. With fewer than two documents they are not estimable, and the table says so.",
    "Sentences and offsets are numbered from 0, as in the tables.",
)


def methods(evaluation: list[str]) -> Section:
    """How the numbers were made, and what is known of their errors."""
    return Section(
        "methods",
        "Methods",
        "How the numbers were made, and how far they can be trusted.",
        [Prose([*METHODS, *evaluation])],
    )


def provenance(record: dict[str, Any]) -> Section:
    """Everything that a rerun needs, from provenance.json: nested records are shown as dotted names."""
    rows = [[Cell(name), Cell(value)] for name, value in _flat(record)]
    columns = [Column("what", "name of the entry in provenance.json"), Column("value", "its value")]
    table = Table("provenance", "Provenance", columns, rows, len(rows), [])
    return Section("provenance", "Provenance", "What this report was made from, and with.", [table] if rows else [
        Prose(["No provenance was recorded."])
    ])  # fmt: skip


def _flat(record: object, prefix: str = "") -> list[tuple[str, str]]:
    if isinstance(record, dict):
        return [
            pair for key in sorted(record) for pair in _flat(record[key], f"{prefix}.{key}" if prefix else str(key))
        ]
    if isinstance(record, list):
        return [pair for number_, value in enumerate(record) for pair in _flat(value, f"{prefix}[{number_}]")]
    return [(prefix, "" if record is None else str(record))]
