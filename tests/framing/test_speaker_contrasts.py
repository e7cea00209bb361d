"""Frames of a leading speaker against those of all other speakers."""

import numpy as np
import pandas as pd
import pytest

from scripts.framing.corpus import make_corpus
from scripts.framing.places import places
from scripts.framing.speaker_contrasts import ALL_OR_NONE, Part, finish, merge, part
from scripts.maths.association import ratio
from scripts.maths.bootstrap import document_weights, percentiles, resampled_sums
from scripts.maths.intervals import TOO_FEW
from tests.framing.made import codes, documents

FRAMES = pd.DataFrame({"scheme": "test", "frame": ["a", "b"]})


def counts(voiced, framed):
    return Part(
        pd.DataFrame(voiced, columns=["speaker", "doc_id", "n"]),
        pd.DataFrame(framed, columns=["speaker", "doc_id", "scheme", "frame", "n"]),
    )


def made(documents_=6):
    """Return six documents in which Ann has the frame a in half of her sentences and Bo in a sixth of his."""
    ids = [f"d{at}" for at in range(documents_)]
    voiced = [row for at, doc_id in enumerate(ids) for row in (("Ann", doc_id, 4), ("Bo", doc_id, 6 + at))]
    framed = [row for at, doc_id in enumerate(ids)
              for row in (("Ann", doc_id, "test", "a", 1 + at % 3), ("Bo", doc_id, "test", "a", 1))]  # fmt: skip
    return counts(voiced, framed)


def test_sentences_that_a_speaker_voices_are_counted_without_the_narrators(used, quoted):
    data = make_corpus(
        documents([4]), codes(("d0", 0, "a", "A"), ("d0", 1, "a"), ("d0", 2, "a", "B"), ("d0", 3, "b")), used
    )
    counted = part(data, places(*quoted))
    assert counted.voiced.values.tolist() == [["A", "d0", 2], ["B", "d0", 1]]
    assert counted.framed.values.tolist() == [["A", "d0", "test", "a", 1], ["B", "d0", "test", "a", 1]]


def test_the_difference_has_the_interval_of_drawn_documents():
    (row,) = finish(made(), ["Ann"], FRAMES, resamples=200).to_dict("records")
    names = ("n", "n_sentences", "n_documents", "n_other", "n_sentences_other")
    assert [row[name] for name in names] == [12, 24, 6, 6, 51]
    assert row["estimate"] == pytest.approx(12 / 24 - 6 / 51)
    own, others = np.array([1, 2, 3] * 2), np.arange(6, 12)
    weights = document_weights([f"d{at}" for at in range(6)], resamples=200)
    drawn = resampled_sums(weights, own, np.full(6, 4), np.ones(6), others)
    assert (row["lo"], row["hi"]) == pytest.approx(percentiles(ratio(*drawn[:2]) - ratio(*drawn[2:])))
    assert row["p"] < 0.001 and row["q"] == row["p"]


def test_few_documents_and_a_frame_in_none_or_all_sentences_have_no_interval():
    few = finish(made(4), ["Ann"], FRAMES, resamples=50)
    assert few["method"].tolist() == [TOO_FEW] and few[["lo", "hi", "p", "q"]].isna().all(axis=None)
    never = made()
    never = Part(never.voiced, never.framed[never.framed["speaker"] == "Bo"])
    table = finish(never, ["Ann"], FRAMES, resamples=50)
    assert table["method"].tolist() == [ALL_OR_NONE] and table[["lo", "hi", "p", "q"]].isna().all(axis=None)
    assert table["estimate"].iloc[0] < 0


def test_names_that_voice_nothing_have_no_rows():
    assert finish(made(), ["Cy"], FRAMES).empty and finish(made(), [], FRAMES).empty
    assert finish(counts([], []), ["Ann"], FRAMES).empty


def test_batches_make_the_table_of_all_documents_together():
    undivided = made()
    batches = [
        Part(*(rows[rows["doc_id"].isin(ids)] for rows in undivided))
        for ids in (["d5", "d0"], [f"d{n}" for n in range(1, 5)])
    ]
    tables = [finish(merge(parts), ["Ann", "Bo"], FRAMES, resamples=60) for parts in (batches, [undivided])]
    pd.testing.assert_frame_equal(*tables)
