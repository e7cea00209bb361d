"""The linter of terms, and sentences without a cue."""

import numpy as np

from scripts.framing.corpus import code_documents, frames_of
from scripts.framing.terms import coverage, frame_terms, patterns, term_hits, without_cues
from scripts.maths.intervals import TOO_FEW, wilson
from tests.framing.made import codes, documents


def test_linter_names_what_is_wrong(scheme):
    terms = ["blame", "Blame", ("bla*", []), "lemma:fault", "fault", "quiet", "loud"]
    cues = codes(*(("d0", at, "a") for at in range(12))).assign(term=["loud"] * 10 + ["blame"] * 2)
    schemes = [scheme(a=terms)]
    coded = code_documents(documents([20]), cues, frames_of(schemes))
    table = frame_terms(term_hits(coded, patterns(schemes)), schemes)
    lint = dict(zip(table["term"], table["lint"], strict=True))
    assert lint == {
        "blame": "shadowed by bla*",
        "Blame": "duplicate",
        "bla*": "never fires",
        "lemma:fault": "never fires",
        "fault": "shadowed by lemma:fault",
        "quiet": "never fires",
        "loud": "dominant",
    }


def test_coverage(used):
    frames = frames_of(used)
    coded = code_documents(documents([4]), codes(("d0", 0, "a"), ("d0", 0, "b")), frames)
    row = coverage(without_cues(coded, frames), frames).iloc[0]
    assert (row["n"], row["n_sentences"], row["estimate"], row["method"]) == (3, 4, 0.75, TOO_FEW)
    assert np.isnan(row["lo"])


def test_sentences_without_a_cue_come_in_whole_documents(used):
    """Documents whose sentences all have a cue, or none, tell less than as many sentences by themselves."""
    frames = frames_of(used)
    cues = codes(*((f"d{document}", at, "a") for document in range(5) for at in range(20)))
    coded = code_documents(documents([20] * 10), cues, frames)
    row = coverage(without_cues(coded, frames), frames).iloc[0]
    assert (row["n"], row["n_sentences"]) == (100, 200)
    lo, hi = wilson(100, 200)
    assert row["lo"] < lo - 0.1 and row["hi"] > hi + 0.1
