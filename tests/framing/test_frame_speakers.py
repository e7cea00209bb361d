"""Frames in sentences that a name voices, and in those about it."""

import numpy as np
import pandas as pd
import pytest

from scripts.framing import cells
from scripts.framing.cells import cells_by_document, chosen, name_numbers
from scripts.framing.coding import NARRATOR
from scripts.framing.corpus import code_documents, frames_of
from scripts.framing.frame_speakers import frame_speakers, part, voiced_shares
from scripts.framing.places import places
from scripts.framing.prevalence import frame_shares
from scripts.maths.document_shares import added, sums_of
from scripts.maths.intervals import TOO_FEW
from tests.framing.made import codes, documents


def table_of(table, cues, schemes, sentences, quotes, entities, *, ranges=1):
    """Return the table frame_speakers of documents, counted in so many ranges of them."""
    frames = frames_of(schemes)
    known = {name: at for at, name in enumerate([NARRATOR, *quotes["speaker"].unique()])}
    speakers, parts, narrated, first = len(known), [], [], 0
    for mine in np.array_split(np.arange(len(table)), ranges):
        some = table.iloc[mine].reset_index(drop=True)
        inside = (rows[rows["doc_id"].isin(some["doc_id"])].reset_index(drop=True)
                  for rows in (sentences, quotes, entities))  # fmt: skip
        where = places(*inside)
        coded = code_documents(some, cues[cues["doc_id"].isin(some["doc_id"])], frames)
        counts = part(coded, where, name_numbers(where.names, known), first=first, speakers=speakers)
        is_narrator = counts.voiced.name == 0
        of_narrator = cells_by_document(
            chosen(counts.voiced, is_narrator), first=first, documents=len(some), columns=1 + len(frames)
        )
        narrated.append(sums_of(of_narrator, of_narrator[:, :1]))
        parts.append(counts._replace(voiced=chosen(counts.voiced, ~is_narrator)))
        first += len(some)
    rows = voiced_shares(parts, added(*narrated), frames["scheme"].to_numpy(), narrator=0, names=len(known))
    return pd.concat(frame_speakers(rows, list(known), frames), ignore_index=True)


def interval(hits, totals):
    """Return the interval of the share of the frame a of the scheme, whose frame b nobody has."""
    hits = np.column_stack([hits, np.zeros(len(hits))])
    shares = frame_shares(sums_of(hits, np.array(totals)[:, None]), np.array(["test"] * 2), documents=len(hits))
    return [float(shares.lo[0]), float(shares.hi[0])]


def nobody():
    return pd.DataFrame({"doc_id": [], "sentence": [], "label": [], "entity": []})


def test_a_voice_in_few_documents_has_no_interval(used, quoted):
    table = table_of(documents([4]), codes(("d0", 0, "a", "A")), used, *quoted)
    assert table[["lo", "hi"]].isna().all(axis=None) and set(table["method"]) == {TOO_FEW}


def test_voiced_against_about(used, quoted):
    cues = codes(
        ("d0", 0, "a", "A"), ("d0", 1, "b", "A"), ("d0", 1, "a", "(narrator)"), ("d0", 2, "a", "B"), ("d0", 3, "b")
    )
    table = table_of(documents([4]), cues, used, *quoted)
    shares = {
        (row["name"], row["relation"], row["frame"]): (row["n"], row["n_sentences"]) for row in table.to_dict("records")
    }
    assert [*shares.items()] == [
        (("(narrator)", "voiced", "b"), (1, 1)),
        (("A", "voiced", "a"), (1, 2)),
        (("A", "voiced", "b"), (1, 2)),
        (("A", "about", "a"), (2, 3)),
        (("A", "about", "b"), (1, 3)),
        (("B", "voiced", "a"), (1, 1)),
    ]


def of_sentences(ids, each):
    """Return the table sentences of documents of so many sentences of nine characters."""
    rows = [(name, at, 10 * at, 10 * at + 9) for name in ids for at in range(each)]
    return pd.DataFrame(rows, columns=["doc_id", "sentence", "start", "end"])


def test_names_that_are_alike_have_the_same_interval_as_each_alone(used):
    ids = [f"d{at}" for at in range(5)]
    spans = {"A": [[[0, 39]], [[0, 19]]], "B": [[[40, 79]], [[20, 39]]], "C": [[[80, 119]], [[40, 79]]]}
    spans = {who: [*two, *[two[0]] * 3] for who, two in spans.items()}
    quotes = pd.DataFrame([(ids[at], who, span) for who in spans for at, span in enumerate(spans[who])])
    quotes.columns = ["doc_id", "speaker", "content_spans"]
    cues = codes(("d0", 0, "a", "A"), ("d0", 4, "a", "B"), ("d0", 8, "a", "C"), ("d1", 5, "a", "C"))
    table = table_of(documents([12] * 5), cues, used, of_sentences(ids, 12), quotes, nobody()).set_index("name")
    for name, counts, sums in (("A", [1, 0], [4, 2]), ("B", [1, 0], [4, 2]), ("C", [1, 1], [4, 4])):
        ends = interval([*counts, 0, 0, 0], [*sums, 4, 4, 4])
        assert table.loc[name, ["lo", "hi"]].tolist() == pytest.approx(ends)


@pytest.fixture(scope="module")
def nine():
    """Return nine documents of four sentences in which A says all but the last; and where the frame a has a cue."""
    has = np.random.default_rng(3).random((9, 4)) < 0.4
    has[0] = [True, False, False, True]
    ids = [f"d{at}" for at in range(9)]
    quotes = pd.DataFrame({"doc_id": ids, "speaker": "A", "content_spans": [[[0, 29]]] * 9})
    entities = pd.DataFrame({"doc_id": ids, "sentence": 3, "label": "PERSON", "entity": "A"})
    cues = codes(*((ids[at], sentence, "a", "A" if sentence < 3 else "(narrator)")
                   for at, sentence in zip(*np.nonzero(has), strict=True)))  # fmt: skip
    return has, (documents([4] * 9), cues), (of_sentences(ids, 4), quotes, entities)


def test_intervals_are_over_the_documents_of_a_voice_and_of_the_narrator(used, nine):
    has, (table, cues), inputs = nine
    rows = table_of(table, cues, used, *inputs).set_index(["name", "relation"])
    for key, sentences in (
        (("A", "voiced"), slice(3)),
        (("A", "about"), slice(3, 4)),
        ((NARRATOR, "voiced"), slice(3, 4)),
    ):
        counts = has[:, sentences]
        assert rows.loc[key, ["n_documents", "n", "n_sentences"]].tolist() == [9, counts.sum(), counts.size]
        ends = interval(counts.sum(axis=1), np.full(9, counts.shape[1]))
        assert rows.loc[key, ["lo", "hi"]].tolist() == pytest.approx(ends)


def test_neither_ranges_of_documents_nor_blocks_of_names_change_the_table(used, nine, monkeypatch):
    _, (table, cues), inputs = nine
    undivided = table_of(table, cues, used, *inputs)
    monkeypatch.setattr(cells, "_BLOCK", 2)
    pd.testing.assert_frame_equal(table_of(table, cues, used, *inputs, ranges=4), undivided)
