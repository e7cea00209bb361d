"""The section on methods: how often the steps are right, and a paragraph in which nothing is left to fill in."""

import re

import pytest

from scripts.report.methods import methods, paragraph
from scripts.report.store import Store

RECORD = {
    "newsloom": {"version": "9.8.7", "commit": "abc123"},
    "packages": {"spacy": "3.8.1"},
    "model": {"name": "en_model", "sha256": "0123456789abcdef" * 4},
    "settings": {"quotes": {"reader": "encoder", "min_confidence": 0.41}, "bootstrap": {"resamples": 700}},
    "review_sheets": {"ann.csv": {}, "ben.csv": {}},
    "counts": {"seeds_left_out": 2, "corrections_by_status": {"applied": 3, "stale": 9}},
}
DOCUMENTS = [
    {"doc_id": "a", "date": "2024-03-02T10:00", "outlet": "Globe", "n_words": 900},
    {"doc_id": "b", "date": "2024-01-05", "outlet": "Post", "n_words": 200},
    {"doc_id": "c", "outlet": "Post", "n_words": 100, "duplicate_of": "b"},
]
TOTALS = [{"step": step, "statements": n} for step, n in (("rows", 60), ("statements", 50), ("with a speaker", 40),
                                                         ("of kinds", 30))]  # fmt: skip
CHECKED = [
    {"step": "attributions", "measure": "precision", "n": 60, "estimate": 0.95, "lo": 0.9, "hi": 0.99},
    {"step": "speakers", "measure": "precision", "n": 35, "estimate": 0.74, "lo": 0.6, "hi": 0.85},
    {"step": "speakers", "measure": "precision", "by": "type", "n": 9, "estimate": 0.1, "lo": 0.0, "hi": 0.2},
    {"step": "speakers", "measure": "recall", "n": 44, "estimate": 0.55, "lo": 0.4, "hi": 0.7},
    {"step": "speakers", "measure": "alpha, reviewers", "n": 12, "estimate": 0.81, "lo": 0.7, "hi": 0.9},
]
GROUPS = [{"doc_id": "a", "group": "Globe"}, {"doc_id": "b", "group": "Post"}]


@pytest.fixture
def written(store):
    def of(**tables):
        return " ".join(paragraph(RECORD, store(**{"documents": DOCUMENTS, "statement_totals": TOTALS} | tables)))

    return of


def test_methods_show_how_often_each_step_is_right(tmp_path):
    sentences, table = methods({}, Store(tmp_path)).blocks
    assert len(sentences.texts) >= 5
    assert [column.number for column in table.columns] == [False, False, False, True, True]
    assert table.total == len(table.rows) >= 5
    assert all(len(cells) == 5 and cells[0].text and cells[3].text for cells in table.rows)


@pytest.mark.parametrize(("reader", "is_said"), [("light", "by a small network"), ("encoder", "by a large network")])
def test_methods_name_the_reader_of_the_run(tmp_path, reader, is_said):
    quotes = {"reader": reader, "min_confidence": 0.3}
    record = RECORD | {"settings": RECORD["settings"] | {"quotes": quotes}}
    sentences, filled, _ = methods(record, Store(tmp_path)).blocks
    assert [is_said in text for text in sentences.texts].count(True) == 1
    assert f"reader {reader};" in filled.texts[0]


def test_the_paragraph_has_the_numbers_of_the_run(written):
    text = written()
    assert text.startswith(
        "Statements, names and cues of frames were found with Newsloom 9.8.7 (commit abc123; reader encoder; model "
        "en_model, SHA-256 0123456789ab; spaCy 3.8.1) in 3 documents with 1,200 words in all from 2 outlets, published "
        "2024-01-05 to 2024-03-02 (2 with a date), among them 1 repeat of an earlier one; 2 files or rows could not "
        "be read. "
        "3 corrections made by hand changed names and attributions."
    )
    assert "less probable than 0.41 were left out. Of 50 statements, those with a speaker (40) count" in text
    assert (
        "with a source, in documents that do not repeat another (30), towards" in text
        and "whole documents 1,000 times (700 for words)" in text
    )
    assert "No random sample of this corpus was reviewed" in text and "coders" not in text


def test_nothing_is_said_of_repeats_and_unread_files_where_there_are_none(written, monkeypatch):
    monkeypatch.setitem(RECORD["counts"], "seeds_left_out", 0)
    text = written(documents=DOCUMENTS[:1])
    assert "published 2024-03-02. 3 corrections" in text


def test_the_page_has_the_whole_paragraph(written, tmp_path):
    text = written(accuracy=CHECKED, document_groups=GROUPS)
    _, filled = methods(RECORD, Store(tmp_path)).blocks
    assert filled.texts[0].unescape().endswith(text) and len(text) > 1000


def test_what_was_checked_has_its_intervals(written):
    shares = [{"share": "speaker", "value": "Ann", "estimate": 0.2}]
    text = written(accuracy=CHECKED, document_groups=GROUPS, corrected_shares=shares)
    assert (
        "In a random sample, stratified by length, confidence, type of quotation and group of documents, "
        "35 attributions with a speaker were reviewed (2 sheets): 74% (95% interval 60% to 85%) are by the "
        "speaker named, and 55% "
        "(95% interval 40% to 70%) of all statements are found with the right speaker. The reviewers' "
        "agreement (Krippendorff's alpha) is 0.81 (95% interval 0.70 to 0.90) on 12 rows. Corrected shares are "
        "difference estimates"
    ) in text
    agreed = written(accuracy=[CHECKED[1], CHECKED[4] | {"estimate": 1.0, "lo": None, "hi": None}])
    assert "(Krippendorff's alpha) is 1.00 on 12 rows." in agreed
    few = written(accuracy=CHECKED[:2], document_groups=GROUPS[:1], corrected_shares=[])
    assert (
        "stratified by length, confidence and type of quotation, 35" in few
        and "by the speaker named. Frames" not in few
    )
    assert "agreement" not in few and "difference estimates" not in few


def test_frames_say_whether_coders_checked_them(written):
    prevalence = [{"scheme": "generic", "frame": "war"}]
    assert "not validated by coders" in written(frame_prevalence=prevalence)
    coded = {"group": "(all)", "frame": "war", "unit": "sentence", "n": 200, "estimate": 0.4}
    alphas = [
        {"frame": frame, "measure": "alpha, coders", "estimate": each} for frame, each in (("a", 0.7), ("b", 0.8))
    ]
    text = written(frame_prevalence=prevalence, frame_corrected=[coded], frame_reliability=alphas)
    assert "corrected by coders rest on 200 sentences (alpha of the coders 0.70 to 0.80 by frame)." in text


@pytest.mark.parametrize("checked", [[], CHECKED], ids=["nobody looked", "a sample was checked"])
def test_no_place_is_left_to_fill_in(written, checked):
    text = written(accuracy=checked, document_groups=GROUPS, frame_prevalence=[{"frame": "war"}])
    assert not re.search(r"\.\.|…|nan|None|\s[;,.]|\(\)|\{|\}", text)
