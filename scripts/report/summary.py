"""The answer above all tables: corpus, speakers, frames, names, and the weak points of this analysis."""

from typing import NamedTuple

import numpy as np
import pandas as pd
from markupsafe import Markup

from scripts.core.stand_ins import ALL
from scripts.core.statements import UNNAMED as OF_A_CLASS
from scripts.core.statements import is_class
from scripts.core.visible import shortened
from scripts.maths.intervals import ENOUGH
from scripts.report.cards import Card, CardShares, entities_card, frames_card, speaker_shares, speakers_card
from scripts.report.corrected import interval_in_words
from scripts.report.figures.style import percent
from scripts.report.markup import link, listing, number, plural, say
from scripts.report.store import Store
from scripts.sources.statement_totals import (
    COUNTED,
    NAMED,
    REFUSALS,
    REPEATED,
    REPEATED_PARAGRAPHS,
    ROWS,
    SOURCED,
    UNNAMED,
)

# Below such a share of the attributed words, the most quoted speaker is one among many.
_LEADS = 0.1
# Documents that have half of all words are few if they are less than this part of all.
_FEW_LONG = 0.1
# Stories that the opening names, and the longest title of one.
_STORIES, _TITLE = 3, 90


class Fact(NamedTuple):
    """A number of the whole corpus, and what it counts.

    `rows` is the key of what it counts, as in templates/report/js/find.js: kind, columns, values and unit; or `href`
    leads to the table that has it.
    """

    value: str
    name: str
    rows: tuple[object, ...] = ()
    href: str = ""


class Summary(NamedTuple):
    """The opening of the report; `totals` tells how many rows of quotes.csv its numbers count, and why not all,
    `verdict` how far the machine can be trusted. `stories` are the titles of the largest stories."""

    headline: Markup
    facts: list[Fact]
    cards: list[Card]
    totals: Markup
    verdict: str | Markup
    weak: list[str | Markup]
    stories: list[str]


def summarise(store: Store) -> Summary:
    """Return the opening, from the tables documents, speakers, problems, entities_corpus and the tables of frames."""
    documents = store.load("documents", "doc_id", "date", "n_sentences", "n_words", "duplicate_of")
    problems = store.load("problems")
    speakers = store.load("speakers")
    shares = speaker_shares(speakers, store.load("corrected_shares"))
    frames, by_coders = frames_card(store.load("frame_prevalence"), store.load("frame_corrected"))
    cards = [speakers_card(speakers, shares), frames, entities_card(store.load("entities_corpus"))]
    parts = [_most_quoted(documents, speakers, shares), _leading_frames(frames, by_coders=by_coders)]
    nothing = say("No document could be analysed; the section on problems says why.")
    return Summary(
        nothing if documents.empty else Markup(" ").join(filter(None, parts)),
        _facts(documents, speakers),
        cards,
        _totals(store.load("statement_totals")),
        _NO_DOCUMENTS if documents.empty else _verdict(store.load("accuracy")),
        _weak(documents, speakers, problems),
        [shortened(title, _TITLE) for title in store.first("stories", _STORIES)[0]["title"]],
    )


def _repeats(documents: pd.DataFrame) -> int:
    return int((documents["duplicate_of"].fillna("") != "").sum())


def _longest(documents: pd.DataFrame) -> int:
    """Return how many of the longest documents have half of all words."""
    words = np.sort(documents["n_words"].fillna(0).to_numpy(float))[::-1].cumsum()
    return int(np.searchsorted(words, words[-1] / 2)) + 1


