"""The tables of a copy without texts: no cell has twelve consecutive words of an article.

Columns with whole articles are emptied, columns with quotations are cut after their first words, and of the metadata
only columns known to describe an article are kept. All other cells are compared with the articles, and passages from
these are cut; so are passages that continue in the next cell if the page shows the two side by side.
"""

import json
import re
import shutil
from collections.abc import Callable, Collection, Iterable, Iterator
from functools import partial
from itertools import chain
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from scripts.core.schemas import arrow_schema
from scripts.core.storage import open_parquet, parquet_writer, read_parquet
from scripts.core.tables import write_csv_of
from scripts.report.runs import (
    BETWEEN,
    RUN,
    SHORT,
    Runs,
    common,
    cut_runs,
    first_words,
    has_run,
    may_have_runs,
    runs_of,
)

# The table with all the words of the articles, which a copy does not have.
LEFT_OUT = "tokens"
_CONTEXT = ("left", "keyword", "right")
# Columns with words of articles, by table. A text in the first three tables may be a whole article (a coding can have
# any length); `marked` marks cuts and additions, which the report counts.
_QUOTING: dict[str, tuple[str, ...]] = {
    "documents": ("text", "metadata"), "sentences": ("text",), "project_codings": ("text",),
    "quotes": ("content",), "boilerplate": ("text",), "quote_families": ("text",), "quote_reuse": ("text", "marked"),
    "concordance": _CONTEXT,
}  # fmt: skip
_EMPTIED = ("documents", "sentences", "project_codings")
# Columns that the page shows side by side and that may be consecutive in an article: "We pay", "said", "the mayor of".
_SIDE_BY_SIDE: dict[str, tuple[str, ...]] = {"quotes": ("content", "cue", "source")}
# Metadata that contain no words of the article. Columns by which the user compares documents are allowed too.
_METADATA = frozenset(
    ["author", "column", "date_as_given", "doi", "edition", "id", "identifier", "issn", "issue", "length", "licence"]
    + ["license", "page", "pages", "place", "rights", "section", "series", "source", "subsection", "tags", "type"]
    + ["url", "volume", "word_count", "wordcount"]
)
_SHORTEST = RUN  # fewest characters of a text with a run, in a script without spaces
_MARKED_WORD = re.compile(r"^(\[-|\{\+)?.*?(-\]|\+\})?$")  # captures the marks at its beginning and end


def _strings(schema: pa.Schema) -> list[str]:
    return [field.name for field in schema if pa.types.is_string(field.type)]


def _blocks(path: Path) -> Iterator[pa.Table]:
    with open_parquet(path) as file:
        for number in range(file.num_row_groups):
            yield file.read_row_group(number, use_threads=False)


def _left_columns(name: str, schema: pa.Schema, allowed: Collection[str]) -> list[str]:
    """Return the columns of a table that a copy has."""
    if name != "documents":
        return schema.names
    own = arrow_schema(name).names
    return [column for column in schema.names if column in own or column in _METADATA or column in allowed]


def _long_texts(rows: pa.Table, columns: Iterable[str]) -> Iterator[str]:
    """Yield the distinct texts of columns that are long enough for a run."""
    for column in columns:
        texts = pc.unique(rows[column])
        yield from filter(may_have_runs, texts.filter(pc.greater_equal(pc.utf8_length(texts), _SHORTEST)).to_pylist())


def _cells(folder: Path, names: Iterable[str], allowed: Collection[str]) -> Iterator[str]:
    """Yield the texts of tables that a copy would show and that may have a run, except columns with quotations."""
    for name in names:
        for rows in _blocks(folder / f"{name}.parquet"):
            texts = {*_left_columns(name, rows.schema, allowed)} - {*_QUOTING.get(name, ())}
            yield from _long_texts(rows, [each for each in _strings(rows.schema) if each in texts])
            yield from filter(may_have_runs, _side_by_side(name, rows))
            if name == "documents":
                for text in _long_texts(rows, ["metadata"]):
                    yield from _chosen(text, allowed).values()


def _side_by_side(name: str, rows: pa.Table) -> list[str]:
    """Return for each row its side-by-side cells as one text; quotations in it are cut as in a copy."""
    cells = (
        map(first_words if column in _QUOTING[name] else str, rows[column].to_pylist())
        for column in _SIDE_BY_SIDE.get(name, ())
    )
    return [*map(BETWEEN.join, zip(*cells, strict=True))]


def _chosen(metadata: str, allowed: Collection[str]) -> dict[str, str]:
    """Return the entries of a document's metadata (a JSON object) that a copy keeps."""
    entries = json.loads(metadata)
    return {key: str(value) for key, value in entries.items() if key in _METADATA or key in allowed}


def _articles(folder: Path) -> Iterator[str]:
    """Yield the texts of the articles from the tables in a folder."""
    with open_parquet(folder / "documents.parquet") as file:
        for batch in file.iter_batches(64, columns=["text"], use_threads=False):
            yield from batch["text"].to_pylist()


def telling_names(folder: Path) -> list[str]:
    """Return the doc_ids and names of seeds in the tables of a folder that have a run of an article.

    They are not cut, since they are keys.
    """
    columns = (("documents", "doc_id"), ("documents", "seed"), ("problems", "seed"))
    cells = (read_parquet(folder / f"{table}.parquet", [column])[column].to_pylist() for table, column in columns)
    names = {*filter(None, chain.from_iterable(cells))}
    runs = runs_of_articles(folder, names)
    return sorted(name for name in names if has_run(name, runs))


