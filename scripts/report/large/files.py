"""The files of a large corpus beside the page: of each segment its documents, its index and its texts.

They are scripts that hand their text to the page (`reader.html`): a browser lets a page in a folder read nothing else.
Their names begin with the segment's: a changed document changes files of one segment. Segments whose tables are the
same as in the last run are taken from a memory, a folder of second names beside the results, which Snakemake does not
know; without it all are made. A run that ends early leaves there what it has made, and the next one goes on.
"""

import hashlib
import json
import shutil
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import numpy as np

from scripts.core.arrays import Ints
from scripts.core.kept import rows_digest, second_name
from scripts.core.storage import parquet_files, read_parquet, write_text
from scripts.report.corpus.blocks import CorpusAnnotations, first_tokens, read_corpus_annotations
from scripts.report.corpus.layout import FLAGS
from scripts.report.corpus.sources import shown_values
from scripts.report.groups import counted_scheme, document_groups, grouping_columns
from scripts.report.large import split
from scripts.report.large.index import index_parts, quoted_tokens
from scripts.report.large.texts import text_part
from scripts.report.payload import block, block_script, coded, inert, unsigned
from scripts.report.store import Store

# The most that a segment and a file of texts have, if not a single document has more.
SEGMENT_DOCUMENTS, SEGMENT_TOKENS = 8_192, 6_000_000
PART_DOCUMENTS, PART_TOKENS = 64, 60_000
_KEYS = "keys.json"


class WrittenFiles(NamedTuple):
    """The names of the segments of a corpus, and of all files that were written, and its settings of words and
    statistics."""

    segments: list[str]
    files: list[str]
    facts: dict[str, Any]


def write_files(
    tables: Path, folder: Path, memory: Path, fingerprint: bytes, words: dict[str, Any], statistics: dict[str, Any]
) -> WrittenFiles:
    """Write the files of a corpus in a folder of tables.

    `memory` is that of the last run, `fingerprint` that of the code and settings that write them. `words` are the
    settings by which words were counted, `statistics` those of bootstrap and keyness.
    """
    ordered, tokens = split.read_hashes(tables)
    segments = [each.prefix for each in _ranges(ordered, tokens, SEGMENT_DOCUMENTS, SEGMENT_TOKENS)]
    values = shown_values(tables)
    store = Store(tables)
    columns = grouping_columns(store)
    facts = {"words": words, "statistics": {**statistics, "scheme": counted_scheme(store)}}
    common = fingerprint + json.dumps([facts, values, columns], sort_keys=True).encode()
    known = _read_keys(memory)
    made: dict[str, list[str]] = {}
    with TemporaryDirectory() as temporary:
        split.split_tables(tables, Path(temporary), segments)
        for segment in segments:
            own = Path(temporary) / segment
            split.sort_tables(own)
            key = _key(own, common)
            names = known.get(key, [])
            if not names:
                # Their files are written over.
                known = {old: files for old, files in known.items() if not _overlaps(files[-1], segment)}
                _write_keys(memory, known | made)
                files = _segment_files(own, segment, facts, values, columns)
                names = [_keep(memory, name, text) for name, text in files]
            made[key] = names
            _write_keys(memory, known | made)
            for name in names:
                second_name(memory / name, folder / name)
            shutil.rmtree(own)
    _forget(memory, made)
    return WrittenFiles(segments, [name for names in made.values() for name in names], facts)


def _ranges(
    ordered: Ints, tokens: Ints, most_documents: int, most_tokens: int, prefix: str = split.EVERY_DOCUMENT
) -> list[split.HashRange]:
    """Return documents by the prefixes of their hashes, so many and with so many tokens at most in each."""
    before = np.concatenate([[0], np.cumsum(tokens)])

    def fits(first: int, last: int) -> bool:
        return last - first <= most_documents and bool(before[last] - before[first] <= most_tokens)

    return split.hash_ranges(ordered, fits, prefix)


