"""Write a results folder with a multiple of the documents of a finished one, to measure the steps of the corpus.

    python -m benchmarks.replicate RESULTS FOLDER --copies 50

Reading and parsing a million articles takes days; what the corpus steps read are the tables of batches. Each copy of a
batch has the same rows under other names of documents (`~0001` after the name), in a folder whose name has the number
of the copy as bits before the batch's own: so the names are still prefixes of which none begins another, and a group
of batches has different articles. The same folder and number make the same bytes. Copies differ where steps compare
documents, or all of them would be one:

- **Signatures.** Every hash has a number of the copy's own added, so a document resembles others of its copy as the
  one that it was made of does, and none of another copy. Texts too short for a signature get the copy's name.
- **Quotes.** In their contents the letters of each word of four and more that is no stop word are permuted, by another
  permutation in each copy: families of quotes lie within a copy, and their number grows with the corpus.
- **Texts.** All letters of a text are permuted so, and paragraphs that an outlet repeats differ from copy to copy.
- **Tokens.** Each copy has words of the same length and about the same frequency in each other's place: articles tell
  of one event within a copy alone, and words are as common as they were. Sums of words stay as they are.

N-grams and names stay, and vocabularies do not grow as those of new articles would. So what grows with different words
or names is measured too small, and what grows with documents, sentences, tokens, quotes or mentions is not.
"""

import argparse
import json
import os
import random
import re
import shutil
import string
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from scripts.core.batch_tokens import read_tokens
from scripts.core.batches import SINGLE_BATCH, read_batches
from scripts.core.lexicons import word_list
from scripts.core.storage import open_parquet, read_parquet, write_parquet, write_text
from scripts.maths.ranking import by_frequency

_NAMED = ("doc_id", "seed")  # columns with the name of a document
_WORD = re.compile(r"[A-Za-z]{4,}")
# Words that follow each other by frequency, so many of which are dealt anew among each other.
_ALIKE = 64


def copy_name(batch: str, copy: int, copies: int) -> str:
    """Return the folder of a copy of a batch.

    >>> copy_name("01", 2, 5), copy_name("all", 0, 2), copy_name("all", 0, 1)
    ('01001', '0', 'all')
    """
    bits = f"{copy:0{(copies - 1).bit_length()}b}" if copies > 1 else ""
    return bits + ("" if batch == SINGLE_BATCH else batch) or SINGLE_BATCH


def cipher(copy: int) -> dict[int, str]:
    """Return the permutation of a copy's letters, for `str.translate`."""
    letters = [*string.ascii_lowercase]
    random.Random(copy).shuffle(letters)
    permuted = "".join(letters)
    return str.maketrans(string.ascii_letters, permuted + permuted.upper())


def _enciphered(text: str, letters: dict[int, str], stop: frozenset[str]) -> str:
    return _WORD.sub(lambda word: word[0] if word[0].lower() in stop else word[0].translate(letters), text)


def words_by_frequency(batches: Iterable[Path]) -> list[list[str]]:
    """Return the longer words of batches that are no stop words: a list a shape, the frequent first."""
    counts: Counter[str] = Counter()
    for batch in batches:
        tokens = read_tokens(["word", "is_word", "is_stop"], batch / "tokens.parquet")
        words = tokens.filter(pc.and_not(tokens["is_word"], tokens["is_stop"]))["word"]
        counts.update({entry["values"]: entry["counts"] for entry in pc.value_counts(words).to_pylist()})
    shapes: dict[tuple[bool, bool, int], list[str]] = defaultdict(list)
    for word in by_frequency(counts):
        if len(word) > 2:
            shapes[word.isalpha(), word.islower(), len(word)].append(word)
    return [*shapes.values()]


