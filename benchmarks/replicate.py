"""Write a results folder with copies of the documents of a finished one, to measure the corpus steps.

    python -m benchmarks.replicate RESULTS FOLDER --copies 50

Reading and parsing a million articles takes days, but the corpus steps read only the tables of batches. Each copy of a
batch has the same rows under different document names (`~0001` after the name). Its folder's name is the number of the
copy in bits, then the batch's name: so no name is the beginning of another, and a group of batches has different
articles. The same folder and number make the same bytes. Copies differ where steps compare documents, since otherwise
all copies would count as one:

- **Signatures.** Each copy adds its own number to every hash, so a document resembles others in its copy as much as the
  originals do, and none in another copy. Texts too short for a signature get the copy's name.
- **Quotes.** In their contents, the letters of each word of four or more that is not a stop word are permuted, in each
  copy differently: families of quotes lie within a copy, and their number grows with the corpus.
- **Texts.** All letters are permuted likewise, so paragraphs that an outlet repeats differ between copies.
- **Tokens.** Each copy exchanges words of the same length and about the same frequency: only articles within a copy are
  about the same event, and words are as common as before. The sums of words are not changed.

N-grams and names are not changed, and vocabularies do not grow as with new articles. So costs that grow with distinct
words or names are underestimated; costs that grow with documents, sentences, tokens, quotes or mentions are not.
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
# Number of words of neighbouring frequency that are dealt anew among each other.
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
    """Return the words of batches with over two letters, stop words excluded: a list per shape, most frequent first."""
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
    """Return the word that replaces each word in a copy; `words` are lists by frequency.

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
    """Return a signature with the copy's own number added to each of its hashes."""
    hashes = np.frombuffer(signature, "<u4")
    return (hashes + np.uint32(copy * 0x9E3779B1 % 2**32)).astype("<u4").tobytes()


def copy_of(table: pa.Table, copy: int, stop: frozenset[str], words: Iterable[list[str]]) -> pa.Table:
    """Return the rows of a batch's table as a copy has them; `words` come from `words_by_frequency`."""
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
    """Write `copies` copies of the tables in a batch's folder below `folder`; `words` are as in `copy_of`."""
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
            elif file.suffix not in (".kept", ".keys"):  # these files are the batch's cache
                target.parent.mkdir(parents=True, exist_ok=True)
                os.link(file, target)


def replicate(results: Path, folder: Path, *, copies: int) -> None:
    """Write `copies` copies of the batches of `results`, and the stages, to `folder`, one process per batch.

    Files without document names are hard links, so both folders must be on the same disk.
    """
    shutil.copytree(results / "stages", folder / "stages")
    batches = [results / "batches" / batch for batch in read_batches(results / "batches")]
    with ProcessPoolExecutor() as processes:
        words = processes.submit(words_by_frequency, batches).result()
        copy = partial(copy_batch, folder=folder / "batches", copies=copies, words=words)
        list(processes.map(copy, batches))  # list, so that an error in a process is raised here


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
