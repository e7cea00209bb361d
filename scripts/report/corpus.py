"""The whole corpus for the page: texts as numbers of vocabulary entries, and what was found in them as spans of tokens.

An entry of the vocabulary is a token with the white space before it, and its lemma; so the text of a document is the
concatenation of its entries, and a word is looked up once in the vocabulary and then as numbers. Documents are split
into parts of some hundred thousand tokens, each a block of its own; positions of tokens count from the part's first.
"""

from collections import defaultdict
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from scripts.core.anchors import document_anchor
from scripts.core.annotation import text_sha256
from scripts.core.encoded import read_encoded
from scripts.core.storage import arrow_schema, read_parquet
from scripts.entities.corpus_names import Names, renamed
from scripts.report.payload import Column, block, coded, signed, steps, texts, whole

Ints = NDArray[np.int64]
PART_TOKENS = 400_000
# Numbers below these take one and two bytes.
_ONE_BYTE, _TWO_BYTES = 128, 16_384
_FLAG_WORD, _FLAG_STOP = 1, 2


class Tokens(NamedTuple):
    """All tokens in the order of the documents, as parallel arrays: number of the document, of the sentence in the
    document, characters in the text, number of the entry in `vocabulary`."""

    document: Ints
    sentence: Ints
    start: Ints
    entry: Ints
    vocabulary: pd.DataFrame


class Corpus(NamedTuple):
    """The corpus as blocks: one with documents, vocabulary and names, and the parts with the texts; the names in their
    order."""

    shared: bytes
    parts: list[bytes]
    names: list[str]


def corpus_blocks(folder: Path, names: Names, groups: dict[str, list[str]], settings: dict[str, Any]) -> Corpus:
    """Return the tables documents, sentences, tokens, quotes, entities and frame_codes in `folder` as blocks.

    `names` are the names over all documents (`read_names`), `groups` the value of each document in each way to group
    them, `settings` those of how words are counted (unit, pattern, window).
    """
    documents = read_parquet(folder / "documents.parquet").to_pandas()
    tokens = _tokens(folder, documents)
    sentences = _rows(folder, "sentences", ["doc_id", "paragraph", "first", "last"])
    marks = _Marks(folder, names, documents["doc_id"], tokens)
    order = pd.Index(documents["doc_id"])
    sentence_document = order.get_indexer(sentences["doc_id"])
    bounds = _part_bounds(np.bincount(tokens.document, minlength=len(documents)))
    parts = [_part(first, last, documents, tokens, sentences, sentence_document, marks) for first, last in bounds]
    shared = {
        "entry": texts(tokens.vocabulary["text"].tolist()),
        "lemma": texts(tokens.vocabulary["lemma"].tolist()),
        "norm": texts(tokens.vocabulary["norm"].tolist()),
        "gap": whole(tokens.vocabulary["gap"].str.len()),
        "flags": whole(tokens.vocabulary["flags"]),
        "doc_id": texts(documents["doc_id"].tolist()),
        "anchor": texts([document_anchor(doc_id) for doc_id in documents["doc_id"]]),
        "text_sha256": texts([text_sha256(text) for text in documents["text"]]),
        "title": texts(documents["title"].fillna("").tolist()),
        "outlet": coded(documents["outlet"].fillna("").tolist()),
        "date": coded(documents["date"].fillna("").tolist()),
        "n_words": whole(documents["n_words"]),
        "n_sentences": whole(documents["n_sentences"]),
        **{f"list {name}": texts(values) for name, values in marks.lists.items()},
        **{f"group {name}": coded(values) for name, values in groups.items()},
    }
    facts = {"parts": [last - first for first, last in bounds], "words": settings}
    return Corpus(block(shared, facts), parts, marks.lists["names"])


def _rows(folder: Path, name: str, columns: list[str]) -> pd.DataFrame:
    path = folder / f"{name}.parquet"
    if path.exists():
        return read_encoded(path, columns)
    return arrow_schema(name).empty_table().select(columns).to_pandas()


def _part_bounds(counts: Ints) -> list[tuple[int, int]]:
    """Return the first document of each part and the one after its last, for documents of so many tokens."""
    bounds, first, tokens = [], 0, 0
    for number, count in enumerate(counts.tolist()):
        if tokens and tokens + count > PART_TOKENS:
            bounds.append((first, number))
            first, tokens = number, 0
        tokens += count
    return [*bounds, (first, len(counts))] if len(counts) else []


