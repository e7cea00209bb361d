"""The opening of the report: corpus, speakers, frames, names, and the weak points of this analysis."""

from typing import NamedTuple

import numpy as np
import pandas as pd
from markupsafe import Markup

from scripts.core.stand_ins import ALL
from scripts.core.statements import UNNAMED as OF_A_CLASS
from scripts.core.statements import is_class
from scripts.core.visible import shortened
from scripts.documents.origins import WIRE
from scripts.maths.intervals import ENOUGH
from scripts.report.cards import Card, CardShares, entities_card, frames_card, speaker_shares, speakers_card
from scripts.report.markup import number, plural, say
from scripts.report.rendering import opening_macros
from scripts.report.store import Store
from scripts.sources import statement_totals as step

# Most stories that the opening names, and most characters of a title.
_STORIES, _TITLE = 3, 90


class Fact(NamedTuple):
    """A number of the whole corpus, and what it counts.

    `rows` is the key of the rows it counts, as in templates/report/js/find.js: kind, columns, values and unit; or else
    `href` links to the table that has them.
    """

    value: str
    name: str
    rows: tuple[object, ...] = ()
    href: str = ""


class Summary(NamedTuple):
    """The opening of the report: `totals` says how many rows of quotes.csv its numbers count, and why not all;
    `verdict` says how far the machine can be trusted; `stories` are the titles of the largest stories."""

    headline: Markup
    facts: list[Fact]
    cards: list[Card]
    totals: Markup
    verdict: str | Markup
    weak: list[Markup]
    stories: list[str]


def summarise(store: Store) -> Summary:
    """Return the opening, computed from the tables in the store."""
    documents = store.load("documents", "doc_id", "date", "n_sentences", "n_words", "duplicate_of")
    problems = store.load("problems")
    speakers = store.load("speakers")
    shares = speaker_shares(speakers, store.load("corrected_shares"))
    frames, by_coders = frames_card(store.load("frame_prevalence"), store.load("frame_corrected"))
    cards = [speakers_card(speakers, shares), frames, entities_card(store.load("entities_corpus"))]
    parts = [
        _most_quoted(documents, speakers, shares),
        opening_macros().leading_frame(frames.lines[0], by_coders) if frames.lines else "",
    ]
    nothing = say("No document could be analysed; the section on problems says why.")
    return Summary(
        nothing if documents.empty else Markup(" ").join(filter(None, parts)),
        _facts(documents, speakers),
        cards,
        _totals(store.load("statement_totals")),
        _NO_DOCUMENTS if documents.empty else _verdict(store.load("accuracy")),
        _weak(documents, speakers, problems, store.load("document_origins", "origin")["origin"]),
        [shortened(title, _TITLE) for title in store.first("stories", _STORIES)[0]["title"]],
    )


def _facts(documents: pd.DataFrame, speakers: pd.DataFrame) -> list[Fact]:
    """Return the facts of the corpus."""
    dates = sorted(date[:10] for date in documents["date"].fillna("") if date)
    quoted = int((speakers["n_quotes"] > 0).sum())  # the other speakers have only refused to comment
    statements = int(speakers["n_quotes"].sum())
    facts = [
        Fact(
            number(len(documents)),
            "document" if len(documents) == 1 else "documents",
            ("documents of a group", ["value"], [ALL], "documents"),
        ),
        Fact(
            number(statements),
            "statement" if statements == 1 else "statements",
            ("statements of a group", ["value"], [ALL]),
        ),
        Fact(number(quoted), "speakers" if quoted != 1 else "speaker", href="#table-speakers"),
    ]
    if dates:
        span = dates[0] if dates[0] == dates[-1] else f"{dates[0]} to {dates[-1]}"
        known = f" ({number(len(dates))} with a date)" if len(dates) < len(documents) else ""
        facts.append(Fact(span, f"published{known}"))
    return facts


def _totals(steps: pd.DataFrame) -> Markup:
    """Return the line that explains how all rows of quotes.csv reduce to the statements counted; "" without rows."""
    n = dict(zip(steps["step"], steps["statements"].tolist(), strict=True))
    if not n.get(step.ROWS):
        return Markup("")
    attributed = (step.ROWS, step.NAMED, step.UNNAMED, step.REFUSALS, step.REPEATED_PARAGRAPHS)
    return opening_macros().totals(*map(n.get, (*attributed, step.COUNTED, step.SOURCED, step.REPEATED)))


def _most_quoted(documents: pd.DataFrame, speakers: pd.DataFrame, shares: CardShares) -> Markup:
    """Return the sentence on the most quoted speaker; with corrected shares it says which kind of share it gives."""
    if speakers.empty:
        return say("Nobody is quoted in {}.", plural(len(documents), "document"))
    (leader,) = shares.shown[0]
    first = speakers[speakers["speaker"] == leader].iloc[0].to_dict()
    is_group = first["speaker_type"] == "group" or is_class(leader)
    machine, is_direct = speakers.iloc[0].to_dict(), bool(speakers["words_direct"].sum())
    return opening_macros().most_quoted(first, is_group, shares.corrected.get((leader,)), shares, machine, is_direct)


_NO_DOCUMENTS = (
    "There is nothing to analyse yet. Put articles into the folder that `seeds` in config.yaml names (text, Markdown, "
    "HTML, Word, PDF, CSV, JSON or ZIP; one article to a file, or a table with one to a row) and run `snakemake "
    "--cores 4` again. Files that are there and could not be read are listed under Problems, each with what to do "
    "about it."
)


def _verdict(accuracy: pd.DataFrame) -> Markup:
    """Return how far the machine can be trusted: on this corpus if people have checked a sample, else in general."""
    rows = accuracy[(accuracy["step"] == "speakers") & (accuracy["by"] == "")]
    measures = {row["measure"]: row for row in rows.to_dict("records")}
    return opening_macros().verdict(measures.get("precision"), measures.get("recall"))


def _weak(documents: pd.DataFrame, speakers: pd.DataFrame, problems: pd.DataFrame, origins: pd.Series) -> list[Markup]:
    """Return the weak points of this analysis as sentences; none if there are no documents."""
    if documents.empty:
        return []
    is_unnamed = speakers["speaker"].str.startswith(OF_A_CLASS) | speakers["speaker_type"].isin(["unnamed", "group"])
    wire = int((origins == WIRE).sum())
    repeats = int((documents["duplicate_of"].fillna("") != "").sum())
    faults = [int((problems["severity"] == severity).sum()) for severity in ("error", "warning")]
    unnamed = speakers.loc[is_unnamed, "share"].sum()
    words = np.sort(documents["n_words"].fillna(0).to_numpy(float))[::-1].cumsum()
    with_half = int(np.searchsorted(words, words[-1] / 2)) + 1  # how many of the longest documents have half the words
    sentences = opening_macros().weak(len(documents), ENOUGH, with_half, wire, repeats, *faults, unnamed)
    return [Markup(sentence) for sentence in sentences.split("\n") if sentence]