def runs_of_articles(folder: Path, texts: Iterable[str]) -> Runs:
    """Return the runs that texts share with the articles; `folder` has the articles' tables."""
    return common(runs_of(texts), _articles(folder))


def shared_runs(folder: Path, names: Iterable[str], others: Iterable[str], allowed: Collection[str]) -> Runs:
    """Return the runs of articles that occur in cells of the tables in a folder, or in `others`."""
    cells = _cells(folder, (name for name in names if name != LEFT_OUT), allowed)
    return runs_of_articles(folder, chain(cells, others))


def _concordance(rows: pa.Table) -> pa.Table:
    """Return lines of the concordance cut to at most SHORT words in all, which is less than a run."""
    lines = []
    for left, keyword, right in zip(*(rows[column].to_pylist() for column in _CONTEXT), strict=True):
        word = first_words(keyword, SHORT)
        room = max(0, SHORT - len(word.split())) // 2
        before = left.split()[-room:] if room else []
        lines.append((first_words(" ".join(before), room), word, first_words(right, room)))
    for column, values in zip(_CONTEXT, zip(*lines, strict=True) if lines else ((), (), ()), strict=True):
        rows = _with(rows, column, values)
    return rows


def _hidden(marked: str) -> str:
    """Return a marked passage with an ellipsis for each word after the first SHORT, so that words can still be counted.

    >>> _hidden("a b c [-d-] e f g {+h i+} j")
    'a b c [-d-] e f g {+h …+} …'
    """
    words = marked.split()
    return " ".join([*words[:SHORT], *(_MARKED_WORD.sub(r"\1…\2", word) for word in words[SHORT:])])


def _with(rows: pa.Table, column: str, values: Iterable[str | None]) -> pa.Table:
    at = rows.column_names.index(column)
    return rows.set_column(at, rows.schema.field(at), pa.array(list(values), pa.string()))


def _changed(rows: pa.Table, column: str, change: Callable[[str], str]) -> pa.Table:
    """Return rows with the texts of a column changed; each distinct text is changed only once."""
    encoded = rows[column].combine_chunks().dictionary_encode()
    texts = pa.array(map(change, encoded.dictionary.to_pylist()), pa.string())
    return _with(rows, column, texts.take(encoded.indices).to_pylist())


def _reduced(name: str, rows: pa.Table, runs: Runs, allowed: Collection[str]) -> pa.Table:
    """Return rows of a table as a copy has them."""
    rows = rows.select(_left_columns(name, rows.schema, allowed))
    quoting = _QUOTING.get(name, ())
    for column in quoting:
        if column == "text" and name in _EMPTIED:
            rows = _with(rows, column, [""] * len(rows))
        elif column == "metadata":
            every = (_chosen(text, allowed) for text in rows[column].to_pylist())
            chosen = ({key: cut_runs(value, runs) for key, value in each.items()} for each in every)
            rows = _with(rows, column, [json.dumps(each, ensure_ascii=False, sort_keys=True) for each in chosen])
        elif column not in _CONTEXT:
            rows = _changed(rows, column, _hidden if column == "marked" else first_words)
    if name == "concordance":
        rows = _concordance(rows)
    beside = _side_by_side(name, rows)
    if any(has_run(text, runs) for text in beside):
        cells = zip(*(cut_runs(text, runs).split(BETWEEN) for text in beside), strict=True)
        for column, values in zip(_SIDE_BY_SIDE[name], cells, strict=True):
            rows = _with(rows, column, values)
    for column in _strings(rows.schema):
        is_done = column in ("doc_id", "seed", *quoting)
        if not is_done and any(has_run(text, runs) for text in _long_texts(rows, [column])):
            rows = _changed(rows, column, partial(cut_runs, runs=runs))
    return rows


def _link(source: Path, target: Path) -> None:
    """Put a file in another place: as a link, or as a copy if links need a permission that few users have (Windows)."""
    try:
        target.symlink_to(source.absolute())
    except OSError:
        shutil.copyfile(source, target)


def _is_shown_whole(name: str, path: Path, runs: Runs) -> bool:
    """Return whether a copy can have a table unchanged."""
    texts = (text for rows in _blocks(path) for text in _long_texts(rows, _strings(rows.schema)))
    return name not in _QUOTING and not any(has_run(text, runs) for text in texts)


def reduce_tables(
    folder: Path, target: Path, names: Iterable[str], runs: Runs, allowed: Collection[str], *, csv_max_rows: int
) -> list[str]:
    """Write the tables of a folder to `target` as a copy without texts has them, and return their names.

    `runs` is from `shared_runs`; `allowed` are the metadata columns by which the user compares documents.
    """
    left = [name for name in names if name != LEFT_OUT]
    for name in left:
        source, path = folder / f"{name}.parquet", target / f"{name}.parquet"
        if _is_shown_whole(name, source, runs):
            _link(source, path)
            _link(source.with_suffix(".csv"), path.with_suffix(".csv"))
            continue
        with open_parquet(source) as file:
            written = file.schema_arrow
        schema = pa.schema([written.field(column) for column in _left_columns(name, written, allowed)])
        with parquet_writer(path, schema) as out:
            for rows in _blocks(source):
                out.write_table(_reduced(name, rows, runs, allowed).cast(schema))
        write_csv_of(path, csv_max_rows=csv_max_rows)
    return left