def _tokens(folder: Path, documents: pd.DataFrame) -> Tokens:
    rows = _rows(
        folder, "tokens", ["doc_id", "sentence", "start", "end", "text", "norm", "lemma", "is_word", "is_stop"]
    )
    document = pd.Index(documents["doc_id"]).get_indexer(rows["doc_id"])
    start, end = rows["start"].to_numpy(np.int64), rows["end"].to_numpy(np.int64)
    gap, gaps = _gaps(documents["text"].tolist(), document, start, end)
    codes = [rows[name].astype("category").cat for name in ("text", "lemma")]
    key = gap
    for column in codes:
        key = key * (len(column.categories) + 1) + column.codes.to_numpy(np.int64) + 1
    first, entry, counts = np.unique(key, return_index=True, return_inverse=True, return_counts=True)[1:]
    kinds = rows.iloc[first]
    vocabulary = pd.DataFrame(
        {
            "surface": kinds["text"].astype(str).to_numpy(object),
            "gap": np.array(gaps, object)[gap[first]] if len(first) else np.array([], object),
            "lemma": kinds["lemma"].astype(object).fillna("").to_numpy(object),
            "norm": kinds["norm"].astype(str).to_numpy(object),
            "flags": kinds["is_word"].to_numpy(int) * _FLAG_WORD + kinds["is_stop"].to_numpy(int) * _FLAG_STOP,
            "count": counts,
        }
    )
    vocabulary["text"] = vocabulary["gap"] + vocabulary["surface"]
    lower = vocabulary["surface"].str.lower()
    # The page makes these itself where they are the token in small letters.
    vocabulary["norm"] = vocabulary["norm"].where(vocabulary["norm"] != lower, "")
    vocabulary["lemma"] = vocabulary["lemma"].where(vocabulary["lemma"] != lower, "=")
    order = tiered_order(counts, vocabulary["text"], vocabulary["lemma"])
    place = np.empty(len(counts), np.int64)
    place[order] = np.arange(len(counts))
    return Tokens(
        document,
        rows["sentence"].to_numpy(np.int64),
        start,
        place[entry.ravel()],
        vocabulary.iloc[order].reset_index(drop=True),
    )


def tiered_order(counts: NDArray[np.integer[Any]], *keys: ArrayLike) -> Ints:
    """Return the order of texts in which the frequent ones get the short numbers, and neighbours look alike.

    Those whose numbers take one byte come first, then those of two bytes, then the others, each by the alphabet of
    their `keys`.
    """
    columns = [np.asarray(key, str) for key in reversed(keys)]
    rank = np.empty(len(counts), np.int64)
    rank[np.lexsort((*columns, -counts))] = np.arange(len(counts))
    return np.lexsort((*columns, np.digitize(rank, [_ONE_BYTE, _TWO_BYTES])))


def _gaps(texts_: list[str], document: Ints, start: Ints, end: Ints) -> tuple[Ints, list[str]]:
    """Return for each token the number of the white space before it, and the list of these."""
    previous = np.concatenate([[0], end[:-1]]) if len(end) else end
    new = np.ones(len(document), bool)
    np.not_equal(document[1:], document[:-1], out=new[1:])
    previous = np.where(new, 0, previous)
    numbers = {"": 0, " ": 1}
    gap = np.zeros(len(document), np.int64)
    for at in np.flatnonzero(start > previous).tolist():
        space = texts_[document[at]][previous[at] : start[at]]
        gap[at] = numbers.setdefault(space, len(numbers))
    return gap, list(numbers)


