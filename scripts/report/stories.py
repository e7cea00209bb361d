"""The largest stories: the articles of each, and the statements of its speakers by outlet, side by side."""

from collections import Counter, defaultdict
from collections.abc import Hashable, Mapping, Sequence
from typing import Any

from scripts.core.visible import shortened
from scripts.maths.ranking import by_frequency
from scripts.report.evidence import Evidence
from scripts.report.markup import number, plural
from scripts.report.model import Cell, Stories, Story, StoryArticle
from scripts.report.store import Store

# Stories at least, which the first screen names, and at most, articles of each, and speakers and outlets side by side.
_LEAST, _MOST, _ARTICLES, _SPEAKERS, _OUTLETS = 3, 6, 12, 8, 8
_TITLE, _NAME = 100, 40  # characters
Row = Mapping[Hashable, Any]


def _about(story: Row) -> str:
    """Return a line on a story: how many articles and outlets it has, when, and what holds it together."""
    facts = [plural(int(story["documents"]), "document")]
    if story["n_outlets"]:
        facts.append(plural(int(story["n_outlets"]), "outlet"))
    if story["first"]:
        facts.append(story["first"] if story["first"] == story["last"] else f"{story['first']} to {story['last']}")
    names = shortened(story["names"], _TITLE) or shortened(story["words"], _TITLE)
    return " · ".join(filter(None, [*facts, names]))


def _article(row: Row, evidence: Evidence) -> StoryArticle:
    outlet, title = shortened(row["outlet"] or "", _NAME), shortened(row["title"], _TITLE)
    return StoryArticle(row["date"] or "", outlet, title, evidence.cite(row["doc_id"]), bool(row["repeats"]))


def _side_by_side(
    members: Sequence[Row], quotes: Mapping[str, Sequence[Mapping[str, Any]]], evidence: Evidence
) -> tuple[list[str], list[tuple[str, list[Cell]]]]:
    """Return outlets, and for each speaker how many statements each of them has, which lead to the first."""
    articles = Counter(row["outlet"] for row in members if row["outlet"])
    outlets = by_frequency(articles)[:_OUTLETS]
    places: dict[tuple[str, str], list[tuple[str, int]]] = defaultdict(list)
    quoting: dict[str, set[str]] = defaultdict(set)
    for row in members:
        for quote in quotes[row["doc_id"]] if row["outlet"] in outlets else ():
            if quote["speaker"]:
                places[quote["speaker"], row["outlet"]].append((row["doc_id"], quote["sentence"]))
                quoting[quote["speaker"]].add(row["outlet"])
    weight = {name: (len(by), sum(len(places[name, outlet]) for outlet in by)) for name, by in quoting.items()}
    speakers = sorted(weight, key=lambda name: (-weight[name][0], -weight[name][1], name))[:_SPEAKERS]
    rows = [
        (shortened(name, _NAME), [_cell(places.get((name, outlet), []), evidence) for outlet in outlets])
        for name in speakers
    ]
    return [shortened(outlet, _NAME) for outlet in outlets], rows


def _cell(places: Sequence[tuple[str, int]], evidence: Evidence) -> Cell:
    """Return how many statements there are, which leads to the first; empty for none."""
    return Cell(number(len(places)), "", evidence.cite(*places[0])) if places else Cell("")


def stories_block(store: Store, evidence: Evidence, room: int) -> Stories | None:
    """Return the largest stories, a quarter of `room` but from `_LEAST` to `_MOST`; None if there are none."""
    shown, _ = store.first("stories", max(_LEAST, min(_MOST, room // 4)))
    if shown.empty:
        return None
    members = store.load("story_documents")
    made = []
    for story in shown.to_dict("records"):
        rows = members[members["story"] == story["story"]].to_dict("records")
        doc_ids = [row["doc_id"] for row in rows]
        quotes = store.of_documents("quote_sources", doc_ids, ["sentence", "speaker"])
        outlets, speakers = _side_by_side(rows, quotes, evidence)
        articles = [_article(row, evidence) for row in rows[:_ARTICLES]]
        made.append(
            Story(
                shortened(story["title"], _TITLE), _about(story), articles, len(rows) - len(articles), outlets, speakers
            )
        )
    return Stories(made)
