"""The cards of the opening: who speaks, in which frames, about whom; corrected shares stand beside the machine's."""

from collections.abc import Mapping, Sequence
from math import isnan, nan
from typing import Any, NamedTuple

import pandas as pd
from markupsafe import Markup

from scripts.core.stand_ins import ALL
from scripts.report.corrected import (
    Corrected,
    ShareKey,
    beside,
    by_corrected_share,
    corrected_by,
    interval_in_words,
    may_lead,
    order_of_shares,
)
from scripts.report.figures.style import frame_name, percent
from scripts.report.markup import interval, number, say

_TOP = 5
# Rows that people check, by which the shares of a card are corrected.
_CHECKED, _CODED = "reviewed row", "coded sentence"


class _Line(NamedTuple):
    """A line of a card: a name, what is said of it, its share, the ends of its interval (NaN for none) and the interval
    in words, and the part of the share drawn darker.

    `rows` is the key of the rows that the name leads to, as in templates/report/js/find.js: kind, columns and values.
    `beside` is the corrected share where the machine's leads, and the machine's where that one does.
    """

    name: str
    rows: tuple[object, ...]
    detail: str
    share: float
    lo: float
    hi: float
    interval: str
    dark: float
    shown: str
    beside: Markup = Markup("")


class Card(NamedTuple):
    """One of the answers: its question, its lines, and where the whole table is.

    `beside` is the heading of the shares that stand beside those of the lines, "" where there are none; `order` says
    which of the two lead, and why.
    """

    title: str
    unit: Markup
    lines: list[_Line]
    more: str
    empty: str
    beside: str = ""
    order: str = ""

    @property
    def longest(self) -> float:
        """Return the longest share or end of an interval, which is as long as the card."""
        return max((end for line in self.lines for end in (line.share, line.hi) if end > 0), default=1.0)


class CardShares(NamedTuple):
    """Names in the order in which they are shown, the corrected shares that there are, and whether those lead."""

    shown: list[ShareKey]
    corrected: Mapping[ShareKey, Corrected]
    is_led: bool


def shares_shown(keys: Sequence[ShareKey], corrected: Mapping[ShareKey, Corrected]) -> CardShares:
    """Return the first TOP of names, which are in the order of the machine's shares, as they are shown.

    Who is shown is told by the machine alone: a share that rests on one missed statement brings nobody in.
    """
    shown = [*keys[:_TOP]]
    is_led = may_lead(shown, corrected)
    known = {key: corrected[key] for key in shown if key in corrected}
    return CardShares(by_corrected_share(shown, known) if is_led else shown, known, is_led)


def speaker_shares(speakers: pd.DataFrame, corrected: pd.DataFrame) -> CardShares:
    """Return the speakers shown, from the tables speakers and corrected_shares."""
    rows = corrected[(corrected["share"] == "speaker") & (corrected["group"] == ALL)]
    return shares_shown([(name,) for name in speakers["speaker"]], corrected_by(rows, ["value"]))


def _share_line(line: _Line, key: ShareKey, shares: CardShares, reviewed: str) -> _Line:
    """Return a line of the machine's share with the corrected one beside it, or the other way round."""
    corrected = shares.corrected.get(key)
    if corrected is None or not shares.is_led:
        shown = "" if isnan(line.lo) else interval(line.lo, line.hi)
        return line._replace(interval=shown, beside=beside(corrected, reviewed))
    return line._replace(
        share=corrected.share,
        lo=corrected.lo,
        hi=corrected.hi,
        dark=line.dark * corrected.share / line.share if line.share else 0.0,
        shown=percent(corrected.share),
        interval=interval(corrected.lo, corrected.hi),
        beside=say("{}{}", line.shown, interval_in_words(line.lo, line.hi)),
    )


def _with_corrected(card: Card, shares: CardShares, by: str) -> Card:
    """Return a card of shares that says whether the machine's or corrected ones lead, and which stand beside them."""
    if not shares.corrected:
        return card
    kinds = ["By the machine", f"As corrected by {by}"]
    first, second = reversed(kinds) if shares.is_led else kinds
    return card._replace(
        unit=say("{}: {}", first, card.unit), beside=second, order=order_of_shares(shares.shown, shares.corrected)
    )


def speakers_card(speakers: pd.DataFrame, shares: CardShares) -> Card:
    """Return the card of the most quoted speakers."""
    rows: dict[ShareKey, Mapping[Any, Any]] = {(row["speaker"],): row for row in speakers.head(_TOP).to_dict("records")}
    lines = []
    for key in shares.shown:
        row = rows[key]
        dark = row["share"] * row["words_direct"] / row["words"] if row["words"] else 0.0
        detail = row["role"] or row["speaker_type"]
        evidence = ("quotes", ["speaker"], [*key])
        line = _Line(
            row["speaker"], evidence, detail, row["share"], row["lo"], row["hi"], "", dark, percent(row["share"])
        )
        lines.append(_share_line(line, key, shares, _CHECKED))
    unit = Markup(
        "share of all <dfn>attributed words</dfn>, those quoted or reported as somebody's; first part of "
        "a bar: <dfn>in quotation marks</dfn>"
    )
    card = Card("Who speaks?", unit, lines, "#sources", "No statement was attributed to anyone.")
    return _with_corrected(card, shares, "a sample checked by hand")


def frames_card(prevalence: pd.DataFrame, corrected: pd.DataFrame) -> tuple[Card, bool]:
    """Return the leading frames of the first scheme, and whether corrected shares lead: those of sentences by the
    coders' codes.
    """
    frames = prevalence[(prevalence["group"] == ALL) & (prevalence["n"] > 0)]
    frames = frames[frames["scheme"].isin(prevalence["scheme"].head(1))]
    frames = frames.sort_values(["estimate", "n", "frame"], ascending=[False, False, True])
    people = corrected[(corrected["group"] == ALL) & (corrected["unit"] == "sentence")]
    keys = list(zip(frames["scheme"], frames["frame"], strict=True))
    shares = shares_shown(keys, corrected_by(people, ["scheme", "frame"]))
    rows: dict[ShareKey, Mapping[Any, Any]] = {(row["scheme"], row["frame"]): row for row in frames.to_dict("records")}
    lines = []
    for key in shares.shown:
        row = rows[key]
        share, name = row["estimate"], frame_name(row["frame"])
        evidence = ("frame_codes", ["scheme", "frame"], [*key])
        line = _Line(name, evidence, "", share, row["lo"], row["hi"], "", 0.0, percent(share))
        lines.append(_share_line(line, key, shares, _CODED))
    cued = Markup("share of sentences with a <dfn>cue</dfn>, a word that often goes with the frame")
    share = Markup("share of sentences with the frame") if shares.is_led else cued
    unit = share if shares.corrected else cued + "; not validated"
    card = Card("In which frames?", unit, lines, "#framing", "No cue of a frame was found.")
    return _with_corrected(card, shares, "the coders' codes"), shares.is_led


def entities_card(entities: pd.DataFrame) -> Card:
    """Return the people, organisations and places that are named most, without groups such as nationalities."""
    top = entities[entities["kind"] != "group"].sort_values(["mentions", "name"], ascending=[False, True]).head(_TOP)
    lines = [
        _Line(
            row["name"],
            ("entity_mentions", ["name"], [row["name"]]),
            row["kind"],
            row["mentions"],
            nan,
            nan,
            interval="",
            dark=0.0,
            shown=number(row["mentions"]),
        )
        for row in top.to_dict("records")
    ]
    return Card("About whom and where?", Markup("mentions of people, organisations and places"), lines, "#entities",
                "No person, organisation or place was found.")  # fmt: skip
