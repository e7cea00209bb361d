"""Precision and recall of families of quoted passages, on hand-made variants and decoys.

    python -m benchmarks.quote_families                     tests/reuse/data against exact-match keying
    python -m benchmarks.quote_families --results RESULTS   time and memory for the quotes of 1,000 to 10,000 articles

The baseline joins passages that are the same but for case, punctuation and white space, as Quotebank does
(Vaucher et al. 2021, WSDM: 328-336). All passages are in one corpus, each in a document of its own. A true pair is a
passage and its variant; a false pair is any other two passages in one family.

For time and memory the articles of a run are copied, each copy in words of its own: the letters of all words but stop
words are moved on in the alphabet. So the rate of reuse is that of the run, and all copies share phrases of stop words.
"""

import argparse
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import combinations
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from scripts.core.lexicons import word_list
from scripts.core.plain_words import plain_words
from scripts.core.storage import ROOT, read_parquet, write_parquet
from scripts.maths.intervals import wilson
from scripts.reuse.passages import Passage
from scripts.reuse.reference_forms import Occurrence, occurrences
from scripts.reuse.travelling import numbers_of_families
from scripts.reuse.variants import compare

DATA = ROOT / "tests" / "reuse" / "data"
_LETTERS = 26
_WORD = re.compile(r"[A-Za-z']+")
_NAMES = {"c": "cut", "j": "joined", "e": "ellipsis", "s": "altered", "n": "negation", "d": "number",
          "p": "punctuation", "o": "other speaker"}  # fmt: skip


class Example(NamedTuple):
    """Two passages; `kind` is the change that made one of the other, or says which sort of decoy it is."""

    text: str
    second: str
    kind: str
    same: bool


class Score(NamedTuple):
    """Pairs of the same passage in one family, such pairs in all, and pairs of different ones in one family."""

    hits: int
    pairs: int
    false: int

    @property
    def precision(self) -> float:
        """Return the share of true pairs among those in one family, 0 without any."""
        return self.hits / (self.hits + self.false) if self.hits else 0.0

    @property
    def recall(self) -> float:
        """Return the share of the pairs of the same passage that are in one family."""
        return self.hits / self.pairs


def _changed(text: str, code: str, change: str) -> str:
    """Return a passage after the changes, separated by ;, of one line of quote_variants.txt. Raises ValueError."""
    for part in change.split(" ; ") if code in "cjesnd" else []:
        words = part.split(" .. " if code == "c" else " => ")
        if missing := [each for each in words[: 1 if code in "snd" else 2] if each not in text]:
            raise ValueError(f"not in {text!r}: {missing}")
        if code == "c":
            first = text.index(words[0])
            text = text[first : text.index(words[1], first) + len(words[1])]
        else:
            text = text.replace(words[0], words[1] if code in "snd" else "..." if code == "e" else "", 1)
    return text.replace("’", "'").replace(",", " --").upper() if code == "p" else text


def _lines(name: str) -> Iterator[str]:
    return (line for line in (DATA / name).read_text(encoding="utf-8").splitlines() if line and line[0] != "#")


def examples() -> Iterator[Example]:
    """Yield the variants and decoys of tests/reuse/data."""
    text = ""
    for line in _lines("quote_variants.txt"):
        code, _, rest = line.partition(" ")
        if code == "=":
            text = rest
        elif code == "x":
            yield Example(text, rest, "paraphrase", same=False)
        else:
            yield Example(text, _changed(text, code, rest), _NAMES[code], same=True)
    for line in _lines("quote_decoys.txt"):
        first, second = line.split(" || ")
        yield Example(first, second, "phrase in common", same=False)


def exact_families(passages: Iterable[Passage]) -> list[list[Passage]]:
    """Return the passages that are the same but for case, punctuation and white space."""
    groups: dict[str, list[Passage]] = {}
    for passage in passages:
        groups.setdefault(" ".join(plain_words(passage.text)), []).append(passage)
    return [group for group in groups.values() if len(group) > 1]


