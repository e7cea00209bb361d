"""The whole corpus as blocks for the page: texts as numbers of vocabulary entries, and marks as spans of tokens.

Documents are split into parts of at most PART_TOKENS tokens (if no single document has more), each in a block of its
own; token positions count from the first token of the part.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from scripts.core.anchors import document_anchor
from scripts.core.annotation import text_sha256
from scripts.core.arrays import Ints
from scripts.core.boilerplate import counted_sizes
from scripts.core.storage import read_parquet
from scripts.report.corpus import layout
from scripts.report.corpus.marks import Marks, marks_of, read_marks
from scripts.report.corpus.sources import document_uses, shown_values
from scripts.report.corpus.tokens import Tokens, counted_words, position_of, read_rows, read_tokens
from scripts.report.corpus.topics import read_stories
from scripts.report.payload import Column, block, coded, differences, signed, texts, unsigned

PART_TOKENS = 400_000


class Corpus(NamedTuple):
    """The corpus as blocks: `shared` has documents, vocabulary and names, `parts` have the texts. `names` are the names
    in their order, `words` the word that each vocabulary entry is counted as."""

    shared: bytes
    parts: list[bytes]
    names: list[str]
    words: list[str]


def _part_bounds(counts: Ints) -> list[tuple[int, int]]:
    """Return for each part its first document and the one after its last; `counts` are the tokens of each document."""
    bounds, first, tokens = [], 0, 0
    for number, count in enumerate(counts.tolist()):
        if tokens and tokens + count > PART_TOKENS:
            bounds.append((first, number))
            first, tokens = number, 0
        tokens += count
    return [*bounds, (first, len(counts))] if len(counts) else []


class CorpusAnnotations(NamedTuple):
    """Documents with their annotations.

    `sentence_document` has the number of each sentence's document, `uses` the bits of the counts that each document is
    part of (layout.USES), and `groups` each document's group in each way of grouping them.
    """

    documents: pd.DataFrame
    sentences: pd.DataFrame
    sentence_document: Ints
    tokens: Tokens
    marks: Marks
    uses: Ints
    groups: dict[str, list[str]]


def of_documents(corpus: CorpusAnnotations, first: int, last: int) -> CorpusAnnotations:
    """Return documents `first` to before `last`, with documents and tokens counted from 0; other numbers stay."""
    tokens = corpus.tokens
    begin, end = np.searchsorted(tokens.position, position_of(np.array([first, last])))
    own = slice(*np.searchsorted(corpus.sentence_document, [first, last]))
    return CorpusAnnotations(
        corpus.documents.iloc[first:last],
        corpus.sentences.iloc[own],
        corpus.sentence_document[own] - first,
        Tokens(tokens.position[begin:end] - position_of(first), tokens.entry[begin:end], tokens.vocabulary),
        marks_of(corpus.marks, first, last, int(begin)),
        corpus.uses[first:last],
        {name: values[first:last] for name, values in corpus.groups.items()},
    )


def _part(corpus: CorpusAnnotations, first: int) -> bytes:
    """Return the documents of a part as a block; `first` is the number of its first document in the whole corpus."""
    rows, document, marks = corpus.sentences, corpus.sentence_document, corpus.marks
    paragraph = rows["paragraph"].to_numpy(np.int64)
    new = np.diff(document, prepend=-1) != 0
    sentences = np.bincount(document, minlength=len(corpus.documents))
    columns: dict[str, Column] = {
        "sentences": unsigned(sentences),
        "lengths": unsigned(rows["last"].to_numpy(np.int64) - rows["first"].to_numpy(np.int64)),
        "paragraphs": unsigned(np.where(new, 0, np.maximum(np.diff(paragraph, prepend=0), 0))),
        "tokens": unsigned(corpus.tokens.entry),
        "quote pieces": unsigned(marks.quotes["pieces"]),
        "piece first": differences(marks.pieces["first"]),
        "piece length": unsigned(marks.pieces["length"]),
    }
    values = [name for name in marks.quotes if name.startswith(layout.VALUE)]
    columns |= {f"quote {name}": unsigned(marks.quotes[name]) for name in (*layout.QUOTE_NUMBERS, *values)}
    columns |= {f"quote {name}": signed(marks.quotes[name]) for name in layout.QUOTE_OFFSETS}
    columns |= {f"quote {name}": unsigned(marks.quotes[name]) for name in layout.QUOTE_LENGTHS}
    columns["mention first"] = differences(marks.mentions["first"])
    columns |= {f"mention {name}": unsigned(marks.mentions[name]) for name in layout.MENTION_NUMBERS}
    columns["code first"] = differences(marks.codes["first"])
    columns |= {f"code {name}": unsigned(marks.codes[name]) for name in layout.CODE_NUMBERS}
    for name, few in marks.sparse.items():
        columns |= {f"{name} row": differences(few["row"]), f"{name} value": unsigned(few["value"])}
    silent = np.flatnonzero(marks.quotes["pieces"] == 0)
    columns |= {"silent row": differences(silent), "silent value": unsigned(marks.quotes["first"][silent])}
    if marks.topics.names:
        hits, before = marks.topics.hits, np.concatenate([[0], np.cumsum(sentences)])
        columns |= {
            "topic of": unsigned(hits["topic"]),
            "topic sentence": differences(before[hits["document"]] + hits["sentence"].to_numpy()),
            # Statements are counted from 1; 0 is none.
            "topic statement": unsigned(hits["statement"] + 1),
        }
    return block(columns, {"document": first})


def read_corpus_annotations(
    folder: Path,
    groups: dict[str, list[str]],
    settings: dict[str, Any],
    values: Mapping[str, list[str]],
) -> CorpusAnnotations:
    """Return the tables documents, sentences, tokens, quotes, entities and frame_codes in `folder`.

    `groups` has each document's group in each way of grouping them, `settings` are those for counting words (unit,
    other_languages, window, stop_words), `values` are the values of source attributes that `source_rows` takes.
    """
    documents = counted_sizes(read_parquet(folder / "documents.parquet"), folder).to_pandas()
    tokens = read_tokens(folder, documents, settings)
    sentences = read_rows(folder, "sentences", ["doc_id", "paragraph", "first", "last"])
    marks = read_marks(folder, documents["doc_id"], tokens, values)
    sentence_document = pd.Index(documents["doc_id"]).get_indexer(sentences["doc_id"])
    masks = document_uses(folder, documents["doc_id"])
    uses = masks[[*layout.USES]].to_numpy(np.int64) @ np.array([*layout.USES.values()], np.int64)
    return CorpusAnnotations(documents, sentences, sentence_document, tokens, marks, uses, groups)


def first_tokens(corpus: CorpusAnnotations) -> Ints:
    """Return the number of the first token of each document, and then the number of all tokens."""
    return np.searchsorted(corpus.tokens.position, position_of(np.arange(len(corpus.documents) + 1)))


def corpus_blocks(
    folder: Path, groups: dict[str, list[str]], settings: dict[str, Any], statistics: dict[str, Any]
) -> Corpus:
    """Return the corpus in a folder of tables as blocks.

    `statistics` are what the page needs for its own statistics: the settings `bootstrap` and `keyness`, and the frame
    `scheme` it counts. The other arguments are those of `read_corpus_annotations`."""
    corpus = read_corpus_annotations(folder, groups, settings, shown_values(folder))
    bounds = _part_bounds(np.diff(first_tokens(corpus)))
    topics, stories = corpus.marks.topics, read_stories(folder, pd.Index(corpus.documents["doc_id"]))
    columns: dict[str, Column] = {}
    if topics.names:
        columns |= {
            "list topic": texts(topics.names),
            "topic of": unsigned(topics.documents["topic"]),
            "topic document": unsigned(topics.documents["document"]),
        }
    if stories.names:
        columns |= {"list story": texts(stories.names), "list story title": texts(stories.titles)}
        columns["story"] = unsigned(stories.of_document + 1)  # 0 is no story
    return packed(corpus, bounds, columns, {"words": settings, "statistics": statistics})


def packed(
    corpus: CorpusAnnotations, bounds: list[tuple[int, int]], stories: dict[str, Column], facts: dict[str, Any]
) -> Corpus:
    """Return a corpus as blocks; each pair in `bounds` is the first document of a part and the one after its last.

    `stories` are columns of topics and stories, `facts` the settings of words and statistics."""
    documents, marks, vocabulary = corpus.documents, corpus.marks, corpus.tokens.vocabulary
    parts = [_part(of_documents(corpus, first, last), first) for first, last in bounds]
    shared = {
        "entry": texts(vocabulary["text"].tolist()),
        "lemma": texts(vocabulary["lemma"].tolist()),
        "norm": texts(vocabulary["norm"].tolist()),
        "gap": unsigned(vocabulary["gap"].str.len()),
        "flags": unsigned(vocabulary["flags"]),
        # The names that have at least one statement.
        "speaking": unsigned(np.unique(marks.quotes["speaker"][marks.quotes["pieces"] > 0])),
        "doc_id": texts(documents["doc_id"].tolist()),
        "anchor": texts([document_anchor(doc_id) for doc_id in documents["doc_id"]]),
        "text_sha256": texts([text_sha256(text) for text in documents["text"]]),
        "title": texts(documents["title"].fillna("").tolist()),
        "outlet": coded(documents["outlet"].fillna("").tolist()),
        "date": coded(documents["date"].fillna("").tolist()),
        "n_words": unsigned(documents["n_words"]),
        "n_sentences": unsigned(documents["n_sentences"]),
        "uses": unsigned(corpus.uses),
        **{f"list {name}": texts(values) for name, values in marks.lists.items()},
        **stories,
        **{f"group {name}": coded(values) for name, values in corpus.groups.items()},
    }
    facts = {"parts": [last - first for first, last in bounds], **facts}
    words = counted_words(vocabulary, facts["words"]["unit"])
    return Corpus(block(shared, facts), parts, marks.lists["names"], words)
