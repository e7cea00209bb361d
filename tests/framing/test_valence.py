from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from scripts.annotation import Sentence
from scripts.framing.places import Places
from scripts.framing.valence import valence_by_name
from scripts.intervals import bootstrap
from scripts.tokens import segmented_doc


def test_means_of_those_who_speak_and_are_named():
    keys = [("d0", at) for at in range(5)] + [("d1", at) for at in range(5)]
    valence = pd.DataFrame(keys, columns=["doc_id", "sentence"]).assign(compound=[0.5] * 5 + [-0.1] * 5)
    valence.loc[0, "compound"] = None
    named = pd.DataFrame([("A", *key) for key in keys], columns=["name", "doc_id", "sentence"])
    table = valence_by_name(valence, Places(named.iloc[:6], named.iloc[:3])).set_index("relation")
    assert table.loc["all", "n"] == 9
    assert table.loc["all", "estimate"] == pytest.approx((4 * 0.5 - 5 * 0.1) / 9)
    assert (table.loc["voiced", "name"], table.loc["voiced", "n"]) == ("A", 5)
    assert "mentions" not in table.index


def test_intervals_draw_documents_or_the_sentences_of_one():
    scores = np.random.default_rng(4).normal(size=(6, 5))
    keys = [(f"d{at}", sentence) for at in range(6) for sentence in range(5)]
    valence = pd.DataFrame(keys, columns=["doc_id", "sentence"]).assign(compound=scores.ravel())
    named = pd.DataFrame([("A", *key) for key in keys] + [("B", "d0", at) for at in range(5)])
    named.columns = ["name", "doc_id", "sentence"]
    table = valence_by_name(valence, Places(named, named.iloc[:0])).set_index(["relation", "name"])
    several = bootstrap(np.divide, scores.sum(axis=1), np.full(6, 5))
    assert table.loc[("voiced", "A"), ["lo", "hi"]].tolist() == pytest.approx([float(end) for end in several])
    one = bootstrap(np.divide, scores[0], np.ones(5))
    assert table.loc[("voiced", "B"), ["lo", "hi"]].tolist() == pytest.approx([float(end) for end in one])
    assert set(table.index.get_level_values("relation")) == {"all", "voiced"}


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


def test_a_sentence_without_end_has_no_score():
    vader = pytest.importorskip("scripts.framing.vader")
    doc = segmented_doc("d", "good but bad " * 600)
    whole = Sentence(paragraph=0, start=0, end=len(doc.text), first=0, last=len(doc.word))
    (row,) = vader.valence([replace(doc, sentences=[whole])])
    assert row["compound"] is None
