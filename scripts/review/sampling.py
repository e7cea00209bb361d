"""Review sheets: stratified random samples of attributions, sentences and names for a reader to check.

Each row carries its stratum and the number of units in that stratum, so that the sample can be weighted to the corpus.
Small strata are merged with others, so that at least eight rows can be expected of each.
"""

import os
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from scripts.core.anchors import sentence_anchor
from scripts.core.annotation import text_sha256
from scripts.core.csv_tables import format_float, write_csv
from scripts.core.options import path_options
from scripts.core.storage import read_parquet, read_settings
from scripts.maths.stratified import draw_stratified, rows_by_size
from scripts.review.people import folded
from scripts.review.shown_cells import CHECK, FILLED, SHOWN, UNCHECKED, checked_columns, row_check
from scripts.review.strata import length_strata, rows_by_words, sentence_strata, with_signs
from scripts.review.units import read_review_units

_CONTEXT = 300  # most characters before and after
_NOBODY = "(nobody)"
_MENTION = ("doc_id", "sentence", "text", "label")


def _before(text: str, start: int) -> str:
    """Return the context before a place, without the word that its limit would cut."""
    if start <= _CONTEXT:
        return text[:start]
    return re.sub(r"^\S*\s", "", text[start - _CONTEXT - 1 : start])[-_CONTEXT:]


def _after(text: str, end: int) -> str:
    """Return the context after a place, without the word that its limit would cut."""
    if len(text) <= end + _CONTEXT:
        return text[end:]
    return re.sub(r"\s\S*$", "", text[end : end + _CONTEXT + 1])[:_CONTEXT]


def _sheet(kind: str, units: pd.DataFrame, sample: pd.DataFrame, texts: Mapping[str, str]) -> pa.Table:
    """Return a sheet: drawn units in context, with strata, columns to show (from `units`), and empty ones to fill."""
    shown = SHOWN[kind]
    chosen = ["doc_id", "sentence", "start", "end", *shown, *UNCHECKED[kind]]
    rows = units.loc[sample["unit"], chosen].reset_index(drop=True)
    places = list(zip((texts[doc_id] for doc_id in rows["doc_id"]), rows["start"], rows["end"], strict=True))
    columns: dict[str, Any] = {
        "sheet": [kind] * len(rows),
        "number": range(1, len(rows) + 1),
        "drawn": [len(rows)] * len(rows),
        "doc_id": rows["doc_id"],
        "text_sha256": [text_sha256(text) for text, _, _ in places],
        "start": rows["start"],
        "end": rows["end"],
        "stratum": sample["stratum"],
        "stratum_size": sample["stratum_size"],
        "before": [_before(text, start) for text, start, _ in places],
        "text": [text[start:end] for text, start, end in places],
        "after": [_after(text, end) for text, _, end in places],
        **{name: rows[name] for name in (*shown, *UNCHECKED[kind])},
        "link": [f"#{sentence_anchor(*at)}" for at in zip(rows["doc_id"], rows["sentence"], strict=True)],
    }
    checked = {name: columns[name] for name in checked_columns(kind)}
    columns[CHECK] = [row_check(kind, cells) for cells in _cells(checked)]
    columns |= {name: [""] * len(rows) for name in FILLED[kind]}
    return pa.table({name: pa.array(values, from_pandas=True) for name, values in columns.items()})


def _cells(columns: Mapping[str, Iterable[Any]]) -> Iterator[dict[str, str]]:
    """Yield the cells of each row as text, by column."""
    for row in pd.DataFrame(columns).itertuples(index=False):
        values = zip(columns, row, strict=True)
        yield {
            name: "" if pd.isna(value) else format_float(value) if isinstance(value, float) else str(value)
            for name, value in values
        }


