"""Frames of a leading speaker against those of all other speakers."""

import numpy as np
import pandas as pd
import pytest

from scripts.framing.cells import NameCells, cells_by_document, cells_of, drawn
from scripts.framing.speaker_frames import ALL_OR_NONE, FEW_HAVE_MOST, excesses, speaker_frames
from scripts.maths.association import ratio
from scripts.maths.bootstrap import document_weights, percentiles, resampled_sums
from scripts.maths.intervals import TOO_FEW

FRAMES = pd.DataFrame({"scheme": "test", "frame": ["a", "b"]})
ANN, BO = 0, 1
BOTH = {"Ann": ANN, "Bo": BO}


def made(documents=6, *, ann=None):
    """Return documents in which Ann has the frame a in half of her sentences, or so many, and Bo in a sixth of his."""
    rows = [
        row
        for at in range(documents)
        for row in (
            (ANN, at, 0, 4), (ANN, at, 1, 1 + at % 3 if ann is None else ann), (BO, at, 0, 6 + at), (BO, at, 1, 1)
        )
        if row[3]
    ]  # fmt: skip
    return NameCells(*np.array(sorted(rows), int).reshape(-1, 4).T)


def table_of(cells, speakers, *, resamples=60, documents=6):
    """Return the table speaker_frames of cells of so many documents."""
    weights = document_weights([f"d{at}" for at in range(documents)], resamples=resamples)
    sentences = cells_by_document(cells, first=0, documents=documents, columns=3)
    of_speakers = {name: cells_of([cells], BOTH[name]) for name in speakers}
    total = drawn(sentences, weights)
    return speaker_frames(total, sentences[:, 0], of_speakers, FRAMES, weights, excesses([cells], total.n))


def test_the_difference_has_the_interval_of_drawn_documents():
    (row,) = table_of(made(), ["Ann"], resamples=200).to_dict("records")
    names = ("n", "n_sentences", "n_documents", "n_other", "n_sentences_other")
    assert [row[name] for name in names] == [12, 24, 6, 6, 51]
    assert row["estimate"] == pytest.approx(12 / 24 - 6 / 51)
    own, others = np.array([1, 2, 3] * 2), np.arange(6, 12)
    weights = document_weights([f"d{at}" for at in range(6)], resamples=200)
    sums = resampled_sums(weights, own, np.full(6, 4), np.ones(6), others)
    assert (row["lo"], row["hi"]) == pytest.approx(percentiles(ratio(*sums[:2]) - ratio(*sums[2:])))
    assert 0.001 < row["p"] < 0.02 and row["q"] == row["p"]


def test_few_documents_and_a_frame_in_none_or_all_sentences_have_no_interval():
    few = table_of(made(4), ["Ann"], documents=4)
    assert few["method"].tolist() == [TOO_FEW] and few[["lo", "hi", "p", "q"]].isna().all(axis=None)
    of_ann, of_bo = table_of(made(ann=0), ["Ann"]), table_of(made(ann=4), ["Bo"])
    for table in (of_ann, of_bo):
        assert table["method"].tolist() == [ALL_OR_NONE] and table[["lo", "hi", "p", "q"]].isna().all(axis=None)
        assert table["estimate"].iloc[0] < 0


def test_excesses_are_of_each_speaker_in_each_document():
    """By hand: a frame in 2 of 4, 0 of 4 and 3 of 6 sentences, which is 5 of 14 in all."""
    cells = NameCells(*np.array([(ANN, 0, 0, 4), (ANN, 0, 1, 2), (ANN, 1, 0, 4), (BO, 0, 0, 6), (BO, 0, 1, 3)]).T)
    spread = excesses([cells], np.array([14, 5, 0]))
    excess = np.array([2, 0, 3]) - np.array([4, 4, 6]) * 5 / 14
    assert (spread.units.tolist(), spread.all_units) == ([2, 0], 3)
    assert spread.squares.tolist() == pytest.approx([(excess**2).sum(), 0])
    assert spread.cubes.tolist() == pytest.approx([(excess**3).sum(), 0])


def test_a_speaker_of_whom_one_document_has_most_sentences_has_no_interval():
    cells = made(12)
    longer = cells.n + 40 * ((cells.name == ANN) & (cells.document == 3))
    (row,) = table_of(cells._replace(n=longer), ["Ann"], documents=12).to_dict("records")
    assert row["method"] == FEW_HAVE_MOST and row["n_documents"] == 12
    assert np.isnan([row[name] for name in ("lo", "hi", "p", "q")]).all()
    assert table_of(cells, ["Ann"], documents=12)["p"].notna().all()


@pytest.mark.parametrize("others", [2, 3])
def test_a_frame_of_fewer_than_five_speakers_in_documents_has_an_interval_and_no_p(others):
    plain = [(who, at, 0, 4 + at) for who in (ANN, BO) for at in range(6)]
    with_a = [(ANN, 0, 1, 2), (ANN, 1, 1, 1), *((BO, at, 1, 1) for at in range(others))]
    cells = NameCells(*np.array(sorted(plain + with_a), int).T)
    (row,) = table_of(cells, ["Ann"]).to_dict("records")
    assert row["lo"] < row["estimate"] < row["hi"] and np.isnan(row["p"]) == (others == 2)


def test_documents_of_the_others_are_those_in_which_another_speaks():
    cells = made()
    alone = NameCells(*(array[~((cells.name == BO) & (cells.document < 2))] for array in cells))
    assert table_of(alone, ["Ann"])["method"].tolist() == [TOO_FEW]


def test_no_speakers_or_frames_make_no_rows():
    assert table_of(made(), []).empty


def test_the_leading_speakers_have_their_rows_in_their_order():
    table = table_of(made(), ["Bo", "Ann"])
    assert table["speaker"].tolist() == ["Bo", "Ann"] and table["estimate"].sum() == pytest.approx(0)