def dealt_words(words: Iterable[list[str]], copy: int) -> dict[str, str]:
    """Return the word that a copy has for each; `words` are lists by frequency.

    >>> dealt_words([["aid", "bill"]], 1) in ({"aid": "bill", "bill": "aid"}, {"aid": "aid", "bill": "bill"})
    True
    """
    deal = random.Random(copy)
    dealt: dict[str, str] = {}
    for listed in words:
        for first in range(0, len(listed), _ALIKE):
            alike = listed[first : first + _ALIKE]
            dealt.update(zip(alike, deal.sample(alike, len(alike)), strict=True))
    return dealt


def _shifted(signature: bytes, copy: int) -> bytes:
    """Return a signature with a number of the copy's own added to each of its hashes."""
    hashes = np.frombuffer(signature, "<u4")
    return (hashes + np.uint32(copy * 0x9E3779B1 % 2**32)).astype("<u4").tobytes()


def copy_of(table: pa.Table, copy: int, stop: frozenset[str], words: Iterable[list[str]]) -> pa.Table:
    """Return the rows of a batch's table as those of a copy; `words` are as `words_by_frequency` returns them."""
    change: dict[str, Callable[[Any], str | bytes]] = {name: lambda text: f"{text}~{copy:04}" for name in _NAMED}
    change["short"] = change["doc_id"]
    change["signature"] = partial(_shifted, copy=copy)
    letters = cipher(copy)
    if "content" in table.column_names:
        change["content"] = partial(_enciphered, letters=letters, stop=stop)
    if "language" in table.column_names:
        change["text"] = lambda text: text.translate(letters)
    if "gap" in table.column_names:
        dealt = dealt_words(words, copy)
        change["word"] = lambda word: dealt.get(word, word)
    for name in change.keys() & {*table.column_names}:
        column = table[name].combine_chunks().dictionary_encode()
        # Each distinct text is changed once.
        texts = (text and change[name](text) for text in column.dictionary.to_pylist())
        values = pa.DictionaryArray.from_arrays(column.indices, pa.array(texts, column.dictionary.type))
        table = table.set_column(table.schema.get_field_index(name), name, values)
    return table


def _copied_line(line: str, copy: int) -> str:
    entry = json.loads(line)
    return json.dumps({**entry, "doc_id": f"{entry['doc_id']}~{copy:04}"}, sort_keys=True) + "\n"


def copy_batch(batch: Path, folder: Path, *, copies: int, words: list[list[str]]) -> None:
    """Write `copies` times the tables of a batch's folder below `folder`; `words` are as in `copy_of`."""
    stop = frozenset(word_list("stopwords.txt"))
    for file in sorted(batch.glob("*.*")):
        names = [name for name in _NAMED if file.suffix == ".parquet" and name in open_parquet(file).schema.names]
        table = read_parquet(file, dictionaries=names) if names else None
        for copy in range(copies):
            target = folder / copy_name(batch.name, copy, copies) / file.name
            if copy and table is not None:
                write_parquet(target, copy_of(table, copy, stop, words), between_steps=True)
            elif copy and file.suffix == ".jsonl":
                lines = file.read_text(encoding="utf-8").splitlines()
                write_text(target, "".join(_copied_line(line, copy) for line in lines))
            elif file.suffix not in (".kept", ".keys"):  # what the batch remembers
                target.parent.mkdir(parents=True, exist_ok=True)
                os.link(file, target)


def replicate(results: Path, folder: Path, *, copies: int) -> None:
    """Write `copies` times the batches of `results`, and the stages, to `folder`, a batch a process.

    Files without names of documents are hard links: both folders must be on one disk.
    """
    shutil.copytree(results / "stages", folder / "stages")
    batches = [results / "batches" / batch for batch in read_batches(results / "batches")]
    with ProcessPoolExecutor() as processes:
        words = processes.submit(words_by_frequency, batches).result()
        copy = partial(copy_batch, folder=folder / "batches", copies=copies, words=words)
        list(processes.map(copy, batches))  # list: a fault of a process is raised here


def main() -> None:
    """Write a folder of replicated results."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("results", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--copies", type=int, required=True)
    options = parser.parse_args()
    replicate(options.results, options.folder, copies=options.copies)


if __name__ == "__main__":
    main()
