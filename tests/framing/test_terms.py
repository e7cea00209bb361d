"""The linter of terms, and sentences without a cue."""

from scripts.framing.corpus import code_documents, frames_of
from scripts.framing.terms import coverage, frame_terms, patterns, term_hits, without_cues
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
    row = coverage(without_cues(coded, frames), frames, sentences=4).iloc[0]
    assert (row["n"], row["estimate"]) == (3, 0.75)
