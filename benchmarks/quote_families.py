"""Precision and recall of families of quoted passages, on hand-made variants and decoys.

    python -m benchmarks.quote_families

The baseline joins passages that are the same except for case, punctuation and white space, as Quotebank does
(Vaucher et al. 2021, WSDM: 328-336). All passages are in one corpus, each in a separate document. A true pair is a
passage and its variant; a false pair is any other two passages in one family, except two variants of one passage.
"""

import argparse
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import combinations
from typing import NamedTuple

from scripts.core.plain_words import plain_words
from scripts.core.storage import ROOT
from scripts.maths.intervals import wilson
from scripts.reuse.passages import Passage
from scripts.reuse.reference_forms import occurrences
from scripts.reuse.travelling import numbers_of_families
from scripts.reuse.variants import Variant, compare

DATA = ROOT / "tests" / "reuse" / "data"
_NAMES = {"c": "cut", "j": "joined", "e": "ellipsis", "s": "altered", "n": "negation", "d": "number",
          "p": "punctuation", "o": "other speaker"}  # fmt: skip


class Example(NamedTuple):
    """Two passages; `kind` is the change that made the second from the first, or the type of decoy."""

    text: str
    second: str
    kind: str
    same: bool


class Score(NamedTuple):
    """The number of true pairs in one family, of all true pairs, and of false pairs in one family."""

    hits: int
    pairs: int
    false: int

    @property
    def precision(self) -> float:
        """Return the share of true pairs among the pairs in one family, or 0 without any."""
        return self.hits / (self.hits + self.false) if self.hits else 0.0

    @property
    def recall(self) -> float:
        """Return the share of true pairs that are in one family."""
        return self.hits / self.pairs


def _changed(text: str, code: str, change: str) -> str:
    """Return a passage after the changes in a line of quote_variants.txt, separated by " ; ".

    Raises ValueError if the passage lacks the words to be changed.
    """
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
    """Return groups of passages that are the same except for case, punctuation and white space."""
    groups: dict[str, list[Passage]] = {}
    for passage in passages:
        groups.setdefault(" ".join(plain_words(passage.text)), []).append(passage)
    return [group for group in groups.values() if len(group) > 1]


def families(passages: Sequence[Passage]) -> list[list[tuple[Passage, Variant]]]:
    """Return families of undated passages from at least two documents, each with its longest passage first."""
    members = ([passages[number] for number in numbers] for numbers in numbers_of_families(passages))
    joined = (occurrences(family, [""] * len(family), [each.doc_id for each in family])[0] for family in members)
    return [family for family in joined if family]


def aligned_families(passages: Sequence[Passage]) -> list[list[Passage]]:
    """Return the families of scripts/reuse/travelling.py as passages."""
    return [[passage for passage, _ in family] for family in families(passages)]


def joined(
    chosen: Sequence[Example], method: Callable[[Sequence[Passage]], list[list[Passage]]]
) -> set[tuple[str, str]]:
    """Return the pairs of doc_ids that a method puts into one family; `numbered` makes the doc_ids."""
    passages = [Passage(doc_id, 0, 0, len(text), text) for text, doc_id in numbered(chosen).items()]
    return {pair for family in method(passages) for pair in combinations(sorted(each.doc_id for each in family), 2)}


def numbered(chosen: Sequence[Example]) -> dict[str, str]:
    """Return a doc_id for each text; the same words by another speaker are told apart by a trailing space."""
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
    """Return the examples of every other passage, and the rest; all were read when the thresholds were set."""
    turns = {text: turn for turn, text in enumerate(dict.fromkeys(example.text for example in chosen))}
    return [[example for example in chosen if turns[example.text] % 2 == half] for half in (0, 1)]


def main() -> None:
    """Print precision and recall of both methods, and the results by kind."""
    argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter).parse_args()
    chosen = [*examples()]
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


if __name__ == "__main__":
    main()
