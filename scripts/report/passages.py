"""Passages that several documents quote: as aligned lines with cuts and additions marked, and by outlet."""

from collections.abc import Hashable, Iterator, Mapping
from typing import Any

import pandas as pd
from markupsafe import Markup, escape

from scripts.core.anchors import sentence_anchor
from scripts.core.visible import shortened
from scripts.report.figures.style import percent
from scripts.report.markup import number, plural
from scripts.report.model import Cell, Line, Passages, ShownPassage
from scripts.report.store import Store
from scripts.reuse.reference_forms import UNKNOWN
from scripts.reuse.variants import MarkedWords, marks

# Most passages shown line by line, lines of each, and words of a line; rows and columns of the table by outlet.
_MOST, _LINES, _WORDS = 2, 8, 60
_ROWS, _OUTLETS = 8, 8
# A cut of more than _CUT words is shown as its first words and its length.
_CUT, _FIRST = 9, 3
_WORD = 40  # characters
_TAGS = {"cut": "del", "added": "ins"}
_FLAGS = {"negation": "a negation differs", "number": "a number differs", "hidden": "an ellipsis hides words"}
_KINDS = {"reference": "the reference form", "exact": "the same words", "cut": "cut", "longer": "goes on beyond it",
          "joined": "words left out inside", "altered": "words changed"}  # fmt: skip


def marked_words(marked: str) -> Markup:
    """Return a marked passage as HTML of at most `_WORDS` words, with cuts as <del> and additions as <ins>.

    >>> marked_words("we will [-not-] close the {+old+} harbour")
    Markup('we will <del>not</del> close the <ins>old</ins> harbour')
    """
    return Markup(" ").join(_pieces(marked))


def _pieces(marked: str) -> Iterator[Markup]:
    room = _WORDS
    for mark in marks(marked):
        if room <= 0:
            yield Markup("…")
            return
        words = [shortened(word, _WORD) for word in _shown(mark, room)]
        room -= len(words)
        text = escape(" ".join(words))
        yield (text if mark.fate == "kept" else Markup("<{0}>{1}</{0}>").format(_TAGS[mark.fate], text))


def _shown(mark: MarkedWords, room: int) -> list[str]:
    """Return the words to show for a mark: a long cut is abbreviated, and other marks are cut to the room left."""
    if mark.fate == "cut" and len(mark.words) > _CUT:
        return [*mark.words[:_FIRST], f"… ({len(mark.words)} words)"]
    return mark.words if len(mark.words) <= room else [*mark.words[:room], "…"]


def _about(family: Mapping[Hashable, Any]) -> str:
    """Return a line about a passage: how many documents quote it, who said it, and what is worth checking."""
    facts = [plural(family["documents"], "document")]
    if family["stories"] < family["documents"]:
        facts.append(f"{number(family['stories'])} without copies")
    if family["speakers"]:
        facts.append(f"said by {shortened(family['speakers'], 100)}")
    if family["speakers_differ"]:
        facts.append("its speakers differ")
    facts += [text for column, text in _FLAGS.items() if family[column]]
    if family["reference"] == UNKNOWN:
        facts.append("nothing shows which form came first")
    if family["without_second_half"]:
        facts.append(f"second half left out by {shortened(family['without_second_half'], 100)}")
    return " · ".join(facts)


def _line(row: Mapping[Hashable, Any], store: Store) -> Line:
    facts = [row["speaker"], _KINDS[row["kind"]], "copy of a text above" if row["copy_of"] else ""]
    return Line(
        shortened(row["outlet"] or store.title(row["doc_id"]) or row["doc_id"], 40),
        row["date"],
        ", ".join(filter(None, facts)),
        sentence_anchor(row["doc_id"], row["sentence"]),
        marked_words(row["marked"]),
    )


def _kept_share(marked: str) -> float:
    """Return the share of the words of the reference form that an occurrence keeps."""
    lengths = {fate: sum(len(mark.words) for mark in marks(marked) if mark.fate == fate) for fate in ("kept", "cut")}
    return lengths["kept"] / max(1, sum(lengths.values()))


def _by_outlet(families: pd.DataFrame, outlets: list[str], reuse: pd.DataFrame) -> Passages:
    """Return the share of each passage that each outlet quotes, as Passages without lines; `reuse` has occurrences."""
    shown = families.head(_ROWS)
    named = reuse[reuse["outlet"].isin(outlets) & reuse["family"].isin(shown["family"])]
    named = named.assign(share=[_kept_share(marked) for marked in named["marked"]])
    fullest = named.sort_values("share", ascending=False, kind="stable").drop_duplicates(["family", "outlet"])
    cells = {
        (row["family"], row["outlet"]): Cell(percent(row["share"]), "", sentence_anchor(row["doc_id"], row["sentence"]))
        for row in fullest.to_dict("records")
    }
    rows = [
        (f"{family}: {shortened(text, 60)}", [cells.get((family, outlet), Cell("")) for outlet in outlets])
        for family, text in zip(shown["family"], shown["text"], strict=True)
    ]
    return Passages([], outlets, rows)


def passages_block(store: Store) -> Passages | None:
    """Return the passages that most stories quote, `_MOST` of them line by line; None if there are none."""
    families, _ = store.first("quote_families", _ROWS)
    places = store.load("quote_reuse", "family", "outlet")
    if families.empty or places.empty:
        return None
    named = places[places["outlet"].fillna("") != ""]
    passages_of = named.groupby("outlet")["family"].nunique().sort_index().sort_values(ascending=False, kind="stable")
    outlets = [str(outlet) for outlet in passages_of.index[:_OUTLETS]]
    reuse = store.take("quote_reuse", places.index[places["family"].isin(families["family"])].tolist())
    reuse = reuse.fillna({"outlet": "", "date": "", "speaker": "", "copy_of": ""})
    shown = []
    for family in families.head(_MOST).to_dict("records"):
        rows = reuse[reuse["family"] == family["family"]].to_dict("records")
        lines = [_line(row, store) for row in rows[:_LINES]]
        shown.append(ShownPassage(int(family["family"]), _about(family), lines, len(rows) - len(lines)))
    return _by_outlet(families, outlets, reuse)._replace(passages=shown)
