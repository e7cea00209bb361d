"""Review sheets: strata, sizes, the same sample for the same seed, and the span that each row shows."""

from pathlib import Path

import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scripts.core.anchors import sentence_anchor
from scripts.core.annotation import text_sha256
from scripts.maths.stratified import draw_stratified, rows_by_size
from scripts.review.sampling import attribution_sheet, likely_same, linked_sheet, may_be, name_sheet, sentence_sheet
from scripts.review.strata import strata_of_columns
from scripts.review.units import attribution_units, confidence_band, name_units, with_groups

TEXTS = {f"{n}.txt": f"Number {n}. 'We pay,' said Ann. The sea rose." for n in range(40)}
QUOTES = pd.DataFrame(
    {
        "doc_id": list(TEXTS),
        "sentence": 1,
        "content_spans": [[[text.index("We"), text.index("We") + 6]] for text in TEXTS.values()],
        "speaker": "Ann",
        "speaker_in_document": "Ann",
        "source": "Ann",
        "cue": "said",
        "type": ["direct"] * 30 + ["indirect"] * 10,
        "confidence": [0.6, 0.9] * 20,
        "rule": "verb",
        "n_words": 2,
        "content": "We pay",
        "speaker_type": "person",
    }
)
LINKS = pd.DataFrame({"doc_id": [], "name": [], "candidate": [], "linked": []})
GROUP = {doc_id: "North" if n < 38 else "South" for n, doc_id in enumerate(TEXTS)}


def test_bands_hold_their_upper_end() -> None:
    bands = confidence_band(pd.Series([0.0, 0.5, 0.5001, 1.0]))
    assert bands.tolist() == [".00 to .50", ".00 to .50", ".50 to .70", ".95 to 1.00"]


def test_small_strata_give_up_their_last_value_first() -> None:
    labels = strata_of_columns(
        [pd.Series(list("aaaaab")), pd.Series(list("xxxyzx"))], least=2, amount=pd.Series([1] * 6)
    )
    assert labels.tolist() == ["a | x"] * 3 + ["a | *"] * 2 + ["* | *"]


@given(st.lists(st.sampled_from("abc"), min_size=1, max_size=60), st.integers(1, 80), st.integers(0, 3))
def test_a_sample_has_each_unit_once_and_tells_the_size_of_its_stratum(values, size, seed) -> None:
    labels = pd.Series(values)
    sample = draw_stratified(labels, rows_by_size(labels, size), seed=seed)
    assert sample["unit"].is_unique
    assert (labels.loc[sample["unit"]].tolist()) == sample["stratum"].tolist()
    assert (sample["stratum"].map(labels.value_counts()) == sample["stratum_size"]).all()
    assert len(sample) >= min(size, len(values))
    assert set(sample["stratum"]) == set(values)
    pd.testing.assert_frame_equal(sample, draw_stratified(labels, rows_by_size(labels, size), seed=seed))


def test_the_attributions_are_shown_in_their_context() -> None:
    sheet = attribution_sheet(attribution_units(QUOTES, GROUP), TEXTS, links=LINKS, size=12, seed=1).to_pandas()
    assert len(sheet) == 12
    row = sheet.iloc[0]
    assert sheet["number"].tolist() == [*range(1, 13)] and set(sheet["drawn"]) == {12}
    assert row["before"] + row["text"] + row["after"] == TEXTS[row["doc_id"]]
    assert (row["text"], row["speaker"], row["text_sha256"]) == ("We pay", "Ann", text_sha256(TEXTS[row["doc_id"]]))
    assert row["link"] == "#" + sentence_anchor(row["doc_id"], 1)
    assert (row["group"], row["rule"]) == (GROUP[row["doc_id"]], "verb")
    assert sheet.groupby("stratum")["stratum_size"].first().sum() == len(QUOTES)
    filled = ["right", "speaker_right", "whose", "same_as", "content_should_be", "comment"]
    assert (sheet[filled] == "").all(axis=None)


@pytest.mark.parametrize(
    ("before", "after", "context"),
    [
        ("x" * 50 + "b" * 300, "a" * 300 + "x" * 50, ("b" * 300, "a" * 300)),  # without a blank
        ("word " * 70, " word" * 70, ("word " * 60, " word" * 60)),
        ("It said wo" + "rd " * 99 + "so", "so " + "word " * 99, ("rd " * 98 + "so", "so" + " word" * 59)),
        ("one. ", " Two.", ("one. ", " Two.")),
    ],
)
def test_three_hundred_characters_at_most_are_shown_before_and_after_a_statement(
    before: str, after: str, context: tuple[str, str]
) -> None:
    start, end = len(before), len(before) + len("We pay")
    quotes = QUOTES.head(1).assign(content_spans=[[[start, end]]])
    texts = {**TEXTS, QUOTES["doc_id"][0]: f"{before}We pay{after}"}
    row = attribution_sheet(attribution_units(quotes, GROUP), texts, links=LINKS, size=1, seed=1).to_pandas().iloc[0]
    assert (row["before"], row["text"], row["after"]) == (context[0], "We pay", context[1])


