"""The files of a large corpus beside the page: for each segment its documents, its index and its texts.

They are scripts that hand their text to the page (`reader.html`): browsers let a page in a local folder read no other
files. Their names contain the segment's prefix, so a changed document changes files of only one segment. Segments whose
tables have not changed since the last run are taken from a memory: a folder beside the results, unknown to Snakemake,
that has second names (hard links) of the files, and their hashes: what damages a file damages both names. Without it,
all segments are made. A run that ends early leaves there what it has made, and the next run continues from it.
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
from scripts.core.recorded import file_sha256
from scripts.core.storage import parquet_files, read_parquet, write_bytes, write_text
from scripts.report.corpus.blocks import CorpusAnnotations, first_tokens, read_corpus_annotations
from scripts.report.corpus.layout import FLAGS
from scripts.report.corpus.sources import shown_values
from scripts.report.groups import counted_scheme, document_groups, grouping_columns
from scripts.report.large import split
from scripts.report.large.index import index_parts, quoted_tokens
from scripts.report.large.texts import text_part
from scripts.report.payload import block, block_script, coded, inert, unsigned
from scripts.report.store import Store

# Most documents and tokens of a segment and of a file of texts; a single longer document makes one of its own.
SEGMENT_DOCUMENTS, SEGMENT_TOKENS = 8_192, 6_000_000
PART_DOCUMENTS, PART_TOKENS = 64, 60_000
_KEYS = "keys.json"


class WrittenFiles(NamedTuple):
    """The names of a corpus's segments and of all files written, and `facts`: its settings of words and statistics."""

    segments: list[str]
    files: list[str]
    facts: dict[str, Any]


def write_files(
    tables: Path, folder: Path, memory: Path, fingerprint: bytes, words: dict[str, Any], statistics: dict[str, Any]
) -> WrittenFiles:
    """Write the files of a corpus, whose tables are in a folder, to another folder.

    `memory` is the folder of files kept from the last run, `fingerprint` identifies the code and settings. `words` are
    the settings by which words were counted, `statistics` those of bootstrap and keyness.
    """
    ordered, tokens = split.read_hashes(tables)
    segments = [each.prefix for each in split.hash_ranges(ordered, tokens, SEGMENT_DOCUMENTS, SEGMENT_TOKENS)]
    values = shown_values(tables)
    store = Store(tables)
    columns = grouping_columns(store)
    facts = {"words": words, "statistics": {**statistics, "scheme": counted_scheme(store)}}
    common = fingerprint + json.dumps([facts, values, columns], sort_keys=True).encode()
    known = _read_keys(memory)
    made: dict[str, dict[str, str]] = {}
    with TemporaryDirectory() as temporary:
        split.split_tables(tables, Path(temporary), segments)
        for segment in segments:
            own = Path(temporary) / segment
            split.sort_tables(own)
            key = _key(own, common)
            names = known.get(key, {})
            if not names:
                # Forget overlapping segments of the last run: their files are about to be overwritten.
                known = {old: files for old, files in known.items() if not _overlaps([*files][-1], segment)}
                _write_keys(memory, known | made)
                files = _segment_files(own, segment, facts, values, columns)
                names = {name: _keep(memory, name, text) for name, text in files}
            made[key] = names
            _write_keys(memory, known | made)
            for name in names:
                second_name(memory / name, folder / name)
            shutil.rmtree(own)
    _forget(memory, made)
    return WrittenFiles(segments, [name for names in made.values() for name in names], facts)


def _segment_files(
    tables: Path, segment: str, facts: Mapping[str, Any], values: Mapping[str, list[str]], columns: Sequence[str]
) -> Iterator[tuple[str, str]]:
    """Yield the name and the text of each file of a segment; `tables` is the folder with the segment's own tables."""
    corpus = read_corpus_annotations(tables, document_groups(Store(tables), columns), facts["words"], values)
    starts = first_tokens(corpus)
    of_documents = split.hashes(corpus.documents["doc_id"])
    parts = split.hash_ranges(of_documents, np.diff(starts), PART_DOCUMENTS, PART_TOKENS, segment)
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
    """Return the dates, groups and word counts of a segment's documents as a block with the facts."""
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
    """Return the SHA-256 of everything that the files of a segment depend on."""
    digest = hashlib.sha256(common)
    for path in sorted(tables.glob("*.parquet")):
        digest.update(path.name.encode())
        for file in parquet_files(path):
            # The bytes of a split file of tokens depend on how it was split, so its rows are hashed instead.
            is_split = path.name == "tokens.parquet" and not file.is_symlink()
            digest.update(rows_digest(read_parquet(file)) if is_split else hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()


def _read_keys(memory: Path) -> dict[str, dict[str, str]]:
    """Return {key of a segment: {name of a file: SHA-256}} of the last run, where all files are sound."""
    try:
        keys: dict[str, dict[str, str]] = json.loads((memory / _KEYS).read_text(encoding="utf-8"))
        return {key: files for key, files in keys.items() if _are_sound(memory, files)}
    except (FileNotFoundError, ValueError, AttributeError):
        return {}


def _are_sound(memory: Path, files: Mapping[str, str]) -> bool:
    return all((memory / name).exists() and file_sha256(memory / name) == sha256 for name, sha256 in files.items())


def _write_keys(memory: Path, keys: Mapping[str, Mapping[str, str]]) -> None:
    """Write the keys of segments, and their files with hashes, to the memory."""
    write_text(memory / _KEYS, json.dumps(keys))


def _overlaps(documents: str, segment: str) -> bool:
    """Return whether a segment may have files with the same names as the segment whose file `documents` is.

    >>> _overlaps("documents-01.js", "011"), _overlaps("documents-01.js", "00")
    (True, False)
    """
    old = documents.removeprefix("documents-").removesuffix(".js")
    return old.startswith(segment) or segment.startswith(old)


def _keep(memory: Path, name: str, text: str) -> str:
    """Write a file to the memory, unless it is there with the same text, and return its SHA-256."""
    path, content = memory / name, text.encode()
    if not path.exists() or path.read_bytes() != content:
        write_bytes(path, content)
    return hashlib.sha256(content).hexdigest()


def _forget(memory: Path, made: Mapping[str, Mapping[str, str]]) -> None:
    """Remove files that are not of this run from the memory, and write the keys of this run to it."""
    current = {name for names in made.values() for name in names}
    for path in memory.glob("*.js"):
        if path.name not in current:
            path.unlink()
    _write_keys(memory, made)
