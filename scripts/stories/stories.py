"""Stories: articles about one event, over outlets and days. Makes the tables stories and story_documents.

Articles are joined by their words, names, numbers, the quotes that they have in common, and their dates where these are
known (`story_vectors`, `maths.linkage`), where they have enough that others have not (`own_words`). A document that
repeats an earlier one belongs to the story of that one and has no say in it. A story is called as its earliest article,
so an added article changes no name but of a story whose first article it is.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date as Date
from itertools import chain
from pathlib import Path
from sys import intern
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from scripts.core.arrays import Ints
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
from scripts.core.types import Row
from scripts.core.visible import shortened
from scripts.maths.linkage import Rows, average_linkage
from scripts.maths.ranking import by_frequency
from scripts.maths.tuples import count_rows, distinct, ranges
from scripts.stories.own_words import LEAST, story_test
from scripts.stories.story_vectors import (
    BLOCKS,
    COLUMNS,
    SCALE,
    Cells,
    cells,
    frequencies_of,
    house_words,
    summed,
    vectors,
    without_terms,
)

# A quote in common counts as often as a name that stands in a text twice.
_QUOTED = 4
# Names and words that a story is told by stand in half of its articles; so many of each.
_NAMES, _WORDS = 6, 8
_TITLE = 120  # characters
_AT_A_TIME = 1_000  # documents
_ARTICLE = ["doc_id", "date", "outlet", "title", "duplicate_of", "text"]


class Article(NamedTuple):
    """An article; "" stands for what is not known, and for the original of one that repeats none."""

    doc_id: str
    date: str
    outlet: str
    title: str
    original: str


class Vectors(NamedTuple):
    """Vectors of articles, and the words by their numbers; the first are no words but families of quotes."""

    rows: Rows
    words: list[str]
    families: int


def read_articles(path: Path) -> list[Article]:
    """Return the documents of a table documents, by date, those without one last; a lacking title is the first line.

    Texts are in memory a few at a time.
    """
    articles = []
    for rows in open_parquet(path).iter_batches(_AT_A_TIME, columns=_ARTICLE, use_threads=False):
        for row in rows.to_pylist():
            title = row["title"] or next(iter((row["text"] or "").strip().splitlines()), "")
            date, outlet = intern(row["date"] or ""), intern(row["outlet"] or "")
            articles.append(Article(row["doc_id"], date, outlet, shortened(title, _TITLE), row["duplicate_of"] or ""))
    return sorted(articles, key=lambda article: (not article.date, article.date, article.doc_id))


def day_of(date: str) -> int | None:
    """Return the number of the day of a date in ISO 8601; None where the date has no day.

    >>> day_of("2020-01-02T10:00") - day_of("2020-01-01"), day_of("2020-01")
    (1, None)
    """
    try:
        return Date.fromisoformat(date[:10]).toordinal()
    except ValueError:
        return None


def _quoted(reuse: pa.Table, articles: Sequence[Article]) -> Cells:
    """Return the families of quotes, as terms, of articles, in their order."""
    document = pc.index_in(reuse["doc_id"], pa.array([article.doc_id for article in articles], pa.string()))
    family = reuse["family"].filter(pc.is_valid(document)).to_numpy()
    document = document.drop_null().to_numpy()
    (document, family), _ = count_rows([document, family], [len(articles), 1 + int(np.max(family, initial=0))])
    return Cells(document, family * BLOCKS, np.full(len(document), _QUOTED))


def _of_documents(cells_of_all: Cells, document: Ints) -> Cells:
    """Return the cells of documents (numbers that may repeat) from cells in the order of documents."""
    numbers = distinct(document)
    first, last = (np.searchsorted(cells_of_all.document, numbers, side) for side in ("left", "right"))
    at = ranges(first, last - first)
    return Cells(*(array[at] for array in cells_of_all))


def article_vectors(blocks: Callable[[], Iterable[pa.Table]], reuse: pa.Table, articles: Sequence[Article]) -> Vectors:
    """Return the vectors of articles, in their order.

    `blocks` gives the rows of the table tokens, whole documents at a time, and is called twice: for the frequencies of
    words, and for the vectors. So what is in memory are the vectors, of bounded length. `reuse` is quote_reuse.
    """
    place = {article.doc_id: at for at, article in enumerate(articles)}
    families = 1 + (pc.max(reuse["family"]).as_py() or 0)
    known = {f"family {number}": number for number in range(families)}
    quoted = _quoted(reuse, articles)

    def parts() -> Iterator[Cells]:
        for block in blocks():
            of_words = cells(block, place, known)
            yield summed(of_words, _of_documents(quoted, of_words.document))

    outlets = {name: at for at, name in enumerate(sorted({article.outlet for article in articles} - {""}))}
    outlet = np.array([outlets.get(article.outlet, -1) for article in articles], np.int64)
    frequencies = frequencies_of(parts(), outlet)
    house = house_words(frequencies)
    of_outlets = (without_terms(part, outlet, house) for part in parts())
    made = [*vectors(of_outlets, [*known], frequencies.documents, len(articles))]
    return Vectors(_in_order(made, len(articles)), [*known], families)


def _in_order(made: list[tuple[Ints, Rows]], documents: int) -> Rows:
    """Return the vectors of all documents in their order, from those of parts of them, which are used up."""
    n = np.zeros(documents, np.int64)
    for document, rows in made:
        n[document] = np.diff(rows.bounds)
    bounds = np.append(0, np.cumsum(n))
    column, value = np.zeros(bounds[-1], np.int32), np.zeros(bounds[-1], np.int16)
    while made:
        document, rows = made.pop()
        cell = ranges(bounds[document], n[document])
        column[cell], value[cell] = rows.column, rows.value
    return Rows(bounds, column, value)


def find_stories(articles: Sequence[Article], rows: Rows, place: Mapping[str, int]) -> list[list[Article]]:
    """Return the stories of two articles or more, each by date; `place` has the number of each article in `rows`."""
    originals = [article for article in articles if article.doc_id in place]
    days = [day_of(article.date) for article in originals]
    story_of: dict[str, str] = {}
    for members in average_linkage(rows, days, least=LEAST * SCALE**2, fits=story_test(rows, days)):
        story_of |= dict.fromkeys((originals[at].doc_id for at in members), originals[members[0]].doc_id)
    stories: dict[str, list[Article]] = defaultdict(list)
    for article in articles:
        original = article.original or article.doc_id
        stories[story_of.get(original, original)].append(article)
    return [story for story in stories.values() if len(story) > 1]


class _Sums(NamedTuple):
    """The summed vector of a story's originals, with the mean similarity of each to the others of the story."""

    total: dict[int, int]
    likeness: dict[str, float]


