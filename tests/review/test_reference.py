"""Sheets drawn from a made corpus, and every number that their filling gives, held to files of them."""

from functools import partial
from pathlib import Path

import pandas as pd
import pytest

from scripts.review.accuracy import accuracy_tables
from scripts.review.attributed_words import Shared
from scripts.review.corrected_shares import corrected_shares
from scripts.review.frames_said import count_frames
from scripts.review.reviewed import read_reviewed
from scripts.review.sampling import attribution_sheet, name_sheet, sentence_sheet
from scripts.review.units import attribution_units, name_units, with_groups
from tests import reference
from tests.review.filled import TEXTS, Cells, drawn, saved, units, write_mentions

FOLDER = Path(__file__).parent / "data" / "reference"
YES, NO = {"right": "yes", "speaker_right": "yes"}, {"right": "no"}
RAY, EXPERTS = ({"right": "yes", "speaker_right": "no", "whose": name} for name in ("Ray", "experts"))
# Answers by the place of the row in the sheet of attributions, where they are not YES: of two reviewers.
ANN = {1: NO, 8: NO, 2: RAY, 9: RAY, 15: EXPERTS, 4: YES | {"content_should_be": "Bo Ray left"},
       5: YES | {"content_should_be": "We pay,' said"}}  # fmt: skip
BO = {1: NO, 2: RAY, 3: RAY, 9: EXPERTS}
# Cues of two frames in what is said, and of one in the sentence that nobody says.
CODES = pd.DataFrame(
    [
        {"doc_id": doc_id, "scheme": "generic", "frame": frame, "sentence": sentence, "start": text.index(word),
         "end": text.index(word) + len(word)}
        for at, (doc_id, text) in enumerate(TEXTS.items())
        for frame, sentence, word, each in (("conflict", 1, "pay", 3), ("moral", 1, "We", 2), ("moral", 3, "rose", 1))
        if at % each == 0
    ]
)  # fmt: skip


def sentence_answers(row: Cells, at: int) -> Cells:
    """Return the answers to a row of the sheet of sentences: of each kind there is something that was missed."""
    if "experts" in row["text"]:
        names = ("no", "sea = LOC", "sea = LOC | experts = NORP")[at % 3]
        missed = ("no", "The sea | rose", "The sea rose")[at % 3]
        return {"missed": missed, "whose": "experts" if missed != "no" else "", "missed_names": names}
    if "said" in row["text"] and at % 4 == 0:
        return {"missed": "We pay,' said", "whose": "Ray", "missed_names": "no"}
    return {"missed": "no", "missed_names": "no"}


def name_answers(row: Cells, at: int) -> Cells:
    """Return the answers to a row of the sheet of names: one in five is none, some are of another label."""
    if at % 5 == 1:
        return NO
    is_other = row["label"] == "ORG" and at % 3
    return NO | {"label_should_be": "GPE" if at % 2 else "PERSON"} if is_other else {"right": "yes"}


@pytest.fixture(scope="module")
def reviewed(tmp_path_factory):
    """Return the reviewed units of sheets that two reviewers filled in part both."""
    statements, sentences, names = (
        drawn(kind, size=size) for kind, size in (("attributions", 20), ("sentences", 40), ("names", 30))
    )
    files = {
        "ann_attributions.csv": [row | ANN.get(at, YES) for at, row in enumerate(statements)],
        "bo_attributions.csv": [row | (BO.get(at, YES) if at < 12 else {}) for at, row in enumerate(statements)],
        "ann_sentences.csv": [row | sentence_answers(row, at) for at, row in enumerate(sentences)],
        "bo_sentences.csv": [
            row | (sentence_answers(row, at + 1) if at < 20 else {}) for at, row in enumerate(sentences)
        ],
        "ann_names.csv": [row | name_answers(row, at) for at, row in enumerate(names)],
        "bo_names.csv": [row | (name_answers(row, at + 3) if at < 15 else {}) for at, row in enumerate(names)],
    }
    folder = write_mentions(tmp_path_factory.mktemp("reviewed"))
    made, problems = read_reviewed({name: saved(rows) for name, rows in files.items()}, folder, units())
    assert problems == []
    return made


def compare_with_file(name: str, table: pd.DataFrame) -> None:
    """Compare a table with the file of its name, numbers to five digits."""
    rows = [
        {column: f"{value:.5g}" if isinstance(value, float) else value for column, value in row.items()}
        for row in table.to_dict("records")
    ]
    reference.hold(FOLDER / f"{name}.tsv", rows)


