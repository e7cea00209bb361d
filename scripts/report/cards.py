"""The cards of the opening: who speaks, in which frames, about whom; corrected shares stand beside the machine's."""

from collections.abc import Mapping, Sequence
from math import isnan
from typing import Any, NamedTuple

import pandas as pd
from markupsafe import Markup

from scripts.core.stand_ins import ALL, NARRATOR
from scripts.report.corrected import Corrected, Key, beside, corrected_by, ends, in_order, may_lead
from scripts.report.evidence import Evidence
from scripts.report.figures.style import frame_name, percent
from scripts.report.markup import interval, number, plural, say

TOP = 5
# Rows that people check, by which the shares of a card are corrected.
_CHECKED, _CODED = "reviewed row", "coded sentence"


class Line(NamedTuple):
    """A line of a card: a name, what is said of it, its share with interval, and the part of the share drawn darker.

    `beside` is the corrected share where the machine's leads, and the machine's where that one does.
    """

    name: str
    href: str
    detail: str | Markup
    share: float
    interval: str
    dark: float
    shown: str
    beside: Markup = Markup("")


class Card(NamedTuple):
    """One of the answers: its question, its lines, and where the whole table is."""

    title: str
    unit: str
    lines: list[Line]
    more: str
    empty: str


def scaled(card: Card) -> Card:
    """Return a card with its longest bar as long as the card, so that small shares can be compared."""
    longest = max((line.share for line in card.lines if line.share > 0), default=1.0)
    lines = [
        line._replace(share=line.share / longest, dark=line.dark / longest)
        if line.share > 0
        else line._replace(share=0.0)
        for line in card.lines
    ]
    return card._replace(lines=lines)


class Shares(NamedTuple):
    """Names in the order in which they are shown, the corrected shares that there are, and whether those lead."""

    shown: list[Key]
    corrected: Mapping[Key, Corrected]
    is_led: bool


def shares_shown(keys: Sequence[Key], corrected: Mapping[Key, Corrected]) -> Shares:
    """Return the first TOP of names, which are in the order of the machine's shares, as they are shown.

    Who is shown is told by the machine alone: a share that rests on one missed statement brings nobody in.
    """
    shown = [*keys[:TOP]]
    is_led = may_lead(shown, corrected)
    known = {key: corrected[key] for key in shown if key in corrected}
    return Shares(in_order(shown, known) if is_led else shown, known, is_led)


def speaker_shares(speakers: pd.DataFrame, corrected: pd.DataFrame) -> Shares:
    """Return the speakers shown, from the tables speakers and corrected_shares."""
    rows = corrected[(corrected["share"] == "speaker") & (corrected["group"] == ALL)]
    return shares_shown([(name,) for name in speakers["speaker"]], corrected_by(rows, ["value"]))


def _share_line(line: Line, key: Key, lo: float, hi: float, shares: Shares, reviewed: str) -> Line:
    """Return a line of the machine's share `lo` to `hi` with the corrected one beside it, or the other way round."""
    corrected = shares.corrected.get(key)
    if corrected is None or not shares.is_led:
        return line._replace(interval="" if isnan(lo) else interval(lo, hi), beside=beside(corrected, reviewed))
    machine = say("by the machine: {}{}", line.shown, ends(lo, hi))
    return line._replace(
        share=corrected.share,
        dark=line.dark * corrected.share / line.share if line.share else 0.0,
        shown=percent(corrected.share),
        interval=interval(corrected.lo, corrected.hi),
        beside=machine,
    )


def _unit(share: str, shares: Shares, by: str, alone: str = "") -> str:
    """Return the unit of a card: the share, whether the machine's or a corrected one leads, and which stands beside."""
    if not shares.corrected:
        return f"{share}{alone}"
    first, second = (
        (f"as corrected by {by}", "the machine's") if shares.is_led else ("by the machine", f"as corrected by {by}")
    )
    return f"{share}, {first}; below it {second}"