class _Marks:
    """Quotes, mentions and cues of frames as numbers: of tokens, and of names in the lists of the corpus."""

    def __init__(self, folder: Path, names: Names, doc_ids: pd.Series, tokens: Tokens) -> None:
        self.lists: dict[str, list[str]] = {}
        self.sparse: dict[str, dict[str, Ints]] = {}
        self._order = pd.Index(doc_ids.tolist())
        self._starts = (tokens.document << 32) + tokens.start
        quotes = read_parquet(folder / "quotes.parquet").to_pandas()
        codes = renamed(read_frame_codes(folder), names)
        mentions = _read_mentions(folder)
        own = _own_speakers(quotes, names, mentions)
        speakers, entities = (own[own != quotes["speaker"]], mentions["own"][mentions["own"] != mentions["entity"]])
        self._number_names("names", quotes["speaker"], codes["speaker"], mentions["entity"], speakers, entities)
        self._number_names("corrected_by", quotes["corrected_by"], mentions["corrected_by"])
        self.quotes = self._quotes(quotes)
        self.codes = self._codes(codes)
        self.mentions = self._mentions(mentions)
        for kind, rows, changed in (("quote", quotes, speakers), ("mention", mentions, entities)):
            self._keep(f"{kind} own", rows, changed.index, self._numbers("names", changed))
            corrected = rows["corrected_by"][rows["corrected_by"].fillna("") != ""]
            self._keep(f"{kind} corrected", rows, corrected.index, self._numbers("corrected_by", corrected))
        silent = np.flatnonzero(self.quotes["pieces"] == 0)
        self._keep("silent", quotes, silent, self.quotes["first"][silent])

    def _keep(self, name: str, rows: pd.DataFrame, at: ArrayLike, values: Ints) -> None:
        """Keep values that few rows have, with the numbers of these rows and of their documents."""
        numbers = np.asarray(at, np.int64)
        document = self._order.get_indexer(rows["doc_id"].to_numpy()[numbers]).astype(np.int64)
        self.sparse[name] = {"document": document, "row": numbers, "value": values}

    def _number_names(self, name: str, *columns: pd.Series) -> None:
        """Number the values of columns, the most frequent first."""
        counts = pd.concat([column.fillna("").astype(str) for column in columns]).value_counts()
        values = np.array(counts.index, object)
        self.lists[name] = values[tiered_order(counts.to_numpy(), values)].tolist()

    def _numbers(self, name: str, column: pd.Series) -> Ints:
        return pd.Index(self.lists[name]).get_indexer(pd.Index(column.fillna("").astype(str))).astype(np.int64)

    def _spans(self, document: Ints, start: Ints, end: Ints) -> tuple[Ints, Ints]:
        """Return the first token of each span of characters, counted through the corpus, and how many tokens it has."""
        first = np.searchsorted(self._starts, (document << 32) + start, "right") - 1
        last = np.searchsorted(self._starts, (document << 32) + end, "left")
        return np.maximum(first, 0), np.maximum(last - first, 0)

    def _quotes(self, rows: pd.DataFrame) -> dict[str, Ints]:
        document = self._order.get_indexer(rows["doc_id"]).astype(np.int64)
        spans = rows["content_spans"].tolist()
        pieces = np.array([len(each) for each in spans], np.int64)
        flat = np.array([bound for each in spans for span in each for bound in span], np.int64).reshape(-1, 2)
        first, length = self._spans(np.repeat(document, pieces), flat[:, 0], flat[:, 1])
        offsets = np.cumsum(pieces) - pieces
        columns = {
            "document": document,
            "pieces": pieces,
            "first": np.append(first, 0)[offsets],
            "piece_offset": offsets,
            "words": rows["n_words"].to_numpy(np.int64),
            "quoted": rows["n_quoted"].to_numpy(np.int64),
            "sure": np.rint(100 * rows["confidence"].fillna(0).to_numpy()).astype(np.int64),
        }
        for name in ("type", "speaker_type", "role", "rule"):
            self._number_names(name, rows[name])
            columns[name] = self._numbers(name, rows[name])
        columns["speaker"] = self._numbers("names", rows["speaker"])
        for name in ("cue", "source"):
            there = rows[f"{name}_start"].notna().to_numpy()
            bounds = (rows[f"{name}_{side}"].fillna(0).to_numpy(np.int64) for side in ("start", "end"))
            at, size = self._spans(document, *bounds)
            if name == "cue":
                # Of a refusal to speak, which has no content, the cue is the place.
                columns["first"] = np.where(pieces == 0, at, columns["first"])
            columns[f"{name}_first"] = np.where(there, at - columns["first"], 0)
            columns[f"{name}_length"] = np.where(there, size, 0)
        self.piece_first, self.piece_length = first, length
        return columns

    def _codes(self, rows: pd.DataFrame) -> dict[str, Ints]:
        document = self._order.get_indexer(rows["doc_id"]).astype(np.int64)
        first, length = self._spans(document, rows["start"].to_numpy(np.int64), rows["end"].to_numpy(np.int64))
        pattern = rows["scheme"].astype(str) + "\x1f" + rows["frame"].astype(str) + "\x1f" + rows["term"].astype(str)
        self._number_names("pattern", pattern)
        return {
            "document": document,
            "first": first,
            "length": length,
            "pattern": self._numbers("pattern", pattern),
            "negated": rows["negated"].to_numpy(np.int64),
            "speaker": self._numbers("names", rows["speaker"]),
        }

    def _mentions(self, rows: pd.DataFrame) -> dict[str, Ints]:
        document = self._order.get_indexer(rows["doc_id"]).astype(np.int64)
        first, length = self._spans(document, rows["start"].to_numpy(np.int64), rows["end"].to_numpy(np.int64))
        self._number_names("label", rows["label"])
        return {
            "document": document,
            "first": first,
            "length": length,
            "name": self._numbers("names", rows["entity"]),
            "label": self._numbers("label", rows["label"]),
        }


def _read_mentions(folder: Path) -> pd.DataFrame:
    """Return the table entities with names over all documents, and after the label the kind of what has such a name.

    `own` is the name within the document. Dates, sums and the like keep the name in their document, and have no kind.
    """
    keys = ["doc_id", "mention"]
    rows = _rows(folder, "entities", [*keys, "start", "end", "label", "entity", "corrected_by"])
    named = _rows(folder, "entity_mentions", [*keys, "kind", "name"])
    rows = rows.astype({"doc_id": str, "entity": str, "label": str, "corrected_by": str})
    rows = rows.merge(named.astype({"doc_id": str, "name": str, "kind": str}), on=keys, how="left")
    kind = rows["kind"].fillna("")
    own = rows["entity"]
    return rows.assign(own=own, entity=rows["name"].fillna(own), label=rows["label"] + "\x1f" + kind)


