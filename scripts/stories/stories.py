"""Stories: articles about one event, over outlets and days. Makes the tables stories and story_documents.

Articles are joined by the words, names, numbers and quotes that they share, and by their dates if these are known
(`story_vectors`, `maths.linkage`), provided that they share enough that others lack (`own_words`). A document that
repeats an earlier one belongs to that one's story but plays no part in forming it. A story is named after its earliest
article, so an added article renames a story only if it becomes its first.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date as Date
from itertools import chain
from pathlib import Path
from tempfile import TemporaryFile
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from scripts.core.boilerplate import in_boilerplate, left_out_places
from scripts.core.options import path_options
from scripts.core.storage import (
    document_blocks,
    first_seen,
    open_parquet,
    open_table,
    read_parquet,
    read_settings,
    rows_to_table,
)
from scripts.core.tables import write_table
from scripts.core.text_values import looked_up
from scripts.core.types import Row
from scripts.core.visible import shortened
from scripts.maths.linkage import Rows, average_linkage
from scripts.maths.ranking import by_frequency
from scripts.maths.tuples import count_rows
from scripts.stories.own_words import LEAST, story_test
from scripts.stories.story_vectors import (
    BLOCKS,
    COLUMNS,
    SCALE,
    Cells,
    cells,
    frequencies_of,
    read_stored,
    stored,
    vectors,
    without_terms,
)

# A shared quote counts as much as a name that occurs twice in a text.
_QUOTED = 4
# The most names and words that describe a story; each occurs in at least half of its articles.
_NAMES, _WORDS = 6, 8
_TITLE = 120  # characters
_AT_A_TIME = 1_000  # documents
_DOCUMENT = ["doc_id", "date", "outlet", "title", "duplicate_of", "text"]


class Article(NamedTuple):
    """An article; "" marks an unknown value, and the original of an article that repeats none.

    `row` is the number of its vector, -1 if it repeats another article.
    """

    doc_id: str
    date: str
    outlet: str
    title: str
    original: str
    row: int


class Vectors(NamedTuple):
    """Vectors of articles, and their words by number; the first `families` are not words but families of quotes."""

    rows: Rows
    words: pa.Array
    families: int


def read_articles(path: Path) -> pa.Table:
    """Return the documents of a table documents as rows of `Article`, by date, undated ones last.

    A document without a title gets its first line as one. Only a few texts are in memory at a time.
    """
    names = [*Article._fields[:-1]]
    parts = [pa.schema([(name, pa.string()) for name in names]).empty_table()]
    for rows in open_parquet(path).iter_batches(_AT_A_TIME, columns=_DOCUMENT, use_threads=False):
        titles = [
            shortened(title or next(iter((text or "").strip().splitlines()), "").rstrip(".;,:"), _TITLE)
            for title, text in zip(rows["title"].to_pylist(), rows["text"].to_pylist(), strict=True)
        ]
        columns = [pc.fill_null(rows[name], "") for name in ("doc_id", "date", "outlet", "duplicate_of")]
        parts.append(pa.table([*columns[:3], pa.array(titles, pa.string()), columns[3]], names))
    return by_date(pa.concat_tables(parts))


def by_date(articles: pa.Table) -> pa.Table:
    """Return articles by date, undated ones last, with the numbers of their vectors."""
    dates = pc.if_else(pc.equal(articles["date"], ""), None, articles["date"])
    keys = [("date", "ascending"), ("doc_id", "ascending")]
    articles = articles.take(pc.sort_indices(pa.table({"date": dates, "doc_id": articles["doc_id"]}), keys))
    is_original = pc.equal(articles["original"], "")
    row = pc.subtract(pc.cumulative_sum(is_original.cast(pa.int32())), 1)
    return articles.append_column("row", pc.if_else(is_original, row, -1))


def originals_of(articles: pa.Table) -> pa.Table:
    """Return the articles that repeat no other, in the order of their vectors."""
    return articles.filter(pc.equal(articles["original"], ""))


def day_of(date: str) -> int | None:
    """Return the number of the day of a date in ISO 8601, None if the date has no day.

    >>> day_of("2020-01-02T10:00") - day_of("2020-01-01"), day_of("2020-01")
    (1, None)
    """
    try:
        return Date.fromisoformat(date[:10]).toordinal()
    except ValueError:
        return None


def _quoted(reuse: pa.Table, articles: pa.Table) -> Cells:
    """Return the families of quotes in articles as terms, in the order of the articles."""
    document = pc.index_in(reuse["doc_id"], articles["doc_id"])
    family = reuse["family"].filter(pc.is_valid(document)).to_numpy()
    document = document.drop_null().to_numpy()
    (document, family), _ = count_rows([document, family], [len(articles), 1 + int(np.max(family, initial=0))])
    return Cells(document, family * BLOCKS, np.full(len(document), _QUOTED))


def article_vectors(blocks: Iterable[pa.Table], reuse: pa.Table, articles: pa.Table) -> Vectors:
    """Return the vectors of articles, in their order.

    `blocks` are the rows of the table tokens, whole documents at a time; `reuse` is the table quote_reuse. Terms wait
    in a temporary file until all frequencies are known, so that only the vectors, of bounded length, are in memory.
    """
    place = {doc_id: at for at, doc_id in enumerate(articles["doc_id"].to_pylist())}
    families = 1 + (pc.max(reuse["family"]).as_py() or 0)
    known = {f"family {number}": number for number in range(families)}
    quoted = _quoted(reuse, articles)

    outlets = pa.array(sorted({*articles["outlet"].unique().to_pylist()} - {""}), pa.string())
    outlet = pc.fill_null(pc.index_in(articles["outlet"], outlets), -1).to_numpy().astype(np.int64)
    with TemporaryFile() as file:
        frequencies = frequencies_of(stored((cells(block, place, known, quoted) for block in blocks), file), outlet)
        words = [*known]
        # Families, then words by the alphabet: the order in which words are met changes with other articles.
        order = sorted(range(len(words)), key=lambda at: words[at] if at >= families else "")
        of_outlets = (without_terms(part, outlet, frequencies.house) for part in read_stored(file))
        rows = vectors(of_outlets, words, frequencies, np.argsort(order))
        return Vectors(rows, pa.array([words[at] for at in order], pa.string()), families)


def find_stories(articles: pa.Table, rows: Rows) -> list[list[int]]:
    """Return the stories of two or more articles, each as the row numbers of its articles, in order."""
    days = looked_up(originals_of(articles.select(["date", "original"]))["date"], day_of, object).tolist()
    names = pc.if_else(pc.equal(articles["original"], ""), articles["doc_id"], articles["original"]).combine_chunks()
    names = names.dictionary_encode()
    name = names.indices.to_numpy()
    of_originals = name[articles["row"].to_numpy() >= 0]
    story_of = np.arange(len(names.dictionary))
    for members in average_linkage(rows, days, least=LEAST * SCALE**2, fits=story_test(rows, days)):
        story_of[of_originals[members]] = of_originals[members[0]]
    story = story_of[name]
    order = np.argsort(story, kind="stable")
    order = order[np.bincount(story)[story[order]] > 1]
    parts = np.split(order, np.flatnonzero(np.diff(story[order])) + 1)
    return [part.tolist() for part in parts if len(part)]


class _Sums(NamedTuple):
    """The summed vector of a story's originals, how many have each column, and each one's similarity to the others."""

    total: Counter[int]
    documents: Counter[int]
    likeness: dict[str, float]


def _sums(story: Sequence[Article], rows: Rows) -> _Sums:
    total, documents = Counter[int](), Counter[int]()
    own = {}
    for article in story:
        if article.row >= 0:
            part = slice(rows.bounds[article.row], rows.bounds[article.row + 1])
            own[article.doc_id] = dict(zip(rows.column[part].tolist(), rows.value[part].tolist(), strict=True))
            total.update(own[article.doc_id])
            documents.update([*own[article.doc_id]])
    likeness = {
        doc_id: sum(value * (total[column] - value) for column, value in vector.items())
        / (SCALE**2 * max(1, len(own) - 1))
        for doc_id, vector in own.items()
    }
    return _Sums(total, documents, likeness)


def _words(sums: _Sums, vectors: Vectors, names: Iterable[str]) -> list[str]:
    """Return the words of greatest weight that half of a story's articles have, except words of its names."""
    named = {word for name in names for word in name.lower().split()}
    least = max(2, len(sums.likeness) / 2)
    words = {
        vectors.words[column // BLOCKS].as_py(): weight
        for column, weight in sums.total.items()
        if not column % BLOCKS and column >= vectors.families * BLOCKS and sums.documents[column] >= least
    }
    return [word for word in by_frequency(words) if word not in named][:_WORDS]


def _story_row(story: Sequence[Article], central: Article, names: Sequence[str], words: Sequence[str]) -> Row:
    dates = [article.date[:10] for article in story if article.date]
    outlets = sorted({article.outlet for article in story} - {""})
    return {
        "story": story[0].doc_id,
        "title": central.title,
        "first": min(dates, default=""),
        "last": max(dates, default=""),
        "documents": len(story),
        "n_outlets": len(outlets),
        "outlets": "; ".join(outlets),
        "names": "; ".join(names),
        "words": ", ".join(words),
        "doc_id": central.doc_id,
    }


def story_tables(
    stories: Iterable[Sequence[int]],
    articles: pa.Table,
    vectors: Vectors,
    names: Mapping[str, Collection[str]],
) -> tuple[list[Row], list[Row]]:
    """Return the rows of stories, largest first, and of story_documents; `names` has the names in each document."""
    rows, members = [], []
    for numbers in stories:
        columns = (column.to_pylist() for column in articles.take(numbers).columns)
        story = [*map(Article._make, zip(*columns, strict=True))]
        sums = _sums(story, vectors.rows)
        central = max(reversed(story), key=lambda article: sums.likeness.get(article.doc_id, -1.0))
        counts = Counter(name for article in story for name in names.get(article.doc_id, ()))
        shared = [name for name in by_frequency(counts) if 2 * counts[name] >= len(story)][:_NAMES]
        words = _words(sums, vectors, shared)
        rows.append(_story_row(story, central, shared, words))
        for article in story:
            likeness = sums.likeness.get(article.original or article.doc_id)
            members.append(
                {
                    **{name: getattr(article, name) for name in ("doc_id", "date", "outlet", "title")},
                    "story": story[0].doc_id,
                    "distance": None if likeness is None or len(sums.likeness) < 2 else round(1 - likeness, 4),
                    "central": article is central,
                    "repeats": article.original,
                }
            )
    rows.sort(key=lambda row: (-row["documents"], -row["n_outlets"], row["first"], row["story"]))
    order = {row["story"]: at for at, row in enumerate(rows)}
    return rows, sorted(members, key=lambda row: (order[row["story"]], not row["date"], row["date"], row["doc_id"]))


def read_names(path: Path, doc_ids: pa.ChunkedArray) -> dict[str, list[str]]:
    """Return the names in each of the documents `doc_ids`, from a table entities_documents."""
    rows = read_parquet(path, ["doc_id", "name"], dictionaries=["doc_id", "name"]).unify_dictionaries()
    rows = rows.filter(pc.is_in(rows["doc_id"], doc_ids))
    arrays = map(first_seen, rows.columns)
    # Equal texts become the same object.
    texts = (map(array.dictionary.to_pylist().__getitem__, array.indices.to_pylist()) for array in arrays)
    names: dict[str, list[str]] = defaultdict(list)
    for doc_id, name in zip(*texts, strict=True):
        names[doc_id].append(name)
    return names


def main() -> None:
    """Write the tables stories and story_documents from the tables in a folder."""
    options = path_options(main.__doc__, "settings", "folder")
    folder: Path = options.folder
    articles = read_articles(folder / "documents.parquet")
    reuse = read_parquet(folder / "quote_reuse.parquet", ["family", "doc_id"])
    files = open_table(folder / "tokens.parquet", dictionaries=["doc_id", "norm", "pos"])
    places = left_out_places(folder)

    blocks = (rows.filter(pc.invert(in_boilerplate(rows, places))) for rows in document_blocks(files, COLUMNS))
    made = article_vectors(blocks, reuse, originals_of(articles.select(["doc_id", "outlet", "original"])))
    stories = find_stories(articles, made.rows)
    doc_ids = articles["doc_id"].take(pa.array(chain.from_iterable(stories), pa.int64()))
    names = read_names(folder / "entities_documents.parquet", doc_ids)
    limits = read_settings(options.settings)["tables"]
    for name, rows in zip(("stories", "story_documents"), story_tables(stories, articles, made, names), strict=True):
        write_table(folder, name, rows_to_table(name, rows), **limits)