def attribution_sheet(
    units: pd.DataFrame, texts: Mapping[str, str], *, links: pd.DataFrame, size: int, seed: int
) -> pa.Table:
    """Return the sheet of attributions with words, stratified by length, confidence, type and group of documents.

    The reader fills in whether it is an attribution (right), whether its speaker is right (speaker_right) and, if not,
    the right one (whose); which of the names in may_be, if any, is the same person (same_as); and the right words if
    the content is wrong (content_should_be). The content is shown if it is in several pieces. `links` is the table
    name_links.
    """
    labels = length_strata(units, size)
    sample = draw_stratified(labels, rows_by_words(labels, units["n_words"], size), seed=seed)
    content = units["content"].where(units["content_spans"].map(len) > 1, "")
    return _sheet("attributions", units.assign(may_be=may_be(units, links), content=content), sample, texts)


def _found_in(sentences: pd.DataFrame, attributions: pd.DataFrame) -> list[str]:
    """Return, for each sentence, the machine's attributions in it as text: "speaker: words" for each.

    The speaker's name is the one within the document, since a name known only from other documents could not be judged.
    """
    of_documents = attributions[attributions["doc_id"].isin(sentences["doc_id"])].groupby("doc_id")
    rows = {doc_id: frame.sort_values("start") for doc_id, frame in of_documents}
    attributed = []
    for doc_id, start, end in zip(sentences["doc_id"], sentences["start"], sentences["end"], strict=True):
        mine = rows.get(doc_id, attributions.iloc[:0])
        mine = mine[(mine["start"] < end) & (mine["end"] > start)]
        statements = zip(mine["speaker_in_document"], mine["content"], strict=True)
        attributed.append(" | ".join(f"{speaker or _NOBODY}: {text}" for speaker, text in statements))
    return attributed


def _named_in(sentences: pd.DataFrame, names: pd.DataFrame) -> list[str]:
    """Return, for each sentence, the machine's names in it as text: "name (label)" for each mention."""
    shown: dict[tuple[str, int], list[str]] = {}
    names = names[names["doc_id"].isin(sentences["doc_id"])].sort_values("start")
    for doc_id, sentence, text, label in zip(*(names[each] for each in _MENTION), strict=True):
        shown.setdefault((doc_id, sentence), []).append(f"{text} ({label})")
    keys = zip(sentences["doc_id"], sentences["sentence"], strict=True)
    return [" | ".join(shown.get(key, [])) for key in keys]


def sentence_sheet(
    units: pd.DataFrame,
    attributions: pd.DataFrame,
    names: pd.DataFrame,
    texts: Mapping[str, str],
    *,
    size: int,
    seed: int,
) -> pa.Table:
    """Return the sheet of sentences, in which a reader looks for statements and names that the machine missed.

    The reader pastes the words of missed statements, separated by " | ", or writes "no" (missed), their speakers in the
    same way (whose), and missed names with their labels (missed_names). The machine's results are shown (machine,
    names).

    The strata are by the sign of a statement in the sentence, by its length and by its group of documents.
    """
    units = with_signs(units, attributions)
    labels = sentence_strata(units, size)
    sample = draw_stratified(labels, rows_by_words(labels, units["n_words"], size), seed=seed)
    drawn = units.loc[sample["unit"]]
    columns = {"machine": _found_in(drawn, attributions), "names": _named_in(drawn, names)}
    shown = units.assign(**{name: pd.Series(cells, drawn.index, dtype=str) for name, cells in columns.items()})
    return _sheet("sentences", shown, sample, texts)


def name_sheet(units: pd.DataFrame, texts: Mapping[str, str], *, size: int, seed: int) -> pa.Table:
    """Return the sheet of mentions of people, places, organisations and groups, stratified by label."""
    return _sheet("names", units, draw_stratified(units["label"], rows_by_size(units["label"], size), seed=seed), texts)


def linked_sheet(sheet: pa.Table, report: Path, folder: Path) -> pa.Table:
    """Return a sheet whose links lead to the report from `folder`, where copies are saved; no absolute path gets in.

    >>> linked_sheet(pa.table({"link": ["#d1"]}), Path("results/report.html"), Path("review"))["link"].to_pylist()
    ['../results/report.html#d1']
    """
    relative = not (report.is_absolute() or folder.is_absolute())
    address = Path(os.path.relpath(report, folder)).as_posix() if relative else report.name
    links = pc.binary_join_element_wise(address, sheet["link"].cast(pa.string()), "")
    return sheet.set_column(sheet.column_names.index("link"), "link", links)