def _own_speakers(quotes: pd.DataFrame, names: Names, mentions: pd.DataFrame) -> pd.Series:
    """Return the speakers of quotes, which have names over all documents, by their names within the document.

    Where several names of the document became one, that of the mention that the source stands for is taken, else the
    first by the alphabet.
    """
    merged: dict[tuple[str, str], set[str]] = defaultdict(set)
    for (doc_id, name), corpus_name in names.items():
        merged[doc_id, corpus_name].add(name)
    same = mentions[mentions["own"] == mentions["entity"]]
    for key in merged.keys() & set(zip(same["doc_id"], same["own"], strict=True)):
        merged[key].add(key[1])
    at = dict(zip(zip(mentions["doc_id"], mentions["start"], strict=True), mentions["own"], strict=True))
    own = []
    for doc_id, speaker, start in zip(quotes["doc_id"], quotes["speaker"], quotes["ref_start"], strict=True):
        candidates = merged.get((doc_id, speaker), {speaker})
        own.append(at[doc_id, start] if at.get((doc_id, start)) in candidates else min(candidates))
    return pd.Series(own, quotes.index, dtype=object)


def read_frame_codes(folder: Path) -> pd.DataFrame:
    """Return the table frame_codes, without rows where there is none."""
    path = folder / "frame_codes.parquet"
    return (read_parquet(path) if path.exists() else arrow_schema("frame_codes").empty_table()).to_pandas()


def _part(
    first: int,
    last: int,
    documents: pd.DataFrame,
    tokens: Tokens,
    sentences: pd.DataFrame,
    sentence_document: Ints,
    marks: _Marks,
) -> bytes:
    """Return documents `first` to before `last` as a block."""
    begin, end = np.searchsorted(tokens.document, [first, last])
    rows = sentences.iloc[slice(*np.searchsorted(sentence_document, [first, last]))]
    document = sentence_document[slice(*np.searchsorted(sentence_document, [first, last]))]
    paragraph = rows["paragraph"].to_numpy(np.int64)
    new = np.diff(document, prepend=-1) != 0
    columns: dict[str, Column] = {
        "sentences": whole(np.bincount(document - first, minlength=last - first)),
        "lengths": whole(rows["last"].to_numpy(np.int64) - rows["first"].to_numpy(np.int64)),
        "paragraphs": whole(np.where(new, 0, np.maximum(np.diff(paragraph, prepend=0), 0))),
        "tokens": whole(tokens.entry[begin:end]),
    }
    quotes, pieces = _of_documents(marks.quotes, first, last)
    if len(quotes["document"]):
        pieces = slice(int(quotes["piece_offset"][0]), int(quotes["piece_offset"][-1] + quotes["pieces"][-1]))
    columns["quote pieces"] = whole(quotes["pieces"])
    columns["piece first"] = steps(marks.piece_first[pieces] - begin)
    columns["piece length"] = whole(marks.piece_length[pieces])
    for name in ("type", "speaker", "speaker_type", "role", "rule", "words", "quoted", "sure"):
        columns[f"quote {name}"] = whole(quotes[name])
    for name in ("cue_first", "source_first"):
        columns[f"quote {name}"] = signed(quotes[name])
    for name in ("cue_length", "source_length"):
        columns[f"quote {name}"] = whole(quotes[name])
    for kind, rows_, names in (
        ("mention", marks.mentions, ("length", "name", "label")),
        ("code", marks.codes, ("length", "pattern", "negated", "speaker")),
    ):
        chosen, _ = _of_documents(rows_, first, last)
        columns[f"{kind} first"] = steps(chosen["first"] - begin)
        for name in names:
            columns[f"{kind} {name}"] = whole(chosen[name])
    before = {
        "quote": np.searchsorted(marks.quotes["document"], first),
        "mention": np.searchsorted(marks.mentions["document"], first),
    }
    for name, values in marks.sparse.items():
        chosen, _ = _of_documents(values, first, last)
        columns[f"{name} row"] = steps(chosen["row"] - before["mention" if name.startswith("mention") else "quote"])
        columns[f"{name} value"] = whole(chosen["value"] - (begin if name == "silent" else 0))
    return block(columns, {"document": first})


def _of_documents(columns: dict[str, Ints], first: int, last: int) -> tuple[dict[str, Ints], slice]:
    """Return the rows of documents `first` to before `last`, and where they stand."""
    rows = slice(*np.searchsorted(columns["document"], [first, last]))
    return {name: values[rows] for name, values in columns.items()}, rows
