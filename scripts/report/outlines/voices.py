"""Section on who gets to speak: kinds of source by group, the stance of their cues, wire copy, refusals."""

from scripts.report.outlines.outline import Outline
from scripts.report.tables import Link, View

_OF_KINDS = "attribute == 'kind' and origin == '(all)' and measure == 'words'"
_SHARE = (
    "estimate~lo~hi=share",
    "unknown=share unknown",
    "most=at most, with all unknown",
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
    "Kinds of source, by what the texts say of them and never by a name. Where a kind was told, it was right in 83 of "
    "100 cases (95% interval 78 to 88) among 300 speakers of US political news, in 89 (81 to 93) among 150 of news "
    "from many countries, by labels of language models; of 100 that have a kind it was told rightly for 63 (57 to 68) "
    "and 66 (58 to 73). Read each share beside that of the unknown, and beside what it is at most if all unknown are "
    "of the kind. Documents that repeat an earlier one are left out.",
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
        ),
        View(
            "source_shares",
            "Attributes of your table of known sources, by attributed words",
            ("?attribute", "group", "value", "n=words", "total=of", *_SHARE),
            _counts("attribute", "value", "group"),
            where="attribute != 'kind' and measure == 'words' and origin == '(all)'",
            name="attributes",
            bare=10,
        ),
        View(
            "source_contrasts",
            "What differs between groups of documents, and between own reporting and wire copy (adjusted p below 0.05)",
            (
                "?attribute", "value=source", "measure", "group", "other=compared with", "share",
                "share_other=share there", "estimate~lo~hi=difference in percentage points",
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
        ),
        View(
            "refusals",
            "Who would not speak, over all documents and in each group: refusals and silence have no words",
            ("group", "speaker", "n=refusals", "documents", "doc_id=document", "sentence=first"),
            (
                Link("speaker", "quotes", ("speaker",), live=True),
                Link("n", "refusals", ("group", "speaker"), live=True),
                Link("documents", "refusals", ("group", "speaker"), unit="documents", live=True),
            ),
            bare=10,
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
        ),
        View(
            "source_shares",
            "Own reporting and wire copy apart, by attributed words",
            ("?attribute", "origin", "group", "value=source", "n=words", "total=of", *_SHARE),
            _counts("attribute", "value", "group", "origin"),
            where="measure == 'words' and origin != '(all)'",
            name="origins",
            bare=10,
        ),
        View(
            "source_diversity",
            "How many kinds speak: effective number, and evenness (1: all have equally many words)",
            ("?attribute", "group", "n_documents=documents", "n_values=kinds", "estimate~lo~hi=effective number",
             "evenness", "unknown=share unknown"),
            (
                Link("n_documents", "documents of a group", ("group",), ("value", "of"), ("sources",),
                     "documents", live=True),
                Link("n_values", "quote_sources", ("attribute", "group"), unit="values", live=True),
            ),
        ),
        View(
            "quote_sources",
            "Statements with kind of source and stance of the cue (filter by a kind to see its statements)",
            ("kind", "stance", "speaker", "words", "words_direct=of them quoted", "doc_id=document", "sentence"),
            order=("doc_id", "quote"),
            bare=5,
            marks="sources",
        ),
        View(
            "document_origins",
            "Wire copy: documents credited to an agency, or shared by outlets",
            ("doc_id=document", "agency", "evidence"),
            where="origin == 'wire'",
            bare=10,
        ),
        View(
            "source_problems",
            "Rows of your table of known sources that do not count",
            ("row", "code=problem", "message=what to do"),
        ),
    ),
    "No statement was attributed to anyone in these documents.",
)  # fmt: skip
