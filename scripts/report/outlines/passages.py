"""Section on quotes that travel: passages that several documents quote, line by line, by outlet, and as tables."""

from scripts.report.outlines.outline import Outline
from scripts.report.passages import passages_block
from scripts.report.tables import Link, View

# Kinds of occurrence and flags that a family counts.
_KINDS = ("cut", "joined", "altered", "negation", "number", "hidden")
_SIDE = (("family",), ("family", "side"))

PASSAGES = Outline(
    "passages",
    "Quotes that travel",
    "Passages that several documents quote, and what each leaves out or changes. Copies of one story count as one.",
    (
        (
            "coverage",
            View(
                "reference_outlets",
                "How much of each reference text each outlet quotes",
                ("text", "outlet", "documents", "words", "n_words=of", "share", "first_half=of the first half",
                 "second_half=of the second half"),
                (
                    Link("documents", "reference_coverage", ("text", "outlet"), unit="documents", live=True),
                    Link("words", "reference_coverage", ("text", "outlet"), unit="words", live=True),
                ),
                note="A row is an outlet and a reference text: how many words of the text it quotes, and of which "
                "half.",
            ),
        ),
    ),
    (
        View(
            "quote_families",
            "Passages that several documents quote: copies of one story (near-duplicates) count as one",
            (
                "family", "text=longest form", "speakers", "?speakers_differ=other speakers", "stories", "documents",
                "outlets", "first_seen", "?cut", "?joined", "?altered", "?negation=negation differs",
                "?number=number differs", "?hidden=words hidden", "without_second_half=leave out the second half",
                "doc_id=first document",
            ),
            (
                Link("documents", "quote_reuse", ("family",), unit="documents", live=True),
                Link("outlets", "quote_reuse", ("family",), unit="outlets", live=True),
                Link("stories", "quote_reuse", *_SIDE, ("stories",), "documents", live=True),
                *(Link(kind, "quote_reuse", *_SIDE, (kind,), live=True) for kind in _KINDS),
            ),
            bare=10,
            note="A row is a passage. Its counts say how many documents cut it, join parts of it, change words, or "
            "differ in a negation or in a number; each leads to these documents.",
        ),
    ),
    (
        View(
            "reference_coverage",
            "Stretches of reference texts and who quotes them",
            ("text", "first=from word", "last=to word", "?outlet", "?date", "speaker", "doc_id=document", "sentence"),
            note="A row is a stretch of a reference text in one document. Sort by the words to see who quotes which "
            "part.",
        ),
        View(
            "quote_reuse",
            "Who quotes these passages, with [-cuts-] and {+additions+}",
            (
                "family", "?outlet", "?date", "speaker", "kind", "marked=words", "negation=negation differs",
                "number=number differs", "hidden=words hidden", "first_half=of the first half",
                "second_half=of the second half", "copy_of=copy of", "doc_id=document", "sentence",
            ),
            (Link("speaker", "quotes", ("speaker",), live=True),),
            bare=5,
            note="A row is a passage as one document has it: [-cut-] words of the longest form are left out there, "
            "{+added+} words are not in that form.",
        ),
    ),
    "No passage in quotation marks stands in two documents.",
    passages_block,
)  # fmt: skip
