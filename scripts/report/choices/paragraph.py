"""A text about a view that can be quoted, with its numbers and methods."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pyarrow as pa

from scripts.maths import permutation
from scripts.report.choices.corpus import ChoiceCorpus, Chosen
from scripts.report.choices.counts import sizes
from scripts.report.choices.results import OVERLAP
from scripts.report.choices.view_files import STATEMENTS, Choice, SavedView
from scripts.report.figures.style import ALPHA, frame_name, percent
from scripts.report.markup import interval, number, plural, points_interval, probability

_NAMED, _DIFFERENCES = 3, 10
# The whole of which the shares of each measure are parts; and the measures of which the text gives shares of each side.
_WHOLES = {
    "speakers": "attributed words",
    "kinds": "words of sources, by kind",
    "frames": "sentences, by cues of a frame",
    "pairs": "sentences, by two names in them",
    "quoted": "all words",
    "kind_statements": "statements of sources, by kind",
    "first": "documents, by the kind quoted first",
    "direct": "words of sources of a kind, in quotation marks",
}
_SIDE_MEASURES = ("speakers", "kinds", "frames", "pairs", "quoted")
_METHODS = (
    "Shares have 95% intervals over documents (Wilson's, for the effective number of documents); those of rates and "
    "log ratios come from a bootstrap over documents. Fewer than five documents have no interval. {}All "
    "counts are the machine's."
)
_ABOUT_P = (
    f"p is two-sided, from dealing the documents to the two sides at random {permutation.DRAWS:,} times, or only "
    f"{permutation.FIRST:,} times where these give {permutation.FIRST / permutation.DRAWS} or more (a p too small "
    f"for that continues their tail); adjusted p is after Benjamini and Hochberg, over the rows of a measure. "
)
_Row = Mapping[str, Any]


def _plain(text: str) -> str:
    """Return text with a backslash before each sign that Markdown or HTML would not show.

    >>> _plain("<b>R & D</b> with tax*")
    '\\\\<b\\\\>R & D\\\\</b\\\\> with tax\\\\*'
    """
    return re.sub(r"([\\`*_<>\[\]#|~])", r"\\\1", text)


def _shown(row: _Row) -> str:
    ends = "" if row["lo"] is None else f", 95% interval {interval(row['lo'], row['hi'])}"
    name, counts = _plain(frame_name(row["name"])), f"{number(row['n'])} of {number(row['total'])}"
    return f"{name} {percent(row['estimate'])} ({counts}{ends})"


def size(corpus: ChoiceCorpus, chosen: Chosen) -> str:
    """Return the size of a choice in words: documents, sentences, words and statements."""
    statements = corpus.statements[chosen.statements]
    documents, words = int(chosen.documents.sum()), int(sizes(corpus, chosen).sum())
    uses = corpus.documents[chosen.documents]
    repeats = int((uses["parsed"] & ~uses["sources"]).sum())
    left_out = f"; kinds of source leave out {plural(repeats, 'repeated document')}" if repeats else ""
    return (
        f"{number(documents)} of {plural(len(corpus.documents), 'document')}, "
        f"{plural(int(chosen.sentences.sum()), 'sentence')}, {plural(words, 'word')}, "
        f"{plural(len(statements), 'statement')}, {number(int((statements['speaker'] != '').sum()))} with a speaker"
        f"{left_out}"
    )


def _names(view: SavedView, corpus: ChoiceCorpus) -> list[str]:
    titles = dict(zip(corpus.stories.names, corpus.stories.titles, strict=True))
    text = view.choose.text(titles, view.groups)
    if view.against is None:
        return [text]
    if isinstance(view.against, Choice):
        return [text, view.against.text(titles, view.groups)]
    is_dated = view.choose.start or view.choose.end
    also = ", also those without a date" if is_dated and (corpus.documents["date"] == "").any() else ""
    others = "All other statements" if view.choose.take == STATEMENTS else "All others"
    return [text, f"{others}{also} (not {text[:1].lower()}{text[1:]})"]


def _shares(rows: Sequence[_Row], side: str) -> Iterator[str]:
    for measure in _SIDE_MEASURES:
        top = [row for row in rows if row["side"] == side and row["measure"] == measure][:_NAMED]
        if top:
            yield f"Of {_WHOLES[measure]}: {'; '.join(map(_shown, top))}."


def _differences(rows: Sequence[_Row]) -> Iterator[str]:
    """Yield sentences on the differences that survive correction, or one that says that none does, or was tested."""
    tested = [row for row in rows if row["q"] is not None]
    clear = [row for row in tested if row["q"] < ALPHA]
    for row in sorted(clear, key=lambda row: row["q"])[:_DIFFERENCES]:
        p = probability(row["p"])
        yield (
            f"A and B differ in shares of {_WHOLES[row['measure']]}: {_plain(frame_name(row['name']))} "
            f"{percent(row['share'])} against "
            f"{percent(row['share_other'])} (95% interval of the difference {points_interval(row['lo'], row['hi'])}; "
            f"p {p if p.startswith('<') else f'= {p}'}, adjusted {probability(row['q'])})."
        )
    if len(clear) > _DIFFERENCES:
        yield f"These are the {_DIFFERENCES} clearest of {number(len(clear))} differences."
    if tested and not clear:
        yield f"After correction, none of the {number(len(tested))} shares tested differs between A and B."
    if not tested:
        overlap = any(row["method"] == OVERLAP for row in rows)
        reason = "parts of the same documents" if overlap else "too few documents with a case"
        yield f"No share was tested for a difference between A and B: the sides have {reason}."


def view_paragraph(
    corpus: ChoiceCorpus, view: SavedView, sides: list[Chosen], tables: Mapping[str, pa.Table], absent: Sequence[str]
) -> str:
    """Return the text of a view in Markdown; `absent` are sentences on names in it that the corpus lacks."""
    lines = [f"# {_plain(view.name)}", ""]
    names, many = _names(view, corpus), view.against is not None
    texts = [f"**{'AB'[at]}**: {_plain(name)}" if many else _plain(name) for at, name in enumerate(names)]
    empty = ["AB"[at] for at, side in enumerate(sides) if not side.documents.any()] if many else []
    lines += [f"{text}: {size(corpus, side)}." for text, side in zip(texts, sides, strict=True)]
    lines += [f"Note: {_plain(each)}." for each in absent]
    lines += [f"Note: {side} is empty, so nothing is compared with it." for side in empty]
    if hidden := len({*view.groups.hidden} & {*corpus.documents["group"]}):
        lines += [f"Note: {plural(hidden, 'group')} hidden, but still in all totals."]
    shares = tables["view_shares"].to_pylist()
    for side in "AB"[: len(names)]:
        sentences = " ".join(_shares(shares, side)) or "Nothing is counted."
        lines += ["", *([f"**{side}.**"] if many else []), sentences]
    is_compared = many and not empty
    if is_compared:
        lines += ["", " ".join(_differences(tables["view_contrasts"].to_pylist()))]
    return "\n".join([*lines, "", _METHODS.format(_ABOUT_P if is_compared else ""), ""])
