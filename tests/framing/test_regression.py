"""Frames regressed on group, date and kind of speaker."""

import numpy as np
import pandas as pd
import pytest

from scripts.framing.machine_codes import MachineCodes
from scripts.framing.regression import FEWEST_UNITS, covariates, regression
from scripts.framing.units import make_units
from scripts.maths.intervals import benjamini_hochberg
from tests.framing.made import coded_units

NO_CUES = pd.DataFrame({"doc_id": [], "sentence": [], "scheme": [], "frame": []})
NO_QUOTES = pd.DataFrame({"doc_id": [], "content_spans": [], "speaker_type": []})


def corpus(scheme, documents=60, each=20):
    """Return documents of three groups and twelve months; every fourth sentence is voiced by a person."""
    ids = [f"d{at:02}" for at in range(documents)]
    sentences = pd.DataFrame([(name, at, 100 * at, 100 * at + 90, "Text.") for name in ids for at in range(each)])
    sentences.columns = ["doc_id", "sentence", "start", "end", "text"]
    dates = [f"2025-{1 + at % 12:02}-15T10:00:00" for at in range(documents)]
    groups = pd.DataFrame({"doc_id": ids, "group": ["ABC"[at % 3] if at else "" for at in range(documents)]})
    quotes = pd.DataFrame([(name, [[100 * at, 100 * at + 90]], "person") for name in ids for at in range(0, each, 4)])
    quotes.columns = ["doc_id", "content_spans", "speaker_type"]
    units = make_units(sentences, groups, NO_CUES, scheme, kind="sentence")
    return units, covariates(units, pd.DataFrame({"doc_id": ids, "date": dates}), sentences, quotes)


def test_covariates_are_compared_with_the_largest_group_and_the_narrator(used):
    _, columns = corpus(used[0])
    assert [(each.kind, each.term, each.reference) for each in columns] == [
        ("group", "A", "B"),
        ("group", "C", "B"),
        ("date", "one month later", ""),
        ("speaker", "person", "(narrator)"),
    ]
    # The first document has no group; the second is of B, in February.
    assert np.isnan(columns[0].values[0]) and columns[0].values[20] == 0
    assert columns[2].values[20] == pytest.approx(1.02, abs=0.01)
    assert columns[3].values[:5].tolist() == [1, 0, 0, 0, 1]


def test_coefficients_are_those_of_the_people_and_not_of_the_machine(used):
    """People see a more often in C and in quotes; the machine sees it more often in A, and never in quotes."""
    units, columns = corpus(used[0])
    generator = np.random.default_rng(5)
    group_c, person = columns[1].values, columns[3].values
    human = (generator.random(len(units.keys)) < 0.2 + 0.3 * np.nan_to_num(group_c) + 0.2 * person).astype(float)
    machine = np.where(person == 1, 0.0, np.where(columns[0].values == 1, 0.9, 0.2))
    drawn = generator.random(len(human)) < 0.5
    codes = np.where(drawn[:, None], np.column_stack([human, human]), np.nan)
    coded = coded_units(units, codes)
    corpus_values = np.column_stack([machine, machine])
    values = MachineCodes(["model.csv"] * 2, corpus_values[coded.row], corpus_values)
    table = regression(coded, used[0], units, values, columns)
    row = table[table["frame"] == "a"].set_index("term")
    assert row.loc["C", "lo"] < 0.3 < row.loc["C", "hi"] and row.loc["C", "q"] < 0.001
    assert row.loc["A", "lo"] < 0.0 < row.loc["A", "hi"]
    assert row.loc["person", "lo"] < 0.2 < row.loc["person", "hi"]
    assert row.loc["A", "machine_alone"] > 0.4 and row.loc["person", "machine_alone"] < -0.1
    assert set(row["n_units"]) == {1180}  # the document without a group is left out
    np.testing.assert_array_equal(table["q"], benjamini_hochberg(table["p"].to_numpy(float)))
    # Nothing depends on what a model that has seen the codes says of the units that are coded.
    corpus_values[coded.row] = human[coded.row, None]
    again = regression(coded, used[0], units, values._replace(corpus=corpus_values), columns)
    pd.testing.assert_frame_equal(again.drop(columns="machine_alone"), table.drop(columns="machine_alone"))


def test_a_group_with_few_codes_is_left_out(used):
    units, columns = corpus(used[0])
    is_c = columns[1].values == 1
    human = (np.random.default_rng(6).random((len(units.keys), 2)) < 0.3).astype(float)
    human[np.flatnonzero(is_c)[FEWEST_UNITS - 1 :]] = np.nan
    coded = coded_units(units, human)
    values = MachineCodes(["dictionary"] * 2, np.zeros((len(coded.row), 2)), np.zeros((len(human), 2)))
    table = regression(coded, used[0], units, values, columns)
    assert set(table["term"]) == {"A", "one month later", "person"}
    assert set(table["n_units"]) == {len(units.keys) - 20 - is_c.sum()}


def test_no_rows_with_few_codes_a_faulty_design_or_nothing_to_compare(used):
    units, columns = corpus(used[0])
    human = np.full((len(units.keys), 2), np.nan)
    human[: 20 * FEWEST_UNITS - 20] = 0  # nine documents
    values = MachineCodes(["dictionary"] * 2, np.zeros((len(human), 2)), np.zeros((len(human), 2)))
    few = coded_units(units, human)
    assert regression(few, used[0], units, values._replace(coded=values.corpus[few.row]), columns).empty
    all_coded = coded_units(units, np.zeros((len(human), 2)))
    assert regression(all_coded._replace(flaw="no"), used[0], units, values, columns).empty
    assert regression(all_coded, used[0], units, values, []).empty
    assert not regression(all_coded, used[0], units, values, columns).empty


def test_articles_have_no_kind_of_speaker_and_odd_dates_are_unknown(used):
    texts = pd.DataFrame({"doc_id": ["a", "b", "c"], "text": "x", "n_sentences": 3})
    groups = pd.DataFrame({"doc_id": ["a", "b", "c"], "group": ["", "", ""]})
    units = make_units(texts, groups, NO_CUES, used[0], kind="article")
    documents = pd.DataFrame({"doc_id": ["a", "b", "c"], "date": ["2025-01-01", "2025", None]})
    sentences = pd.DataFrame({"doc_id": [], "sentence": [], "start": [], "end": []})
    assert covariates(units, documents, sentences, NO_QUOTES) == []
    both = documents.assign(date=["2025-01-01", "2025-02-01", "9999-99-99"])
    (months,) = covariates(units, both, sentences, NO_QUOTES)
    assert np.isnan(months.values).tolist() == [False, False, True]