def _segment_files(
    tables: Path, segment: str, facts: Mapping[str, Any], values: Mapping[str, list[str]], columns: Sequence[str]
) -> Iterator[tuple[str, str]]:
    """Yield the name and the text of each file of a segment, whose own tables are in a folder."""
    corpus = read_corpus_annotations(tables, document_groups(Store(tables), columns), facts["words"], values)
    starts = first_tokens(corpus)
    of_documents = split.hashes(corpus.documents["doc_id"])
    parts = _ranges(of_documents, np.diff(starts), PART_DOCUMENTS, PART_TOKENS, segment)
    for prefix, first, last in parts:
        part = text_part(corpus, first, last, facts)
        name = f"texts-{prefix}.js"
        yield name, block_script(name, inert(part.shared), *map(inert, part.parts))
    quoted = quoted_tokens(corpus)
    keys = []
    for number, (key, data) in enumerate(index_parts(corpus, quoted)):
        keys.append(key)
        name = f"words-{segment}-{number}.js"
        yield name, block_script(name, inert(data))
    name = f"documents-{segment}.js"
    about = {"parts": [(prefix, last - first) for prefix, first, last in parts], "keys": keys}
    yield name, block_script(name, inert(_documents(corpus, starts, quoted, about)))


def _documents(corpus: CorpusAnnotations, starts: Ints, quoted: Ints, facts: dict[str, Any]) -> bytes:
    """Return date, groups and numbers of words of a segment's documents as a block with the facts."""
    is_word = (corpus.tokens.vocabulary["flags"].to_numpy() & FLAGS["word"])[corpus.tokens.entry] > 0
    quoted_words, other_words = (
        np.diff(np.append(0, np.cumsum(is_word & side))[starts]) for side in (quoted == 1, quoted == 0)
    )
    columns = {
        "date": coded(corpus.documents["date"].fillna("").tolist()),
        "n_words": unsigned(corpus.documents["n_words"]),
        "quoted words": unsigned(quoted_words),
        "other words": unsigned(other_words),
        **{f"group {name}": coded(values) for name, values in corpus.groups.items()},
    }
    return block(columns, facts)


def _key(tables: Path, common: bytes) -> str:
    """Return the SHA-256 of all that the files of a segment depend on."""
    digest = hashlib.sha256(common)
    for path in sorted(tables.glob("*.parquet")):
        digest.update(path.name.encode())
        for file in parquet_files(path):
            # The bytes of split tokens tell how they were split.
            is_split = path.name == "tokens.parquet" and not file.is_symlink()
            digest.update(rows_digest(read_parquet(file)) if is_split else hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()


def _read_keys(memory: Path) -> dict[str, list[str]]:
    """Return the files of the last run by the keys of their segments, where all of them are there."""
    try:
        keys: dict[str, list[str]] = json.loads((memory / _KEYS).read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return {}
    return {key: names for key, names in keys.items() if all((memory / name).exists() for name in names)}


def _write_keys(memory: Path, keys: Mapping[str, list[str]]) -> None:
    """Write down the files in the memory by the keys of their segments."""
    write_text(memory / _KEYS, json.dumps(keys))


def _overlaps(documents: str, segment: str) -> bool:
    """Return True if a segment may have files of the same names as the one with a file of `documents`.

    >>> _overlaps("documents-01.js", "011"), _overlaps("documents-01.js", "00")
    (True, False)
    """
    old = documents.removeprefix("documents-").removesuffix(".js")
    return old.startswith(segment) or segment.startswith(old)


def _keep(memory: Path, name: str, text: str) -> str:
    """Write a file to the memory, unless it has the same one, and return its name."""
    path = memory / name
    if not path.exists() or path.read_text(encoding="utf-8") != text:
        write_text(path, text)
    return name


def _forget(memory: Path, made: Mapping[str, list[str]]) -> None:
    """Remove from the memory what is not of this run, and write its keys down."""
    current = {name for names in made.values() for name in names}
    for path in memory.glob("*.js"):
        if path.name not in current:
            path.unlink()
    _write_keys(memory, made)
