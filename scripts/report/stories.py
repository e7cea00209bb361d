"""The largest stories on a timeline: the articles of each, its speakers' statements by outlet, and shared passages."""

from collections import Counter, defaultdict
from collections.abc import Hashable, Mapping, Sequence
from datetime import date as Date
from typing import Any

import numpy as np

from scripts.core.anchors import sentence_anchor
from scripts.core.visible import shortened
from scripts.maths.ranking import by_frequency
from scripts.report.markup import number
from scripts.report.model import Cell, Story, StoryDot, StoryTimeline
from scripts.report.store import Store
from scripts.stories.stories import day_of

# Most stories (as many as the opening names), and most articles, speakers, outlets and passages of each.
_MOST, _ARTICLES, _SPEAKERS, _OUTLETS, _PASSAGES = 3, 12, 8, 8, 3
_NAME = 40  # characters
# Outlets whose dots have their own look; positions of dots from left to right; most stacked dots; size of a dot's cell.
_LOOKS, _PLACES, _STACK, _ROOM = 6, 60, 6, 12
_Row = Mapping[Hashable, Any]


def _dots(rows: Sequence[_Row], days: tuple[int, int], looks: Mapping[str, int]) -> list[StoryDot]:
    """Return the dated articles of a story as dots on an axis between two `days`; dots at one position are stacked."""
    first, last = days
    dots: list[StoryDot] = []
    n: Counter[int] = Counter()
    for row in rows:
        day = day_of(row["date"] or "")
        if day is None:
            continue
        place = round((day - first) / max(1, last - first) * _PLACES)
        if n[place] < _STACK:
            text = " · ".join(filter(None, [row["date"][:10], shortened(row["outlet"] or "", _NAME)]))
            look = looks.get(row["outlet"] or "", 0)
            dots.append(StoryDot(_ROOM * (place + 1), _ROOM * n[place] + _ROOM // 2, look, text))
        n[place] += 1
    return dots


def _side_by_side(
    members: Sequence[_Row], quotes: Mapping[str, Sequence[Mapping[str, Any]]]
) -> tuple[list[str], list[tuple[str, list[Cell]]]]:
    """Return the outlets, and for each speaker the number of statements in each, linked to the first of them.

    One outlet stands beside no other.
    """
    articles = Counter(row["outlet"] for row in members if row["outlet"])
    outlets = by_frequency(articles)[:_OUTLETS] if len(articles) > 1 else []
    places: dict[str, dict[str, list[tuple[str, int]]]] = defaultdict(lambda: defaultdict(list))
    for row in members:
        for quote in quotes[row["doc_id"]] if row["outlet"] in outlets else ():
            if quote["speaker"]:
                places[quote["speaker"]][row["outlet"]].append((row["doc_id"], quote["sentence"]))
    speakers = sorted(places, key=lambda name: (-len(places[name]), -sum(map(len, places[name].values())), name))
    rows = []
    for name in speakers[:_SPEAKERS]:
        cells = {outlet: Cell(number(len(at)), "", sentence_anchor(*at[0])) for outlet, at in places[name].items()}
        rows.append((shortened(name, _NAME), [cells.get(outlet, Cell("")) for outlet in outlets]))
    return [shortened(outlet, _NAME) for outlet in outlets], rows


def stories_block(store: Store) -> StoryTimeline | None:
    """Return the `_MOST` largest stories on a timeline; None if there are none."""
    shown, _ = store.first("stories", _MOST)
    if shown.empty:
        return None
    members, travelling = (
        store.take(name, np.flatnonzero(store.load(name, "story")["story"].isin(shown["story"])).tolist())
        for name in ("story_documents", "story_passages")
    )
    days = [day for date in members["date"].fillna("") if (day := day_of(date)) is not None]
    ends = min(days, default=0), max(days, default=0)
    outlets_shown = by_frequency(Counter(outlet for outlet in members["outlet"].fillna("") if outlet))[:_LOOKS]
    looks = {outlet: at for at, outlet in enumerate(outlets_shown, start=1)}
    made = []
    for story in shown.to_dict("records"):
        rows = members[members["story"] == story["story"]].to_dict("records")
        quotes = store.of_documents("quote_sources", [row["doc_id"] for row in rows], ["sentence", "speaker"])
        dots = _dots(rows, ends, looks)
        height = max((dot.y for dot in dots), default=0) + _ROOM // 2
        passages = travelling[travelling["story"] == story["story"]].head(_PASSAGES).to_dict("records")
        articles, more = rows[:_ARTICLES], max(0, len(rows) - _ARTICLES)
        made.append(Story(story, dots, height, articles, more, *_side_by_side(rows, quotes), passages))
    first, last = (Date.fromordinal(day).isoformat() if days else "" for day in ends)
    others = any(dot.look == 0 for story in made for dot in story.dots)
    return StoryTimeline(made, first, last, [shortened(outlet, _NAME) for outlet in outlets_shown], others)
