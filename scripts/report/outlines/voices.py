"""Section on who gets to speak: kinds of source by group, the stance of their cues, wire copy, refusals."""

from scripts.report.outlines.outline import Outline
from scripts.report.tables import Link, View

_OF_KINDS = "attribute == 'kind' and origin == '(all)' and measure == 'words'"
_SHARE = (
    "estimate~lo~hi=share",
    "?unknown=share unknown",
    "most=at most, with the unknown",
    "documents=documents with such a source",
)


def _counts(*key: str, live: bool = True) -> tuple[Link, ...]:
    """Return the links of n, total and documents of source_shares by the columns in which the rows of a view differ."""
    sides = (("total", "total", ""), ("documents", "documents", "documents"))
    of = (Link(column, "quote_sources", key, (*key, "side"), (side,), unit, live=True) for column, side, unit in sides)
    return (Link("n", "quote_sources", key, live=live), *of)


_COMPARED = ("attribute", "value", "measure")
_MEASURED = ("attribute", "value", "group", "measure")

VOICES = Outline(
    "voices",
    "Who gets to speak",
    "Who is quoted, by kind of source: politician, official, expert, citizen and so on, as the texts describe a "
    "speaker and never by a name. Of 300 speakers in US political news who were given a kind, 83% were given the right "
    "one (95% interval 78% to 88%), and of 150 in news from many countries 89% (81% to 93%), by the labels of language "
    "models. Of those who have a kind, 63% (57% to 68%) and 66% (58% to 73%) were given it, so read each share beside "
    "the share unknown. Documents that repeat an earlier one are left out.",
    (
        (
            "kinds",
            View(
                "source_shares",
                "Kinds of source in each group of documents, by attributed words",
                ("group", "value=kind of source", "n=words", "total=of", *_SHARE),
                _counts("value", "group"),
                order=("group",),
                where=f"{_OF_KINDS} and group != '(all)'",
                name="kinds-data",
                bare=20,
                note="A row is a kind of source in one group: its share of the words that the group attributes to "
                "anyone. What differs by more than chance is in the table of differences, below.",
            ),
        ),
    ),
    (
        View(
            "source_shares",
            "Kinds of source, by attributed words",
            ("value=kind of source", "n=words", "total=of", *_SHARE),
            _counts("value", live=False),
            where=f"{_OF_KINDS} and group == '(all)'",
            least=11,
            note="A row is a kind of source: its share of all attributed words, and the most that it could be if "
            "every unknown source were of that kind. The words lead to the statements.",
        ),
        View(
            "source_shares",
            "Attributes of your table of known sources, by attributed words",
            ("?attribute", "group", "value", "n=words", "total=of", *_SHARE),
            _counts("attribute", "value", "group"),
            where="attribute != 'kind' and measure == 'words' and origin == '(all)'",
            name="attributes",
            bare=10,
            note="A row is a value that you gave to speakers in your table of known sources, in one group. Speakers "
            "without an entry there are unknown.",
        ),
        View(
            "source_contrasts",
            "What differs between groups of documents, and between own reporting and wire copy (adjusted p below 0.05)",
            (
                "?attribute", "value=source", "measure", "group", "other=compared with", "share",
                "share_other=share there", "estimate~lo~hi=difference",
                "q=adjusted p (Benjamini-Hochberg)",
            ),
            (
                Link("share", "quote_sources", (*_COMPARED, "group"), unit="share", live=True),
                Link("share_other", "quote_sources", (*_COMPARED, "other", "group"), (*_COMPARED, "group", "but"),
                     unit="share", live=True),
            ),
            order=("q",),
            where="q < 0.05",
            bare=10,
            note="A row is a share that differs after correction for the number of comparisons. Where the interval "
            "holds 0 all the same, documents are few: take the row as a lead to follow, not as a finding.",
        ),
        View(
            "refusals",
            "Who would not speak: refusals and silence, over all documents and in each group",
            ("group", "speaker", "n=refusals", "documents", "doc_id=document", "sentence=first sentence"),
            (
                Link("speaker", "quotes", ("speaker",), live=True),
                Link("n", "refusals", ("group", "speaker"), live=True),
                Link("documents", "refusals", ("group", "speaker"), unit="documents", live=True),
            ),
            bare=10,
            note="A row is a speaker who declined to comment or did not answer, over all documents, marked (all), or "
            "in one group. Read the sentence before you count it.",
        ),
    ),
    (
        View(
            "source_shares",
            "First sources of a document, and sources in its first quarter",
            ("?attribute", "group", "value=source", "measure", "n", "total=of", *_SHARE),
            _counts(*_MEASURED),
            where="measure in ['first', 'early'] and origin == '(all)'",
            name="prominence",
            bare=10,
            note="A row is a kind of source in one group: among the first sources of documents (first), or among the "
            "statements in their first quarter (early). Whoever comes first often sets the terms of a story.",
        ),
        View(
            "source_shares",
            "The stance of cues: said (neutral), claimed (doubting), pointed out (endorsing); the rest is in no list",
            ("?attribute", "group", "value=source", "measure=stance", "n=statements", "total=of those with a cue",
             "estimate~lo~hi=share"),
            _counts(*_MEASURED, live=False)[:2],
            where="measure in ['doubting', 'endorsing', 'neutral'] and origin == '(all)' and total > 0",
            order=("measure",),
            name="stances",
            bare=10,
            note="A row is a kind of source in one group: how often the cue of its statements is neutral, doubting or "
            "endorsing. Cues in none of the lists make up the rest.",
        ),
        View(
            "source_shares",
            "Own reporting and wire copy apart, by attributed words",
            ("?attribute", "origin", "group", "value=source", "n=words", "total=of", *_SHARE),
            _counts("attribute", "value", "group", "origin"),
            where="measure == 'words' and origin != '(all)'",
            name="origins",
            bare=10,
            note="A row is a kind of source in one group, apart for an outlet's own reporting and for copy of a news "
            "agency. Where they differ, the group's mix of the two explains part of its share.",
        ),
        View(
            "source_diversity",
            "How many kinds speak: effective number, and evenness (1: all have equally many words)",
            ("?attribute", "group", "n_documents=documents", "n_values=kinds", "estimate~lo~hi=effective number",
             "evenness", "?unknown=share unknown"),
            (
                Link("n_documents", "documents of a group", ("group",), ("value", "of"), ("sources",),
                     "documents", live=True),
                Link("n_values", "quote_sources", ("attribute", "group"), unit="values", live=True),
            ),
            note="A row is a group of documents. An effective number of 4 means as much variety as four kinds with "
            "equally many words; evenness is 1 where all its kinds have equally many.",
        ),
        View(
            "quote_sources",
            "Statements with kind of source and stance of the cue (filter by a kind to see its statements)",
            ("kind", "stance", "speaker", "words", "words_direct=of them quoted", "doc_id=document", "sentence"),
            order=("doc_id", "quote"),
            bare=5,
            marks="sources",
            note="A row is a statement, with the kind of its source and the stance of its cue. Filter by a kind to "
            "read its statements.",
        ),
        View(
            "document_origins",
            "Wire copy: documents credited to an agency, or shared by outlets",
            ("doc_id=document", "agency", "evidence"),
            where="origin == 'wire'",
            bare=10,
            note="A row is a document, with the agency that it credits and how that was seen. Remove wire copy from "
            "your corpus if you study an outlet's own choices.",
        ),
        View(
            "source_problems",
            "Rows of your table of known sources that do not count",
            ("row", "code=problem", "message=what to do"),
            note="A row is a line of your table of known sources that was not used. Mend it and run again.",
        ),
    ),
    "No statement was attributed to anyone in these documents.",
)  # fmt: skip