def _facts(documents: pd.DataFrame, speakers: pd.DataFrame) -> list[Fact]:
    """Return the facts of the corpus."""
    dates = sorted(date[:10] for date in documents["date"].fillna("") if date)
    quoted = int((speakers["n_quotes"] > 0).sum())  # others have only refused to speak
    facts = [
        Fact(
            number(len(documents)),
            "document" if len(documents) == 1 else "documents",
            ("documents of a group", ["value"], [ALL], "documents"),
        ),
        Fact(number(int(speakers["n_quotes"].sum())), "statements", ("statements of a group", ["value"], [ALL])),
        Fact(number(quoted), "speakers" if quoted != 1 else "speaker", href="#table-speakers"),
    ]
    if dates:
        span = dates[0] if dates[0] == dates[-1] else f"{dates[0]} to {dates[-1]}"
        known = f", of {number(len(dates))} with a date" if len(dates) < len(documents) else ""
        facts.append(Fact(span, f"published{known}"))
    return facts


def _totals(steps: pd.DataFrame) -> Markup:
    """Return the line that leads from all rows of quotes.csv to the statements that are counted; "" without a row."""
    n = dict(zip(steps["step"], steps["statements"].tolist(), strict=True))
    if not n.get(ROWS):
        return Markup("")
    left_out = [
        f"{plural(n[UNNAMED], 'statement')} whose speaker is unknown",
        f"{plural(n[REFUSALS], 'refusal')} to speak",
        *([f"{number(n[REPEATED_PARAGRAPHS])} in boilerplate"] if n.get(REPEATED_PARAGRAPHS) else []),
    ]
    repeated = f", without {number(n[REPEATED])} in documents that repeat others" if n[REPEATED] else ""
    return say(
        "Of {} in quotes.csv the first screen counts the {} with a speaker; it leaves out {}. "
        "Shares of kinds of source count {} of {} with a source{}. {}.",
        plural(n[ROWS], "row"),
        number(n[NAMED]),
        listing(left_out),
        number(n[COUNTED]),
        number(n[SOURCED]),
        repeated,
        link("Every step", "#table-statement_totals"),
    )


def _most_quoted(documents: pd.DataFrame, speakers: pd.DataFrame, shares: CardShares) -> Markup:
    """Return the sentence on the most quoted speaker, which says whose share it is if there are corrected ones."""
    if speakers.empty:
        return say("Nobody is quoted in {}.", plural(len(documents), "document"))
    by_machine, (leader,) = speakers.iloc[0], shares.shown[0]
    first = speakers[speakers["speaker"] == leader].iloc[0]
    corrected = shares.corrected.get((leader,))
    if corrected and shares.is_led:
        machine = percent(by_machine["share"])
        rest = (
            say("it is {}", machine)
            if by_machine["speaker"] == leader
            else say("{} is, with {}", by_machine["speaker"], machine)
        )
        by = plural(int(corrected.n), "reviewed row")
        return _leading_voice(first, corrected.share) + say(
            ", corrected by {}{}; by the machine {}.", by, interval_in_words(corrected.lo, corrected.hi), rest
        )
    sentence = _leading_voice(first, first["share"]) + say(
        "{}{}.", ", by the machine" if shares.corrected else "", interval_in_words(first["lo"], first["hi"])
    )
    if not int(speakers["words_direct"].sum()):
        sentence += Markup(" Nobody is quoted in quotation marks.")
    if corrected is None or corrected.is_few:
        return sentence
    return sentence + say(
        " As corrected by hand that share is {}{}.",
        percent(corrected.share),
        interval_in_words(corrected.lo, corrected.hi),
    )


def _leading_voice(speaker: pd.Series, share: float) -> Markup:
    """Return the beginning of that sentence: who has the largest share, and whether that is much."""
    is_group = speaker["speaker_type"] == "group" or is_class(speaker["speaker"])
    name, role = speaker["speaker"], f", {speaker['role']}," if speaker["role"] else ""
    if share < _LEADS:
        return say(
            "No voice dominates: the most quoted, <strong>{}</strong>{} {} {} of all that is quoted or reported",
            name,
            role,
            "have" if is_group else "has",
            percent(share),
        )
    return say(
        "<strong>{}</strong>{} {} most, with {} of all that is quoted or reported",
        name[:1].upper() + name[1:] if is_group else name,
        role,
        "are quoted" if is_group else "is quoted",
        percent(share),
    )


