"""Section on sources: figures and tables of speakers and quotes."""

from scripts.report import derived
from scripts.report.outlines.outline import Outline
from scripts.report.tables import Link, View

SOURCES = Outline(
    "sources",
    "Sources and quotes",
    "Who is given a voice, how much of it is in their own words, and how the text introduces it.",
    (
        ("speakers", "speakers"),
        (
            "speakers_by_group",
            View(
                "speakers_by_group",
                "Speakers of each group of documents",
                (
                    "group", "speaker", "role=role in the text", "n_quotes=statements", "words",
                    "words_direct=of them quoted", "share~lo~hi=share in the group", "n_documents=documents",
                ),
                name="speakers-by-group-data",
            ),
        ),
    ),
    (
        View(
            "speakers",
            "Speakers, by words attributed to them",
            (
                "speaker", "role=role in the text", "speaker_type=type", "n_quotes=statements", "words",
                "words_direct=of them quoted", "share~lo~hi=share", "?n_no_comment=refusals to speak",
                "?n_documents=documents",
            ),
            (
                Link("speaker", "entity_mentions", ("speaker",), ("name",)),
                Link("n_quotes", "quotes", ("speaker",)),
            ),
            least=15,
        ),
        View(
            "corrected_shares",
            "Shares corrected by the sample that was checked by hand: of words, for frames of a speaker's sentences",
            (
                "share=share of", "group", "speaker", "value=source or frame", "n=rows", "machine=by the machine",
                "human=by the rows alone", "estimate~lo~hi=corrected share",
            ),
            where="estimate == estimate",
        ),
        View(
            "quotes",
            "Attributed statements, those of the most quoted speakers first",
            (
                "speaker", "type", "content=what was said", "cue", "source=source as written", "confidence",
                "doc_id=document", "sentence",
            ),
            rows=derived.statements,
            marks="statements",
        ),
    ),
    (
        View(
            "quotes",
            "Statements whose speaker was not found",
            ("type", "content=what was said", "cue", "source=source as written", "confidence", "doc_id=document",
             "sentence"),
            rows=derived.unattributed,
            name="unattributed",
            marks="unattributed",
        ),
        View(
            "source_balance",
            "Balance of sources by group of documents: evenness 1 means that all speak equally much",
            (
                "group", "n_documents=documents", "n_speakers=speakers", "words", "words_direct=in quotation marks",
                "estimate~lo~hi=evenness", "first=most often quoted first", "first_documents=documents that it opens",
            ),
        ),
        View(
            "quote_families",
            "Passages that several documents quote: copies of one story (near-duplicates) count as one",
            (
                "family", "text=longest form", "speakers", "speakers_differ=other speakers", "stories", "documents",
                "first_seen", "cut", "joined", "altered", "negation=negation differs", "number=number differs",
                "hidden=words hidden", "doc_id=first document",
            ),
        ),
        View(
            "quote_reuse",
            "Who quotes these passages, with [-cuts-] and {+additions+}",
            ("family", "?outlet", "?date", "speaker", "kind", "marked=words", "copy_of=copy of", "doc_id=document"),
        ),
    ),
    "No statement was attributed to anyone in these documents.",
)  # fmt: skip
