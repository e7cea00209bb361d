"""Section on the documents: texts that were read, and problems of the seeds."""

from scripts.report import derived
from scripts.report.outlines.outline import Outline
from scripts.report.tables import Link, View

_TIMELINE = View(
    "documents",
    "Documents by date",
    ("period=published", "published=documents"),
    (Link("published", "documents of a group", ("period",), ("value", "by"), ("period",), "documents", live=True),),
    rows=derived.documents_by_period,
    name="timeline-data",
)

DOCUMENTS = Outline(
    "documents",
    "Documents",
    "What was read; each name leads to the text with quotes, names and frames marked.",
    (("timeline", _TIMELINE),),
    (
        View(
            "documents",
            "All documents, the longest first",
            ("doc_id=title", "seed=file", "?outlet", "?date", "?language", "n_paragraphs=paragraphs",
             "n_sentences=sentences", "n_words=words", "?encoding", "duplicate_of=repeats"),
            (Link("n_words", "documents of a group", ("doc_id",), ("value", "by"), ("doc_id",), "words", live=True),),
            order=("-n_words", "doc_id"),
        ),
    ),
    (
        View(
            "near_duplicates",
            "Documents that share much of their wording, such as versions of a wire story",
            ("doc_id=document", "other", "cluster=first of the group", "estimate~lo~hi=shared wording"),
        ),
        View(
            "readability",
            "How hard the documents are to read",
            ("doc_id=document", "n_words=words", "n_sentences=sentences", "n_complex=words of 3+ syllables",
             "flesch=Flesch", "flesch_kincaid=Flesch-Kincaid", "gunning_fog=Gunning fog"),
            order=("-n_words", "doc_id"),
        ),
        View(
            "diversity",
            "How varied their words are",
            ("doc_id=document", "n_words=words", "n_types=different words", "mattr=MATTR", "mtld=MTLD", "hdd=HD-D",
             "yule_k=Yule's K"),
            order=("-n_words", "doc_id"),
        ),
        View(
            "tf_idf",
            "Words that set each document off from the others, the most telling first (tf-idf; in brackets, how often)",
            ("doc_id=document", "word=words"),
            rows=derived.characteristic_words,
            nothing="Words that set a document off need other documents to compare it with.",
        ),
        View(
            "similarity",
            "Documents that are most alike in their words (cosine of tf-idf: 0 nothing in common, 1 the same words)",
            ("doc_id=document", "other", "estimate=similarity"),
            rows=derived.similar_pairs,
            nothing="How alike documents are needs two of them.",
        ),
    ),
    "No document was read.",
)  # fmt: skip

PROBLEMS = Outline(
    "problems",
    "Problems",
    "What was wrong with the seeds, and what to do about it. Everything else was analysed.",
    (),
    (
        View(
            "problems",
            "Each problem with its file",
            ("seed", "severity", "code=kind", "message=what is wrong, what to do", "offset=at byte", "stage=step"),
        ),
    ),
    (),
    "Nothing was wrong with any seed.",
)
