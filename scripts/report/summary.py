"""The answer above all tables: corpus, speakers, frames, names, and the weak points of this analysis."""

from math import isnan
from typing import NamedTuple

import pandas as pd
from markupsafe import Markup

from scripts.maths.intervals import ENOUGH
from scripts.report.evidence import Evidence
from scripts.report.figures.style import frame_name, percent
from scripts.report.markup import interval, link, listing, number, plural, say
from scripts.report.store import Store

TOP = 5
# Below such a share of the attributed words, the most quoted speaker is one among many.
_LEADS = 0.1
NARRATOR, ALL = "(narrator)", "(all)"


class Line(NamedTuple):
    """A line of a card: a name, what is said of it, its share with interval, and the part of the share drawn darker."""

    name: str
    href: str
    detail: str | Markup
    share: float
    interval: str
    dark: float
    shown: str


class Card(NamedTuple):
    """One of the answers: its question, its lines, and where the whole table is."""

    title: str
    unit: str
    lines: list[Line]
    more: str
    empty: str


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
    """The opening of the report."""

    headline: Markup
    facts: list[Fact]
    cards: list[Card]
    weak: list[str | Markup]


def summarise(store: Store, evidence: Evidence) -> Summary:
    """Return the opening, from the tables documents, speakers, problems, entities_corpus and the tables of frames."""
    documents = store.load("documents", "doc_id", "date", "n_sentences", "n_words", "duplicate_of")
    problems = store.load("problems")
    speakers, checked = with_corrected(store.load("speakers"), store.load("corrected_shares"))
    cards = [
        _speakers(speakers, checked, evidence),
        _frames(store.load("frame_prevalence"), store.load("frame_corrected"), store.load("frame_speakers"), evidence),
        _entities(store.load("entities_corpus"), evidence),
    ]
    facts = _facts(documents, speakers)
    return Summary(
        _headline(documents, speakers, cards),
        facts,
        [_scaled(card) for card in cards],
        _weak(documents, speakers, problems, store.load("accuracy")),
    )


def _scaled(card: Card) -> Card:
    """Return a card with its longest bar as long as the card, so that small shares can be compared."""
    longest = max((line.share for line in card.lines if line.share > 0), default=1.0)
    lines = [
        line._replace(share=line.share / longest, dark=line.dark / longest)
        if line.share > 0
        else line._replace(share=0.0)
        for line in card.lines
    ]
    return card._replace(lines=lines)


def _repeats(documents: pd.DataFrame) -> int:
    return int((documents["duplicate_of"].fillna("") != "").sum())


def _of_all(unit: str, *, use: str = "") -> tuple[object, ...]:
    """Return the key of all documents, counted by a unit; of a `use` only those."""
    return ("documents of a group", ["value", *(["of"] if use else [])], [ALL, *([use] if use else [])], unit)


def _facts(documents: pd.DataFrame, speakers: pd.DataFrame) -> list[Fact]:
    """Return the facts of the corpus."""
    dates = sorted(date[:10] for date in documents["date"].fillna("") if date)
    facts = [
        Fact(number(len(documents)), "document" if len(documents) == 1 else "documents", _of_all("documents")),
        Fact(number(int(documents["n_sentences"].sum())), "sentences", _of_all("all sentences")),
        Fact(number(int(documents["n_words"].sum())), "words", _of_all("words")),
        Fact(
            number(int(speakers["n_quotes"].sum())),
            "attributed statements",
            ("statements of a group", ["value"], [ALL]),
        ),
        Fact(number(len(speakers)), "speakers" if len(speakers) != 1 else "speaker", href="#table-speakers"),
    ]
    if repeats := _repeats(documents):
        facts.append(Fact(number(repeats), "documents that repeat others", _of_all("documents", use="repeats")))
    if dates:
        span = dates[0] if dates[0] == dates[-1] else f"{dates[0]} to {dates[-1]}"
        known = f", of {number(len(dates))} with a date" if len(dates) < len(documents) else ""
        facts.append(Fact(span, f"published{known}"))
    return facts