def likely_same(words: Mapping[str, int]) -> dict[str, list[str]]:
    """Return, by name, other names that may be of the same person: they end alike and one has all words of the other.

    `words` is the number of words attributed to each name, and names with more come first. A surname gets the longer
    names; of two full names, the one with fewer attributed words gets the other.

    >>> likely_same({"Trump": 30, "Ivanka Trump": 5, "Donald Trump": 90, "Donald J. Trump": 4})
    {'Trump': ['Donald Trump', 'Ivanka Trump', 'Donald J. Trump'], 'Donald J. Trump': ['Donald Trump']}
    """
    parts = {name: Counter(folded(name).split()) for name in words}
    by_last: dict[str, list[str]] = defaultdict(list)
    for name in sorted(words, key=lambda name: (-words[name], name)):
        by_last[folded(name).rpartition(" ")[2]].append(name)

    def asks(name: str, longer: str) -> bool:
        if parts[name].total() == 1:
            return parts[name] < parts[longer]
        nested = parts[name] < parts[longer] or (parts[longer] < parts[name] and parts[longer].total() > 1)
        return nested and (words[name], longer) < (words[longer], name)

    alike = ((name, by_last[folded(name).rpartition(" ")[2]]) for name in words)
    candidates = {name: [longer for longer in names if asks(name, longer)] for name, names in alike}
    return {name: others for name, others in candidates.items() if others}


def may_be(attributions: pd.DataFrame, links: pd.DataFrame) -> pd.Series:
    """Return, for each attribution, the other names that its speaker may have, separated by " | "; "" for none.

    They are the unlinked candidates for the speaker's name in its article (`links`, the table name_links), and similar
    names in the corpus (`likely_same`).
    """
    is_person = attributions["speaker_type"] == "person"
    words = attributions[is_person].groupby("speaker")["n_words"].sum()
    same = likely_same({str(name): int(n) for name, n in words.items()})
    open_links: dict[tuple[str, str], list[str]] = defaultdict(list)
    for link in links[~links["linked"].astype(bool)].itertuples():
        open_links[str(link.doc_id), str(link.name)].append(str(link.candidate))
    cells = []
    for doc_id, own, speaker, asked in zip(
        *(attributions[name] for name in ("doc_id", "speaker_in_document", "speaker")), is_person, strict=True
    ):
        names = [*open_links.get((doc_id, own), []), *(same.get(speaker, []) if asked else [])]
        cells.append(" | ".join(name for name in dict.fromkeys(names) if name != speaker))
    return pd.Series(cells, attributions.index, dtype=object)


def main() -> None:
    """Draw the review sheets attributions.csv, sentences.csv and names.csv from the tables of the corpus."""
    options = path_options(main.__doc__, "settings", "folder", "batches", "decisions", "sheets")
    review = read_settings(options.settings)["review"]
    units = read_review_units(options.folder, options.batches, options.decisions)
    attributions, sentences, names = (units.by_sheet[name] for name in FILLED)
    texts, seed = units.texts, review["seed"]
    links = read_parquet(options.folder / "name_links.parquet", ["doc_id", "name", "candidate", "linked"]).to_pandas()
    sheets = {
        "attributions": attribution_sheet(attributions, texts, links=links, size=review["attributions"], seed=seed),
        "sentences": sentence_sheet(sentences, attributions, names, texts, size=review["sentences"], seed=seed),
        "names": name_sheet(names, texts, size=review["names"], seed=seed),
    }
    report = options.sheets.parent / "report.html"
    for name, sheet in sheets.items():
        write_csv(options.sheets / f"{name}.csv", linked_sheet(sheet, report, Path(review["folder"])))