def families(passages: Sequence[Passage]) -> list[list[Occurrence]]:
    """Return families of undated passages of at least two documents, the longest passage of each first."""
    members = ([passages[number] for number in numbers] for numbers in numbers_of_families(passages))
    joined = (occurrences(family, [""] * len(family), [each.doc_id for each in family])[0] for family in members)
    return [family for family in joined if family]


def aligned_families(passages: Sequence[Passage]) -> list[list[Passage]]:
    """Return the families of scripts/reuse/travelling.py as passages."""
    return [[occurrence.passage for occurrence in family] for family in families(passages)]


def joined(
    chosen: Sequence[Example], method: Callable[[Sequence[Passage]], list[list[Passage]]]
) -> set[tuple[str, str]]:
    """Return the pairs of doc_ids that a method puts into one family; the ids are `numbered` by the examples' order."""
    passages = [Passage(doc_id, 0, 0, len(text), text) for text, doc_id in numbered(chosen).items()]
    return {pair for family in method(passages) for pair in combinations(sorted(each.doc_id for each in family), 2)}


def numbered(chosen: Sequence[Example]) -> dict[str, str]:
    """Return a doc_id for every text; the same words by another speaker are a text with a space more."""
    texts: dict[str, str] = {}
    for example in chosen:
        for text in (example.text, _apart(example)):
            texts.setdefault(text, f"{len(texts):04}")
    return texts


def _apart(example: Example) -> str:
    return example.second + (" " if example.second == example.text else "")


def scores(chosen: Sequence[Example], method: Callable[[Sequence[Passage]], list[list[Passage]]]) -> Score:
    """Return the score of a method; a pair of two variants of one passage counts neither as true nor as false."""
    ids, pairs = numbered(chosen), joined(chosen, method)
    group = {ids[example.text]: ids[example.text] for example in chosen}
    group |= {ids[_apart(example)]: ids[example.text] for example in chosen if example.same}
    true = {tuple(sorted((ids[example.text], ids[_apart(example)]))) for example in chosen if example.same}
    return Score(
        len(pairs & true),
        len(true),
        sum(group.get(first, first) != group.get(second, second) for first, second in pairs),
    )


def halves(chosen: Sequence[Example]) -> list[list[Example]]:
    """Return the examples of every other passage, and the rest; all were in view when the bars of reuse.py were set."""
    turns = {text: turn for turn, text in enumerate(dict.fromkeys(example.text for example in chosen))}
    return [[example for example in chosen if turns[example.text] % 2 == half] for half in (0, 1)]


def _print_scores(chosen: Sequence[Example]) -> None:
    decoys = sum(not example.same for example in chosen)
    print(f"{sum(example.same for example in chosen)} variants, {decoys} decoys")
    parts = zip(("first half", "second half"), halves(chosen), strict=True)
    for title, method, part in (
        ("exact match", exact_families, chosen),
        ("alignment", aligned_families, chosen),
        *((title, aligned_families, part) for title, part in parts),
    ):
        score = scores(part, method)
        lo, hi = wilson(score.hits, score.pairs)
        print(f"{title:12} precision {score.precision:.3f} ({score.false} false pairs), recall {score.recall:.3f}"
              f" ({lo:.3f} to {hi:.3f})")  # fmt: skip
    ids, pairs = numbered(chosen), joined(chosen, aligned_families)
    for kind in dict.fromkeys(example.kind for example in chosen):
        of_kind = [example for example in chosen if example.kind == kind]
        hits = sum(tuple(sorted((ids[each.text], ids[_apart(each)]))) in pairs for each in of_kind)
        print(f"  {kind:17} {hits:3} of {len(of_kind):3} joined")
    for name, kind in (("negation", "negation"), ("number", "number")):
        flagged = [
            (example, getattr(compare(example.text, example.second), name)) for example in chosen if example.same
        ]
        hits = sum(flag for example, flag in flagged if example.kind == kind)
        false = sum(flag for example, flag in flagged if example.kind != kind)
        print(f"  flag {name}: {hits} of {sum(each.kind == kind for each, _ in flagged)} changes, {false} others")