@pytest.mark.parametrize(
    ("report", "folder", "link"),
    [
        ("results/report.html", "review", "../results/report.html#d1-s2"),
        ("results/senate/report.html", "examples/senate/review", "../../../results/senate/report.html#d1-s2"),
        ("/data/results/report.html", "review", "report.html#d1-s2"),
        ("results/report.html", "/data/review", "report.html#d1-s2"),
    ],
)
def test_a_link_leads_to_the_report_from_where_the_sheet_is_copied_to_and_names_no_machine(report, folder, link):
    sheet = pa.table({"number": [1], "link": ["#d1-s2"], "right": [""]})
    made = linked_sheet(sheet, Path(report), Path(folder))
    assert made.to_pylist() == [{"number": 1, "link": link, "right": ""}]


def test_a_speaker_is_shown_with_the_persons_whom_he_may_be() -> None:
    names = ["Ann Lee"] * 20 + ["Lee"] * 10 + ["Ray (Bo or Cy)"] * 10
    units = attribution_units(QUOTES.assign(speaker=names, speaker_in_document=names), GROUP)
    links = pd.DataFrame(
        [("35.txt", "Ray (Bo or Cy)", "Bo Ray", False), ("35.txt", "Ray (Bo or Cy)", "Cy Ray", False),
         ("36.txt", "Ray (Bo or Cy)", "Di Ray", True)],
        columns=["doc_id", "name", "candidate", "linked"],
    )  # fmt: skip
    sheet = attribution_sheet(units, TEXTS, links=links, size=40, seed=1).to_pandas().set_index("doc_id")["may_be"]
    assert (sheet["3.txt"], sheet["25.txt"], sheet["35.txt"], sheet["36.txt"]) == ("", "Ann Lee", "Bo Ray | Cy Ray", "")


def test_refusals_which_have_no_words_are_not_drawn() -> None:
    silent = QUOTES.assign(content_spans=[[]] * 10 + QUOTES["content_spans"].tolist()[10:])
    sheet = attribution_sheet(attribution_units(silent, GROUP), TEXTS, links=LINKS, size=40, seed=1).to_pandas()
    assert set(sheet["doc_id"]) == {*TEXTS} - {f"{n}.txt" for n in range(10)}


def test_the_words_of_a_statement_in_several_pieces_are_shown() -> None:
    spans = [[*pieces, [pieces[-1][1] + 4, pieces[-1][1] + 9]] for pieces in QUOTES["content_spans"][:5]]
    quotes = QUOTES.assign(content_spans=[*spans, *QUOTES["content_spans"][5:]])
    sheet = attribution_sheet(attribution_units(quotes, GROUP), TEXTS, links=LINKS, size=40, seed=1).to_pandas()
    shown = sheet[sheet["content"] != ""]
    assert set(shown["doc_id"]) == {*quotes["doc_id"][:5]} and set(shown["content"]) == {"We pay"}


def test_sentences_are_drawn_with_and_without_attributions_and_marks() -> None:
    sentences = pd.DataFrame(
        [
            {"doc_id": doc_id, "sentence": n, "start": text.index(part), "end": text.index(part) + 5, "text": part}
            for doc_id, text in TEXTS.items()
            for n, part in enumerate(("Number", "'We pay,' said Ann.", "The sea rose."))
        ]
    )
    names = pd.DataFrame(
        [
            {"doc_id": doc_id, "sentence": sentence, "start": start, "end": start + 1, "text": text, "label": label}
            for doc_id in [*TEXTS][:20]
            for sentence, start, text, label in ((1, 30, "Bo", "ORG"), (1, 20, "Ann", "PERSON"), (1, 40, "9", "DATE"))
        ]
    )
    sheet = sentence_sheet(
        with_groups(sentences, GROUP),
        attribution_units(QUOTES.head(20).assign(speaker="Ann Lee"), GROUP),  # as other documents have her
        name_units(names, GROUP),
        TEXTS,
        size=30,
        seed=1,
    ).to_pandas()
    sizes = sheet.groupby("stratum")["stratum_size"].first().to_dict()
    signs = {label: label.split(" | ")[0] for label in sizes}
    of_sign = {sign: sum(n for label, n in sizes.items() if signs[label] == sign) for sign in set(signs.values())}
    assert of_sign == {"attribution": 20, "reporting word": 20, "neither": 80}
    assert set(sheet.loc[sheet["machine"] == "Ann: We pay", "stratum"].map(signs)) == {"attribution"}
    assert set(sheet.loc[sheet["machine"] == "", "stratum"].map(signs)) == {"reporting word", "neither"}
    assert set(sheet["names"]) == {"", "Ann (PERSON) | Bo (ORG)"}
    assert set(sheet.loc[sheet["names"] != "", "stratum"].map(signs)) == {"attribution"}
    assert (sheet[["missed", "whose", "missed_names", "comment"]] == "").all(axis=None)


