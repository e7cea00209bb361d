"""The coding sheet: strata, the random draw, and what the sheet shows."""

import csv
import io

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scripts.framing.sampling import codebook, coding_sheet, draw_units, leading_frames, strata
from scripts.framing.units import make_units
from scripts.maths.stratified import allocate
from tests.framing.made import N, sentence_units


@given(st.lists(st.integers(1, 60), min_size=1, max_size=8), st.integers(1, 200))
def test_allocation_gives_each_stratum_its_part(sizes, size):
    drawn = allocate(sizes, size)
    assert all(0 < each <= of for each, of in zip(drawn, sizes, strict=True))
    assert all(each >= min(2, of) for each, of in zip(drawn, sizes, strict=True))
    assert sum(drawn) == min(max(size, sum(min(2, of) for of in sizes)), sum(sizes)) or sum(drawn) >= size


def test_a_sentence_is_sampled_for_its_rarest_frame(used):
    frame = leading_frames(sentence_units(used[0]))
    assert frame[[0, 4, 50, 1]].tolist() == [1, 0, 1, -1]


def articles(scheme, outlets, each=30):
    """Return articles of ten sentences by outlet; a has three cues in two of every third, b one in every fifth."""
    ids = [f"{outlet}{at:02}" for outlet in outlets for at in range(each)]
    texts = pd.DataFrame({"doc_id": ids, "text": [f"Text of {name}" for name in ids], "n_sentences": 10})
    groups = pd.DataFrame({"doc_id": ids, "group": [name[0] for name in ids]})
    rows = [(name, sentence, "test", "a") for name in ids[::3] for sentence in (0, 1, 1)]
    rows += [(name, 5, "test", "b") for name in ids[::5]]
    codes = pd.DataFrame(rows, columns=["doc_id", "sentence", "scheme", "frame"])
    return make_units(texts, groups, codes, scheme, kind="article")


def test_articles_have_shares_of_sentences(used):
    units = articles(used[0], "AB")
    assert units.keys[0] == ("A00", -1)
    assert units.share[0].tolist() == pytest.approx([0.2, 0.1])
    assert units.hits[3].tolist() == [3, 0]


def test_groups_are_strata_where_the_sample_is_large_enough(used):
    units = articles(used[0], "AB")
    group = np.array(units.group)
    for size, number in ((48, 6), (32, 4), (20, 3)):  # group and frame; group and any frame; frame alone
        assert len(set(strata(units, size=size).tolist())) == number
        if number > 3:
            drawn = group[draw_units(units, size=size, seed=1)["unit"]]
            assert (drawn == "A").sum() == (drawn == "B").sum() == size / 2


def test_draw_is_seeded(used):
    first, again, of_next_seed = (
        draw_units(articles(used[0], "AB"), size=10, seed=seed)["unit"].tolist() for seed in (1, 1, 2)
    )
    assert first == again != of_next_seed


def test_sheet_shows_no_frame_and_no_formula(used):
    rows = list(csv.DictReader(io.StringIO(coding_sheet(sentence_units(used[0]), used[0], {}, size=60, seed=1))))
    assert len(rows) == 60
    assert all(row["a"] == row["b"] == "" for row in rows)
    assert all(not cell.startswith("=") for row in rows for cell in row.values())
    assert {row["corpus_size"] for row in rows} == {str(N)}
    assert sum({row["stratum"]: int(row["stratum_size"]) for row in rows}.values()) == N


def test_a_sentence_has_the_end_of_the_one_before_and_the_beginning_of_the_one_after(used):
    units = sentence_units(used[0])
    units = units._replace(texts=[f"from {at} {'x' * 999} to {at}" for at in range(N)])
    for row in csv.DictReader(io.StringIO(coding_sheet(units, used[0], {}, size=60, seed=1))):
        at = int(row["sentence"])
        assert row["before"].endswith(f"x to {at - 1}" if at else "") and "from" not in row["before"]
        assert row["after"].startswith(f"from {at + 1} x" if at < N - 1 else "") and "to" not in row["after"]


ABOUT = {"A00": {"title": "Title", "date": "2025-03-01", "outlet": "Globe"}}


def test_sheet_of_articles_has_their_texts(used):
    sheet = coding_sheet(articles(used[0], "AB"), used[0], ABOUT, size=60, seed=1)
    row = next(row for row in csv.DictReader(io.StringIO(sheet)) if row["doc_id"] == "A00")
    assert [row[name] for name in ("title", "outlet", "text", "corpus_size")] == ["Title", "Globe", "Text of A00", "60"]
    assert "sentence" not in row


def test_codebook_escapes(used):
    page = codebook(used[0]._replace(title="<script>"), kind="article")
    assert "<script>" not in page and "0 if not" in page