def speakers_card(speakers: pd.DataFrame, shares: Shares, evidence: Evidence) -> Card:
    """Return the card of the most quoted speakers."""
    rows: dict[Key, Mapping[Any, Any]] = {(row["speaker"],): row for row in speakers.head(TOP).to_dict("records")}
    hrefs = evidence.links("quotes", ("speaker",), shares.shown)
    lines = []
    for key, href in zip(shares.shown, hrefs, strict=True):
        row = rows[key]
        detail = row["role"] or row["speaker_type"]
        words = _words(row["words_direct"], row["words_indirect"])
        dark = row["share"] * row["words_direct"] / row["words"] if row["words"] else 0.0
        text = f"{detail} · {words}" if detail else words
        line = Line(row["speaker"], href, text, row["share"], "", dark, percent(row["share"]))
        lines.append(_share_line(line, key, row["lo"], row["hi"], shares, _CHECKED))
    unit = _unit("share of attributed words", shares, "a sample checked by hand")
    return Card("Who speaks?", f"{unit}; the stronger part is in quotation marks", lines,
                "#sources", "No statement was attributed to anyone.")  # fmt: skip


def _words(direct: int, reported: int) -> str:
    """Return numbers of words in quotation marks and reported in words."""
    if direct and reported:
        return f"{plural(direct, 'word')} in quotation marks, {number(reported)} reported"
    return f"{plural(direct, 'word')} in quotation marks" if direct else f"{plural(reported, 'word')} reported"


def frames_card(
    prevalence: pd.DataFrame, corrected: pd.DataFrame, speakers: pd.DataFrame, evidence: Evidence
) -> tuple[Card, bool]:
    """Return the leading frames of the first scheme with the voices of their sentences, and whether corrected shares
    lead: those of sentences by the coders' codes.
    """
    frames = prevalence[(prevalence["group"] == ALL) & (prevalence["n"] > 0)]
    frames = frames[frames["scheme"].isin(prevalence["scheme"].head(1))]
    frames = frames.sort_values(["estimate", "n", "frame"], ascending=[False, False, True])
    people = corrected[(corrected["group"] == ALL) & (corrected["unit"] == "sentence")]
    keys = list(zip(frames["scheme"], frames["frame"], strict=True))
    shares = shares_shown(keys, corrected_by(people, ["scheme", "frame"]))
    rows: dict[Key, Mapping[Any, Any]] = {(row["scheme"], row["frame"]): row for row in frames.to_dict("records")}
    hrefs = evidence.links("frame_codes", ("scheme", "frame"), shares.shown)
    voiced = speakers[(speakers["relation"] == "voiced") & (speakers["n"] > 0)]
    lines = []
    for key, href in zip(shares.shown, hrefs, strict=True):
        row = rows[key]
        mine = (voiced["scheme"] == row["scheme"]) & (voiced["frame"] == row["frame"])
        ranked = sorted(zip(-voiced["n"][mine], voiced["name"][mine], strict=True))[:3]
        voices = ", ".join(f"{'the narrator' if name == NARRATOR else name} {number(-n)}" for n, name in ranked)
        detail = f"sentences by voice: {voices}"
        line = Line(frame_name(row["frame"]), href, detail, row["estimate"], "", 0.0, percent(row["estimate"]))
        lines.append(_share_line(line, key, row["lo"], row["hi"], shares, _CODED))
    share = "share of sentences with " + ("the frame" if shares.is_led else "a cue of the frame")
    unit = _unit(share, shares, "the coders' codes", ", not validated by coders")
    return Card("In which frames?", unit, lines, "#framing", "No cue of a frame was found."), shares.is_led


def entities_card(entities: pd.DataFrame, evidence: Evidence) -> Card:
    """Return the people, organisations and places that are named most, without groups such as nationalities."""
    top = entities[entities["kind"] != "group"].sort_values(["mentions", "name"], ascending=[False, True]).head(TOP + 1)
    hrefs = evidence.links("entity_mentions", ("name",), [(name,) for name in top["name"]])
    lines = []
    for row, href in zip(top.to_dict("records"), hrefs, strict=True):
        within = f" in {plural(row['documents'], 'document')}" if row["n_documents"] > 1 else ""
        detail = f"{row['kind']}{within} · {number(row['estimate'])} per 1,000 words"
        ends = "" if isnan(row["lo"]) else interval(row["lo"], row["hi"], proportion=False)
        lines.append(Line(row["name"], href, detail, row["mentions"], ends, 0.0, plural(row["mentions"], "mention")))
    return Card("About whom and where?", "people, organisations and places, by mentions", lines, "#entities",
                "No person, organisation or place was found.")  # fmt: skip
