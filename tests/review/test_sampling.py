"""Review sheets: strata, sizes, the same sample for the same seed, and the span that each row shows."""

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from scripts.core.anchors import sentence_anchor
from scripts.core.annotation import text_sha256
from scripts.review.sampling import attribution_sheet, draw, name_sheet, sentence_sheet, strata
from scripts.review.units import attribution_units, confidence_band, name_units, sentence_units

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
    }
)
GROUP = {doc_id: "North" if n < 38 else "South" for n, doc_id in enumerate(TEXTS)}


def test_bands_hold_their_upper_end() -> None:
    bands = confidence_band(pd.Series([0.0, 0.5, 0.5001, 1.0]))
    assert bands.tolist() == [".00 to .50", ".00 to .50", ".50 to .70", ".95 to 1.00"]


def test_small_strata_give_up_their_last_value_first() -> None:
    labels = strata([pd.Series(list("aaaaab")), pd.Series(list("xxxyzx"))], least=2)
    assert labels.tolist() == ["a | x"] * 3 + ["a | *"] * 2 + ["* | *"]


@given(st.lists(st.sampled_from("abc"), min_size=1, max_size=60), st.integers(1, 80), st.integers(0, 3))
def test_a_sample_has_each_unit_once_and_tells_the_size_of_its_stratum(values, size, seed) -> None:
    labels = pd.Series(values)
    sample = draw(labels, size=size, seed=seed)
    assert sample["unit"].is_unique
    assert (labels.loc[sample["unit"]].tolist()) == sample["stratum"].tolist()
    assert (sample["stratum"].map(labels.value_counts()) == sample["stratum_size"]).all()
    assert len(sample) >= min(size, len(values))
    assert set(sample["stratum"]) == set(values)
    pd.testing.assert_frame_equal(sample, draw(labels, size=size, seed=seed))


def test_the_attributions_are_shown_in_their_context() -> None:
    sheet = attribution_sheet(attribution_units(QUOTES, GROUP), TEXTS, size=12, seed=1).to_pandas()
    assert len(sheet) == 12
    row = sheet.iloc[0]
    assert sheet["number"].tolist() == [*range(1, 13)] and set(sheet["drawn"]) == {12}
    assert row["before"] + row["text"] + row["after"] == TEXTS[row["doc_id"]]
    assert (row["text"], row["speaker"], row["text_sha256"]) == ("We pay", "Ann", text_sha256(TEXTS[row["doc_id"]]))
    assert row["link"] == "../report.html#" + sentence_anchor(row["doc_id"], 1)
    assert (row["group"], row["rule"]) == (GROUP[row["doc_id"]], "verb")
    assert sheet.groupby("stratum")["stratum_size"].first().sum() == len(QUOTES)
    assert (sheet[["right", "speaker_right", "whose", "comment"]] == "").all(axis=None)


def test_refusals_which_have_no_words_are_not_drawn() -> None:
    silent = QUOTES.assign(content_spans=[[]] * 10 + QUOTES["content_spans"].tolist()[10:])
    sheet = attribution_sheet(attribution_units(silent, GROUP), TEXTS, size=40, seed=1).to_pandas()
    assert set(sheet["doc_id"]) == {*TEXTS} - {f"{n}.txt" for n in range(10)}


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
        sentence_units(sentences, QUOTES.head(20), GROUP),
        attribution_units(QUOTES.head(20), GROUP),
        name_units(names, GROUP),
        TEXTS,
        size=30,
        seed=1,
    ).to_pandas()
    sizes = sheet.groupby("stratum")["stratum_size"].first().to_dict()
    assert sizes == {"attribution": 20, "quotation mark": 20, "neither": 80}
    assert set(sheet.loc[sheet["machine"] == "Ann: We pay", "stratum"]) == {"attribution"}
    assert set(sheet.loc[sheet["machine"] == "", "stratum"]) == {"quotation mark", "neither"}
    assert set(sheet["names"]) == {"", "Ann (PERSON) | Bo (ORG)"}
    assert set(sheet.loc[sheet["names"] != "", "stratum"]) == {"attribution"}
    assert (sheet[["missed", "whose", "missed_names", "comment"]] == "").all(axis=None)


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
    sentences = sentence_units(pd.DataFrame(columns), QUOTES.head(0), GROUP)
    names = name_units(pd.DataFrame({**columns, "label": [], "entity": []}), GROUP)
    for sheet in (
        attribution_sheet(empty, TEXTS, size=9, seed=1),
        sentence_sheet(sentences, empty, names, TEXTS, size=9, seed=1),
        name_sheet(names, TEXTS, size=9, seed=1),
    ):
        assert sheet.num_rows == 0 and "link" in sheet.column_names
