"""Frames in sentences that a name voices, and in those about it."""

import numpy as np
import pandas as pd

from scripts.framing.corpus import make_corpus
from scripts.framing.places import places
from scripts.framing.speaker_frames import frame_speakers
from scripts.maths.association import ratio
from scripts.maths.bootstrap import bootstrap, document_weights
from scripts.maths.intervals import TOO_FEW
from tests.framing.made import codes, documents


def test_a_voice_in_few_documents_has_no_interval(used, quoted):
    data = make_corpus(documents([4]), codes(("d0", 0, "a", "A")), used)
    table = frame_speakers(data, places(*quoted))
    assert table[["lo", "hi"]].isna().all(axis=None) and set(table["method"]) == {TOO_FEW}


def test_voiced_against_about(used, quoted):
    data = make_corpus(
        documents([4]),
        codes(("d0", 0, "a", "A"), ("d0", 1, "a", "(narrator)"), ("d0", 2, "a", "B"), ("d0", 3, "b")),
        used,
    )
    table = frame_speakers(data, places(*quoted))
    shares = {
        (row["name"], row["relation"], row["frame"]): (row["n"], row["n_sentences"]) for row in table.to_dict("records")
    }
    assert shares == {
        ("(narrator)", "voiced", "b"): (1, 1),
        ("A", "voiced", "a"): (1, 2),
        ("A", "about", "a"): (2, 3),
        ("A", "about", "b"): (1, 3),
        ("B", "voiced", "a"): (1, 1),
    }


def test_names_that_are_alike_have_the_same_interval_as_each_alone(used):
    ids = [f"d{at}" for at in range(5)]
    sentences = pd.DataFrame([(name, at, 10 * at, 10 * at + 9) for name in ids for at in range(12)])
    sentences.columns = ["doc_id", "sentence", "start", "end"]
    spans = {"A": [[[0, 39]], [[0, 19]]], "B": [[[40, 79]], [[20, 39]]], "C": [[[80, 119]], [[40, 79]]]}
    spans = {who: [*two, *[two[0]] * 3] for who, two in spans.items()}
    quotes = pd.DataFrame([(ids[at], who, span) for who in spans for at, span in enumerate(spans[who])])
    quotes.columns = ["doc_id", "speaker", "content_spans"]
    entities = pd.DataFrame({"doc_id": [], "sentence": [], "label": [], "entity": []})
    cues = codes(("d0", 0, "a", "A"), ("d0", 4, "a", "B"), ("d0", 8, "a", "C"), ("d1", 5, "a", "C"))
    data = make_corpus(documents([12] * 5), cues, used)
    table = frame_speakers(data, places(sentences, quotes, entities)).set_index("name")
    for name, counts, sums in (("A", [1, 0], [4, 2]), ("B", [1, 0], [4, 2]), ("C", [1, 1], [4, 4])):
        ends = bootstrap(ratio, [*counts, 0, 0, 0], [*sums, 4, 4, 4], weights=data.weights)
        assert table.loc[name, ["lo", "hi"]].tolist() == [float(end) for end in ends]


def test_interval_of_a_voice_draws_its_documents(used):
    generator = np.random.default_rng(3)
    has = generator.random((9, 4)) < 0.4
    has[0] = [True, False, False, False]
    ids = [f"d{at}" for at in range(9)]
    sentences = pd.DataFrame([(name, at, 10 * at, 10 * at + 9) for name in ids for at in range(4)])
    sentences.columns = ["doc_id", "sentence", "start", "end"]
    quotes = pd.DataFrame({"doc_id": ids, "speaker": "A", "content_spans": [[[0, 39]]] * 9})
    entities = pd.DataFrame({"doc_id": [], "sentence": [], "label": [], "entity": []})
    cues = codes(*((ids[at], sentence, "a", "A") for at, sentence in zip(*np.nonzero(has), strict=True)))
    data = make_corpus(documents([4] * 9), cues, used)
    (row,) = frame_speakers(data, places(sentences, quotes, entities)).to_dict("records")
    assert (row["name"], row["n_documents"], row["n"], row["n_sentences"]) == ("A", 9, has.sum(), 36)
    ends = bootstrap(ratio, has.sum(axis=1), np.full(9, 4), weights=document_weights(ids))
    assert [row["lo"], row["hi"]] == [float(end) for end in ends]