def _headline(documents: pd.DataFrame, speakers: pd.DataFrame, cards: list[Card]) -> Markup:
    """Return the opening sentences: the most quoted speaker and the leading frames."""
    if documents.empty:
        return say("No document could be analysed; the section on problems says why.")
    parts = []
    if speakers.empty:
        parts.append(say("Nobody is quoted in {}.", plural(len(documents), "document")))
    else:
        first = speakers.iloc[0]
        role = f", {first['role']}," if first["role"] else ""
        is_group = first["speaker_type"] == "group"
        speaker = first["speaker"][:1].upper() + first["speaker"][1:] if is_group else first["speaker"]
        name = say("<strong>{}</strong>{}", speaker, role)
        if first["share"] < _LEADS:
            name = say("No voice leads. {}", name)
        with_interval = "" if isnan(first["lo"]) else f" (95% interval {interval(first['lo'], first['hi'])})"
        is_quoted = "are quoted" if is_group else "is quoted"
        parts.append(
            say(
                "{} {} most, with {} of all attributed words{}", name, is_quoted, percent(first["share"]), with_interval
            )
        )
        direct = first["direct_share"]
        quoted = int(speakers["words_direct"].sum())
        if not quoted:
            parts[-1] += Markup("; nobody is quoted in quotation marks.")
        elif direct == 1:
            parts[-1] += Markup(" and every word in quotation marks.")
        else:
            parts[-1] += say(" and {} of those in quotation marks.", percent(direct))
    frames = cards[1].lines
    if frames:
        of_cues = "cues in" if "cue" in cards[1].unit else "in"
        names = [say("<strong>{}</strong> ({} {} of sentences)", line.name, of_cues, line.shown) for line in frames[:2]]
        are = "The commonest frame is" if len(names) == 1 else "The commonest frames are"
        parts.append(say("{} {}.", are, listing(names)))
    return Markup(" ").join(parts)


def with_corrected(speakers: pd.DataFrame, corrected: pd.DataFrame) -> tuple[pd.DataFrame, bool]:
    """Return speakers with the shares of the first TOP as a checked sample corrects them, and whether it does.

    The TOP are those with most words by the machine, now in the order of their corrected shares: a share that rests on
    one missed statement must not lead the report. If the sample corrects not all of them, none is changed.
    """
    rows = corrected[(corrected["share"] == "speaker") & (corrected["group"] == ALL) & corrected["estimate"].notna()]
    rows = rows.set_index("value")[["estimate", "lo", "hi"]].set_axis(["share", "lo", "hi"], axis=1)
    top = speakers.head(TOP)
    if top.empty or not set(top["speaker"]) <= set(rows.index):
        return speakers, False
    numbers = rows.loc[top["speaker"]].set_axis(top.index)
    first = top.assign(**{str(name): numbers[name] for name in numbers})
    return pd.concat([first.sort_values("share", ascending=False, kind="stable"), speakers.iloc[TOP:]]), True


def _speakers(speakers: pd.DataFrame, checked: bool, evidence: Evidence) -> Card:
    """Return the card of the most quoted speakers; `checked` tells that a sample corrected their shares."""
    top = speakers.head(TOP)
    hrefs = evidence.links("quotes", ("speaker",), [(name,) for name in top["speaker"]])
    lines = []
    for row, href in zip(top.to_dict("records"), hrefs, strict=True):
        detail = row["role"] or row["speaker_type"]
        words = _words(row["words_direct"], row["words_indirect"])
        dark = row["share"] * row["words_direct"] / row["words"] if row["words"] else 0.0
        lines.append(
            Line(
                row["speaker"],
                href,
                f"{detail} · {words}" if detail else words,
                row["share"],
                "" if isnan(row["lo"]) else interval(row["lo"], row["hi"]),
                dark,
                percent(row["share"]),
            )
        )
    by = ", corrected by a sample checked by hand" if checked else ""
    return Card("Who speaks?", f"share of attributed words{by}; the stronger part is in quotation marks", lines,
                "#sources", "No statement was attributed to anyone.")  # fmt: skip


def _words(direct: int, reported: int) -> str:
    """Return numbers of words in quotation marks and reported in words."""
    if direct and reported:
        return f"{plural(direct, 'word')} in quotation marks, {number(reported)} reported"
    return f"{plural(direct, 'word')} in quotation marks" if direct else f"{plural(reported, 'word')} reported"