def _leading_frames(card: Card, *, by_coders: bool) -> Markup:
    """Return the sentence on the leading frames; "" without any."""
    if not card.lines:
        return Markup("")
    by = ", as corrected by the coders' codes" if by_coders else ""
    first = card.lines[0]
    of = "{} of sentences" if by_coders else "{} of sentences have a word that often goes with it"
    return say("The commonest frame is <strong>{}</strong> (" + of + "){}.", first.name, first.shown, by)


_NO_DOCUMENTS = (
    "There is nothing to analyse yet. Put articles into the folder that `seeds` in config.yaml names (text, Markdown, "
    "HTML, Word, PDF, CSV, JSON or ZIP; one article a file, or a table with one a row) and run `snakemake --cores 4` "
    "again. Files that are there and could not be read are listed under Problems, each with what to do."
)


def _verdict(accuracy: pd.DataFrame) -> Markup:
    """Return how far the machine can be trusted: on this corpus if people have checked a sample, else in general."""
    rows = accuracy[(accuracy["step"] == "speakers") & (accuracy["by"] == "")]
    shares = {
        row["measure"]: percent(row["estimate"]) + interval_in_words(row["lo"], row["hi"])
        for row in rows.to_dict("records")
    }
    if "precision" not in shares:
        return say(
            "A machine found all this; it misses some and mistakes some ({}). A number leads to its sentences: "
            "read them before you quote it.",
            link("how often", "#table-accuracy"),
        )
    verdict = say(
        "Checked by hand on this corpus: of the attributed statements, {} are by the speaker named", shares["precision"]
    )
    if "recall" in shares:
        verdict += say("; of all statements, {} are found with their speaker", shares["recall"])
    return verdict + say(". {}", link("More on what was checked", "#review"))


def _weak(documents: pd.DataFrame, speakers: pd.DataFrame, problems: pd.DataFrame) -> list[str | Markup]:
    """Return the weak points of these documents as sentences; none where there is no document."""
    weak: list[str | Markup] = []
    if documents.empty:
        return weak
    if len(documents) == 1:
        weak.append(
            "This is one document. Its numbers describe that document and nothing beyond it; intervals over documents "
            "are not estimable."
        )
    elif len(documents) < ENOUGH:
        weak.append(f"{number(len(documents))} documents are few: intervals over documents need {ENOUGH}.")
    elif len(documents) < 20:
        weak.append(f"{number(len(documents))} documents are few: intervals are wide, and one article can turn a rank.")
    if len(documents) >= ENOUGH and (longest := _longest(documents)) < _FEW_LONG * len(documents):
        weak.append(
            f"Half of all words stand in {plural(longest, 'document')} of {number(len(documents))}: shares rest on few "
            "long documents, and no interval knows of others like them."
        )
    if repeats := _repeats(documents):
        verbs = "repeats an earlier one and is" if repeats == 1 else "repeat earlier ones and are"
        weak.append(
            f"{plural(repeats, 'document')} {verbs} counted all the same; `duplicates: drop` in config.yaml leaves "
            "such documents out."
        )
    errors = int((problems["severity"] == "error").sum())
    warnings = int((problems["severity"] == "warning").sum())
    if errors or warnings:
        faults = listing([f"{plural(n, word)}" for n, word in ((errors, "error"), (warnings, "warning")) if n])
        weak.append(say("Your files gave {}: {}.", faults, link("see problems", "#problems")))
    is_unnamed = speakers["speaker"].str.startswith(OF_A_CLASS) | speakers["speaker_type"].isin(["unnamed", "group"])
    unnamed = speakers.loc[is_unnamed, "share"].sum()
    if unnamed > 0:
        weak.append(
            f"{percent(unnamed)} of the attributed words belong to unnamed or collective sources, such as experts."
        )
    return weak
