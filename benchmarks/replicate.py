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

Words, n-grams and names stay: vocabularies do not grow as those of new articles would. So what grows with different
words or names is measured too small, and what grows with documents, sentences, tokens, quotes or mentions is not.
"""

import argparse
import json
import os
import random
import re
import shutil
import string
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path

import numpy as np
import pyarrow as pa

from scripts.core.batches import SINGLE_BATCH, read_batches
from scripts.core.lexicons import word_list
from scripts.core.storage import open_parquet, read_parquet, write_parquet, write_text

_NAMED = ("doc_id", "seed")  # columns with the name of a document
_WORD = re.compile(r"[A-Za-z]{4,}")


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


def _shifted(signature: str, copy: int) -> str:
    """Return a signature in hexadecimal, with a number of the copy's own added to each of its hashes."""
    hashes = np.frombuffer(bytes.fromhex(signature), "<u4")
    return (hashes + np.uint32(copy * 0x9E3779B1 % 2**32)).astype("<u4").tobytes().hex()


def copy_of(table: pa.Table, copy: int, stop: frozenset[str]) -> pa.Table:
    """Return the rows of a batch's table as those of a copy."""
    change = {name: lambda text: f"{text}~{copy:04}" for name in _NAMED}
    change["short"] = lambda text: text and f"{text}~{copy:04}"
    change["signature"] = partial(_shifted, copy=copy)
    if "content" in table.column_names:
        change["content"] = partial(_enciphered, letters=cipher(copy), stop=stop)
    for name in change.keys() & set(table.column_names):
        column = table[name].combine_chunks().dictionary_encode()
        texts = pa.array(map(change[name], column.dictionary.to_pylist()), pa.string())
        place = table.schema.get_field_index(name)
        table = table.set_column(place, name, pa.DictionaryArray.from_arrays(column.indices, texts))
    return table


def _copied_line(line: str, copy: int) -> str:
    entry = json.loads(line)
    return json.dumps({**entry, "doc_id": f"{entry['doc_id']}~{copy:04}"}, sort_keys=True) + "\n"


def copy_batch(batch: Path, folder: Path, *, copies: int) -> None:
    """Write `copies` times the tables of a batch's folder below `folder`."""
    stop = frozenset(word_list("stopwords.txt"))
    for file in sorted(batch.glob("*.*")):
        names = [name for name in _NAMED if file.suffix == ".parquet" and name in open_parquet(file).schema.names]
        table = read_parquet(file, dictionaries=names) if names else None
        for copy in range(copies):
            target = folder / copy_name(batch.name, copy, copies) / file.name
            if copy and table is not None:
                write_parquet(target, copy_of(table, copy, stop))
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
        # list: a fault of a process is raised here.
        list(processes.map(partial(copy_batch, folder=folder / "batches", copies=copies), batches))


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