def _sums(story: Sequence[Article], rows: Rows, place: Mapping[str, int]) -> _Sums:
    total: Counter[int] = Counter()
    own = {}
    for article in story:
        if (at := place.get(article.doc_id)) is not None:
            part = slice(rows.bounds[at], rows.bounds[at + 1])
            own[article.doc_id] = dict(zip(rows.column[part].tolist(), rows.value[part].tolist(), strict=True))
            total.update(own[article.doc_id])
    likeness = {
        doc_id: sum(value * (total[column] - value) for column, value in vector.items())
        / (SCALE**2 * max(1, len(own) - 1))
        for doc_id, vector in own.items()
    }
    return _Sums(total, likeness)


def _words(sums: _Sums, vectors: Vectors, names: Iterable[str], documents: Mapping[int, int]) -> list[str]:
    """Return the words of most weight in a story that half of its articles have, without those of its names."""
    named = {word for name in names for word in name.lower().split()}
    least = max(2, len(sums.likeness) / 2)
    words = {
        vectors.words[column // BLOCKS]: weight
        for column, weight in sums.total.items()
        if not column % BLOCKS and column >= vectors.families * BLOCKS and documents[column] >= least
    }
    return [word for word in by_frequency(words) if word not in named][:_WORDS]


def _columns_of(story: Sequence[Article], rows: Rows, place: Mapping[str, int]) -> Counter[int]:
    """Return in how many articles of a story each column stands."""
    at = [place[article.doc_id] for article in story if article.doc_id in place]
    return Counter(chain.from_iterable(rows.column[rows.bounds[row] : rows.bounds[row + 1]].tolist() for row in at))


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
    stories: Iterable[Sequence[Article]],
    vectors: Vectors,
    place: Mapping[str, int],
    names: Mapping[str, Collection[str]],
) -> tuple[list[Row], list[Row]]:
    """Return the rows of stories, those of most articles first, and of story_documents.

    `names` are those that each document has by the name over all documents.
    """
    rows, members = [], []
    for story in stories:
        sums = _sums(story, vectors.rows, place)
        central = max(reversed(story), key=lambda article: sums.likeness.get(article.doc_id, -1.0))
        counts = Counter(name for article in story for name in names.get(article.doc_id, ()))
        shared = [name for name in by_frequency(counts) if 2 * counts[name] >= len(story)][:_NAMES]
        words = _words(sums, vectors, shared, _columns_of(story, vectors.rows, place))
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


def read_names(path: Path, doc_ids: Collection[str]) -> dict[str, list[str]]:
    """Return the names that each of some documents has, from a table entities_documents."""
    rows = read_parquet(path, ["doc_id", "name"], dictionaries=["doc_id", "name"]).unify_dictionaries()
    rows = rows.filter(pc.is_in(rows["doc_id"], pa.array(sorted(doc_ids), pa.string())))
    names: dict[str, list[str]] = defaultdict(list)
    for doc_id, name in zip(*map(_shared_texts, rows.columns), strict=True):
        names[doc_id].append(name)
    return names


def _shared_texts(column: pa.ChunkedArray) -> Iterator[str]:
    """Return the texts of an encoded column, the same object for the same text."""
    array = first_seen(column)
    return map(array.dictionary.to_pylist().__getitem__, array.indices.to_pylist())


def main() -> None:
    """Write the tables stories and story_documents from the tables in a folder."""
    options = path_options(main.__doc__, "settings", "folder")
    folder: Path = options.folder
    articles = read_articles(folder / "documents.parquet")
    originals = [article for article in articles if not article.original]
    place = {article.doc_id: at for at, article in enumerate(originals)}
    reuse = read_parquet(folder / "quote_reuse.parquet", ["family", "doc_id"])
    files = open_table(folder / "tokens.parquet", dictionaries=["norm", "pos"])
    places = left_out_places(folder)

    def blocks() -> Iterator[pa.Table]:
        for rows in document_blocks(files, COLUMNS):
            yield rows.filter(pc.invert(in_boilerplate(rows, places)))

    made = article_vectors(blocks, reuse, originals)
    stories = find_stories(articles, made.rows, place)
    doc_ids = {article.doc_id for story in stories for article in story}
    names = read_names(folder / "entities_documents.parquet", doc_ids)
    for name, rows in zip(("stories", "story_documents"), story_tables(stories, made, place, names), strict=True):
        write_table(folder, name, rows_to_table(name, rows), **read_settings(options.settings)["tables"])


if __name__ == "__main__":
    main()