def test_a_statement_is_shown_with_each_sentence_that_it_reaches() -> None:
    words = "'We pay,' said Ann. The sea"
    quotes = QUOTES.head(1).assign(content_spans=[[[10, 10 + len(words)]]])
    parts = ("Number 0.", "'We pay,' said Ann.", "The sea rose.")
    text = TEXTS["0.txt"]
    places = [{"sentence": n, "start": text.index(part), "text": part} for n, part in enumerate(parts)]
    sentences = pd.DataFrame([{"doc_id": "0.txt", "end": at["start"] + len(at["text"]), **at} for at in places])
    none = name_units(pd.DataFrame(columns=["doc_id", "sentence", "start", "end", "text", "label"]), GROUP)
    attributions = attribution_units(quotes, GROUP)
    sheet = sentence_sheet(with_groups(sentences, GROUP), attributions, none, TEXTS, size=3, seed=1).to_pandas()
    shown = sheet.set_index("text")["machine"].to_dict()
    assert shown == dict(zip(parts, ("", "Ann: We pay", "Ann: We pay"), strict=True))


def test_names_are_stratified_by_label_and_numbers_are_left_out() -> None:
    entities = pd.DataFrame(
        {
            "doc_id": "0.txt",
            "sentence": 0,
            "start": range(9),
            "end": range(1, 10),
            "entity": "x",
            "label": ["ORG"] * 6 + ["DATE"] * 3,
        }
    )
    sheet = name_sheet(name_units(entities, GROUP), TEXTS, size=5, seed=1).to_pandas()
    assert set(sheet["label"]) == {"ORG"}
    assert set(sheet["stratum_size"]) == {6}


def test_a_corpus_without_anything_to_judge_has_sheets_without_rows() -> None:
    empty = attribution_units(QUOTES.head(0), GROUP)
    columns = {"doc_id": [], "sentence": [], "start": [], "end": [], "text": []}
    sentences = with_groups(pd.DataFrame(columns), GROUP)
    names = name_units(pd.DataFrame({**columns, "label": [], "entity": []}), GROUP)
    for sheet in (
        attribution_sheet(empty, TEXTS, links=LINKS, size=9, seed=1),
        sentence_sheet(sentences, empty, names, TEXTS, size=9, seed=1),
        name_sheet(names, TEXTS, size=9, seed=1),
    ):
        assert sheet.num_rows == 0 and "link" in sheet.column_names


def test_a_surname_asks_for_all_who_bear_it_those_of_most_words_first() -> None:
    words = {"Lee": 50, "Ann Lee": 5, "Bo Lee": 9, "Lee Marsh": 80, "Cy Dunn": 7}
    assert likely_same(words) == {"Lee": ["Bo Lee", "Ann Lee"]}


def test_of_two_full_names_the_one_with_fewer_words_asks() -> None:
    assert likely_same({"Donald Trump": 90, "Donald J. Trump": 4}) == {"Donald J. Trump": ["Donald Trump"]}
    assert likely_same({"Donald Trump": 4, "Donald J. Trump": 90}) == {"Donald Trump": ["Donald J. Trump"]}
    assert likely_same({"Donald Trump": 4, "Donald J. Trump": 4}) == {"Donald Trump": ["Donald J. Trump"]}
    assert likely_same({"Donald Trump": 4, "Ivanka Trump": 4}) == {}


def test_the_open_candidates_of_an_article_come_first_and_the_speaker_himself_is_no_question() -> None:
    attributions = pd.DataFrame(
        [
            ("a", "Lee", "Lee", "person", 5),
            ("b", "Lee", "Ann Lee", "person", 9),
            ("b", "Lee & Co", "Lee & Co", "organisation", 9),
        ],
        columns=["doc_id", "speaker_in_document", "speaker", "speaker_type", "n_words"],
    )
    links = pd.DataFrame(
        [("a", "Lee", "Bo Lee", False), ("a", "Lee", "Ann Lee", False), ("a", "Lee", "Cy Lee", True),
         ("b", "Lee", "Ann Lee", False)],
        columns=["doc_id", "name", "candidate", "linked"],
    )  # fmt: skip
    assert may_be(attributions, links).tolist() == ["Bo Lee | Ann Lee", "", ""]
