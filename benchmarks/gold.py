"""A gold set of attributions in world news: check a reading, compare two readings, join a reading with the texts.

    python -m benchmarks.gold check [READING]            print a reading's faults; exit 1 if there are any
    python -m benchmarks.gold agreement FIRST SECOND     print how far two readings agree
    python -m benchmarks.gold join READING GOLD [--part learn]   write a gold file for benchmarks.evaluation

docs/gold.md has the guidelines, benchmarks/data/wikinews the data. `--articles FILE` before the command replaces the
articles: a JSON object per line with "doc_id", "part" (learn, report or train) and "text". A reading has a JSON object
per line: {"doc_id", "quotes": [{"start", "end", "spans", "speaker_start", "speaker_end", "cue_start", "cue_end",
"type", "speaker", "ignore"}], "no_speech": [[start, end]]}, with positions in code points of the article's text.
"""

import argparse
import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

from sklearn.metrics import cohen_kappa_score

from benchmarks.evaluation.scoring import (
    FAIR,
    GOOD,
    Span,
    agree,
    characters,
    double_quoted,
    items,
    kind_of,
    paired,
    spans_of,
)
from scripts.parsing.tokens import segmented_doc

FOLDER = Path(__file__).parent / "data" / "wikinews"
NO_COMMENT = "no comment"
# Articles to fit the calibration, to report results, and to train networks.
PARTS = ("learn", "report", "train")
_PERSONAL = frozenset(["he", "she", "his", "her", "him"])
_PRONOUNS = _PERSONAL | {"they", "it", "who", "which", "we", "i", "you", "their", "its", "them", "this", "that"}
Row = dict[str, Any]


