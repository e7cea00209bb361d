"""The cards of the opening: who speaks, in which frames, about whom.

A share corrected by a reviewed sample rests on few rows. It is shown beside the machine's share, never instead of
it, and leads only if the sample shows that the machine's error is larger than the sample's own uncertainty.
"""

from collections.abc import Mapping, Sequence
from math import isnan, nan
from typing import NamedTuple

import pandas as pd
from markupsafe import Markup

from scripts.core.stand_ins import ALL
from scripts.report.figures.style import frame_name, percent
from scripts.report.markup import interval, interval_in_words, number, plural, say

# A corrected share that rests on fewer reviewed rows is marked as such, and never leads.
_FEWEST = 10
ShareKey = tuple[str, ...]
_TOP = 5


class Corrected(NamedTuple):
    """A corrected share with its interval, the number of reviewed rows behind it, and the machine's share."""

    share: float
    lo: float
    hi: float
    n: int
    machine: float

    @property
    def is_few(self) -> bool:
        """Return whether it rests on fewer than `_FEWEST` rows."""
        return self.n < _FEWEST

    @property
    def is_sharper(self) -> bool:
        """Return whether its interval is narrower than the machine's error, as estimated from the sample."""
        return not self.is_few and self.hi - self.lo < abs(self.share - self.machine)


def _corrected_by(rows: pd.DataFrame, columns: Sequence[str]) -> dict[ShareKey, Corrected]:
    """Return the corrected shares that could be estimated, keyed by the values of `columns`; the first row of each."""
    known = rows[rows["estimate"].notna()].drop_duplicates(list(columns))
    numbers = known[["estimate", "lo", "hi", "n", "machine"]].itertuples(index=False)
    keys = known[list(columns)].itertuples(index=False)
    return {tuple(key): Corrected(*each) for key, each in zip(keys, numbers, strict=True)}


def _may_lead(shown: Sequence[ShareKey], corrected: Mapping[ShareKey, Corrected]) -> bool:
    """Return whether corrected shares may lead; `shown` are the names shown, in the order of the machine's shares.

    All must rest on enough rows. The name that is first by the machine and the one that is first after correction must
    both have an interval narrower than the machine's error, so that neither is first by chance.
    """
    if not shown or any(key not in corrected or corrected[key].is_few for key in shown):
        return False
    first = max(shown, key=lambda key: corrected[key].share)
    return corrected[shown[0]].is_sharper and corrected[first].is_sharper


class _Line(NamedTuple):
    """A line of a card: a name, the key of the rows it links to, a detail, its share, and the share as text.

    `rows` is a key as in templates/report/js/find.js: kind, columns and values. `lo` and `hi` are the ends of the
    interval of the share (NaN for none), `interval` is the interval as text, `dark` the part of the bar drawn darker.
    `beside` is the other share as text: the corrected one if the machine's leads, else the machine's.
    """

    name: str
    rows: tuple[object, ...]
    detail: str
    share: float
    shown: str
    lo: float = nan
    hi: float = nan
    dark: float = 0.0
    interval: str = ""
    beside: Markup = Markup("")


class Card(NamedTuple):
    """A card: a question (`title`), the lines that answer it, and the link to the full table (`more`).

    `empty` is shown if there are no lines. `beside` is the heading of the other kind of share, "" if there is none;
    `order` says which of the two leads, and why.
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
        """Return the largest share or upper end of an interval, which gets the full width of the card."""
        return max((end for line in self.lines for end in (line.share, line.hi) if end > 0), default=1.0)


class CardShares(NamedTuple):
    """Names in the order shown, their corrected shares as far as there are any, and whether these lead."""

    shown: list[ShareKey]
    corrected: Mapping[ShareKey, Corrected]
    is_led: bool


def shares_shown(keys: Sequence[ShareKey], corrected: Mapping[ShareKey, Corrected]) -> CardShares:
    """Return the first `_TOP` of `keys`, which are in the order of the machine's shares, in the order to show them.

    Only the machine's shares decide who is shown, so that a single missed statement in the sample adds nobody.
    """
    shown = [*keys[:_TOP]]
    is_led = _may_lead(shown, corrected)
    known = {key: corrected[key] for key in shown if key in corrected}
    # Equal shares keep the order of the machine.
    return CardShares(sorted(shown, key=lambda key: -known[key].share) if is_led else shown, known, is_led)


def speaker_shares(speakers: pd.DataFrame, corrected: pd.DataFrame) -> CardShares:
    """Return the speakers to show, from the tables speakers and corrected_shares."""
    rows = corrected[(corrected["share"] == "speaker") & (corrected["group"] == ALL)]
    return shares_shown([(name,) for name in speakers["speaker"]], _corrected_by(rows, ["value"]))


def _beside(corrected: Corrected | None, rows: str) -> Markup:
    """Return a corrected share as text to show beside the machine's, or ""; `rows` is the noun for a reviewed row."""
    if corrected is None:
        return Markup("")
    warning = ", too few to quote" if corrected.is_few else ""
    n = plural(int(corrected.n), rows)
    return say("{}{}, from {}{}", percent(corrected.share), interval_in_words(corrected.lo, corrected.hi), n, warning)


