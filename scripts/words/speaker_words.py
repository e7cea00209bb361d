"""The table speaker_words: the key words of each leading speaker's statements against all other statements.

Additive: `part` counts the statements of some documents, `merge` adds up parts, `finish` makes the table of the sum. A
part is of the documents of a row group of tokens, so that memory does not grow with the tokens.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from scripts.core.encoded import as_table, numbers
from scripts.core.guard import rows_of
from scripts.core.lexicons import stop_words
from scripts.core.options import path_options
from scripts.core.statements import read_speech
from scripts.core.storage import document_blocks, open_table, read_parquet, read_settings
from scripts.core.tables import write_table
from scripts.maths.intervals import benjamini_hochberg, normal_p
from scripts.maths.keyness import log_odds_dirichlet
from scripts.maths.tuples import ranges
from scripts.quotes.leading import leading_speakers, read_spoken
from scripts.quotes.silence import NO_COMMENT
from scripts.words.counts import Words, read_words
from scripts.words.keyness import PRIOR

_TOKENS = ["doc_id", "sentence", "start", "norm", "lemma", "is_word"]
_QUOTES = ["doc_id", "type", "speaker", "content_spans", "n_words", "n_quoted"]


class Part(NamedTuple):
    """Words in the statements of some documents; all three add up over documents.

    `own` is how often each leading speaker says each word (index), and in how many documents: count, documents;
    `speakers` in how many documents each of them speaks; `words` is as `own` for all speakers together, by word.
    """

    own: pd.DataFrame
    speakers: pd.DataFrame
    words: pd.DataFrame


def spoken_words(quotes: pd.DataFrame, words: Words, start: np.ndarray) -> pd.DataFrame:
    """Return how often each speaker says each word in each document of a batch: speaker, doc_id, word, count.

    `quotes` is the table of that name, `start` the first character of each of `words` in its document. A word in two
    statements of one speaker, of which one stands in the other, counts once. Statements without a speaker are those of
    "".
    """
    statements = quotes[(quotes["type"] != NO_COMMENT) & quotes["doc_id"].isin(words.documents)]
    spans = pa.array(statements["content_spans"].tolist(), pa.list_(pa.list_(pa.int64())))
    quote = pc.list_parent_indices(spans).to_numpy()
    first, last = spans.flatten().flatten().to_numpy().reshape(-1, 2).T
    # Characters of all documents are laid end to end, each in a stretch of the same length, so that one search serves.
    stretch = 1 + int(max(start.max(initial=0), last.max(initial=0)))
    document = numbers(statements["doc_id"], pd.Index(words.documents))[quote]
    place = words.document * stretch + start
    begin, end = (np.searchsorted(place, document * stretch + edge) for edge in (first, last))
    codes, names = pd.factorize(statements["speaker"].fillna("").astype(str), sort=True)
    pairs = np.repeat(codes[quote], end - begin) * max(1, len(place)) + ranges(begin, end - begin)
    speaker, at = np.divmod(np.unique(pairs), max(1, len(place)))
    rows = pd.DataFrame({"speaker": speaker, "document": words.document[at], "word": words.word[at]})
    rows = rows.groupby(["speaker", "document", "word"]).size().rename("count").reset_index()
    return pd.DataFrame(
        {
            "speaker": names.to_numpy(object)[rows["speaker"]],
            "doc_id": np.array(words.documents, object)[rows["document"]],
            "word": np.array(words.vocabulary, object)[rows["word"]],
            "count": rows["count"],
        }
    )


def part(counts: pd.DataFrame, speakers: Sequence[str]) -> Part:
    """Return the part of some documents for the leading `speakers`; `counts` are their `spoken_words`."""
    mine = counts[counts["speaker"].isin(speakers)]
    own = mine.groupby(["speaker", "word"]).agg(count=("count", "sum"), documents=("doc_id", "size"))
    speaking = mine.groupby("speaker").agg(documents=("doc_id", "nunique"))
    of_word = counts.drop_duplicates(["doc_id", "word"]).groupby("word").size()
    return Part(own, speaking, counts.groupby("word").agg(count=("count", "sum")).assign(documents=of_word))


def merge(parts: Iterable[Part]) -> Part:
    """Return the sum of parts of different documents."""
    tables = (pd.concat(frames) for frames in zip(*parts, strict=True))
    return Part(*(table.groupby(level=[*range(table.index.nlevels)]).sum() for table in tables))


def finish(
    merged: Part,
    speakers: Sequence[str],
    *,
    stop: frozenset[str],
    min_count: int,
    min_documents: int,
    most: int,
) -> pd.DataFrame:
    """Return the table speaker_words: for each of `speakers` the `most` words that set the statements most apart.

    The log-odds have an informative Dirichlet prior, the shares of words in all statements (see
    `maths.keyness.log_odds_dirichlet`). Tested are all words but `stop` that occur `min_count` times in all statements
    together; q corrects for all tests of a speaker. Listed are words that the speaker says more often than others, in
    `min_documents` documents, or in all if the speaker is quoted in fewer.
    """
    size = int(merged.words["count"].sum())
    tested = merged.words[(merged.words["count"] >= min_count) & ~merged.words.index.isin(stop)]
    parts = []
    for speaker in speakers:
        mine = merged.own[merged.own.index.get_level_values("speaker") == speaker].droplevel("speaker")
        spoken = mine.reindex(tested.index, fill_value=0)
        count, spread = spoken["count"].to_numpy(), spoken["documents"].to_numpy()
        rest = tested["count"].to_numpy() - count
        n = int(mine["count"].sum())
        n_others = size - n
        prior = tested["count"].to_numpy() / max(1, size) * PRIOR
        log_odds, z = log_odds_dirichlet(count, rest, n - count, n_others - rest, prior=prior, prior_total=PRIOR)
        p = normal_p(z)
        rows = pd.DataFrame(
            {
                "speaker": speaker,
                "word": tested.index,
                "count": count,
                "count_others": rest,
                "n": n,
                "n_others": n_others,
                "documents": spread,
                "n_documents": merged.speakers["documents"].get(speaker, 0),
                "documents_all": tested["documents"].to_numpy(),
                "estimate": log_odds,
                "z": z,
                "p": p,
                "q": benjamini_hochberg(p) if n and n_others else np.nan,
            }
        )
        enough = rows["documents"] >= np.minimum(min_documents, rows["n_documents"])
        listed = rows[(rows["z"] > 0) & (rows["count"] > 0) & enough] if n and n_others else rows.head(0)
        parts.append(listed.sort_values(["z", "word"], ascending=[False, True]).head(most))
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame()


def _counts(
    quotes: pa.Table, blocks: Iterable[pa.Table], counted: Sequence[str], settings: Mapping[str, Any]
) -> Iterator[pd.DataFrame]:
    """Yield the `spoken_words` of each block of tokens, whole documents, of those documents that are in `counted`.

    `settings` is the section `words`.
    """
    doc_id = quotes["doc_id"].combine_chunks()
    for block in blocks:
        (tokens,) = rows_of(counted, block)
        doc_ids = tokens["doc_id"].unique()
        is_in_block = pc.is_in(doc_id.dictionary, doc_ids).take(doc_id.indices)
        statements = quotes.filter(is_in_block).to_pandas()
        renamed = tokens.rename_columns(["doc_id", "sentence", "start", "word", "lemma", "is_word"])
        words = read_words(
            pa.table({"doc_id": doc_ids}), renamed, renamed, unit=settings["unit"], pattern=settings["pattern"]
        )
        yield spoken_words(statements, words, tokens["start"].to_numpy()[words.row])


def main() -> None:
    """Write the table from the tables in a folder, as Parquet and CSV."""
    options = path_options(main.__doc__, "settings", "folder")
    folder: Path = options.folder
    settings = read_settings(options.settings)
    chosen = settings["words"]
    quotes = read_speech(folder / "quotes.parquet", _QUOTES, dictionaries=["doc_id", "type", "speaker"])
    speakers = leading_speakers(read_spoken(folder / "quotes.parquet"), settings["profiles"]["speakers"])
    # All whose words were counted: some documents are in another language, or failed.
    counted = sorted(read_parquet(folder / "readability.parquet", ["doc_id"])["doc_id"].to_pylist())
    blocks = document_blocks(open_table(folder / "tokens.parquet"), _TOKENS)
    merged = merge(part(rows, speakers) for rows in _counts(quotes, blocks, counted, chosen))
    limits = {name: settings["keyness"][name] for name in ("min_count", "min_documents")}
    rows = finish(merged, speakers, stop=stop_words(chosen), most=settings["profiles"]["words"], **limits)
    write_table(folder, "speaker_words", as_table("speaker_words", rows), **settings["tables"])


if __name__ == "__main__":
    main()