def _in_words_of_its_own(text: str, copy: int) -> str:
    """Return a text with the letters of its words moved on, but for stop words; so lengths and phrases stay.

    >>> _in_words_of_its_own("It is a Harbour, of the old sort.", 1)
    'It is a Ibscpvs, of the pme tpsu.'
    """
    stop = frozenset(word_list("stopwords.txt"))
    moved = {
        first + at: first + (at + copy) % _LETTERS for first in map(ord, "Aa") for at in range(_LETTERS)
    }  # fmt: skip
    return _WORD.sub(lambda match: match[0] if match[0].lower() in stop else match[0].translate(moved), text)


def write_copies(tables: Path, folder: Path, n_articles: int) -> int:
    """Write the tables that the step reads for `n_articles`: those of a run, again and again in words of their own.

    Passages that several articles quote stay so in each copy. Returns the number of attributions.
    """
    read = {name: read_parquet(tables / f"{name}.parquet") for name in ("documents", "near_duplicates", "quotes")}
    doc_ids = read["documents"]["doc_id"].to_pylist()
    parts: dict[str, list[pa.Table]] = {name: [] for name in read}
    for copy in range(-(-n_articles // len(doc_ids))):
        chosen = pa.array(doc_ids[: n_articles - copy * len(doc_ids)])
        for name, table in read.items():
            part = table.filter(pc.is_in(table["doc_id"], chosen))
            if name == "near_duplicates":
                part = part.filter(pc.is_in(part["other"], chosen))
            columns = [column for column in ("doc_id", "other", "cluster") if column in part.column_names]
            for column in columns:
                names = pc.binary_join_element_wise(f"{copy}/", part[column].cast(pa.string()), "")
                part = part.set_column(part.column_names.index(column), column, names)
            if name == "quotes":
                texts = [_in_words_of_its_own(text, copy) for text in part["content"].to_pylist()]
                part = part.set_column(part.column_names.index("content"), "content", pa.array(texts))
            parts[name].append(part)
    for name, tables_of_copies in parts.items():
        write_parquet(folder / f"{name}.parquet", pa.concat_tables(tables_of_copies, promote_options="permissive"))
    return sum(part.num_rows for part in parts["quotes"])


def _print_costs(results: Path, sizes: Sequence[int]) -> None:
    """Print processor time and peak memory of the step, start-up included, for so many articles."""
    stages = results / "stages"
    print("| articles | attributions | families | CPU s | peak MB |\n| --- | --- | --- | --- | --- |")
    for n_articles in sizes:
        with TemporaryDirectory() as temporary:
            folder = Path(temporary)
            n = write_copies(results / "tables", folder, n_articles)
            stage = str(stages / "quote_families.json")
            command = [sys.executable, "-m", "scripts.core.launch", "scripts.reuse.quote_families"]
            command += ["--manifest", str(stages / "reference_texts.jsonl"), "--folder", temporary, "--settings", stage]
            process = subprocess.Popen(command, cwd=ROOT)
            _, status, usage = os.wait4(process.pid, 0)
            if status:
                raise RuntimeError(f"the step failed: {' '.join(command)}")
            n_families = read_parquet(folder / "quote_families.parquet", ["family"]).num_rows
        cpu, peak = usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024
        print(f"| {n_articles:,} | {n:,} | {n_families:,} | {cpu:.1f} | {peak:.0f} |")


def main() -> None:
    """Print precision and recall, or times."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--results", type=Path, help="folder of the results of a run, whose articles are copied")
    parser.add_argument("--articles", type=int, nargs="+", default=[1000, 3000, 10000])
    options = parser.parse_args()
    if options.results:
        _print_costs(options.results, options.articles)
    else:
        _print_scores([*examples()])


if __name__ == "__main__":
    main()