def _frames(prevalence: pd.DataFrame, corrected: pd.DataFrame, speakers: pd.DataFrame, evidence: Evidence) -> Card:
    """Return the leading frames of the first scheme, and the voices of their sentences.

    Where coders' codes correct the share of every frame with a cue, the corrected shares are shown, not the machine's.
    """
    frames = prevalence[(prevalence["group"] == ALL) & (prevalence["n"] > 0)]
    frames = frames[frames["scheme"].isin(prevalence["scheme"].head(1))]
    unit = "share of sentences with a cue of the frame, not validated by coders"
    people = corrected[(corrected["group"] == ALL) & corrected["estimate"].notna()]
    people = people.set_index(["scheme", "frame"])[["estimate", "lo", "hi"]]
    keys = list(zip(frames["scheme"], frames["frame"], strict=True))
    if keys and set(keys) <= set(people.index):
        unit = "share of sentences with the frame, corrected by the coders' codes"
        frames = frames.drop(columns=people.columns).join(people, on=["scheme", "frame"])
    top = frames.sort_values(["estimate", "n", "frame"], ascending=[False, False, True]).head(TOP)
    hrefs = evidence.links("frame_codes", ("scheme", "frame"), list(zip(top["scheme"], top["frame"], strict=True)))
    voiced = speakers[(speakers["relation"] == "voiced") & (speakers["n"] > 0)]
    lines = []
    for row, href in zip(top.to_dict("records"), hrefs, strict=True):
        mine = (voiced["scheme"] == row["scheme"]) & (voiced["frame"] == row["frame"])
        ranked = sorted(zip(-voiced["n"][mine], voiced["name"][mine], strict=True))[:3]
        voices = ", ".join(f"{'the narrator' if name == NARRATOR else name} {number(-n)}" for n, name in ranked)
        share = row["estimate"]
        ends = interval(row["lo"], row["hi"])
        lines.append(
            Line(frame_name(row["frame"]), href, f"sentences by voice: {voices}", share, ends, 0.0, percent(share))
        )
    return Card("In which frames?", unit, lines, "#framing", "No cue of a frame was found.")


def _entities(entities: pd.DataFrame, evidence: Evidence) -> Card:
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


_NO_DOCUMENTS = (
    "There is nothing to analyse yet. Put articles into the folder that `seeds` in config.yaml names (text, Markdown, "
    "HTML, Word, PDF, CSV, JSON or ZIP; one article a file, or a table with one a row) and run `snakemake --cores 4` "
    "again. Files that are there and could not be read are listed under Problems, each with what to do."
)


def _verdict(accuracy: pd.DataFrame) -> Markup:
    """Return how far the machine can be trusted: on this corpus if people have checked a sample, else in general."""
    rows = accuracy[(accuracy["step"] == "speakers") & (accuracy["by"] == "")]
    shares = {
        row["measure"]: percent(row["estimate"])
        + (f" (95% interval {interval(row['lo'], row['hi'])})" if row["lo"] < row["hi"] else "")
        for row in rows.to_dict("records")
    }
    if "precision" not in shares:
        return say(
            "Quotes, names and frames were found by rules and a small language model, which miss some and mistake "
            "some; {} says how many. Check a number by its sentences before you quote it.",
            link("the section on methods", "#methods"),
        )
    verdict = say(
        "Checked by hand on this corpus: of the attributed statements, {} are by the speaker named", shares["precision"]
    )
    if "recall" in shares:
        verdict += say("; of all statements, {} are found with their speaker", shares["recall"])
    return verdict + say(". {}", link("More on what was checked", "#review"))


def _weak(
    documents: pd.DataFrame, speakers: pd.DataFrame, problems: pd.DataFrame, accuracy: pd.DataFrame
) -> list[str | Markup]:
    """Return the weak points of this analysis as sentences."""
    if documents.empty:
        return [_NO_DOCUMENTS]
    weak: list[str | Markup] = []
    if len(documents) == 1:
        weak.append(
            "This is one document. Its numbers describe that document and nothing beyond it; intervals over documents "
            "are not estimable."
        )
    elif len(documents) < ENOUGH:
        weak.append(f"{number(len(documents))} documents are few: intervals over documents need {ENOUGH}.")
    elif len(documents) < 20:
        weak.append(f"{number(len(documents))} documents are few: intervals are wide, and one article can turn a rank.")
    if repeats := _repeats(documents):
        weak.append(
            f"{plural(repeats, 'document')} repeat earlier ones and are counted all the same; `duplicates: drop` in "
            "config.yaml leaves such documents out."
        )
    errors = int((problems["severity"] == "error").sum())
    warnings = int((problems["severity"] == "warning").sum())
    if errors or warnings:
        faults = listing([f"{plural(n, word)}" for n, word in ((errors, "error"), (warnings, "warning")) if n])
        weak.append(say("Reading the files gave {}: {}.", faults, link("see problems", "#problems")))
    unnamed = speakers.loc[speakers["speaker_type"].isin(["unnamed", "group"]), "share"].sum()
    if unnamed > 0:
        weak.append(
            f"{percent(unnamed)} of the attributed words belong to unnamed or collective sources, such as experts."
        )
    weak.append(_verdict(accuracy))
    return weak