def test_the_accuracy_of_a_filled_sample_is_that_of_the_file(reviewed) -> None:
    made = accuracy_tables(reviewed, units())
    compare_with_file("accuracy", made["accuracy"])
    compare_with_file("review_errors", made["review_errors"])


def test_the_shares_that_a_filled_sample_corrects_are_those_of_the_file(reviewed) -> None:
    corpus = units()
    kinds = ["official", "expert", "official"] * 10
    shared = Shared("kind", kinds, {"Ann Lee": "official", "Bo Ray": "citizen"})
    own = {doc_id: at % 7 != 3 for at, doc_id in enumerate(TEXTS)}
    count = partial(count_frames, sentences=corpus.by_sheet["sentences"], codes=CODES)
    machine = corpus.by_sheet["attributions"]
    made = corrected_shares(reviewed["attributions"], reviewed["sentences"], machine, [shared], own, count)
    compare_with_file("corrected_shares", made)


SPEAKERS = ("Ann Lee", "Lee", "Donald Ray", "Donald J. Ray", "", "Port Board")
# Columns of sheets that are compared with a file.
COMPARED = (
    "number", "drawn", "doc_id", "start", "stratum", "stratum_size", "before", "text", "after", "may_be", "machine",
    "names", "label", "link", "check",
)  # fmt: skip
PARTS = ("Rain fell.", "The port will close, she said.", "“We shall appeal,” he wrote in May.", "Nobody came.")
ARTICLES = {f"{n}.txt": " ".join(PARTS[: 2 + n % 3]) for n in range(80)}


def places(*parts: str) -> list[tuple[str, int, int, int, str]]:
    """Return document, number, first and last character of each of some sentences, and the sentence."""
    return [
        (doc_id, PARTS.index(part), text.index(part), text.index(part) + len(part), part)
        for doc_id, text in ARTICLES.items()
        for part in parts
        if part in text
    ]


def test_the_sheets_that_are_drawn_are_those_of_the_files() -> None:
    group = {doc_id: ("North", "South", "North", "")[at % 4] for at, doc_id in enumerate(ARTICLES)}
    quotes = pd.DataFrame(
        [
            {
                "doc_id": doc_id, "sentence": sentence, "content_spans": [[start, end - 10]],
                "speaker": SPEAKERS[at % 6], "speaker_in_document": SPEAKERS[at % 6].rpartition(" ")[2],
                "speaker_type": "person" if at % 6 != 5 else "organisation", "source": "she", "cue": "said",
                "type": ("indirect", "direct", "mixed")[at % 3], "confidence": at * 37 % 100 / 100, "rule": "verb",
                "n_words": (3, 12, 9, 25, 50, 90, 5, 19)[at % 8], "content": text[: end - 10 - start],
            }
            for at, (doc_id, sentence, start, end, text) in enumerate(places(PARTS[1], PARTS[2]))
        ]
    )  # fmt: skip
    names = ["doc_id", "sentence", "start", "end", "text"]
    sentences = pd.DataFrame(places(*PARTS), columns=names)
    mentions = pd.DataFrame(places(*PARTS[::-1]), columns=names)
    labels = [("PERSON", "ORG", "GPE", "DATE")[at * at % 7 % 4] for at in range(len(mentions))]
    mentions = mentions.assign(end=mentions["start"] + 4, text=mentions["text"].str[:4], label=labels, entity="x")
    links = pd.DataFrame(
        [(doc_id, "Lee", "Cy Lee", at % 2 == 0) for at, doc_id in enumerate(ARTICLES)],
        columns=["doc_id", "name", "candidate", "linked"],
    )
    statements, named = attribution_units(quotes, group), name_units(mentions, group)
    sheets = {
        "attributions": attribution_sheet(statements, ARTICLES, links=links, size=90, seed=3),
        "sentences": sentence_sheet(with_groups(sentences, group), statements, named, ARTICLES, size=40, seed=3),
        "names": name_sheet(named, ARTICLES, size=20, seed=3),
    }
    for name, sheet in sheets.items():
        columns = [column for column in COMPARED if column in sheet.column_names]
        compare_with_file(f"sheet_of_{name}", sheet.select(columns).to_pandas())