def _order_of_shares(shares: CardShares) -> str:
    """Return a sentence that says whether corrected shares lead, and why."""
    rule = (
        "Corrected shares are shown beside the machine's and never replace them. They come first only where all that "
        f"are shown rest on at least {_FEWEST} rows, and the interval of the first is narrower than the machine's "
        "error"
    )
    if shares.is_led:
        return f"{rule}, as it is here."
    first = shares.corrected.get(shares.shown[0])
    if first is None:
        why = "the first has no corrected share"
    elif first.is_few:
        why = f"the first rests on fewer than {_FEWEST} rows"
    elif not first.is_sharper:
        why = "the interval of the first is not narrower than the machine's error"
    else:
        why = "not all that are shown are known so well"
    return f"{rule}; here they do not, since {why}."


def _with_shares(card: Card, machine: Mapping[ShareKey, _Line], shares: CardShares, *, reviewed: str, by: str) -> Card:
    """Return a card with the machine's shares and the corrected ones beside them, or the other way round.

    The card says which of the two lead. `reviewed` is the noun for a reviewed row, `by` says what corrected the shares.
    """
    lines = []
    for key in shares.shown:
        line, corrected = machine[key], shares.corrected.get(key)
        if corrected is None or not shares.is_led:
            shown = "" if isnan(line.lo) else interval(line.lo, line.hi)
            lines.append(line._replace(interval=shown, beside=_beside(corrected, reviewed)))
            continue
        share, lo, hi, *_ = corrected
        dark = line.dark * share / line.share if line.share else 0.0
        by_machine = say("{}{}", line.shown, interval_in_words(line.lo, line.hi))
        lines.append(
            _Line(line.name, line.rows, line.detail, share, percent(share), lo, hi, dark, interval(lo, hi), by_machine)
        )
    card = card._replace(lines=lines)
    if not shares.corrected:
        return card
    kinds = ["By the machine", f"As corrected by {by}"]
    first, second = reversed(kinds) if shares.is_led else kinds
    return card._replace(unit=say("{}: {}", first, card.unit), beside=second, order=_order_of_shares(shares))


def speakers_card(speakers: pd.DataFrame, shares: CardShares) -> Card:
    """Return the card of the most quoted speakers."""
    machine: dict[ShareKey, _Line] = {}
    for row in speakers.head(_TOP).to_dict("records"):
        name, share = row["speaker"], row["share"]
        key, detail = ("quotes", ["speaker"], [name]), row["role"] or row["speaker_type"]
        dark = share * row["words_direct"] / row["words"] if row["words"] else 0.0
        machine[(name,)] = _Line(name, key, detail, share, percent(share), row["lo"], row["hi"], dark)
    unit = Markup(
        "share of all <dfn>attributed words</dfn>, those quoted or reported as somebody's; first part of each bar: "
        "<dfn>in quotation marks</dfn>"
    )
    card = Card("Who speaks?", unit, [], "#sources", "No statement was attributed to anyone.")
    return _with_shares(card, machine, shares, reviewed="reviewed row", by="a reviewed sample")


def frames_card(prevalence: pd.DataFrame, corrected: pd.DataFrame) -> tuple[Card, bool]:
    """Return the card of the leading frames of the first scheme, and whether corrected shares lead.

    These are shares of sentences, corrected by the coders' codes."""
    frames = prevalence[(prevalence["group"] == ALL) & (prevalence["n"] > 0)]
    frames = frames[frames["scheme"].isin(prevalence["scheme"].head(1))]
    frames = frames.sort_values(["estimate", "n", "frame"], ascending=[False, False, True])
    people = corrected[(corrected["group"] == ALL) & (corrected["unit"] == "sentence")]
    machine: dict[ShareKey, _Line] = {}
    for row in frames.to_dict("records"):
        key, name, share = (row["scheme"], row["frame"]), frame_name(row["frame"]), row["estimate"]
        rows = ("frame_codes", ["scheme", "frame"], [*key])
        machine[key] = _Line(name, rows, "", share, percent(share), row["lo"], row["hi"])
    shares = shares_shown([*machine], _corrected_by(people, ["scheme", "frame"]))
    cued = Markup("share of sentences with a <dfn>cue</dfn>, a word that often goes with the frame")
    share = Markup("share of sentences with the frame") if shares.is_led else cued
    unit = share if shares.corrected else cued + "; not validated"
    card = Card("In which frames?", unit, [], "#framing", "No cue of a frame was found.")
    return _with_shares(card, machine, shares, reviewed="coded sentence", by="the coders' codes"), shares.is_led


def entities_card(entities: pd.DataFrame) -> Card:
    """Return the card of the people, organisations and places named most, without groups such as nationalities."""
    top = entities[entities["kind"] != "group"].sort_values(["mentions", "name"], ascending=[False, True]).head(_TOP)
    columns = zip(top["name"], top["kind"], top["mentions"].tolist(), strict=True)
    lines = [_Line(name, ("entity_mentions", ["name"], [name]), kind, n, number(n)) for name, kind, n in columns]
    return Card("About whom and where?", Markup("mentions of people, organisations and places"), lines, "#entities",
                "No person, organisation or place was found.")  # fmt: skip
