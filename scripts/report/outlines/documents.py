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
    note="A row is a day, a month or a year with its documents. Documents without a date are not in it.",
)

DOCUMENTS = Outline(
    "documents",
    "Documents",
    "What was read. Each title leads to the text, with quotes, names and frames marked.",
    (("timeline", _TIMELINE),),
    (
        View(
            "documents",
            "All documents, the longest first",
            ("doc_id=title", "seed=file", "?outlet", "?date", "?language", "n_paragraphs=paragraphs",
             "n_sentences=sentences", "n_words=words", "?encoding", "duplicate_of=repeats"),
            (Link("n_words", "documents of a group", ("doc_id",), ("value", "by"), ("doc_id",), "words", live=True),),
            order=("-n_words", "doc_id"),
            note="A row is a document. Its title opens the text, with quotes, names and frames marked.",
        ),
    ),
    (
        View(
            "near_duplicates",
            "Documents that share much of their wording, such as versions of a wire story",
            ("doc_id=document", "other", "cluster=first of the group", "estimate~lo~hi=shared wording"),
            note="A row is a document and another whose wording it shares. Decide whether both belong in your corpus.",
        ),
        View(
            "readability",
            "How hard the documents are to read",
            ("doc_id=document", "n_words=words", "n_sentences=sentences", "n_complex=words of 3+ syllables",
             "flesch=Flesch", "flesch_kincaid=Flesch-Kincaid", "gunning_fog=Gunning fog"),
            order=("-n_words", "doc_id"),
            note="A row is a document. Flesch falls and the two grades rise as words and sentences get longer; they "
            "say nothing of how clear the text is.",
        ),
        View(
            "diversity",
            "How varied their words are",
            ("doc_id=document", "n_words=words", "n_types=different words", "mattr=MATTR", "mtld=MTLD", "hdd=HD-D",
             "yule_k=Yule's K"),
            order=("-n_words", "doc_id"),
            note="A row is a document. MATTR, MTLD and HD-D rise with variety and Yule's K falls with it; unlike the "
            "count of different words, they can be compared between texts of different length.",
        ),
        View(
            "tf_idf",
            "Words that set each document off from the others, the most telling first (tf-idf)",
            ("doc_id=document", "word=words"),
            rows=derived.characteristic_words,
            nothing="Words that set a document off need other documents to compare it with.",
            note="A row is a document. In brackets is how often it has the word.",
        ),
        View(
            "similarity",
            "Documents that are most alike in their words (cosine of tf-idf)",
            ("doc_id=document", "other", "estimate=similarity"),
            rows=derived.similar_pairs,
            nothing="How alike documents are needs two of them.",
            note="A row is two documents. Similarity is 1 where they use the same words equally often, and 0 where "
            "they share none.",
        ),
    ),
    "No document was read.",
)  # fmt: skip

PROBLEMS = Outline(
    "problems",
    "Problems",
    "What was wrong with the files that you put in, and what to do about it. Everything else was analysed.",
    (),
    (
        View(
            "problems",
            "Each problem with its file",
            ("seed", "severity", "code=kind", "message=what is wrong, what to do", "offset=at byte", "stage=step"),
            note="A row is something that was wrong with a file, and what to do about it. A note needs nothing from "
            "you.",
        ),
    ),
    (),
    "Nothing was wrong with any file.",
)
