from dataclasses import replace
from itertools import pairwise

import numpy as np
import pandas as pd
import pytest

from scripts.core.annotation import Sentence
from scripts.framing import cells
from scripts.framing.places import NamePlaces
from scripts.framing.valence import METHOD, part, valence_by_name
from scripts.maths.intervals import TOO_FEW
from scripts.parsing.tokens import segmented_doc

NAMES = ["A", "B"]


def of(*names):
    """Return sentences (by row) of each name, as `Places` has them."""
    pairs = [(at, row) for at, rows in enumerate(names) for row in rows]
    return pd.DataFrame(pairs, columns=["name", "sentence"], dtype=int)


def table_of(compound, document, voiced, mentioned, *, edges=(0, 6)):
    """Return the table of sentences with a score and a document, counted in the ranges of documents between edges."""
    parts = []
    for first, last in pairwise(edges):
        inside = np.flatnonzero((document >= first) & (document < last))
        some = (rows[rows["sentence"].isin(inside)] for rows in (voiced, mentioned))
        where = NamePlaces(pd.Index(NAMES), *(rows.assign(sentence=rows["sentence"] - inside[0]) for rows in some))
        parts.append(part(compound[inside], document[inside] - first, where, np.arange(2), first=first))
    return valence_by_name(parts, NAMES)


def test_means_of_those_who_speak_and_are_named():
    compound = np.array([np.nan] + [0.5] * 4 + [-0.1] * 5)
    table = table_of(compound, np.repeat([0, 5], 5), of(range(6)), of(range(3))).set_index("relation")
    assert table.loc["all", "n"] == 9
    assert table.loc["all", "estimate"] == pytest.approx((4 * 0.5 - 5 * 0.1) / 9)
    assert (table.loc["voiced", "name"], table.loc["voiced", "n"]) == ("A", 5)
    assert "mentions" not in table.index


@pytest.fixture(scope="module")
def thirty():
    """Return the scores of thirty sentences in six documents, to four decimals as VADER gives them."""
    return np.random.default_rng(4).normal(size=(6, 5)).round(4)


def test_intervals_are_over_documents_where_there_are_enough(thirty):
    table = table_of(thirty.ravel(), np.repeat(np.arange(6), 5), of(range(30), range(20)), of())
    table = table.set_index(["relation", "name"])
    # Documents of equal length: the mean of their means, with Student's t of five degrees of freedom.
    means = thirty.mean(axis=1)
    half = 2.5706 * means.std(ddof=1) / 6**0.5
    ends = [means.mean() - half, means.mean() + half]
    assert table.loc[("voiced", "A"), ["lo", "hi"]].tolist() == pytest.approx(ends, abs=2e-3)
    assert table.loc[("voiced", "B"), ["lo", "hi"]].isna().all()
    assert table.loc["voiced", "method"].tolist() == [METHOD, TOO_FEW]
    assert set(table.index.get_level_values("relation")) == {"all", "voiced"}


def test_a_document_of_most_sentences_leaves_few_degrees_of_freedom():
    """By hand: of 20 sentences one of five documents has 16, so that the effective number of documents is below two."""
    scores = np.array([0.01, 0.02, 0.0, -0.01, *[0.02] * 16])
    excess = scores - scores.mean()
    error = np.sqrt((excess[:4] ** 2).sum() + excess[4:].sum() ** 2) * (5 / 4) ** 0.5 / 20
    row = table_of(scores, np.array([0, 1, 2, 3, *[4] * 16]), of(), of()).iloc[0]
    ends = scores.mean() - 12.7062 * error, scores.mean() + 12.7062 * error
    assert (row["lo"], row["hi"]) == pytest.approx(ends, rel=1e-4)


def test_intervals_of_few_documents_hold_the_mean():
    """Five documents of unequal length: those by drawing the documents held the mean in .86."""
    generator, inside = np.random.default_rng(1), []
    for _ in range(200):
        sizes = generator.integers(1, 8, 5)
        compound = (0.2 + generator.normal(0, 0.2, 5).repeat(sizes) + generator.normal(0, 0.3, sizes.sum())).round(4)
        row = table_of(compound, np.arange(5).repeat(sizes), of(), of()).iloc[0]
        inside.append(row["lo"] <= 0.2 <= row["hi"])
    assert 0.92 <= np.mean(inside) <= 0.98


def test_documents_that_are_all_alike_tell_no_interval():
    table = table_of(np.full(6, 0.1), np.arange(6), of(), of())
    assert table.loc[0, ["lo", "hi"]].isna().all() and table.loc[0, "estimate"] == pytest.approx(0.1)


def test_neither_ranges_of_documents_nor_blocks_of_names_change_the_table(thirty, monkeypatch):
    inputs = thirty.ravel(), np.repeat(np.arange(6), 5), of(range(30), range(20)), of(range(9, 16))
    undivided = table_of(*inputs)
    monkeypatch.setattr(cells, "_BLOCK", 3)
    pd.testing.assert_frame_equal(table_of(*inputs, edges=(0, 1, 4, 6)), undivided)


def test_scores_that_cancel_have_a_mean_of_nothing():
    compound = np.array([0.1, 0.2, 0.3, -0.6, 0.0])
    assert table_of(compound, np.zeros(5, int), of(), of())["estimate"].tolist() == [0.0]


def test_vader_as_its_authors_print_it():
    vader = pytest.importorskip("scripts.framing.vader")
    # README of vaderSentiment 3.3.2, "Code Examples".
    published = {
        "VADER is smart, handsome, and funny.": 0.8316,
        "VADER is not smart, handsome, nor funny.": -0.7424,
        "At least it isn’t a horrible book.": 0.431,
    }
    for text, compound in published.items():
        (row,) = vader.valence([segmented_doc("d", text)])
        assert row["compound"] == pytest.approx(compound, abs=1e-4)


def test_a_balanced_sentence_has_a_score_of_zero_without_a_sign():
    vader = pytest.importorskip("scripts.framing.vader")
    (row,) = vader.valence([segmented_doc("d", "Neighbours forget that justice there sucks.")])
    assert str(row["compound"]) == "0.0"


def test_a_sentence_without_end_has_no_score():
    vader = pytest.importorskip("scripts.framing.vader")
    doc = segmented_doc("d", "good but bad " * 600)
    sentence = Sentence(paragraph=0, start=0, end=len(doc.text), first=0, last=len(doc.word))
    (row,) = vader.valence([replace(doc, sentences=[sentence])])
    assert row["compound"] is None