def read_lines(path: Path) -> list[Row]:
    """Return the objects of a file with one JSON object per line."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line.strip()]


def write_lines(path: Path, rows: Iterable[Row]) -> None:
    """Write objects as JSON, one per line."""
    lines = (json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    path.write_text("".join(lines), encoding="utf-8", newline="\n")


def complaints(articles: Sequence[Row], reading: Sequence[Row]) -> Iterator[str]:
    """Yield the faults of a reading, each with its document and the words concerned."""
    texts = {row["doc_id"]: row["text"] for row in articles}
    for doc_id, times in Counter(row["doc_id"] for row in reading).items():
        if doc_id not in texts:
            yield f"{doc_id}: no such article"
        if times > 1:
            yield f"{doc_id}: is there {times} times"
    for row in reading:
        if row["doc_id"] in texts:
            for fault in _faults(texts[row["doc_id"]], row["quotes"], [(a, b) for a, b in row.get("no_speech", [])]):
                yield f"{row['doc_id']}: {fault}"


def _faults(text: str, quotes: Sequence[Row], no_speech: Sequence[Span]) -> Iterator[str]:
    """Yield the faults in the labels of one text."""
    misplaced = [(quote, fault) for quote in quotes for fault in _span_faults(text, quote)]
    yield from (fault for _, fault in misplaced)
    yield from _bad_spans(text, no_speech, "no_speech")
    faulty = {id(quote) for quote, _ in misplaced}
    marked = double_quoted(text)
    labels = Counter(json.dumps(quote, sort_keys=True) for quote in quotes)
    for quote in quotes:
        if id(quote) in faulty:
            continue
        content, cue, source = (spans_of(quote, role) for role in ("", "cue", "speaker"))
        words = f"{text[slice(*content[0])]!r:.60}"
        letters = [characters(text, spans) for spans in (content, cue, source)]
        for name, first, second in (("cue", 0, 1), ("source", 0, 2)):
            if letters[first] & letters[second]:
                yield f"the {name} is in the content: {words}"
        if letters[1] & letters[2]:
            yield f"cue and source overlap: {words}"
        refusal = quote["type"] == NO_COMMENT
        if not refusal and quote["type"] != kind_of(text, content, marked):
            yield f"type is {quote['type']}, not {kind_of(text, content, marked)}: {words}"
        if refusal and not quote.get("ignore"):
            yield f"a refusal without ignore: {words}"
        if bool(source) != bool(quote["speaker"]):
            yield f"source and speaker must both be there, or neither: {words}"
        if str(quote["speaker"]).lower() in _PRONOUNS:
            yield f"the speaker is a pronoun: {words}"
        if labels.pop(json.dumps(quote, sort_keys=True), 1) > 1:
            yield f"is there more than once: {words}"
    spans = [span for quote in quotes if id(quote) not in faulty for span in spans_of(quote)]
    labelled = characters(text, [*spans, *no_speech])
    for item in items(text, [{"start": 0, "end": len(text)}], unit="quoted"):
        if not item.content <= labelled:
            yield f"a quotation in no content and not in no_speech: {text[min(item.content) : max(item.content) + 1]!r}"


def _span_faults(text: str, quote: Row) -> Iterator[str]:
    """Yield the faults in the spans of an attribution."""
    content = spans_of(quote)
    if not content:
        yield f"no content at {quote.get('start')}"
        return
    yield from _bad_spans(text, content, "content")
    for role in ("cue", "speaker"):
        ends = [quote[f"{role}_{edge}"] for edge in ("start", "end")]
        if ends != [None, None]:
            yield from _bad_spans(text, [tuple(ends)], "source" if role == "speaker" else role)
    if (quote["start"], quote["end"]) != (content[0][0], content[-1][1]):
        yield f"start and end are not those of the spans at {quote['start']}"
    if any(after[0] < before[1] for before, after in pairwise(content)):
        yield f"spans overlap or are not in order at {quote['start']}"


def _bad_spans(text: str, spans: Iterable[tuple[Any, ...]], role: str) -> Iterator[str]:
    """Yield a fault for each span that is out of range, has no word, or begins or ends at a space or within a word."""
    for start, end in spans:
        if start is None or end is None or not 0 <= start < end <= len(text):
            yield f"{role} out of range: {start} to {end}"
            continue
        words = text[start:end]
        if words != words.strip() or not any(map(str.isalnum, words)):
            yield f"{role} with a space at its edge, or without a word: {words!r:.60}"
        if any(text[max(at - 1, 0) : at + 1].isalnum() and 0 < at < len(text) for at in (start, end)):
            yield f"{role} begins or ends within a word: {words!r:.60}"


def agreement(articles: Sequence[Row], first: Sequence[Row], second: Sequence[Row]) -> dict[str, tuple[float, int]]:
    """Return the measures of agreement of two readings of the same articles, each with the number of cases.

    Attributions with `ignore` are left out. Attributions are paired one to one; a pair counts as the same if the
    Jaccard coefficient of the contents is 0.5 or more. The share of these is 2 * both / (first + second), like F1.
    Raises ValueError if the readings have no article in common.
    """
    quotes = [{row["doc_id"]: row["quotes"] for row in reading} for reading in (first, second)]
    counts: Counter[str] = Counter()
    sentences: list[tuple[int, int]] = []
    for article in articles:
        if any(article["doc_id"] not in side for side in quotes):
            continue
        text = article["text"]
        a, b = ([item for item in items(text, side[article["doc_id"]]) if not item.ignored] for side in quotes)
        counts.update(documents=1, labelled=len(a) + len(b))
        for value, i, j in paired(a, b):
            if value >= FAIR:
                speakers = {str(item.row["speaker"]).casefold() for item in (a[i], b[j])}
                counts.update(both=1, good=value >= GOOD, right=agree(a[i], b[j]), speaker=len(speakers) == 1)
                counts["source"] += a[i].source_core == b[j].source_core
                counts["cue"] += characters(text, spans_of(a[i].row, "cue")) == characters(
                    text, spans_of(b[j].row, "cue")
                )
        speech = [frozenset().union(*(item.content for item in side)) for side in (a, b)]
        for sentence in segmented_doc(article["doc_id"], text).sentences:
            letters = characters(text, [(sentence.start, sentence.end)])
            sentences.append((int(bool(letters & speech[0])), int(bool(letters & speech[1]))))
    if not counts["documents"]:
        raise ValueError("the two readings have no article in common")
    shares = {
        "attributions, J >= 0.5": (2 * counts["both"], counts["labelled"]),
        "attributions, J >= 0.8": (2 * counts["good"], counts["labelled"]),
        "attributions, J >= 0.5 and sources overlap": (2 * counts["right"], counts["labelled"]),
        **{
            f"{name}: the same, of those that both have": (counts[name], counts["both"])
            for name in ("source", "speaker", "cue")
        },
    }
    rows = {name: (100 * n / of if of else float("nan"), of) for name, (n, of) in shares.items()}
    return {
        **rows,
        "sentences with speech: Cohen's kappa": (
            float(cohen_kappa_score(*zip(*sentences, strict=True))),
            len(sentences),
        ),
    }


def joined(articles: Sequence[Row], reading: Sequence[Row], *, parts: Sequence[str] = PARTS) -> list[Row]:
    """Return a reading as gold data, with the texts and the mentions to which a pronoun such as "he" may refer."""
    quotes = {row["doc_id"]: row["quotes"] for row in reading}
    return [
        {
            "doc_id": row["doc_id"],
            "text": row["text"],
            "quotes": [quote | _referents(row["text"], quote) for quote in quotes[row["doc_id"]]],
        }
        for row in articles
        if row["doc_id"] in quotes and row["part"] in parts
    ]


def _referents(text: str, quote: Row) -> Row:
    """Return the spans of the speaker's names to which a pronoun such as "he" may refer, ignoring accents.

    >>> _referents("Ms. Leé left. She spoke.", {"speaker_start": 14, "speaker_end": 17, "speaker": "Ann Lee"})
    {'referents': [[4, 7]]}
    """
    source = spans_of(quote, "speaker")
    if not source or text[slice(*source[0])].lower() not in _PERSONAL:
        return {}
    words = _plain(quote["speaker"]).split()
    names = "|".join(map(re.escape, [word for word in words if word[0].isupper()] or words[-1:]))
    return {"referents": [list(match.span()) for match in re.finditer(rf"\b(?:{names})\b", _plain(text))]}


def _plain(text: str) -> str:
    """Return a text with each letter stripped of accents, so that positions stay the same."""
    return "".join(unicodedata.normalize("NFKD", letter)[0] for letter in text)


def main() -> None:
    """Check a reading, compare two, or join one with the texts."""
    parser = argparse.ArgumentParser(
        prog="benchmarks.gold", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--articles", type=Path, default=FOLDER / "articles.jsonl")
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("check").add_argument("reading", type=Path, nargs="?", default=FOLDER / "gold.jsonl")
    comparison = commands.add_parser("agreement")
    comparison.add_argument("first", type=Path)
    comparison.add_argument("second", type=Path)
    gold = commands.add_parser("join")
    gold.add_argument("reading", type=Path)
    gold.add_argument("gold", type=Path)
    gold.add_argument("--part", choices=PARTS, nargs="+", default=PARTS, dest="parts")
    options = parser.parse_args()
    articles = read_lines(options.articles)
    if options.command == "check":
        reading = read_lines(options.reading)
        faults = list(complaints(articles, reading))
        print("\n".join(faults) or _summary(articles, reading))
        raise SystemExit(bool(faults))
    if options.command == "agreement":
        for name, (value, n) in agreement(articles, read_lines(options.first), read_lines(options.second)).items():
            print(f"{name:52}{value:8.2f}{n:8}")
        return
    write_lines(options.gold, joined(articles, read_lines(options.reading), parts=options.parts))


def _summary(articles: Sequence[Row], reading: Sequence[Row]) -> str:
    """Return the numbers of articles and labels in a reading, in all and by part, one line each."""
    part = {row["doc_id"]: row["part"] for row in articles}
    lines = []
    for name, parts in (("all", set(PARTS)), *((each, {each}) for each in PARTS)):
        rows = [row for row in reading if part[row["doc_id"]] in parts]
        kinds = Counter("ignored" if quote.get("ignore") else quote["type"] for row in rows for quote in row["quotes"])
        numbers = ", ".join(f"{kind} {n}" for kind, n in sorted(kinds.items()))
        lines.append(f"{name}: {len(rows)} articles; {numbers}")
    return "\n".join(lines)


if __name__ == "__main__":
    main()
