"""Valence of sentences by VADER (table valence): how positive or negative the words are, not opinions about anybody.

Hutto, C. J. & Gilbert, E. (2014). VADER: a parsimonious rule-based model for sentiment analysis of social media text.
ICWSM 8, 216-225. It was made for social media; for newspaper editorials its authors report a correlation of .49 with
human ratings (table 4), so differences between a few sentences mean nothing.
"""

from collections.abc import Iterable
from typing import Any

from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

from scripts.core.annotation import Doc, docs_of, read_annotations
from scripts.core.kept import document_keys, write_tables
from scripts.core.options import path_options
from scripts.core.sample import sample_annotations
from scripts.core.schemas import arrow_schema
from scripts.core.storage import read_by_document, rows_to_table, write_parquet

# VADER takes quadratic time for a text with "but"; anything with more tokens than this is not a sentence anyway.
_LONGEST = 1_000
_SCORES = {"compound": "compound", "positive": "pos", "neutral": "neu", "negative": "neg"}


def valence(docs: Iterable[Doc]) -> list[dict[str, Any]]:
    """Return the rows of the table valence, one for each sentence; sentences of over 1,000 tokens have no scores."""
    analyzer = SentimentIntensityAnalyzer()
    rows = []
    for doc in docs:
        for number, sentence in enumerate(doc.sentences):
            row: dict[str, Any] = {"doc_id": doc.doc_id, "sentence": number, **dict.fromkeys(_SCORES)}
            if sentence.last - sentence.first <= _LONGEST:
                text = doc.text[sentence.start : sentence.end].replace("\u2018", "'").replace("\u2019", "'")
                scores = analyzer.polarity_scores(text)
                row |= {column: scores[key] + 0.0 for column, key in _SCORES.items()}  # 0 for -0
            rows.append(row)
    return rows


def main() -> None:
    """Read the documents and sentences of a batch; write the valence of each sentence in English documents."""
    options = path_options(main.__doc__, "documents", "sentences", "tokens", "settings", "output", "problems")
    languages = read_by_document(options.documents, "language")
    english = [doc_id for doc_id, language in languages.items() if language in ("en", "und")]
    batch = read_annotations(options.documents, options.sentences, options.tokens)
    problems = write_tables(
        "valence",
        document_keys(options.settings.read_bytes(), english, batch),
        {options.output: arrow_schema("valence")},
        lambda chosen: (rows_to_table("valence", valence(docs_of(batch, chosen))),),
        sample=lambda: valence(docs_of(sample_annotations())),
    )
    write_parquet(options.problems, problems)
